//! Orders across conversations: the seller's queue, and what a buyer has bought.

mod bulk;
mod bulk_ship;
mod funds_strip;
mod lists;
mod opened;
mod orders_page;
mod queue;
mod queue_row;
mod rows;

pub use orders_page::OrdersPage;
