//! Where a seller's money is, over all orders.

use super::threads::LoadedThreads;
use crate::format::money;
use crate::i18n::t;
use crate::store::use_session;
use crate::ui::{Icon, IconName, IconSize};
use domain::ledger::Account;
use domain::money::{Currency, Money};
use domain::order::{Funds, Order};
use domain::thread::{Role, Thread};
use domain::time::{Span, Timestamp};
use leptos::prelude::*;
use std::collections::BTreeMap;
use stylers::style_sheet;

/// What a seller holds in one currency, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Held {
    held: i64,
    releasable: i64,
    frozen: i64,
    released: i64,
}

impl Held {
    fn add(&mut self, thread: &Thread, order: &Order, week_ago: Timestamp) {
        let balance = |account| thread.ledger.balance(&order.id, account, order.terms.currency()).minor;
        self.held += balance(Account::Held);
        self.releasable += balance(Account::Releasable);
        self.frozen += balance(Account::Frozen);
        if matches!(order.funds, Funds::Released { at } if at >= week_ago) {
            self.released += balance(Account::Released);
        }
    }
}

/// Held, releasable, frozen, and released in the last seven days.
#[component]
pub(super) fn FundsStrip(
    /// The threads to add up.
    threads: LoadedThreads,
) -> impl IntoView {
    let class = style_sheet!("src/seller/funds_strip.css");
    let session = use_session();
    // To the hour: nobody waits for the second.
    let hour = Memo::new(move |_| session.now.get().as_millis() / 3_600_000);
    let sums = Memo::new(move |_| {
        let week_ago = Timestamp::from_millis(hour.get() * 3_600_000).minus(Span::days(7));
        let mut sums = BTreeMap::<Currency, Held>::new();
        for cell in threads.cells.read().iter().filter(|cell| cell.role == Role::Seller) {
            cell.state.with(|thread| {
                for order in thread.orders.values() {
                    sums.entry(order.terms.currency()).or_default().add(thread, order, week_ago);
                }
            });
        }
        if sums.is_empty() {
            sums.insert(Currency::USD, Held::default());
        }
        sums
    });
    let sum = move |of: fn(&Held) -> i64| {
        let amount = |(currency, held): (&Currency, &Held)| money(Money::new(of(held), *currency));
        sums.read().iter().map(amount).collect::<Vec<_>>().join(" + ")
    };
    let cell = move |icon: IconName, name: &'static str, of: fn(&Held) -> i64| {
        view! {
            <div>
                <dt>
                    <Icon name=icon size=IconSize::Tiny />
                    {name}
                </dt>
                <dd>
                    // A part of a sum would be a wrong sum.
                    <bdi>{move || if threads.loaded.get() { sum(of) } else { "…".to_owned() }}</bdi>
                </dd>
            </div>
        }
    };
    view! { class=class,
        <dl class="funds-strip">
            {cell(IconName::Lock, t().funds_held(), |held| held.held)}
            {cell(IconName::Coins, t().funds_releasable(), |held| held.releasable)}
            {cell(IconName::Freeze, t().funds_frozen(), |held| held.frozen)}
            {cell(IconName::Check, t().queue_released_week(), |held| held.released)}
        </dl>
    }
}

crate::words! {
    queue_released_week "Released this week" "Pagati questa settimana";
}
