//! PayPal's words in ours.

use ::paypal::{AmountRefused, Capture, CaptureStatus, DisputeReason as TheirReason, Failure, Issue, StatusReason};
use api::provider::{ProviderError, Taken};
use domain::dispute::DisputeReason;
use domain::payment::{DeclineReason, PendingReason, RefundTrouble};

/// A call that was not answered with what was asked for.
pub(super) enum Not {
    /// Certainly not done, and why.
    Done(Vec<Issue>),
    /// It may be, or not now.
    Known(ProviderError),
}

/// What a failure means. It is logged with PayPal's name for it, which is what its support asks for.
pub(super) fn sorted(what: &'static str, failure: Failure) -> Not {
    let debug_id = failure.debug_id().unwrap_or("none").to_owned();
    tracing::warn!(what, debug_id, "{failure}");
    match failure {
        Failure::Refused { issues, .. } => Not::Done(issues),
        Failure::InDoubt { .. } => Not::Known(ProviderError::InDoubt),
        Failure::Busy { .. } => Not::Known(ProviderError::Unavailable("busy with it".to_owned())),
        Failure::Unavailable { why } => Not::Known(ProviderError::Unavailable(why)),
        Failure::Auth { .. } => {
            tracing::error!(what, debug_id, "PayPal does not take our keys for this: see docs/PAYPAL.md");
            Not::Known(ProviderError::Unavailable("our keys are not taken".to_owned()))
        }
    }
}

/// An amount that PayPal does not know: nothing was sent.
pub(super) fn unsent(error: AmountRefused) -> ProviderError {
    ProviderError::Unavailable(error.to_string())
}

/// Why the buyer's money was not reserved, in terms a buyer can act upon.
pub(super) fn declined(issues: &[Issue]) -> DeclineReason {
    let is = |issue: &Issue| match issue {
        Issue::PayeeAccountInvalid
        | Issue::PayeeAccountLockedOrClosed
        | Issue::PayeeAccountNotVerified
        | Issue::PayeeAccountRestricted
        | Issue::PayeeBlockedTransaction
        | Issue::TransactionBlockedByPayee
        | Issue::TransactionReceivingLimitExceeded
        | Issue::PermissionDenied
        | Issue::InvalidCurrencyCode => Some(DeclineReason::SellerUnavailable),
        Issue::OrderExpired | Issue::TokenExpired => Some(DeclineReason::ActionExpired),
        Issue::TransactionRefused | Issue::ComplianceViolation => Some(DeclineReason::SuspectedFraud),
        _anything_else => None,
    };
    issues.iter().find_map(is).unwrap_or(DeclineReason::DoNotHonor)
}

/// Whether the buyer has to go back to PayPal's window.
pub(super) fn wants_the_buyer(issues: &[Issue]) -> bool {
    let back = [Issue::PayerActionRequired, Issue::RedirectPayerForAlternateFunding, Issue::OrderNotApproved];
    issues.iter().any(|issue| back.contains(issue))
}

/// Whether the token is one that PayPal takes no more: the buyer has ended it there.
pub(super) fn token_has_ended(issues: &[Issue]) -> bool {
    let ended = [Issue::AgreementAlreadyCancelled, Issue::BillingAgreementNotFound];
    issues.iter().any(|issue| ended.contains(issue))
}

/// Why a refund did not go.
pub(super) fn refund_trouble(issues: &[Issue]) -> RefundTrouble {
    let is = |issue: &Issue| match issue {
        Issue::RefundFailedInsufficientFunds => Some(RefundTrouble::InsufficientFunds),
        Issue::TransactionDisputed | Issue::RefundNotPermittedDueToChargeback => Some(RefundTrouble::Disputed),
        Issue::RefundTimeLimitExceeded => Some(RefundTrouble::TooLate),
        Issue::CaptureFullyRefunded | Issue::RefundAmountExceeded => Some(RefundTrouble::AlreadyBack),
        _anything_else => None,
    };
    issues.iter().find_map(is).unwrap_or_default()
}

/// How a capture stands. A word we do not know is no failure: it is asked about again.
pub(super) fn taken(capture: &Capture) -> Taken {
    match &capture.status {
        CaptureStatus::Completed | CaptureStatus::PartiallyRefunded | CaptureStatus::Refunded => {
            let fee = capture.seller_receivable_breakdown.and_then(|breakdown| breakdown.paypal_fee);
            Taken::Taken { fee: fee.map(::paypal::Amount::money) }
        }
        CaptureStatus::Pending => Taken::Pending(pending(capture.reason())),
        CaptureStatus::Declined | CaptureStatus::Failed => Taken::Failed,
        CaptureStatus::Other(word) => {
            tracing::warn!(word, "PayPal says a word of a capture that we do not know");
            Taken::Pending(PendingReason::Unknown)
        }
    }
}

fn pending(reason: Option<&StatusReason>) -> PendingReason {
    match reason {
        Some(StatusReason::Echeck | StatusReason::TransactionApprovedAwaitingFunding) => PendingReason::Bank,
        Some(StatusReason::PendingReview | StatusReason::BuyerComplaint | StatusReason::DeclinedByRiskFraudFilters) => {
            PendingReason::Review
        }
        Some(
            StatusReason::ReceivingPreferenceMandatesManualAction
            | StatusReason::Unilateral
            | StatusReason::VerificationRequired
            | StatusReason::InternationalWithdrawal,
        ) => PendingReason::Seller,
        Some(
            StatusReason::Chargeback | StatusReason::OtherReason | StatusReason::Refunded | StatusReason::Other(_),
        )
        | None => PendingReason::Unknown,
    }
}

/// What a buyer says.
pub(super) fn complaint(reason: Option<&TheirReason>) -> DisputeReason {
    match reason {
        Some(TheirReason::NotReceived) => DisputeReason::NotReceived,
        Some(TheirReason::NotAsDescribed) => DisputeReason::NotAsDescribed,
        Some(TheirReason::Unauthorised) => DisputeReason::Unauthorised,
        Some(TheirReason::CreditNotProcessed) => DisputeReason::NotRefunded,
        Some(TheirReason::DuplicateTransaction | TheirReason::IncorrectAmount | TheirReason::PaymentByOtherMeans) => {
            DisputeReason::WrongAmount
        }
        Some(
            TheirReason::CanceledRecurringBilling
            | TheirReason::ProblemWithRemittance
            | TheirReason::OtherReason
            | TheirReason::Other(_),
        )
        | None => DisputeReason::Other,
    }
}
