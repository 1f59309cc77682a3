//! Switches that make it hard.

use super::carrier_choice::CarrierChoice;
use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::{new_key, use_session};
use crate::ui::Switch;
use api::wire::Faults;
use leptos::prelude::*;
use leptos::task::spawn_local;
use stylers::style_sheet;

/// What the processor and the carrier do; and whatever else can be made hard.
#[component]
pub(super) fn FaultPanel(
    /// Further switches, each in an item of a list.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
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
    view! { class=class,
        <section class="faults">
            <h2>{t().both_hard()}</h2>
            <ul>
                {children.map(|children| children())}
                <li>
                    <Switch
                        label=t().both_late()
                        checked=Signal::derive(move || faults.read().processor_late)
                        on_change=Callback::new(set_late)
                    />
                </li>
            </ul>
            <CarrierChoice />
        </section>
    }
}

crate::words! {
    both_hard "Make it hard" "Rendilo difficile";
    both_late "Processor answers late" "Il processore risponde tardi";
}
