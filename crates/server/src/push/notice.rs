//! What somebody is told of what happened. A locked screen is read by others: no amounts, no addresses, no reasons.

use api::wire::Language;
use domain::carrier::Carrier;
use domain::dispute::DisputeStanding;
use domain::event::{CounterEnd, Envelope, Event};
use domain::message::{Content, Message};
use domain::order::{ScanWeight, TrackingStatus};
use domain::thread::{Actor, Role};

/// Longest text, in characters: more does not fit on a screen, and a push service takes four thousand bytes.
const MAX_TEXT: usize = 240;

/// What `reader` is told of an event in a thread; nothing of what they did themselves, or need not know at once. The
/// name of the other stands above it.
pub(super) fn notice(envelope: &Envelope, reader: Role, language: Language) -> Option<String> {
    if envelope.actor == Actor::from(reader) {
        return None;
    }
    if let Event::MessagePosted { message } = &envelope.event {
        return said(message, language);
    }
    let both = match reader {
        Role::Buyer => buyer_is_told(&envelope.event),
        Role::Seller => seller_is_told(&envelope.event),
    };
    both.map(|both| in_language(language, both).to_owned())
}

/// What is told of whatever a stranger writes.
pub(super) fn asks_to_talk(language: Language) -> &'static str {
    in_language(language, ("Wants to send you a message", "Vuole inviarti un messaggio"))
}

fn in_language(language: Language, (english, italian): (&'static str, &'static str)) -> &'static str {
    match language {
        Language::En => english,
        Language::It => italian,
    }
}

