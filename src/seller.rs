//! Orders across conversations: the seller's queue, and what a buyer has bought.

mod bulk;
mod filters;
mod funds_strip;
mod keys;
mod lists;
mod opened;
mod orders_page;
mod queue;
mod queue_row;
mod rows;
mod ship_many;

pub use orders_page::OrdersPage;
