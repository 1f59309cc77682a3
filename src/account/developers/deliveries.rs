//! The last tries to deliver to a webhook, when they are asked for.

use crate::format::day_and_clock;
use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::use_session;
use crate::ui::{Button, ButtonSize, ButtonVariant};
use api::wire::{Delivery, DeliveryOutcome, Silence};
use leptos::prelude::*;
use stylers::style_sheet;

/// How many are shown.
const SHOWN: usize = 10;

/// The last tries to deliver to a webhook.
#[component]
pub(super) fn Deliveries(
    /// Of which webhook.
    id: String,
) -> impl IntoView {
    let class = style_sheet!("src/account/devices.css");
    let session = use_session();
    let ask = Action::new_local(move |(): &()| {
        let (client, id) = (session.client(), id.clone());
        async move { client.deliveries(&id).await }
    });
    let row = move |Delivery { event, at, outcome, .. }: Delivery| {
        view! { class=class,
            <li>
                <div class="row">
                    <div class="what">
                        <p><code>{event}</code></p>
                        <p class="muted fine">{format!("{} · {}", day_and_clock(at), said(outcome))}</p>
                    </div>
                </div>
            </li>
        }
    };
    let shown = move || match ask.value().get() {
        None => ().into_any(),
        Some(Err(error)) => view! { class=class, <p class="row error" role="alert">{sentence(&error)}</p> }.into_any(),
        Some(Ok(all)) if all.is_empty() => {
            view! { class=class, <p class="row muted fine" role="status">{t().deliveries_none()}</p> }.into_any()
        }
        Some(Ok(all)) => {
            let newest = all.into_iter().rev().take(SHOWN);
            view! { class=class, <ul aria-label=t().deliveries_show()>{newest.map(row).collect_view()}</ul> }.into_any()
        }
    };
    view! { class=class,
        <div class="row">
            <Button
                size=ButtonSize::Small
                variant=ButtonVariant::Quiet
                pending=ask.pending()
                on_click=move |()| drop(ask.dispatch_local(()))
            >
                {t().deliveries_show()}
            </Button>
        </div>
        {shown}
    }
}

fn said(outcome: DeliveryOutcome) -> String {
    match outcome {
        DeliveryOutcome::Delivered { status } => t().deliveries_taken(&status.to_string()),
        DeliveryOutcome::Refused { status } => t().deliveries_refused(&status.to_string()),
        DeliveryOutcome::Unanswered { why: Silence::TimedOut } => t().deliveries_late().to_owned(),
        DeliveryOutcome::Unanswered { why: Silence::Unreachable } => t().deliveries_nobody().to_owned(),
        DeliveryOutcome::Unanswered { why: Silence::ForbiddenAddress } => t().proof_forbidden_address().to_owned(),
    }
}

crate::words! {
    deliveries_show "Last deliveries" "Ultimi invii";
    deliveries_none "Nothing has been delivered yet." "Non è stato ancora inviato nulla.";
    deliveries_taken(status) "Taken ({status})" "Ricevuto ({status})";
    deliveries_refused(status) "Refused ({status})" "Rifiutato ({status})";
    deliveries_late "No answer within ten seconds" "Nessuna risposta entro dieci secondi";
    deliveries_nobody "Nobody can be reached there" "Nessuno raggiungibile a questo indirizzo";
}
