//! The simulator as its callers meet it: over HTTP.

mod conversations;
mod disputes;
mod faults;
mod harness;
mod orders;
mod page;
mod payments;
mod program;
mod reports;
mod vault;
mod webhooks;
