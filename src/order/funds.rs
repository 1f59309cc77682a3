//! The record of funds of one order: where the seller's money is, and why.

use super::live::LiveOrder;
use super::words::{case_reason, refund_reason};
use crate::format::{day_and_clock, less, money};
use crate::i18n::t;
use domain::ledger::{Account, Ledger};
use domain::money::Money;
use domain::order::{Funds, Order, ReleaseReason};
use domain::payment::{Payment, PaymentStatus, RefundStatus};
use domain::time::Timestamp;
use leptos::prelude::*;

/// Something that happened to the money.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    at: Timestamp,
    words: String,
    amount: Option<String>,
}

impl Entry {
    fn new(at: Timestamp, words: impl Into<String>) -> Self {
        Self { at, words: words.into(), amount: None }
    }
}

/// Where the money is, the accounts that hold none left out.
fn balances(order: &Order, ledger: &Ledger) -> Vec<(&'static str, Money)> {
    let accounts = [
        (t().funds_held(), Account::Held),
        (t().funds_frozen(), Account::Frozen),
        (t().funds_disputed(), Account::Disputed),
        (t().funds_releasable(), Account::Releasable),
        (t().funds_released(), Account::Released),
        (t().funds_refunding(), Account::Refunding),
        (t().funds_fee(), Account::Costs),
    ];
    let balance = |account| ledger.balance(&order.id, account, order.terms.currency());
    accounts.into_iter().map(|(name, account)| (name, balance(account))).filter(|(_, held)| held.minor != 0).collect()
}

/// What happened to the money, oldest first.
fn entries(order: &Order, payment: &Payment) -> Vec<Entry> {
    let mut entries = Vec::new();
    match payment.status {
        PaymentStatus::Authorised { at, undo_until } => {
            entries.push(Entry::new(at, t().funds_reserved(&day_and_clock(undo_until))));
        }
        PaymentStatus::Captured { at } => {
            entries.push(Entry { amount: Some(money(payment.amount)), ..Entry::new(at, t().funds_came_in()) });
        }
        PaymentStatus::Capturing { authorised_at, .. } => {
            entries.push(Entry::new(authorised_at, t().funds_being_taken()))
        }
        PaymentStatus::Processing
        | PaymentStatus::ActionRequired { .. }
        | PaymentStatus::Unknown { .. }
        | PaymentStatus::Failed { .. }
        | PaymentStatus::Voided { .. } => {}
    }
    for case in &order.cases {
        entries.push(Entry::new(case.opened_at, t().funds_case_opened(case_reason(case.reason))));
        entries.extend(case.closed_at.map(|at| Entry::new(at, t().funds_case_closed())));
    }
    for refund in payment.refunds.values() {
        let words = match refund.status {
            RefundStatus::Pending => t().funds_refund_pending(refund_reason(refund.reason)),
            RefundStatus::Settled { .. } => t().funds_refund_settled(refund_reason(refund.reason)),
            RefundStatus::Failed { .. } => t().funds_refund_failed(refund_reason(refund.reason)),
        };
        entries.push(Entry { amount: Some(less(refund.amount)), ..Entry::new(refund.started_at, words) });
    }
    entries.extend(order.confirmed_at.map(|at| Entry::new(at, t().funds_confirmed())));
    match order.funds {
        Funds::Releasable { since, because } => {
            if because == ReleaseReason::CheckWindowPassed {
                entries.push(Entry::new(since, t().funds_window_passed()));
            }
        }
        Funds::Released { at } => {
            if order.confirmed_at.is_none() {
                entries.push(Entry::new(at, t().funds_window_passed()));
            }
            entries.push(Entry::new(at, t().funds_paid_out()));
        }
        Funds::None | Funds::Held | Funds::Frozen | Funds::Reversed => {}
    }
    entries.sort_by_key(|entry| entry.at);
    entries
}

/// Held, frozen, releasable, released: how much, since when and why. For the seller.
#[component]
pub(crate) fn FundsRecord(
    /// Of which order.
    live: LiveOrder,
) -> impl IntoView {
    let held = Memo::new(move |_| live.read(|order| live.cell.state.with(|thread| balances(order, &thread.ledger))));
    let happened = Memo::new(move |_| live.with_payment(entries));
    let balance = |(name, amount): (&'static str, Money)| {
        view! {
            <dt>{name}</dt>
            <dd>
                <bdi>{money(amount)}</bdi>
            </dd>
        }
    };
    let entry = |entry: Entry| {
        view! {
            <li>
                <div>
                    <p>{entry.words}</p>
                    <p class="muted fine">
                        <time datetime=entry.at.to_string()>{day_and_clock(entry.at)}</time>
                    </p>
                </div>
                {entry.amount.map(|amount| view! { <bdi class="num">{amount}</bdi> })}
            </li>
        }
    };
    let shown = move || {
        let happened = happened.get();
        (!happened.is_empty()).then(|| {
            view! {
                <section>
                    <h3>{t().funds_record()}</h3>
                    <dl class="totals">{held.get().into_iter().map(balance).collect_view()}</dl>
                    <ol class="lines">{happened.into_iter().map(entry).collect_view()}</ol>
                </section>
            }
        })
    };
    view! { {shown} }
}

crate::words! {
    funds_record "Record of funds" "Movimenti";
    funds_held "Held" "Trattenuti";
    funds_frozen "Frozen by a case" "Bloccati da una segnalazione";
    funds_releasable "Releasable" "Svincolabili";
    funds_released "Released" "Pagati";
    funds_refunding "On the way back" "In restituzione";
    funds_reserved(until) "Reserved; taken after the undo window, {until}" "Riservati; prelevati dopo il tempo per annullare, {until}";
    funds_being_taken "Being taken" "In corso di prelievo";
    funds_came_in "Came in; held until the buyer has the goods" "Incassati; trattenuti finché il cliente non ha la merce";
    funds_case_opened(reason) "Frozen: help was opened · {reason}" "Bloccati: assistenza aperta · {reason}";
    funds_case_closed "Held again: help was closed" "Di nuovo trattenuti: assistenza chiusa";
    funds_refund_pending(reason) "Refund on its way · {reason}" "Rimborso in arrivo · {reason}";
    funds_disputed "Disputed" "Contestato";
    funds_fee "PayPal’s fee" "Commissione di PayPal";
    funds_refund_settled(reason) "Refunded · {reason}" "Rimborsato · {reason}";
    funds_refund_failed(reason) "Refund did not work · {reason}" "Rimborso non riuscito · {reason}";
    funds_confirmed "Releasable: the buyer said that everything is OK" "Svincolabili: il cliente ha detto che è tutto a posto";
    funds_window_passed "Releasable: the time to check passed in silence" "Svincolabili: il tempo per controllare è passato in silenzio";
    funds_paid_out "Released: paid out" "Pagati";
}
