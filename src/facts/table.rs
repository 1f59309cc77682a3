//! A figure for each thing that a business promises, and behind each the sums that it comes from.

use super::lasted;
use crate::format::full_day;
use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::{answer, use_session};
use crate::ui::{Button, Skeleton, SkeletonKind};
use domain::facts::{ENOUGH_ORDERS, Facts, Standing, Waits};
use domain::time::Timestamp;
use leptos::prelude::*;
use stylers::style_sheet;

/// How a business keeps its word.
#[component]
pub fn FactsOf(
    /// The handle of the business.
    handle: String,
) -> impl IntoView {
    let class = style_sheet!("src/facts/table.css");
    let session = use_session();
    let again = RwSignal::new(0);
    let told = answer(move || {
        again.track();
        let handle = handle.clone();
        async move { session.client().facts(&handle).await }
    });
    let body = move || match told.get() {
        None => view! { <Skeleton kind=SkeletonKind::Lines count=4 label=t().loading() /> }.into_any(),
        Some(Err(error)) => {
            let retry = Callback::new(move |()| again.update(|times| *times += 1));
            view! { class=class,
                <p class="error" role="alert">{sentence(&error)}</p>
                <Button on_click=retry>{t().list_retry()}</Button>
            }
            .into_any()
        }
        Some(Ok(Standing::New { orders })) => new_here(orders).into_any(),
        Some(Ok(Standing::Known { first_order_at, facts })) => figures(first_order_at, &facts).into_any(),
    };
    view! { class=class,
        <section class="facts-of-a-business" aria-labelledby="facts">
            <h3 id="facts">{t().facts_title()}</h3>
            {body}
        </section>
    }
}

fn new_here(orders: u32) -> impl IntoView + use<> {
    let class = style_sheet!("src/facts/table.css");
    let so_far = match orders {
        0 => t().facts_none_yet().to_owned(),
        1 => t().facts_one_yet().to_owned(),
        orders => t().facts_few_yet(&orders.to_string()),
    };
    view! { class=class,
        <p class="notice"><b>{so_far}</b> " " {t().facts_new_note(&ENOUGH_ORDERS.to_string())}</p>
    }
}

fn figures(first_order_at: Timestamp, facts: &Facts) -> impl IntoView + use<> {
    let class = style_sheet!("src/facts/table.css");
    let row = move |name: &'static str, figure: String, sums: Vec<String>| {
        view! { class=class,
            <li>
                <details>
                    <summary>
                        <span>{name}</span>
                        <b>{figure}</b>
                    </summary>
                    {sums.into_iter().map(|sum| view! { class=class, <p class="muted fine">{sum}</p> }).collect_view()}
                </details>
            </li>
        }
    };
    let none = || t().facts_nothing_to_count().to_owned();
    let figure = |waits: &Waits| waits.median.map_or_else(none, |median| t().facts_about(&lasted(median)));
    let orders = facts.orders.to_string();
    let (known, on_time) = (facts.shipping.known(), facts.shipping.on_time.to_string());
    let shipped = if known == 0 { none() } else { t().facts_of(&on_time, &known.to_string()) };
    let shipping = vec![
        t().facts_shipped_sums(&orders, &known.to_string()),
        t().facts_shipped_split(&on_time, &facts.shipping.late.to_string(), &facts.shipping.open.to_string()),
    ];
    let helped = if facts.orders == 0 { none() } else { t().facts_of(&facts.helped.to_string(), &orders) };
    let cases = vec![
        t().facts_helped_sums(&facts.helped.to_string(), &orders),
        t().facts_decided(&facts.decided_for_buyer.to_string()),
    ];
    let mut refunds = waited(&facts.refunds, t().facts_refunds_sums(&facts.refunds.count.to_string()));
    refunds.push(t().facts_refunds_open(&facts.refunds.open.to_string()));
    view! { class=class,
        <ul>
            {row(t().facts_replies(), figure(&facts.replies), waited(&facts.replies, t().facts_replies_sums(&facts.replies.count.to_string())))}
            {row(t().facts_shipped(), shipped, shipping)} {row(t().facts_refunds(), figure(&facts.refunds), refunds)}
            {row(t().facts_helped(), helped, cases)}
        </ul>
        <p class="muted fine">{t().facts_note(&full_day(facts.since), &full_day(first_order_at))}</p>
    }
}

/// What a wait is the middle of, and how long the longest was.
fn waited(waits: &Waits, sums: String) -> Vec<String> {
    let longest = waits.longest.map(|longest| t().facts_longest(&lasted(longest)));
    std::iter::once(sums).chain(longest).collect()
}

crate::words! {
    facts_title "How orders went" "Come sono andati gli ordini";
    facts_none_yet "New on Bottega: no orders so far." "Su Bottega da poco: ancora nessun ordine.";
    facts_one_yet "New on Bottega: 1 order so far." "Su Bottega da poco: 1 ordine finora.";
    facts_few_yet(count) "New on Bottega: {count} orders so far." "Su Bottega da poco: {count} ordini finora.";
    facts_new_note(enough) "Figures are shown from {enough} orders on: fewer say little. Your money is kept until you have what you paid for."
        "Le cifre compaiono da {enough} ordini in poi: meno dicono poco. I tuoi soldi restano in custodia finché non hai ciò che hai pagato.";
    facts_nothing_to_count "none yet" "ancora nessuno";
    facts_about(time) "about {time}" "circa {time}";
    facts_of(part, all) "{part} of {all}" "{part} su {all}";
    facts_replies "Replies in" "Risponde in";
    facts_replies_sums(count) "The middle one of {count} answers, from the first message without an answer."
        "Quella di mezzo fra {count} risposte, dal primo messaggio senza risposta.";
    facts_longest(time) "The longest took {time}." "La più lunga: {time}.";
    facts_shipped "Shipped on time" "Spediti in tempo";
    facts_shipped_sums(orders, known) "Of {orders} orders, {known} were shipped or have passed the day that was promised."
        "Su {orders} ordini, {known} sono stati spediti o hanno superato il giorno promesso.";
    facts_shipped_split(kept, late, open) "On time: {kept}. Late: {late}. Still open: {open}."
        "In tempo: {kept}. In ritardo: {late}. Ancora aperti: {open}.";
    facts_refunds "Money back in" "Rimborsi in";
    facts_refunds_sums(count) "The middle one of {count} refunds, from asking for help, or from the seller’s own decision."
        "Quello di mezzo fra {count} rimborsi, dalla richiesta di aiuto o dalla decisione del venditore.";
    facts_refunds_open(count) "On their way: {count}." "In arrivo: {count}.";
    facts_helped "Asked for help" "Richieste di aiuto";
    facts_helped_sums(helped, orders) "Orders for which somebody asked for help: {helped} of {orders}."
        "Ordini per cui è stato chiesto aiuto: {helped} su {orders}.";
    facts_decided(count) "Decided for the buyer by a reviewer: {count}." "Decisi da un revisore a favore dell’acquirente: {count}.";
    facts_note(since, first) "Counted from orders and messages since {since}; nobody can write or buy these figures. First order: {first}."
        "Contato dagli ordini e dai messaggi dal {since}; nessuno può scrivere o comprare queste cifre. Primo ordine: {first}.";
}
