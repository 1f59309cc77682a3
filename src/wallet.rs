//! The wallet: ways to pay as tokens, addresses, how payments are confirmed, and receipts.

mod addresses;
mod change;
pub mod method;
mod methods;
mod page;
pub mod passkey;
mod receipts;
mod security;
pub mod spc;
mod uses;
mod words;

pub use page::WalletPage;

/// Where the wallet is.
pub const PATH: &str = "/wallet";
