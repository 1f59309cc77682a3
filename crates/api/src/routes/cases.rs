//! Help on an order, for the two and for a neutral reviewer.

use crate::answered::Answered;
use crate::app::App;
use crate::commit::{Call, Origin};
use crate::extract::{Caller, Once, id};
use crate::problem::Problem;
use crate::store::Index;
use crate::wire::{
    AcceptOffer, Account, Committed, DecideCase, MakeOffer, OpenCase, Photo, Review, ReviewPage, SayInCase, SendBack,
    ShowInCase,
};
use axum::Json;
use axum::extract::{Path, Query, State};
use domain::carrier::Carrier;
use domain::case::{Case, CaseStage, Evidence, Remedy, Said};
use domain::command::Command;
use domain::headline::About;
use domain::ids::{AccountId, CaseId, OrderId, PhotoId, ThreadId};
use domain::message::Content;
use domain::money::Money;
use domain::order::Shipment;
use domain::payment::Payment;
use domain::queue::Group;
use domain::thread::{Actor, Thread};
use domain::time::{Span, Timestamp};
use domain::timeline::RowItem;
use serde::Deserialize;

/// How long a case is shown to reviewers after it was decided.
const SHOWN_AFTER: Span = Span::days(30);
/// Cases of one page.
const PAGE: usize = 20;

pub(super) async fn open(
    State(app): State<App>,
    Path(order): Path<String>,
    Once { call, body }: Once<OpenCase>,
) -> Result<Answered<Committed>, Problem> {
    let (thread, order) = app.order_of(&order).await?;
    let OpenCase { reason, items, wish, said } = body;
    let (state, _) = app.part_of(&thread, &call.account).await?;
    let known = state.orders.get(&order).ok_or_else(Problem::not_found)?;
    let items = if items.is_empty() { known.all_pieces() } else { items };
    // What cannot be claimed is refused as such.
    let worth = match known.can_claim(&items) {
        true => state.worth_left(known, &items),
        false => Money::zero(known.terms.currency()),
    };
    let wish = wish.unwrap_or(Remedy::Refund { amount: worth });
    let said = app.said(&thread, &call, said).await?;
    app.commit(&thread, &call, Command::OpenCase { order, reason, items, wish, said }).await
}

pub(super) async fn offer(
    State(app): State<App>,
    Path((order, case)): Path<(String, String)>,
    Once { call, body: MakeOffer { remedy, said } }: Once<MakeOffer>,
) -> Result<Answered<Committed>, Problem> {
    let (thread, order) = app.order_of(&order).await?;
    let said = app.said(&thread, &call, said).await?;
    app.commit(&thread, &call, Command::Offer { order, case: id(&case)?, remedy, said }).await
}

pub(super) async fn accept(
    State(app): State<App>,
    Path((order, case)): Path<(String, String)>,
    Once { call, body: AcceptOffer { remedy } }: Once<AcceptOffer>,
) -> Result<Answered<Committed>, Problem> {
    let (thread, order) = app.order_of(&order).await?;
    app.commit(&thread, &call, Command::AcceptOffer { order, case: id(&case)?, remedy }).await
}

pub(super) async fn refuse(
    State(app): State<App>,
    Path((order, case)): Path<(String, String)>,
    Once { call, body }: Once<SayInCase>,
) -> Result<Answered<Committed>, Problem> {
    let (thread, order) = app.order_of(&order).await?;
    let said = app.said(&thread, &call, body).await?;
    app.commit(&thread, &call, Command::RefuseOffer { order, case: id(&case)?, said }).await
}

pub(super) async fn say(
    State(app): State<App>,
    Path((order, case)): Path<(String, String)>,
    Once { call, body }: Once<SayInCase>,
) -> Result<Answered<Committed>, Problem> {
    let (thread, order) = app.order_of(&order).await?;
    let said = app.said(&thread, &call, body).await?;
    app.commit(&thread, &call, Command::AddToCase { order, case: id(&case)?, said }).await
}

pub(super) async fn send_back(
    State(app): State<App>,
    Path((order, case)): Path<(String, String)>,
    Once { call, body: SendBack { carrier, tracking } }: Once<SendBack>,
) -> Result<Answered<Committed>, Problem> {
    let (thread, order) = app.order_of(&order).await?;
    app.commit(&thread, &call, Command::SendBack { order, case: id(&case)?, carrier, tracking }).await
}

