//! What the API answered to a question of a view.

use leptos::prelude::*;
use leptos::task::spawn_local;

/// What `ask` came to, once it did. It is asked anew when what it reads changes; the last answer stays until then.
///
/// A `LocalResource` would do the same and, while it asks, put away everything up to the next `Suspense` around it: a
/// list that is asked for every two seconds must not take the page with it.
pub fn answer<T, F>(ask: impl Fn() -> F + 'static) -> ReadSignal<Option<T>>
where
    T: Send + Sync + 'static,
    F: Future<Output = T> + 'static,
{
    let (answer, set_answer) = signal(None);
    let (asked, answered) = (StoredValue::new(0_u32), StoredValue::new(0_u32));
    Effect::new(move || {
        let question = ask();
        asked.update_value(|count| *count += 1);
        let this = asked.get_value();
        spawn_local(async move {
            let heard = question.await;
            // The answer to an older question comes too late, and a view that has gone needs none.
            if answered.try_get_value().is_some_and(|newest| newest < this) {
                answered.set_value(this);
                set_answer.set(Some(heard));
            }
        });
    });
    answer
}
