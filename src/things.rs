//! What one owns that is digital: in the wallet, with a code to show; and the page that says whether a code is genuine.

mod check;
mod list;
mod pass_on;
mod proof_page;
mod qr;
mod refusal;
mod sheet;

pub use list::Things;

use crate::i18n::t;
use crate::parts::apart;
use domain::thing::ThingKind;
use leptos::prelude::*;
use proof_page::ProofPage;

/// Where codes are checked.
pub const PROOF_PATH: &str = "/proof";

/// Whether somebody wants to know what a code proves: signed in or not.
pub fn is_proving() -> bool {
    let path = window().location().pathname().unwrap_or_default();
    path == PROOF_PATH || path.starts_with(&format!("{PROOF_PATH}/"))
}

crate::part! {
    pages, fetch_proof;
    /// It comes with the pages: few come for it.
    pub fn proof_view() {
        view! { <ProofPage /> }.into_any()
    }
}

/// What a code proves, in place of the app.
#[component]
pub fn Proving() -> impl IntoView {
    view! { <main id="main" aria-label=t().proof_of_things()>{apart(fetch_proof, proof_view, |view| view)}</main> }
}

/// What a kind of thing is called.
fn kind_words(kind: ThingKind) -> &'static str {
    match kind {
        ThingKind::Ticket => t().things_ticket(),
        ThingKind::LicenceKey => t().things_licence_key(),
    }
}

crate::words! {
    proof_of_things "Proof" "Verifica";
    things_ticket "Ticket" "Biglietto";
    things_licence_key "Licence key" "Chiave di licenza";
}
