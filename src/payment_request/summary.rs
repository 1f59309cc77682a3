//! A request in a few words: its title, its picture, who is across, what it was paid with.

use crate::i18n::t;
use crate::page::wallet_label;
use crate::store::{Session, ThreadCell};
use domain::payment::{MethodKind, MethodView};
use domain::terms::Terms;
use leptos::prelude::*;

/// The name of the other side of a thread.
pub fn peer_name(session: Session, cell: ThreadCell) -> String {
    let entry = session.inbox.entry(&cell.id());
    entry.map(|entry| entry.with_untracked(|entry| entry.peer.name.to_string())).unwrap_or_default()
}

/// What is sold: one or two names, or the first and how many more.
pub fn title(terms: &Terms) -> String {
    match terms.items() {
        [] => String::new(),
        [only] => only.name.to_string(),
        [first, second] => format!("{} + {}", first.name, second.name),
        [first, rest @ ..] => t().ask_and_more(first.name.as_str(), &rest.len().to_string()),
    }
}

/// What a kind of method is called.
pub fn kind_name(kind: MethodKind) -> &'static str {
    match kind {
        MethodKind::MetaPay => wallet_label(),
        MethodKind::PayPal => "PayPal",
        MethodKind::Card => t().ask_card(),
    }
}

/// `Meta Pay ·· 4242`, or what the wallet is called here.
pub fn method_name(method: &MethodView) -> String {
    let kind = kind_name(method.kind);
    match (&method.hint, method.kind) {
        (Some(hint), MethodKind::MetaPay | MethodKind::Card) => format!("{kind} ·· {hint}"),
        (Some(hint), MethodKind::PayPal) => format!("{kind} · {hint}"),
        (None, _) => kind.to_owned(),
    }
}
