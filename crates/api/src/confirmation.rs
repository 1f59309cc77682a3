//! What a passkey signs for a payment, and what a browser shows before it does; the page asks for it, the API checks it.

use domain::ids::{AccountId, PaymentRequestId};
use domain::money::Money;
use domain::payment::MethodKind;
use domain::text::Label;
use domain::thread::Thread;
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// What one payment is: a signature over it fits no other.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Who is paid.
    pub payee: &'a AccountId,
    /// What for.
    pub request: &'a PaymentRequestId,
    /// Its revision, which fixes every item.
    pub revision: u32,
    /// How much.
    pub total: Money,
    /// How often it was tried before: a signature is good for one try.
    pub attempt: usize,
}

impl<'a> Context<'a> {
    /// The next payment of a request, as the thread stands.
    pub fn next(thread: &'a Thread, request: &'a PaymentRequestId, revision: u32, total: Money) -> Self {
        Self { payee: &thread.seller, request, revision, total, attempt: thread.attempts(request).count() }
    }

    /// What is signed.
    pub fn challenge(&self) -> Vec<u8> {
        let Self { payee, request, revision, total, attempt } = self;
        let (minor, currency) = (total.minor, total.currency.code());
        // No id has a bar in it: two payments never read the same.
        let text = format!("bottega.pay.v2|{payee}|{request}|{revision}|{minor}|{currency}|{attempt}");
        Sha256::digest(text).to_vec()
    }
}

/// What a browser shows of a payment by itself, before a passkey signs it: the member `payment` of the signed data. What
/// else may stand there says neither whom, nor what with, nor how much.
///
/// Source: W3C, Secure Payment Confirmation, `CollectedClientAdditionalPaymentData`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
    /// The host name that the passkey is bound to.
    pub rp_id: String,
    /// Where the page is.
    pub top_origin: String,
    /// Who is paid.
    pub payee_name: Option<String>,
    /// Where they sell; browsers take an encrypted address alone.
    pub payee_origin: Option<String>,
    /// How much.
    pub total: Total,
    /// With what.
    pub instrument: Instrument,
}

/// An amount at the browser's door, as a decimal text.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Total {
    /// `42.00`
    pub value: String,
    /// ISO 4217.
    pub currency: String,
}

/// What is paid with, as a browser shows it: in no language, which the API would have to know.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Instrument {
    /// The address of its drawing.
    pub icon: String,
    /// `•••• 4242`
    pub display_name: String,
}

impl Shown {
    /// What a page at `origin` has its browser show; none where there are no passkeys, at an address without a name.
    pub fn at(origin: &str, payee: &str, total: Money, kind: MethodKind, hint: Option<&Label>) -> Option<Self> {
        Some(Self {
            rp_id: host(origin)?.to_owned(),
            top_origin: origin.to_owned(),
            payee_name: Some(payee.to_owned()),
            payee_origin: origin.starts_with("https://").then(|| origin.to_owned()),
            total: Total { value: total.decimal(), currency: total.currency.code().to_owned() },
            instrument: Instrument { icon: format!("{origin}{}", mark(kind)), display_name: instrument(kind, hint) },
        })
    }
}

/// The host name of an origin, as browsers write it; none where that is a number.
pub fn host(origin: &str) -> Option<&str> {
    let (_, rest) = origin.split_once("://")?;
    let name = rest.split(':').next()?;
    let is_name = !name.starts_with('[') && name.bytes().any(|byte| !byte.is_ascii_digit() && byte != b'.');
    is_name.then_some(name)
}

/// The drawing of a kind of method.
pub fn mark(kind: MethodKind) -> &'static str {
    match kind {
        MethodKind::MetaPay => "/art/pay-meta.svg",
        MethodKind::PayPal => "/art/pay-paypal.svg",
        MethodKind::Card => "/art/pay-card.svg",
    }
}

fn instrument(kind: MethodKind, hint: Option<&Label>) -> String {
    match (kind, hint) {
        (MethodKind::PayPal, Some(account)) => format!("PayPal · {account}"),
        (MethodKind::PayPal, None) => "PayPal".to_owned(),
        (MethodKind::MetaPay | MethodKind::Card, Some(digits)) => format!("•••• {digits}"),
        (MethodKind::MetaPay | MethodKind::Card, None) => "••••".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::money::Currency;

    #[test]
    fn a_browser_shows_whom_with_what_and_how_much() {
        let hint = "4242".parse().unwrap();
        let at = |origin| {
            Shown::at(origin, "Kai Shapes", Money::new(41_200, Currency::USD), MethodKind::MetaPay, Some(&hint))
        };
        let shown = at("https://bottega.example:8443").unwrap();
        assert_eq!((shown.rp_id.as_str(), shown.payee_name.as_deref()), ("bottega.example", Some("Kai Shapes")));
        assert_eq!(shown.payee_origin.as_deref(), Some("https://bottega.example:8443"));
        assert_eq!((shown.total.value.as_str(), shown.total.currency.as_str()), ("412.00", "USD"));
        assert_eq!(shown.instrument.icon, "https://bottega.example:8443/art/pay-meta.svg");
        assert_eq!(shown.instrument.display_name, "•••• 4242");
        // On one's own machine nothing is encrypted, and at a number there are no passkeys.
        assert_eq!(at("http://localhost:8080").unwrap().payee_origin, None);
        assert_eq!((at("http://127.0.0.1:8080"), at("http://[::1]:8080"), at("null")), (None, None, None));
    }

    #[test]
    fn another_payee_amount_currency_revision_or_try_is_another_payment() {
        let (kai, zoe): (AccountId, AccountId) = ("acc_kai".parse().unwrap(), "acc_zoe".parse().unwrap());
        let (one, two): (PaymentRequestId, PaymentRequestId) = ("pr_1".parse().unwrap(), "pr_2".parse().unwrap());
        let usd = |minor| Money::new(minor, Currency::USD);
        let this = Context { payee: &kai, request: &one, revision: 1, total: usd(100), attempt: 0 };
        let others = [
            Context { payee: &zoe, ..this },
            Context { request: &two, ..this },
            Context { revision: 2, ..this },
            Context { total: usd(101), ..this },
            Context { total: Money::new(100, "EUR".parse().unwrap()), ..this },
            Context { attempt: 1, ..this },
        ];
        assert_eq!(this.challenge(), this.challenge());
        for other in others {
            assert_ne!(other.challenge(), this.challenge(), "{other:?}");
        }
    }
}
