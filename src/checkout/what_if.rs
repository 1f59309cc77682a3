//! What happens if it is late, lost or not as described: computed from this order's own policy.

use super::pay::Checkout;
use super::promises::Promises;
use crate::format::day;
use crate::headline::first_name;
use crate::i18n::t;
use crate::ui::{Disclosure, IconName};
use leptos::prelude::*;

const MINUTE: i64 = 60 * 1000;

/// What is promised, in sentences with dates.
#[component]
pub(super) fn WhatIf(
    /// The checkout.
    checkout: Checkout,
) -> impl IntoView {
    let sentences = Memo::new(move |_| {
        let Some(market) = checkout.cell.state.with(|state| state.market()) else { return Vec::new() };
        let promises = Promises::of(market, checkout.session.now.get());
        let peer = checkout.peer.with_value(|peer| first_name(peer).to_owned());
        let days = promises.check.whole_days().to_string();
        let undo = t().checkout_if_undo(&(promises.undo.as_millis() / MINUTE).to_string());
        if checkout.is_digital() {
            return vec![undo, t().checkout_if_digital(&days, &peer)];
        }
        let option = checkout.delivery();
        if !checkout.needs_address() {
            let ready = t().checkout_if_not_ready(&peer, &day(promises.ship_by));
            return vec![ready, t().checkout_if_not_handed_over(&day(promises.help_until), &peer), undo];
        }
        let arrives = checkout.request.with(|request| {
            let delivery = request.current().terms.delivery().get(option);
            delivery.and_then(|delivery| promises.arrives_by(market, delivery))
        });
        let late = t().checkout_if_late(&peer, &day(promises.ship_by));
        let arrives = arrives.map(|by| t().checkout_if_arrives(&day(by)));
        let late = [Some(late), arrives].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let lost = t().checkout_if_lost(&day(promises.help_until));
        vec![late, lost, t().checkout_if_different(&days, &peer), undo]
    });
    view! { <Disclosure icon=IconName::Shield summary=t().checkout_what_if() answers=sentences /> }
}
