//! What happened, in one line each. Cards tell the rest.

use crate::format::{day, money};
use crate::headline::first_name;
use crate::help::{Names, remedy_words, verdict_words};
use crate::i18n::t;
use crate::ui::IconName;
use domain::dispute::{DisputeAnswer, DisputeOutcome};
use domain::event::{CounterEnd, Event};
use domain::order::{CancelReason, ExtensionDays, TrackingStatus};
use domain::payment::{RefundTrouble, VoidReason};
use domain::thread::{Actor, Role};

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Drawn before the words.
    pub icon: IconName,
    /// The words.
    pub text: String,
    /// The request or order it is about.
    pub about: Option<String>,
}

/// The line of an event, as one side reads it; nothing for what a card says better.
pub fn of(event: &Event, actor: Actor, role: Role, peer: &str) -> Option<Line> {
    let mine = actor == role.into();
    let buying = role == Role::Buyer;
    let peer = first_name(peer);
    let line =
        |icon, text: String, about: &dyn std::fmt::Display| Some(Line { icon, text, about: Some(about.to_string()) });
    match event {
        Event::ThreadAccepted if mine => {
            Some(Line { icon: IconName::Check, text: t().line_you_accepted().into(), about: None })
        }
        Event::ThreadAccepted => Some(Line { icon: IconName::Check, text: t().line_accepted(peer), about: None }),
        Event::RequestSent { request, .. } if mine => line(IconName::Tag, t().line_you_asked().into(), request),
        Event::RequestSent { request, .. } => line(IconName::Tag, t().line_asked(peer), request),
        Event::RequestRevised { request, .. } if mine => line(IconName::Edit, t().line_you_revised().into(), request),
        Event::RequestRevised { request, .. } => line(IconName::Edit, t().line_revised(peer), request),
        Event::CounterMade { request, proposal, .. } if mine => {
            line(IconName::Swap, t().line_you_offered(&money(proposal.total)), request)
        }
        Event::CounterMade { request, proposal, .. } => {
            line(IconName::Swap, t().line_offered(peer, &money(proposal.total)), request)
        }
        Event::CounterClosed { request, because } => {
            let text = match because {
                CounterEnd::Declined if mine => t().line_you_declined_offer().to_owned(),
                CounterEnd::Declined => t().line_declined_offer(peer),
                CounterEnd::Withdrawn if mine => t().line_you_withdrew_offer().to_owned(),
                CounterEnd::Withdrawn => t().line_withdrew_offer(peer),
                CounterEnd::Lapsed => t().line_offer_lapsed().to_owned(),
            };
            line(IconName::CrossCircle, text, request)
        }
        Event::RequestDeclined { request } if mine => {
            line(IconName::CrossCircle, t().line_you_declined().into(), request)
        }
        Event::RequestDeclined { request } => line(IconName::CrossCircle, t().line_declined(peer), request),
        Event::RequestWithdrawn { request } if mine => {
            line(IconName::CrossCircle, t().line_you_withdrew().into(), request)
        }
        Event::RequestWithdrawn { request } => line(IconName::CrossCircle, t().line_withdrew(peer), request),
        Event::RequestExpired { request } => line(IconName::Clock, t().line_expired().into(), request),
        Event::PaymentUnknown { .. } => {
            Some(Line { icon: IconName::Hourglass, text: t().line_checking().into(), about: None })
        }
        Event::PaymentFailed { .. } if buying => {
            Some(Line { icon: IconName::CrossCircle, text: t().line_you_failed().into(), about: None })
        }
        Event::PaymentFailed { .. } => {
            Some(Line { icon: IconName::CrossCircle, text: t().line_failed(peer), about: None })
        }
        Event::PaymentAuthorised { order, .. } if buying => line(IconName::Check, t().line_you_paid().into(), order),
        Event::PaymentAuthorised { order, .. } => line(IconName::Check, t().line_paid(peer), order),
        Event::PaymentVoided { reason, .. } => {
            let text = match reason {
                VoidReason::Undone if buying => t().line_you_undid().to_owned(),
                VoidReason::Undone => t().line_undid(peer),
                VoidReason::OrderCancelled => t().line_let_go().to_owned(),
                VoidReason::AnsweredLate => t().line_answered_late().to_owned(),
            };
            Some(Line { icon: IconName::Undo, text, about: None })
        }
        Event::RefundStarted { order, amount, .. } => line(IconName::Return, t().line_refund(&money(*amount)), order),
        Event::RefundSettled { .. } => {
            Some(Line { icon: IconName::CheckCircle, text: t().line_refund_settled().into(), about: None })
        }
        Event::RefundFailed { why, .. } => {
            Some(Line { icon: IconName::Warning, text: refund_failed(*why, buying).into(), about: None })
        }
        Event::CapturePending { .. } if buying => {
            Some(Line { icon: IconName::Hourglass, text: t().line_pending().into(), about: None })
        }
        Event::CapturePending { .. } => {
            Some(Line { icon: IconName::Hourglass, text: t().line_pending_do_not_ship().into(), about: None })
        }
        Event::DisputeOpened { order, .. } if buying => line(IconName::Warning, t().line_you_disputed().into(), order),
        Event::DisputeOpened { order, .. } => line(IconName::Warning, t().line_disputed(peer), order),
        Event::DisputeAnswered { order, answer, .. } => {
            let text = match answer {
                DisputeAnswer::Tracking if mine => t().line_you_sent_proof().to_owned(),
                DisputeAnswer::Tracking => t().line_sent_proof(peer),
                DisputeAnswer::Accept if mine => t().line_you_gave_in().to_owned(),
                DisputeAnswer::Accept => t().line_gave_in(peer),
            };
            line(IconName::Help, text, order)
        }
        Event::DisputeClosed { order, outcome: DisputeOutcome::ForSeller, .. } => {
            line(IconName::CheckCircle, t().line_dispute_seller().into(), order)
        }
        Event::DisputeClosed { order, outcome: DisputeOutcome::ForBuyer { returned }, .. } => {
            line(IconName::Return, t().line_dispute_buyer(&money(*returned)), order)
        }
        Event::OrderPreparing { order } if mine => line(IconName::Box, t().line_you_prepare().into(), order),
        Event::OrderPreparing { order } => line(IconName::Box, t().line_prepares(peer), order),
        Event::OrderCancelled { order, reason } => {
            let text = match reason {
                // The line of the undone payment says it.
                CancelReason::Undone => return None,
                CancelReason::BySeller if mine => t().line_you_cancelled().to_owned(),
                CancelReason::BySeller => t().line_cancelled(peer),
                CancelReason::NotShipped => t().line_not_shipped().to_owned(),
                CancelReason::CaptureFailed => t().line_capture_failed().to_owned(),
            };
            line(IconName::CrossCircle, text, order)
        }
        Event::ShipmentSent { order, carrier, .. } if mine => {
            line(IconName::Truck, t().line_you_shipped(carrier.name()), order)
        }
        Event::ShipmentSent { order, carrier, .. } => {
            line(IconName::Truck, t().line_shipped(peer, carrier.name()), order)
        }
        Event::Tracked { order, scan, .. } => {
            let place = scan.place.as_ref().map(|place| format!(" · {place}")).unwrap_or_default();
            let (icon, text) = match scan.status {
                TrackingStatus::LabelCreated | TrackingStatus::Accepted | TrackingStatus::InTransit => return None,
                TrackingStatus::Delayed => {
                    let text = scan.expected_at.map(|at| t().line_delayed_until(&day(at)));
                    return line(IconName::Warning, text.unwrap_or_else(|| t().line_delayed().into()), order);
                }
                TrackingStatus::OutForDelivery => (IconName::Truck, t().line_out_for_delivery()),
                TrackingStatus::Attempted => (IconName::Warning, t().line_attempted()),
                TrackingStatus::Problem => (IconName::Warning, t().line_problem()),
                TrackingStatus::ReadyForPickup => (IconName::Pin, t().line_ready_for_pickup()),
                TrackingStatus::PickedUp => (IconName::CheckCircle, t().line_picked_up()),
                TrackingStatus::Delivered => (IconName::CheckCircle, t().line_delivered()),
                TrackingStatus::DeliveryFailed => (IconName::Warning, t().line_delivery_failed()),
                TrackingStatus::Returning => (IconName::Return, t().line_returning()),
                TrackingStatus::Returned => (IconName::Return, t().line_returned()),
            };
            line(icon, format!("{text}{place}"), order)
        }
        Event::ParcelSilent { order, since, .. } => line(IconName::Warning, t().no_news_since(&day(*since)), order),
        Event::DigitalGranted { order } => line(IconName::Gift, t().line_granted().into(), order),
        Event::ThingPassed { title, until, .. } => {
            let text = match (until.map(day), mine) {
                (None, true) => t().line_you_gave(title.as_str()),
                (None, false) => t().line_gave(peer, title.as_str()),
                (Some(until), true) => t().line_you_lent(title.as_str(), &until),
                (Some(until), false) => t().line_lent(peer, title.as_str(), &until),
            };
            Some(Line { icon: IconName::Gift, text, about: None })
        }
        Event::ExtensionAsked { order, days } => {
            let days = match days {
                ExtensionDays::Three => "3",
                ExtensionDays::Five => "5",
            };
            let text = if mine { t().line_you_asked_time(days) } else { t().line_asked_time(peer, days) };
            line(IconName::Calendar, text, order)
        }
        Event::ExtensionAnswered { order, accepted: true } => {
            line(IconName::Calendar, t().line_more_time().into(), order)
        }
        Event::ExtensionAnswered { order, accepted: false } => {
            line(IconName::Calendar, t().line_no_more_time().into(), order)
        }
        Event::ItemsCancelled { order, .. } => line(IconName::CrossCircle, t().line_rest_cancelled().into(), order),
        Event::ReceiptConfirmed { order } if mine => {
            line(IconName::CheckCircle, t().line_you_confirmed().into(), order)
        }
        Event::ReceiptConfirmed { order } => line(IconName::CheckCircle, t().line_confirmed(peer), order),
        Event::FundsReleased { order } if buying => line(IconName::Coins, t().line_seller_paid(peer), order),
        Event::FundsReleased { order } => line(IconName::Coins, t().line_you_were_paid().into(), order),
        Event::CaseOpened { order, .. } if mine => line(IconName::Help, t().line_you_asked_help().into(), order),
        Event::CaseOpened { order, .. } => line(IconName::Help, t().line_asked_help(peer), order),
        Event::CaseOffered { order, remedy, .. } if mine => {
            line(IconName::Help, t().line_you_proposed(&remedy_words(*remedy)), order)
        }
        Event::CaseOffered { order, remedy, .. } => {
            line(IconName::Help, t().line_proposed(peer, &remedy_words(*remedy)), order)
        }
        Event::CaseRefused { order, .. } if mine => line(IconName::Help, t().line_you_refused().into(), order),
        Event::CaseRefused { order, .. } => line(IconName::Help, t().line_refused(peer), order),
        Event::CaseSaid { order, .. } if mine => line(IconName::Help, t().line_you_added().into(), order),
        Event::CaseSaid { order, .. } => line(IconName::Help, t().line_added(peer), order),
        Event::CaseEscalated { order, .. } => line(IconName::Scales, t().line_review().into(), order),
        Event::CaseAgreed { order, remedy, by: Some(_), .. } => {
            line(IconName::CheckCircle, t().line_agreed(&remedy_words(*remedy)), order)
        }
        Event::CaseAgreed { order, remedy, by: None, .. } => {
            line(IconName::Scales, t().line_stood(&remedy_words(*remedy)), order)
        }
        Event::CaseReturnSent { order, carrier, .. } if mine => {
            line(IconName::Return, t().line_you_sent_back(carrier.name()), order)
        }
        Event::CaseReturnSent { order, carrier, .. } => {
            line(IconName::Return, t().line_sent_back(peer, carrier.name()), order)
        }
        Event::CaseDecided { order, verdict, .. } => {
            line(IconName::Scales, verdict_words(*verdict, &Names::of_two(role, peer)), order)
        }
        Event::CaseClosed { order, .. } => line(IconName::Help, t().line_help_over().into(), order),
        Event::ThreadStarted { .. }
        | Event::MessagePosted { .. }
        | Event::MessageEdited { .. }
        | Event::MessageUnsent { .. }
        | Event::ReactionSet { .. }
        | Event::RequestViewed { .. }
        | Event::PaymentStarted { .. }
        | Event::PaymentActionRequired { .. }
        | Event::PaymentResumed { .. }
        | Event::CaptureStarted { .. }
        | Event::PaymentCaptured { .. }
        | Event::ShipByMoved { .. }
        | Event::DisputeMoved { .. }
        | Event::CaseRefunding { .. }
        | Event::ItemsReplaced { .. }
        | Event::FundsReleasable { .. } => None,
    }
}

