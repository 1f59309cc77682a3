//! The inbox: the tray, Primary and Requests, search.

mod pane;
mod row;
mod search;
mod tray;
mod words;

pub use pane::{InboxPane, NothingChosen};
