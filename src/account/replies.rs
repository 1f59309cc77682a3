//! What a business writes often: everybody of it uses and changes it.

use super::room::{Room, RoomPage};
use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::{new_key, use_session};
use crate::ui::{
    Button, ButtonKind, ButtonVariant, FieldKind, Icon, IconName, IconSize, Skeleton, SkeletonKind, TextField,
};
use api::client::ApiError;
use domain::replies::{RepliesDraft, SavedReplies, SavedReply, Shortcut};
use domain::text::{MessageText, TextError};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use stylers::style_sheet;

/// A reply, as it is being written: nothing is checked until it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Written {
    /// Tells it from the others.
    key: u32,
    shortcut: String,
    text: String,
}

/// Where something can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Shortcut(u32),
    Text(u32),
}

/// All of them, as they are being written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Form {
    replies: Vec<Written>,
    next: u32,
}

impl Form {
    fn of(saved: &SavedReplies) -> Self {
        let mut form = Self::default();
        saved.all().iter().for_each(|reply| form.add(reply.shortcut.as_str(), reply.text.as_str()));
        form
    }

    fn add(&mut self, shortcut: &str, text: &str) {
        let key = self.next;
        self.next += 1;
        self.replies.push(Written { key, shortcut: shortcut.to_owned(), text: text.to_owned() });
    }

