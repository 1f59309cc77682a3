//! Where one writes.

use crate::thread::words::ComposerWords;
use crate::thread::{ComposerAid, EmojiPicker};
use crate::ui::{Icon, IconButton, IconName, IconSize, Popover, unique_id};
use domain::ids::MessageId;
use domain::text::MessageText;
use leptos::ev::SubmitEvent;
use leptos::html::{Input, Textarea};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{File, HtmlElement, HtmlTextAreaElement, KeyboardEvent};
use stylers::style_sheet;

/// How often the other is told that one is typing, in milliseconds.
const TYPING: f64 = 3000.0;

/// What the text that is being written is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ComposerContext {
    /// A new message.
    #[default]
    Nothing,
    /// An answer to a message.
    Reply {
        /// Which.
        message: MessageId,
        /// Whether it is one's own.
        own: bool,
        /// Its first words.
        excerpt: String,
    },
    /// The new words of an own message.
    Edit {
        /// Which.
        message: MessageId,
        /// What was being written before, and is again afterwards.
        before: String,
    },
}

impl ComposerContext {
    /// What was being written before an edit.
    pub fn before(&self) -> Option<&String> {
        match self {
            Self::Edit { before, .. } => Some(before),
            Self::Nothing | Self::Reply { .. } => None,
        }
    }
}

