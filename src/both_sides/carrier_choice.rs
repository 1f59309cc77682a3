//! What the simulated carrier does with parcels.

use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::{new_key, use_session};
use crate::ui::{Choice, Select};
use api::wire::{CarrierJourney, Journey};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the carrier will do with parcels that are handed over from now on.
#[component]
pub(super) fn CarrierChoice() -> impl IntoView {
    let session = use_session();
    let chosen = RwSignal::new(Journey::OnTime);
    spawn_local(async move {
        if let Ok(known) = session.client().journey().await {
            chosen.set(known.journey);
        }
    });
    let choose = move |value: String| {
        let Some(journey) = Journey::ALL.into_iter().find(|journey| key(*journey) == value) else { return };
        chosen.set(journey);
        spawn_local(async move {
            match session.client().set_journey(&new_key(), &CarrierJourney { journey }).await {
                Ok(kept) => chosen.set(kept.journey),
                Err(error) => session.toast(sentence(&error)),
            }
        });
    };
    let choices =
        Journey::ALL.map(|journey| Choice { value: key(journey).to_owned(), label: words(journey).to_owned() });
    view! {
        <Select
            label=Signal::stored(t().carrier_will().to_owned())
            name="carrier"
            choices=Signal::stored(choices.to_vec())
            value=Signal::derive(move || key(chosen.get()).to_owned())
            on_change=Callback::new(choose)
        />
        <p class="hint">{t().carrier_from_now_on()}</p>
    }
}

fn key(journey: Journey) -> &'static str {
    match journey {
        Journey::OnTime => "on-time",
        Journey::Delayed => "delayed",
        Journey::Attempted => "attempted",
        Journey::PickupPoint => "pickup-point",
        Journey::Returned => "returned",
        Journey::Lost => "lost",
    }
}

fn words(journey: Journey) -> &'static str {
    match journey {
        Journey::OnTime => t().carrier_on_time(),
        Journey::Delayed => t().carrier_delayed(),
        Journey::Attempted => t().carrier_attempted(),
        Journey::PickupPoint => t().carrier_pickup_point(),
        Journey::Returned => t().carrier_returned(),
        Journey::Lost => t().carrier_lost(),
    }
}

crate::words! {
    carrier_will "The carrier will…" "Il corriere…";
    carrier_from_now_on "For parcels handed over from now on; those under way go on as planned."
        "Vale per i pacchi spediti da ora; quelli già in viaggio proseguono come previsto.";
    carrier_on_time "bring it on time" "lo porta puntuale";
    carrier_delayed "be three days late" "ha tre giorni di ritardo";
    carrier_attempted "find nobody, and come again" "non trova nessuno e ripassa";
    carrier_pickup_point "leave it at a pick-up point" "lo lascia a un punto di ritiro";
    carrier_returned "take it back to the seller" "lo riporta al venditore";
    carrier_lost "lose it" "lo perde";
}
