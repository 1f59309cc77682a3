//! Giving something away for good, or lending it for a while, to somebody one talks with.

use super::refusal::sentence;
use crate::i18n::t;
use crate::store::{answer, new_key, use_session};
use crate::ui::{Button, Choice, Select};
use api::client::ApiError;
use api::wire::{Folder, InboxEntry, PassOn};
use domain::ids::ThingId;
use domain::time::Span;
use leptos::prelude::*;

/// For how long it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    ForGood,
    Days(i64),
}

/// What can be chosen, by what it is called in the form.
const WAYS: [(&str, How); 4] =
    [("good", How::ForGood), ("1", How::Days(1)), ("7", How::Days(7)), ("30", How::Days(30))];

impl How {
    fn read(name: &str) -> Self {
        WAYS.into_iter().find(|(known, _)| *known == name).map_or(Self::ForGood, |(_, how)| how)
    }

    fn words(self) -> String {
        match self {
            Self::ForGood => t().things_for_good().to_owned(),
            Self::Days(1) => t().things_for_a_day().to_owned(),
            Self::Days(days) => t().things_for_days(&days.to_string()),
        }
    }
}

/// Gives or lends a thing to somebody one talks with.
#[component]
pub(super) fn PassOnForm(
    /// Which.
    thing: ThingId,
    /// Called when it is theirs.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let talks = answer(move || async move { session.client().inbox(Folder::Primary, "", None).await });
    let people = Memo::new(move |_| match talks.get() {
        Some(Ok(page)) => page.entries,
        Some(Err(_)) | None => Vec::new(),
    });
    let (to, how) = (RwSignal::new(String::new()), RwSignal::new("good".to_owned()));
    let choices = Signal::derive(move || {
        let nobody = Choice { value: String::new(), label: t().things_choose().to_owned() };
        // Anybody can take a friend's name, and nobody a friend's handle.
        let label = |entry: &InboxEntry| format!("{} · @{}", entry.peer.name, entry.peer.handle);
        let one = |entry: &InboxEntry| Choice { value: entry.thread.to_string(), label: label(entry) };
        std::iter::once(nobody).chain(people.read().iter().map(one)).collect::<Vec<_>>()
    });
    let ways: Vec<Choice> =
        WAYS.into_iter().map(|(name, how)| Choice { value: name.to_owned(), label: how.words() }).collect();
    // One key and one wish for all tries: what was done and not answered is not done again.
    let key = StoredValue::new(new_key());
    let wish = StoredValue::new(None::<PassOn>);
    let pass = Action::new_local(move |body: &PassOn| {
        let (body, thing) = (body.clone(), thing.clone());
        async move {
            session.client().pass_on(&key.get_value(), &thing, &body).await?;
            // The sheet may have been left meanwhile.
            let _told = on_done.try_run(());
            Ok::<_, ApiError>(())
        }
    });
    let choose = move |signal: RwSignal<String>| {
        move |value: String| {
            signal.set(value);
            key.set_value(new_key());
            wish.set_value(None);
        }
    };
    let submit = move |()| {
        let Ok(thread) = to.get_untracked().parse() else { return };
        let until = match How::read(&how.get_untracked()) {
            How::ForGood => None,
            How::Days(days) => Some(session.now.get_untracked().plus(Span::days(days))),
        };
        let first = wish.get_value().unwrap_or(PassOn { thread, until });
        wish.set_value(Some(first.clone()));
        pass.dispatch_local(first);
    };
    let problem = move || {
        let last = pass.value().with(|last| last.as_ref()?.as_ref().err().map(sentence));
        last.or_else(|| talks.get()?.err().as_ref().map(sentence))
    };
    let label = move || match How::read(&how.read()) {
        How::ForGood => t().things_give(),
        How::Days(_) => t().things_lend(),
    };
    view! {
        <fieldset class="pass-on">
            <legend>{t().things_pass_on()}</legend>
            <Select label=t().things_to().to_owned() name="pass-to" choices value=to on_change=choose(to) />
            <Select
                label=t().things_how_long().to_owned()
                name="pass-how"
                choices=Signal::stored(ways)
                value=how
                on_change=choose(how)
            />
            <Button
                disabled=Signal::derive(move || to.read().is_empty())
                pending=pass.pending()
                on_click=submit
            >
                {label}
            </Button>
            <p class="error" role="alert">{problem}</p>
        </fieldset>
    }
}

crate::words! {
    things_pass_on "Pass it on" "Passalo a qualcuno";
    things_to "To whom" "A chi";
    things_choose "Somebody you talk with" "Qualcuno con cui parli";
    things_how_long "For how long" "Per quanto tempo";
    things_for_good "For good" "Per sempre";
    things_for_a_day "For a day" "Per un giorno";
    things_for_days(n) "For {n} days" "Per {n} giorni";
    things_give "Give" "Dai";
    things_lend "Lend" "Presta";
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn what_is_chosen_is_read_as_what_it_is() {
        for (name, how) in WAYS {
            assert_eq!(How::read(name), how);
        }
        assert_eq!(How::read("for ever"), How::ForGood);
    }
}