pub(super) async fn act(
    State(app): State<App>,
    Path((order, case, act)): Path<(String, String, String)>,
    Once { call, body: () }: Once<()>,
) -> Result<Answered<Committed>, Problem> {
    let (thread, order) = app.order_of(&order).await?;
    let case: CaseId = id(&case)?;
    let command = match act.as_str() {
        "close" => Command::CloseCase { order, case },
        "got-back" => Command::GotBack { order, case },
        _unknown => return Err(Problem::not_found()),
    };
    app.commit(&thread, &call, command).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct After {
    after: Option<String>,
}

/// What waits for a reviewer. To everybody else there is no such thing.
pub(super) async fn reviews(
    State(app): State<App>,
    Caller(me): Caller,
    Query(After { after }): Query<After>,
) -> Result<Json<ReviewPage>, Problem> {
    app.reviewer(&me).await?;
    let found = app.store.queue(&Index::reviewers(), Group::Mine, after.as_deref(), PAGE).await?;
    let next = found.last().filter(|_| found.len() == PAGE).map(|last| last.place.clone());
    let mut reviews = Vec::new();
    for found in found {
        let About::Order(order) = &found.about else { continue };
        let Some(state) = app.readable(&found.thread).await? else { continue };
        if state.role_of(&me).is_none() {
            reviews.extend(app.review_of(&state, order).await?);
        }
    }
    Ok(Json(ReviewPage { reviews, next }))
}

pub(super) async fn review(
    State(app): State<App>,
    Caller(me): Caller,
    Path(order): Path<String>,
) -> Result<Json<Review>, Problem> {
    let (state, order) = app.reviewed(&me, &order).await?;
    app.review_of(&state, &order).await?.map(Json).ok_or_else(Problem::not_found)
}

pub(super) async fn decide(
    State(app): State<App>,
    Path((order, case)): Path<(String, String)>,
    Once { call, body: DecideCase { verdict, words } }: Once<DecideCase>,
) -> Result<Answered<Review>, Problem> {
    let (state, order) = app.reviewed(&call.account, &order).await?;
    let (case, reviewer) = (id(&case)?, call.account.clone());
    let decide = Command::DecideCase { order: order.clone(), case, verdict, words, reviewer };
    let ran = match app.made_before(&call).await? {
        Some(_) => Ok(()),
        None => app.run(&state.id, Actor::Reviewer, Origin::Call(call.clone()), decide, None).await.map(drop),
    };
    // The same call may have been made in the same moment; its outcome is then the answer.
    let made = app.made_before(&call).await?.is_some();
    if let (Err(problem), false) = (&ran, made) {
        return Err(problem.clone());
    }
    let replayed = ran.is_err();
    let state = app.store.thread(&state.id).await?.ok_or_else(Problem::not_found)?;
    let body = app.review_of(&state, &order).await?.ok_or_else(Problem::not_found)?;
    Ok(Answered { body, replayed })
}

pub(super) async fn photo(
    State(app): State<App>,
    Caller(me): Caller,
    Path((order, photo)): Path<(String, String)>,
) -> Result<Json<Photo>, Problem> {
    let (state, _) = app.reviewed(&me, &order).await?;
    let kept = app.photo_seen_by(&me, Some(state.id.as_str()), &photo).await?;
    let url = app.photos.address(&kept, Some(&state.id));
    Ok(Json(Photo { url, ..kept }))
}

impl App {
    async fn order_of(&self, order: &str) -> Result<(ThreadId, OrderId), Problem> {
        Ok((self.owner(order).await?, id(order)?))
    }

    /// What somebody says in a case. Messages are copied as they stand now; photos have to be their own.
    async fn said(&self, thread: &ThreadId, call: &Call, said: SayInCase) -> Result<Said, Problem> {
        let (_, role) = self.part_of(thread, &call.account).await?;
        // What was said once is not looked at again: it may have been unsent since.
        if self.made_before(call).await?.is_some() {
            return Ok(Said::default());
        }
        let now = self.now().await?;
        let mut evidence = Vec::new();
        for shown in said.evidence.into_iter().take(domain::case::MAX_EVIDENCE + 1) {
            evidence.push(match shown {
                ShowInCase::Photo { photo, width, height } => {
                    self.own_uploads(&call.account, [&photo]).await?;
                    let content = Content::Photo { photo, width, height };
                    Evidence { message: None, by: role, at: now, content }
                }
                ShowInCase::Message { message } => self.shown_message(thread, &message).await?,
            });
        }
        Ok(Said { words: said.words, evidence })
    }

    async fn shown_message(&self, thread: &ThreadId, message: &domain::ids::MessageId) -> Result<Evidence, Problem> {
        let row = self.store.message_row(thread, message).await?.ok_or_else(Problem::not_found)?;
        let RowItem::Message(said) = row.item else { return Err(Problem::not_found()) };
        let content = said.content.ok_or_else(|| Problem::from(domain::rejection::Rejection::MessageUnsent))?;
        Ok(Evidence { message: Some(said.id), by: said.author, at: said.sent_at, content })
    }

    /// Whether somebody decides cases.
    ///
    /// # Errors
    /// `not_found` when they do not, or when the store fails.
    async fn reviewer(&self, me: &AccountId) -> Result<Account, Problem> {
        self.account(me).await?.filter(|account| account.reviewer).ok_or_else(Problem::not_found)
    }

    /// The thread of an order whose case a reviewer looks at, or has decided. Nobody decides over their own.
    async fn reviewed(&self, me: &AccountId, order: &str) -> Result<(Thread, OrderId), Problem> {
        self.reviewer(me).await?;
        let (thread, order) = self.order_of(order).await?;
        let state = self.store.thread(&thread).await?.ok_or_else(Problem::not_found)?;
        let now = self.now().await?;
        let shown = state.role_of(me).is_none()
            && state.orders.get(&order).is_some_and(|order| reviewed_case(&order.cases, now).is_some());
        if shown { Ok((state, order)) } else { Err(Problem::not_found()) }
    }

    /// Whether a photo is evidence in a case that somebody may look at as a reviewer.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn reviews_photo(
        &self,
        me: &AccountId,
        thread: &ThreadId,
        photo: &PhotoId,
    ) -> Result<bool, Problem> {
        if self.reviewer(me).await.is_err() {
            return Ok(false);
        }
        let Some(state) = self.store.thread(thread).await? else { return Ok(false) };
        let now = self.now().await?;
        let mut cases = state.orders.values().filter_map(|order| reviewed_case(&order.cases, now));
        Ok(state.role_of(me).is_none() && cases.any(|case| case.shows(photo)))
    }

    async fn review_of(&self, state: &Thread, order: &OrderId) -> Result<Option<Review>, Problem> {
        let Some(order) = state.orders.get(order) else { return Ok(None) };
        let now = self.now().await?;
        let Some(case) = reviewed_case(&order.cases, now) else { return Ok(None) };
        let (buyer, seller) = (self.account(&state.buyer).await?, self.account(&state.seller).await?);
        let (Some(buyer), Some(seller)) = (buyer, seller) else { return Ok(None) };
        Ok(Some(Review {
            order: order.id.clone(),
            number: order.number.clone(),
            case: case.clone(),
            buyer,
            seller,
            items: order.terms.items().to_vec(),
            total: order.total(),
            returned: back(state.payment_of(order)),
            claim: state.claim(order, case),
            placed_at: order.placed_at,
            ship_by: order.ship_by,
            to: order.destination.town_only(),
            shipments: order.shipments.iter().map(without_the_shop).collect(),
        }))
    }
}

/// What has gone back of a payment, by whatever way.
fn back(payment: &Payment) -> Money {
    Money::new(payment.refunded().minor + payment.lost().minor, payment.amount.currency)
}

/// A parcel as a reviewer is told of it: where somebody fetches things is an address.
fn without_the_shop(shipment: &Shipment) -> Shipment {
    let mut shown = shipment.clone();
    if shown.carrier == Carrier::Pickup {
        shown.events.iter_mut().for_each(|scan| scan.place = None);
    }
    shown
}

/// The case of an order that a reviewer may look at: what waits for a decision, or was decided and is not long over.
fn reviewed_case(cases: &[Case], now: Timestamp) -> Option<&Case> {
    let shown = |case: &&Case| {
        let is_open = case.is_open() && matches!(case.stage, CaseStage::Review { .. });
        let decided = case.ruling.as_ref().is_some_and(|ruling| now < ruling.at.plus(SHOWN_AFTER));
        is_open || decided
    };
    cases.iter().rev().find(shown)
}
