//! The clock: how fast it runs, and where it jumps to.

use crate::format::{clock_seconds, full_day};
use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::{new_key, use_session};
use crate::ui::{Button, ButtonSize, ButtonVariant, IconName};
use api::client::ApiError;
use api::wire::{ClockState, SetClock};
use leptos::prelude::*;
use stylers::style_sheet;

const MINUTES: u64 = 60;
const DAYS: u64 = 24 * 60 * 60;

/// The clock of the demo.
#[component]
pub(super) fn ClockPanel() -> impl IntoView {
    let class = style_sheet!("src/both_sides/clock_panel.css");
    let session = use_session();
    let speed = RwSignal::new(1_u32);
    leptos::task::spawn_local(async move {
        if let Ok(clock) = session.client().clock().await {
            speed.set(clock.speed);
        }
    });
    let set = Action::new_local(move |body: &SetClock| {
        let body = body.clone();
        async move {
            let clock: ClockState = session.client().set_clock(&new_key(), &body).await?;
            speed.set(clock.speed);
            Ok::<_, ApiError>(())
        }
    });
    let problem = move || match &*set.value().read() {
        Some(Err(error)) => Some(sentence(error)),
        Some(Ok(())) | None => None,
    };
    let nothing = SetClock { speed: None, advance_seconds: None, to_next: false };
    let run = {
        let nothing = nothing.clone();
        move |wanted: u32| {
            set.dispatch(SetClock { speed: Some(wanted), ..nothing.clone() });
        }
    };
    let jump = {
        let nothing = nothing.clone();
        move |seconds: u64| {
            set.dispatch(SetClock { advance_seconds: Some(seconds), ..nothing.clone() });
        }
    };
    let to_next = move |()| {
        set.dispatch(SetClock { to_next: true, ..nothing.clone() });
    };
    let speed_button = move |(wanted, label): (u32, String)| {
        let run = run.clone();
        view! { class=class,
            <button
                type="button"
                aria-pressed=move || (speed.get() == wanted).to_string()
                on:click=move |_| run(wanted)
            >
                {label}
            </button>
        }
    };
    let jump_button = move |(seconds, label): (u64, &'static str)| {
        let jump = jump.clone();
        view! { <Button pending=set.pending() on_click=Callback::new(move |()| jump(seconds))>{label}</Button> }
    };
    let speeds = [
        (0, t().clock_pause().to_owned()),
        (1, "1×".to_owned()),
        (60, "60×".to_owned()),
        (3600, t().clock_hour().to_owned()),
    ];
    view! { class=class,
        <section class="clock-panel">
            <h2 class="sr-only">{t().clock_title()}</h2>
            <p class="clock">
                <time>{move || clock_seconds(session.now.get())}</time>
                <span class="muted">{move || full_day(session.now.get())}</span>
            </p>
            <div class="segmented" role="group" aria-label=t().clock_speed()>
                {speeds.map(speed_button)}
            </div>
            <div class="jumps">
                {[(5 * MINUTES, t().clock_five_minutes()), (DAYS, t().clock_day()), (7 * DAYS, t().clock_week())]
                    .map(jump_button)}
            </div>
            <Button
                variant=ButtonVariant::Primary
                size=ButtonSize::Wide
                icon=IconName::Jump
                pending=set.pending()
                on_click=Callback::new(to_next)
            >
                {t().clock_next()}
            </Button>
            <p class="error" role="alert">{problem}</p>
        </section>
    }
}

crate::words! {
    clock_title "Clock" "Orologio";
    clock_speed "Speed" "Velocità";
    clock_pause "Pause" "Pausa";
    clock_hour "1 h/s" "1 h/s";
    clock_five_minutes "+5 min" "+5 min";
    clock_day "+1 day" "+1 giorno";
    clock_week "+1 week" "+1 sett.";
    clock_next "Jump to next deadline" "Vai alla prossima scadenza";
}