/// What a message says; nothing when it was taken back.
pub(super) fn said(message: &Message, language: Language) -> Option<String> {
    match message.content.as_ref()? {
        Content::Text { text } => Some(cut(text.as_str())),
        Content::Photo { .. } => Some(in_language(language, ("Sent a photo", "Ha inviato una foto")).to_owned()),
        Content::Product { name, .. } => Some(cut(name.as_str())),
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MAX_TEXT) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

fn buyer_is_told(event: &Event) -> Option<(&'static str, &'static str)> {
    Some(match event {
        Event::RequestSent { .. } => ("Sent you a payment request", "Ti ha inviato una richiesta di pagamento"),
        Event::RequestRevised { .. } => ("Changed the payment request", "Ha modificato la richiesta di pagamento"),
        Event::RequestWithdrawn { .. } => ("Withdrew the payment request", "Ha ritirato la richiesta di pagamento"),
        Event::RequestExpired { .. } => ("A payment request has expired", "Una richiesta di pagamento è scaduta"),
        Event::CounterClosed { because: CounterEnd::Declined | CounterEnd::Lapsed, .. } => {
            ("Did not take your proposal", "Non ha accettato la tua proposta")
        }
        Event::PaymentActionRequired { .. } => {
            ("Your payment needs your approval", "Il pagamento attende la tua conferma")
        }
        Event::PaymentFailed { .. } => ("Your payment did not go through", "Il pagamento non è riuscito"),
        Event::PaymentAuthorised { .. } => ("Your payment went through", "Il pagamento è riuscito"),
        Event::RefundStarted { .. } => ("A refund is on its way to you", "Un rimborso è in arrivo"),
        Event::RefundSettled { .. } => ("Your refund is complete", "Il rimborso è completo"),
        Event::OrderCancelled { .. } => ("Your order was cancelled", "Il tuo ordine è stato annullato"),
        Event::ItemsCancelled { .. } => ("Part of your order will not come", "Una parte dell'ordine non arriverà"),
        // The word that it lies ready comes with it.
        Event::ShipmentSent { carrier: Carrier::Pickup, .. } => return None,
        Event::ShipmentSent { .. } => ("Your order is on its way", "Il tuo ordine è partito"),
        Event::ThingPassed { .. } => ("Passed something on to you", "Ti ha passato qualcosa"),
        Event::DigitalGranted { .. } => ("Your files are ready", "I tuoi file sono pronti"),
        Event::ExtensionAsked { .. } => ("Asks for more time for your order", "Chiede più tempo per il tuo ordine"),
        Event::ShipByMoved { .. } => ("Your order has a new date", "Il tuo ordine ha una nuova data"),
        Event::Tracked { scan, weight: ScanWeight::Milestone, .. } => return tracked(scan.status),
        Event::ParcelSilent { .. } => ("There is no news of your parcel", "Nessuna notizia del tuo pacco"),
        Event::CaseOpened { .. } => ("Opened a case about your order", "Ha aperto una segnalazione sull'ordine"),
        Event::DisputeClosed { .. } => ("Your dispute is decided", "La tua contestazione è decisa"),
        Event::CaseOffered { .. } => ("Proposes how to put your order right", "Propone come sistemare il tuo ordine"),
        Event::CaseRefused { .. } => ("Said no to what you proposed", "Ha rifiutato la tua proposta"),
        Event::CaseSaid { .. } => ("Added something to your case", "Ha aggiunto qualcosa alla segnalazione"),
        Event::CaseEscalated { .. } => ("A neutral reviewer looks at your case", "Un arbitro esamina la segnalazione"),
        Event::CaseAgreed { .. } => ("Your case is settled", "La segnalazione è risolta"),
        Event::CaseDecided { .. } => ("A reviewer has decided your case", "Un arbitro ha deciso la segnalazione"),
        Event::CaseClosed { .. } => ("The case about your order is closed", "La segnalazione sull'ordine è chiusa"),
        Event::ThreadStarted { .. }
        | Event::ThreadAccepted
        | Event::Tracked { weight: ScanWeight::Detail, .. }
        | Event::MessagePosted { .. }
        | Event::MessageEdited { .. }
        | Event::MessageUnsent { .. }
        | Event::ReactionSet { .. }
        | Event::RequestViewed { .. }
        | Event::CounterMade { .. }
        | Event::CounterClosed { because: CounterEnd::Withdrawn, .. }
        | Event::RequestDeclined { .. }
        | Event::PaymentStarted { .. }
        | Event::PaymentResumed { .. }
        | Event::PaymentUnknown { .. }
        | Event::CaptureStarted { .. }
        | Event::PaymentCaptured { .. }
        | Event::PaymentVoided { .. }
        | Event::RefundFailed { .. }
        | Event::OrderPreparing { .. }
        | Event::CapturePending { .. }
        | Event::DisputeOpened { .. }
        | Event::DisputeMoved { .. }
        | Event::DisputeAnswered { .. }
        | Event::ExtensionAnswered { .. }
        | Event::ReceiptConfirmed { .. }
        | Event::FundsReleasable { .. }
        | Event::CaseReturnSent { .. }
        | Event::CaseRefunding { .. }
        | Event::ItemsReplaced { .. }
        | Event::FundsReleased { .. } => return None,
    })
}

fn seller_is_told(event: &Event) -> Option<(&'static str, &'static str)> {
    Some(match event {
        Event::CounterMade { .. } => ("Proposes a change to your request", "Propone una modifica alla tua richiesta"),
        Event::RequestDeclined { .. } => {
            ("Declined your payment request", "Ha rifiutato la tua richiesta di pagamento")
        }
        Event::RequestExpired { .. } => ("A payment request has expired", "Una richiesta di pagamento è scaduta"),
        Event::PaymentAuthorised { .. } => ("New order: your request is paid", "Nuovo ordine: la richiesta è pagata"),
        Event::OrderCancelled { .. } => ("The order was cancelled", "L'ordine è stato annullato"),
        Event::ExtensionAnswered { accepted: true, .. } => ("Gives you more time", "Ti concede più tempo"),
        Event::ExtensionAnswered { accepted: false, .. } => ("Does not give you more time", "Non ti concede più tempo"),
        Event::ReceiptConfirmed { .. } => ("Has confirmed the order arrived", "Ha confermato l'arrivo dell'ordine"),
        Event::FundsReleased { .. } => ("Your money was paid out", "Il tuo denaro è stato versato"),
        Event::ParcelSilent { .. } => {
            ("There is no news of a parcel you sent", "Nessuna notizia di un pacco che hai spedito")
        }
        Event::Tracked { scan, weight: ScanWeight::Milestone, .. } if scan.status == TrackingStatus::Returned => {
            ("A parcel has come back to you", "Un pacco è tornato da te")
        }
        Event::CaseOpened { .. } => ("Asks for help with an order", "Chiede aiuto per un ordine"),
        Event::CapturePending { .. } => {
            ("The payment is being checked: do not ship yet", "Il pagamento è in verifica: non spedire ancora")
        }
        Event::DisputeOpened { .. } => ("Opened a dispute over an order", "Ha aperto una contestazione su un ordine"),
        Event::DisputeMoved { standing: DisputeStanding::Seller, .. } => {
            ("A dispute waits for your answer", "Una contestazione attende la tua risposta")
        }
        Event::DisputeClosed { .. } => ("A dispute is decided", "Una contestazione è decisa"),
        Event::CaseOffered { .. } => ("Proposes how to put an order right", "Propone come sistemare un ordine"),
        Event::CaseRefused { .. } => ("Said no to what you proposed", "Ha rifiutato la tua proposta"),
        Event::CaseSaid { .. } => ("Added something to a case", "Ha aggiunto qualcosa a una segnalazione"),
        Event::CaseEscalated { .. } => ("A neutral reviewer looks at a case", "Un arbitro esamina una segnalazione"),
        Event::CaseAgreed { .. } => ("A case is settled", "Una segnalazione è risolta"),
        Event::CaseReturnSent { .. } => ("Sent back what you are to refund", "Ha rispedito ciò che rimborserai"),
        Event::ThingPassed { .. } => ("Passed something on to you", "Ti ha passato qualcosa"),
        Event::CaseDecided { .. } => ("A reviewer has decided a case", "Un arbitro ha deciso una segnalazione"),
        Event::CaseClosed { .. } => ("The case about the order is closed", "La segnalazione sull'ordine è chiusa"),
        Event::RefundFailed { .. } => ("A refund did not go through", "Un rimborso non è riuscito"),
        Event::ThreadStarted { .. }
        | Event::ThreadAccepted
        | Event::DisputeMoved { .. }
        | Event::DisputeAnswered { .. }
        | Event::MessagePosted { .. }
        | Event::MessageEdited { .. }
        | Event::MessageUnsent { .. }
        | Event::ReactionSet { .. }
        | Event::RequestSent { .. }
        | Event::RequestRevised { .. }
        | Event::RequestViewed { .. }
        | Event::RequestWithdrawn { .. }
        | Event::CounterClosed { .. }
        | Event::PaymentStarted { .. }
        | Event::PaymentActionRequired { .. }
        | Event::PaymentResumed { .. }
        | Event::PaymentUnknown { .. }
        | Event::PaymentFailed { .. }
        | Event::CaptureStarted { .. }
        | Event::PaymentCaptured { .. }
        | Event::PaymentVoided { .. }
        | Event::RefundStarted { .. }
        | Event::RefundSettled { .. }
        | Event::OrderPreparing { .. }
        | Event::ShipmentSent { .. }
        | Event::Tracked { .. }
        | Event::DigitalGranted { .. }
        | Event::ExtensionAsked { .. }
        | Event::ShipByMoved { .. }
        | Event::ItemsCancelled { .. }
        | Event::CaseRefunding { .. }
        | Event::ItemsReplaced { .. }
        | Event::FundsReleasable { .. } => return None,
    })
}

/// Of the way of a parcel only what somebody at home can do something about, or waits for.
fn tracked(status: TrackingStatus) -> Option<(&'static str, &'static str)> {
    Some(match status {
        TrackingStatus::OutForDelivery => ("Your parcel arrives today", "Il pacco arriva oggi"),
        TrackingStatus::Delivered | TrackingStatus::PickedUp => ("Your parcel is there", "Il pacco è arrivato"),
        TrackingStatus::Delayed => ("Your parcel will be late", "Il pacco è in ritardo"),
        TrackingStatus::Attempted => ("The carrier found nobody at home", "Il corriere non ha trovato nessuno"),
        TrackingStatus::Problem => ("The carrier reports a problem", "Il corriere segnala un problema"),
        TrackingStatus::ReadyForPickup => ("Your order waits to be fetched", "L'ordine attende il ritiro"),
        TrackingStatus::DeliveryFailed => ("Your parcel cannot be delivered", "Il pacco non può essere consegnato"),
        TrackingStatus::Returning => ("Your parcel goes back to the seller", "Il pacco torna al venditore"),
        TrackingStatus::Returned => ("Your parcel went back to the seller", "Il pacco è tornato al venditore"),
        TrackingStatus::LabelCreated | TrackingStatus::Accepted | TrackingStatus::InTransit => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::Timestamp;
    use serde_json::{Value, json};

    fn happened(actor: Actor, event: Value) -> Envelope {
        let (thread, command) = ("thr_1".parse().unwrap(), "cmd_1".parse().unwrap());
        let event = serde_json::from_value(event).unwrap();
        Envelope { thread, seq: 1, at: Timestamp::from_millis(0), actor, command, event }
    }

    #[test]
    fn nobody_is_told_what_they_did_themselves() {
        let declined = happened(Actor::Buyer, json!({ "type": "request_declined", "request": "pr_1" }));
        assert_eq!(notice(&declined, Role::Buyer, Language::En), None);
        assert_eq!(notice(&declined, Role::Seller, Language::En).unwrap(), "Declined your payment request");
        assert_eq!(
            notice(&declined, Role::Seller, Language::It).unwrap(),
            "Ha rifiutato la tua richiesta di pagamento"
        );
    }

    #[test]
    fn a_long_message_is_cut_between_letters() {
        let long = "è".repeat(300);
        assert_eq!(cut(&long), format!("{}…", "è".repeat(MAX_TEXT)));
        assert_eq!(cut("Hi"), "Hi");
    }
}
