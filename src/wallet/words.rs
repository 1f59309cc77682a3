//! What the wallet says.

crate::words! {
    wallet_damaged "Your wallet is damaged in this browser. You can export what is stored, and start afresh."
        "Il tuo portafoglio è danneggiato in questo browser. Puoi esportare i dati e ricominciare da capo.";
    wallet_test_approve "Says yes" "Dice di sì";
    wallet_test_insufficient_funds "Says no: not enough money" "Dice di no: saldo insufficiente";
    wallet_test_expired_card "Says no: card expired" "Dice di no: carta scaduta";
    wallet_test_do_not_honor "Says no, without a reason" "Dice di no, senza motivo";
    wallet_test_suspected_fraud "Says no: a risk" "Dice di no: un rischio";
    wallet_test_challenge "Wants the bank’s check first" "Chiede prima la verifica della banca";
    wallet_test_approval "Wants approval in its window" "Chiede l’approvazione nella sua finestra";
    wallet_test_time_out "Gives no clear answer for half a minute, then yes" "Nessuna risposta chiara per mezzo minuto, poi sì";
    wallet_test_answer_late "Says yes after 20 seconds" "Dice di sì dopo 20 secondi";
    wallet_test_answer_twice "Says yes, twice" "Dice di sì, due volte";

    wallet_passkey_unsupported "This browser has no passkeys. Use a PIN instead." "Questo browser non ha le passkey. Usa un PIN.";
    wallet_passkey_not_used "The passkey was not used, so nothing was paid. Try again."
        "La passkey non è stata usata, quindi non è stato pagato nulla. Riprova.";
    wallet_passkey_unusable "This passkey cannot be used here." "Questa passkey non si può usare qui.";

    wallet_title "Wallet" "Portafoglio";
    wallet_methods "Pay with" "Metodi di pagamento";
    wallet_no_methods "Nothing saved yet. It is saved with your first purchase." "Ancora niente. Si salva con il primo acquisto.";
    wallet_tokens "Bottega keeps a token of PayPal’s, never a card number."
        "Bottega conserva un token di PayPal, mai un numero di carta.";
    wallet_add(kind) "Add {kind}" "Aggiungi {kind}";
    wallet_add_card "Add a card" "Aggiungi una carta";
    wallet_add_test "Add" "Aggiungi";
    wallet_proposed "Proposed first" "Proposto per primo";
    wallet_prefer "Propose first" "Proponi per primo";
    wallet_remove "Remove" "Rimuovi";
    wallet_keep "Keep" "Tieni";
    wallet_remove_title(name) "Remove {name}?" "Rimuovere {name}?";
    wallet_remove_method_text "What was paid with it stays paid, and refunds still go back to it."
        "I pagamenti già fatti restano validi e i rimborsi ci tornano comunque.";
    wallet_addresses "Addresses" "Indirizzi";
    wallet_no_addresses "Nothing saved yet. The first one is saved when you check out." "Ancora niente. Il primo si salva quando paghi.";
    wallet_add_address "Add an address" "Aggiungi un indirizzo";
    wallet_save "Save" "Salva";
    wallet_saved "Saved" "Salvato";
    wallet_cancel "Cancel" "Annulla";
    wallet_security "Confirm payments" "Conferma dei pagamenti";
    wallet_security_hint "A passkey confirms with your face, finger or screen lock."
        "Una passkey conferma con il volto, il dito o il blocco schermo.";
    wallet_by_tap "By your tap alone" "Con un semplice tocco";
    wallet_by_pin "With your PIN" "Con il PIN";
    wallet_by_passkey "With your passkey" "Con la passkey";
    wallet_by_passkeys(n) "With one of your {n} passkeys" "Con una delle tue {n} passkey";
    wallet_add_passkey "Add a passkey" "Aggiungi una passkey";
    wallet_set_pin "Set a PIN" "Imposta un PIN";
    wallet_new_pin "New PIN" "Nuovo PIN";
    wallet_pin_hint "Four to six digits" "Da quattro a sei cifre";
    wallet_receipts "Receipts" "Ricevute";
    wallet_no_receipts "What you paid in the chats you have opened is shown here."
        "Qui trovi ciò che hai pagato nelle chat che hai aperto.";
}
