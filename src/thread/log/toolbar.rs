//! What can be done with the message under the pointer or the focus. There is one toolbar for the whole log; it moves
//! into the row it is about, so that Tab leads from the row into it.

use super::action::LogAction;
use crate::thread::emoji_picker::EmojiPicker;
use crate::thread::row::RowKey;
use crate::thread::words::LogWords;
use crate::ui::{IconButton, IconButtonSize, IconName, MenuItem, MenuPopover, Popover};
use domain::message::Emoji;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
use stylers::style_sheet;

/// The reactions that are one tap away.
const QUICK: [&str; 6] = ["❤️", "😂", "😮", "😢", "👏", "🔥"];

/// The message a toolbar is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Which row.
    pub key: RowKey,
    /// Whether it can be unsent.
    pub is_own: bool,
    /// Whether it can still be changed.
    pub is_editable: bool,
    /// Whether it has words to copy.
    pub has_text: bool,
}

/// What is open beside the toolbar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Open {
    /// Nothing.
    #[default]
    Nothing,
    /// The quick reactions.
    Reactions,
    /// All emoji.
    AllEmoji,
    /// The other things to do.
    More,
}

/// What can be done with one message.
#[component]
pub fn MessageToolbar(
    /// The message it is about, if any.
    subject: RwSignal<Option<Subject>>,
    /// What is open beside it.
    open: RwSignal<Open>,
    /// Its element, which the log moves into rows.
    root: NodeRef<Div>,
    /// The words.
    words: LogWords,
    /// Called with what was chosen.
    on_action: Callback<LogAction>,
) -> impl IntoView {
    let class = style_sheet!("src/thread/log/toolbar.css");
    let act = move |action: fn(RowKey) -> LogAction| {
        if let Some(subject) = subject.get_untracked() {
            open.set(Open::Nothing);
            on_action.run(action(subject.key));
        }
    };
    let react = move |emoji: String| {
        if let (Some(subject), Ok(emoji)) = (subject.get_untracked(), Emoji::try_from(emoji)) {
            open.set(Open::Nothing);
            on_action.run(LogAction::React { key: subject.key, emoji: Some(emoji) });
        }
    };
    let anchor =
        move || root.get_untracked().and_then(|root| root.last_element_child()?.dyn_into::<HtmlElement>().ok());
    let quick = move || {
        (open.get() == Open::Reactions).then(|| {
            let emoji = |emoji: &'static str| {
                view! { class=class,
                    <button class="quick-reaction" type="button" aria-label=emoji on:click=move |_| react(emoji.to_owned())>
                        {emoji}
                    </button>
                }
            };
            view! { class=class,
                <span class="quick-reactions">
                    {QUICK.into_iter().map(emoji).collect_view()}
                    <IconButton
                        icon=IconName::Plus
                        size=IconButtonSize::Small
                        label=words.more_emoji.to_owned()
                        on_click=move |()| open.set(Open::AllEmoji)
                    />
                </span>
            }
        })
    };
    let items = move |subject: Subject| {
        let item = |label: &str, icon, danger, action: fn(RowKey) -> LogAction| MenuItem {
            label: label.to_owned(),
            icon: Some(icon),
            danger,
            run: Callback::new(move |()| on_action.run(action(subject.key))),
        };
        let mut items = Vec::new();
        if subject.has_text {
            items.push(item(words.copy, IconName::Copy, false, LogAction::Copy));
        }
        if subject.is_editable {
            items.push(item(words.edit, IconName::Edit, false, LogAction::Edit));
        }
        if subject.is_own {
            items.push(item(words.unsend, IconName::Undo, true, LogAction::Unsend));
        }
        items
    };
    let more = move || {
        let (Open::More, Some(subject), Some(anchor)) = (open.get(), subject.get_untracked(), anchor()) else {
            return None;
        };
        let close = move |()| open.set(Open::Nothing);
        Some(view! { <MenuPopover label=words.more.to_owned() items=items(subject) anchor on_close=close /> })
    };
    let all_emoji = move || {
        let (Open::AllEmoji, Some(anchor)) = (open.get(), anchor()) else { return None };
        let close = move |()| open.set(Open::Nothing);
        Some(view! {
            <Popover label=words.more_emoji.to_owned() anchor on_close=close>
                <EmojiPicker groups=words.emoji_groups on_pick=react />
            </Popover>
        })
    };
    let has_more = move || subject.get().is_some_and(|subject| subject.has_text || subject.is_own);
    view! { class=class,
        <div class="toolbar-home" hidden>
            <div class="message-toolbar" role="toolbar" aria-label=words.actions aria-live="off" node_ref=root>
                {quick}
                <IconButton
                    icon=IconName::Smile
                    size=IconButtonSize::Small
                    label=words.react.to_owned()
                    expanded=Signal::derive(move || open.get() == Open::Reactions)
                    on_click=move |()| {
                        open.update(|open| {
                            *open = if *open == Open::Reactions { Open::Nothing } else { Open::Reactions };
                        });
                    }
                />
                <IconButton
                    icon=IconName::Reply
                    size=IconButtonSize::Small
                    label=words.reply.to_owned()
                    on_click=move |()| act(LogAction::Reply)
                />
                <Show when=has_more>
                    <IconButton
                        icon=IconName::More
                        size=IconButtonSize::Small
                        label=words.more.to_owned()
                        expanded=Signal::derive(move || open.get() == Open::More)
                        on_click=move |()| open.set(Open::More)
                    />
                </Show>
            </div>
        </div>
        {more}
        {all_emoji}
    }
}
