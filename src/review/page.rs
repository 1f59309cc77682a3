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
use domain::ids::{CaseId, OrderId};
use domain::order::Shipment;
use domain::picture::Picture;
use domain::thread::Role;
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
    // What is being read and decided stays as it is, whatever else comes or cannot be loaded for a while.
    let known = RwSignal::new(None::<Vec<Review>>);
    Effect::new(move || {
        if let Some(Ok(page)) = told.get() {
            known.set(Some(page.reviews));
        }
    });
    let ids = Memo::new(move |_| {
        let of = |review: &Review| (review.order.clone(), review.case.id.clone());
        known.read().as_ref().map(|reviews| reviews.iter().map(of).collect::<Vec<_>>())
    });
    let decided = Callback::new(move |()| again.update(|times| *times += 1));
    let failed = move || match told.get() {
        Some(Err(error)) => Some(view! { <p class="error" role="alert">{sentence(&error)}</p> }),
        Some(Ok(_)) | None => None,
    };
    let waits = move || ids.read().is_none().then(|| view! { <Skeleton label=t().loading() /> });
    let none = move || {
        ids.read().as_ref().is_some_and(Vec::is_empty).then(|| view! { <p class="muted">{t().reviews_none()}</p> })
    };
    let one = move |(_, case): (OrderId, CaseId)| {
        let review = Memo::new(move |_| {
            known.with(|known| known.as_ref()?.iter().find(|review| review.case.id == case).cloned())
        });
        view! { <Reviewed session review decided /> }
    };
    let body = view! {
        {failed}
        {waits}
        {none}
        <ol class="reviews">
            <For each=move || ids.get().unwrap_or_default() key=|(_, case)| case.clone() children=one />
        </ol>
    };
    view! { class=class,
        <div class="reviews-page" data-scroll="">
            <h1>{t().reviews_title()}</h1>
            <p class="muted">{t().reviews_note()}</p>
            {body}
        </div>
    }
}

/// One case, as much of it as a reviewer may see, and the decision beneath, which is not drawn anew with it.
#[component]
fn Reviewed(session: Session, review: Memo<Option<Review>>, decided: Callback<()>) -> impl IntoView {
    let class = style_sheet!("src/review/page.css");
    review.get_untracked().map(|first| {
        let (order, case) = (first.order.clone(), first.case.id.clone());
        let names = names(&first);
        let title = t().reviews_order(first.number.as_str());
        let heading = format!("review-{case}");
        let labelled = heading.clone();
        let shown = move || review.get().map(|review| facts(session, &review));
        let wish = first.case.last_offer(Role::Buyer).map(|offer| offer.remedy);
        view! { class=class,
            <li aria-labelledby=labelled>
                <h2 id=heading>{title}</h2>
                {shown}
                <Decide order case claim=first.claim wish names decided />
            </li>
        }
    })
}

fn names(review: &Review) -> Names {
    let called = |account: &Account| first_name(account.name.as_str()).to_owned();
    Names::of_others(called(&review.buyer), called(&review.seller))
}

/// What there is to know of a case.
fn facts(session: Session, review: &Review) -> impl IntoView + use<> {
    let class = style_sheet!("src/review/page.css");
    let shown = {
        let order = review.order.clone();
        Arc::new(move |picture, words| photo(session, &order, picture, words))
    };
    let by = review.case.until().map(|at| t().reviews_by(&exact_deadline(at, session.now_untracked())));
    let to = match &review.to {
        Destination::Town { city, state } => format!("{city}, {state}"),
        Destination::Address { .. } | Destination::Digital => t().reviews_digital().to_owned(),
        Destination::Pickup => t().reviews_pickup().to_owned(),
    };
    let parcels = review.shipments.iter().chain(review.case.parcel()).map(parcel).collect_view();
    let fact = |name: &'static str, what: String| view! { class=class, <dt>{name}</dt> <dd>{what}</dd> };
    view! { class=class,
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
        <CaseStory case=review.case.clone() items=review.items.clone() names=names(review) shown />
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
fn photo(session: Session, order: &OrderId, picture: Picture, words: String) -> AnyView {
    let class = style_sheet!("src/review/page.css");
    let Picture::Photo(photo) = picture else { return ().into_any() };
    let order = order.clone();
    let address = answer(move || {
        let (order, photo) = (order.clone(), photo.clone());
        async move { session.client().reviewed_photo(&order, &photo).await.ok().map(|photo| photo.url) }
    });
    let shown = move || match address.get().flatten() {
        Some(src) => view! { class=class, <img src=src alt=words.clone() /> }.into_any(),
        None => ().into_any(),
    };
    shown.into_any()
}

crate::words! {
    reviews_title "Cases to decide" "Segnalazioni da decidere";
    reviews_note "You see what the two have shown for their case, and nothing else of their conversation. What nobody decides in time goes on by itself." "Vedi ciò che i due hanno mostrato per la segnalazione, e nient’altro della conversazione. Ciò che nessuno decide in tempo prosegue da solo.";
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
