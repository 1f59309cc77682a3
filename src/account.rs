//! Who one is, and how the app looks and speaks.

mod codes;
mod devices;
mod page;
mod passkey_row;
mod proofs;

pub use page::AccountPage;
