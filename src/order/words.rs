//! The words of an order.

use crate::format::{day_and_clock, money};
use crate::i18n::{Lang, t};
use crate::payment_request::kind_name;
use domain::address::Destination;
use domain::case::CaseReason;
use domain::order::{Order, Packed, TrackingStatus};
use domain::payment::{MethodView, Refund, RefundReason, RefundStatus};

/// `1 item`, `3 items`.
pub(super) fn item_count(order: &Order) -> String {
    match order.terms.items().iter().map(|item| item.quantity).sum::<u32>() {
        1 => t().order_one_item().to_owned(),
        many => t().order_items(&many.to_string()),
    }
}

/// `2 × Leash 6'`, or only the name when it is one.
pub(super) fn packed_name(order: &Order, packed: Packed) -> String {
    let name = order.terms.items().get(packed.line).map_or("", |item| item.name.as_str());
    if packed.quantity == 1 { name.to_owned() } else { format!("{} × {name}", packed.quantity) }
}

/// `Meta Pay 4242`, or what the wallet is called here.
pub(super) fn method(method: &MethodView) -> String {
    let kind = kind_name(method.kind);
    match &method.hint {
        Some(hint) => format!("{kind} {hint}"),
        None => kind.to_owned(),
    }
}

/// `Encinitas, CA`; nothing for what goes nowhere.
pub(super) fn town(destination: &Destination) -> Option<String> {
    match destination.town_only() {
        Destination::Town { city, state } => Some(format!("{city}, {state}")),
        Destination::Address { .. } | Destination::Digital | Destination::Pickup => None,
    }
}

/// What the carrier said.
pub(crate) fn scan(status: TrackingStatus) -> &'static str {
    match status {
        TrackingStatus::LabelCreated => t().order_scan_label(),
        TrackingStatus::Accepted => t().order_scan_accepted(),
        TrackingStatus::InTransit => t().order_step_in_transit(),
        TrackingStatus::Delayed => t().order_scan_delayed(),
        TrackingStatus::OutForDelivery => t().order_step_out_for_delivery(),
        TrackingStatus::Attempted => t().order_scan_attempted(),
        TrackingStatus::Problem => t().order_scan_problem(),
        TrackingStatus::ReadyForPickup => t().order_scan_ready(),
        TrackingStatus::PickedUp => t().order_scan_picked_up(),
        TrackingStatus::Delivered => t().order_step_delivered(),
        TrackingStatus::DeliveryFailed => t().order_scan_failed(),
        TrackingStatus::Returning => t().order_scan_returning(),
        TrackingStatus::Returned => t().order_scan_returned(),
    }
}

/// Why somebody asked for help.
pub(crate) fn case_reason(reason: CaseReason) -> &'static str {
    match reason {
        CaseReason::NotReceived => t().order_case_not_received(),
        CaseReason::Damaged => t().order_case_damaged(),
        CaseReason::NotAsDescribed => t().order_case_not_as_described(),
        CaseReason::WrongItem => t().order_case_wrong_item(),
        CaseReason::ChangedMyMind => t().order_case_changed_my_mind(),
        CaseReason::Other => t().order_case_other(),
    }
}

/// Why money goes back.
pub(super) fn refund_reason(reason: RefundReason) -> &'static str {
    match reason {
        RefundReason::BySeller => t().order_refund_by_seller(),
        RefundReason::CancelledBySeller => t().order_refund_cancelled(),
        RefundReason::NotShipped => t().order_refund_not_shipped(),
        RefundReason::NotDelivered => t().order_refund_not_delivered(),
        RefundReason::TakenLate => t().order_refund_taken_late(),
        RefundReason::AtProcessor => t().order_refund_at_processor(),
        RefundReason::Help => t().order_refund_help(),
    }
}

/// Where a refund stands: `$28.00 · on its way since Thu 20 Nov, 10:31`.
pub(super) fn refund_state(refund: &Refund) -> String {
    match refund.status {
        RefundStatus::Pending => t().order_refund_pending(&day_and_clock(refund.started_at)),
        RefundStatus::Settled { at } => t().order_refund_settled(&day_and_clock(at)),
        RefundStatus::Failed { .. } => t().order_refund_failed().to_owned(),
    }
}

impl Lang {
    /// `2 items · $412.00`.
    pub(super) fn order_summary(self, order: &Order) -> String {
        format!("{} · {}", item_count(order), money(order.total()))
    }
}

