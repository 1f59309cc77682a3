//! Why a payment did not work, in words.

use crate::i18n::t;
use domain::payment::DeclineReason;

/// Why a payment did not work, in terms a buyer can act upon.
pub fn decline_sentence(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::InsufficientFunds => t().declined_insufficient_funds(),
        DeclineReason::ExpiredCard => t().declined_expired_card(),
        DeclineReason::DoNotHonor => t().declined_do_not_honor(),
        DeclineReason::SuspectedFraud => t().declined_suspected_fraud(),
        DeclineReason::ChallengeFailed => t().declined_challenge_failed(),
        DeclineReason::Cancelled => t().declined_cancelled(),
        DeclineReason::ActionExpired => t().declined_action_expired(),
        DeclineReason::CaptureFailed => t().declined_capture_failed(),
        DeclineReason::NotAsAgreed => t().declined_not_as_agreed(),
        DeclineReason::SellerUnavailable => t().declined_seller_unavailable(),
        DeclineReason::OnOurSide => t().declined_on_our_side(),
        DeclineReason::Undisclosed => t().declined_undisclosed(),
    }
}
