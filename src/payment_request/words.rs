//! What requests, refusals and counter-offers say.

crate::words! {
    ask_label(amount, state) "Payment request, {amount}, {state}" "Richiesta di pagamento, {amount}, {state}";
    ask_seen(peer, when) "{peer} has seen it · {when}" "{peer} l’ha vista · {when}";
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
    ask_plus_tax_by_address "with shipping, plus tax by address" "spedizione inclusa, più tasse secondo l’indirizzo";
    ask_tax_by_state "The tax of a state has changed" "Le tasse di uno stato sono cambiate";
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
    ask_pending "Not in yet" "Non ancora incassati";
    ask_disputed "Disputed at PayPal" "Contestati su PayPal";
    ask_frozen "Frozen while help is open" "Bloccati durante l’assistenza";
    ask_releasable "On their way to you" "In arrivo sul tuo conto";
    ask_released "Paid out to you" "Versati a te";
    ask_reversed "Back with the buyer" "Restituiti al cliente";
    ask_open_order "Open the order" "Apri l’ordine";
    ask_send_again "Send again" "Invia di nuovo";
    ask_sent_again "Sent again" "Inviata di nuovo";
    ask_outside "Payments are not available between your two countries yet. Bottega works within the United States for now."
        "I pagamenti tra i vostri due paesi non sono ancora disponibili. Per ora Bottega funziona negli Stati Uniti.";

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
    declined_not_as_agreed "What PayPal has is not what was agreed here, so nothing was charged. Tell the seller, and pay again."
        "Ciò che risulta a PayPal non è quanto concordato qui: nessun addebito. Avvisa il venditore e paga di nuovo.";
    declined_seller_unavailable "PayPal cannot pay this seller at the moment. Nothing was charged; tell the seller."
        "PayPal al momento non può pagare questo venditore. Nessun addebito; avvisa il venditore.";
    declined_on_our_side "Something is wrong on our side, not with you or your bank. Nothing was charged. Try again later."
        "Qualcosa non va da parte nostra, non da parte tua o della tua banca. Nessun addebito. Riprova più tardi.";
    declined_capture_failed "The bank took the money back before it arrived. Nothing was charged."
        "La banca ha ritirato il denaro prima che arrivasse. Nessun addebito.";
    declined_undisclosed "The payment did not work. Nothing was charged." "Il pagamento non è riuscito. Nessun addebito.";
}
