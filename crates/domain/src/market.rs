//! Where trade is allowed, in what currency, up to how much, and how long each promise lasts. Another market is a row.

use crate::calendar::{Holidays, Zone, add_working_days, working_day_from};
use crate::money::{Currency, Money};
use crate::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt;

/// An ISO 3166-1 alpha-2 country code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("pattern" = "^[A-Z]{2}$")))]
#[serde(try_from = "String", into = "String")]
pub struct Country([u8; 2]);

impl Country {
    /// The United States: the launch market.
    pub const US: Self = Self(*b"US");

    /// The two capital letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Not two capital letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountryError;

impl fmt::Display for CountryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a country is two capital letters, like US")
    }
}

impl TryFrom<String> for Country {
    type Error = CountryError;
    fn try_from(code: String) -> Result<Self, CountryError> {
        match code.as_bytes() {
            [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Ok(Self([*a, *b])),
            _ => Err(CountryError),
        }
    }
}

impl From<Country> for String {
    fn from(country: Country) -> String {
        country.code().to_owned()
    }
}

/// The rules of one market.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Market {
    /// Where buyer and seller both live.
    pub country: Country,
    /// What requests are in.
    pub currency: Currency,
    /// The most one request may ask for (Instagram: $750).
    pub request_cap: Money,
    /// The most a seller's requests of the last 7 days may add up to (Instagram: $2,250).
    pub weekly_cap: Money,
    /// What is asked for from here on is only paid by who has just proved who they are, where a tap alone confirms: an
    /// unlocked phone in somebody else's hand should not buy more than a week's groceries.
    pub proved_from: Money,
    /// Whose working days and midnights count.
    pub zone: Zone,
    /// How long a request stays open unless the seller says otherwise.
    pub request_expiry: Span,
    /// The shortest and the longest a request may stay open.
    pub request_expiry_range: (Span, Span),
    /// How long a counter-offer waits for its answer.
    pub counter_expiry: Span,
    /// How long the buyer can undo a payment.
    pub undo_window: Span,
    /// How long the buyer has to pass the processor's check.
    pub challenge_window: Span,
    /// Working days the seller has to ship.
    pub ship_by_days: u32,
    /// How long the buyer can check a delivered order before the seller is paid.
    pub check_window: Span,
    /// How long after the ship-by date help stays open when nothing was delivered.
    pub help_after_ship_by: Span,
    /// How long after it was handed over a parcel may be silent before anybody has scanned it.
    pub silence_before_first_scan: Span,
    /// How long a parcel may be silent between two scans.
    pub silence_between_scans: Span,
    /// How long after money could not go back of an order that ended it is tried again.
    pub refund_again: Span,
    /// How long either side of a case has to answer before a reviewer is asked.
    pub case_answer: Span,
    /// How long a reviewer has before what was offered last stands.
    pub case_review: Span,
    /// How long the buyer has to send back what is to go back.
    pub case_return: Span,
    /// How long what was sent back may travel before a reviewer is asked.
    pub case_return_travel: Span,
    /// How long a message can be edited (Instagram: 15 minutes).
    pub edit_window: Span,
}

impl Market {
    /// The end of the `days`-th working day after that of `from`, here; with 0 days, of the day of `from` itself.
    pub fn working_days_after(&self, from: Timestamp, days: u32) -> Timestamp {
        add_working_days(from, days, Holidays::UsFederal, self.zone)
    }

    /// Until when a seller has to ship what can be shipped from `from` on.
    pub fn ship_by(&self, from: Timestamp) -> Timestamp {
        self.working_days_after(from, self.ship_by_days)
    }

    /// When it is due after it stood still so long: still the end of a working day.
    pub fn due_after_standing(&self, due: Timestamp, stood_still: Span) -> Timestamp {
        working_day_from(due.plus(stood_still), Holidays::UsFederal, self.zone)
    }

    /// The launch market: buyers and sellers in the United States, in dollars.
    pub const US: Self = Self {
        country: Country::US,
        currency: Currency::USD,
        request_cap: Money::new(75_000, Currency::USD),
        weekly_cap: Money::new(225_000, Currency::USD),
        proved_from: Money::new(25_000, Currency::USD),
        zone: Zone::UsPacific,
        request_expiry: Span::hours(72),
        request_expiry_range: (Span::minutes(5), Span::days(30)),
        counter_expiry: Span::hours(48),
        undo_window: Span::minutes(5),
        challenge_window: Span::minutes(15),
        ship_by_days: 5,
        check_window: Span::days(3),
        help_after_ship_by: Span::days(14),
        silence_before_first_scan: Span::days(3),
        silence_between_scans: Span::days(5),
        refund_again: Span::days(7),
        case_answer: Span::hours(48),
        case_review: Span::days(7),
        case_return: Span::days(7),
        case_return_travel: Span::days(21),
        edit_window: Span::minutes(15),
    };

    /// The market of two people, when there is one for both.
    pub fn between(buyer: Country, seller: Country) -> Option<&'static Self> {
        const MARKETS: &[Market] = &[Market::US];
        MARKETS.iter().find(|market| market.country == buyer && market.country == seller)
    }
}
