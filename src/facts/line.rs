//! One quiet line on a request that can be paid: what its seller's word was worth so far.

use super::lasted;
use crate::i18n::t;
use crate::parts::apart;
use crate::store::{answer, use_session};
use domain::facts::{Facts, Standing};
use leptos::prelude::*;
use stylers::style_sheet;

crate::part! {
    panels, fetch_line;
    /// The line itself. It comes with the panels.
    pub fn line_view(handle: String, on_open: Callback<()>) {
        view! { <FactsLine handle on_open /> }.into_any()
    }
}

/// The line, once it has come. Nothing else waits for it, and where it does not come nothing is said.
pub fn facts_on_card(handle: String, on_open: Callback<()>) -> AnyView {
    apart(fetch_line, move || line_view(handle.clone(), on_open), |_waiting| ().into_any())
}

/// What is known of a business in a line, which opens the sums behind it.
#[component]
fn FactsLine(
    /// The handle of the business.
    handle: String,
    /// Called for the sums.
    on_open: Callback<()>,
) -> impl IntoView {
    let class = style_sheet!("src/facts/line.css");
    let session = use_session();
    let told = answer(move || {
        let handle = handle.clone();
        async move { session.client().facts(&handle).await.ok() }
    });
    move || {
        let text = told.get().flatten().map(|standing| said(&standing))?;
        Some(view! { class=class,
            <button type="button" class="facts-line" on:click=move |_| on_open.run(())>{text}</button>
        })
    }
}

/// "Replies in about 12 min · 48 of 50 shipped on time", as far as there is anything to say.
fn said(standing: &Standing) -> String {
    match standing {
        Standing::New { orders: 0 } => t().facts_line_none().to_owned(),
        Standing::New { orders: 1 } => t().facts_line_one().to_owned(),
        Standing::New { orders } => t().facts_line_new(&orders.to_string()),
        Standing::Known { facts, .. } => figures(facts),
    }
}

fn figures(facts: &Facts) -> String {
    let replies = facts.replies.median.map(|median| t().facts_line_replies(&lasted(median)));
    let known = facts.shipping.known();
    let shipped = (known > 0).then(|| t().facts_line_shipped(&facts.shipping.on_time.to_string(), &known.to_string()));
    let said: Vec<String> = replies.into_iter().chain(shipped).collect();
    match (said.is_empty(), facts.orders) {
        (false, _) => said.join(" · "),
        (true, 0) => t().facts_line_quiet().to_owned(),
        (true, orders) => t().facts_line_orders(&orders.to_string()),
    }
}

crate::words! {
    facts_line_none "New on Bottega: no orders so far" "Su Bottega da poco: ancora nessun ordine";
    facts_line_one "New on Bottega: 1 order so far" "Su Bottega da poco: 1 ordine finora";
    facts_line_new(count) "New on Bottega: {count} orders so far" "Su Bottega da poco: {count} ordini finora";
    facts_line_replies(time) "Replies in about {time}" "Risponde in circa {time}";
    facts_line_shipped(kept, all) "{kept} of {all} shipped on time" "{kept} su {all} spediti in tempo";
    facts_line_orders(count) "{count} orders in the last 90 days" "{count} ordini negli ultimi 90 giorni";
    facts_line_quiet "No orders in the last 90 days" "Nessun ordine negli ultimi 90 giorni";
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::facts::{Promises, Waits};
    use domain::time::{Span, Timestamp};
    use wasm_bindgen_test::wasm_bindgen_test;

    fn known(median: Option<Span>, shipping: Promises) -> Standing {
        let at = Timestamp::from_millis(0);
        let replies = Waits { median, ..Waits::default() };
        let facts = Facts {
            since: at,
            orders: 0,
            replies,
            shipping,
            refunds: Waits::default(),
            helped: 0,
            decided_for_buyer: 0,
        };
        Standing::Known { first_order_at: at, facts }
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_line_says_what_there_is_and_no_more() {
        let shipping = Promises { on_time: 48, late: 2, open: 3 };
        let both = known(Some(Span::minutes(12)), shipping);
        assert_eq!(said(&both), "Replies in about 12 min · 48 of 50 shipped on time");
        assert_eq!(said(&known(None, shipping)), "48 of 50 shipped on time");
        assert_eq!(said(&known(None, Promises::default())), "No orders in the last 90 days");
        let Standing::Known { first_order_at, facts } = known(None, Promises { open: 3, ..Promises::default() }) else {
            panic!("it is known")
        };
        let waiting = Standing::Known { first_order_at, facts: Facts { orders: 3, ..facts } };
        assert_eq!(said(&waiting), "3 orders in the last 90 days");
        assert_eq!(said(&Standing::New { orders: 2 }), "New on Bottega: 2 orders so far");
    }
}
