//! What somebody says in a case, and picks to show it: messages of the conversation, and new photos.

use crate::i18n::t;
use crate::order::LiveOrder;
use crate::payment_request::Pictured;
use crate::photo::downsized;
use crate::refusal::sentence;
use crate::store::new_key;
use crate::ui::{FieldKind, Icon, IconName, IconSize, TextField};
use api::wire::{SayInCase, ShowInCase};
use domain::case::{CaseWords, MAX_EVIDENCE};
use domain::message::{Content, Message};
use domain::picture::Picture;
use domain::text::TextError;
use domain::timeline::RowItem;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::web_sys::File;
use stylers::style_sheet;

/// How many messages are offered: the newest that are loaded.
const OFFERED: usize = 40;

/// What somebody is about to say. A copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct Saying {
    words: RwSignal<String>,
    evidence: RwSignal<Vec<ShowInCase>>,
}

impl Saying {
    /// Nothing yet.
    pub fn new() -> Self {
        Self { words: RwSignal::new(String::new()), evidence: RwSignal::new(Vec::new()) }
    }

    /// What is to be sent; nothing when it is too long.
    pub fn read(&self) -> Option<SayInCase> {
        let words = match self.words.read_untracked().parse::<CaseWords>() {
            Ok(words) => Some(words),
            Err(TextError::Empty) => None,
            Err(TextError::TooLong { .. }) => return None,
        };
        Some(SayInCase { words, evidence: self.evidence.get_untracked() })
    }

    /// Whether something is said or shown.
    pub fn is_empty(&self) -> bool {
        self.words.read().trim().is_empty() && self.evidence.read().is_empty()
    }

    /// After it was sent.
    pub fn clear(&self) {
        self.words.set(String::new());
        self.evidence.set(Vec::new());
    }

    fn has(&self, shown: &ShowInCase) -> bool {
        self.evidence.read().contains(shown)
    }

    fn is_full(&self) -> bool {
        self.evidence.read().len() >= MAX_EVIDENCE
    }

    fn toggle(&self, shown: &ShowInCase) {
        self.evidence.update(|evidence| match evidence.iter().position(|known| known == shown) {
            Some(known) => drop(evidence.remove(known)),
            None if evidence.len() < MAX_EVIDENCE => evidence.push(shown.clone()),
            None => {}
        });
    }
}

/// Words, and what shows them.
#[component]
pub(super) fn SayingFields(
    /// On which order.
    live: LiveOrder,
    /// What is about to be said.
    saying: Saying,
    /// What the words are for.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let class = style_sheet!("src/help/saying.css");
    let most = u32::try_from(CaseWords::MAX).unwrap_or(u32::MAX);
    view! { class=class,
        <div class="saying">
            <TextField
                label=label
                name="case_words"
                kind=FieldKind::Lines
                value=saying.words
                on_input=move |text| saying.words.set(text)
                max_length=most
            />
            <details>
                <summary>
                    <Icon name=IconName::Chat size=IconSize::Small />
                    {t().show_from_conversation()}
                </summary>
                <FromConversation live saying />
            </details>
            <NewPhotos live saying />
        </div>
    }
}

