//! The threads that orders are looked for in, loaded one after the other.

use crate::store::{Session, ThreadCell};
use api::client::ApiError;
use api::wire::Folder;
use domain::ids::ThreadId;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Most pages of the inbox that are looked through.
const PAGES: usize = 25;

/// The threads that orders are looked for in. A copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct LoadedThreads {
    /// Those that are there.
    pub cells: RwSignal<Vec<ThreadCell>>,
    /// Whether all are there: until then no sum over them is one.
    pub loaded: Signal<bool>,
    /// Why some are not.
    pub problem: RwSignal<Option<ApiError>>,
    /// How many things are under way.
    under_way: RwSignal<usize>,
    asked: StoredValue<Vec<ThreadId>>,
    session: Session,
}

/// Loads the threads of the inbox, those with something to do first, and those that come later when they come.
pub(super) fn use_loaded_threads(session: Session) -> LoadedThreads {
    // Looking through the inbox is the first.
    let (under_way, problem) = (RwSignal::new(1), RwSignal::new(None));
    let threads = LoadedThreads {
        cells: RwSignal::new(Vec::new()),
        loaded: Signal::derive(move || {
            session.inbox.loaded.get() && under_way.get() == 0 && problem.with(Option::is_none)
        }),
        problem,
        under_way,
        asked: StoredValue::new(Vec::new()),
        session,
    };
    // Loading is what happens in the world; what is shown is derived from what was loaded.
    Effect::new(move || threads.load(&session.inbox.primary.read()));
    spawn_local(async move {
        for _page in 0..PAGES {
            let before = session.inbox.primary.with_untracked(Vec::len);
            let more = session.load_more_of_inbox(Folder::Primary).await;
            if more.is_err() || session.inbox.primary.with_untracked(Vec::len) == before {
                break;
            }
        }
        // The page may have been left meanwhile.
        let _gone = under_way.try_update(|count| *count -= 1);
    });
    threads
}

impl LoadedThreads {
    /// Tries again what did not come.
    pub fn retry(&self) {
        let have: Vec<ThreadId> = self.cells.with_untracked(|cells| cells.iter().map(ThreadCell::id).collect());
        self.asked.set_value(have);
        self.problem.set(None);
        let all = self.session.inbox.primary.get_untracked();
        self.load(&all);
    }

    fn load(&self, all: &[ThreadId]) {
        let threads = *self;
        let mut wanted: Vec<ThreadId> =
            all.iter().filter(|id| !threads.asked.with_value(|asked| asked.contains(id))).cloned().collect();
        threads.asked.update_value(|asked| asked.extend(wanted.iter().cloned()));
        let busy = |id: &ThreadId| {
            let entry = threads.session.inbox.entry(id);
            entry.is_some_and(|entry| entry.with_untracked(|entry| entry.headline.is_some()))
        };
        wanted.sort_by_key(|id| !busy(id));
        threads.under_way.update(|count| *count += 1);
        spawn_local(async move {
            for id in wanted {
                // The page may have been left meanwhile.
                let kept = match threads.session.thread(&id).await {
                    Ok(cell) => threads.cells.try_update(|cells| cells.push(cell)),
                    Err(error) => threads.problem.try_update(|problem| *problem = Some(error)),
                };
                if kept.is_none() {
                    return;
                }
            }
            let _gone = threads.under_way.try_update(|count| *count -= 1);
        });
    }
}
