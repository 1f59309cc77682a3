//! The pages beside the talk: a part of the app of its own.

use crate::account::AccountPage;
use crate::both_sides::BothSidesPage;
use crate::checkout::ApprovalPage;
use crate::review::ReviewsPage;
use crate::seller::OrdersPage;
use crate::wallet::WalletPage;
use leptos::prelude::*;

/// A page beside the talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The seller's queue.
    Orders,
    /// Cases that wait for a reviewer.
    Reviews,
    /// Stored methods, addresses, receipts.
    Wallet,
    /// Who one is.
    You,
    /// The demo from outside: the buyer's phone and the seller's, one clock.
    BothSides,
    /// The simulated processor's window.
    Approval,
}

crate::part! {
    pages, fetch_pages;
    /// A page of this part.
    pub fn page_view(page: Page) {
        match page {
            Page::Orders => view! { <OrdersPage /> }.into_any(),
            Page::Reviews => view! { <ReviewsPage /> }.into_any(),
            Page::Wallet => view! { <WalletPage /> }.into_any(),
            Page::You => view! { <AccountPage /> }.into_any(),
            Page::BothSides => view! { <BothSidesPage /> }.into_any(),
            Page::Approval => view! { <ApprovalPage /> }.into_any(),
        }
    }
}