/// The newest messages, to be picked.
#[component]
fn FromConversation(live: LiveOrder, saying: Saying) -> impl IntoView {
    let peer = live.peer_first();
    // What was sent a moment ago is among them once it has come through.
    let messages = Memo::new(move |_| {
        live.cell.state.track();
        let mut messages: Vec<Message> = live.cell.with_rows(|rows| {
            let said = rows.iter().rev().filter_map(|row| match &row.item {
                RowItem::Message(message) if message.content.is_some() => Some(message.clone()),
                RowItem::Message(_) | RowItem::Event(_) => None,
            });
            said.take(OFFERED).collect()
        });
        messages.reverse();
        messages
    });
    let one = move |message: Message| {
        let who = if message.author == live.role() { t().talk_you().to_owned() } else { peer.clone() };
        let shown = StoredValue::new(ShowInCase::Message { message: message.id.clone() });
        let (text, picture) = match message.content {
            Some(Content::Text { text }) => (text.to_string(), None),
            Some(Content::Product { name, .. }) => (name.to_string(), None),
            Some(Content::Photo { photo, .. }) => (t().show_a_photo().to_owned(), Some(Picture::Photo(photo))),
            None => (String::new(), None),
        };
        let picture = picture.map(|picture| view! { <Pictured thread=live.cell.id() picture /> });
        view! {
            <li>
                <label>
                    <span class="check">
                        <input
                            type="checkbox"
                            prop:checked=move || shown.with_value(|shown| saying.has(shown))
                            disabled=move || saying.is_full() && !shown.with_value(|shown| saying.has(shown))
                            on:change=move |_| shown.with_value(|shown| saying.toggle(shown))
                        />
                    </span>
                    {picture}
                    <span>
                        <b>{who}</b>
                        " "
                        <bdi>{text}</bdi>
                    </span>
                </label>
            </li>
        }
    };
    view! {
        <ul class="rows picked" aria-label=t().show_from_conversation()>
            <For each=move || messages.get() key=|message| message.id.clone() children=one />
        </ul>
    }
}

/// Photos that are taken for it.
#[component]
fn NewPhotos(live: LiveOrder, saying: Saying) -> impl IntoView {
    let files = NodeRef::<Input>::new();
    let take = Action::new_local(move |file: &File| {
        let file = file.clone();
        async move {
            let small = downsized(&file).await?;
            let sent = live.session.upload(&new_key(), &small.upload).await;
            let photo = sent.map_err(|error| sentence(&error))?;
            let shown = ShowInCase::Photo { photo, width: small.width, height: small.height };
            // Who took it may have left meanwhile.
            let _left = saying.evidence.try_update(|evidence| {
                if evidence.len() < MAX_EVIDENCE {
                    evidence.push(shown);
                }
            });
            Ok::<(), String>(())
        }
    });
    let chosen = move |_| {
        let Some(input) = files.get_untracked() else { return };
        if let Some(file) = input.files().and_then(|files| files.item(0)) {
            take.dispatch_local(file);
        }
        // The same picture can be chosen again.
        input.set_value("");
    };
    let taken = move || {
        let photos = saying.evidence.read();
        let photos = photos.iter().filter_map(|shown| match shown {
            ShowInCase::Photo { photo, .. } => Some((photo.clone(), shown.clone())),
            ShowInCase::Message { .. } => None,
        });
        let one = |(photo, shown)| {
            let picture = Picture::Photo(photo);
            view! {
                <li>
                    <Pictured thread=live.cell.id() picture class="thumb s64" />
                    <button class="link" type="button" on:click=move |_| saying.toggle(&shown)>{t().show_no_more()}</button>
                </li>
            }
        };
        photos.map(one).collect_view()
    };
    let failed = move || take.value().with(|last| last.as_ref().and_then(|last| last.as_ref().err().cloned()));
    view! {
        <ul class="taken" aria-label=t().show_photos()>{taken}</ul>
        <input type="file" accept="image/*" hidden node_ref=files on:change=chosen />
        <button
            class="button"
            type="button"
            disabled=move || saying.is_full()
            aria-busy=move || take.pending().get().then_some("true")
            on:click=move |_| {
                if let Some(files) = files.get_untracked() {
                    files.click();
                }
            }
        >
            <Icon name=IconName::Image size=IconSize::Small />
            {t().show_add_photo()}
        </button>
        <div role="alert">{move || failed().map(|failed| view! { <p class="error">{failed}</p> })}</div>
    }
}

crate::words! {
    show_from_conversation "Show something from the conversation" "Mostra qualcosa della conversazione";
    show_a_photo "Photo" "Foto";
    show_photos "Photos for this" "Foto per questo";
    show_add_photo "Add a photo" "Aggiungi una foto";
    show_no_more "Remove" "Togli";
}
