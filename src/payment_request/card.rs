//! What a payment request looks like inside a thread.

use super::actions::CardActions;
use super::changes::Changes;
use super::folded::{ClosedRow, PaidRow};
use super::pictured::Pictured;
use super::problem::decline_sentence;
use super::standing::Standing;
use super::summary::{peer_name, title};
use crate::facts::facts_on_card;
use crate::format::{day_and_clock, money};
use crate::headline::{self, first_name};
use crate::i18n::t;
use crate::navigate::{Panel, use_panels};
use crate::store::{Session, ThreadCell, new_key, use_session};
use crate::ui::{Icon, IconName, IconSize};
use api::client::RequestAct;
use domain::ids::PaymentRequestId;
use domain::money::Money;
use domain::payment_request::{PaymentRequest, RequestStatus};
use domain::terms::Change;
use domain::thread::Role;
use leptos::prelude::*;
use stylers::style_sheet;

/// One request of one thread, live. A copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct Ask {
    pub session: Session,
    pub cell: ThreadCell,
    pub id: StoredValue<PaymentRequestId>,
    pub request: Memo<PaymentRequest>,
    pub standing: Memo<Standing>,
    pub peer: StoredValue<String>,
}

impl Ask {
    /// What is to be paid with the proposed delivery.
    pub fn amount(self) -> Money {
        self.request.with(|request| {
            let terms = &request.current().terms;
            terms.totals(0, None).map_or(Money::zero(terms.currency()), |totals| totals.total)
        })
    }

    /// Where it stands, in a word or two.
    pub fn state_word(self) -> &'static str {
        self.request.with(|request| match &request.status {
            RequestStatus::Sent | RequestStatus::Countered { .. } => match self.standing.get() {
                Standing::Paying | Standing::Paid => t().ask_state_paying(),
                Standing::Confirm { .. } => t().ask_state_confirm(),
                Standing::Checking => t().ask_state_checking(),
                Standing::Idle | Standing::Failed { .. } if request.counter().is_some() => t().ask_state_countered(),
                Standing::Idle | Standing::Failed { .. } => t().ask_state_open(),
            },
            RequestStatus::Accepted { .. } => t().ask_state_paid(),
            RequestStatus::Declined => t().ask_state_declined(),
            RequestStatus::Withdrawn => t().ask_state_withdrawn(),
            RequestStatus::Expired => t().ask_state_expired(),
        })
    }

    /// The name of its article: kind, amount, state.
    pub fn label(self) -> String {
        t().ask_label(&money(self.amount()), self.state_word())
    }
}

/// How much of a card is shown: it shrinks once it is settled.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Size {
    Whole,
    Paid,
    Closed,
}

impl From<&RequestStatus> for Size {
    fn from(status: &RequestStatus) -> Self {
        match status {
            RequestStatus::Sent | RequestStatus::Countered { .. } => Self::Whole,
            RequestStatus::Accepted { .. } => Self::Paid,
            RequestStatus::Declined | RequestStatus::Withdrawn | RequestStatus::Expired => Self::Closed,
        }
    }
}

/// What a payment request looks like inside a thread, in every state and for both sides.
#[component]
pub fn PaymentRequestCard(
    /// The thread it is in.
    cell: ThreadCell,
    /// Which request.
    request: PaymentRequestId,
) -> impl IntoView {
    let session = use_session();
    let known = cell.state.with_untracked(|state| state.requests.get(&request).cloned());
    let Some(known) = known else { return ().into_any() };
    if cell.role == Role::Buyer && known.is_open() && known.viewed_at.is_none() {
        note_view(session, request.clone());
    }
    let id = StoredValue::new(request);
    let standing = move |_: Option<&Standing>| cell.state.with(|state| id.with_value(|id| Standing::of(state, id)));
    let ask = Ask {
        session,
        cell,
        id,
        request: Memo::new(move |_| {
            let now = cell.state.with(|state| id.with_value(|id| state.requests.get(id).cloned()));
            now.unwrap_or_else(|| known.clone())
        }),
        standing: Memo::new(standing),
        peer: StoredValue::new(peer_name(session, cell)),
    };
    let size = Memo::new(move |_| ask.request.with(|request| Size::from(&request.status)));
    let card = move || match size.get() {
        Size::Whole => view! { <WholeCard ask /> }.into_any(),
        Size::Paid => view! { <PaidRow ask /> }.into_any(),
        Size::Closed => view! { <ClosedRow ask /> }.into_any(),
    };
    view! { {card} }.into_any()
}

