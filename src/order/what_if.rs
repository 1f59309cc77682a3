//! What happens if it is late, lost or not as described, once it is paid: the sentences of checkout, with the dates that
//! this order has come to.

use super::live::LiveOrder;
use crate::format::day;
use crate::i18n::t;
use crate::ui::{Disclosure, IconName};
use domain::order::Promise;
use leptos::prelude::*;

fn sentence(promise: Promise, peer: &str) -> String {
    match promise {
        Promise::ShippedBy(at) => t().checkout_if_late(peer, &day(at)),
        Promise::ReadyBy(at) => t().checkout_if_not_ready(peer, &day(at)),
        Promise::ArrivesBy(at) => t().checkout_if_arrives(&day(at)),
        Promise::LostUntil(at) => t().checkout_if_lost(&day(at)),
        Promise::FetchedUntil(at) => t().checkout_if_not_handed_over(&day(at), peer),
        Promise::CheckedFor(span) => t().checkout_if_different(&span.whole_days().to_string(), peer),
        Promise::CheckedUntil(at) => t().order_if_different(&day(at), peer),
    }
}

/// The buyer's question, while there is something to answer.
#[component]
pub(super) fn WhatIf(
    /// Of which order.
    live: LiveOrder,
) -> impl IntoView {
    let answers = Memo::new(move |_| {
        let Some(market) = live.cell.state.with(domain::thread::Thread::market).filter(|_| live.buying()) else {
            return Vec::new();
        };
        let (now, peer) = (live.session.now.get(), live.peer_first());
        let promises = live.with_payment(|order, payment| order.promises(payment, market, now));
        promises.into_iter().map(|promise| sentence(promise, &peer)).collect()
    });
    let is_asked = Memo::new(move |_| !answers.read().is_empty());
    move || {
        is_asked.get().then(|| {
            view! { <Disclosure icon=IconName::Shield summary=t().checkout_what_if() answers /> }
        })
    }
}

crate::words! {
    order_if_different(date, peer) "Not as described? Say so until {date}. {peer} is paid only after that."
        "Diverso dalla descrizione? Dillo entro {date}. {peer} viene pagato solo dopo.";
}
