//! The app: who one is, the way to the API, the pages by address.

mod failure;
mod nav;
mod pages;
mod shell;
mod theme;
mod update;

use api::client::ApiError;
pub use failure::{catch_panics, save_file, save_table, tell_of_a_panic};
pub use nav::{BottomNav, Rail, both_name};
pub use shell::Shell;
pub use theme::{Theme, begin as begin_theme, choose as choose_theme, chosen as chosen_theme};

use crate::i18n::t;
use crate::inbox::{InboxPane, NothingChosen};
use crate::palette::{Palette, provide_palette};
use crate::parts::apart;
use crate::sign_in::{SignIn, is_joining, is_signed_out};
use crate::store::{Session, answer};
use crate::things::{Proving, is_proving};
use crate::thread::{ThreadPage, fetch_panels};
use crate::ui::{Skeleton, ToastRegion};
use failure::CannotStart;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::{Outlet, ParentRoute, Redirect, Route, Router, Routes};
use leptos_router::hooks::use_location;
use leptos_router::path;
use pages::{Page, fetch_pages, page_view};
use std::time::Duration;
use update::GoWhereTold;
pub use update::WORKER;

/// Everything that is seen.
#[component]
pub fn App() -> impl IntoView {
    if is_joining() {
        return view! { <SignIn /> }.into_any();
    }
    if is_proving() {
        return view! { <Proving /> }.into_any();
    }
    let opened = answer(|| async { Session::open(&crate::url::handle()).await });
    let shown = move || match opened.get() {
        None => view! { <Skeleton label=t().loading() /> }.into_any(),
        Some(Ok(session)) => view! { <Pages session /> }.into_any(),
        Some(Err(error)) if is_signed_out(&error) => view! { <SignIn /> }.into_any(),
        Some(Err(error)) => view! { <CannotStart error /> }.into_any(),
    };
    shown.into_any()
}

/// The pages, by address.
#[component]
fn Pages(
    /// Who one is, and the way to the API.
    session: Session,
) -> impl IntoView {
    provide_context(session);
    provide_palette();
    // The count of unread threads stands in the title, where a tab shows it.
    Effect::new(move || {
        let unread = session.inbox.unread();
        update::badge(unread);
        document().set_title(&if unread == 0 { "Bottega".to_owned() } else { format!("({unread}) Bottega") });
    });
    // Whoever would see nothing new any more is told why.
    Effect::new(move || {
        if matches!(*session.inbox.problem.read(), Some(ApiError::Decode(_))) {
            update::look_at_once(session);
        }
    });
    // Off the way of what is asked for first, and before anybody taps for them. What does not come is asked for again
    // when it is needed.
    let fetch_the_rest = move || {
        spawn_local(async move {
            let _panels = fetch_panels().await;
            let _pages = fetch_pages().await;
            // Last: it asks for all of it once more, which the browser has by then.
            update::keep_here(session);
        });
    };
    Effect::new(move |was: Option<bool>| {
        // Once: it is loaded anew whenever its order changes.
        let (had, has) = (was == Some(true), session.inbox.loaded.get());
        if has && !had {
            set_timeout(fetch_the_rest, Duration::from_secs(2));
        }
        had || has
    });
    let dismiss = move |key| session.toasts.update(|toasts| toasts.retain(|toast| toast.key != key));
    view! {
        <Router>
            <GoWhereTold session />
            <Palette />
            <Routes fallback=|| view! { <Redirect path="/" /> }>
                <ParentRoute path=path!("") view=Talk>
                    <Route path=path!("") view=NothingChosen />
                    <Route path=path!("t/:thread") view=ThreadPage />
                </ParentRoute>
                <Route path=path!("/orders") view=|| view! { <Shell wide=true><Later page=Page::Orders /></Shell> } />
                <Route path=path!("/reviews") view=|| view! { <Shell wide=true><Later page=Page::Reviews /></Shell> } />
                <Route path=path!("/wallet") view=|| view! { <Shell wide=true><Later page=Page::Wallet /></Shell> } />
                <Route path=path!("/you") view=|| view! { <Shell wide=true><Later page=Page::You /></Shell> } />
                <Route path=path!("/both") view=|| view! { <Later page=Page::BothSides /> } />
                <Route path=path!("/approve/:payment") view=|| view! { <Later page=Page::Approval /> } />
            </Routes>
        </Router>
        <ToastRegion toasts=session.toasts on_dismiss=dismiss />
    }
}

/// The list, and a thread or none beside it. It stays while one goes from thread to thread.
#[component]
fn Talk() -> impl IntoView {
    let path = use_location().pathname;
    let list = Signal::derive(move || path.with(|path| path == "/"));
    view! { <Shell list><Outlet /></Shell> }
}

/// A page of a part that comes later.
#[component]
fn Later(page: Page) -> impl IntoView {
    apart(fetch_pages, move || page_view(page), |view| view)
}

/// The list of threads, kept where it is while the pages change.
#[component]
pub(crate) fn ListPane() -> impl IntoView {
    view! { <InboxPane /> }
}

crate::words! {
    loading "Loading" "Caricamento";
    list_more "Show more" "Mostra altro";
    list_retry "Try again" "Riprova";
}
