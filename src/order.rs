//! The order: its card in the thread, its page, shipping, receipt and packing slip.

mod actions;
mod barcode;
mod card;
mod carrier_field;
mod contents;
mod deeds;
mod dock;
mod extension;
mod funds;
mod live;
mod milestones;
mod money;
mod packing_slip;
mod page;
mod parcels;
mod quantities;
mod receipt;
mod receipt_file;
mod receipt_sheet;
mod route_map;
mod ship_sheet;
mod steps;
mod timeline;
mod undo_pill;
mod what_if;
mod words;
mod write;

pub use card::OrderCard;
pub use packing_slip::{PackingSlip, Paper};
pub use page::OrderPage;
pub use receipt_sheet::ReceiptSheet;
pub use ship_sheet::ShipSheet;
pub use undo_pill::UndoPill;

pub(crate) use actions::{HelpAnswer, can_refund, can_ship, help_answer};
pub(crate) use carrier_field::{Carried, CarriedError, CarrierField, by_number};
pub(crate) use live::LiveOrder;
pub(crate) use quantities::{Quantities, QuantityList};
pub(crate) use words::{case_reason, scan};
pub(crate) use write::{Write, WriteProblem, use_write};
