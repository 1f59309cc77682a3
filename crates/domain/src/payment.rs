//! The payment: one attempt. A state that is never wrong: what is not known is called unknown.

use crate::address::Destination;
use crate::dispute::Dispute;
use crate::ids::{MethodId, PaymentId, PaymentRequestId, RefundId};
use crate::money::Money;
use crate::order::Packed;
use crate::text::Label;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One attempt to pay one revision of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Payment {
    /// Which.
    pub id: PaymentId,
    /// What it pays.
    pub request: PaymentRequestId,
    /// The revision it pays.
    pub revision: u32,
    /// The chosen way of delivery.
    pub delivery: usize,
    /// How much; recomputed from the items, never sent by a client.
    pub amount: Money,
    /// With what.
    pub method: MethodView,
    /// Where to.
    pub destination: Destination,
    /// What the buyer confirmed it with; hidden from the seller, and not kept by earlier builds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_by: Option<ConfirmedBy>,
    /// When it was started.
    pub started_at: Timestamp,
    /// Where it stands.
    pub status: PaymentStatus,
    /// Money on its way back, or back.
    pub refunds: BTreeMap<RefundId, Refund>,
    /// What the processor kept for itself; hidden from the buyer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee: Option<Money>,
    /// What the buyer complained of to the processor, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disputes: Vec<Dispute>,
}

/// What may be shown of a payment method. The token behind it never leaves the wallet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MethodView {
    /// Which saved method; hidden from the seller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<MethodId>,
    /// Its kind.
    pub kind: MethodKind,
    /// The last digits or the account; hidden from the seller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Label>,
}

/// The kinds of methods a wallet holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MethodKind {
    /// A method saved in the wallet, held as a token of the processor.
    MetaPay,
    /// The buyer's PayPal account, approved in a window of its own.
    PayPal,
    /// A card, entered on the processor's own form.
    Card,
}

/// What a buyer confirmed a payment with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConfirmedBy {
    /// The tap alone.
    Tap,
    /// The wallet's PIN.
    Pin,
    /// A passkey, which signed what only the page has shown.
    Passkey,
    /// A passkey, which signed what the browser itself has shown: whom, with what and how much.
    SecurePayment,
}

/// Where an attempt stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum PaymentStatus {
    /// The processor was asked.
    Processing,
    /// The processor wants something of the buyer.
    ActionRequired {
        /// What.
        action: RequiredAction,
        /// Until when.
        expires_at: Timestamp,
    },
    /// The processor did not answer clearly. Never shown as failed, never charged anew.
    Unknown {
        /// Since when.
        since: Timestamp,
    },
    /// The money is reserved.
    Authorised {
        /// Since when.
        at: Timestamp,
        /// Until when the buyer can undo.
        undo_until: Timestamp,
    },
    /// Taking the reserved money is under way: no way back but a refund.
    Capturing {
        /// When it was reserved.
        authorised_at: Timestamp,
        /// Why the processor takes its time over it, when it said that it does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pending: Option<PendingReason>,
    },
    /// The money is in.
    Captured {
        /// Since when.
        at: Timestamp,
    },
    /// It did not work; another attempt may.
    Failed {
        /// Why.
        reason: DeclineReason,
    },
    /// Reserved money was let go.
    Voided {
        /// Why.
        reason: VoidReason,
    },
}

/// Why money that is being taken is not in yet; it can take days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PendingReason {
    /// It comes from a bank account, which has to be debited first.
    Bank,
    /// The processor looks at it.
    Review,
    /// The seller has to do something at the processor first.
    Seller,
    /// It did not say, or in a word we do not know.
    Unknown,
}

/// What the processor wants of the buyer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RequiredAction {
    /// Confirm a code of the bank.
    Challenge,
    /// Approve in the processor's own window.
    Approval,
}

/// Why the processor said no, in terms a buyer can act upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeclineReason {
    /// Not enough money on the method.
    InsufficientFunds,
    /// The card is past its date.
    ExpiredCard,
    /// The bank refused without saying why.
    DoNotHonor,
    /// The processor sees a risk.
    SuspectedFraud,
    /// The bank's check was not passed.
    ChallengeFailed,
    /// The buyer closed or cancelled the check.
    Cancelled,
    /// Nobody answered the check in time.
    ActionExpired,
    /// Reserved money could not be taken.
    CaptureFailed,
    /// What was approved is not what was asked for: another amount, or for somebody else.
    NotAsAgreed,
    /// The processor does not pay this seller at the moment.
    SellerUnavailable,
    /// The processor did not take how it was asked: neither the buyer nor their bank has anything to do with it.
    OnOurSide,
    /// Kept between the buyer and the bank: all that a seller learns.
    Undisclosed,
}

/// Why reserved money was let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum VoidReason {
    /// The buyer undid it.
    Undone,
    /// The order was cancelled before the money was taken.
    OrderCancelled,
    /// The processor agreed after the attempt had been given up; nothing was kept.
    AnsweredLate,
}

/// Money on its way back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Refund {
    /// Which.
    pub id: RefundId,
    /// How much.
    pub amount: Money,
    /// Why.
    pub reason: RefundReason,
    /// When it was decided.
    pub started_at: Timestamp,
    /// Where it stands.
    pub status: RefundStatus,
    /// The pieces whose price it is, when it is of pieces.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<Packed>,
}

