//! The field and its list: a combobox in a dialog, as the ARIA practices describe it.

use super::entries::{Does, Entry, Section, always, newest, orders, talks};
use crate::app::choose_theme;
use crate::i18n::t;
use crate::navigate::use_panels;
use crate::store::{answer, use_session};
use crate::ui::{Icon, IconName, IconSize, bring_into_sight};
use futures::future::join;
use leptos::ev;
use leptos::html::{Dialog, Input};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, KeyboardEvent};
use std::time::Duration;
use stylers::style_sheet;

/// After how long without a key the API is asked.
const PAUSE: Duration = Duration::from_millis(120);
/// The id of the list.
const LIST: &str = "palette-list";

crate::part! {
    pages, fetch_palette;
    /// The dialog. It comes with the pages.
    pub fn palette_view(close: Callback<()>) {
        view! { <PaletteDialog on_close=close /> }.into_any()
    }
}

/// What is offered for the words in the field.
fn use_offers(written: RwSignal<String>) -> Memo<Vec<Entry>> {
    let session = use_session();
    let words = RwSignal::new(String::new());
    let soon = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move || {
        let text = written.read().trim().to_owned();
        if let Some(before) = soon.get_value() {
            before.clear();
        }
        // Closed meanwhile, there is nobody to tell.
        let ask = move || drop(words.try_set(text.clone()));
        soon.set_value(set_timeout_with_handle(ask, PAUSE).ok());
    });
    // What cannot be asked for is left out: pages and deeds are here without a connection.
    let found = answer(move || {
        let words = words.get();
        async move {
            if words.is_empty() {
                return (words, Vec::new());
            }
            let (talks, orders) = join(talks(session, &words), orders(session, &words)).await;
            let entries = [talks.unwrap_or_default(), orders.unwrap_or_default()].concat();
            (words, entries)
        }
    });
    let always = StoredValue::new(always(session));
    Memo::new(move |_| {
        let text = written.read().trim().to_owned();
        let mut offered: Vec<Entry> =
            always.with_value(|always| always.iter().filter(|entry| entry.is_offered(&text)).cloned().collect());
        if text.is_empty() {
            offered.extend(newest(session));
        } else {
            // What was found for other words is not what Enter should open.
            offered.extend(
                found.get().filter(|(words, _)| *words == text).map(|(_, entries)| entries).unwrap_or_default(),
            );
        }
        // As they are shown.
        offered.sort_by_key(|entry| Section::ALL.iter().position(|section| *section == entry.section));
        offered
    })
}

fn option_id(index: usize) -> String {
    format!("palette-{index}")
}

