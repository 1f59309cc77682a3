//! What programs of a business work with: keys, the description of the API, webhooks.

mod access;
mod docs;
mod example;
mod keys;
mod photos;
mod push;
mod receiver;
mod webhooks;
mod world;
