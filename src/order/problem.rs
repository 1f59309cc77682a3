//! What the API refused about an order, in the reader's language.

use crate::format::money;
use crate::i18n::{Lang, t};
use api::client::ApiError;

/// A sentence for a person, beside what caused it.
pub(crate) fn sentence(error: &ApiError) -> String {
    match error {
        ApiError::Problem(problem) => {
            let known = t().refusal(&problem.code).map(ToOwned::to_owned);
            let words = known.unwrap_or_else(|| problem.detail.clone());
            match problem.amount {
                Some(amount) => format!("{words} {}", t().order_at_most(&money(amount))),
                None => words,
            }
        }
        ApiError::Network(_) => t().order_offline().to_owned(),
        ApiError::Decode(_) => t().order_not_understood().to_owned(),
    }
}

impl Lang {
    fn refusal(self, code: &str) -> Option<&'static str> {
        Some(match code {
            "not_found" => self.refused_not_found(),
            "not_yours" => self.refused_not_yours(),
            "too_late_to_undo" => self.refused_too_late_to_undo(),
            "order_closed" => self.refused_order_closed(),
            "not_captured" => self.refused_not_captured(),
            "nothing_like_that_to_ship" => self.refused_nothing_like_that_to_ship(),
            "tracking_mismatch" => self.refused_tracking_mismatch(),
            "already_shipped" => self.refused_already_shipped(),
            "extension_pending" => self.refused_extension_pending(),
            "no_extension" => self.refused_no_extension(),
            "not_delivered" => self.refused_not_delivered(),
            "already_confirmed" => self.refused_already_confirmed(),
            "over_refund" => self.refused_over_refund(),
            "nothing_to_refund" => self.refused_nothing_to_refund(),
            "payout_in_flight" => self.refused_payout_in_flight(),
            "case_open" => self.refused_case_open(),
            "too_late_for_help" => self.refused_too_late_for_help(),
            _others_are_not_about_orders => return None,
        })
    }
}

crate::words! {
    order_at_most(amount) "At most {amount}." "Al massimo {amount}.";
    order_offline "You seem to be offline. Nothing was lost; try again." "Sembri offline. Nulla è andato perso: riprova.";
    order_not_understood "Bottega answered in a way this page does not understand. Reload it." "Bottega ha risposto in un modo che questa pagina non capisce. Ricaricala.";
    refused_not_found "This does not exist, or is not yours." "Non esiste, o non è tuo.";
    refused_not_yours "Only the other side can do this." "Può farlo solo l’altra parte.";
    refused_too_late_to_undo "The time to undo is over." "Il tempo per annullare è finito.";
    refused_order_closed "This order is closed." "Questo ordine è chiuso.";
    refused_not_captured "The payment is not final yet." "Il pagamento non è ancora definitivo.";
    refused_nothing_like_that_to_ship "These items are not waiting to be shipped." "Questi articoli non sono in attesa di spedizione.";
    refused_tracking_mismatch "This is not a tracking number of this carrier." "Non è un numero di tracciamento di questo corriere.";
    refused_already_shipped "Something of this order is already on its way." "Una parte di questo ordine è già in viaggio.";
    refused_extension_pending "More time has been asked for already." "È già stato chiesto più tempo.";
    refused_no_extension "Nobody has asked for more time." "Nessuno ha chiesto più tempo.";
    refused_not_delivered "Not everything has been delivered yet." "Non è ancora stato consegnato tutto.";
    refused_already_confirmed "This order is already confirmed." "Questo ordine è già confermato.";
    refused_over_refund "This is more than can be refunded." "È più di quanto si possa rimborsare.";
    refused_nothing_to_refund "There is nothing to refund." "Non c’è nulla da rimborsare.";
    refused_payout_in_flight "The money is being paid out this moment. Try again shortly." "Il denaro è in pagamento proprio ora. Riprova tra poco.";
    refused_case_open "Help is open on this order: everything waits until it is closed." "L’assistenza è aperta su questo ordine: tutto aspetta finché non si chiude.";
    refused_too_late_for_help "The time to ask for help with this order is over." "Il tempo per chiedere assistenza su questo ordine è finito.";
}
