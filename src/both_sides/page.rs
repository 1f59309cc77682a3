//! The demo from outside.

use super::agenda::{AgendaPanel, Whose};
use super::clock_panel::ClockPanel;
use super::controls::Controls;
use super::faults::FaultPanel;
use crate::i18n::t;
use crate::store::use_session;
use leptos::prelude::*;
use leptos_router::components::Redirect;
use stylers::style_sheet;

/// Two phones on one clock where both sides are in this browser; the clock alone where a server has them.
#[component]
pub fn BothSidesPage() -> impl IntoView {
    #[cfg(feature = "embedded")]
    if crate::transport::is_kept_here() {
        return view! { <super::phones::TwoPhones /> }.into_any();
    }
    if use_session().is_demo() {
        view! { <ClockAlone /> }.into_any()
    } else {
        view! { <Redirect path="/" /> }.into_any()
    }
}

/// The clock of a demo that a server runs, and what it does to whoever is signed in here.
#[component]
fn ClockAlone() -> impl IntoView {
    let class = style_sheet!("src/both_sides/page.css");
    let name = use_session().me().name.to_string();
    view! { class=class,
        <div class="both" data-alone="">
            <header>
                <img src="/logo.svg" alt="" width="28" height="28" />
                <h1>{t().demo_clock()}</h1>
                <a class="button" href="/" rel="external">{t().demo_back()}</a>
                <Controls />
            </header>
            <main aria-label=t().demo_clock()>
                <div class="middle" data-scroll="">
                    <p class="notice plain">{t().demo_clock_note(&name)}</p>
                    <ClockPanel />
                    <AgendaPanel of=Whose::Mine />
                    <FaultPanel />
                </div>
            </main>
        </div>
    }
}

crate::words! {
    demo_back "Messages" "Messaggi";
    demo_clock_note(name) "You are {name} in this browser; the other side is in another one. Everybody here has this clock."
        "In questo browser sei {name}; l’altra parte è in un altro. Questo orologio vale per tutti.";
}
