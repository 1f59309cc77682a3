//! The wallet: ways to pay as tokens, addresses, how payments are confirmed, and receipts.

pub mod method;
pub mod passkey;
mod words;

/// Where the wallet is.
pub const PATH: &str = "/wallet";
