//! The server: the router of `api` behind a socket, with what only a server has: databases, sessions, a live stream
//! to many devices, and workers.

pub mod accounts;
pub mod audit;
pub mod config;
pub mod dead_letters;
pub mod docs;
pub mod easypost;
pub mod http;
pub mod keys;
mod lease;
pub mod live;
pub mod paypal;
pub mod photos;
mod places;
pub mod push;
pub mod reviewers;
pub mod steps;
pub mod store;
pub mod wallet_label;
pub mod webhooks;
pub mod workers;

use accounts::Accounts;
use api::app::App;
use config::Config;
use easypost::EasyPost;
use live::Hub;
use paypal::PayPalProvider;
use std::sync::Arc;

/// A server's insides. Cheap to clone.
#[derive(Clone)]
pub struct Server {
    /// What answers under `/v1`.
    pub app: App,
    /// Who is signed in, and how one signs in.
    pub accounts: Accounts,
    /// Who listens to the stream.
    pub hub: Hub,
    /// PayPal, where it is the processor.
    pub paypal: Option<PayPalProvider>,
    /// EasyPost, where it tells of parcels.
    pub easypost: Option<EasyPost>,
    /// What it was started with.
    pub config: Arc<Config>,
}
