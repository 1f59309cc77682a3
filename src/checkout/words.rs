//! What checkout and the processor's window say.

crate::words! {
    checkout_title "Checkout" "Pagamento";
    checkout_subtitle(peer, n) "{peer} · request {n}" "{peer} · richiesta {n}";
    checkout_subtitle_revised(peer, n, r) "{peer} · request {n}, revision {r}" "{peer} · richiesta {n}, revisione {r}";
    checkout_close "Close checkout" "Chiudi il pagamento";
    checkout_loading "Loading your wallet" "Carico il tuo portafoglio";
    checkout_wallet_failed "Your wallet could not be loaded." "Non è stato possibile caricare il portafoglio.";
    checkout_retry "Try again" "Riprova";
    checkout_note_from(peer) "Note from {peer}" "Nota di {peer}";
    checkout_summary(total) "Total {total}" "Totale {total}";
    checkout_summary_with(shipping, tax) "With {shipping} shipping, {tax} tax" "Con {shipping} di spedizione, {tax} di tasse";
    checkout_summary_open(shipping) "With {shipping} shipping, plus tax by address" "Con {shipping} di spedizione, più tasse secondo l’indirizzo";
    checkout_summary_tax(tax) "With {tax} tax" "Con {tax} di tasse";
    checkout_items "Items" "Articoli";
    checkout_discount_from(peer) "Discount from {peer}" "Sconto di {peer}";
    checkout_shipping_of(name) "{name} shipping" "Spedizione {name}";
    checkout_tax "Tax" "Tasse";
    checkout_tax_at(percent) "Tax, {percent} %" "Tasse, {percent} %";
    checkout_tax_estimated "Estimated tax" "Tasse stimate";
    checkout_tax_by_address "by address" "secondo l’indirizzo";
    checkout_total_before_tax "Total before tax" "Totale senza tasse";
    checkout_decimal_mark "." ",";
    checkout_total "Total" "Totale";

    checkout_deliver_to "Deliver to" "Consegna a";
    checkout_deliver_to_whom(name) "Deliver to {name}" "Consegna a {name}";
    checkout_new_address "Another address" "Un altro indirizzo";
    checkout_new_address_hint "Saved for next time" "Salvato per la prossima volta";
    checkout_address_missing "Add the address" "Aggiungi l’indirizzo";
    checkout_name "Full name" "Nome e cognome";
    checkout_street "Street address" "Via e numero";
    checkout_add_apartment "Add apartment or company" "Aggiungi interno o azienda";
    checkout_apartment "Apartment or company" "Interno o azienda";
    checkout_city "City" "Città";
    checkout_state "State" "Stato";
    checkout_zip "ZIP code" "ZIP";
    checkout_phone "Phone, only for the driver" "Telefono, solo per il corriere";
    checkout_check_fields "Check the address:" "Controlla l’indirizzo:";

    checkout_name_missing "Enter the name of whoever receives it." "Inserisci il nome di chi riceve il pacco.";
    checkout_street_missing "Enter the street and number." "Inserisci via e numero.";
    checkout_city_missing "Enter the city." "Inserisci la città.";
    checkout_state_missing "Enter the state, like CA." "Inserisci lo stato, per esempio CA.";
    checkout_state_unknown "Enter a US state, like CA or California." "Inserisci uno stato USA, per esempio CA o California.";
    checkout_zip_missing "Enter the ZIP code." "Inserisci lo ZIP.";
    checkout_zip_bad "A ZIP code has five digits, like 92024." "Uno ZIP ha cinque cifre, per esempio 92024.";
    checkout_zip_elsewhere(zip, state) "{zip} is in {state}. Check the ZIP code or the state."
        "{zip} si trova in {state}. Controlla lo ZIP o lo stato.";
    checkout_zip_nowhere "No state has this ZIP code. Check it." "Nessuno stato ha questo ZIP. Controllalo.";
    checkout_phone_bad "Enter a phone number of ten digits, or leave it empty."
        "Inserisci un numero di dieci cifre, o lascia vuoto.";
    checkout_too_long "This is too long for a label. Shorten it." "È troppo lungo per un’etichetta. Abbrevialo.";

    checkout_delivery "Delivery" "Consegna";
    checkout_by(date) "by {date}" "entro {date}";
    checkout_days(fewest, most) "{fewest}–{most} working days after shipping" "{fewest}–{most} giorni lavorativi dalla spedizione";
    checkout_days_exactly(days) "{days} working days after shipping" "{days} giorni lavorativi dalla spedizione";
    checkout_free "free" "gratis";
    checkout_pick_up(place) "Pick up: {place}" "Ritiro: {place}";
    checkout_not_there(state) "Does not go to {state}" "Non arriva in {state}";
    checkout_nothing_there(state) "Nothing of this is sent to {state}. Choose another address."
        "Niente di questo viene spedito in {state}. Scegli un altro indirizzo.";
    checkout_digital "Digital, handed over once it is paid" "Digitale, consegnato dopo il pagamento";

    checkout_pay_with "Pay with" "Paga con";
    checkout_meta_pay_hint "Saved in your wallet as a token" "Salvato nel portafoglio come token";
    checkout_confirm_tap "Confirmed by your tap" "Confermi con un tocco";
    checkout_confirm_pin "Confirm with your PIN" "Conferma con il PIN";
    checkout_confirm_passkey "Confirm with your passkey" "Conferma con la passkey";
    checkout_paypal_hint "Balance, bank or Pay in 4" "Saldo, banca o in 4 rate";
    checkout_card "Debit or credit card" "Carta di debito o credito";
    checkout_card_hint "Entered on PayPal’s secure form" "Inserita nel modulo sicuro di PayPal";
    checkout_keep "Save it for next time" "Salva per la prossima volta";
    checkout_keep_hint "I agree that PayPal keeps it for my purchases here. Then no window opens; I can remove it in my wallet."
        "Accetto che PayPal lo conservi per i miei acquisti qui. Così non si apre più la finestra; posso rimuoverlo dal portafoglio.";
    checkout_test_methods "Test methods" "Metodi di prova";
    checkout_test_methods_hint "Demo: no money moves. Each does what it says." "Demo: nessun denaro si muove. Ognuno fa quel che dice.";
    checkout_test "Test" "Prova";

    checkout_what_if "Late, lost or not as described?" "In ritardo, perso o diverso dalla descrizione?";
    checkout_if_undo(minutes) "Changed your mind? You can undo for {minutes} minutes after paying; nothing is charged."
        "Ci ripensi? Puoi annullare per {minutes} minuti dopo il pagamento; nessun addebito.";
    checkout_if_late(peer, date) "Late? {peer} ships by {date}. Otherwise you are refunded automatically."
        "In ritardo? {peer} spedisce entro {date}. Altrimenti il rimborso è automatico.";
    checkout_if_lost(date) "Lost? Ask for help until {date}: it is sent again or you get your money back. Until then the money is held."
        "Perso? Chiedi assistenza entro {date}: viene rispedito o riavrai il denaro. Fino ad allora il denaro resta bloccato.";
    checkout_if_not_ready(peer, date) "Not ready? {peer} has it ready by {date}. Otherwise you are refunded automatically."
        "Non è pronto? {peer} lo prepara entro {date}. Altrimenti il rimborso è automatico.";
    checkout_if_not_handed_over(date, peer) "Not handed over, or not as described? Ask for help until {date}. {peer} is paid when you say that you have it, or after that."
        "Non ti viene dato, o è diverso dalla descrizione? Chiedi assistenza entro {date}. {peer} viene pagato quando confermi di averlo, o dopo.";
    checkout_if_different(days, peer) "Not as described? You have {days} days from its arrival to say so. {peer} is paid only after that."
        "Diverso dalla descrizione? Hai {days} giorni dall’arrivo per dirlo. {peer} viene pagato solo dopo.";
    checkout_if_digital(days, peer) "Not as described? You have {days} days to say so. {peer} is paid only after that."
        "Diverso dalla descrizione? Hai {days} giorni per dirlo. {peer} viene pagato solo dopo.";
    checkout_if_arrives(date) "It should be with you by {date}." "Dovrebbe arrivare entro {date}.";

    checkout_pay(total) "Pay {total}" "Paga {total}";
    checkout_paying "Paying…" "Pagamento…";
    checkout_processed "Processed by PayPal" "Elaborato da PayPal";
    checkout_saved_next "saved for next time" "salvato per la prossima volta";
    checkout_with_passkey "confirm with your passkey" "conferma con la passkey";
    checkout_with_pin "confirm with your PIN" "conferma con il PIN";
    checkout_can_undo(minutes) "you can undo for {minutes} minutes" "puoi annullare per {minutes} minuti";
    checkout_offline "You are offline, so nothing can be paid. It goes on as soon as you are back."
        "Non sei in linea, quindi non si può pagare. Si riprende appena torni in linea.";
    checkout_no_answer "No answer came. We do not know whether the payment arrived; paying again repeats the same payment, so you are not charged twice."
        "Nessuna risposta. Non sappiamo se il pagamento sia arrivato; ripagando si ripete lo stesso pagamento, quindi non paghi due volte.";
    checkout_pin "Your PIN" "Il tuo PIN";
    checkout_pin_missing "Enter your PIN to confirm." "Inserisci il PIN per confermare.";
    checkout_use_pin "Use your PIN instead" "Usa il PIN";
    checkout_changed(total) "The seller changed this request. The total is {total} now."
        "Il venditore ha modificato la richiesta. Ora il totale è {total}.";
    checkout_seen "I have seen it" "Ho visto";

    checkout_checking "We are checking the payment. You are not charged twice. You can close this."
        "Stiamo verificando il pagamento. Non paghi due volte. Puoi chiudere.";
    checkout_opening "Opening PayPal…" "Apro PayPal…";
    checkout_finish_paypal "Finish in the PayPal window" "Completa nella finestra di PayPal";
    checkout_finish_bank "Your bank wants to check that it is you" "La tua banca vuole verificare che sia tu";
    checkout_finish_until(time) "Nothing is charged until you do. It is kept until {time}."
        "Fino ad allora nessun addebito. Resta in attesa fino a {time}.";
    checkout_continue_paypal "Continue to PayPal" "Continua su PayPal";
    checkout_continue_bank "Confirm with your bank" "Conferma con la banca";
    checkout_open_again "Open it again" "Apri di nuovo";
    checkout_cancel "Cancel payment" "Annulla pagamento";
    checkout_passkey_next "Use a passkey next time: one touch, no PIN." "La prossima volta usa una passkey: un tocco, nessun PIN.";
    checkout_passkey_set "Set it up" "Configura";

    approval_title "Approve the payment" "Approva il pagamento";
    approval_bank_title "Your bank’s check" "Verifica della banca";
    approval_to(peer) "to {peer}" "a {peer}";
    approval_demo "Demo: no money moves. This stands in for the processor’s own page."
        "Demo: nessun denaro si muove. Questa pagina fa le veci di quella del gestore dei pagamenti.";
    approval_approve "Approve" "Approva";
    approval_fail "Fail the check" "Fallisci la verifica";
    approval_cancel "Cancel" "Annulla";
    approval_done "Done. You can close this window." "Fatto. Puoi chiudere questa finestra.";
    approval_nothing "There is nothing to approve here any more." "Qui non c’è più nulla da approvare.";
    approval_back "Back to chat" "Torna alla chat";
    approval_loading "Loading the payment" "Carico il pagamento";
}
