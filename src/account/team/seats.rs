//! Those who act for the business, and what the owner does about them.

use super::deed::{Deed, Deeds};
use crate::format::day_and_clock;
use crate::i18n::t;
use crate::ui::{
    Avatar, AvatarSize, Button, ButtonKind, ButtonSize, ButtonVariant, Chip, ConfirmDialog, IconName, Menu, MenuItem,
    TextField,
};
use api::wire::{Seat, SeatName, SeatRole};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use stylers::style_sheet;

/// What the owner is asked about before it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Question {
    Remove(Seat),
    HandOver(Seat),
}

/// Those who act for the business.
#[component]
pub(super) fn Seats(
    /// The team.
    deeds: Deeds,
    /// Whether one is the owner.
    owns: Memo<bool>,
) -> impl IntoView {
    let class = style_sheet!("src/account/devices.css");
    let asked = RwSignal::new(None::<Question>);
    let list = move || {
        let (you, seats) = deeds
            .team
            .with(|team| team.as_ref().map(|team| (team.you.clone(), team.seats.clone())))
            .unwrap_or_default();
        let row = |seat: Seat| {
            let is_me = seat.id == you;
            view! { <SeatRow deeds seat is_me may=owns asked /> }
        };
        view! { <ul class="rows">{seats.into_iter().map(row).collect_view()}</ul> }
    };
    let leave = move |()| asked.set(None);
    let question = move || {
        let (title, text, label, variant, deed) = match asked.get()? {
            Question::Remove(Seat { id, name, .. }) => (
                t().team_remove_question(name.as_str()),
                t().team_remove_note(),
                t().team_remove(),
                ButtonVariant::Danger,
                Deed::Remove(id),
            ),
            Question::HandOver(Seat { id, name, .. }) => (
                t().team_hand_over_question(name.as_str()),
                t().team_hand_over_note(),
                t().team_hand_over(),
                ButtonVariant::Primary,
                Deed::HandOver(id),
            ),
        };
        Some(view! {
            <ConfirmDialog
                title
                text
                confirm_label=label
                cancel_label=t().account_cancel()
                variant
                on_confirm=move |()| {
                    asked.set(None);
                    deeds.run(deed.clone());
                }
                on_cancel=leave
            />
        })
    };
    view! { class=class,
        <section class="devices" aria-labelledby="seats">
            <h2 id="seats">{t().team_seats()}</h2>
            {list}
        </section>
        {question}
    }
}

/// One of them.
#[component]
fn SeatRow(
    /// The team.
    deeds: Deeds,
    /// Who.
    seat: Seat,
    /// Whether it is oneself.
    is_me: bool,
    /// Whether one may do something about others.
    may: Memo<bool>,
    /// Where it is asked whether one means it.
    asked: RwSignal<Option<Question>>,
) -> impl IntoView {
    let class = style_sheet!("src/account/devices.css");
    let renaming = RwSignal::new(false);
    let seat = StoredValue::new(seat);
    let name = move || seat.with_value(|seat| seat.name.to_string());
    let seen = move || match seat.with_value(|seat| seat.last_seen_at) {
        Some(at) => t().devices_seen(&day_and_clock(at)),
        None => t().team_nowhere().to_owned(),
    };
    let is_owner = seat.with_value(|seat| seat.role == SeatRole::Owner);
    let items = Callback::new(move |()| {
        let item = |label: &str, icon, danger, question: fn(Seat) -> Question| MenuItem {
            label: label.to_owned(),
            icon: Some(icon),
            danger,
            run: Callback::new(move |()| asked.set(Some(question(seat.get_value())))),
        };
        vec![
            item(t().team_hand_over(), IconName::Key, false, Question::HandOver),
            item(t().team_remove(), IconName::Trash, true, Question::Remove),
        ]
    });
    let acts = move || {
        if is_me {
            return view! {
                <Button size=ButtonSize::Small pending=deeds.pending() on_click=move |()| renaming.set(true)>
                    <span aria-hidden="true">{t().passkey_rename()}</span>
                    <span class="sr-only">{t().team_rename()}</span>
                </Button>
            }
            .into_any();
        }
        may.get().then(|| view! { <Menu label=t().team_more(&name()) items /> }).into_any()
    };
    let row = move || {
        view! { class=class,
            <div class="row">
                <Avatar name=name() size=AvatarSize::S40 />
                <div class="what">
                    <p>{if is_me { t().team_you(&name()) } else { name() }}</p>
                    <p class="muted fine">{seen()}</p>
                </div>
                {is_owner.then(|| view! { <Chip>{t().team_owner()}</Chip> })}
                {acts}
            </div>
        }
    };
    view! { class=class,
        <li>
            {move || match renaming.get() {
                true => view! { <Rename deeds name=name() /> }.into_any(),
                false => row().into_any(),
            }}
        </li>
    }
}

/// What one is called oneself.
#[component]
fn Rename(
    /// The team.
    deeds: Deeds,
    /// What one is called now.
    name: String,
) -> impl IntoView {
    let class = style_sheet!("src/account/devices.css");
    let typed = RwSignal::new(name);
    let named = move || typed.with(|typed| SeatName::try_from(typed.clone()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Ok(name) = named() {
            deeds.run(Deed::Rename(name));
        }
    };
    view! { class=class,
        <form class="row" novalidate aria-label=t().team_rename() on:submit=submit>
            <div class="what">
                <TextField
                    label=t().team_name().to_owned()
                    name="seat-name"
                    autocomplete="name"
                    value=typed
                    on_input=move |text: String| typed.set(text)
                    error=Signal::derive(move || named().is_err().then(|| t().passkey_nameless().to_owned()))
                    max_length=60u32
                />
            </div>
            <Button kind=ButtonKind::Submit size=ButtonSize::Small pending=deeds.pending()>{t().passkey_save()}</Button>
        </form>
    }
}

crate::words! {
    team_seats "People" "Persone";
    team_you(name) "{name} (you)" "{name} (tu)";
    team_owner "Owner" "Titolare";
    team_nowhere "Not signed in anywhere" "Nessun accesso attivo";
    team_more(name) "More about {name}" "Altro su {name}";
    team_rename "Change your name" "Cambia il tuo nome";
    team_name "Your name" "Il tuo nome";
    team_remove "Remove" "Rimuovi";
    team_remove_question(name) "Remove {name}?" "Rimuovere {name}?";
    team_remove_note "They are signed out everywhere at once, and nothing of theirs opens this business any more. What they said stays."
        "Uscirà subito da tutti i dispositivi e nulla di suo aprirà più questa attività. Ciò che ha scritto resta.";
    team_hand_over "Make owner" "Rendi titolare";
    team_hand_over_question(name) "Make {name} the owner?" "Rendere {name} titolare?";
    team_hand_over_note "They decide from then on who is here, about keys and webhooks, and about you. You stay as staff."
        "Da quel momento decide chi è qui, su chiavi e webhook, e su di te. Tu resti come collaboratore.";
}
