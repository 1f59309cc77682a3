//! Two phones side by side, each the whole app in a frame of its own.

use super::agenda::{AgendaPanel, Whose};
use super::clock_panel::ClockPanel;
use super::controls::Controls;
use super::double_tap;
use super::faults::FaultPanel;
use crate::i18n::t;
use crate::store::{answer, use_session};
use crate::ui::Switch;
use leptos::prelude::*;
use leptos::web_sys::BroadcastChannel;
use stylers::style_sheet;
use wasm_bindgen::JsValue;

/// Who is on the phones.
const BUYER: (&str, &str) = ("maya.torres", "Maya");
const SELLER: (&str, &str) = ("kai.shapes", "Kai");

/// Two phones, one clock.
#[component]
pub(super) fn TwoPhones() -> impl IntoView {
    let class = style_sheet!("src/both_sides/page.css");
    let session = use_session();
    // The frames open the thread of the two, when it can be found.
    let thread = answer(move || async move {
        let entries = session.client().inbox(api::wire::Folder::Primary, "", None).await.ok()?.entries;
        let me = session.me().handle;
        let peer = if me.as_str() == BUYER.0 { SELLER.0 } else { BUYER.0 };
        entries.into_iter().find(|entry| entry.peer.handle.as_str() == peer).map(|entry| entry.thread)
    });
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
        view! { <li><Switch label=t().both_offline(name) checked=is on_change=Callback::new(set) /></li> }
    });
    let double = RwSignal::new(double_tap::is_on());
    let set_double = move |wanted: bool| {
        double.set(wanted);
        double_tap::set(wanted);
    };
    view! { class=class,
        <div class="both">
            <header>
                <img src="/logo.svg" alt="" width="28" height="28" />
                <h1>{t().both_title()}</h1>
                <Controls />
            </header>
            <main aria-label=t().both_title()>
                {phone(BUYER, t().both_buyer().to_owned())}
                <div class="middle" data-scroll="">
                    <ClockPanel />
                    <AgendaPanel of=Whose::Thread(Signal::derive(move || thread.get().flatten())) />
                    <FaultPanel>
                        {offline}
                        <li><Switch label=t().both_double() checked=double on_change=Callback::new(set_double) /></li>
                    </FaultPanel>
                </div>
                {phone(SELLER, t().both_seller().to_owned())}
            </main>
        </div>
    }
}

crate::words! {
    both_title "Both sides at once" "Le due parti insieme";
    both_buyer "buyer" "acquirente";
    both_seller "seller" "venditore";
    both_offline(name) "{name} is offline" "{name} è offline";
    both_double "Double tap on Pay" "Doppio tocco su Paga";
}
