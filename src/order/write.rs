//! One write at a time: whether it is under way, what went wrong, and the key that makes repeating it safe.

use crate::refusal::sentence;
use crate::store::{new_key, use_session};
use crate::transport::AnyTransport;
use crate::ui::{Icon, IconName, IconSize};
use api::client::{ApiError, Client, IdempotencyKey};
use api::wire::Committed;
use leptos::prelude::*;

/// A write that a person starts. A copy is a handle.
pub(crate) struct Write<B: 'static> {
    action: Action<B, Result<(), ApiError>>,
}

impl<B: 'static> Clone for Write<B> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<B: 'static> Copy for Write<B> {}

/// Makes a write of `call`. As long as nobody knows whether one arrived, the same one is repeated with the same key.
/// `on_done` is told when one came through.
pub(crate) fn use_write<B, F>(
    call: impl Fn(Client<AnyTransport>, IdempotencyKey, B) -> F + 'static,
    on_done: impl Fn(&B) + Clone + 'static,
) -> Write<B>
where
    B: Clone + PartialEq + 'static,
    F: Future<Output = Result<Committed, ApiError>> + 'static,
{
    let session = use_session();
    let unanswered = StoredValue::new_local(None::<(B, IdempotencyKey)>);
    let action = Action::new_local(move |body: &B| {
        let known = unanswered.try_get_value().flatten().filter(|(known, _)| known == body);
        let key = known.map_or_else(new_key, |(_, key)| key);
        let (body, on_done) = (body.clone(), on_done.clone());
        let call = call(session.client(), key.clone(), body.clone());
        async move {
            let answer = session.commit(call).await;
            let repeat = matches!(answer, Err(ApiError::Network(_))).then(|| (body.clone(), key));
            // Whoever asked may have gone meanwhile.
            let _gone = unanswered.try_update_value(|unanswered| *unanswered = repeat);
            if answer.is_ok() {
                on_done(&body);
            }
            answer
        }
    });
    Write { action }
}

impl<B: Clone + PartialEq + 'static> Write<B> {
    /// Starts it, unless one is under way.
    pub fn start(&self, body: B) {
        if !self.action.pending().get_untracked() {
            self.action.dispatch_local(body);
        }
    }

    /// Whether one is under way.
    pub fn pending(&self) -> Signal<bool> {
        self.action.pending().into()
    }

    /// Whether one that `is` is under way.
    pub fn pending_of(&self, is: impl Fn(&B) -> bool + Send + Sync + 'static) -> Signal<bool> {
        let action = self.action;
        Signal::derive(move || action.pending().get() && action.input().with(|input| input.as_ref().is_some_and(&is)))
    }

    /// What went wrong with the last one, in words.
    pub fn problem(&self) -> Signal<Option<String>> {
        let action = self.action;
        Signal::derive(move || {
            action.value().with(|last| match last {
                Some(Err(error)) => Some(sentence(error)),
                Some(Ok(())) | None => None,
            })
        })
    }
}

/// What went wrong, beside the button that did it.
#[component]
pub(crate) fn WriteProblem(
    /// In words.
    #[prop(into)]
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let shown = move || {
        problem.get().map(|problem| {
            view! {
                <p class="error">
                    <Icon name=IconName::Warning size=IconSize::Tiny />
                    {problem}
                </p>
            }
        })
    };
    // Always there: a region is only read out when it was there before its words.
    view! { <div role="alert">{shown}</div> }
}
