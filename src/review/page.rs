//! The cases that wait for a reviewer, what is due first first.

use super::decide::Decide;
use crate::format::{day_and_clock, exact_deadline, full_day, money};
use crate::headline::first_name;
use crate::help::{CaseStory, Names};
use crate::i18n::t;
use crate::order::scan;
use crate::refusal::sentence;
use crate::store::{Session, answer, use_session};
use crate::ui::{Avatar, AvatarSize, Skeleton};
use api::wire::{Account, Review};
use domain::address::Destination;
use domain::order::Shipment;
use domain::picture::Picture;
use leptos::prelude::*;
use std::sync::Arc;
use stylers::style_sheet;

/// How often it is looked for what is new, in milliseconds.
const EVERY: i64 = 15_000;

/// The cases that wait for a decision; each with what a reviewer may see of it, and the decision beneath.
#[component]
pub fn ReviewsPage() -> impl IntoView {
    let class = style_sheet!("src/review/page.css");
    let session = use_session();
    let again = RwSignal::new(0_u32);
    let beat = Memo::new(move |_| session.now.get().as_millis() / EVERY);
    let told = answer(move || {
        let _asked = (again.get(), beat.get());
        async move { session.client().reviews(None).await }
    });
    // A case that is read is not drawn anew when the same is told again.
    let known = Memo::new(move |_| told.get().map(|told| told.map(|page| page.reviews)));
    let decided = Callback::new(move |()| again.update(|times| *times += 1));
    let body = move || match known.get() {
        None => view! { <Skeleton label=t().loading() /> }.into_any(),
        Some(Err(error)) => view! { <p class="error" role="alert">{sentence(&error)}</p> }.into_any(),
        Some(Ok(reviews)) if reviews.is_empty() => view! { <p class="muted">{t().reviews_none()}</p> }.into_any(),
        Some(Ok(reviews)) => {
            let one = |review: Review| view! { <Reviewed session review decided /> };
            view! { <ol class="reviews">{reviews.into_iter().map(one).collect_view()}</ol> }.into_any()
        }
    };
    view! { class=class,
        <div class="reviews-page" data-scroll="">
            <h1>{t().reviews_title()}</h1>
            <p class="muted">{t().reviews_note()}</p>
            {body}
        </div>
    }
}

/// One case, as much of it as a reviewer may see.
#[component]
fn Reviewed(session: Session, review: Review, decided: Callback<()>) -> impl IntoView {
    let class = style_sheet!("src/review/page.css");
    let order = review.order.clone();
    let shown = {
        let order = order.clone();
        Arc::new(move |picture| photo(session, &order, picture))
    };
    let called = |account: &Account| first_name(account.name.as_str()).to_owned();
    let names = Names { buyer: called(&review.buyer), seller: called(&review.seller) };
    let by = review.case.until().map(|at| t().reviews_by(&exact_deadline(at, session.now_untracked())));
    let title = review.number.as_str().to_owned();
    let to = match &review.to {
        Destination::Town { city, state } => format!("{city}, {state}"),
        Destination::Address { .. } | Destination::Digital => t().reviews_digital().to_owned(),
        Destination::Pickup => t().reviews_pickup().to_owned(),
    };
    let parcels = review.shipments.iter().map(parcel).collect_view();
    let fact = |name: &'static str, what: String| view! { class=class, <dt>{name}</dt> <dd>{what}</dd> };
    view! { class=class,
        <li aria-labelledby=format!("review-{}", review.case.id)>
            <h2 id=format!("review-{}", review.case.id)>{t().reviews_order(&title)}</h2>
            {by.map(|by| view! { class=class, <p class="headline">{by}</p> })}
            <div class="two">
                {person(&review.buyer, t().reviews_buys())}
                {person(&review.seller, t().reviews_sells())}
            </div>
            <dl class="totals">
                {fact(t().reviews_paid(), money(review.total))}
                {fact(t().reviews_returned(), money(review.returned))}
                {fact(t().reviews_claim(), money(review.claim))}
                {fact(t().reviews_placed(), day_and_clock(review.placed_at))}
                {fact(t().reviews_ship_by(), day_and_clock(review.ship_by))}
                {fact(t().reviews_to(), to)}
            </dl>
            {parcels}
            <CaseStory case=review.case.clone() items=review.items.clone() names=names.clone() shown />
            <Decide order case=review.case.id.clone() claim=review.claim names decided />
        </li>
    }
}

