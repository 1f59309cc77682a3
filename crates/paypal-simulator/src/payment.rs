//! What became of the money: held, taken, given back.

pub(crate) mod authorizations;
pub(crate) mod captures;
pub(crate) mod show;

use crate::clock::{DAY, Instant};
use crate::ledger::Reason;
use crate::money::{Currency, Money, MoneyFault};
use crate::order::Funding;
use crate::refusal::Refusal;
use crate::world::{Payee, World};
use serde_json::Value;

/// How long an authorization can be captured.
pub const AUTHORIZATION_LIFE: Instant = 29 * DAY;
/// How long the money is sure to be there.
pub const HONOUR_PERIOD: Instant = 3 * DAY;

/// How long a capture can be refunded.
pub const REFUND_TIME: Instant = 180 * DAY;

/// Where a payment comes from.
#[derive(Clone, Debug)]
pub struct Source {
    pub(crate) order: String,
    /// Which purchase unit of the order.
    pub(crate) unit: usize,
    pub(crate) payee: Payee,
    pub(crate) invoice_id: Option<String>,
    pub(crate) custom_id: Option<String>,
    pub(crate) funding: Funding,
}

/// How an authorization stands, beside what was captured of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Can be captured.
    Open,
    /// PayPal is looking at it.
    InReview,
    /// A capture was the last one.
    Closed,
    /// Given up by the merchant, or run out.
    Voided,
}

/// A held amount.
#[derive(Clone, Debug)]
pub struct Authorization {
    pub(crate) id: String,
    pub(crate) source: Source,
    pub(crate) amount: Money,
    pub(crate) hold: Hold,
    /// The buyer has spent the money elsewhere: it is only sure to be there for the honour period.
    pub(crate) is_spent: bool,
    pub(crate) created: Instant,
    pub(crate) updated: Instant,
}

impl Authorization {
    pub(crate) fn expires(&self) -> Instant {
        self.created + AUTHORIZATION_LIFE
    }

    /// Whether there is anything to take.
    pub(crate) fn is_covered(&self, now: Instant) -> bool {
        !self.is_spent || now < self.created + HONOUR_PERIOD
    }
}

/// How a capture stands, beside what was given back of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The bank has not paid yet.
    Pending,
    /// The money is there.
    Completed,
    /// The bank did not pay.
    Declined,
}

/// A taken amount.
#[derive(Clone, Debug)]
pub struct Capture {
    pub(crate) id: String,
    pub(crate) source: Source,
    pub(crate) authorization: Option<String>,
    pub(crate) amount: Money,
    /// What PayPal kept, once the money was there.
    pub(crate) fee: Money,
    pub(crate) taken: Taken,
    pub(crate) is_final: bool,
    /// Minor units that a dispute took back.
    pub(crate) reversed: i64,
    pub(crate) created: Instant,
    pub(crate) updated: Instant,
}

/// How a refund stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// On its way by the bank.
    Pending,
    /// With the buyer.
    Completed,
    /// Did not arrive: the merchant has it again.
    Failed,
}

/// How fast refunds are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundMood {
    /// At once.
    AtOnce,
    /// Pending until they are settled.
    Waits,
}

/// An amount given back.
#[derive(Clone, Debug)]
pub struct Refund {
    pub(crate) id: String,
    pub(crate) capture: String,
    pub(crate) amount: Money,
    pub(crate) given: Given,
    /// Of the capture, with this one, when it was made.
    pub(crate) total: Money,
    pub(crate) invoice_id: Option<String>,
    pub(crate) custom_id: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) created: Instant,
    pub(crate) updated: Instant,
}

/// `/amount` of a request, in the words of the payments file where it is none.
fn money(value: &Value) -> Result<Money, Refusal> {
    Money::parse(value).map_err(|fault| match fault {
        MoneyFault::UnknownCurrency => Refusal::about("INVALID_CURRENCY_CODE", "/amount/currency_code"),
        MoneyFault::TooPrecise if has_decimals(value) => Refusal::about("DECIMAL_PRECISION", "/amount/value"),
        MoneyFault::TooPrecise => Refusal::about("DECIMALS_NOT_SUPPORTED", "/amount/value"),
        MoneyFault::TooMuch => Refusal::invalid("INVALID_PARAMETER_VALUE", "/amount/value"),
        MoneyFault::Malformed => Refusal::invalid("INVALID_PARAMETER_SYNTAX", "/amount/value"),
    })
}

fn has_decimals(amount: &Value) -> bool {
    amount["currency_code"].as_str().and_then(Currency::parse).is_some_and(Currency::has_decimals)
}

