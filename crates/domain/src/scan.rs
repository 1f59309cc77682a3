//! What the receiver of a message is warned of, what is masked before it is stored, and which parts are links.
//!
//! Nothing here changes what somebody said, except that card numbers never reach storage. A warning is shown to the
//! receiver; the sender is not told.

mod account;
mod card;
mod contact;
#[cfg(test)]
mod corpus;
mod fold;
mod link;
mod phrase;
mod punycode;
mod rule;
mod spelling;
mod spoken;
#[cfg(test)]
mod tests;
mod vocabulary;

pub use link::{Part, links, without_bidi};

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// Why a message seems to lead away from protected payment. The first that applies, the most dangerous first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OffPlatform {
    /// The number of a payment card.
    CardNumber,
    /// An international bank account number with right check digits (ISO 13616).
    BankAccount,
    /// An address of Bitcoin, Ethereum or a relative.
    CryptoAddress,
    /// Another way to pay: a payment link, bank transfer, Venmo, "pay outside", `bonifico`.
    OtherPayment,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// Words that lead into another messenger, "on WhatsApp", or ask for a number or an address.
    OtherMessenger,
}

impl fmt::Display for OffPlatform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CardNumber => "a card number",
            Self::BankAccount => "a bank account",
            Self::CryptoAddress => "a crypto address",
            Self::OtherPayment => "a way to pay outside of this chat",
            Self::Email => "an e-mail address",
            Self::Phone => "a telephone number",
            Self::OtherMessenger => "another messenger",
        })
    }
}

/// What in the text leads away from protected payment, if anything does. Sees through invisible characters, look-alike
/// letters of other scripts, letters with blanks between, digits in place of letters, and slips of the pen.
pub fn off_platform(text: &str) -> Option<OffPlatform> {
    if card::first(text).is_some() {
        return Some(OffPlatform::CardNumber);
    }
    let folded = fold::fold(text);
    if account::has_iban(&folded) {
        return Some(OffPlatform::BankAccount);
    }
    if account::has_crypto_address(&folded) {
        return Some(OffPlatform::CryptoAddress);
    }
    let words = phrase::Words::of(&folded);
    if words.offer_other_payment() {
        return Some(OffPlatform::OtherPayment);
    }
    if contact::has_email(&folded) || words.spell_email() {
        return Some(OffPlatform::Email);
    }
    if contact::has_phone(&folded, &words) {
        return Some(OffPlatform::Phone);
    }
    // A link of Telegram is too short a name for the words.
    (words.lead_to_other_messenger() || folded.to_lowercase().contains("t.me/")).then_some(OffPlatform::OtherMessenger)
}

/// The text with every card number as `•••• 4242`.
///
/// A card number is 13 to 19 digits, in any grouping but pairs (a list of sizes), with a prefix and length that a card brand issues and a right
/// Luhn digit. A tracking number is left alone when its letters, or a length beyond that of a card and a right check
/// digit, tell that it is one.
pub fn mask_card_numbers(text: &str) -> Cow<'_, str> {
    let mut masked = String::new();
    let mut copied = 0;
    while let Some(found) = card::first(&text[copied..]) {
        masked.push_str(&text[copied..copied + found.span.start]);
        masked.push_str("•••• ");
        masked.push_str(&found.last_four);
        copied += found.span.end;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    masked.push_str(&text[copied..]);
    Cow::Owned(masked)
}