/// The dialog.
#[component]
fn PaletteDialog(
    /// Called to close it.
    on_close: Callback<()>,
) -> impl IntoView {
    let class = style_sheet!("src/palette/dialog.css");
    let panels = use_panels();
    let written = RwSignal::new(String::new());
    let offers = use_offers(written);
    // Itself, not its place: what is found later must not move the choice to something else.
    let chosen = RwSignal::new(None::<Entry>);
    let current = Memo::new(move |_| {
        let chosen = chosen.read();
        let place = |chosen: &Entry| offers.with(|offers| offers.iter().position(|entry| entry == chosen));
        chosen.as_ref().and_then(place).unwrap_or(0)
    });
    let (dialog, field) = (NodeRef::<Dialog>::new(), NodeRef::<Input>::new());
    open_over_the_page(dialog, field);
    let run = move |entry: &Entry| {
        on_close.run(());
        match &entry.does {
            Does::Go(to) => panels.go(to),
            Does::Leave(to) => drop(window().location().set_href(to)),
            Does::Look(theme) => choose_theme(*theme),
        }
    };
    let move_to = move |index: usize| {
        chosen.set(offers.read_untracked().get(index).cloned());
        bring_into_sight(&option_id(index));
    };
    let keydown = move |event: KeyboardEvent| {
        let (at, last) = (current.get_untracked(), offers.read_untracked().len().saturating_sub(1));
        if event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => move_to(if at == last { 0 } else { at + 1 }),
            "ArrowUp" => move_to(if at == 0 { last } else { at - 1 }),
            "PageDown" => move_to((at + 8).min(last)),
            "PageUp" => move_to(at.saturating_sub(8)),
            "Enter" => {
                let entry = offers.read_untracked().get(at).cloned();
                entry.iter().for_each(run);
            }
            _letters => return,
        }
        event.prevent_default();
    };
    let input = move |event| {
        chosen.set(None);
        written.set(event_target_value(&event));
    };
    let section = move |section: Section| {
        let option = move |(index, entry): (usize, Entry)| {
            let is_current = move || current.get() == index;
            let (does, pointed) = (entry.clone(), entry.clone());
            view! { class=class,
                <li
                    id=option_id(index)
                    role="option"
                    aria-selected=move || is_current().to_string()
                    on:mousemove=move |_| chosen.set(Some(pointed.clone()))
                    on:click=move |_| run(&does)
                >
                    <Icon name=entry.icon size=IconSize::Small />
                    <span class="title">{entry.title}</span>
                    <span class="detail">{entry.detail}</span>
                </li>
            }
        };
        move || {
            let entries: Vec<(usize, Entry)> = offers.with(|offers| {
                offers.iter().cloned().enumerate().filter(|(_, entry)| entry.section == section).collect()
            });
            let id = format!("palette-section-{}", section as u8);
            let heading = id.clone();
            (!entries.is_empty()).then(|| {
                view! { class=class,
                    <ul role="group" aria-labelledby=id>
                        <li class="heading" role="presentation" id=heading>
                            {section.title()}
                        </li>
                        {entries.into_iter().map(option).collect_view()}
                    </ul>
                }
            })
        }
    };
    let count = move || match offers.read().len() {
        0 => t().palette_nothing().to_owned(),
        count => t().palette_count(&count.to_string()),
    };
    let nothing = move || {
        offers.read().is_empty().then(|| view! { class=class, <p class="nothing muted">{t().palette_nothing()}</p> })
    };
    view! { class=class,
        <dialog
            class="palette"
            node_ref=dialog
            aria-label=t().palette_title()
            on:cancel=move |event: ev::Event| {
                event.prevent_default();
                on_close.run(());
            }
            on:click=move |event: ev::MouseEvent| {
                let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
                // The content covers the dialog, so what hits the dialog itself hit its backdrop.
                if target.is_some_and(|target| target.tag_name() == "DIALOG") {
                    on_close.run(());
                }
            }
        >
            <div class="frame">
                <div class="field-row">
                    <Icon name=IconName::Search size=IconSize::Small />
                    <input
                        type="text"
                        role="combobox"
                        name="palette"
                        autocomplete="off"
                        spellcheck="false"
                        enterkeyhint="go"
                        aria-label=t().palette_label()
                        aria-expanded="true"
                        aria-controls=LIST
                        aria-autocomplete="list"
                        aria-activedescendant=move || (!offers.read().is_empty()).then(|| option_id(current.get()))
                        placeholder=t().palette_hint()
                        node_ref=field
                        prop:value=move || written.get()
                        on:input=input
                        on:keydown=keydown
                    />
                    <button type="button" class="leave" on:click=move |_| on_close.run(())>
                        <kbd aria-hidden="true">"Esc"</kbd>
                        <Icon name=IconName::Close />
                        <span class="sr-only">{t().palette_close()}</span>
                    </button>
                </div>
                <p class="sr-only" role="status">{count}</p>
                {nothing}
                <div id=LIST class="options" role="listbox" aria-label=t().palette_title() tabindex="-1" data-scroll="">
                    {Section::ALL.map(section).into_iter().collect_view()}
                </div>
            </div>
        </dialog>
    }
}

/// Opens it over the page.
fn open_over_the_page(dialog: NodeRef<Dialog>, field: NodeRef<Input>) {
    Effect::new(move || {
        let (Some(dialog), Some(field)) = (dialog.get(), field.get()) else { return };
        // Only a dialog that is open already refuses, and then there is nothing to do.
        if dialog.show_modal().is_ok() {
            let _focused = field.focus();
        }
    });
}

crate::words! {
    palette_label "Search pages, orders, conversations and deeds" "Cerca pagine, ordini, conversazioni e azioni";
    palette_hint "Where to, or what to do?" "Dove vuoi andare, o che cosa fare?";
    palette_nothing "Nothing found." "Nessun risultato.";
    palette_count(n) "{n} found" "{n} trovati";
}
