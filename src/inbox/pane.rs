//! The list of threads.

use super::row::InboxRow;
use super::search::{fetch_results, results_view};
use super::tray::TrayOfOrders;
use crate::damage::Trouble;
use crate::i18n::t;
use crate::palette::PaletteButton;
use crate::parts::apart;
use crate::refusal::sentence;
use crate::store::{answer, use_session};
use crate::transport::is_kept_here;
use crate::ui::{ChipTone, Icon, IconButton, IconName, IconSize, Menu, MenuItem, Skeleton, Tab, Tabs};
use api::wire::Folder;
use domain::ids::ThreadId;
use leptos::html::{Div, Input};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::KeyboardEvent;
use leptos_router::hooks::use_location;
use stylers::style_sheet;

/// Height of a row, in pixels, as its style says.
const ROW: f64 = 72.0;
/// Rows drawn above and below what is in sight.
const MARGIN: usize = 6;

/// The inbox.
#[component]
pub fn InboxPane() -> impl IntoView {
    let class = style_sheet!("src/inbox/pane.css");
    let session = use_session();
    let folder = RwSignal::new(Folder::Primary);
    let query = RwSignal::new(String::new());
    let field = NodeRef::<Input>::new();
    let writing = RwSignal::new(false);
    let tabs = Signal::derive(move || {
        let requests = session.inbox.waiting.get();
        let count = (requests > 0).then_some((requests, ChipTone::Plain));
        vec![
            Tab { key: "primary", label: t().inbox_primary().into(), count: None },
            Tab { key: "requests", label: t().inbox_requests().into(), count },
        ]
    });
    let selected = Signal::derive(move || match folder.get() {
        Folder::Primary => "primary",
        Folder::Requests => "requests",
    });
    let select = move |key| folder.set(if key == "requests" { Folder::Requests } else { Folder::Primary });
    let searching = Memo::new(move |_| writing.get() || !query.read().trim().is_empty());
    let compose = move |()| {
        writing.set(true);
        if let Some(field) = field.get_untracked() {
            let _focused = field.focus();
        }
    };
    let leave = move || {
        writing.set(false);
        query.set(String::new());
    };
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            leave();
        }
    };
    let list = move || {
        if searching.get() {
            let words = Signal::derive(move || query.get());
            let done = Callback::new(move |()| leave());
            apart(fetch_results, move || results_view(words, done), |view| view)
        } else {
            view! { class=class,
                {(folder.get() == Folder::Primary).then(|| view! { <TrayOfOrders /> })}
                <Tabs label=t().inbox_folders() tabs selected panel="inbox-panel" on_select=Callback::new(select) />
                <Threads folder=folder.get() />
            }
            .into_any()
        }
    };
    let trouble =
        move || session.inbox.problem.get().map(|error| view! { <Trouble error damaged=t().inbox_damaged() /> });
    view! { class=class,
        <section class="inbox" aria-label=t().inbox_label()>
            <header>
                <h1>{session.me().handle.to_string()}</h1>
                {session.is_demo().then(|| view! { <SwitchAccount /> })}
                <span class="rest"></span>
                <span class="narrow"><PaletteButton /></span>
                <IconButton icon=IconName::Compose label=t().inbox_compose() on_click=Callback::new(compose) />
            </header>
            <label class="search">
                <Icon name=IconName::Search size=IconSize::Small />
                <span class="sr-only">{t().inbox_search()}</span>
                <input
                    type="search"
                    name="inbox-search"
                    node_ref=field
                    placeholder=t().inbox_search()
                    prop:value=move || query.get()
                    on:input=move |event| query.set(event_target_value(&event))
                    on:keydown=escape
                />
            </label>
            {trouble}
            {list}
        </section>
    }
}

