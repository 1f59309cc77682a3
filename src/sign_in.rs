//! Signing in: who is nobody yet chooses a way, or takes an invitation. Only where a server knows who one is.

mod join;
mod page;
mod people;
mod recovery;
mod sign_up;
mod ways;

use crate::i18n::t;
use crate::parts::apart;
use crate::transport::is_kept_here;
use api::client::ApiError;
use join::JoinPage;
use leptos::prelude::*;
use page::SignInPage;

/// Whether the answer was that nobody is signed in.
pub fn is_signed_out(error: &ApiError) -> bool {
    matches!(error, ApiError::Problem(problem) if problem.code == "signed_out")
}

/// Whether somebody was invited to join a business, and has opened the link: whoever is signed in here.
pub fn is_joining() -> bool {
    let path = window().location().pathname();
    path.is_ok_and(|path| path == "/join") && !is_kept_here()
}

crate::part! {
    pages, fetch_sign_in;
    /// It comes with the pages: who is signed in, as nearly everybody is, does not fetch it first.
    pub fn sign_in_view() {
        if is_joining() { view! { <JoinPage /> }.into_any() } else { view! { <SignInPage /> }.into_any() }
    }
}

/// In place of the app while nobody is signed in.
#[component]
pub fn SignIn() -> impl IntoView {
    // Also where the session was ended from elsewhere.
    crate::push::leave();
    view! { <main id="main" aria-label=t().sign_in_title()>{apart(fetch_sign_in, sign_in_view, |view| view)}</main> }
}

crate::words! {
    sign_in_title "Sign in" "Accedi";
}