/// Why money goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RefundReason {
    /// The seller gave it.
    BySeller,
    /// The seller cancelled the order.
    CancelledBySeller,
    /// It was not shipped in time.
    NotShipped,
    /// A case came to it.
    Help,
    /// The carrier brought it back or lost it.
    NotDelivered,
    /// The money was taken although the order had been cancelled meanwhile.
    TakenLate,
    /// The seller gave it in the processor's own pages.
    AtProcessor,
}

/// Where a refund stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum RefundStatus {
    /// On its way.
    Pending,
    /// With the buyer.
    Settled {
        /// Since when.
        at: Timestamp,
    },
    /// The processor could not; the money is where it was.
    Failed {
        /// Why.
        #[serde(default)]
        why: RefundTrouble,
    },
}

/// Why a refund did not go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RefundTrouble {
    /// The processor did not say, or in a word we do not know.
    #[default]
    Refused,
    /// The seller's account at the processor does not hold so much.
    InsufficientFunds,
    /// The buyer has complained to the processor, which decides now.
    Disputed,
    /// It is too long ago.
    TooLate,
    /// It went back already, in the processor's own pages.
    AlreadyBack,
}

impl Payment {
    /// Whether the attempt may still succeed: while one does, no other may start.
    pub fn is_live(&self) -> bool {
        match self.status {
            PaymentStatus::Processing | PaymentStatus::ActionRequired { .. } | PaymentStatus::Unknown { .. } => true,
            PaymentStatus::Authorised { .. }
            | PaymentStatus::Capturing { .. }
            | PaymentStatus::Captured { .. }
            | PaymentStatus::Failed { .. }
            | PaymentStatus::Voided { .. } => false,
        }
    }

    /// Whether the processor waits for the buyer to do something.
    pub fn wants_the_buyer(&self) -> bool {
        matches!(self.status, PaymentStatus::ActionRequired { .. })
    }

    /// What was taken; nothing before the capture.
    pub fn captured(&self) -> Money {
        match self.status {
            PaymentStatus::Captured { .. } => self.amount,
            PaymentStatus::Processing
            | PaymentStatus::ActionRequired { .. }
            | PaymentStatus::Unknown { .. }
            | PaymentStatus::Authorised { .. }
            | PaymentStatus::Capturing { .. }
            | PaymentStatus::Failed { .. }
            | PaymentStatus::Voided { .. } => Money::zero(self.amount.currency),
        }
    }

    /// What went back or is on its way back.
    pub fn refunded(&self) -> Money {
        let minor = self.refunds.values().filter(|refund| !matches!(refund.status, RefundStatus::Failed { .. }));
        Money::new(minor.map(|refund| refund.amount.minor).sum(), self.amount.currency)
    }

    /// Whether some of it is on its way back.
    pub fn is_refunding(&self) -> bool {
        self.refunds.values().any(|refund| refund.status == RefundStatus::Pending)
    }

    /// Whether everything that was taken has gone back or is on its way.
    pub fn goes_back_whole(&self) -> bool {
        self.captured().minor > 0 && self.refundable().minor <= 0
    }

    /// Whether everything that was taken has gone back.
    pub fn is_given_back(&self) -> bool {
        self.goes_back_whole() && !self.is_refunding()
    }

    /// How many pieces of a line have been paid back as such.
    pub fn pieces_back(&self, line: usize) -> u32 {
        self.pieces(line, |status| matches!(status, RefundStatus::Settled { .. }))
    }

    /// How many pieces of a line have been paid back as such, or are about to be.
    pub fn pieces_going(&self, line: usize) -> u32 {
        self.pieces(line, |status| !matches!(status, RefundStatus::Failed { .. }))
    }

    fn pieces(&self, line: usize, counts: impl Fn(&RefundStatus) -> bool) -> u32 {
        let refunds = self.refunds.values().filter(|refund| counts(&refund.status));
        let packed = refunds.flat_map(|refund| &refund.pieces).filter(|packed| packed.line == line);
        packed.fold(0, |sum, packed| sum.saturating_add(packed.quantity))
    }

    /// What went back because the processor decided so.
    pub fn lost(&self) -> Money {
        Money::new(self.disputes.iter().map(|dispute| dispute.returned().minor).sum(), self.amount.currency)
    }

    /// What can still go back.
    pub fn refundable(&self) -> Money {
        let left = self.captured().minor - self.refunded().minor - self.lost().minor;
        Money::new(left, self.amount.currency)
    }

    /// The complaint that is not decided yet.
    pub fn open_dispute(&self) -> Option<&Dispute> {
        self.disputes.iter().find(|dispute| dispute.is_open())
    }

    /// Why the processor takes its time over taking the money, while it does.
    pub fn pending(&self) -> Option<PendingReason> {
        match self.status {
            PaymentStatus::Capturing { pending, .. } => pending,
            PaymentStatus::Processing
            | PaymentStatus::ActionRequired { .. }
            | PaymentStatus::Unknown { .. }
            | PaymentStatus::Authorised { .. }
            | PaymentStatus::Captured { .. }
            | PaymentStatus::Failed { .. }
            | PaymentStatus::Voided { .. } => None,
        }
    }
}
