//! A PayPal of one's own for tests and development: orders, payments, vault, disputes, reports, an approval page and signed
//! webhooks, all in memory and without money. Never part of the server.
//!
//! What it does is what PayPal's official OpenAPI files and documentation say; where they are silent, the stricter reading.
//! It shares no type with our client, so that it catches what the client misspells.
//!
//! A test starts one in its own process ([`Simulator::start`]) and has its controls as methods. Under `/simulator`, JSON, they are:
//!
//! | call | body | does |
//! |---|---|---|
//! | `GET books`, `GET events`, `GET ca.pem` | | everything it knows; every event so far; whom a verifier is to trust |
//! | `POST clock` | `advance_seconds` | moves the clock, and what falls due happens |
//! | `POST faults`, `DELETE faults` | `kind`, `fault`, `times` | what the next calls of a [`Kind`] meet: [`Fault`] |
//! | `POST webhooks` | `manner`, `times` | what the next events meet: [`Manner`] |
//! | `POST webhooks/release` | `order` | lets go those that were kept back: [`Release`] |
//! | `POST vault`, `POST refunds` | `mood` | how saved methods and refunds behave: [`VaultMood`], [`RefundMood`] |
//! | `POST orders/{id}/approve` | `email`, `funding` | a buyer agrees, without the page: [`Funding`] |
//! | `POST orders/{id}/misapprove` | `amount` or `payee` | the order is about something else |
//! | `POST setup-tokens/{id}/approve` | `email` | a buyer agrees to be charged later |
//! | `POST payment-tokens/{id}/revoke` | | the buyer ends it |
//! | `POST authorizations/{id}/review`, `clear`, `spend` | | PayPal looks at it; is done; the buyer spends the money elsewhere |
//! | `POST captures/{id}/settle`, `deny` | | the bank pays a pending one, or does not |
//! | `POST refunds/{id}/settle`, `fail` | | a pending one arrives, or comes back |
//! | `POST captures/{id}/disputes` | `reason`, `amount`, `message`, `chargeback` | a buyer complains |
//! | `POST disputes/{id}/resolve` | `outcome` | somebody decides: [`Outcome`] |

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
