//! Refusals about what one owns, as sentences; all others have theirs in the one place for them.

use crate::i18n::t;
use crate::refusal;
use api::client::ApiError;

/// A refusal, or no answer, as a sentence for the person who caused it.
pub(super) fn sentence(error: &ApiError) -> String {
    let ApiError::Problem(problem) = error else { return refusal::sentence(error) };
    let words = match problem.code.as_str() {
        "thing_lent" => t().things_refused_lent(),
        "thing_not_lent" => t().things_refused_not_lent(),
        "thing_redeemed" => t().things_refused_redeemed(),
        "thing_revoked" => t().things_refused_revoked(),
        "thing_passed_on" => t().things_refused_passed_on(),
        "thing_refunding" => t().things_refused_refunding(),
        "bad_loan_end" => t().things_refused_end(),
        _another => return refusal::sentence(error),
    };
    words.to_owned()
}

crate::words! {
    things_refused_lent "This is lent. Take it back first." "È in prestito. Prima fattelo restituire.";
    things_refused_not_lent "This is not lent any more." "Non è più in prestito.";
    things_refused_redeemed "This was redeemed already, and works once." "È già stato riscattato, e vale una volta sola.";
    things_refused_revoked "This was revoked: the money went back." "È stato revocato: il denaro è stato restituito.";
    things_refused_passed_on "This was passed on: its new owner has another code."
        "È passato di mano: chi lo possiede ora ha un altro codice.";
    things_refused_refunding "The money is on its way back, so this is good no more."
        "Il rimborso è in corso, quindi non vale più.";
    things_refused_end "A loan ends within a year." "Un prestito finisce entro un anno.";
}
