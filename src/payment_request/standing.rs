//! How paying a request stands, whoever looks.

use domain::ids::{PaymentId, PaymentRequestId};
use domain::payment::{DeclineReason, PaymentStatus, RequiredAction};
use domain::thread::Thread;
use domain::time::Timestamp;

/// How paying a request stands: what its last attempt came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody is paying.
    Idle,
    /// Nobody is paying; the last attempt did not work.
    Failed {
        /// Why.
        reason: DeclineReason,
    },
    /// The processor was asked.
    Paying,
    /// The processor wants something of the buyer.
    Confirm {
        /// For which attempt.
        payment: PaymentId,
        /// What.
        action: RequiredAction,
        /// Until when.
        until: Timestamp,
    },
    /// Neither yes nor no: it is being checked.
    Checking,
    /// It is paid.
    Paid,
}

impl Standing {
    /// How paying `request` stands.
    pub fn of(thread: &Thread, request: &PaymentRequestId) -> Self {
        let revision = thread.requests.get(request).map(|request| request.current().number);
        let this_revision = thread.attempts(request).filter(|attempt| Some(attempt.revision) == revision).last();
        let Some(attempt) = thread.live_attempt(request).or(this_revision) else { return Self::Idle };
        match &attempt.status {
            PaymentStatus::Processing => Self::Paying,
            PaymentStatus::ActionRequired { action, expires_at } => {
                Self::Confirm { payment: attempt.id.clone(), action: *action, until: *expires_at }
            }
            PaymentStatus::Unknown { .. } => Self::Checking,
            PaymentStatus::Authorised { .. } | PaymentStatus::Capturing { .. } | PaymentStatus::Captured { .. } => {
                Self::Paid
            }
            PaymentStatus::Failed { reason } => Self::Failed { reason: *reason },
            PaymentStatus::Voided { .. } => Self::Idle,
        }
    }

    /// Whether an attempt is under way, so that no other may start.
    pub fn is_live(&self) -> bool {
        match self {
            Self::Paying | Self::Confirm { .. } | Self::Checking => true,
            Self::Idle | Self::Failed { .. } | Self::Paid => false,
        }
    }
}