/// Be somebody else of the demo.
#[component]
fn SwitchAccount() -> impl IntoView {
    let session = use_session();
    let others = answer(move || async move {
        let client = session.client();
        if is_kept_here() {
            return client.accounts("").await.unwrap_or_default();
        }
        // Who has an account of their own there is nobody whom one can be.
        let mut people = client.sign_in_ways().await.unwrap_or_default().demo.unwrap_or_default();
        people.retain(|account| account.id != session.me().id);
        people
    });
    let items = move |()| {
        let others = others.get().unwrap_or_default();
        let item = |account: api::wire::Account| {
            let handle = account.handle.clone();
            let switch = move |()| {
                let handle = handle.clone();
                spawn_local(async move {
                    if let Err(error) = session.switch_to(&handle).await {
                        session.toast(sentence(&error));
                    }
                });
            };
            MenuItem {
                label: account.name.to_string(),
                icon: Some(if account.business.is_some() { IconName::Store } else { IconName::User }),
                danger: false,
                run: Callback::new(switch),
            }
        };
        others.into_iter().map(item).collect()
    };
    view! { <Menu label=t().inbox_switch() icon=IconName::Down items=Callback::new(items) /> }
}

/// The rows of a folder: only those in sight are in the document.
#[component]
fn Threads(folder: Folder) -> impl IntoView {
    let class = style_sheet!("src/inbox/threads.css");
    let session = use_session();
    let all = match folder {
        Folder::Primary => session.inbox.primary,
        Folder::Requests => session.inbox.requests,
    };
    let scroller = NodeRef::<Div>::new();
    let seen = RwSignal::new((0usize, 24usize));
    let measure = move || {
        // Hidden, as beside a thread on a phone, it has no height and its place is not asked for.
        // A frame later the page may have been left.
        let Some(scroller) = scroller.try_get_untracked().flatten().filter(|scroller| scroller.client_height() > 0)
        else {
            return;
        };
        let first = (f64::from(scroller.scroll_top()) / ROW) as usize;
        let count = (f64::from(scroller.client_height()) / ROW) as usize + 1;
        let window = (first.saturating_sub(MARGIN), first + count + MARGIN);
        if seen.get_untracked() != window {
            seen.set(window);
        }
        let total = all.read_untracked().len();
        if window.1 + 20 > total {
            spawn_local(async move {
                // What could not be loaded is loaded with the next scroll.
                let _loaded = session.load_more_of_inbox(folder).await;
            });
        }
    };
    // Shown again, not every browser has it where it was.
    let path = use_location().pathname;
    Effect::new(move || {
        path.track();
        request_animation_frame(measure);
    });
    let shown = Memo::new(move |_| {
        let (from, to) = seen.get();
        all.with(|all| all.iter().skip(from).take(to - from).cloned().collect::<Vec<ThreadId>>())
    });
    let above = move || format!("{}px", seen.get().0.min(all.read().len()) as f64 * ROW);
    let below = move || format!("{}px", all.read().len().saturating_sub(seen.get().1) as f64 * ROW);
    let empty = move || {
        (session.inbox.loaded.get() && all.read().is_empty()).then(|| {
            let text = match folder {
                Folder::Primary => t().inbox_empty(),
                Folder::Requests => t().inbox_no_requests(),
            };
            view! { class=class, <p class="empty">{text}</p> }
        })
    };
    let waiting = move || (!session.inbox.loaded.get()).then(|| view! { <Skeleton label=t().loading() count=7 /> });
    let tab = match folder {
        Folder::Primary => "tab-primary",
        Folder::Requests => "tab-requests",
    };
    let note =
        (folder == Folder::Requests).then(|| view! { class=class, <p class="note">{t().inbox_requests_note()}</p> });
    view! { class=class,
        <div
            class="threads"
            id="inbox-panel"
            role="tabpanel"
            aria-labelledby=tab
            tabindex="-1"
            data-scroll=""
            node_ref=scroller
            on:scroll=move |_| measure()
        >
            {note}
            {waiting}
            {empty}
            <ul>
                <li aria-hidden="true" style:block-size=above></li>
                <For each=move || shown.get() key=ThreadId::clone let:thread>
                    <InboxRow thread />
                </For>
                <li aria-hidden="true" style:block-size=below></li>
            </ul>
        </div>
    }
}

/// Beside the list on a wide screen, while no thread is chosen.
#[component]
pub fn NothingChosen() -> impl IntoView {
    let class = style_sheet!("src/inbox/nothing_chosen.css");
    view! { class=class,
        <div class="nothing-chosen">
            <img src="/logo.svg" alt="" width="72" height="72" />
            <h2>{t().inbox_yours()}</h2>
            <p class="muted">{t().inbox_yours_note()}</p>
        </div>
    }
}
