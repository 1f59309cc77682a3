//! Of a way to pay: what one has agreed to, and every purchase that was paid with it.

use crate::format::{day, full_day, money};
use crate::i18n::t;
use crate::navigate::{Panel, panel_path};
use crate::refusal::sentence;
use crate::store::{Session, answer, use_session};
use crate::ui::{Icon, IconName, IconSize};
use api::client::ApiError;
use api::wire::{MethodUse, QueueEntry, QueueItem, SavedMethod};
use domain::ids::MethodId;
use leptos::prelude::*;
use leptos_router::components::A;

/// More purchases than anybody looks through; what is older is among the receipts.
const PAGES: usize = 50;

/// A purchase that was paid with it.
#[derive(Clone, PartialEq)]
struct Use {
    path: String,
    with: String,
    beneath: String,
    amount: String,
}

impl Use {
    fn of(entry: &QueueEntry, method: &MethodId) -> Option<Self> {
        match &entry.item {
            QueueItem::Order { order, payment } if payment.method.id.as_ref() == Some(method) => Some(Self {
                path: panel_path(&entry.thread, &Panel::Receipt(order.id.clone())),
                with: entry.peer.name.to_string(),
                beneath: format!("{} · {}", order.number.as_str(), day(order.placed_at)),
                amount: money(order.total()),
            }),
            QueueItem::Order { .. } | QueueItem::Request { .. } => None,
        }
    }
}

async fn all(session: Session, method: MethodId) -> Result<Vec<Use>, ApiError> {
    let (mut found, mut after) = (Vec::new(), None::<String>);
    for _ in 0..PAGES {
        let page = session.client().bought(after.as_deref()).await?;
        found.extend(page.entries.iter().filter_map(|entry| Use::of(entry, &method)));
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    Ok(found)
}

fn agreed(method: &SavedMethod) -> String {
    match (method.pays, method.agreed_at) {
        (MethodUse::AtOnce | MethodUse::InWindowThenKept, Some(at)) => t().uses_agreed(&full_day(at)),
        (MethodUse::AtOnce | MethodUse::InWindowThenKept, None) => t().uses_kept().to_owned(),
        (MethodUse::InWindow, _) => t().uses_window().to_owned(),
    }
}

/// What is behind a way to pay; looked up once it is opened.
#[component]
pub(super) fn Uses(
    /// Of which.
    method: SavedMethod,
) -> impl IntoView {
    let session = use_session();
    let is_open = RwSignal::new(false);
    let id = method.id.clone();
    let told = answer(move || {
        let (is_open, id) = (is_open.get(), id.clone());
        async move { if is_open { Some(all(session, id).await) } else { None } }
    });
    let row = |one: Use| {
        view! {
            <li>
                <A href=one.path attr:class="row compact">
                    <div>
                        <p class="value">{one.with}</p>
                        <p class="label">{one.beneath}</p>
                    </div>
                    <span class="num">{one.amount}</span>
                    <Icon name=IconName::Next size=IconSize::Tiny />
                </A>
            </li>
        }
    };
    let list = move || match told.get().flatten() {
        None => view! { <p class="muted">{t().loading()}</p> }.into_any(),
        Some(Err(error)) => view! { <p class="error" role="alert">{sentence(&error)}</p> }.into_any(),
        Some(Ok(uses)) if uses.is_empty() => view! { <p class="muted">{t().uses_none()}</p> }.into_any(),
        Some(Ok(uses)) => view! { <ul class="rows">{uses.into_iter().map(row).collect_view()}</ul> }.into_any(),
    };
    view! {
        <details class="uses" on:toggle=move |_| is_open.set(true)>
            <summary class="hint">{t().uses_title()}</summary>
            <p class="label">{agreed(&method)}</p>
            {list}
        </details>
    }
}

crate::words! {
    uses_title "Where it is used" "Dove è usato";
    uses_agreed(day) "You agreed on {day} that it is kept for your next payments."
        "Il {day} hai accettato che resti salvato per i prossimi pagamenti.";
    uses_kept "It is kept for your next payments. Remove it, and nothing more is paid with it."
        "È salvato per i prossimi pagamenti. Se lo rimuovi, non paga più nulla.";
    uses_window "Nothing of it is kept: you approve each payment in the processor’s window."
        "Non ne resta nulla: approvi ogni pagamento nella finestra del processore.";
    uses_none "Nothing has been paid with it yet." "Ancora nessun pagamento con questo.";
}
