//! The neutral reviewer: the cases that wait for a decision, and nothing else of anybody's conversation.

mod decide;
mod page;

pub use page::ReviewsPage;
