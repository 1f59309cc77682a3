//! What can be done on an open request, by side and standing.

use super::card::Ask;
use super::changes::pieces;
use super::standing::Standing;
use crate::format::money;
use crate::headline::first_name;
use crate::i18n::t;
use crate::navigate::{Panel, Panels, use_panels};
use crate::refusal::sentence;
use crate::store::new_key;
use crate::ui::{Button, ButtonVariant, IconName, Menu, MenuItem};
use api::client::{ApiError, RequestAct};
use domain::payment_request::CounterOffer;
use domain::thread::Role;
use leptos::prelude::*;
use stylers::style_sheet;

/// Something done on the request, and what came of it.
#[derive(Clone, Copy)]
pub(super) struct Acts {
    run: Action<RequestAct, Result<(), ApiError>>,
}

impl Acts {
    /// What can be done on `ask`.
    pub fn on(ask: Ask) -> Self {
        let run = Action::new_local(move |act: &RequestAct| {
            let (act, id) = (*act, ask.id.get_value());
            async move {
                let (client, key) = (ask.session.client(), new_key());
                ask.session.commit(client.on_request(&key, &id, act)).await
            }
        });
        Self { run }
    }

    pub fn does(self, act: RequestAct) -> Callback<()> {
        Callback::new(move |()| drop(self.run.dispatch_local(act)))
    }

    pub fn pending(self) -> Signal<bool> {
        self.run.pending().into()
    }

    /// What went wrong, read out.
    pub fn problem(self) -> impl IntoView {
        let value = self.run.value();
        move || {
            let problem = value.with(|last| match last {
                Some(Err(error)) => Some(sentence(error)),
                Some(Ok(())) | None => None,
            });
            problem.map(|problem| view! { <p class="error" role="alert">{problem}</p> })
        }
    }
}

/// What is offered on a card.
#[derive(Clone, PartialEq)]
enum Offer {
    /// The buyer can pay.
    Pay { again: bool, counter: Option<CounterOffer> },
    /// The buyer has to confirm.
    Confirm,
    /// It is being paid.
    Paying,
    /// Nothing: it is being checked, or the other side is paying.
    Nothing,
    /// The seller can change it.
    Change,
    /// The seller can answer an offer.
    Answer { counter: CounterOffer },
    /// The two are not in one market.
    Outside,
}

fn offer(ask: Ask) -> Offer {
    if ask.cell.state.with(|state| state.market().is_none()) {
        return Offer::Outside;
    }
    let counter = ask.request.with(|request| request.counter().cloned());
    match (ask.cell.role, ask.standing.get()) {
        (Role::Buyer, Standing::Idle) => Offer::Pay { again: false, counter },
        (Role::Buyer, Standing::Failed { .. }) => Offer::Pay { again: true, counter },
        (Role::Buyer, Standing::Confirm { .. }) => Offer::Confirm,
        (Role::Buyer, Standing::Paying | Standing::Paid) => Offer::Paying,
        (Role::Buyer | Role::Seller, Standing::Checking) => Offer::Nothing,
        (Role::Seller, Standing::Idle | Standing::Failed { .. }) => match counter {
            Some(counter) => Offer::Answer { counter },
            None => Offer::Change,
        },
        (Role::Seller, Standing::Confirm { .. } | Standing::Paying | Standing::Paid) => Offer::Nothing,
    }
}

/// The buttons of an open request, and the offer they answer.
#[component]
pub(super) fn CardActions(
    /// The request.
    ask: Ask,
) -> impl IntoView {
    let class = style_sheet!("src/payment_request/actions.css");
    let panels = use_panels();
    let acts = Acts::on(ask);
    let offered = Memo::new(move |_| offer(ask));
    let shown = move || match offered.get() {
        Offer::Pay { again, counter } => pay(ask, panels, acts, again, counter).into_any(),
        Offer::Confirm => view! {
            <div class="actions">
                <Button variant=ButtonVariant::Primary on_click=opens(ask, panels, Panel::Checkout)>
                    {t().ask_confirm()}
                </Button>
            </div>
        }
        .into_any(),
        Offer::Paying => view! {
            <div class="actions">
                <Button variant=ButtonVariant::Primary pending=true>
                    {t().ask_paying()}
                </Button>
            </div>
        }
        .into_any(),
        Offer::Nothing => ().into_any(),
        Offer::Change => view! {
            <div class="actions">
                <Button on_click=opens(ask, panels, Panel::Revise)>{t().ask_revise()}</Button>
                <SellerMenu ask panels acts countered=false />
            </div>
        }
        .into_any(),
        Offer::Answer { counter } => answer(ask, panels, acts, &counter).into_any(),
        Offer::Outside => view! { <p class="hint">{t().ask_outside()}</p> }.into_any(),
    };
    view! { class=class, <div class="request-actions">{shown} {acts.problem()}</div> }
}

