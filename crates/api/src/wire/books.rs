//! A seller's books: by month, beside the processor's, and where the money goes.

use domain::ids::{PaymentId, ThreadId};
use domain::money::Money;
use domain::order::OrderNumber;
use domain::statement::{Month, Statement};
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A month of a seller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct MonthOfBooks {
    /// Its statements, one for each currency; none where nothing was kept and nothing moved.
    pub statements: Vec<Statement>,
    /// The months in which anything moved, the newest first.
    pub months: Vec<Month>,
    /// How many conversations are missing because they cannot be read.
    pub unreadable: u32,
}

/// Whom the customers of a business pay at the processor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(tag = "type", content = "is", rename_all = "snake_case")]
pub enum PaidTo {
    /// An account, by the processor's number for it: of PayPal's, 13 letters and digits.
    Merchant(String),
    /// An account, by its e-mail.
    Email(String),
}

/// Where a business is paid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Payee {
    /// What it has chosen; without, the account of this shop's keys is paid.
    pub chosen: Option<PaidTo>,
    /// Whether there is anything to choose: a simulated processor pays nobody.
    pub is_offered: bool,
}

/// Chooses where a business is paid from now on. What is under way is paid where it was to be paid when it began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SetPayee {
    /// Whom; nothing for the account of this shop's keys.
    pub to: Option<PaidTo>,
}

/// What the books of a seller and the report of the processor say differently.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Differences {
    /// Until when the processor's report was read; never, where there is none to read.
    pub compared_until: Option<Timestamp>,
    /// What differs, the oldest first.
    pub found: Vec<Difference>,
}

/// One thing that differs. It goes by itself once both say the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Difference {
    /// The payment.
    pub payment: PaymentId,
    /// In which conversation.
    pub thread: ThreadId,
    /// The number of its order, where it led to one.
    pub number: Option<OrderNumber>,
    /// Since when it is known.
    pub found_at: Timestamp,
    /// What.
    pub what: DifferenceKind,
}

/// What differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum DifferenceKind {
    /// What was taken from the buyer.
    Taken {
        /// By our books.
        ours: Money,
        /// By the processor's report.
        theirs: Money,
    },
    /// What went back to the buyer.
    Returned {
        /// By our books.
        ours: Money,
        /// By the processor's report.
        theirs: Money,
    },
    /// What the processor took for itself.
    Fee {
        /// By our books.
        ours: Money,
        /// By the processor's report.
        theirs: Money,
    },
}