fn person(account: &Account, what: &'static str) -> impl IntoView + use<> {
    let class = style_sheet!("src/review/page.css");
    let since = t().reviews_since(&full_day(account.joined_at));
    view! { class=class,
        <div class="person">
            <Avatar
                name=account.name.to_string()
                picture=Some(account.avatar.to_string())
                size=AvatarSize::S32
            />
            <p>
                <b>{account.name.to_string()}</b>
                <span class="muted fine">{format!("{what} · {since}")}</span>
            </p>
        </div>
    }
}

/// A parcel with what its carrier said, oldest first.
fn parcel(shipment: &Shipment) -> impl IntoView + use<> {
    let class = style_sheet!("src/review/page.css");
    let number = shipment.tracking.as_ref().map(|number| number.grouped()).unwrap_or_default();
    let title = format!("{} {number}", shipment.carrier.name());
    let scans = shipment.events.iter().map(|event| {
        let place = event.place.as_ref().map(|place| format!(" · {place}")).unwrap_or_default();
        format!("{} · {}{place}", day_and_clock(event.at), scan(event.status))
    });
    view! { class=class,
        <details>
            <summary>{title}</summary>
            <ol>{scans.map(|scan| view! { class=class, <li class="fine">{scan}</li> }).collect_view()}</ol>
        </details>
    }
}

/// A photo of the case; others a reviewer is not shown.
fn photo(session: Session, order: &domain::ids::OrderId, picture: Picture) -> AnyView {
    let class = style_sheet!("src/review/page.css");
    let Picture::Photo(photo) = picture else { return ().into_any() };
    let order = order.clone();
    let address = answer(move || {
        let (order, photo) = (order.clone(), photo.clone());
        async move { session.client().reviewed_photo(&order, &photo).await.ok().map(|photo| photo.url) }
    });
    let shown = move || match address.get().flatten() {
        Some(src) => view! { class=class, <img class="evidence" src=src alt=t().show_a_photo() /> }.into_any(),
        None => view! { class=class, <span class="evidence"></span> }.into_any(),
    };
    shown.into_any()
}

crate::words! {
    reviews_title "Cases to decide" "Segnalazioni da decidere";
    reviews_note "You see what the two have shown for their case, and nothing else of their conversation. What nobody decides in time goes as it was offered last." "Vedi ciò che i due hanno mostrato per il caso, e nient’altro della conversazione. Ciò che nessuno decide in tempo va come proposto per ultimo.";
    reviews_none "No case waits for a decision." "Nessuna segnalazione attende una decisione.";
    reviews_by(at) "To be decided by {at}" "Da decidere entro {at}";
    reviews_order(number) "Order {number}" "Ordine {number}";
    reviews_buys "buys" "compra";
    reviews_sells "sells" "vende";
    reviews_since(day) "here since {day}" "qui dal {day}";
    reviews_paid "Paid" "Pagato";
    reviews_returned "Already back" "Già restituito";
    reviews_claim "At stake" "In gioco";
    reviews_placed "Bought" "Comprato";
    reviews_ship_by "To be sent by" "Da spedire entro";
    reviews_to "Goes to" "Destinazione";
    reviews_digital "Nowhere: it is digital" "Da nessuna parte: è digitale";
    reviews_pickup "Fetched at the seller’s" "Ritirato dal venditore";
}
