//! What programs of a business work with: keys, the description of the API, webhooks.

mod access;
#[path = "../accounts/authenticator.rs"]
mod authenticator;
mod docs;
mod example;
mod keys;
mod payee;
mod photos;
mod push;
mod receiver;
mod staff;
mod webhooks;
mod world;
