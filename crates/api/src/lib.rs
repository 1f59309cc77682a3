//! The JSON API: what travels, who asks for it, and, with the feature `router`, who answers.
//!
//! The same router runs behind a socket and inside the page, so the mocked API and the real one are one piece of code.

pub mod client;
pub mod confirmation;
pub mod problem;
pub mod wire;

#[cfg(feature = "router")]
mod answered;
#[cfg(feature = "router")]
pub mod app;
#[cfg(feature = "router")]
pub mod carrier;
#[cfg(feature = "router")]
pub mod clock;
#[cfg(feature = "router")]
mod commit;
#[cfg(feature = "contract")]
pub mod contract;
#[cfg(feature = "router")]
pub mod dead_letters;
#[cfg(feature = "router")]
pub mod demo;
#[cfg(feature = "router")]
mod extract;
#[cfg(feature = "contract")]
pub mod openapi;
#[cfg(feature = "router")]
pub mod passkey;
#[cfg(feature = "router")]
pub mod pictures;
#[cfg(feature = "router")]
mod pin;
#[cfg(feature = "router")]
pub mod provider;
#[cfg(feature = "router")]
mod routes;
#[cfg(feature = "router")]
pub mod scope;
#[cfg(feature = "router")]
pub mod store;
#[cfg(feature = "router")]
pub mod tax;
#[cfg(feature = "router")]
mod things;
#[cfg(feature = "router")]
pub mod worker;

#[cfg(feature = "router")]
pub use extract::{Caller, Unproved};
#[cfg(feature = "router")]
pub use routes::router;
