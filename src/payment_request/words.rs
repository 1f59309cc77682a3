//! What requests, refusals and counter-offers say.

crate::words! {
    ask_label(amount, state) "Payment request, {amount}, {state}" "Richiesta di pagamento, {amount}, {state}";
    ask_kind "Payment request" "Richiesta di pagamento";
    ask_state_open "open" "aperta";
    ask_state_countered "counter-offer made" "controfferta inviata";
    ask_state_paying "being paid" "pagamento in corso";
    ask_state_confirm "to be confirmed" "da confermare";
    ask_state_checking "payment being checked" "pagamento in verifica";
    ask_state_paid "paid" "pagata";
    ask_state_declined "declined" "rifiutata";
    ask_state_withdrawn "withdrawn" "ritirata";
    ask_state_expired "expired" "scaduta";
    ask_and_more(first, n) "{first} + {n} more" "{first} + altri {n}";
    ask_card "Card" "Carta";
    ask_with_shipping_and_tax "with shipping and tax" "spedizione e tasse incluse";
    ask_with_tax "with tax" "tasse incluse";
    ask_revision(n) "Revision {n}" "Revisione {n}";
    ask_was "was" "prima";
    ask_now "now" "ora";
    ask_added "Added" "Aggiunto";
    ask_removed "Removed" "Tolto";
    ask_discount "Discount" "Sconto";
    ask_shipping "Shipping" "Spedizione";
    ask_tax "Tax" "Tasse";
    ask_pay "Pay" "Paga";
    ask_try_again "Try again" "Riprova";
    ask_paying "Paying…" "Pagamento…";
    ask_confirm "Confirm payment" "Conferma il pagamento";
    ask_counter "Counter-offer" "Controfferta";
    ask_more "More about this request" "Altro su questa richiesta";
    ask_decline "Decline" "Rifiuta";
    ask_revise "Revise" "Modifica";
    ask_withdraw "Withdraw" "Ritira";
    ask_accept_offer(amount) "Accept {amount}" "Accetta {amount}";
    ask_decline_offer "Decline offer" "Rifiuta offerta";
    ask_take_back "Take back" "Ritira offerta";
    ask_your_offer(amount) "Your offer: {amount}" "La tua offerta: {amount}";
    ask_peers_offer(peer, amount) "{peer} offers {amount}" "{peer} offre {amount}";
    ask_offer_lines(lines) "For {lines}" "Per {lines}";
    ask_paid "Paid" "Pagata";
    ask_undone "Undone" "Annullata";
    ask_refunded "Refunded" "Rimborsata";
    ask_not_taken "Not charged" "Non addebitata";
    ask_held "Held until delivered" "Trattenuti fino alla consegna";
    ask_frozen "Frozen while help is open" "Bloccati durante l’assistenza";
    ask_releasable "On their way to you" "In arrivo sul tuo conto";
    ask_released "Paid out to you" "Versati a te";
    ask_reversed "Back with the buyer" "Restituiti al cliente";
    ask_open_order "Open the order" "Apri l’ordine";
    ask_send_again "Send again" "Invia di nuovo";
    ask_sent_again "Sent again" "Inviata di nuovo";
    ask_outside "Payments are not available between your two countries yet. Bottega works within the United States for now."
        "I pagamenti tra i vostri due paesi non sono ancora disponibili. Per ora Bottega funziona negli Stati Uniti.";

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

    declined_insufficient_funds "There is not enough money on this method. Nothing was charged. Choose another one."
        "Il saldo di questo metodo non basta. Nessun addebito. Scegline un altro.";
    declined_expired_card "This card has expired. Nothing was charged. Choose another one."
        "Questa carta è scaduta. Nessun addebito. Scegli un altro metodo.";
    declined_do_not_honor "Your bank said no and did not say why. Nothing was charged. Choose another method, or ask your bank."
        "La tua banca ha rifiutato senza dire perché. Nessun addebito. Scegli un altro metodo o chiedi alla banca.";
    declined_suspected_fraud "PayPal stopped this payment to protect you. Nothing was charged. Choose another method."
        "PayPal ha fermato questo pagamento per proteggerti. Nessun addebito. Scegli un altro metodo.";
    declined_challenge_failed "The bank’s check was not passed. Nothing was charged. Try again or choose another method."
        "La verifica della banca non è riuscita. Nessun addebito. Riprova o scegli un altro metodo.";
    declined_cancelled "You cancelled the payment. Nothing was charged." "Hai annullato il pagamento. Nessun addebito.";
    declined_action_expired "The payment was not confirmed in time. Nothing was charged. Try again."
        "Il pagamento non è stato confermato in tempo. Nessun addebito. Riprova.";
    declined_capture_failed "The bank took the money back before it arrived. Nothing was charged."
        "La banca ha ritirato il denaro prima che arrivasse. Nessun addebito.";
    declined_undisclosed "The payment did not work. Nothing was charged." "Il pagamento non è riuscito. Nessun addebito.";
}
