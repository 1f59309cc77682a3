//! Who is across, whose turn it is, and until when.

use super::presence::{Presence, presence_of, tell_presence};
use super::seek::go_to_card;
use crate::headline::short;
use crate::i18n::t;
use crate::navigate::{Panel, use_panels};
use crate::refusal::sentence;
use crate::store::{ThreadCell, new_key, use_session};
use crate::ui::{Avatar, AvatarSize, Icon, IconButton, IconName, IconSize, Menu, MenuItem};
use api::wire::Mute;
use domain::headline::{About, HeadlineState};
use domain::thread::Role;
use leptos::prelude::*;
use leptos::task::spawn_local;
use stylers::style_sheet;

/// The head of a thread.
#[component]
pub(super) fn ThreadHeader(cell: ThreadCell) -> impl IntoView {
    let class = style_sheet!("src/thread/header.css");
    let session = use_session();
    let panels = use_panels();
    let id = cell.id();
    let entry = session.inbox.entry(&id);
    let peer = move || entry.map(|entry| entry.with(|entry| entry.peer.clone()));
    let name = Signal::derive(move || peer().map(|peer| peer.name.to_string()).unwrap_or_default());
    let picture = Signal::derive(move || peer().map(|peer| peer.avatar.to_string()));
    let presence = presence_of(session, cell);
    tell_presence(session, cell, presence);
    let is_here = Signal::derive(move || presence.get() == Presence::Here);
    let status = move || {
        let peer = peer()?;
        match presence.get() {
            Presence::Here => return Some(t().thread_here().to_owned()),
            Presence::Was(minutes) => return Some(t().thread_was_here(&minutes.to_string())),
            Presence::Unknown => {}
        }
        Some(format!("{}, {}", peer.city, peer.state))
    };
    let menu_id = StoredValue::new(id);
    let menu = move |()| {
        let id = menu_id.get_value();
        let muted = entry.is_some_and(|entry| entry.with_untracked(|entry| entry.muted));
        let mute = move |()| {
            let id = id.clone();
            spawn_local(async move {
                match session.client().mute(&new_key(), &id, &Mute { muted: !muted }).await {
                    Ok(()) => session.refresh_inbox(),
                    Err(error) => session.toast(sentence(&error)),
                }
            });
        };
        vec![
            MenuItem {
                label: t().thread_search().into(),
                icon: Some(IconName::Search),
                danger: false,
                run: Callback::new(move |()| panels.open(&Panel::Search)),
            },
            MenuItem {
                label: t().thread_about().into(),
                icon: Some(IconName::Info),
                danger: false,
                run: Callback::new(move |()| panels.open(&Panel::About)),
            },
            MenuItem {
                label: if muted { t().thread_unmute() } else { t().thread_mute() }.into(),
                icon: Some(if muted { IconName::Bell } else { IconName::Mute }),
                danger: false,
                run: Callback::new(mute),
            },
        ]
    };
    let shop = (cell.role == Role::Buyer).then(|| {
        view! {
            <IconButton
                icon=IconName::Store
                label=t().thread_catalogue()
                on_click=Callback::new(move |()| panels.open(&Panel::Catalogue))
            />
        }
    });
    view! { class=class,
        <header class="thread-head">
            <a class="icon-button back" href="/" aria-label=t().thread_back() title=t().thread_back()>
                <Icon name=IconName::Back />
            </a>
            <div class="who">
                <Avatar name picture size=AvatarSize::S40 active=is_here />
                <div class="names">
                    <h1>{move || name.get()}</h1>
                    <p class="status">{status}</p>
                </div>
            </div>
            {shop}
            <Menu label=t().thread_more() items=Callback::new(menu) />
        </header>
        <TurnLine cell name />
    }
}

/// The headline of the thread; a tap leads to what it is about.
#[component]
fn TurnLine(cell: ThreadCell, name: Signal<String>) -> impl IntoView {
    let class = style_sheet!("src/thread/turn_line.css");
    let session = use_session();
    let panels = use_panels();
    let headline = Memo::new(move |_| cell.state.with(|state| state.headline()));
    let minute = Memo::new(move |_| session.now.get().as_millis() / 60_000);
    move || {
        let headline = headline.get()?;
        let _now = minute.get();
        let line = short(&headline, cell.role, &name.read(), session.now_untracked());
        let about = headline.about.clone();
        let open = move |_| match &about {
            About::Order(order) => panels.open(&Panel::Order(order.clone())),
            About::Request(request) => {
                let request = request.clone();
                spawn_local(async move {
                    if let Err(error) = go_to_card(session, cell, request.as_str()).await {
                        session.toast(sentence(&error));
                    }
                });
            }
        };
        let urgent = headline.by.is_some_and(|by| by.since(session.now_untracked()).as_millis() < 86_400_000);
        Some(view! { class=class,
            <button type="button" class="turn" data-mine=line.mine.then_some("") data-urgent=(line.mine && urgent).then_some("") on:click=open>
                <Icon name=icon(headline.state) size=IconSize::Small />
                <span class="words" role="status">
                    {line.turn.map(|turn| view! { <b>{turn}" "</b> })}
                    {line.text}
                </span>
                <Icon name=IconName::Next size=IconSize::Small />
            </button>
        })
    }
}

fn icon(state: HeadlineState) -> IconName {
    match state {
        HeadlineState::CaseOpen | HeadlineState::Disputed => IconName::Help,
        HeadlineState::CaseReview => IconName::Scales,
        HeadlineState::ToSendBack | HeadlineState::ComingBack => IconName::Return,
        HeadlineState::Paying | HeadlineState::CheckingPayment | HeadlineState::PaymentPending => IconName::Hourglass,
        HeadlineState::ActionRequired => IconName::Lock,
        HeadlineState::ToPay | HeadlineState::ToAnswer | HeadlineState::ExtensionAsked => IconName::Clock,
        HeadlineState::ToShip
        | HeadlineState::Preparing
        | HeadlineState::RestToShip
        | HeadlineState::Lost
        | HeadlineState::ToMakeReady => IconName::Box,
        HeadlineState::ToFetch => IconName::Store,
        HeadlineState::OnItsWay
        | HeadlineState::NoNews { .. }
        | HeadlineState::Delayed
        | HeadlineState::Attempted
        | HeadlineState::ReadyForPickup
        | HeadlineState::OutForDelivery => IconName::Truck,
        HeadlineState::ToCheck | HeadlineState::Done => IconName::CheckCircle,
        HeadlineState::PayingOut => IconName::Coins,
        HeadlineState::Declined | HeadlineState::Withdrawn | HeadlineState::Expired => IconName::CrossCircle,
        HeadlineState::Cancelled { .. } | HeadlineState::Refunding | HeadlineState::Refunded => IconName::Return,
    }
}

crate::words! {
    thread_back "Back to messages" "Torna ai messaggi";
    thread_more "More" "Altro";
    thread_search "Search in conversation" "Cerca nella conversazione";
    thread_about "About" "Informazioni";
    thread_mute "Mute" "Silenzia";
    thread_unmute "Unmute" "Riattiva";
    thread_catalogue "Catalogue" "Catalogo";
    thread_here "Active now" "In linea";
    thread_was_here(minutes) "Active {minutes} min ago" "In linea {minutes} min fa";
}
