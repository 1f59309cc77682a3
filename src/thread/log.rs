//! The log of a thread: a list of any length of which only what is near the screen is in the document.

mod action;
mod dom;
mod gestures;
mod message_view;
mod row_view;
mod state;
mod toolbar;
mod window;

pub use action::LogAction;

use crate::thread::row::{CardRef, RowKey, Rows};
use crate::thread::timeline::Timeline;
use crate::thread::words::LogWords;
use crate::ui::{Icon, IconName, IconSize};
use domain::ids::PhotoId;
use domain::money::Money;
use domain::thread::Role;
use gestures::Gestures;
use leptos::html::{Div, Ol};
use leptos::prelude::*;
use message_view::Speakers;
use state::LogState;
use stylers::style_sheet;
use toolbar::{MessageToolbar, Open, Subject};

/// The log of a thread.
///
/// It shows whatever `timeline` holds, from its end, and hears of each change from the timeline itself. To seek a row
/// or the end, ask the timeline.
#[component]
pub fn ThreadLog<R: Rows>(
    /// The rows. Another timeline is another thread: the log starts over at its end.
    timeline: Signal<Timeline<R>, LocalStorage>,
    /// The side of the reader.
    #[prop(into)]
    me: Signal<Role>,
    /// The name of the other.
    #[prop(into)]
    peer: Signal<String>,
    /// The picture of the other.
    #[prop(optional, into)]
    peer_picture: Signal<Option<String>>,
    /// What the log is called: "Messages with Kai Shapes".
    #[prop(into)]
    label: Signal<String>,
    /// The words.
    words: LogWords,
    /// An amount as the reader writes it.
    amount: fn(Money) -> String,
    /// Where a picture is, once that is known; replace the row when it becomes known.
    #[prop(default = |_| None)]
    photo: fn(&PhotoId) -> Option<String>,
    /// Draws a card. It must not change the timeline while it does.
    #[prop(optional, into)]
    card: Option<Callback<CardRef, AnyView>>,
    /// Whether the other is typing.
    #[prop(optional, into)]
    typing: Signal<bool>,
    /// Whether older rows are on their way.
    #[prop(optional, into)]
    loading_older: Signal<bool>,
    /// Whether an own message may still be changed.
    #[prop(optional, into)]
    is_editable: Option<Callback<RowKey, bool>>,
    /// Called once when the oldest row comes near, until older ones came.
    #[prop(optional, into)]
    on_reach_oldest: Option<Callback<()>>,
    /// Called with what the reader does.
    #[prop(into)]
    on_action: Callback<LogAction>,
) -> impl IntoView {
    let class = style_sheet!("src/thread/log.css");
    // Another name draws every row anew; the same name told again must not.
    let peer = Memo::new(move |_| peer.get());
    let scroller = NodeRef::<Div>::new();
    let list = NodeRef::<Ol>::new();
    let tail = NodeRef::<Div>::new();
    let toolbar = NodeRef::<Div>::new();
    let subject = RwSignal::new(None::<Subject>);
    let open = RwSignal::new(Open::Nothing);
    let at_end = Signal::derive(move || timeline.read().at_end().get());
    let unseen = Signal::derive(move || timeline.read().unseen().get());

    let speakers = move || Speakers { reader: me.get(), peer: peer.get(), words, amount, photo };
    let state = StoredValue::new_local(LogState::<R>::new(Owner::current().unwrap_or_default(), on_reach_oldest));
    Effect::new(move || {
        let (Some(scroller), Some(list), Some(tail)) = (scroller.get(), list.get(), tail.get()) else { return };
        subject.set(None);
        let Some(state) = state.try_get_value() else { return };
        state.show(timeline.get(), speakers(), card, [scroller.into(), list.into(), tail.into()]);
    });
    on_cleanup(move || {
        if let Some(state) = state.try_get_value() {
            state.close();
        }
    });

    let gestures = Gestures { state, subject, open, toolbar, is_editable, on_action };
    // The toolbar is not made before somebody wants it; then it stays.
    let is_used = Memo::new(move |before| before.copied().unwrap_or(false) || subject.read().is_some());
    Effect::new(move || {
        if let (Some(subject), Some(toolbar)) = (subject.get(), toolbar.get()) {
            gestures.place_toolbar(subject, &toolbar);
        }
    });
    let letter = move || {
        let letter = peer_picture.read().is_none().then(|| peer.read().chars().next()).flatten();
        letter.map(|letter| format!("\"{letter}\""))
    };
    let picture = move || peer_picture.get().map(|address| format!("url(\"{address}\")"));
    let typing_bubble = move || {
        typing.get().then(|| {
            view! { class=class,
                <div class="log-row theirs starts ends">
                    <p class="bubble typing">
                        <i></i>
                        <i></i>
                        <i></i>
                    </p>
                </div>
            }
        })
    };
    let latest = move || match unseen.get() {
        0 => words.latest.to_owned(),
        count => (words.new_messages)(count),
    };
    view! { class=class,
        <div class="thread-log" style:--log-letter=letter style:--log-picture=picture>
            <div
                class="log-scroller"
                role="log"
                tabindex="0"
                aria-label=move || label.get()
                node_ref=scroller
                on:scroll=move |_| gestures.scrolled()
                on:click=move |event| gestures.clicked(&event)
                on:keydown=move |event| gestures.key_pressed(&event)
                on:focusin=move |event| gestures.focused(&event)
                on:pointerover=move |event| gestures.pointed_at(&event)
                on:pointerleave=move |_| gestures.left()
                on:pointerdown=move |event| gestures.pressed(&event)
                on:pointerup=move |_| gestures.released()
                on:pointercancel=move |_| gestures.released()
                on:animationend=move |event| gestures.animated(&event)
            >
                <div class="log-tail" node_ref=tail aria-hidden="true">
                    {typing_bubble}
                </div>
                <ol class="runway" node_ref=list></ol>
                <Show when=move || loading_older.get()>
                    <p class="older">{words.loading_older}</p>
                </Show>
            </div>
            <p class="sr-only" role="status">
                {move || typing.get().then(|| (words.typing)(&peer.read()))}
            </p>
            <p class="sr-only" role="status">
                {move || (unseen.get() > 0).then(latest)}
            </p>
            <Show when=move || !at_end.get()>
                <button
                    class="to-latest"
                    type="button"
                    data-new=move || (unseen.get() > 0).then_some("")
                    on:click=move |_| timeline.get_untracked().jump_to_end()
                >
                    <Icon name=IconName::ArrowDown size=IconSize::Small />
                    <span>{latest}</span>
                </button>
            </Show>
            <Show when=move || is_used.get()>
                <MessageToolbar subject open root=toolbar words on_action />
            </Show>
        </div>
    }
}
