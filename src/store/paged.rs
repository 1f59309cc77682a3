//! A list that the API tells page by page. It goes on by itself until there is a screenful, or nothing more.

use api::client::ApiError;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;
use std::rc::Rc;

/// What is looked for at a time.
const SCREENFUL: usize = 20;

/// What one call brought, and where the next one goes on.
pub type Page<T, C> = (Vec<T>, Option<C>);
type Asked<T, C> = Pin<Box<dyn Future<Output = Result<Page<T, C>, ApiError>>>>;
type Ask<T, C> = Rc<dyn Fn(Option<C>) -> Asked<T, C>>;

/// Why it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    /// The question is another.
    Question,
    /// More of the same is wanted.
    More,
    /// What is there may have changed.
    Again,
}

/// A list that comes page by page. A copy is a handle.
pub struct Paged<T: Send + Sync + 'static, C: Send + Sync + 'static> {
    /// What there is so far.
    pub items: RwSignal<Vec<T>>,
    /// Where it goes on; none at the end.
    pub next: RwSignal<Option<C>>,
    /// Whether something is on its way.
    pub busy: RwSignal<bool>,
    /// Whether anything was answered to this question.
    pub answered: RwSignal<bool>,
    /// Why the last call brought nothing.
    pub problem: RwSignal<Option<ApiError>>,
    ask: StoredValue<Option<Ask<T, C>>, LocalStorage>,
    run: StoredValue<u32>,
    stale: StoredValue<bool>,
}

impl<T: Send + Sync + 'static, C: Send + Sync + 'static> Clone for Paged<T, C> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Send + Sync + 'static, C: Send + Sync + 'static> Copy for Paged<T, C> {}

/// A list that `question` says how to ask for, from its beginning or from a place. It is asked anew when what the
/// question reads changes, and what was under way is given up then; without a question it is empty.
pub fn paged<T, C, Q, F>(question: impl Fn() -> Option<Q> + 'static) -> Paged<T, C>
where
    T: Clone + PartialEq + Send + Sync + 'static,
    C: Clone + PartialEq + Send + Sync + 'static,
    Q: Fn(Option<C>) -> F + 'static,
    F: Future<Output = Result<Page<T, C>, ApiError>> + 'static,
{
    let list = Paged {
        items: RwSignal::new(Vec::new()),
        next: RwSignal::new(None),
        busy: RwSignal::new(false),
        answered: RwSignal::new(false),
        problem: RwSignal::new(None),
        ask: StoredValue::new_local(None),
        run: StoredValue::new(0),
        stale: StoredValue::new(false),
    };
    Effect::new(move || {
        let ask = question().map(|ask| Rc::new(move |after| Box::pin(ask(after)) as Asked<T, C>) as Ask<T, C>);
        let asks = ask.is_some();
        list.ask.set_value(ask);
        if asks {
            list.start(Why::Question);
        } else {
            list.empty();
        }
    });
    list
}

impl<T, C> Paged<T, C>
where
    T: Clone + PartialEq + Send + Sync + 'static,
    C: Clone + PartialEq + Send + Sync + 'static,
{
    /// Goes on for another screenful, when there is more and nothing is under way.
    pub fn more(&self) {
        if !self.busy.get_untracked() && self.next.with_untracked(Option::is_some) {
            self.start(Why::More);
        }
    }

    /// Asks for what is there once more: it may have changed.
    pub fn again(&self) {
        if self.busy.get_untracked() {
            self.stale.set_value(true);
        } else if self.ask.with_value(Option::is_some) {
            self.start(Why::Again);
        }
    }

    /// Tries again what did not come.
    pub fn retry(&self) {
        let begun = self.next.with_untracked(Option::is_some);
        self.start(if begun { Why::More } else { Why::Again });
    }

    fn empty(&self) {
        self.run.update_value(|run| *run += 1);
        self.items.set(Vec::new());
        self.next.set(None);
        self.busy.set(false);
        self.answered.set(false);
        self.problem.set(None);
    }

    fn start(&self, why: Why) {
        let Some(ask) = self.ask.get_value() else { return };
        self.run.update_value(|run| *run += 1);
        self.stale.set_value(false);
        self.busy.set(true);
        self.problem.set(None);
        if why == Why::Question {
            self.answered.set(false);
            self.next.set(None);
        }
        let (list, this) = (*self, self.run.get_value());
        spawn_local(async move {
            let had = list.items.with_untracked(Vec::len);
            let (mut items, mut after, wanted) = match why {
                Why::Question => (Vec::new(), None, SCREENFUL),
                Why::More => (list.items.get_untracked(), list.next.get_untracked(), had + SCREENFUL),
                Why::Again => (Vec::new(), None, had.max(SCREENFUL)),
            };
            loop {
                let page = ask(after).await;
                // Something else was asked meanwhile, or the view has gone.
                if list.run.try_get_value() != Some(this) {
                    return;
                }
                let (found, next) = match page {
                    Ok(page) => page,
                    Err(error) => {
                        list.problem.set(Some(error));
                        break;
                    }
                };
                items.extend(found);
                after = next;
                let enough = items.len() >= wanted || after.is_none();
                // A list that is asked for once more does not become shorter meanwhile.
                if why != Why::Again || enough {
                    list.keep(&items, &after);
                }
                if enough {
                    break;
                }
            }
            list.busy.set(false);
            if list.stale.get_value() {
                list.start(Why::Again);
            }
        });
    }

    fn keep(&self, items: &Vec<T>, next: &Option<C>) {
        if self.items.with_untracked(|known| known != items) {
            self.items.set(items.clone());
        }
        if self.next.with_untracked(|known| known != next) {
            self.next.set(next.clone());
        }
        if !self.answered.get_untracked() {
            self.answered.set(true);
        }
    }
}
