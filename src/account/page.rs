//! Oneself: profile, look, language, export, the demo.

use super::business::{Business, who};
use super::data::YourData;
use super::developers::DevelopersPage;
use super::devices::Devices;
use super::money::MoneyPage;
use super::proofs::ProofsOfMe;
use super::replies::RepliesPage;
use super::room::Room;
use super::selling::SellingPage;
use super::team::TeamPage;
use crate::app::{Theme, both_name, choose_theme, chosen_theme, save_file};
use crate::facts::FactsOf;
use crate::format::full_day;
use crate::i18n::{self, Lang, t};
use crate::push::PushSwitch;
use crate::refusal::sentence;
use crate::store::{answer, new_key, use_session};
use crate::thread::{share_presence, shares_presence};
use crate::transport::is_kept_here;
use crate::ui::{Avatar, AvatarSize, Button, ButtonVariant, ConfirmDialog, IconName, Switch};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;
use stylers::style_sheet;

/// Oneself, or a room of one's business.
#[component]
pub fn AccountPage() -> impl IntoView {
    let is_business = use_session().is_business();
    let query = use_query_map();
    let room = Memo::new(move |_| Room::read(query.with(|query| query.get("panel")).as_deref()));
    let is_there = move |room: &Room| is_business && !(is_kept_here() && room.is_of_a_server());
    move || match room.get().filter(is_there) {
        None => view! { <OwnPage /> }.into_any(),
        Some(Room::Team) => view! { <TeamPage /> }.into_any(),
        Some(Room::Selling) => view! { <SellingPage /> }.into_any(),
        Some(Room::Developers) => view! { <DevelopersPage /> }.into_any(),
        Some(Room::Money) => view! { <MoneyPage /> }.into_any(),
        Some(Room::Replies) => view! { <RepliesPage /> }.into_any(),
    }
}

