//! Orders across threads: what there is to do, what was bought, and what it adds up to.

use crate::app::App;
use crate::extract::Caller;
use crate::problem::Problem;
use crate::store::{Found, Held};
use crate::wire::{Account, FundsSum, QueueEntry, QueueItem, QueueKind, QueuePage, QueueSums};
use axum::Json;
use axum::extract::{Query, State};
use domain::headline::{About, Headline};
use domain::ids::{AccountId, ThreadId};
use domain::money::{Currency, Money};
use domain::queue::Group;
use domain::terms::Terms;
use domain::thread::{Role, Thread};
use domain::time::Span;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Entries of one page.
const PAGE: usize = 20;
/// Entries that one call of a search looks at.
const STRETCH: usize = 60;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    group: Group,
    kind: Option<QueueKind>,
    #[serde(default)]
    query: String,
    after: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct After {
    after: Option<String>,
}

pub(super) async fn of_group(
    State(app): State<App>,
    Caller(me): Caller,
    Query(wanted): Query<Wanted>,
) -> Result<Json<QueuePage>, Problem> {
    let needle = wanted.query.trim().to_lowercase();
    let all = needle.is_empty() && wanted.kind.is_none();
    let asked = if all { PAGE } else { STRETCH };
    let found = app.store.queue(&me, wanted.group, wanted.after.as_deref(), asked).await?;
    let fits = |entry: &QueueEntry| wanted.kind.is_none_or(|kind| kind.fits(entry)) && is_about(entry, &needle);
    app.queue_page(&me, found, asked, fits).await.map(Json)
}

pub(super) async fn bought(
    State(app): State<App>,
    Caller(me): Caller,
    Query(After { after }): Query<After>,
) -> Result<Json<QueuePage>, Problem> {
    let found = app.store.bought(&me, after.as_deref(), PAGE).await?;
    app.queue_page(&me, found, PAGE, |_| true).await.map(Json)
}

pub(super) async fn sums(State(app): State<App>, Caller(me): Caller) -> Result<Json<QueueSums>, Problem> {
    let sums = app.store.sums(&me).await?;
    let since = app.now().await?.minus(Span::days(7));
    let mut funds: BTreeMap<Currency, (Held, i64)> =
        sums.funds.into_iter().map(|(currency, held)| (currency, (held, 0))).collect();
    for paid in app.store.released(&me, since).await? {
        funds.entry(paid.currency).or_default().1 += paid.minor;
    }
    let funds = funds.into_iter().map(|(currency, (held, released))| FundsSum {
        held: Money::new(held.held, currency),
        releasable: Money::new(held.releasable, currency),
        frozen: Money::new(held.frozen, currency),
        released: Money::new(released, currency),
    });
    let count = |count: i64| u32::try_from(count).unwrap_or(0);
    let (mine, waiting, done) = (count(sums.mine), count(sums.waiting), count(sums.done));
    Ok(Json(QueueSums { mine, waiting, done, funds: funds.collect() }))
}

impl App {
    /// The entries that an index leads to and that fit; `asked` says how many it was asked for.
    async fn queue_page(
        &self,
        me: &AccountId,
        found: Vec<Found>,
        asked: usize,
        fits: impl Fn(&QueueEntry) -> bool,
    ) -> Result<QueuePage, Problem> {
        let next = found.last().filter(|_| found.len() == asked).map(|last| last.place.clone());
        let (mut entries, mut unreadable) = (Vec::new(), 0);
        // Several are often of one thread, and not always neighbours: each is read once.
        let mut threads: BTreeMap<ThreadId, (Thread, Role, Account)> = BTreeMap::new();
        for Found { thread, about, .. } in found {
            if !threads.contains_key(&thread) {
                let Some(state) = self.readable(&thread).await? else {
                    unreadable += 1;
                    continue;
                };
                let Some(role) = state.role_of(me) else { continue };
                let Some(peer) = self.account(state.account(role.other())).await? else { continue };
                threads.insert(thread.clone(), (state.seen_by(role), role, peer));
            }
            let Some((state, role, peer)) = threads.get(&thread) else { continue };
            entries.extend(entry(state, *role, peer, &about).filter(|entry| fits(entry)));
        }
        Ok(QueuePage { entries, next, unreadable })
    }
}

fn entry(thread: &Thread, role: Role, peer: &Account, about: &About) -> Option<QueueEntry> {
    let (headline, item): (Headline, QueueItem) = match about {
        About::Order(id) => {
            let order = thread.orders.get(id)?;
            let payment = Box::new(thread.payment_of(order).clone());
            (thread.order_headline(order), QueueItem::Order { order: Box::new(order.clone()), payment })
        }
        About::Request(id) => {
            let request = thread.requests.get(id)?;
            (thread.request_headline(request), QueueItem::Request { request: Box::new(request.clone()) })
        }
    };
    Some(QueueEntry { thread: thread.id.clone(), role, peer: peer.clone(), headline, item })
}

/// Whether an entry is about what somebody looks for: a number, a thing, the one across, or a parcel.
fn is_about(entry: &QueueEntry, needle: &str) -> bool {
    let items = |terms: &Terms| terms.items().iter().map(|item| item.name.to_string()).collect::<Vec<_>>().join(" ");
    let (what, parcels) = match &entry.item {
        QueueItem::Order { order, .. } => {
            let parcels = order.shipments.iter().filter_map(|parcel| parcel.tracking.as_ref());
            let what = format!("{} {}", order.number.as_str(), items(&order.terms));
            (what, parcels.map(|number| number.as_str().to_owned()).collect())
        }
        QueueItem::Request { request } => (items(&request.current().terms), Vec::new()),
    };
    let words = format!("{what} {} {}", entry.peer.name, entry.peer.handle).to_lowercase();
    let number: String = needle.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_uppercase();
    words.contains(needle) || (number.len() > 3 && parcels.iter().any(|parcel: &String| parcel.contains(&number)))
}