/// Where one writes: a pill that grows with its text.
#[component]
pub fn Composer(
    /// The name of the other.
    #[prop(into)]
    peer: Signal<String>,
    /// The words.
    words: ComposerWords,
    /// What is written so far. Whoever sends it empties it.
    draft: RwSignal<String>,
    /// What it is for.
    context: RwSignal<ComposerContext>,
    /// The icon of the round button in front.
    lead_icon: IconName,
    /// What that button does.
    #[prop(into)]
    lead_label: String,
    /// Called when it is used.
    on_lead: Callback<()>,
    /// Called to pick something from the catalogue; without it there is no button for it.
    #[prop(into)]
    on_catalogue: Option<Callback<()>>,
    /// Whether it takes the focus at once: somebody came to write.
    #[prop(optional)]
    begins: bool,
    /// What helps to write.
    #[prop(optional_no_strip)]
    aid: Option<ComposerAid>,
    /// Called with the text, trimmed and not empty.
    on_send: Callback<String>,
    /// Called with each picture that is chosen.
    on_photo: Callback<File>,
    /// Called now and then while text is being written.
    on_typing: Callback<()>,
) -> impl IntoView {
    let class = style_sheet!("src/thread/composer.css");
    let field_id = unique_id("composer");
    let field = NodeRef::<Textarea>::new();
    let files = NodeRef::<Input>::new();
    let told_at = StoredValue::new(0.0_f64);
    let emoji_beside = RwSignal::new_local(None::<HtmlElement>);
    let has_text = Memo::new(move |_| !draft.read().trim().is_empty());

    // What does not fit stays in the field, and how much it is stands above it.
    let excess = Memo::new(move |_| draft.read().trim().chars().count().saturating_sub(MessageText::MAX));
    let send = move || {
        let text = draft.read_untracked().trim().to_owned();
        if !text.is_empty() && excess.get_untracked() == 0 {
            on_send.run(text);
        }
        focus(field);
    };
    let cancel = move || {
        // The text of an edit is that of the message; a draft of an answer stays.
        let before = context.with_untracked(|context| context.before().cloned());
        if let Some(before) = before {
            draft.set(before);
        }
        context.set(ComposerContext::Nothing);
        focus(field);
    };
    Effect::new(move || {
        if *context.read() != ComposerContext::Nothing {
            focus(field);
        }
    });
    Effect::new(move || {
        if begins && field.get().is_some() {
            focus(field);
        }
    });
    // Where the browser cannot size a field by its content.
    Effect::new(move || {
        draft.track();
        if let Some(field) = field.get() {
            grow(&field);
        }
    });

    let input = move |event| {
        let text = event_target_value(&event);
        let now = js_sys::Date::now();
        if !text.is_empty() && now - told_at.get_value() > TYPING {
            told_at.set_value(now);
            on_typing.run(());
        }
        draft.set(text);
    };
    let keydown = move |event: KeyboardEvent| match event.key().as_str() {
        _its_key if aid.is_some_and(|aid| aid.takes(&event)) => event.prevent_default(),
        // While an input method composes, Enter chooses a word.
        "Enter" if !event.shift_key() && !event.is_composing() => {
            event.prevent_default();
            send();
        }
        "Escape" if *context.read_untracked() != ComposerContext::Nothing => {
            event.stop_propagation();
            cancel();
        }
        _ => {}
    };
    let choose_files = move |_| {
        let Some(input) = files.get_untracked() else { return };
        if let Some(chosen) = input.files() {
            (0..chosen.length()).filter_map(|index| chosen.item(index)).for_each(|file| on_photo.run(file));
        }
        // The same picture can be chosen again.
        input.set_value("");
    };
    let insert = move |emoji: String| {
        let Some(field) = field.get_untracked() else { return };
        let start = field.selection_start().ok().flatten().unwrap_or(0);
        // A field of text always has a selection.
        let _ = field.set_range_text(&emoji);
        let end = start + u32::try_from(emoji.encode_utf16().count()).unwrap_or(0);
        let _ = field.set_selection_range(end, end);
        draft.set(field.value());
    };

    let banner = move || {
        let (title, excerpt) = match context.get() {
            ComposerContext::Nothing => return None,
            ComposerContext::Reply { own: false, excerpt, .. } => ((words.replying)(&peer.read()), excerpt),
            ComposerContext::Reply { own: true, excerpt, .. } => (words.replying_to_self.to_owned(), excerpt),
            ComposerContext::Edit { .. } => (words.editing.to_owned(), String::new()),
        };
        Some(view! { class=class,
            <div class="composer-banner">
                <div>
                    <p>{title}</p>
                    <p class="excerpt">{excerpt}</p>
                </div>
                <IconButton icon=IconName::Close label=words.cancel.to_owned() on_click=move |()| cancel() />
            </div>
        })
    };
    let too_long = move || {
        let excess = excess.get();
        (excess > 0)
            .then(|| view! { class=class, <p class="composer-excess" role="alert">{(words.too_long)(excess)}</p> })
    };
    let catalogue = on_catalogue.map(|on_catalogue| {
        view! { <IconButton icon=IconName::Store label=words.catalogue.to_owned() on_click=on_catalogue /> }
    });
    let send_label = move || match *context.read() {
        ComposerContext::Edit { .. } => words.save,
        ComposerContext::Nothing | ComposerContext::Reply { .. } => words.send,
    };
    let open_emoji = move |()| {
        let anchor = document().active_element().and_then(|active| active.dyn_into::<HtmlElement>().ok());
        emoji_beside.set(anchor);
    };
    let emoji = move || {
        let anchor = emoji_beside.get()?;
        let close = move |()| emoji_beside.set(None);
        Some(view! {
            <Popover label=words.emoji anchor on_close=close>
                <EmojiPicker groups=words.emoji_groups on_pick=insert />
            </Popover>
        })
    };
    view! { class=class,
        <footer class="composer">
            {banner}
            {too_long}
            {aid.and_then(ComposerAid::view)}
            <form
                class="composer-pill"
                on:submit=move |event: SubmitEvent| {
                    event.prevent_default();
                    send();
                }
            >
                <button
                    class="composer-lead"
                    type="button"
                    title=lead_label.clone()
                    aria-label=lead_label
                    on:click=move |_| on_lead.run(())
                >
                    <Icon name=lead_icon size=IconSize::Small />
                </button>
                <label class="sr-only" for=field_id.clone()>
                    {move || (words.label)(&peer.read())}
                </label>
                <textarea
                    id=field_id
                    class="composer-field"
                    name="message"
                    rows="1"
                    autocomplete="off"
                    enterkeyhint="send"
                    placeholder=words.placeholder
                    aria-autocomplete=aid.map(|_| "list")
                    aria-controls=move || aid.and_then(ComposerAid::list)
                    aria-activedescendant=move || aid.and_then(ComposerAid::chosen)
                    node_ref=field
                    prop:value=move || draft.get()
                    on:input=input
                    on:keydown=keydown
                ></textarea>
                <span class="composer-emoji">
                    <IconButton icon=IconName::Smile label=words.emoji.to_owned() on_click=open_emoji />
                </span>
                <span class="composer-more" data-hidden=move || has_text.get().then_some("")>
                    <input type="file" accept="image/*" hidden node_ref=files on:change=choose_files />
                    <IconButton
                        icon=IconName::Image
                        label=words.photo.to_owned()
                        on_click=move |()| {
                            if let Some(files) = files.get_untracked() {
                                files.click();
                            }
                        }
                    />
                    {catalogue}
                </span>
                <Show when=move || has_text.get()>
                    <button class=format!("composer-send {class}") type="submit">
                        {send_label}
                    </button>
                </Show>
            </form>
            {emoji}
        </footer>
    }
}

fn focus(field: NodeRef<Textarea>) {
    if let Some(field) = field.get_untracked() {
        // It can always take the focus.
        let _ = field.focus();
    }
}

/// Sets the height of the field by its text, where `field-sizing` is not known.
fn grow(field: &HtmlTextAreaElement) {
    let style = HtmlElement::style(field);
    if js_sys::Reflect::has(&style, &"fieldSizing".into()).unwrap_or(false) {
        return;
    }
    // Both are valid css.
    let _ = style.set_property("block-size", "auto");
    let _ = style.set_property("block-size", &format!("{}px", field.scroll_height()));
}