/// Oneself.
#[component]
fn OwnPage() -> impl IntoView {
    let class = style_sheet!("src/account/page.css");
    let session = use_session();
    let me = session.me();
    let is_business = me.business.is_some();
    let has_team = !is_kept_here() && is_business;
    let told = answer(move || async move { if has_team { session.client().team().await.ok() } else { None } });
    let team = Signal::derive(move || told.get().flatten());
    let (name, handle) = (me.name.to_string(), me.handle.to_string());
    let who = move || team.with(|team| team.as_ref().and_then(|team| who(team, &name)));
    let theme = RwSignal::new(chosen_theme());
    let pick_theme = move |choice: Theme| {
        choose_theme(choice);
        theme.set(choice);
    };
    let theme_button = move |(choice, label): (Theme, &'static str)| {
        view! { class=class,
            <button
                type="button"
                aria-pressed=move || (theme.get() == choice).to_string()
                on:click=move |_| pick_theme(choice)
            >
                {label}
            </button>
        }
    };
    let lang_button = move |(lang, label): (Lang, &'static str)| {
        view! { class=class,
            <button type="button" lang=lang.code() aria-pressed=(t() == lang).to_string() on:click=move |_| i18n::choose(lang)>
                {label}
            </button>
        }
    };
    let is_shared = RwSignal::new(shares_presence(session));
    let share = move |is: bool| {
        share_presence(session, is);
        is_shared.set(is);
    };
    let export = move |()| {
        spawn_local(async move {
            match session.client().export().await {
                Ok(everything) => save_file("bottega-export.json", &format!("{everything:#}")),
                Err(error) => session.toast(sentence(&error)),
            }
        });
    };
    let asking = RwSignal::new(false);
    let start_over = move |()| {
        asking.set(false);
        spawn_local(async move {
            if let Err(error) = session.client().reset(&new_key()).await {
                session.toast(sentence(&error));
            }
        });
    };
    let demo = session.is_demo().then(|| {
        view! { class=class,
            <section>
                <h2>{t().account_demo()}</h2>
                <p class="muted">{if is_kept_here() { t().account_demo_note() } else { t().account_served_note() }}</p>
                <div class="buttons">
                    <a class="button" href="/both" rel="external">{both_name()}</a>
                    <Button icon=IconName::Download on_click=Callback::new(export)>{t().account_export()}</Button>
                    <Button icon=IconName::Refresh on_click=Callback::new(move |()| asking.set(true))>
                        {t().account_start_over()}
                    </Button>
                </div>
            </section>
            <Show when=move || asking.get()>
                <ConfirmDialog
                    title=t().account_start_over()
                    text=t().account_start_over_note()
                    confirm_label=t().account_start_over()
                    cancel_label=t().account_cancel()
                    variant=ButtonVariant::Danger
                    on_confirm=Callback::new(start_over)
                    on_cancel=Callback::new(move |()| asking.set(false))
                />
            </Show>
        }
    });
    view! { class=class,
        <div class="account" data-scroll="">
            <header>
                <Avatar name=me.name.to_string() picture=Signal::stored(Some(me.avatar.to_string())) size=AvatarSize::S96 />
                <div>
                    <h1>{me.name.to_string()}</h1>
                    <p class="muted">{format!("@{} · {}, {}", me.handle, me.city, me.state)}</p>
                    {move || who().map(|who| view! { <p>{who}</p> })}
                    {me.bio.map(|bio| view! { <p>{bio.to_string()}</p> })}
                    <p class="muted fine">{t().account_since(&full_day(me.joined_at))}</p>
                </div>
            </header>
            {is_business.then(|| view! { <Business team /> <FactsOf handle=handle /> })}
            <section>
                <h2 id="look">{t().account_look()}</h2>
                <div class="segmented" role="group" aria-labelledby="look">
                    {[
                        (Theme::System, t().account_system()),
                        (Theme::Light, t().account_light()),
                        (Theme::Dark, t().account_dark()),
                    ]
                        .map(theme_button)}
                </div>
            </section>
            <section>
                <h2 id="language">{t().account_language()}</h2>
                <div class="segmented" role="group" aria-labelledby="language">
                    {Lang::ALL.map(lang_button)}
                </div>
            </section>
            <section>
                <h2>{t().account_presence()}</h2>
                <Switch
                    label=t().account_presence_label()
                    hint=t().account_presence_note().to_owned()
                    checked=is_shared
                    on_change=Callback::new(share)
                />
            </section>
            {(!is_kept_here()).then(|| view! { <PushSwitch /> <ProofsOfMe /> <Devices /> })}
            <YourData />
            {demo}
        </div>
    }
}

crate::words! {
    account_since(day) "Here since {day}" "Qui da {day}";
    account_look "Appearance" "Aspetto";
    account_system "System" "Sistema";
    account_light "Light" "Chiaro";
    account_dark "Dark" "Scuro";
    account_language "Language" "Lingua";
    account_presence "Activity status" "Stato di attività";
    account_presence_label "Show when you are active" "Mostra quando sei in linea";
    account_presence_note "In a conversation you both have open. If you turn this off, you do not see it of others either."
        "In una conversazione che avete aperta entrambi. Se lo disattivi, non lo vedi nemmeno degli altri.";
    account_demo "Demo" "Demo";
    account_demo_note "Both sides live in this browser, on a clock that can be set. No money moves."
        "Le due parti vivono in questo browser, con un orologio regolabile. Nessun denaro si muove.";
    account_served_note "Everybody here plays in one world, on one clock that anybody can set. No money moves."
        "Tutti giocano nello stesso mondo, con un orologio che chiunque può regolare. Nessun denaro si muove.";
    account_export "Export everything" "Esporta tutto";
    account_start_over "Start over" "Ricomincia";
    account_start_over_note "Everything said and bought in this demo is forgotten." "Tutto ciò che è stato detto e comprato in questa demo viene dimenticato.";
    account_cancel "Cancel" "Annulla";
}
