//! Orders across conversations: the seller's queue, and what a buyer has bought.

mod bulk_ship;
mod funds_strip;
mod orders_page;
mod queue;
mod queue_row;
mod rows;
mod threads;

pub use orders_page::OrdersPage;
