//! Who one is, and how the app looks and speaks.

mod devices;
mod page;

pub use page::AccountPage;
