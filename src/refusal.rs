//! Refusals as sentences: what happened, and what to do about it. The one place for them, in both languages.

use crate::format::money;
use crate::i18n::t;
use api::client::ApiError;

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
        "over_refund" => return t().problem_over_refund(&amount),
        "stale_revision" => t().problem_stale_revision(),
        "request_expired" => t().problem_request_expired(),
        "request_closed" => t().problem_request_closed(),
        "already_paid" => t().problem_already_paid(),
        "payment_in_flight" => t().problem_payment_in_flight(),
        "not_in_wallet" => t().problem_not_in_wallet(),
        "invalid_address" => t().problem_invalid_address(),
        "destination_mismatch" => t().problem_destination_mismatch(),
        "outside_region" => t().problem_outside_region(),
        "tax_unavailable" => t().problem_tax_unavailable(),
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
        "pin_wait" => t().problem_pin_wait(),
        "pin_locked" => t().problem_pin_locked(),
        "invalid_pin" => t().problem_invalid_pin(),
        "wrong_passkey" => t().problem_wrong_passkey(),
        "invalid_passkey" => t().problem_invalid_passkey(),
        "storage_full" => t().problem_storage_full(),
        "storage_unavailable" => t().problem_storage(),
        "storage_corrupt" => t().problem_storage_corrupt(),
        "processor_unavailable" => t().problem_processor_unavailable(),
        "not_found" => t().problem_not_found(),
        "not_yours" => t().problem_not_yours(),
        "only_owner" => t().problem_only_owner(),
        "too_late_to_undo" => t().problem_too_late_to_undo(),
        "order_closed" => t().problem_order_closed(),
        "not_captured" => t().problem_not_captured(),
        "nothing_like_that_to_ship" => t().problem_nothing_like_that_to_ship(),
        "tracking_mismatch" => t().problem_tracking_mismatch(),
        "already_shipped" => t().problem_already_shipped(),
        "extension_pending" => t().problem_extension_pending(),
        "no_extension" => t().problem_no_extension(),
        "not_delivered" => t().problem_not_delivered(),
        "already_confirmed" => t().problem_already_confirmed(),
        "nothing_to_refund" => t().problem_nothing_to_refund(),
        "payout_in_flight" => t().problem_payout_in_flight(),
        "case_open" => t().problem_case_open(),
        "dispute_open" => t().problem_dispute_open(),
        "nothing_to_answer" => t().problem_nothing_to_answer(),
        "no_tracking" => t().problem_no_tracking(),
        "payment_pending" => t().problem_payment_pending(),
        "refund_in_flight" => t().problem_refund_in_flight(),
        "processor_silent" => t().problem_processor_silent(),
        "method_not_offered" => t().problem_method_not_offered(),
        "too_late_for_help" => t().problem_too_late_for_help(),
        "case_decided" => t().help_settled(),
        "case_closed" => t().problem_case_closed(),
        "no_such_items" => t().problem_no_such_items(),
        "remedy_impossible" => t().problem_remedy_impossible(),
        "offer_changed" => t().problem_offer_changed(),
        "same_offer" => t().problem_same_offer(),
        "too_many_cases" => t().problem_too_many_cases(),
        "too_many_offers" => t().problem_too_many_offers(),
        "too_much_evidence" => t().problem_too_much_evidence(),
        "number_of_another" => t().problem_number_of_another(),
        "nothing_to_send_back" => t().problem_nothing_to_send_back(),
        "nothing_to_decide" => t().problem_nothing_to_decide(),
        "too_late_to_edit" => t().problem_too_late_to_edit(),
        "message_unsent" => t().problem_message_unsent(),
        "only_text" => t().problem_only_text(),
        "too_large" => t().problem_too_large(),
        "not_a_picture" => t().problem_not_a_picture(),
        "too_many_pixels" => t().problem_too_many_pixels(),
        "broken_picture" => t().problem_broken_picture(),
        "not_a_business" => t().problem_not_a_business(),
        "busy" => t().problem_busy(),
        "nothing_to_tell" => t().problem_nothing_to_tell(),
        "unknown_parcel" => t().problem_unknown_parcel(),
        "amount_or_items" => t().problem_amount_or_items(),
        "signed_out" => t().problem_signed_out(),
        "rate_limited" => t().problem_rate_limited(),
        "too_many_streams" => t().problem_too_many_streams(),
        "too_slow" => t().problem_too_slow(),
        "timed_out" => t().problem_timed_out(),
        "going_away" => t().problem_going_away(),
        "too_busy" => t().problem_too_busy(),
        "internal" => t().problem_internal(),
        // What only a mistake of this page can cause is told in the API's own words.
        _unforeseen => return problem.detail.clone(),
    };
    words.to_owned()
}

