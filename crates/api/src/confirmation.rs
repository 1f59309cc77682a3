//! What a passkey signs for a payment; the page asks for it, the API checks it.

use domain::ids::PaymentRequestId;
use domain::money::Money;
use sha2::{Digest, Sha256};

/// What the passkey signs for a payment: a hash over what is paid, so that a signature fits one payment only.
pub fn challenge(request: &PaymentRequestId, revision: u32, total: Money) -> Vec<u8> {
    let text = format!("bottega.pay.v1|{request}|{revision}|{}|{}", total.minor, total.currency.code());
    Sha256::digest(text).to_vec()
}
