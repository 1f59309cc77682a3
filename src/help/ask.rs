//! Asking for help: why, over which pieces, what would put it right, and what shows it.

use super::saying::{Saying, SayingFields};
use super::wish::{Wish, WishFields, WishKind};
use crate::format::exact_deadline;
use crate::i18n::t;
use crate::order::{LiveOrder, Quantities, QuantityList, case_reason};
use crate::ui::{Icon, IconName, IconSize, unique_id};
use api::wire::OpenCase;
use domain::case::{CaseReason, Remedy};
use domain::money::Money;
use domain::order::Packed;
use domain::thread::{Role, Thread};
use domain::time::Timestamp;
use leptos::prelude::*;

/// Every reason, the most frequent first.
const REASONS: [CaseReason; 6] = [
    CaseReason::NotReceived,
    CaseReason::Damaged,
    CaseReason::NotAsDescribed,
    CaseReason::WrongItem,
    CaseReason::ChangedMyMind,
    CaseReason::Other,
];

/// What is filled in. A copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct Asking {
    live: LiveOrder,
    reason: RwSignal<Option<CaseReason>>,
    quantities: Quantities,
    wish: Wish,
    saying: Saying,
    /// Whether it was tried to be sent without a reason or a piece.
    judged: RwSignal<bool>,
}

impl Asking {
    /// Nothing filled in; all pieces are chosen.
    pub fn new(live: LiveOrder) -> Self {
        let pieces = live.order.with_untracked(|order| order.as_ref().map(|order| order.claimable()));
        let quantities = Quantities::all(pieces.unwrap_or_default());
        let claim = Signal::derive(move || worth(live, &quantities.packed()));
        let reason = RwSignal::new(None);
        let possible = Signal::derive(move || possible(live, &quantities.packed(), reason.get()));
        Self {
            live,
            reason,
            quantities,
            wish: Wish::new(claim, possible),
            saying: Saying::new(),
            judged: RwSignal::new(false),
        }
    }

    /// What is asked, when it is whole; says from now on what is missing when it is not.
    pub fn read(&self) -> Option<OpenCase> {
        self.judged.set(true);
        let items = untrack(|| self.quantities.packed());
        let (reason, wish, said) = (self.reason.get_untracked(), self.wish.read(), self.saying.read());
        if items.is_empty() {
            return None;
        }
        Some(OpenCase { reason: reason?, items, wish: Some(wish?), said: said? })
    }
}

/// What pieces are worth, as far as it has not gone back.
pub(super) fn worth(live: LiveOrder, items: &[Packed]) -> Option<Money> {
    if items.is_empty() {
        return None;
    }
    live.cell.state.with(|thread| thread.orders.get(&live.id()).map(|order| thread.worth_left(order, items)))
}

/// What can be proposed for pieces: by a buyer, whose reason counts.
pub(super) fn possible(live: LiveOrder, items: &[Packed], reason: Option<CaseReason>) -> Vec<WishKind> {
    let Some(amount) = worth(live, items) else { return vec![WishKind::Refund] };
    let can = |thread: &Thread, remedy| {
        thread.orders.get(&live.id()).is_some_and(|order| match (live.role(), reason) {
            (Role::Buyer, Some(reason)) => thread.can_be_wished(order, reason, items, remedy).is_ok(),
            (Role::Buyer, None) | (Role::Seller, _) => thread.can_be_offered(order, items, remedy).is_ok(),
        })
    };
    let remedies = [
        (WishKind::Refund, Remedy::Refund { amount }),
        (WishKind::Return, Remedy::ReturnAndRefund { amount }),
        (WishKind::Again, Remedy::Replacement),
    ];
    live.cell
        .state
        .with(|thread| remedies.into_iter().filter(|(_, remedy)| can(thread, *remedy)).map(|(kind, _)| kind).collect())
}

/// The guided questions, and what opening does.
#[component]
pub(super) fn AskForHelp(
    /// What is filled in.
    asking: Asking,
    /// Until when it can be asked.
    until: Timestamp,
) -> impl IntoView {
    let live = asking.live;
    let says = |(chosen, of): (u32, u32)| t().help_pieces(&chosen.to_string(), &of.to_string());
    let list = live.order.get_untracked().map(|order| {
        view! { <QuantityList label=t().help_which() order quantities=asking.quantities says /> }
    });
    let missing = move || {
        let unchosen = asking.judged.get() && asking.reason.get().is_none();
        unchosen.then(|| view! { <p class="error">{t().help_choose()}</p> })
    };
    let no_pieces = move || {
        let none = asking.judged.get() && asking.quantities.packed().is_empty();
        none.then(|| view! { <p class="error">{t().wish_nothing()}</p> })
    };
    let until = move || t().help_until(&exact_deadline(until, live.session.now.get()));
    view! {
        <Reasons asking />
        <div role="alert">{missing}</div>
        <fieldset>
            <legend>{t().help_which()}</legend>
            {list}
        </fieldset>
        <div role="alert">{no_pieces}</div>
        <WishFields wish=asking.wish legend=t().help_wish() />
        <SayingFields live saying=asking.saying label=t().help_tell(&live.peer_first()) />
        <p class="note">
            <Icon name=IconName::Freeze size=IconSize::Small />
            <span>{t().help_freezes(&live.peer_first())}</span>
        </p>
        <p class="muted fine">{until}</p>
    }
}

#[component]
fn Reasons(asking: Asking) -> impl IntoView {
    let group = unique_id("reason");
    let choice = move |offered: CaseReason| {
        view! {
            <label class="row compact">
                <span class="check">
                    <input
                        type="radio"
                        name=group.clone()
                        prop:checked=move || asking.reason.get() == Some(offered)
                        on:change=move |_| asking.reason.set(Some(offered))
                    />
                </span>
                <div>
                    <p class="value">{case_reason(offered)}</p>
                </div>
            </label>
        }
    };
    view! {
        <fieldset>
            <legend>{t().help_what()}</legend>
            <div class="rows">{REASONS.into_iter().map(choice).collect_view()}</div>
        </fieldset>
    }
}

crate::words! {
    help_what "What is wrong?" "Che cosa non va?";
    help_choose "Choose what is wrong." "Scegli che cosa non va.";
    help_which "Which items?" "Quali articoli?";
    help_pieces(n, of) "{n} of {of}" "{n} di {of}";
    help_wish "What would put it right?" "Che cosa risolverebbe?";
    help_tell(peer) "Tell {peer} more" "Racconta di più a {peer}";
    help_freezes(peer) "While help is open, {peer}’s money is frozen and every deadline of this order stands still. {peer} has 48 hours to answer; then a neutral reviewer is asked." "Finché l’assistenza è aperta, il denaro di {peer} è bloccato e le scadenze dell’ordine si fermano. {peer} ha 48 ore per rispondere; poi decide un arbitro neutrale.";
    help_until(until) "You can ask for help until {until}." "Puoi chiedere assistenza fino a {until}.";
}