/// A capture about to be made.
pub(crate) struct NewCapture {
    pub(crate) source: Source,
    pub(crate) authorization: Option<String>,
    pub(crate) amount: Money,
    pub(crate) is_final: bool,
}

impl World {
    /// Holds an amount.
    pub(crate) fn hold(&mut self, source: Source, amount: Money) {
        let (id, now) = (self.ids.transaction(), self.now());
        let made = Authorization {
            id: id.clone(),
            source,
            amount,
            hold: Hold::Open,
            is_spent: false,
            created: now,
            updated: now,
        };
        let shown = self.authorization_json(&made);
        self.authorizations.insert(id, made);
        self.tell("PAYMENT.AUTHORIZATION.CREATED", "authorization", "A payment authorization was created", shown);
    }

    /// Takes an amount: at once, or when the bank has paid.
    pub(crate) fn take(&mut self, new: NewCapture) -> String {
        let (id, now) = (self.ids.transaction(), self.now());
        let NewCapture { source, authorization, amount, is_final } = new;
        let fee = amount.with(0);
        let taken = Taken::Pending;
        let reversed = 0;
        let funding = source.funding;
        let made = Capture {
            id: id.clone(),
            source,
            authorization,
            amount,
            fee,
            taken,
            is_final,
            reversed,
            created: now,
            updated: now,
        };
        self.captures.insert(id.clone(), made);
        match funding {
            Funding::Balance | Funding::Card => self.money_arrives(&id),
            Funding::Bank => self.tell_capture(&id, "PAYMENT.CAPTURE.PENDING", "Payment pending"),
            Funding::DecliningCard | Funding::RefusedCard => {
                self.money_stays_away(&id, "PAYMENT.CAPTURE.DECLINED", "Payment declined");
            }
        }
        id
    }

    /// A pending capture's money is there: less the fee, it is the payee's.
    pub(crate) fn money_arrives(&mut self, id: &str) {
        let now = self.now();
        let Some(capture) = self.captures.get_mut(id) else { return };
        capture.taken = Taken::Completed;
        capture.fee = capture.amount.fee();
        capture.updated = now;
        let (payee, amount, fee) = (capture.source.payee.clone(), capture.amount, capture.fee);
        self.ledger.post(now, &payee, Reason::Capture, id, amount);
        self.ledger.post(now, &payee, Reason::Fee, id, fee.with(-fee.minor));
        self.tell_capture(id, "PAYMENT.CAPTURE.COMPLETED", "Payment completed");
    }

    /// A capture that comes to nothing.
    pub(crate) fn money_stays_away(&mut self, id: &str, kind: &str, summary: &str) {
        let now = self.now();
        if let Some(capture) = self.captures.get_mut(id) {
            (capture.taken, capture.updated) = (Taken::Declined, now);
        }
        self.tell_capture(id, kind, summary);
    }

    pub(crate) fn tell_capture(&mut self, id: &str, kind: &str, summary: &str) {
        let Some(capture) = self.captures.get(id) else { return };
        let (shown, summary) = (self.capture_json(capture), format!("{summary} for {}", capture.amount));
        self.tell(kind, "capture", &summary, shown);
    }

    /// Minor units captured of an authorization, not counting what the bank did not pay.
    pub(crate) fn captured_of(&self, authorization: &str) -> i64 {
        let of_it = |capture: &&Capture| capture.authorization.as_deref() == Some(authorization);
        let counted = self.captures.values().filter(of_it).filter(|capture| capture.taken != Taken::Declined);
        counted.map(|capture| capture.amount.minor).sum()
    }

    /// Minor units given back of a capture, also those still on their way.
    pub(crate) fn refunded_of(&self, capture: &str) -> i64 {
        let counted = self.refunds.values().filter(|refund| refund.capture == capture && refund.given != Given::Failed);
        counted.map(|refund| refund.amount.minor).sum()
    }

    /// Whether something was paid to that account under that invoice, other than by this authorization.
    pub(crate) fn invoice_is_used(&self, invoice: &str, account: &str, but_for: Option<&str>) -> bool {
        let same = |source: &Source, id: Option<&String>| {
            source.invoice_id.as_deref() == Some(invoice)
                && source.payee.account() == account
                && (but_for.is_none() || id.map(String::as_str) != but_for)
        };
        let captured = self.captures.values().filter(|capture| capture.taken != Taken::Declined);
        let held = self.authorizations.values().filter(|held| held.hold != Hold::Voided);
        captured.into_iter().any(|capture| same(&capture.source, capture.authorization.as_ref()))
            || held.into_iter().any(|held| same(&held.source, Some(&held.id)))
    }
}
