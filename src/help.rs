//! Help on an order, and money back.

mod dispute;
mod help_sheet;
mod refund_sheet;

pub use help_sheet::HelpSheet;
pub use refund_sheet::RefundSheet;
