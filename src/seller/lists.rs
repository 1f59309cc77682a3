//! What the page lists: a list for each group, as the API tells them, and what they add up to.

use super::rows::{QueueRow, row_of};
use crate::store::{Page, Paged, Session, answer, paged};
use api::client::ApiError;
use api::problem::Problem;
use api::wire::{QueueEntry, QueueKind, QueueSums};
use domain::queue::Group;
use leptos::prelude::*;

/// The list of one group.
pub(super) type List = Paged<QueueEntry, String>;

/// The lists of the page. A copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct Lists {
    mine: List,
    waiting: List,
    done: List,
    /// What all orders add up to, whatever is looked for.
    pub sums: Memo<Option<QueueSums>>,
    /// Whether something is missing, because it cannot be read.
    damaged: Signal<bool>,
}

/// The lists of one kind, or all, of what `needle` says; all of it when it says nothing.
pub(super) fn use_lists(session: Session, kind: Memo<Option<QueueKind>>, needle: Memo<String>) -> Lists {
    let damaged = RwSignal::new(false);
    let list = move |group: Group| {
        paged(move || {
            let (kind, needle) = (kind.get(), needle.get());
            Some(move |after: Option<String>| {
                let (client, needle) = (session.client(), needle.clone());
                async move {
                    let page = client.queue_of(group, kind, &needle, after.as_deref()).await?;
                    if page.unreadable > 0 {
                        damaged.set(true);
                    }
                    Ok::<Page<QueueEntry, String>, ApiError>((page.entries, page.next))
                }
            })
        })
    };
    // By the hour: what was paid out a week ago is no longer of this week.
    let hour = Memo::new(move |_| session.now.get().as_millis() / 3_600_000);
    let told = answer(move || {
        let (_since, _hour) = (session.inbox.as_of.get(), hour.get());
        async move { session.client().queue_sums().await.ok() }
    });
    let lists = Lists {
        mine: list(Group::Mine),
        waiting: list(Group::Waiting),
        done: list(Group::Done),
        sums: Memo::new(move |_| told.get().flatten()),
        damaged: damaged.into(),
    };
    // Asking is what happens in the world; what is shown follows from what was answered.
    Effect::new(move |before: Option<u64>| {
        let now = session.inbox.as_of.get();
        if before.is_some_and(|before| before != now) {
            lists.all().iter().for_each(Paged::again);
        }
        now
    });
    lists
}

impl Lists {
    /// The list of a group.
    pub fn of(&self, group: Group) -> List {
        match group {
            Group::Mine => self.mine,
            Group::Waiting => self.waiting,
            Group::Done => self.done,
        }
    }

    /// All of them.
    pub fn all(&self) -> [List; 3] {
        [self.mine, self.waiting, self.done]
    }

    /// The rows of a group, as far as they have come.
    pub fn rows(&self, group: Group) -> Memo<Vec<QueueRow>> {
        let list = self.of(group);
        Memo::new(move |_| list.items.read().iter().map(row_of).collect())
    }

    /// Whether each has answered.
    pub fn answered(&self) -> bool {
        self.all().iter().all(|list| list.answered.get())
    }

    /// Whether there is nothing in any of them.
    pub fn is_empty(&self) -> bool {
        self.all().iter().all(|list| list.answered.get() && !list.busy.get() && list.items.read().is_empty())
    }

    /// Why something did not come.
    pub fn problem(&self) -> Option<ApiError> {
        let damaged = || self.damaged.get().then(|| ApiError::Problem(Problem::storage_corrupt()));
        self.all().iter().find_map(|list| list.problem.get()).or_else(damaged)
    }

    /// Tries again what did not come.
    pub fn retry(&self) {
        self.all().iter().filter(|list| list.problem.with_untracked(Option::is_some)).for_each(Paged::retry);
    }
}