/// Tells the seller that the buyer has it on the screen.
fn note_view(session: Session, request: PaymentRequestId) {
    leptos::task::spawn_local(async move {
        let (client, key) = (session.client(), new_key());
        // It is noted again with the next look.
        let _noted = session.commit(client.on_request(&key, &request, RequestAct::View)).await;
    });
}

/// An open request: picture, title, amount, headline, and what can be done.
#[component]
fn WholeCard(
    /// The request.
    ask: Ask,
) -> impl IntoView {
    let class = style_sheet!("src/payment_request/card.css");
    let picture = Memo::new(move |_| ask.request.with(|request| request.current().terms.cover()));
    let drawn = move || picture.get().map(|picture| view! { <Pictured thread=ask.cell.id() picture class="cover" /> });
    let amount = move || {
        let before = ask.request.with(|request| {
            request.last_changes().into_iter().find_map(|change| match change {
                Change::Total(before, _) => Some(before),
                Change::Added(_)
                | Change::Removed(_)
                | Change::Changed { .. }
                | Change::Discount(..)
                | Change::Shipping(..)
                | Change::Tax(..)
                | Change::TaxByState => None,
            })
        });
        let now = money(ask.amount());
        match before {
            Some(before) => view! {
                <del class="num">{money(before)}</del>
                <ins class="num">{now}</ins>
            }
            .into_any(),
            None => view! { <bdi class="num">{now}</bdi> }.into_any(),
        }
    };
    let included = move || {
        let terms = |request: &PaymentRequest| {
            let terms = &request.current().terms;
            (terms.is_digital(), terms.tax_is_open(0, None))
        };
        match ask.request.with(terms) {
            (true, _) => t().ask_with_tax(),
            (false, true) => t().ask_plus_tax_by_address(),
            (false, false) => t().ask_with_shipping_and_tax(),
        }
    };
    let note = move || {
        let note = ask.request.with(|request| request.current().terms.draft().note.as_ref().map(ToString::to_string));
        note.map(|note| view! { <p class="told" dir="auto">{note}</p> })
    };
    let line = Memo::new(move |_| {
        let headline = ask.cell.state.with(|state| ask.request.with(|request| state.request_headline(request)));
        ask.peer.with_value(|peer| headline::long(&headline, ask.cell.role, peer, ask.session.now.get()))
    });
    let headline = move || {
        line.with(|line| {
            let turn = line.turn.clone().map(|turn| view! { <b>{turn}" "</b> });
            view! {
                <span>{turn} {line.text.clone()} "."</span>
                {line.then.clone().map(|then| view! { <span>{then}</span> })}
            }
        })
    };
    let seen = move || {
        let at = ask.request.with(|request| request.viewed_at).filter(|_| ask.cell.role == Role::Seller)?;
        let when = day_and_clock(at);
        Some(ask.peer.with_value(|peer| view! { <p class="muted fine">{t().ask_seen(first_name(peer), &when)}</p> }))
    };
    let failure = move || match (ask.standing.get(), ask.cell.role) {
        (Standing::Failed { reason }, Role::Buyer) => Some(view! { <p class="error">{decline_sentence(reason)}</p> }),
        (
            Standing::Failed { .. }
            | Standing::Idle
            | Standing::Paying
            | Standing::Confirm { .. }
            | Standing::Checking
            | Standing::Paid,
            Role::Buyer | Role::Seller,
        ) => None,
    };
    let panels = use_panels();
    let open_about = Callback::new(move |()| panels.open(&Panel::About));
    let seller = (ask.cell.role == Role::Buyer).then(|| {
        let entry = ask.session.inbox.entry(&ask.cell.id())?;
        let handle = entry.with_untracked(|entry| entry.peer.handle.to_string());
        Some(view! { class=class, <p class="seller">{facts_on_card(handle, open_about)}</p> })
    });
    view! { class=class,
        <article class="payment-request" aria-label=move || ask.label()>
            <div class="picture">
                {drawn}
                <span class="kind">
                    <Icon name=IconName::Tag size=IconSize::Tiny />
                    {t().ask_kind()}
                </span>
            </div>
            <div class="body">
                <h2 dir="auto">{move || ask.request.with(|request| title(&request.current().terms))}</h2>
                <p class="amount">{amount} <span class="meta">{included}</span></p>
                <Changes ask />
                {note}
                <p class="headline">{headline}</p>
                {seen}
                {failure}
                {seller}
                <CardActions ask />
            </div>
        </article>
    }
}
