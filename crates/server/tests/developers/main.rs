//! What programs of a business work with: keys, the description of the API, webhooks.

mod keys;
mod world;
