//! Help on an order, and money back.

mod ask;
mod dispute;
mod help_sheet;
mod open_case;
mod refund_sheet;
mod saying;
mod story;
mod wish;

pub use help_sheet::HelpSheet;
pub use refund_sheet::RefundSheet;

pub(crate) use story::{CaseStory, Names, verdict_words};
pub(crate) use wish::remedy_words;
