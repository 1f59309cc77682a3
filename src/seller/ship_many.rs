//! The parcels of many orders at once, by a list of their numbers: pasted, or scanned one after the other.

mod read;
mod send;
mod sheet;
mod waiting;

pub(super) use sheet::ShipManySheet;
