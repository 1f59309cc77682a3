//! Who one is, how the app looks and speaks, and who and what acts for one's business.

mod business;
mod codes;
mod data;
mod developers;
mod devices;
mod money;
mod page;
mod passkey_row;
mod proofs;
mod replies;
mod room;
mod selling;
mod team;
mod told_once;

pub use page::AccountPage;
