//! The language of Bottega: what may happen in a thread, what it costs, and how events fold into state.
//!
//! Pure: time comes in as a value, identifiers are derived from the command that caused them, and nothing here
//! reads a clock, draws a number or waits.

pub mod calendar;
pub mod carrier;
pub mod ids;
pub mod money;
pub mod text;
pub mod time;
