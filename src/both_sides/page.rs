//! Two phones side by side, each the whole app in a frame of its own.

use super::agenda::AgendaPanel;
use super::carrier_choice::CarrierChoice;
use super::clock_panel::ClockPanel;
use crate::app::save_file;
use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::{answer, new_key, use_session};
use crate::ui::{Button, ButtonVariant, ConfirmDialog, IconName, Switch};
use api::wire::Faults;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::BroadcastChannel;
use stylers::style_sheet;
use wasm_bindgen::JsValue;

/// Who is on the phones.
const BUYER: (&str, &str) = ("maya.torres", "Maya");
const SELLER: (&str, &str) = ("kai.shapes", "Kai");

/// Two phones, one clock.
#[component]
pub fn BothSidesPage() -> impl IntoView {
    let class = style_sheet!("src/both_sides/page.css");
    let session = use_session();
    let asking = RwSignal::new(false);
    // The frames open the thread of the two, when it can be found.
    let thread = answer(move || async move {
        let entries = session.client().inbox(api::wire::Folder::Primary, "", None).await.ok()?.entries;
        let me = session.me().handle;
        let peer = if me.as_str() == BUYER.0 { SELLER.0 } else { BUYER.0 };
        entries.into_iter().find(|entry| entry.peer.handle.as_str() == peer).map(|entry| entry.thread)
    });
    let export = move |()| {
        spawn_local(async move {
            match session.client().export().await {
                Ok(everything) => save_file("bottega-export.json", &format!("{everything:#}")),
                Err(error) => session.toast(sentence(&error)),
            }
        });
    };
    let start_over = move |()| {
        asking.set(false);
        spawn_local(async move {
            if let Err(error) = session.client().reset(&new_key()).await {
                session.toast(sentence(&error));
            }
        });
    };
    let phones = move || {
        thread.get().map(|thread| {
            let path = thread.map_or_else(|| "/".to_owned(), |thread| format!("/t/{thread}"));
            (path.clone(), path)
        })
    };
    let phone = move |(handle, name): (&'static str, &'static str), side: String| {
        let title = format!("{name}, {side}");
        let (label, heading) = (title.clone(), title.clone());
        let source = move || phones().map(|(path, _)| format!("{path}?as={handle}"));
        view! { class=class,
            <section class="device" aria-label=label>
                <h2>{heading}</h2>
                <div class="frame">
                    <iframe name=format!("bottega:{handle}") title=title src=source></iframe>
                </div>
            </section>
        }
    };
    view! { class=class,
        <div class="both">
            <header>
                <img src="/logo.svg" alt="" width="28" height="28" />
                <h1>{t().both_title()}</h1>
                <Button icon=IconName::Undo on_click=Callback::new(move |()| asking.set(true))>{t().account_start_over()}</Button>
                <Button icon=IconName::Download on_click=Callback::new(export)>{t().account_export()}</Button>
            </header>
            <main aria-label=t().both_title()>
                {phone(BUYER, t().both_buyer().to_owned())}
                <div class="middle" data-scroll="">
                    <ClockPanel />
                    <AgendaPanel thread=Signal::derive(move || thread.get().flatten()) />
                    <FaultPanel />
                </div>
                {phone(SELLER, t().both_seller().to_owned())}
            </main>
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
        </div>
    }
}

/// Switches that make it hard.
#[component]
fn FaultPanel() -> impl IntoView {
    let class = style_sheet!("src/both_sides/fault_panel.css");
    let session = use_session();
    let faults = RwSignal::new(Faults { processor_late: false });
    spawn_local(async move {
        if let Ok(known) = session.client().faults().await {
            faults.set(known);
        }
    });
    let set_late = move |late: bool| {
        faults.set(Faults { processor_late: late });
        spawn_local(async move {
            match session.client().set_faults(&new_key(), &Faults { processor_late: late }).await {
                Ok(kept) => faults.set(kept),
                Err(error) => session.toast(sentence(&error)),
            }
        });
    };
    let offline = [BUYER, SELLER].map(|(handle, name)| {
        let is = RwSignal::new(false);
        let set = move |wanted: bool| {
            is.set(wanted);
            if let Ok(channel) = BroadcastChannel::new("bottega") {
                // Nobody listens where no frame is open.
                let _told = channel.post_message(&JsValue::from_str(&format!("offline acc_{handle} {wanted}")));
                channel.close();
            }
        };
        view! { class=class, <li><Switch label=t().both_offline(name) checked=is on_change=Callback::new(set) /></li> }
    });
    let double = RwSignal::new(super::double_tap::is_on());
    let set_double = move |wanted: bool| {
        double.set(wanted);
        super::double_tap::set(wanted);
    };
    view! { class=class,
        <section class="faults">
            <h2>{t().both_hard()}</h2>
            <ul>
                {offline}
                <li>
                    <Switch
                        label=t().both_late()
                        checked=Signal::derive(move || faults.read().processor_late)
                        on_change=Callback::new(set_late)
                    />
                </li>
                <li><Switch label=t().both_double() checked=double on_change=Callback::new(set_double) /></li>
            </ul>
            <CarrierChoice />
        </section>
    }
}

crate::words! {
    both_title "Both sides at once" "Le due parti insieme";
    both_buyer "buyer" "acquirente";
    both_seller "seller" "venditore";
    both_hard "Make it hard" "Rendilo difficile";
    both_offline(name) "{name} is offline" "{name} è offline";
    both_late "Processor answers late" "Il processore risponde tardi";
    both_double "Double tap on Pay" "Doppio tocco su Paga";
}