    /// The replies, or where something is wrong, and what.
    fn read(&self) -> Result<SavedReplies, Vec<(Field, String)>> {
        let (mut replies, mut wrong) = (Vec::<SavedReply>::new(), Vec::new());
        for Written { key, shortcut, text } in &self.replies {
            let shortcut = shortcut.parse::<Shortcut>().map_err(|_| t().replies_bad_name().to_owned());
            let shortcut = shortcut.and_then(|shortcut| {
                let twice = replies.iter().any(|known| known.shortcut == shortcut);
                if twice { Err(t().replies_name_twice().to_owned()) } else { Ok(shortcut) }
            });
            let text = text.parse::<MessageText>().map_err(|error| match error {
                TextError::Empty => t().replies_no_text().to_owned(),
                TextError::TooLong { max } => t().replies_long_text(&max.to_string()),
            });
            match (shortcut, text) {
                (Ok(shortcut), Ok(text)) => replies.push(SavedReply { shortcut, text }),
                (shortcut, text) => {
                    wrong.extend(shortcut.err().map(|sentence| (Field::Shortcut(*key), sentence)));
                    wrong.extend(text.err().map(|sentence| (Field::Text(*key), sentence)));
                }
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        // Names are different, and the button to add one goes when there is no room.
        Ok(SavedReplies::try_from(RepliesDraft { replies }).unwrap_or_default())
    }
}

/// Saved replies.
#[component]
pub(super) fn RepliesPage() -> impl IntoView {
    let session = use_session();
    let load = Action::new_local(move |(): &()| async move { session.client().replies().await });
    load.dispatch_local(());
    let body = move || {
        load.value().with(|last| match last {
            Some(Ok(saved)) => view! { <Editor form=RwSignal::new(Form::of(saved)) /> }.into_any(),
            Some(Err(error)) => view! {
                <p class="error" role="alert">{sentence(error)}</p>
                <Button pending=load.pending() on_click=move |()| drop(load.dispatch_local(()))>{t().list_retry()}</Button>
            }
            .into_any(),
            None => view! { <Skeleton kind=SkeletonKind::Lines count=4 label=t().loading() /> }.into_any(),
        })
    };
    view! { <RoomPage room=Room::Replies note=t().replies_note()>{body}</RoomPage> }
}

/// The form.
#[component]
fn Editor(form: RwSignal<Form>) -> impl IntoView {
    let class = style_sheet!("src/account/replies.css");
    let session = use_session();
    let sent = RwSignal::new(false);
    let save = Action::new_local(move |replies: &SavedReplies| {
        let (replies, client) = (replies.clone(), session.client());
        async move {
            client.save_replies(&new_key(), &replies).await?;
            session.toast(t().replies_saved());
            Ok::<_, ApiError>(())
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        sent.set(true);
        if let (Ok(replies), false) = (form.with_untracked(Form::read), save.pending().get_untracked()) {
            save.dispatch_local(replies);
        }
    };
    let problem = move || {
        let refused = save.value().with(|last| last.as_ref().and_then(|last| last.as_ref().err().map(sentence)));
        let wrong = sent.get() && form.with(|form| form.read().is_err());
        if wrong { Some(t().editor_check().to_owned()) } else { refused }
    };
    let keys = Memo::new(move |_| form.with(|form| form.replies.iter().map(|reply| reply.key).collect::<Vec<_>>()));
    let empty = move || keys.with(Vec::is_empty).then(|| view! { <p class="muted">{t().replies_none()}</p> });
    let add = move || {
        (keys.with(Vec::len) < SavedReplies::MAX).then(|| {
            view! {
                <button class="link" type="button" on:click=move |_| form.update(|form| form.add("", ""))>
                    <Icon name=IconName::Plus size=IconSize::Tiny />
                    {t().replies_add()}
                </button>
            }
        })
    };
    view! { class=class,
        <form class="replies" novalidate aria-label=t().replies_title() on:submit=submit>
            {empty}
            <For each=move || keys.get() key=|key| *key let:key>
                <ReplyFields form sent key />
            </For>
            {add}
            <div role="alert">{move || problem().map(|problem| view! { <p class="error">{problem}</p> })}</div>
            <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary pending=save.pending()>
                {t().selling_save()}
            </Button>
        </form>
    }
}

/// One reply.
#[component]
fn ReplyFields(form: RwSignal<Form>, sent: RwSignal<bool>, key: u32) -> impl IntoView {
    let class = style_sheet!("src/account/replies.css");
    let read = move |read: fn(&Written) -> &String| {
        let of = move |form: &Form| form.replies.iter().find(|reply| reply.key == key).map(read).cloned();
        Signal::derive(move || form.with(of).unwrap_or_default())
    };
    let write = move |field: fn(&mut Written) -> &mut String| {
        move |text: String| {
            form.update(|form| {
                form.replies.iter_mut().filter(|reply| reply.key == key).for_each(|reply| *field(reply) = text.clone())
            });
        }
    };
    let error = move |field: Field| {
        Signal::derive(move || {
            let wrong = sent.get().then(|| form.with(Form::read).err()).flatten()?;
            wrong.into_iter().find(|(at, _)| *at == field).map(|(_, sentence)| sentence)
        })
    };
    let shortcut = read(|reply| &reply.shortcut);
    let name = move || match shortcut.read().trim_start_matches('/') {
        "" => t().replies_new().to_owned(),
        name => format!("/{name}"),
    };
    let remove = move |_| form.update(|form| form.replies.retain(|reply| reply.key != key));
    view! { class=class,
        <div class="reply" role="group" aria-label=name>
            <TextField
                label=t().replies_name()
                name="shortcut"
                autocomplete="off"
                value=shortcut
                on_input=write(|reply| &mut reply.shortcut)
                error=error(Field::Shortcut(key))
                max_length=25_u32
            />
            <TextField
                label=t().replies_text()
                name="text"
                kind=FieldKind::Lines
                value=read(|reply| &reply.text)
                on_input=write(|reply| &mut reply.text)
                error=error(Field::Text(key))
            />
            <button class="link danger" type="button" on:click=remove>
                <Icon name=IconName::Trash size=IconSize::Tiny />
                {t().replies_remove()}
                <span class="sr-only">{move || format!(" {}", name())}</span>
            </button>
        </div>
    }
}

crate::words! {
    replies_note "Type / at the beginning of a message to use one. {name}, {order}, {tracking} and {item} are filled in from the conversation. Everybody who acts for the business uses and changes them."
        "Scrivi / all’inizio di un messaggio per usarne una. {name}, {order}, {tracking} e {item} si compilano dalla conversazione. Chiunque agisca per l’attività le usa e le cambia.";
    replies_name "Short name" "Nome breve";
    replies_text "What it says" "Che cosa dice";
    replies_new "New reply" "Nuova risposta";
    replies_add "Add a reply" "Aggiungi una risposta";
    replies_remove "Remove" "Rimuovi";
    replies_saved "Saved. Type / to use them." "Salvato. Scrivi / per usarle.";
    replies_bad_name "A short name is 1 to 24 letters, digits and hyphens, like on-its-way." "Un nome breve ha da 1 a 24 lettere, cifre e trattini, come in-viaggio.";
    replies_name_twice "Another reply has this short name." "Un’altra risposta ha questo nome breve.";
    replies_no_text "Write what it says." "Scrivi che cosa dice.";
    replies_long_text(max) "At most {max} characters fit." "Ci stanno al massimo {max} caratteri.";
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn what_is_wrong_is_said_of_each_field() {
        let mut form = Form::default();
        form.add("/Sent", "Hi {name}");
        form.add("sent", "");
        form.add("no blanks", "Hello");
        let wrong: Vec<Field> = form.read().unwrap_err().into_iter().map(|(field, _)| field).collect();
        assert_eq!(wrong, [Field::Shortcut(1), Field::Text(1), Field::Shortcut(2)]);
        form.replies.truncate(1);
        let saved = form.read().unwrap();
        assert_eq!(Form::of(&saved).replies[0].shortcut, "sent");
    }
}
