//! What is opened beside or above the talk: a part of the app of its own.

use super::catalogue_panel::{AboutPanel, CataloguePanel};
use super::search_panel::SearchPanel;
use crate::checkout::CheckoutSheet;
use crate::help::{HelpSheet, RefundSheet};
use crate::navigate::Panel;
use crate::order::{OrderPage, ReceiptSheet, ShipSheet};
use crate::payment_request::{CounterSheet, RequestEditor};
use crate::store::ThreadCell;
use leptos::prelude::*;

crate::part! {
    panels, fetch_panels;
    /// The panel that the address names.
    pub fn panel_view(panel: Panel, cell: ThreadCell, close: Callback<()>) {
        match panel {
            Panel::Checkout(request) => view! { <CheckoutSheet cell request on_close=close /> }.into_any(),
            Panel::Counter(request) => view! { <CounterSheet cell request on_close=close /> }.into_any(),
            Panel::NewRequest => view! { <RequestEditor cell revise=None on_close=close /> }.into_any(),
            Panel::Revise(request) => view! { <RequestEditor cell revise=Some(request) on_close=close /> }.into_any(),
            Panel::Order(order) => view! { <OrderPage cell order on_close=close /> }.into_any(),
            Panel::Ship(order) => view! { <ShipSheet cell order on_close=close /> }.into_any(),
            // Of the queue, not of a conversation.
            Panel::ShipMany => ().into_any(),
            Panel::Help(order) => view! { <HelpSheet cell order on_close=close /> }.into_any(),
            Panel::Refund(order) => view! { <RefundSheet cell order on_close=close /> }.into_any(),
            Panel::Receipt(order) => view! { <ReceiptSheet cell order on_close=close /> }.into_any(),
            Panel::Catalogue => view! { <CataloguePanel cell on_close=close /> }.into_any(),
            Panel::About => view! { <AboutPanel cell on_close=close /> }.into_any(),
            Panel::Search => view! { <SearchPanel cell on_close=close /> }.into_any(),
        }
    }
}