fn opens(ask: Ask, panels: Panels, panel: fn(domain::ids::PaymentRequestId) -> Panel) -> Callback<()> {
    Callback::new(move |()| panels.open(&panel(ask.id.get_value())))
}

fn pay(ask: Ask, panels: Panels, acts: Acts, again: bool, counter: Option<CounterOffer>) -> impl IntoView {
    let label = if again { t().ask_try_again() } else { t().ask_pay() };
    let offer = counter.as_ref().map(|counter| {
        let words = t().ask_your_offer(&money(counter.proposal.total));
        view! { <p class="offer">{words}</p> }
    });
    let second = match counter {
        Some(_) => view! {
            <Button pending=acts.pending() on_click=acts.does(RequestAct::WithdrawCounter)>
                {t().ask_take_back()}
            </Button>
        },
        None => view! { <Button on_click=opens(ask, panels, Panel::Counter)>{t().ask_counter()}</Button> },
    };
    let items = Callback::new(move |()| {
        vec![MenuItem {
            label: t().ask_decline().to_owned(),
            icon: Some(IconName::CrossCircle),
            danger: true,
            run: acts.does(RequestAct::Decline),
        }]
    });
    view! {
        {offer}
        <div class="actions">
            <Button variant=ButtonVariant::Primary on_click=opens(ask, panels, Panel::Checkout)>
                {label}
            </Button>
            {second}
        </div>
        <span class="more">
            <Menu label=t().ask_more().to_owned() items />
        </span>
    }
}

fn answer(ask: Ask, panels: Panels, acts: Acts, counter: &CounterOffer) -> impl IntoView {
    let peer = ask.peer.with_value(|peer| first_name(peer).to_owned());
    let total = money(counter.proposal.total);
    let note = counter.proposal.note.as_ref().map(|note| view! { <p class="hint" dir="auto">{note.to_string()}</p> });
    let quantities = &counter.proposal.quantities;
    let lines = (!quantities.is_empty()).then(|| {
        ask.request.with_untracked(|request| {
            let items = request.current().terms.items().iter().zip(quantities).filter(|(_, quantity)| **quantity > 0);
            let lines: Vec<String> = items
                .map(|(item, quantity)| {
                    let item = domain::terms::Item { quantity: *quantity, ..item.clone() };
                    format!("{} {}", item.name, pieces(&item))
                })
                .collect();
            view! { <p class="hint">{t().ask_offer_lines(&lines.join(", "))}</p> }
        })
    });
    view! {
        <p class="offer">{t().ask_peers_offer(&peer, &total)}</p>
        {lines}
        {note}
        <div class="actions">
            <Button
                variant=ButtonVariant::Primary
                pending=acts.pending()
                on_click=acts.does(RequestAct::AcceptCounter)
            >
                {t().ask_accept_offer(&total)}
            </Button>
            <Button pending=acts.pending() on_click=acts.does(RequestAct::DeclineCounter)>
                {t().ask_decline_offer()}
            </Button>
        </div>
        <SellerMenu ask panels acts countered=true />
    }
}

/// What a seller does less often.
#[component]
fn SellerMenu(
    /// The request.
    ask: Ask,
    /// The panels of its thread.
    panels: Panels,
    /// What can be done on it.
    acts: Acts,
    /// Whether an offer waits, so that changing it is not a button of its own.
    countered: bool,
) -> impl IntoView {
    let items = Callback::new(move |()| {
        let revise = countered.then(|| MenuItem {
            label: t().ask_revise().to_owned(),
            icon: Some(IconName::Edit),
            danger: false,
            run: opens(ask, panels, Panel::Revise),
        });
        let withdraw = MenuItem {
            label: t().ask_withdraw().to_owned(),
            icon: Some(IconName::Undo),
            danger: true,
            run: acts.does(RequestAct::Withdraw),
        };
        revise.into_iter().chain([withdraw]).collect()
    });
    view! {
        <span class="more">
            <Menu label=t().ask_more().to_owned() items />
        </span>
    }
}
