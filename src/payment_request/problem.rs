//! Refusals as sentences: what happened, and what to do about it.

use crate::format::money;
use crate::i18n::t;
use api::client::ApiError;
use domain::payment::DeclineReason;

/// A refusal, or no answer, as a sentence for the person who caused it.
pub fn sentence(error: &ApiError) -> String {
    let problem = match error {
        ApiError::Problem(problem) => problem,
        ApiError::Network(_) => return t().problem_network().to_owned(),
        ApiError::Decode(_) => return t().problem_decode().to_owned(),
    };
    let amount = problem.amount.map(money).unwrap_or_default();
    let words = match problem.code.as_str() {
        "price_changed" => return t().problem_price_changed(&amount),
        "over_request_cap" => return t().problem_over_request_cap(&amount),
        "over_weekly_cap" => return t().problem_over_weekly_cap(&amount),
        "stale_revision" => t().problem_stale_revision(),
        "request_expired" => t().problem_request_expired(),
        "request_closed" => t().problem_request_closed(),
        "already_paid" => t().problem_already_paid(),
        "payment_in_flight" => t().problem_payment_in_flight(),
        "not_in_wallet" => t().problem_not_in_wallet(),
        "invalid_address" => t().problem_invalid_address(),
        "destination_mismatch" => t().problem_destination_mismatch(),
        "no_such_delivery" => t().problem_no_such_delivery(),
        "outside_market" => t().problem_outside_market(),
        "wrong_currency" => t().problem_wrong_currency(),
        "thread_not_accepted" => t().problem_thread_not_accepted(),
        "expiry_out_of_range" => t().problem_expiry_out_of_range(),
        "counter_open" => t().problem_counter_open(),
        "no_counter" => t().problem_no_counter(),
        "bad_counter" => t().problem_bad_counter(),
        "nothing_to_repeat" => t().problem_nothing_to_repeat(),
        "no_action_required" => t().problem_no_action_required(),
        "confirmation_needed" => t().problem_confirmation_needed(),
        "wrong_pin" => t().problem_wrong_pin(),
        "pin_locked" => t().problem_pin_locked(),
        "invalid_pin" => t().problem_invalid_pin(),
        "wrong_passkey" => t().problem_wrong_passkey(),
        "invalid_passkey" => t().problem_invalid_passkey(),
        "storage_full" => t().problem_storage_full(),
        "storage_unavailable" | "storage_corrupt" => t().problem_storage(),
        "processor_unavailable" => t().problem_processor_unavailable(),
        "not_found" => t().problem_not_found(),
        _unmapped => return problem.detail.clone(),
    };
    words.to_owned()
}

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
        DeclineReason::Undisclosed => t().declined_undisclosed(),
    }
}