crate::words! {
    order_title(number) "Order {number}" "Ordine {number}";
    order_missing "This order is not in this conversation." "Questo ordine non è in questa conversazione.";
    order_one_item "1 item" "1 articolo";
    order_items(n) "{n} items" "{n} articoli";
    order_progress(number) "Progress of order {number}" "Avanzamento dell’ordine {number}";
    order_step_paid "Paid" "Pagato";
    order_step_preparing "Preparing" "In preparazione";
    order_step_shipped "Shipped" "Spedito";
    order_step_in_transit "In transit" "In transito";
    order_step_out_for_delivery "Out for delivery" "In consegna";
    order_step_delivered "Delivered" "Consegnato";
    order_step_ready "Ready for pickup" "Pronto per il ritiro";
    order_step_picked_up "Picked up" "Ritirato";
    order_step_granted "Handed over" "Messo a disposizione";
    order_step_cancelled "Cancelled" "Annullato";
    order_step_not_arrived "Did not arrive" "Non arrivato";
    order_state_done "Done" "Fatto";
    order_state_now "Now" "Ora";
    order_state_next "Next" "Poi";
    order_state_not_yet "Not yet" "Non ancora";
    order_next(step) "next: {step}" "poi: {step}";
    order_scan_label "Label created" "Etichetta creata";
    order_scan_accepted "With the carrier" "Affidato al corriere";
    order_scan_delayed "Delayed" "In ritardo";
    order_scan_attempted "Nobody was there" "Nessuno in casa";
    order_scan_ready "Ready for pickup" "Pronto per il ritiro";
    order_scan_picked_up "Picked up" "Ritirato";
    order_scan_failed "Could not be delivered" "Consegna non riuscita";
    order_scan_problem "A problem, the carrier says" "Un problema, dice il corriere";
    order_scan_returning "On its way back to the seller" "Sta tornando al venditore";
    order_scan_returned "Returned to the seller" "Tornato al venditore";
    order_case_not_received "It did not come" "Non è arrivato";
    order_case_damaged "It came damaged" "È arrivato danneggiato";
    order_case_not_as_described "It is not as described" "Non è come descritto";
    order_case_wrong_item "It is the wrong item" "È l’articolo sbagliato";
    order_case_changed_my_mind "I changed my mind" "Ho cambiato idea";
    order_case_other "Something else" "Altro";
    order_refund_by_seller "Given by the seller" "Concesso dal venditore";
    order_refund_cancelled "The order was cancelled" "L’ordine è stato annullato";
    order_refund_not_shipped "Not shipped in time" "Non spedito in tempo";
    order_refund_not_delivered "Not delivered" "Non consegnato";
    order_refund_taken_late "Taken after the order had ended" "Prelevato dopo la fine dell’ordine";
    order_refund_pending(since) "on its way since {since}" "in arrivo da {since}";
    order_refund_settled(at) "with the buyer since {at}" "accreditato: {at}";
    order_refund_help "As the case came to" "Come deciso nella segnalazione";
    order_refund_at_processor "given at PayPal" "fatto su PayPal";
    order_refund_failed "did not work: the money is where it was" "non riuscito: il denaro è dov’era";
    order_track "Track order" "Segui l’ordine";
    order_details "Order details" "Dettagli dell’ordine";
    order_get_help "Get help" "Assistenza";
    order_see_help "See the case" "Vedi la segnalazione";
    order_answer_help "Answer the case" "Rispondi alla segnalazione";
    order_everything_ok "Everything is OK" "Tutto a posto";
    order_everything_ok_pays(peer) "“Everything is OK” pays {peer} right away" "«Tutto a posto» paga subito {peer}";
    order_confirm_title "Is everything OK?" "È tutto a posto?";
    order_confirm_text(peer) "{peer} is paid right away. This cannot be undone." "{peer} viene pagato subito. Non si può annullare.";
    order_confirm_yes(peer) "Everything is OK, pay {peer}" "Tutto a posto, paga {peer}";
    order_not_now "Not now" "Non ora";
    order_prepare "Prepare" "Prepara";
    order_i_have_it "I have it" "L’ho ritirato";
    order_make_ready "Ready for pickup" "Pronto per il ritiro";
    order_mark_shipped "Mark shipped" "Segna spedito";
    order_print_slip "Print slip" "Stampa distinta";
    order_cancel "Cancel order" "Annulla ordine";
    order_cancel_title "Cancel this order?" "Annullare questo ordine?";
    order_cancel_text(peer) "Nothing is shipped and {peer} gets all the money back. This cannot be undone." "Non si spedisce nulla e {peer} riceve indietro tutto il denaro. Non si può annullare.";
    order_keep "Keep it" "Tienilo";
    order_refund "Refund" "Rimborsa";
    order_more_time "Ask for more time" "Chiedi più tempo";
    order_more_time_title "How much more time?" "Quanto tempo in più?";
    order_more_time_text(peer) "{peer} has to agree. Until then the ship-by date stays." "{peer} deve accettare. Fino ad allora la data di spedizione resta.";
    order_three_days "3 working days" "3 giorni lavorativi";
    order_five_days "5 working days" "5 giorni lavorativi";
    order_close "Close" "Chiudi";
    order_back "Back" "Indietro";
}
