//! Who acts for the business: seats, invitations, and, for the owner, what was done about them.

mod deed;
mod invitations;
mod log;
mod seats;

use super::business::is_owner;
use super::room::{Room, RoomPage};
use crate::i18n::t;
use crate::store::use_session;
use crate::ui::{Button, Skeleton, SkeletonKind};
use deed::{Deed, Deeds};
use invitations::Invitations;
use leptos::prelude::*;
use log::Log;
use seats::Seats;
use stylers::style_sheet;

/// Who acts for the business.
#[component]
pub(super) fn TeamPage() -> impl IntoView {
    let class = style_sheet!("src/account/devices.css");
    let deeds = Deeds::new(use_session());
    deeds.run(Deed::Load);
    let owns = Memo::new(move |_| deeds.team.with(|team| team.as_ref().is_some_and(is_owner)));
    let is_here = Memo::new(move |_| deeds.team.with(Option::is_some));
    let body = move || match is_here.get() {
        false if deeds.problem().is_some() => view! { class=class,
            <div class="buttons">
                <Button pending=deeds.pending() on_click=move |()| deeds.run(Deed::Load)>{t().list_retry()}</Button>
            </div>
        }
        .into_any(),
        false => view! { <Skeleton kind=SkeletonKind::Lines count=2 label=t().loading() /> }.into_any(),
        true => view! {
            <Seats deeds owns />
            <Show when=move || owns.get()>
                <Invitations deeds />
                <Log deeds />
            </Show>
        }
        .into_any(),
    };
    let business = use_session().me().name;
    view! { class=class,
        <RoomPage room=Room::Team note=t().team_note(business.as_str())>
            {move || deeds.problem().map(|problem| view! { class=class, <p class="error" role="alert">{problem}</p> })}
            {body}
        </RoomPage>
    }
}

crate::words! {
    team_note(business) "Whoever is here writes, sells and refunds as {business}. Customers see the business alone."
        "Chi è qui scrive, vende e rimborsa come {business}. I clienti vedono solo l’attività.";
}
