//! What the inbox says.

crate::words! {
    inbox_damaged "Something is damaged in this browser, so this list may be out of date. You can export what is stored, and start afresh."
        "Qualcosa è danneggiato in questo browser: questo elenco potrebbe non essere aggiornato. Puoi esportare i dati e ricominciare da capo.";
    inbox_label "Inbox" "Posta in arrivo";
    inbox_folders "Folders" "Cartelle";
    inbox_primary "Primary" "Principale";
    inbox_requests "Requests" "Richieste";
    inbox_search "Search" "Cerca";
    inbox_compose "New message" "Nuovo messaggio";
    inbox_switch "Switch account" "Cambia account";
    inbox_empty "No messages yet. Write to a business to begin." "Ancora nessun messaggio. Scrivi a un’attività per iniziare.";
    inbox_no_requests "Nobody new has written to you." "Nessun nuovo contatto ti ha scritto.";
    inbox_requests_note "People you have not answered yet. They do not see that you read, and cannot ask you for money."
        "Persone a cui non hai ancora risposto. Non vedono che leggi e non possono chiederti denaro.";
    inbox_yours "Your messages" "I tuoi messaggi";
    inbox_yours_note "Choose a conversation, or write to a business." "Scegli una conversazione o scrivi a un’attività.";
    inbox_unread(n) "{n} unread" "{n} non letti";
    inbox_muted "Muted" "Silenziata";
    inbox_say_hello "Say hello" "Di’ ciao";
    inbox_you_said(text) "You: {text}" "Tu: {text}";
    inbox_you_sent_photo "You sent a photo" "Hai inviato una foto";
    inbox_sent_photo(peer) "{peer} sent a photo" "{peer} ha inviato una foto";
    inbox_unsent "Unsent message" "Messaggio annullato";
    inbox_found(n) "{n} found" "{n} trovati";
    inbox_nothing_found "No results" "Nessun risultato";
    inbox_threads "Conversations" "Conversazioni";
    inbox_people "Write to" "Scrivi a";
    inbox_tray "On the way" "In corso";
    tray_your_turn "Your turn" "Tocca a te";
    tray_today "Today" "Oggi";
    tray_on_its_way "On its way" "In viaggio";
    tray_late "Late" "In ritardo";
    tray_ready_by(by) "ready by {by}" "pronto entro {by}";
    tray_pick_up "pick it up" "da ritirare";
    tray_pay_by(by) "pay by {by}" "paga: {by}";
    tray_ships_by(by) "ships {by}" "parte {by}";
    tray_by(by) "by {by}" "entro {by}";
    tray_all_ok "all OK?" "tutto ok?";
    tray_answer_by(by) "by {by}" "entro {by}";
    tray_help "help" "assistenza";
    tray_confirm "confirm" "conferma";
    tray_paying "paying" "pagamento";
    tray_refund "refund" "rimborso";
}
