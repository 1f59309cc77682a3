//! The app: who one is, the way to the API, the pages by address.

mod failure;
mod nav;
mod shell;
mod theme;

pub use failure::{catch_panics, save_file};
pub use nav::{BottomNav, Rail};
pub use shell::Shell;
pub use theme::{Theme, begin as begin_theme, choose as choose_theme, chosen as chosen_theme};

use crate::account::AccountPage;
use crate::i18n::t;
use crate::inbox::{InboxPane, NothingChosen};
use crate::seller::OrdersPage;
use crate::store::{Session, answer};
use crate::thread::ThreadPage;
use crate::ui::{Skeleton, ToastRegion};
use crate::wallet::WalletPage;
#[cfg(feature = "embedded")]
use crate::{both_sides::BothSidesPage, checkout::ApprovalPage};
use failure::CannotStart;
use leptos::prelude::*;
use leptos_router::components::{Redirect, Route, Router, Routes};
use leptos_router::path;

/// Everything that is seen.
#[component]
pub fn App() -> impl IntoView {
    let opened = answer(|| async { Session::open(&crate::url::handle()).await });
    move || match opened.get() {
        None => view! { <Skeleton label=t().loading() /> }.into_any(),
        Some(Ok(session)) => view! { <Pages session /> }.into_any(),
        Some(Err(error)) => view! { <CannotStart error /> }.into_any(),
    }
}

/// The pages, by address.
#[component]
fn Pages(
    /// Who one is, and the way to the API.
    session: Session,
) -> impl IntoView {
    provide_context(session);
    // The count of unread threads stands in the title, where a tab shows it.
    Effect::new(move || {
        let unread = session.inbox.unread();
        document().set_title(&if unread == 0 { "Bottega".to_owned() } else { format!("({unread}) Bottega") });
    });
    let dismiss = move |key| session.toasts.update(|toasts| toasts.retain(|toast| toast.key != key));
    view! {
        <Router>
            <Routes fallback=|| view! { <Redirect path="/" /> }>
                <Route path=path!("/") view=|| view! { <Shell list=true><NothingChosen /></Shell> } />
                <Route path=path!("/t/:thread") view=|| view! { <Shell list=false><ThreadPage /></Shell> } />
                <Route path=path!("/orders") view=|| view! { <Shell wide=true><OrdersPage /></Shell> } />
                <Route path=path!("/wallet") view=|| view! { <Shell wide=true><WalletPage /></Shell> } />
                <Route path=path!("/you") view=|| view! { <Shell wide=true><AccountPage /></Shell> } />
                <Route path=path!("/both") view=BothSidesPage />
                <Route path=path!("/approve/:payment") view=ApprovalPage />
            </Routes>
        </Router>
        <ToastRegion toasts=session.toasts on_dismiss=dismiss />
    }
}

/// A server has neither two phones nor a processor of its own.
#[cfg(not(feature = "embedded"))]
#[component]
fn BothSidesPage() -> impl IntoView {
    view! { <Redirect path="/" /> }
}

/// The processor's window is the processor's.
#[cfg(not(feature = "embedded"))]
#[component]
fn ApprovalPage() -> impl IntoView {
    view! { <Redirect path="/" /> }
}

/// The list of threads, kept where it is while the pages change.
#[component]
pub(crate) fn ListPane() -> impl IntoView {
    view! { <InboxPane /> }
}

crate::words! {
    loading "Loading" "Caricamento";
}
