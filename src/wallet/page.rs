//! The wallet's page.

use super::addresses::Addresses;
use super::methods::Methods;
use super::receipts::Receipts;
use super::security::Security;
use crate::damage::Trouble;
use crate::i18n::t;
use crate::store::use_session;
use crate::things::Things;
use crate::ui::{Button, Skeleton};
use leptos::prelude::*;
use stylers::style_sheet;

/// What one pays with, where things go, how payments are confirmed, and receipts.
#[component]
pub fn WalletPage() -> impl IntoView {
    let class = style_sheet!("src/wallet/page.css");
    let session = use_session();
    let load = Action::new_local(move |(): &()| async move { session.load_wallet().await });
    load.dispatch_local(());
    let is_loaded = Memo::new(move |_| session.wallet.with(Option::is_some));
    let failed = move || load.value().with(|last| last.as_ref().and_then(|last| last.as_ref().err().cloned()));
    let content = move || match (is_loaded.get(), failed()) {
        (true, _) => view! {
            <Methods />
            <Things />
            <Addresses />
            <Security />
            <Receipts />
        }
        .into_any(),
        (false, Some(error)) => view! {
            <Trouble error damaged=t().wallet_damaged() />
            <Button on_click=move |()| drop(load.dispatch_local(()))>{t().checkout_retry()}</Button>
        }
        .into_any(),
        (false, None) => view! { <Skeleton count=4 label=t().checkout_loading() /> }.into_any(),
    };
    view! { class=class,
        <div class="wallet-page" data-scroll="">
            <h1>{t().wallet_title()}</h1>
            {content}
        </div>
    }
}
