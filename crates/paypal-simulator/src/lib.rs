//! A PayPal of one's own for tests and development: orders, payments, vault, disputes, reports, an approval page and signed
//! webhooks, all in memory and without money. Never part of the server.
//!
//! What it does is what PayPal's official OpenAPI files and documentation say; where they are silent, the stricter reading.
//! It shares no type with our client, so that it catches what the client misspells.

mod call;
mod clock;
mod config;
mod control;
mod dispute;
mod endpoints;
mod faults;
mod http;
mod ids;
mod ledger;
mod money;
mod order;
mod payment;
mod refusal;
mod repeat;
mod reporting;
mod schema;
mod simulator;
mod vault;
mod webhook;
mod world;

pub use clock::{Clock, DAY, HOUR, Instant, SECOND};
pub use config::Config;
pub use control::ControlError;
pub use dispute::{Opened, Outcome};
pub use faults::{Fault, Kind};
pub use money::{Currency, Money};
pub use order::Funding;
pub use order::approve::Misapproval;
pub use payment::RefundMood;
pub use schema::folder as schemas_folder;
pub use simulator::Simulator;
pub use vault::VaultMood;
pub use webhook::outbox::{Manner, Release};
