//! A seller's statement: what came, went and stayed in a month, from the postings of the ledger and nothing else.

use crate::calendar::Zone;
use crate::event::Envelope;
use crate::ids::{OrderId, PaymentId};
use crate::ledger::{Account, Transfer};
use crate::money::{Currency, Money};
use crate::order::OrderNumber;
use crate::terms::Totals;
use crate::thread::{Gap, Thread};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// A month of a market's calendar, written 2026-03.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    year: u16,
    month: u8,
}

/// It is not written like 2026-03.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoMonth;

impl fmt::Display for NoMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("A month is written like 2026-03.")
    }
}

impl Month {
    /// The month that an instant falls into, on the clocks of a zone.
    pub fn of(at: Timestamp, zone: Zone) -> Self {
        let date = zone.date_at(at);
        // The calendar ends before the year 10000, and nothing is paid before 1970.
        Self { year: u16::try_from(date.year()).unwrap_or_default(), month: u8::from(date.month()) }
    }

    /// The year, 0 to 9999.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month of the year, 1 to 12.
    pub fn number(self) -> u8 {
        self.month
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = NoMonth;
    fn from_str(text: &str) -> Result<Self, NoMonth> {
        let (year, month) = text.split_once('-').filter(|_| text.len() == 7).ok_or(NoMonth)?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten();
        let year: u16 = digits(year).ok_or(NoMonth)?;
        let month: u16 = digits(month).filter(|month| (1..=12).contains(month)).ok_or(NoMonth)?;
        Ok(Self { year, month: month as u8 })
    }
}

impl TryFrom<String> for Month {
    type Error = NoMonth;
    fn try_from(text: String) -> Result<Self, NoMonth> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Month {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Month".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$" })
    }
}

/// One movement of the ledger, with what an accountant asks about it: a row of the export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Posting {
    /// When.
    pub at: Timestamp,
    /// The order it belongs to.
    pub order: OrderId,
    /// The order's number, as people say it.
    pub number: OrderNumber,
    /// The payment behind it.
    pub payment: PaymentId,
    /// Debited.
    pub debit: Account,
    /// Credited.
    pub credit: Account,
    /// How much, more than nothing.
    pub amount: Money,
    /// Of a sale: what is in it besides the goods.
    #[serde(flatten)]
    pub parts: Option<SaleParts>,
}

/// What a buyer paid besides the goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SaleParts {
    /// The tax in it.
    pub tax: Money,
    /// The shipping in it.
    pub shipping: Money,
}

/// Every movement of a thread with its time, oldest first: the ledger keeps none, the events do.
///
/// # Errors
/// When the events have a gap.
pub fn postings<'a>(events: impl IntoIterator<Item = &'a Envelope>) -> Result<Vec<Posting>, Gap> {
    let (mut state, mut known, mut found) = (None, 0, Vec::new());
    for envelope in events {
        Thread::apply(&mut state, envelope)?;
        let Some(thread) = &state else { continue };
        let transfers = thread.ledger.transfers();
        let fresh = transfers.iter().skip(known);
        found.extend(fresh.filter_map(|transfer| posting(thread, transfer, envelope.at)));
        known = transfers.len();
    }
    Ok(found)
}

fn posting(thread: &Thread, Transfer { order, from, to, amount }: &Transfer, at: Timestamp) -> Option<Posting> {
    let known = thread.orders.get(order)?;
    let parts = (*from == Account::Buyer).then(|| {
        let Totals { tax, shipping, .. } = known.totals();
        SaleParts { tax, shipping }
    });
    Some(Posting {
        at,
        order: order.clone(),
        number: known.number.clone(),
        payment: known.payment.clone(),
        debit: *from,
        credit: *to,
        amount: *amount,
        parts,
    })
}

/// What a posting is to a seller. Movements between what is kept are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Movement {
    /// A buyer paid.
    Sale,
    /// Money went back to a buyer.
    Refund,
    /// The processor gave it back to a buyer.
    Dispute,
    /// Paid out to the seller.
    Payout,
    /// Taken back from what was paid out, to go to a buyer.
    TakenBack,
    /// The processor's fee: the seller's cost, and no part of what is kept.
    Fee,
}

impl Movement {
    /// What a movement between two accounts is to a seller: mostly one thing or nothing. What goes back to a buyer after
    /// it was paid out is taken back first.
    pub fn all(from: Account, to: Account) -> Vec<Self> {
        let is_back = from == Account::Released && to != Account::Released;
        let then = match (from, to) {
            (Account::Buyer, _) => Some(Self::Sale),
            // Every refund goes by way of this account.
            (Account::Refunding, Account::Buyer) => Some(Self::Refund),
            (_, Account::Buyer) => Some(Self::Dispute),
            (_, Account::Released) if from != Account::Released => Some(Self::Payout),
            (_, Account::Processor) => Some(Self::Fee),
            (
                _,
                Account::Held
                | Account::Frozen
                | Account::Releasable
                | Account::Released
                | Account::Refunding
                | Account::Disputed
                | Account::Costs,
            ) => None,
        };
        is_back.then_some(Self::TakenBack).into_iter().chain(then).collect()
    }

