//! Checkout: one sheet that asks only for what is missing, and the processor's own window.

mod address_fields;
mod approval_page;
mod attempt;
mod choice;
mod deliver_to;
mod delivery;
mod fold;
mod foot;
mod items;
mod pay;
mod pay_with;
mod promises;
mod sheet;
mod state;
mod what_if;
mod window;
mod words;

pub use address_fields::{AddressFields, AddressForm};
pub use approval_page::ApprovalPage;
pub use deliver_to::one_line;
pub use sheet::CheckoutSheet;
