//! What is on the way, above the list: a ring of five steps around each picture.

use crate::format::{clock, same_day, short_day};
use crate::i18n::t;
use crate::navigate::{Panel, panel_path, thread_path};
use crate::store::use_session;
use api::wire::InboxEntry;
use domain::headline::{About, HeadlineState, Turn};
use domain::time::Timestamp;
use leptos::prelude::*;
use stylers::style_sheet;

/// Requests and orders that are not finished.
#[component]
pub(super) fn TrayOfOrders() -> impl IntoView {
    let class = style_sheet!("src/inbox/tray.css");
    let session = use_session();
    let entries = Memo::new(move |_| {
        let threads = session.inbox.primary.get();
        let entries = threads.iter().filter_map(|thread| session.inbox.entry(thread));
        entries.map(|entry| entry.get()).filter(|entry| entry.tray.is_some()).take(20).collect::<Vec<_>>()
    });
    let today = Memo::new(move |_| session.now.get().as_millis() / 60_000);
    let story = move |entry: InboxEntry| {
        let now = Timestamp::from_millis(today.get_untracked() * 60_000);
        let (head, foot) = caption(&entry, now);
        let steps = entry.tray.as_ref().map_or(0, |tray| tray.steps);
        let sold = entry.tray.as_ref().and_then(|tray| tray.picture.as_ref());
        let sold = sold.map(|picture| session.picture(&entry.thread, picture));
        let face = entry.peer.avatar.to_string();
        let picture = move || sold.and_then(|sold| sold.get()).unwrap_or_else(|| face.clone());
        view! { class=class,
            <li>
                <a href=address(&entry)>
                    <span class="story">
                        <img src=picture alt="" width="58" height="58" />
                        <svg viewBox="0 0 68 68" aria-hidden="true">
                            {(0..5).map(|step| view! { class=class,
                                <path d=arc(step) data-state=if step < steps { "done" } else { "todo" } />
                            }).collect_view()}
                        </svg>
                    </span>
                    <b>{head}</b>
                    <small>{foot}</small>
                    <span class="sr-only">{entry.peer.name.to_string()}</span>
                </a>
            </li>
        }
    };
    view! { class=class,
        <Show when=move || !entries.read().is_empty()>
            <ul class="tray" aria-label=t().inbox_tray() tabindex="-1">
                {move || {
                    let _now = today.get();
                    entries.get().into_iter().map(story).collect_view()
                }}
            </ul>
        </Show>
    }
}

fn address(entry: &InboxEntry) -> String {
    match entry.headline.as_ref().map(|headline| &headline.about) {
        Some(About::Order(order)) => panel_path(&entry.thread, &Panel::Order(order.clone())),
        Some(About::Request(_)) | None => thread_path(&entry.thread),
    }
}

fn caption(entry: &InboxEntry, now: Timestamp) -> (String, String) {
    let Some(headline) = &entry.headline else { return (String::new(), String::new()) };
    let by = headline.by.map(|by| if same_day(by, now) { clock(by) } else { short_day(by) }).unwrap_or_default();
    let mine = headline.turn == Turn::from(entry.role);
    let foot = match headline.state {
        HeadlineState::ToPay => t().tray_pay_by(&by),
        HeadlineState::ToShip | HeadlineState::Preparing | HeadlineState::RestToShip | HeadlineState::Lost => {
            t().tray_ships_by(&by)
        }
        HeadlineState::OnItsWay
        | HeadlineState::NoNews { .. }
        | HeadlineState::OutForDelivery
        | HeadlineState::Delayed
        | HeadlineState::Attempted => t().tray_by(&by),
        HeadlineState::ToMakeReady => t().tray_ready_by(&by),
        HeadlineState::ReadyForPickup | HeadlineState::ToFetch => t().tray_pick_up().to_owned(),
        HeadlineState::ToCheck => t().tray_all_ok().to_owned(),
        HeadlineState::ToAnswer | HeadlineState::ExtensionAsked => t().tray_answer_by(&by),
        HeadlineState::CaseOpen
        | HeadlineState::CaseReview
        | HeadlineState::ToSendBack
        | HeadlineState::ComingBack
        | HeadlineState::Disputed => t().tray_help().to_owned(),
        HeadlineState::ActionRequired => t().tray_confirm().to_owned(),
        HeadlineState::Paying | HeadlineState::CheckingPayment | HeadlineState::PaymentPending => {
            t().tray_paying().to_owned()
        }
        HeadlineState::Refunding => t().tray_refund().to_owned(),
        HeadlineState::PayingOut
        | HeadlineState::Declined
        | HeadlineState::Withdrawn
        | HeadlineState::Expired
        | HeadlineState::Done
        | HeadlineState::Cancelled { .. }
        | HeadlineState::Refunded => String::new(),
    };
    let head = if mine {
        t().tray_your_turn().to_owned()
    } else {
        match headline.state {
            HeadlineState::Delayed => t().tray_late().to_owned(),
            _carried if headline.is_late(now) => t().tray_late().to_owned(),
            HeadlineState::OutForDelivery => t().tray_today().to_owned(),
            HeadlineState::OnItsWay | HeadlineState::NoNews { .. } | HeadlineState::Attempted => {
                t().tray_on_its_way().to_owned()
            }
            _others_name_the_peer => crate::headline::first_name(entry.peer.name.as_str()).to_owned(),
        }
    };
    (head, foot)
}

/// The n-th of five arcs of a ring of radius 32, with gaps, clockwise from the top.
fn arc(step: u8) -> &'static str {
    match step {
        0 => "M36.8 2.1A32 32 0 0 1 62.8 20.3",
        1 => "M65.2 25.4A32 32 0 0 1 55.5 57.5",
        2 => "M51.1 61.1A32 32 0 0 1 16.9 61.1",
        3 => "M12.5 57.5A32 32 0 0 1 2.8 25.4",
        _last => "M5.2 20.3A32 32 0 0 1 31.2 2.1",
    }
}