    /// What it does to what is kept for the seller: more, less or nothing.
    pub fn sign(self) -> i64 {
        match self {
            Self::Sale | Self::TakenBack => 1,
            Self::Refund | Self::Dispute | Self::Payout => -1,
            Self::Fee => 0,
        }
    }
}

/// A line of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Line {
    /// When.
    pub at: Timestamp,
    /// The order it belongs to.
    pub order: OrderId,
    /// The order's number.
    pub number: OrderNumber,
    /// What it is.
    pub movement: Movement,
    /// How much, more than nothing.
    pub amount: Money,
}

/// What the lines of a statement add up to; none of them below nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sums {
    /// What buyers paid.
    pub sold: Money,
    /// Of that, tax.
    pub tax: Money,
    /// Of that, shipping.
    pub shipping: Money,
    /// What went back to buyers.
    pub refunded: Money,
    /// What the processor gave back to buyers.
    pub disputed: Money,
    /// What was paid out.
    pub paid_out: Money,
    /// What was taken back of that.
    pub taken_back: Money,
    /// What the processor took for itself.
    pub fees: Money,
}

/// A month in one currency. Closing = opening + sold − refunded − disputed − paid out + taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Statement {
    /// Which month.
    pub month: Month,
    /// What was kept for the seller when it began.
    pub opening: Money,
    /// What the lines add up to.
    pub sums: Sums,
    /// What is kept when it ends, or now.
    pub closing: Money,
    /// What came and went, oldest first.
    pub lines: Vec<Line>,
}

impl Statement {
    /// The statements of a month, one for each currency in which anything was kept or moved. The postings are of all
    /// threads of a seller, in any order.
    pub fn of(month: Month, zone: Zone, postings: &[Posting]) -> Vec<Self> {
        let currencies: BTreeSet<Currency> = postings.iter().map(|posting| posting.amount.currency).collect();
        let of = |currency| Self::in_currency(month, zone, currency, postings);
        let told = |statement: &Self| statement.opening.minor != 0 || !statement.lines.is_empty();
        currencies.into_iter().map(of).filter(told).collect()
    }

    fn in_currency(month: Month, zone: Zone, currency: Currency, postings: &[Posting]) -> Self {
        let nothing = Money::zero(currency);
        let mut sums = Sums {
            sold: nothing,
            tax: nothing,
            shipping: nothing,
            refunded: nothing,
            disputed: nothing,
            paid_out: nothing,
            taken_back: nothing,
            fees: nothing,
        };
        let (mut opening, mut lines) = (0, Vec::new());
        for posting in postings.iter().filter(|posting| posting.amount.currency == currency) {
            let of = Month::of(posting.at, zone);
            for movement in Movement::all(posting.debit, posting.credit) {
                if of < month {
                    opening += movement.sign() * posting.amount.minor;
                } else if of == month {
                    sums.add(movement, posting);
                    let Posting { at, order, number, amount, .. } = posting.clone();
                    lines.push(Line { at, order, number, movement, amount });
                }
            }
        }
        lines.sort_by(|a, b| (a.at, &a.order, a.movement).cmp(&(b.at, &b.order, b.movement)));
        let moved: i64 = lines.iter().map(|line| line.movement.sign() * line.amount.minor).sum();
        let closing = Money::new(opening + moved, currency);
        Self { month, opening: Money::new(opening, currency), sums, closing, lines }
    }
}

impl Sums {
    fn add(&mut self, movement: Movement, posting: &Posting) {
        let sum = match movement {
            Movement::Sale => &mut self.sold,
            Movement::Refund => &mut self.refunded,
            Movement::Dispute => &mut self.disputed,
            Movement::Payout => &mut self.paid_out,
            Movement::TakenBack => &mut self.taken_back,
            Movement::Fee => &mut self.fees,
        };
        sum.minor += posting.amount.minor;
        if let Some(SaleParts { tax, shipping }) = posting.parts {
            self.tax.minor += tax.minor;
            self.shipping.minor += shipping.minor;
        }
    }
}