/// Why a refund did not go; the buyer need not know how the seller stands with the processor.
fn refund_failed(why: RefundTrouble, buying: bool) -> &'static str {
    match why {
        RefundTrouble::Disputed => t().line_refund_disputed(),
        RefundTrouble::InsufficientFunds if !buying => t().line_refund_no_funds(),
        RefundTrouble::TooLate if !buying => t().line_refund_too_late(),
        RefundTrouble::AlreadyBack => t().line_refund_already(),
        RefundTrouble::Refused | RefundTrouble::InsufficientFunds | RefundTrouble::TooLate => t().line_refund_failed(),
    }
}

crate::words! {
    line_pending "The payment is being checked; this can take days" "Il pagamento è in verifica; può richiedere giorni";
    line_pending_do_not_ship "The payment is being checked: do not ship yet" "Il pagamento è in verifica: non spedire ancora";
    line_you_disputed "You opened a dispute at PayPal" "Hai aperto una contestazione su PayPal";
    line_disputed(peer) "{peer} opened a dispute at PayPal" "{peer} ha aperto una contestazione su PayPal";
    line_you_sent_proof "You sent the tracking numbers as proof" "Hai inviato i numeri di tracciamento come prova";
    line_sent_proof(peer) "{peer} sent proof of shipping" "{peer} ha inviato la prova di spedizione";
    line_you_gave_in "You agreed to give the money back" "Hai accettato di restituire il denaro";
    line_gave_in(peer) "{peer} agreed to give the money back" "{peer} ha accettato di restituire il denaro";
    line_dispute_seller "The dispute is over: the payment stands" "Contestazione conclusa: il pagamento resta valido";
    line_dispute_buyer(amount) "The dispute is over: {amount} went back" "Contestazione conclusa: {amount} restituiti";
    line_refund_disputed "The refund waits for the dispute to be decided" "Il rimborso attende la decisione sulla contestazione";
    line_refund_no_funds "The refund did not work: your PayPal balance is too low" "Rimborso non riuscito: il saldo PayPal non basta";
    line_refund_too_late "The refund did not work: PayPal’s time for it is over" "Rimborso non riuscito: il tempo di PayPal è scaduto";
    line_refund_already "This had already been refunded at PayPal" "Era già stato rimborsato su PayPal";
    line_you_accepted "You accepted the request" "Hai accettato la richiesta";
    line_accepted(peer) "{peer} accepted" "{peer} ha accettato";
    line_you_asked "You sent a payment request" "Hai inviato una richiesta di pagamento";
    line_asked(peer) "{peer} sent a payment request" "{peer} ha inviato una richiesta di pagamento";
    line_you_revised "You changed the request" "Hai modificato la richiesta";
    line_revised(peer) "{peer} changed the request" "{peer} ha modificato la richiesta";
    line_you_offered(amount) "You offered {amount}" "Hai offerto {amount}";
    line_offered(peer, amount) "{peer} offered {amount}" "{peer} ha offerto {amount}";
    line_you_declined_offer "You declined the offer" "Hai rifiutato l’offerta";
    line_declined_offer(peer) "{peer} declined the offer" "{peer} ha rifiutato l’offerta";
    line_you_withdrew_offer "You took the offer back" "Hai ritirato l’offerta";
    line_withdrew_offer(peer) "{peer} took the offer back" "{peer} ha ritirato l’offerta";
    line_offer_lapsed "The offer lapsed" "L’offerta è decaduta";
    line_you_declined "You declined the request" "Hai rifiutato la richiesta";
    line_declined(peer) "{peer} declined the request" "{peer} ha rifiutato la richiesta";
    line_you_withdrew "You withdrew the request" "Hai ritirato la richiesta";
    line_withdrew(peer) "{peer} withdrew the request" "{peer} ha ritirato la richiesta";
    line_expired "The request expired" "La richiesta è scaduta";
    line_checking "We are checking the payment" "Stiamo verificando il pagamento";
    line_you_failed "The payment did not work" "Il pagamento non è riuscito";
    line_failed(peer) "{peer}’s payment did not work" "Il pagamento di {peer} non è riuscito";
    line_you_paid "You paid" "Hai pagato";
    line_paid(peer) "{peer} paid" "{peer} ha pagato";
    line_you_undid "You undid the payment: nothing was charged" "Hai annullato il pagamento: nessun addebito";
    line_undid(peer) "{peer} undid the payment" "{peer} ha annullato il pagamento";
    line_let_go "The payment was let go: nothing was charged" "Pagamento annullato: nessun addebito";
    line_answered_late "The processor answered late: nothing was kept" "Il processore ha risposto tardi: nulla è stato trattenuto";
    line_refund(amount) "{amount} is on its way back" "{amount} in restituzione";
    line_refund_settled "The refund has arrived" "Il rimborso è arrivato";
    line_refund_failed "The refund did not work" "Il rimborso non è riuscito";
    line_you_prepare "You are preparing the order" "Stai preparando l’ordine";
    line_prepares(peer) "{peer} is preparing the order" "{peer} sta preparando l’ordine";
    line_you_cancelled "You cancelled the order" "Hai annullato l’ordine";
    line_cancelled(peer) "{peer} cancelled the order" "{peer} ha annullato l’ordine";
    line_not_shipped "Not shipped in time: refunded by itself" "Non spedito in tempo: rimborso automatico";
    line_capture_failed "The bank took the money back: order cancelled" "La banca ha ritirato il denaro: ordine annullato";
    line_you_shipped(carrier) "You shipped a parcel with {carrier}" "Hai spedito un pacco con {carrier}";
    line_shipped(peer, carrier) "{peer} shipped a parcel with {carrier}" "{peer} ha spedito un pacco con {carrier}";
    line_delayed "Delayed" "In ritardo";
    line_delayed_until(day) "Delayed: now expected by {day}" "In ritardo: ora previsto entro {day}";
    line_out_for_delivery "Out for delivery" "In consegna";
    line_attempted "Nobody was there" "Nessuno in casa";
    line_ready_for_pickup "Ready for pickup" "Pronto per il ritiro";
    line_picked_up "Picked up" "Ritirato";
    line_delivered "Delivered" "Consegnato";
    line_delivery_failed "Could not be delivered" "Consegna non riuscita";
    line_problem "A problem, the carrier says" "Un problema, dice il corriere";
    line_returning "On its way back to the seller" "Sta tornando al venditore";
    line_returned "Back with the seller" "Tornato al venditore";
    line_you_gave(what) "You gave {what}" "Hai dato {what}";
    line_gave(name, what) "{name} gave you {what}: it is in your wallet" "{name} ti ha dato {what}: è nel tuo portafoglio";
    line_you_lent(what, until) "You lent {what} until {until}" "Hai prestato {what} fino al {until}";
    line_lent(name, what, until) "{name} lent you {what} until {until}" "{name} ti ha prestato {what} fino al {until}";
    line_granted "Handed over" "Consegnato in digitale";
    line_you_asked_time(days) "You asked for {days} more working days" "Hai chiesto altri {days} giorni lavorativi";
    line_asked_time(peer, days) "{peer} asked for {days} more working days" "{peer} ha chiesto altri {days} giorni lavorativi";
    line_more_time "More time was agreed" "Più tempo concesso";
    line_no_more_time "No more time: the date stands" "Nessun tempo in più: la data resta";
    line_rest_cancelled "What was not shipped in time is refunded" "Il non spedito viene rimborsato";
    line_you_confirmed "You said that everything is OK" "Hai confermato che è tutto a posto";
    line_confirmed(peer) "{peer} said that everything is OK" "{peer} ha confermato che è tutto a posto";
    line_seller_paid(peer) "{peer} was paid" "{peer} è stato pagato";
    line_you_were_paid "You were paid" "Sei stato pagato";
    line_you_asked_help "You asked for help" "Hai chiesto assistenza";
    line_asked_help(peer) "{peer} asked for help" "{peer} ha chiesto assistenza";
    line_you_proposed(remedy) "You propose: {remedy}" "Proponi: {remedy}";
    line_proposed(peer, remedy) "{peer} proposes: {remedy}" "{peer} propone: {remedy}";
    line_you_refused "You said no" "Hai rifiutato";
    line_refused(peer) "{peer} said no" "{peer} ha rifiutato";
    line_you_added "You added something to the case" "Hai aggiunto qualcosa alla segnalazione";
    line_added(peer) "{peer} added something to the case" "{peer} ha aggiunto qualcosa alla segnalazione";
    line_review "A neutral reviewer is asked" "Ora decide un arbitro neutrale";
    line_agreed(remedy) "Settled: {remedy}" "Accordo: {remedy}";
    line_stood(remedy) "Nobody decided in time, so this stands: {remedy}" "Nessuno ha deciso in tempo, quindi vale: {remedy}";
    line_you_sent_back(carrier) "You sent it back with {carrier}" "L’hai rispedito con {carrier}";
    line_sent_back(peer, carrier) "{peer} sent it back with {carrier}" "{peer} l’ha rispedito con {carrier}";
    line_help_over "The help is over" "Assistenza conclusa";
}
