//! The words of the log and the composer, in the language of the page.

use crate::headline::first_name;
use crate::i18n::t;
use crate::thread::{ComposerWords, LogWords};
use domain::time::Timestamp;

/// The words of the log.
pub(super) fn log_words() -> LogWords {
    LogWords {
        time: |at| crate::format::clock(Timestamp::from_millis(at)),
        date: |at| crate::format::day_and_clock(Timestamp::from_millis(at)),
        machine_time: |at| Timestamp::from_millis(at).to_string(),
        you: t().talk_you(),
        you_replied: |name, own| {
            if own { t().talk_you_replied_self().to_owned() } else { t().talk_you_replied(first_name(name)) }
        },
        they_replied: |name, own| {
            let name = first_name(name);
            if own { t().talk_replied_self(name) } else { t().talk_replied_you(name) }
        },
        photo: t().talk_photo(),
        your_photo: t().talk_your_photo(),
        photo_from: |name| t().talk_photo_from(name),
        edited: t().talk_edited(),
        you_unsent: t().talk_you_unsent(),
        they_unsent: |name| t().talk_unsent(first_name(name)),
        off_platform: t().talk_off_platform(),
        reacted: |name, emoji| t().talk_reacted(name, emoji),
        take_back: |emoji| t().talk_take_back(emoji),
        queued: t().talk_queued(),
        sending: t().talk_sending(),
        failed: t().talk_failed(),
        discard: t().talk_discard(),
        unread: t().talk_new(),
        actions: t().talk_actions(),
        react: t().talk_react(),
        reply: t().talk_reply(),
        more: t().thread_more(),
        more_emoji: t().talk_more_emoji(),
        emoji_groups: emoji_groups(),
        copy: t().talk_copy(),
        edit: t().talk_edit(),
        unsend: t().talk_unsend(),
        latest: t().talk_latest(),
        new_messages: |count| match count {
            1 => t().talk_one_new().to_owned(),
            count => t().talk_many_new(&count.to_string()),
        },
        loading_older: t().talk_loading_older(),
        typing: |name| t().talk_typing(first_name(name)),
    }
}

/// The words of the composer.
pub(super) fn composer_words() -> ComposerWords {
    ComposerWords {
        label: |name| t().talk_message(name),
        placeholder: t().talk_placeholder(),
        send: t().talk_send(),
        save: t().talk_save(),
        photo: t().talk_add_photo(),
        catalogue: t().thread_catalogue(),
        emoji: "Emoji",
        replying: |name| t().talk_replying(first_name(name)),
        replying_to_self: t().talk_replying_self(),
        editing: t().talk_editing(),
        too_long: |excess| t().talk_too_long(&excess.to_string()),
        cancel: t().account_cancel(),
        emoji_groups: emoji_groups(),
    }
}

fn emoji_groups() -> [&'static str; 6] {
    [
        t().emoji_smileys(),
        t().emoji_people(),
        t().emoji_nature(),
        t().emoji_food(),
        t().emoji_things(),
        t().emoji_symbols(),
    ]
}

crate::words! {
    talk_label(peer) "Messages with {peer}" "Messaggi con {peer}";
    talk_you "You" "Tu";
    talk_you_replied(peer) "You replied to {peer}" "Hai risposto a {peer}";
    talk_you_replied_self "You replied to yourself" "Hai risposto a te stesso";
    talk_replied_you(peer) "{peer} replied to you" "{peer} ti ha risposto";
    talk_replied_self(peer) "{peer} replied to themself" "{peer} ha risposto a sé";
    talk_photo "Photo" "Foto";
    talk_your_photo "Your photo" "La tua foto";
    talk_photo_from(peer) "Photo from {peer}" "Foto di {peer}";
    talk_edited "Edited" "Modificato";
    talk_you_unsent "You unsent a message" "Hai annullato un messaggio";
    talk_unsent(peer) "{peer} unsent a message" "{peer} ha annullato un messaggio";
    talk_off_platform "Paying outside of Bottega is not protected. Ask for a payment request here instead."
        "I pagamenti fuori da Bottega non sono protetti. Chiedi qui una richiesta di pagamento.";
    talk_reacted(who, emoji) "{who} reacted with {emoji}" "{who} ha reagito con {emoji}";
    talk_take_back(emoji) "Take back {emoji}" "Togli {emoji}";
    talk_queued "Waiting for a connection" "In attesa di connessione";
    talk_sending "Sending" "Invio";
    talk_failed "Not sent. Tap to retry" "Non inviato. Tocca per riprovare";
    talk_discard "Delete" "Elimina";
    talk_new "New messages" "Nuovi messaggi";
    talk_actions "Message actions" "Azioni sul messaggio";
    talk_react "React" "Reagisci";
    talk_reply "Reply" "Rispondi";
    talk_more_emoji "More emoji" "Altre emoji";
    talk_copy "Copy" "Copia";
    talk_copied "Copied" "Copiato";
    talk_edit "Edit" "Modifica";
    talk_unsend "Unsend" "Annulla invio";
    talk_latest "Latest messages" "Ultimi messaggi";
    talk_one_new "1 new message" "1 nuovo messaggio";
    talk_many_new(n) "{n} new messages" "{n} nuovi messaggi";
    talk_loading_older "Loading older messages" "Carico i messaggi precedenti";
    talk_typing(peer) "{peer} is typing" "{peer} sta scrivendo";
    talk_seen "Seen" "Visto";
    talk_seen_at(time) "Seen {time}" "Visto {time}";
    talk_message(peer) "Message {peer}" "Messaggio a {peer}";
    talk_placeholder "Message…" "Messaggio…";
    talk_send "Send" "Invia";
    talk_save "Save" "Salva";
    talk_add_photo "Add a photo" "Aggiungi una foto";
    talk_replying_self "Replying to yourself" "Rispondi a te stesso";
    talk_replying(peer) "Replying to {peer}" "Rispondi a {peer}";
    talk_editing "Editing" "Modifica";
    talk_request "New payment request" "Nuova richiesta di pagamento";
    talk_too_long(excess) "{excess} characters too many for one message" "{excess} caratteri di troppo per un messaggio";
    talk_stranger(peer) "{peer} wants to send you messages" "{peer} vuole scriverti";
    talk_stranger_note "They do not see that you have read this until you accept, and cannot ask you for money."
        "Non vede che hai letto finché non accetti e non può chiederti denaro.";
    talk_accept "Accept" "Accetta";
    talk_leaving "You are leaving Bottega" "Stai lasciando Bottega";
    talk_leads_to "This link leads to" "Questo link porta a";
    talk_leave_note "Never pay or type card numbers there for something from this chat." "Non pagare e non scrivere lì numeri di carta per qualcosa di questa chat.";
    talk_open(host) "Open {host}" "Apri {host}";
    talk_stay "Stay here" "Resta qui";
    talk_close "Close" "Chiudi";
    emoji_smileys "Smileys" "Faccine";
    emoji_people "People" "Persone";
    emoji_nature "Nature" "Natura";
    emoji_food "Food" "Cibo";
    emoji_things "Things" "Oggetti";
    emoji_symbols "Symbols" "Simboli";
}