/// The months in which anything moved, the newest first.
pub fn months(zone: Zone, postings: &[Posting]) -> Vec<Month> {
    let months: BTreeSet<Month> = postings.iter().map(|posting| Month::of(posting.at, zone)).collect();
    months.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 31 March 2026, 23:30 in Los Angeles; in UTC it is April.
    const LATE: Timestamp = Timestamp::from_millis(1_775_025_000_000);

    fn posting(at: Timestamp, debit: Account, credit: Account, minor: i64) -> Posting {
        Posting {
            at,
            order: "ord_1".parse().expect("letters and digits"),
            number: serde_json::from_str("\"B-1001\"").expect("a number"),
            payment: "pay_1".parse().expect("letters and digits"),
            debit,
            credit,
            amount: Money::new(minor, Currency::USD),
            parts: None,
        }
    }

    #[test]
    fn the_parts_of_a_sale_stand_beside_the_rest_and_only_together() {
        let sale = Posting {
            parts: Some(SaleParts { tax: Money::new(32, Currency::USD), shipping: Money::new(5, Currency::USD) }),
            ..posting(LATE, Account::Buyer, Account::Held, 100)
        };
        let mut json = serde_json::to_value(&sale).expect("JSON");
        assert_eq!((json["tax"]["minor"].as_i64(), json["shipping"]["minor"].as_i64()), (Some(32), Some(5)));
        assert_eq!(serde_json::from_value::<Posting>(json.clone()).expect("read"), sale);
        let both = json.as_object_mut().expect("an object");
        both.retain(|name, _| name != "tax" && name != "shipping");
        assert_eq!(serde_json::from_value::<Posting>(json).expect("read").parts, None);
    }

    #[test]
    fn a_month_is_of_the_markets_calendar() {
        assert_eq!(Month::of(LATE, Zone::UsPacific).to_string(), "2026-03");
        assert_eq!(Month::of(LATE, Zone::Utc).to_string(), "2026-04");
    }

    #[test]
    fn a_month_is_written_in_one_way() {
        for text in ["2026-3", "2026-13", "2026-00", "26-03", "+026-03", "2026-+3", "2026-03 ", "2026/03", ""] {
            assert_eq!(text.parse::<Month>(), Err(NoMonth), "{text}");
        }
        assert_eq!("2026-03".parse::<Month>().map(String::from), Ok("2026-03".to_owned()));
    }

    #[test]
    fn what_goes_back_after_the_payout_is_taken_back_first() {
        let all = [
            posting(LATE, Account::Buyer, Account::Held, 500),
            posting(LATE, Account::Held, Account::Released, 500),
            posting(LATE, Account::Released, Account::Refunding, 200),
            posting(LATE, Account::Refunding, Account::Buyer, 200),
            posting(LATE, Account::Released, Account::Disputed, 300),
            posting(LATE, Account::Disputed, Account::Buyer, 250),
            posting(LATE, Account::Disputed, Account::Released, 50),
        ];
        let month = "2026-03".parse().expect("a month");
        let [statement] = Statement::of(month, Zone::UsPacific, &all).try_into().expect("one currency");
        let Sums { sold, refunded, disputed, paid_out, taken_back, .. } = statement.sums;
        let sums = [sold, refunded, disputed, paid_out, taken_back].map(|sum| sum.minor);
        assert_eq!((sums, statement.closing.minor), ([500, 200, 250, 550, 500], 0));
    }

    #[test]
    fn what_is_kept_goes_over_into_the_next_month() {
        let later = LATE.plus(crate::time::Span::days(2));
        let all = [
            posting(LATE, Account::Buyer, Account::Held, 41_200),
            posting(LATE, Account::Costs, Account::Processor, 1_487),
            posting(later, Account::Held, Account::Refunding, 1_000),
            posting(later, Account::Refunding, Account::Buyer, 1_000),
            posting(later, Account::Held, Account::Releasable, 40_200),
            posting(later, Account::Releasable, Account::Released, 40_200),
        ];
        let of = |month: &str| Statement::of(month.parse().expect("a month"), Zone::UsPacific, &all);
        let [march] = of("2026-03").try_into().expect("one currency");
        assert_eq!((march.opening.minor, march.closing.minor, march.sums.fees.minor), (0, 41_200, 1_487));
        let [april] = of("2026-04").try_into().expect("one currency");
        assert_eq!((april.opening.minor, april.closing.minor), (41_200, 0));
        assert_eq!((april.sums.refunded.minor, april.sums.paid_out.minor, april.lines.len()), (1_000, 40_200, 2));
        assert_eq!(of("2026-02"), [], "nothing before");
        assert_eq!(of("2026-05"), [], "nothing is left");
        let months: Vec<String> = months(Zone::UsPacific, &all).into_iter().map(String::from).collect();
        assert_eq!(months, ["2026-04", "2026-03"]);
    }
}
