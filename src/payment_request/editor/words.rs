//! What the editor and the counter-offer say.

crate::words! {
    editor_new "New payment request" "Nuova richiesta di pagamento";
    editor_revise "Change payment request" "Modifica richiesta di pagamento";
    editor_for(peer) "For {peer}" "Per {peer}";
    editor_for_saved(peer) "For {peer} · draft saved" "Per {peer} · bozza salvata";
    editor_close "Close editor" "Chiudi l’editor";
    editor_say "Say it and it fills in" "Dillo e si compila";
    editor_say_example "2 mugs 18 each, shipping 5" "2 tazze a 18 l’una, spedizione 5";
    editor_filled_in(what) "{what} filled in" "Compilato: {what}";
    editor_not_understood(what) "Not understood: {what}" "Non capito: {what}";
    editor_one_item "1 item" "1 articolo";
    editor_items_n(n) "{n} items" "{n} articoli";
    editor_heard_discount "discount" "sconto";
    editor_heard_shipping "shipping" "spedizione";
    editor_heard_tax "tax" "tasse";
    editor_heard_expiry "expiry" "scadenza";
    editor_heard_note "note" "nota";
    editor_and(most, last) "{most} and {last}" "{most} e {last}";
    editor_ready(day) "Ready {day}" "Pronto {day}";
    editor_today "today" "oggi";
    editor_tomorrow "tomorrow" "domani";

    editor_items "Items" "Articoli";
    editor_each(price) "{price} each" "{price} l’uno";
    editor_change_item(name) "Change {name}" "Modifica {name}";
    editor_unnamed "New item" "Nuovo articolo";
    editor_name "Item" "Articolo";
    editor_price "Price of one" "Prezzo unitario";
    editor_weight "Weight of one in grams, if known" "Peso di uno in grammi, se noto";
    editor_quantity_of(name) "Quantity of {name}" "Quantità di {name}";
    editor_one_less "One less" "Uno in meno";
    editor_one_more "One more" "Uno in più";
    editor_remove "Remove" "Togli";
    editor_add_item "Add item" "Aggiungi articolo";
    editor_catalogue "From your catalogue" "Dal tuo catalogo";
    editor_free_item "Something else" "Qualcos’altro";
    editor_stock(n) "{n} left" "{n} rimasti";

    editor_delivery "Delivery" "Consegna";
    editor_owned "What the buyer owns of it" "Cosa possiede chi compra";
    editor_owned_nothing "Nothing in the wallet" "Niente nel portafoglio";
    editor_owned_ticket "A ticket for each piece" "Un biglietto per ogni pezzo";
    editor_owned_licence "A licence key for each piece" "Una chiave di licenza per ogni pezzo";
    editor_digital "Digital: nothing is shipped" "Digitale: niente da spedire";
    editor_way "Name" "Nome";
    editor_way_price "Price" "Prezzo";
    editor_way_days "Days" "Giorni";
    editor_add_way "Add a way of delivery" "Aggiungi un tipo di consegna";
    editor_remove_way(name) "Remove {name}" "Togli {name}";
    editor_discount "Discount" "Sconto";
    editor_tax "Tax" "Tasse";
    editor_tax_kind "Tax is" "Tasse in";
    editor_tax_percent "percent" "percento";
    editor_tax_amount "an amount" "importo";
    editor_tax_by_state "by state" "per stato";
    editor_tax_estimated "Estimated tax, by address" "Tasse stimate, secondo l’indirizzo";
    editor_no_way_fits "None of your ways of delivery fits these items yet." "Nessuno dei tuoi tipi di consegna va bene per questi articoli.";
    editor_write_ways "Change for this request" "Cambia per questa richiesta";
    editor_way_only(states) "Only to {states}" "Solo in {states}";
    editor_expiry "Expires after" "Scade dopo";
    editor_hours(n) "{n} hours" "{n} ore";
    editor_one_hour "1 hour" "1 ora";
    editor_days(n) "{n} days" "{n} giorni";
    editor_minutes(n) "{n} minutes" "{n} minuti";
    editor_way_usual "Ground" "Standard";
    editor_note(peer) "Note to {peer}" "Nota per {peer}";
    editor_picture "Picture of the card" "Immagine della scheda";
    editor_picture_n(n) "Picture {n}" "Immagine {n}";
    editor_own_picture "Your photo" "La tua foto";
    editor_add_photo "Add a photo" "Aggiungi una foto";
    editor_change_photo "Another photo" "Un’altra foto";
    editor_remove_photo "Remove photo" "Rimuovi la foto";

    editor_limit_request "This request" "Questa richiesta";
    editor_limit_week "Last 7 days in this chat, with this one" "Ultimi 7 giorni in questa chat, con questa";
    editor_limit_of(amount, cap) "{amount} of {cap}" "{amount} di {cap}";
    editor_over_request "More than one request may ask for." "Più di quanto una richiesta possa chiedere.";
    editor_over_week "More than 7 days may add up to." "Più di quanto si possa chiedere in 7 giorni.";

    editor_goods_less(items, discount) "Items {items} − discount {discount}" "Articoli {items} − sconto {discount}";
    editor_shipping_and_tax "Shipping + tax" "Spedizione + tasse";
    editor_shipping_tax_open "Shipping, tax by address on top" "Spedizione, più tasse secondo l’indirizzo";
    editor_pays(peer) "{peer} pays" "{peer} paga";
    editor_send "Send request" "Invia richiesta";
    editor_send_revision "Send revision" "Invia modifica";
    editor_photo_coming "Adding the photo…" "Aggiungo la foto…";
    editor_sending "Sending…" "Invio…";
    editor_check "Something is missing or not right. Look at the fields in red."
        "Manca qualcosa o non va bene. Guarda i campi in rosso.";
    editor_gone "This request cannot be changed any more." "Questa richiesta non può più essere modificata.";

    editor_amount_empty "Enter an amount." "Inserisci un importo.";
    editor_amount_digits "Enter an amount in digits, like 18 or 18.50." "Inserisci un importo in cifre, per esempio 18 o 18,50.";
    editor_amount_decimals "Use at most two decimals." "Usa al massimo due decimali.";
    editor_amount_large "This amount is too large." "Questo importo è troppo grande.";
    editor_rate "Enter a percentage between 0 and 100, like 8.75." "Inserisci una percentuale tra 0 e 100, per esempio 8,75.";
    editor_weight_bad "Enter whole grams up to 100 kg, or nothing." "Inserisci grammi interi fino a 100 kg, o niente.";
    editor_days_bad "Enter working days, like 2 or 3–5." "Inserisci i giorni lavorativi, per esempio 2 o 3–5.";
    editor_text_empty "This cannot be empty." "Non può essere vuoto.";
    editor_text_long(max) "At most {max} characters fit here." "Ci stanno al massimo {max} caratteri.";
    editor_no_items "Add at least one item." "Aggiungi almeno un articolo.";
    editor_many_items "A request has at most 100 items." "Una richiesta ha al massimo 100 articoli.";
    editor_quantity_bad "The quantity is between 1 and 9,999." "La quantità va da 1 a 9999.";
    editor_negative "Amounts cannot be negative." "Gli importi non possono essere negativi.";
    editor_discount_large "The discount is more than the items cost." "Lo sconto supera il costo degli articoli.";
    editor_delivery_bad "Offer one to six ways of delivery." "Offri da uno a sei tipi di consegna.";
    editor_mixed "Digital goods and parcels need two requests." "Beni digitali e pacchi richiedono due richieste.";
    editor_nothing "There is nothing to pay." "Non c’è nulla da pagare.";
    editor_sum_bad "These amounts cannot be added up." "Questi importi non si possono sommare.";

    counter_title "Counter-offer" "Controfferta";
    counter_close "Close counter-offer" "Chiudi la controfferta";
    counter_asks(peer, total) "{peer} asks for {total}" "{peer} chiede {total}";
    counter_total "What you would pay in all" "Quanto pagheresti in tutto";
    counter_total_hint "With shipping and tax" "Spedizione e tasse incluse";
    counter_note(peer) "Note to {peer}" "Nota per {peer}";
    counter_would_send(peer) "If {peer} accepts, you get this to pay:" "Se {peer} accetta, ricevi questo da pagare:";
    counter_impossible "No discount leads to this total with these quantities. Change one of them."
        "Con queste quantità nessuno sconto porta a questo totale. Cambiane uno.";
    counter_all_out "Keep at least one item." "Tieni almeno un articolo.";
    counter_over(cap) "One request can come to at most {cap}." "Una richiesta può arrivare al massimo a {cap}.";
    counter_lapses "The request stays payable as it is. The offer lapses after 48 hours without an answer."
        "La richiesta resta pagabile così com’è. L’offerta decade dopo 48 ore senza risposta.";
    counter_send(total) "Offer {total}" "Offri {total}";
    counter_send_plain "Send offer" "Invia offerta";
    counter_gone "An offer cannot be made on this request any more." "Su questa richiesta non si possono più fare offerte.";
}
