//! What a server's end must not do: at every step of a purchase, and of one of three under load.

#[path = "../support/browser.rs"]
mod browser;
mod crash;
mod database;
mod house;
mod paypal;
#[path = "../support/postgres.rs"]
mod postgres;
mod purchase;
mod servers;
mod together;
