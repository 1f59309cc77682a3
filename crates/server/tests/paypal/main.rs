//! The money path against a simulated PayPal: real HTTP both ways, one clock, and the books of both compared after every
//! story.

mod books;
#[path = "../support/browser.rs"]
mod browser;
mod buying;
mod disputes;
mod ear;
mod every_call;
mod kept;
mod orders;
#[cfg(feature = "postgres-tests")]
#[path = "../support/postgres.rs"]
mod postgres;
mod report;
mod returning;
mod together;
mod webhooks;
mod world;
