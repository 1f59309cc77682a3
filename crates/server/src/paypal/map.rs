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

/// What a failure means. The client has logged it already, with PayPal's name for it, which is what its support asks for.
pub(super) fn sorted(failure: Failure) -> Not {
    match failure {
        Failure::Refused { issues, .. } => Not::Done(issues),
        Failure::InDoubt { .. } => Not::Known(ProviderError::InDoubt),
        Failure::Busy { .. } => Not::Known(ProviderError::Unavailable("busy with it".to_owned())),
        Failure::Unavailable { why } => Not::Known(ProviderError::Unavailable(why)),
        Failure::Auth { .. } => Not::Known(ProviderError::Unavailable("our keys are not taken".to_owned())),
    }
}

/// An amount that PayPal does not know: nothing was sent.
pub(super) fn unsent(error: AmountRefused) -> ProviderError {
    ProviderError::Unavailable(error.to_string())
}

/// Why the buyer's money was not reserved, in terms a buyer can act upon. A bank has said no only where PayPal says so:
/// a call that was wrong, a thing that is not there or a word that we do not know is no decline, and lies with us.
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
        Issue::TransactionRefused | Issue::ComplianceViolation | Issue::DeclinedDueToRelatedTransaction => {
            Some(DeclineReason::SuspectedFraud)
        }
        Issue::CardExpired | Issue::ReferencedCardExpired => Some(DeclineReason::ExpiredCard),
        Issue::InstrumentDeclined
        | Issue::PaymentSourceDeclinedByProcessor
        | Issue::PaymentSourceInfoCannotBeVerified
        | Issue::PaymentSourceCannotBeUsed
        | Issue::AuthorizationDenied
        | Issue::PayerAccountLockedOrClosed
        | Issue::PayerAccountRestricted
        | Issue::PayerCannotPay
        | Issue::PayerActionRequired
        | Issue::RedirectPayerForAlternateFunding
        | Issue::AgreementAlreadyCancelled
        | Issue::BillingAgreementNotFound
        | Issue::TransactionLimitExceeded
        | Issue::MaxNumberOfPaymentAttemptsExceeded => Some(DeclineReason::DoNotHonor),
        _anything_else => None,
    };
    issues.iter().find_map(is).unwrap_or(DeclineReason::OnOurSide)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What PayPal refuses with this status and these words means to the buyer.
    fn refused(status: u16, name: &str, issues: &[&str]) -> DeclineReason {
        let issues = issues.iter().map(|&issue| Issue::from(issue)).collect();
        let failure = Failure::Refused { status, name: name.to_owned(), issues, debug_id: Some("f00d".to_owned()) };
        match sorted(failure) {
            Not::Done(issues) => declined(&issues),
            Not::Known(error) => panic!("it is known: {error:?}"),
        }
    }

    #[test]
    fn a_call_that_was_wrong_is_no_decline() {
        for (status, name, issues) in [
            (400, "INVALID_REQUEST", &["MISSING_REQUIRED_PARAMETER"][..]),
            (400, "INVALID_REQUEST", &["MALFORMED_REQUEST_JSON"]),
            (400, "INVALID_REQUEST", &["INVALID_PARAMETER_VALUE"]),
            (403, "NOT_AUTHORIZED", &["NOT_ENABLED_FOR_CARD_PROCESSING"]),
            (404, "RESOURCE_NOT_FOUND", &["INVALID_RESOURCE_ID"]),
            (404, "RESOURCE_NOT_FOUND", &[]),
            (422, "UNPROCESSABLE_ENTITY", &["AMOUNT_MISMATCH"]),
            (422, "UNPROCESSABLE_ENTITY", &["A_WORD_OF_NEXT_YEAR"]),
        ] {
            assert_eq!(refused(status, name, issues), DeclineReason::OnOurSide, "{status} {issues:?}");
        }
    }

    #[test]
    fn a_real_decline_stays_one_whatever_stands_beside_it() {
        let name = "UNPROCESSABLE_ENTITY";
        assert_eq!(refused(422, name, &["INSTRUMENT_DECLINED"]), DeclineReason::DoNotHonor);
        assert_eq!(refused(422, name, &["A_WORD_OF_NEXT_YEAR", "INSTRUMENT_DECLINED"]), DeclineReason::DoNotHonor);
        assert_eq!(refused(422, name, &["PAYER_CANNOT_PAY"]), DeclineReason::DoNotHonor);
        assert_eq!(refused(422, name, &["CARD_EXPIRED"]), DeclineReason::ExpiredCard);
        assert_eq!(refused(422, name, &["TRANSACTION_REFUSED"]), DeclineReason::SuspectedFraud);
        assert_eq!(refused(422, name, &["PAYEE_ACCOUNT_RESTRICTED"]), DeclineReason::SellerUnavailable);
        assert_eq!(refused(403, "NOT_AUTHORIZED", &["PAYEE_ACCOUNT_NOT_VERIFIED"]), DeclineReason::SellerUnavailable);
    }
}
