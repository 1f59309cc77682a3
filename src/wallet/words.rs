//! What the wallet says.

crate::words! {
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
}
