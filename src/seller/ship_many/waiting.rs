//! The orders that wait for a parcel, as the list of numbers is paired with them.

use crate::store::Session;
use api::client::ApiError;
use api::wire::{QueueEntry, QueueItem, QueueKind};
use domain::ids::OrderId;
use domain::order::Packed;
use domain::queue::Group;

/// An order that waits for a parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Waiting {
    /// Which.
    pub id: OrderId,
    /// Its number, as people say it.
    pub number: String,
    /// Whose it is.
    pub peer: String,
    /// What goes into the parcel: all that was not shipped.
    pub contents: Vec<Packed>,
}

fn waiting(entry: QueueEntry) -> Option<Waiting> {
    match entry.item {
        QueueItem::Order { order, .. } => Some(Waiting {
            id: order.id.clone(),
            number: order.number.as_str().to_owned(),
            peer: entry.peer.name.to_string(),
            contents: order.unshipped(),
        }),
        QueueItem::Request { .. } => None,
    }
}

/// Every order that waits for a parcel, in the order of the queue: what is due first.
pub(super) async fn all_that_wait(session: Session) -> Result<Vec<Waiting>, ApiError> {
    let mut all = Vec::new();
    for group in [Group::Mine, Group::Waiting] {
        let mut after = None;
        loop {
            let page = session.client().queue_of(group, Some(QueueKind::ToShip), "", after.as_deref()).await?;
            all.extend(page.entries.into_iter().filter_map(waiting));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
    }
    Ok(all)
}