crate::words! {
    problem_network "No answer: you seem to be offline. Nothing was lost; try again."
        "Nessuna risposta: sembri non essere in linea. Non è andato perso nulla; riprova.";
    problem_decode "Bottega answered in a way this page does not understand. Reload it."
        "Bottega ha risposto in un modo che questa pagina non capisce. Ricaricala.";
    problem_price_changed(total) "The price changed: it is {total} now. Look at it again before you pay."
        "Il prezzo è cambiato: ora è {total}. Controlla di nuovo prima di pagare.";
    problem_over_request_cap(cap) "One request can ask for at most {cap}." "Una richiesta può arrivare al massimo a {cap}.";
    problem_over_weekly_cap(left) "Your requests of the last 7 days leave {left}. Ask for less, or wait."
        "Con le richieste degli ultimi 7 giorni restano {left}. Chiedi meno, o aspetta.";
    problem_stale_revision "The seller changed the request meanwhile. Look at it again."
        "Nel frattempo la richiesta è stata modificata. Controllala di nuovo.";
    problem_request_expired "This request has expired. Ask the seller to send it again."
        "Questa richiesta è scaduta. Chiedi al venditore di inviarla di nuovo.";
    problem_request_closed "This request is closed." "Questa richiesta è chiusa.";
    problem_already_paid "This request is already paid. You are not charged twice."
        "Questa richiesta è già pagata. Non paghi due volte.";
    problem_payment_in_flight "A payment for this request is under way. You are not charged twice."
        "Un pagamento per questa richiesta è già in corso. Non paghi due volte.";
    problem_not_in_wallet "This is no longer in your wallet. Choose another one."
        "Non è più nel tuo portafoglio. Scegli un’alternativa.";
    problem_invalid_address "Something about the address is not right. Check it." "L’indirizzo non va bene. Controllalo.";
    problem_destination_mismatch "A parcel needs an address." "Un pacco ha bisogno di un indirizzo.";
    problem_outside_region "This way of delivery does not go there. Choose another one, or another address."
        "Questo tipo di consegna non arriva lì. Scegline un altro, o un altro indirizzo.";
    problem_tax_unavailable "What states take in tax cannot be told at the moment. Try again."
        "Al momento non si può sapere quante tasse chiedono gli stati. Riprova.";
    problem_no_such_delivery "This way of delivery is no longer offered. Choose another one."
        "Questo tipo di consegna non è più offerto. Scegline un altro.";
    problem_outside_market "Payments are not available between your two countries yet."
        "I pagamenti tra i vostri due paesi non sono ancora disponibili.";
    problem_wrong_currency "Requests here are in US dollars." "Qui le richieste sono in dollari USA.";
    problem_thread_not_accepted "The message request has to be accepted first."
        "Prima va accettata la richiesta di messaggio.";
    problem_expiry_out_of_range "A request stays open for 5 minutes to 30 days."
        "Una richiesta resta aperta da 5 minuti a 30 giorni.";
    problem_counter_open "A counter-offer is already waiting for an answer." "C’è già una controfferta in attesa di risposta.";
    problem_no_counter "There is no offer to answer any more." "Non c’è più nessuna offerta a cui rispondere.";
    problem_bad_counter "This offer does not fit the request. Change the total or the quantities."
        "L’offerta non è compatibile con la richiesta. Cambia il totale o le quantità.";
    problem_nothing_to_repeat "This request cannot be sent again." "Questa richiesta non può essere inviata di nuovo.";
    problem_no_action_required "There is nothing to confirm any more." "Non c’è più nulla da confermare.";
    problem_confirmation_needed "Confirm the payment first." "Prima conferma il pagamento.";
    problem_wrong_pin "This is not your PIN. Try again." "Il PIN non è corretto. Riprova.";
    problem_pin_wait "Too many wrong PINs. Wait half a minute, then try again." "Troppi PIN errati. Aspetta mezzo minuto e riprova.";
    problem_pin_locked "Too many wrong PINs. Set a new one in your wallet."
        "Troppi PIN errati. Impostane uno nuovo nel portafoglio.";
    problem_invalid_pin "A PIN has four to six digits." "Il PIN ha da quattro a sei cifre.";
    problem_wrong_passkey "The passkey did not confirm this payment. Try again." "La passkey non ha confermato il pagamento. Riprova.";
    problem_invalid_passkey "This passkey cannot be used here." "Questa passkey non si può usare qui.";
    problem_storage_full "This browser has no room left, so nothing was sent. Free some space and try again."
        "Questo browser non ha più spazio, quindi non è stato inviato nulla. Libera spazio e riprova.";
    problem_storage "This browser does not let Bottega keep anything, so nothing was sent. Allow storage and try again."
        "Questo browser non permette a Bottega di salvare, quindi non è stato inviato nulla. Consenti l’archiviazione e riprova.";
    problem_processor_unavailable "PayPal does not answer right now. Nothing was charged; try again shortly."
        "PayPal al momento non risponde. Nessun addebito; riprova tra poco.";
    problem_not_found "This does not exist any more." "Questo elemento non esiste più.";
    problem_only_owner "Only the owner of the business can do this." "Può farlo solo chi è titolare dell’attività.";
    problem_not_yours "Only the other side can do this." "Può farlo solo l’altra parte.";
    problem_too_late_to_undo "The time to undo is over." "Il tempo per annullare è finito.";
    problem_order_closed "This order is closed." "Questo ordine è chiuso.";
    problem_not_captured "The payment is not final yet." "Il pagamento non è ancora definitivo.";
    problem_nothing_like_that_to_ship "These items are not waiting to be shipped." "Questi articoli non sono in attesa di spedizione.";
    problem_tracking_mismatch "This is not a tracking number of this carrier." "Non è un numero di tracciamento di questo corriere.";
    problem_already_shipped "Something of this order is already on its way." "Una parte di questo ordine è già in viaggio.";
    problem_extension_pending "More time has been asked for already." "È già stato chiesto più tempo.";
    problem_no_extension "Nobody has asked for more time." "Nessuno ha chiesto più tempo.";
    problem_not_delivered "Not everything has been delivered yet." "Non è ancora stato consegnato tutto.";
    problem_already_confirmed "This order is already confirmed." "Questo ordine è già confermato.";
    problem_nothing_to_refund "There is nothing to refund." "Non c’è nulla da rimborsare.";
    problem_payout_in_flight "The money is being paid out this moment. Try again shortly." "Il denaro è in pagamento proprio ora. Riprova tra poco.";
    problem_case_open "Help is open on this order: everything waits until it is closed." "L’assistenza è aperta su questo ordine: tutto aspetta finché non si chiude.";
    problem_case_closed "This case is closed." "Questa segnalazione è chiusa.";
    problem_no_such_items "Choose which pieces of the order it is about." "Scegli di quali pezzi dell’ordine si tratta.";
    problem_remedy_impossible "This order cannot be put right this way." "Questo ordine non si può sistemare così.";
    problem_offer_changed "The other side has proposed something else meanwhile. Look at it again." "Nel frattempo è stato proposto altro. Controlla di nuovo.";
    problem_same_offer "That is what you have proposed already." "È ciò che hai già proposto.";
    problem_too_many_cases "Help was asked for on this order several times already. You can still write in the conversation." "L’assistenza su questo ordine è già stata chiesta più volte. Potete sempre scrivere nella conversazione.";
    problem_too_many_offers "There were many proposals already. Accept one, or ask the reviewer." "Ci sono già state molte proposte. Accettane una, o chiedi all’arbitro.";
    problem_too_much_evidence "At most 10 messages and photos fit here." "Qui stanno al massimo 10 messaggi e foto.";
    problem_number_of_another "This is the number of the parcel that came. Write the one of the parcel you sent back." "Questo è il numero del pacco arrivato. Scrivi quello del pacco che hai rispedito.";
    problem_nothing_to_send_back "Nothing is to be sent back." "Non c’è nulla da rispedire.";
    problem_nothing_to_decide "No decision is asked for in this case." "In questa segnalazione non c’è nulla da decidere.";
    problem_too_late_for_help "The time to ask for help with this order is over." "Il tempo per chiedere assistenza su questo ordine è finito.";
    problem_dispute_open "There is a dispute at PayPal over this order: until it is decided this waits." "C’è una contestazione su PayPal per questo ordine: si aspetta la decisione.";
    problem_nothing_to_answer "There is nothing to answer any more: it was answered, or is decided." "Non c’è più nulla a cui rispondere: c’è già una risposta, o è deciso.";
    problem_no_tracking "Nothing with a tracking number was sent yet." "Non è ancora stato spedito nulla con un numero di tracciamento.";
    problem_payment_pending "PayPal is still checking this payment. Ship once it is in." "PayPal sta ancora verificando il pagamento. Spedisci quando è arrivato.";
    problem_refund_in_flight "A refund is on its way. Try again when it has arrived." "Un rimborso è in corso. Riprova quando è arrivato.";
    problem_processor_silent "PayPal does not answer right now. Nothing was changed; try again shortly." "PayPal al momento non risponde. Nulla è cambiato; riprova tra poco.";
    problem_method_not_offered "This way to pay is not offered here. Choose another one." "Questo metodo non è disponibile qui. Scegline un altro.";
    problem_over_refund(most) "This is more than can be refunded. At most {most}." "È più di quanto si possa rimborsare. Al massimo {most}.";
    problem_too_late_to_edit "A message can be edited for 15 minutes." "Un messaggio si può modificare per 15 minuti.";
    problem_message_unsent "This message was unsent." "Questo messaggio è stato ritirato.";
    problem_only_text "Only words can be edited." "Si possono modificare solo le parole.";
    problem_too_large "This is too large to be sent." "È troppo grande per essere inviato.";
    problem_not_a_picture "This file is not a picture that can be sent." "Questo file non è un’immagine che si può inviare.";
    problem_too_many_pixels "This picture is too large. Send a smaller one." "Questa immagine è troppo grande. Inviane una più piccola.";
    problem_broken_picture "This picture is damaged. Choose another one." "Questa immagine è danneggiata. Scegline un’altra.";
    problem_not_a_business "Only a business can do this." "Può farlo solo un’attività.";
    problem_storage_corrupt "What is stored here is damaged. On your own page you can export it and start over."
        "I dati salvati qui sono danneggiati. Nella tua pagina puoi esportarli e ricominciare.";
    problem_nothing_to_tell "The carrier has nothing more to say about this order." "Il corriere non ha altro da dire su questo ordine.";
    problem_unknown_parcel "This parcel does not belong to the order." "Questo pacco non fa parte dell’ordine.";
    problem_amount_or_items "Refund an amount or items, not both." "Rimborsa un importo o degli articoli, non entrambi.";
    problem_busy "Too much is happening here at once. Try again." "Qui stanno succedendo troppe cose insieme. Riprova.";
    problem_signed_out "You are signed out. Sign in again; nothing was lost." "Non hai più effettuato l’accesso. Accedi di nuovo; nulla è andato perso.";
    problem_rate_limited "That was too much at once. Wait a moment and try again." "Troppe richieste in una volta. Aspetta un momento e riprova.";
    problem_too_many_streams "You have Bottega open in too many places. Close one." "Hai Bottega aperta in troppi posti. Chiudine uno.";
    problem_too_slow "Your connection was too slow, so this did not arrive. Try again." "La connessione era troppo lenta e l’invio non è arrivato. Riprova.";
    problem_timed_out "This took too long. Look whether it happened before you try again." "Ci è voluto troppo tempo. Prima di riprovare controlla se è andato a buon fine.";
    problem_too_busy "Too much comes in at once. Try again in a moment." "Troppe richieste insieme. Riprova tra un momento.";
    problem_going_away "Bottega is starting again. Try again in a moment." "Bottega si sta riavviando. Riprova tra un momento.";
    problem_internal "Something went wrong at Bottega. It is not your fault; try again." "Qualcosa è andato storto in Bottega. Non dipende da te; riprova.";
}
