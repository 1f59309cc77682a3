//! A dispute at the processor: what the buyer says, what it is about, and what the seller can answer.

use crate::format::{day_and_clock, exact_deadline, money};
use crate::i18n::t;
use crate::order::LiveOrder;
use crate::ui::{Button, ButtonSize, ButtonVariant, ConfirmDialog, Icon, IconName, IconSize};
use domain::dispute::{Dispute, DisputeAnswer, DisputeReason, DisputeStanding};
use domain::ids::DisputeId;
use leptos::prelude::*;

fn reason(reason: DisputeReason) -> &'static str {
    match reason {
        DisputeReason::NotReceived => t().dispute_not_received(),
        DisputeReason::NotAsDescribed => t().dispute_not_as_described(),
        DisputeReason::Unauthorised => t().dispute_unauthorised(),
        DisputeReason::NotRefunded => t().dispute_not_refunded(),
        DisputeReason::WrongAmount => t().dispute_wrong_amount(),
        DisputeReason::Other => t().dispute_other(),
    }
}

/// What happens next, as one side reads it.
fn next(dispute: &Dispute, buying: bool, peer: &str) -> String {
    match (dispute.standing, dispute.answer, buying) {
        (DisputeStanding::Seller, None, false) => t().dispute_you_answer().to_owned(),
        (DisputeStanding::Seller, None, true) => t().dispute_peer_answers(peer),
        (DisputeStanding::Buyer, _, true) => t().dispute_paypal_asks_you().to_owned(),
        (DisputeStanding::Buyer, _, false) => t().dispute_paypal_asks(peer),
        (DisputeStanding::Seller, Some(_), _) | (DisputeStanding::Review | DisputeStanding::Closed { .. }, _, _) => {
            t().dispute_paypal_decides().to_owned()
        }
    }
}

/// A dispute that is not decided, and the two answers a seller has.
#[component]
pub(super) fn OpenDispute(
    /// Of which order.
    live: LiveOrder,
    /// Whether an answer is on its way.
    #[prop(into)]
    pending: Signal<bool>,
    /// Called to answer.
    #[prop(into)]
    answer: Callback<(DisputeId, DisputeAnswer)>,
) -> impl IntoView {
    let giving_in = RwSignal::new(None::<DisputeId>);
    let open = Memo::new(move |_| live.with_payment(|_, payment| payment.open_dispute().cloned()));
    let is_tracked =
        Memo::new(move |_| live.read(|order| order.shipments.iter().any(|shipment| shipment.tracking.is_some())));
    let shown = move || {
        open.get().map(|dispute| {
            let answers = !live.buying() && dispute.standing == DisputeStanding::Seller && dispute.answer.is_none();
            let until = dispute.respond_by.filter(|_| answers).map(|at| {
                let at = exact_deadline(at, live.session.now.get());
                view! { <p class="muted fine">{t().dispute_until(&at)}</p> }
            });
            let next = next(&dispute, live.buying(), &live.peer_first());
            let buttons =
                answers.then(|| view! { <Answers id=dispute.id.clone() is_tracked pending answer giving_in /> });
            view! {
                <div class="case">
                    <p>
                        <b>{reason(dispute.reason)}</b>
                        " · "
                        <span class="num">{money(dispute.amount)}</span>
                    </p>
                    <p class="muted fine">
                        <time datetime=dispute.opened_at.to_string()>{day_and_clock(dispute.opened_at)}</time>
                    </p>
                </div>
                <p class="note">
                    <Icon name=IconName::Freeze size=IconSize::Small />
                    <span>{t().dispute_frozen()}</span>
                </p>
                <p>{next}</p>
                {until}
                {buttons}
            }
        })
    };
    let sure = move || {
        giving_in.get().map(|id| {
            view! {
                <ConfirmDialog
                    title=t().dispute_give_in_title()
                    text=t().dispute_give_in_text(&live.peer_first())
                    confirm_label=t().dispute_give_in()
                    cancel_label=t().order_not_now()
                    pending
                    on_confirm=move |()| {
                        answer.run((id.clone(), DisputeAnswer::Accept));
                        giving_in.set(None);
                    }
                    on_cancel=move |()| giving_in.set(None)
                />
            }
        })
    };
    view! {
        {shown}
        {sure}
    }
}

/// Prove it, or give in.
#[component]
fn Answers(
    id: DisputeId,
    is_tracked: Memo<bool>,
    pending: Signal<bool>,
    answer: Callback<(DisputeId, DisputeAnswer)>,
    giving_in: RwSignal<Option<DisputeId>>,
) -> impl IntoView {
    let id = StoredValue::new(id);
    let prove = move || match is_tracked.get() {
        true => view! {
            <Button
                variant=ButtonVariant::Primary
                size=ButtonSize::Wide
                icon=IconName::Truck
                pending
                on_click=move |()| answer.run((id.get_value(), DisputeAnswer::Tracking))
            >
                {t().dispute_send_tracking()}
            </Button>
        }
        .into_any(),
        false => view! { <p class="muted fine">{t().dispute_no_tracking()}</p> }.into_any(),
    };
    view! {
        {prove}
        <Button
            variant=ButtonVariant::QuietDanger
            size=ButtonSize::Wide
            on_click=move |()| giving_in.set(Some(id.get_value()))
        >
            {t().dispute_give_in()}
        </Button>
    }
}

crate::words! {
    dispute_title "Dispute at PayPal" "Contestazione su PayPal";
    dispute_not_received "It did not arrive" "Non è arrivato";
    dispute_not_as_described "It is not as described" "Non è come descritto";
    dispute_unauthorised "The payment was not authorised" "Il pagamento non era autorizzato";
    dispute_not_refunded "A refund did not come" "Un rimborso non è arrivato";
    dispute_wrong_amount "The amount is wrong" "L’importo è sbagliato";
    dispute_other "Something else" "Altro";
    dispute_frozen "PayPal keeps this money until it has decided, and every deadline of this order stands still."
        "PayPal trattiene questo denaro fino alla decisione, e tutte le scadenze di questo ordine sono ferme.";
    dispute_you_answer "Show PayPal that it was sent, or give the money back." "Mostra a PayPal che è stato spedito, o restituisci il denaro.";
    dispute_peer_answers(peer) "PayPal asks {peer} for an answer. You can also settle it in the conversation and close the dispute at PayPal."
        "PayPal chiede una risposta a {peer}. Potete anche accordarvi nella conversazione e chiudere la contestazione su PayPal.";
    dispute_paypal_asks_you "PayPal asks you for something: look there." "PayPal ti chiede qualcosa: controlla lì.";
    dispute_paypal_asks(peer) "PayPal asks {peer} for something." "PayPal chiede qualcosa a {peer}.";
    dispute_paypal_decides "PayPal looks at it and decides. It is told here." "PayPal esamina e decide. Lo saprai qui.";
    dispute_until(at) "Answer by {at}; after that PayPal decides without you." "Rispondi entro {at}; poi PayPal decide senza di te.";
    dispute_send_tracking "Send the tracking as proof" "Invia il tracciamento come prova";
    dispute_no_tracking "Nothing with a tracking number was sent yet: ship it, and send the number as proof."
        "Non è ancora stato spedito nulla con un numero: spedisci, e invia il numero come prova.";
    dispute_give_in "Give the money back" "Restituisci il denaro";
    dispute_give_in_title "Give all of it back?" "Restituire tutto?";
    dispute_give_in_text(peer) "PayPal gives {peer} the whole amount, and the dispute ends. This cannot be undone."
        "PayPal restituisce a {peer} l’intero importo e la contestazione finisce. Non si può annullare.";
}
