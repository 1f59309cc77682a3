//! The language of Bottega: what may happen in a thread, what it costs, and how events fold into state.
//!
//! Pure: time comes in as a value, identifiers are derived from the command that caused them, and nothing here
//! reads a clock, draws a number or waits.

pub mod address;
pub mod calendar;
pub mod carrier;
pub mod case;
pub mod command;
pub mod decide;
pub mod dispute;
pub mod event;
pub mod facts;
pub mod headline;
pub mod ids;
pub mod intent;
pub mod ledger;
pub mod market;
pub mod message;
pub mod money;
pub mod order;
pub mod payment;
pub mod payment_request;
pub mod picture;
pub mod profile;
pub mod queue;
pub mod receipt;
pub mod rejection;
pub mod replies;
pub mod say;
pub mod scan;
pub mod selling;
pub mod statement;
pub mod terms;
pub mod text;
pub mod thing;
pub mod thread;
pub mod time;
pub mod timeline;
pub mod timer;
pub mod weight;
