//! The fold: records what has happened and decides nothing.

use super::{Role, Thread};
use crate::case::{Case, CaseStage, Offer, Remedy, Ruling, Said, Statement};
use crate::dispute::{Dispute, DisputeOutcome, DisputeStanding};
use crate::event::{Envelope, Event};
use crate::ids::{CaseId, DisputeId, OrderId, PaymentId, ShipmentId};
use crate::ledger::{Account, Ledger};
use crate::market::Market;
use crate::money::Money;
use crate::order::{Cancellation, Extension, Funds, Order, Shipment};
use crate::payment::{Payment, PaymentStatus, Refund, RefundStatus};
use crate::payment_request::{CounterOffer, PaymentRequest, RequestStatus};
use crate::time::{Span, Timestamp};

pub(super) fn fold(state: &mut Option<Thread>, envelope: &Envelope) {
    if let Event::ThreadStarted { buyer, seller, buyer_country, seller_country, started_by } = &envelope.event {
        *state = Some(Thread {
            id: envelope.thread.clone(),
            seq: envelope.seq,
            buyer: buyer.clone(),
            seller: seller.clone(),
            buyer_country: *buyer_country,
            seller_country: *seller_country,
            started_by: *started_by,
            accepted: false,
            requests: std::collections::BTreeMap::new(),
            payments: std::collections::BTreeMap::new(),
            orders: std::collections::BTreeMap::new(),
            ledger: Ledger::default(),
        });
    } else if let Some(thread) = state {
        thread.record(&envelope.event, envelope.at);
        thread.seq = envelope.seq;
    }
}

impl Thread {
    fn record(&mut self, event: &Event, at: Timestamp) {
        match event {
            // The first event made the thread; what people say is in the timeline.
            Event::ThreadStarted { .. }
            | Event::MessagePosted { .. }
            | Event::ThingPassed { .. }
            | Event::MessageEdited { .. }
            | Event::MessageUnsent { .. }
            | Event::ReactionSet { .. } => {}
            Event::ThreadAccepted => self.accepted = true,

            Event::RequestSent { request, revision, repeats } => {
                let number = u32::try_from(self.requests.len()).unwrap_or(u32::MAX).saturating_add(1);
                let sent = PaymentRequest {
                    id: request.clone(),
                    number,
                    revisions: vec![revision.clone()],
                    status: RequestStatus::Sent,
                    viewed_at: None,
                    repeats: repeats.clone(),
                };
                self.requests.insert(request.clone(), sent);
            }
            Event::RequestRevised { request, revision } => {
                if let Some(request) = self.requests.get_mut(request) {
                    request.revisions.push(revision.clone());
                    request.status = RequestStatus::Sent;
                }
            }
            Event::RequestViewed { request } => {
                if let Some(request) = self.requests.get_mut(request) {
                    request.viewed_at = Some(at);
                }
            }
            Event::CounterMade { request, counter, proposal, lapses_at } => {
                if let Some(request) = self.requests.get_mut(request) {
                    let revision = request.current().number;
                    let (id, proposal) = (counter.clone(), proposal.clone());
                    let counter = CounterOffer { id, revision, proposal, made_at: at, lapses_at: *lapses_at };
                    request.status = RequestStatus::Countered { counter };
                }
            }
            Event::CounterClosed { request, because: _ } => self.set_request(request, RequestStatus::Sent),
            Event::RequestDeclined { request } => self.set_request(request, RequestStatus::Declined),
            Event::RequestWithdrawn { request } => self.set_request(request, RequestStatus::Withdrawn),
            Event::RequestExpired { request } => self.set_request(request, RequestStatus::Expired),

            Event::PaymentStarted {
                payment,
                request,
                revision,
                delivery,
                amount,
                method,
                destination,
                confirmed_by,
            } => {
                let started = Payment {
                    id: payment.clone(),
                    request: request.clone(),
                    revision: *revision,
                    delivery: *delivery,
                    amount: *amount,
                    method: method.clone(),
                    destination: destination.clone(),
                    confirmed_by: *confirmed_by,
                    started_at: at,
                    status: PaymentStatus::Processing,
                    refunds: std::collections::BTreeMap::new(),
                    fee: None,
                    disputes: Vec::new(),
                };
                self.payments.insert(payment.clone(), started);
            }
            Event::PaymentActionRequired { payment, action, expires_at } => {
                let status = PaymentStatus::ActionRequired { action: *action, expires_at: *expires_at };
                self.set_payment(payment, status);
            }
            Event::PaymentResumed { payment } => self.set_payment(payment, PaymentStatus::Processing),
            Event::PaymentUnknown { payment } => self.set_payment(payment, PaymentStatus::Unknown { since: at }),
            Event::PaymentFailed { payment, reason } => {
                self.set_payment(payment, PaymentStatus::Failed { reason: *reason });
            }
            Event::PaymentAuthorised { payment, order, number, destination, undo_until, ship_by } => {
                let status = PaymentStatus::Authorised { at, undo_until: *undo_until };
                self.set_payment(payment, status);
                let Some(paid) = self.payments.get_mut(payment) else { return };
                paid.destination = destination.clone();
                let Some(request) = self.requests.get_mut(&paid.request) else { return };
                request.status = RequestStatus::Accepted { payment: payment.clone(), order: order.clone() };
                let agreed = request.revisions.iter().find(|revision| revision.number == paid.revision);
                let placed = Order {
                    id: order.clone(),
                    number: number.clone(),
                    request: request.id.clone(),
                    payment: payment.clone(),
                    terms: agreed.unwrap_or(request.current()).terms.clone(),
                    delivery: paid.delivery,
                    destination: destination.clone(),
                    placed_at: at,
                    ship_by: *ship_by,
                    extension_asked: None,
                    handed_over: None,
                    preparing_at: None,
                    shipments: Vec::new(),
                    cancelled_items: Vec::new(),
                    replaced: Vec::new(),
                    granted_at: None,
                    cancelled: None,
                    confirmed_at: None,
                    cases: Vec::new(),
                    funds: Funds::None,
                    paused: Span::seconds(0),
                };
                self.orders.insert(order.clone(), placed);
            }
            Event::CaptureStarted { payment } => {
                if let Some(payment) = self.payments.get_mut(payment) {
                    let authorised_at = authorised_at(&payment.status, at);
                    payment.status = PaymentStatus::Capturing { authorised_at, pending: None };
                }
            }
            Event::CapturePending { payment, reason } => {
                if let Some(payment) = self.payments.get_mut(payment) {
                    let authorised_at = authorised_at(&payment.status, at);
                    payment.status = PaymentStatus::Capturing { authorised_at, pending: Some(*reason) };
                }
            }
            Event::PaymentCaptured { payment, fee } => self.take(payment, *fee, at),
            Event::PaymentVoided { payment, reason } => {
                self.set_payment(payment, PaymentStatus::Voided { reason: *reason });
            }
            Event::RefundStarted { refund, payment, order, amount, reason, pieces } => {
                self.start_refund(order, *amount);
                let started = Refund {
                    id: refund.clone(),
                    amount: *amount,
                    reason: *reason,
                    started_at: at,
                    status: RefundStatus::Pending,
                    pieces: pieces.clone(),
                };
                if let Some(payment) = self.payments.get_mut(payment) {
                    payment.refunds.insert(refund.clone(), started);
                }
            }
            Event::RefundSettled { refund, payment } => {
                if let Some(amount) = self.end_refund(payment, refund, RefundStatus::Settled { at })
                    && let Some(order) = self.order_of(payment).map(|order| order.id.clone())
                {
                    self.ledger.post(&order, Account::Refunding, Account::Buyer, amount);
                }
            }
            Event::RefundFailed { refund, payment, why } => {
                if let Some(amount) = self.end_refund(payment, refund, RefundStatus::Failed { why: *why })
                    && let Some(order) = self.orders.values_mut().find(|order| order.payment == *payment)
                {
                    if order.funds == Funds::Reversed {
                        order.funds = if order.open_case().is_some() { Funds::Frozen } else { Funds::Held };
                    }
                    self.ledger.post(&order.id, Account::Refunding, account_of(order.funds), amount);
                }
            }
            Event::DisputeOpened { dispute, order, reason, amount, respond_by } => {
                let opened = Dispute {
                    id: dispute.clone(),
                    reason: *reason,
                    amount: *amount,
                    opened_at: at,
                    respond_by: *respond_by,
                    answer: None,
                    standing: DisputeStanding::Seller,
                };
                self.open_dispute(order, opened);
            }
            Event::DisputeMoved { dispute, order, standing, respond_by } => {
                self.with_dispute(order, dispute, |dispute| {
                    dispute.standing = *standing;
                    dispute.respond_by = *respond_by;
                });
            }
            Event::DisputeAnswered { dispute, order, answer } => {
                self.with_dispute(order, dispute, |dispute| dispute.answer = Some(*answer));
            }
            Event::DisputeClosed { dispute, order, outcome } => self.close_dispute(order, dispute, *outcome, at),

            Event::OrderPreparing { order } => self.with_order(order, |order| order.preparing_at = Some(at)),
            Event::OrderCancelled { order, reason } => {
                self.with_order(order, |order| {
                    order.cancelled = Some(Cancellation { at, reason: *reason });
                    order.extension_asked = None;
                });
            }
            Event::ShipmentSent { order, shipment, contents, carrier, tracking, expected_at } => {
                let sent = Shipment {
                    id: shipment.clone(),
                    contents: contents.clone(),
                    carrier: carrier.clone(),
                    tracking: tracking.clone(),
                    shipped_at: at,
                    expected_at: *expected_at,
                    events: Vec::new(),
                    silent_since: None,
                    said: Vec::new(),
                };
                self.with_order(order, |order| {
                    order.shipments.push(sent);
                    order.note_handed_over(at);
                    if order.unshipped().is_empty() {
                        order.extension_asked = None;
                    }
                });
            }
            Event::Tracked { order, shipment, scan, weight } => {
                self.with_parcel(order, shipment, |parcel| parcel.record(scan.clone(), *weight));
            }
            Event::ParcelSilent { order, shipment, since } => {
                self.with_parcel(order, shipment, |parcel| parcel.silent_since = Some(*since));
            }
            Event::DigitalGranted { order } => self.with_order(order, |order| order.granted_at = Some(at)),
            Event::ExtensionAsked { order, days } => {
                self.with_order(order, |order| order.extension_asked = Some(Extension { days: *days, asked_at: at }));
            }
            Event::ExtensionAnswered { order, accepted: _ } => {
                self.with_order(order, |order| order.extension_asked = None);
            }
            Event::ShipByMoved { order, ship_by } => self.with_order(order, |order| order.ship_by = *ship_by),
            Event::ItemsCancelled { order, contents } => {
                self.with_order(order, |order| {
                    order.cancelled_items.extend(contents.iter().copied());
                    // What did not come in time was not handed over by being cancelled.
                    if at < order.ship_by && !order.shipments.is_empty() {
                        order.note_handed_over(at);
                    }
                    order.extension_asked = None;
                });
            }
            Event::ReceiptConfirmed { order } => self.with_order(order, |order| order.confirmed_at = Some(at)),
            Event::FundsReleasable { order, because } => {
                self.move_funds(order, Funds::Releasable { since: at, because: *because });
            }
            Event::FundsReleased { order } => self.move_funds(order, Funds::Released { at }),
            Event::CaseOpened { case, order, by, reason, items, said } => {
                let mut opened = Case {
                    id: case.clone(),
                    opened_by: *by,
                    reason: *reason,
                    items: items.clone(),
                    opened_at: at,
                    statements: Vec::new(),
                    offers: Vec::new(),
                    stage: CaseStage::Talking { turn: by.other(), until: None },
                    agreed: None,
                    returned: None,
                    ruling: None,
                    closed_at: None,
                    outcome: None,
                };
                state(&mut opened, *by, at, said);
                self.with_order(order, |order| order.cases.push(opened));
                if self.orders.get(order).is_some_and(|order| order.funds == Funds::Held) {
                    self.move_funds(order, Funds::Frozen);
                }
            }
            Event::CaseOffered { case, order, by, remedy, said, until } => self.with_case(order, case, |case| {
                case.offers.push(Offer { by: *by, at, remedy: *remedy });
                state(case, *by, at, said);
                case.stage = CaseStage::Talking { turn: by.other(), until: *until };
            }),
            Event::CaseRefused { case, order, by, said } | Event::CaseSaid { case, order, by, said } => {
                self.with_case(order, case, |case| state(case, *by, at, said));
            }
            Event::CaseEscalated { case, order, because, until } => self.with_case(order, case, |case| {
                case.stage = CaseStage::Review { because: *because, until: *until };
            }),
            Event::CaseAgreed { case, order, by: _, remedy, until } => self.with_case(order, case, |case| {
                case.agreed = Some(*remedy);
                match remedy {
                    Remedy::ReturnAndRefund { amount } => {
                        case.stage = CaseStage::Returning { amount: *amount, until: *until };
                    }
                    // Money and goods are told by events of their own.
                    Remedy::Refund { .. } | Remedy::Replacement => {}
                }
            }),
            Event::CaseReturnSent { case, order, shipment, contents, carrier, tracking, until } => {
                let sent = Shipment {
                    id: shipment.clone(),
                    contents: contents.clone(),
                    carrier: carrier.clone(),
                    tracking: tracking.clone(),
                    shipped_at: at,
                    expected_at: None,
                    events: Vec::new(),
                    silent_since: None,
                    said: Vec::new(),
                };
                self.with_case(order, case, |case| {
                    case.returned = Some(Box::new(sent));
                    if let CaseStage::Returning { amount, .. } = case.stage {
                        case.stage = CaseStage::Returning { amount, until: *until };
                    }
                });
            }
            Event::CaseDecided { case, order, verdict, words, reviewer: _ } => self.with_case(order, case, |case| {
                case.ruling = Some(Ruling { verdict: *verdict, words: words.clone(), at });
            }),
            Event::CaseRefunding { case, order, refund, then } => self.with_case(order, case, |case| {
                case.stage = CaseStage::Refunding { refund: refund.clone(), then: *then };
            }),
            Event::ItemsReplaced { order, contents } => {
                self.with_order(order, |order| order.replaced.extend(contents.iter().copied()));
            }
            Event::CaseClosed { case, order, outcome } => {
                let market = self.market();
                self.with_order(order, |order| {
                    if let Some(case) = order.cases.iter_mut().find(|known| known.id == *case) {
                        case.closed_at = Some(at);
                        case.outcome = Some(*outcome);
                        let stood_still = at.since(case.opened_at);
                        go_on(order, market, stood_still);
                    }
                });
                if self.orders.get(order).is_some_and(|order| order.funds == Funds::Frozen) {
                    self.move_funds(order, Funds::Held);
                }
            }
        }
    }

    fn set_request(&mut self, request: &crate::ids::PaymentRequestId, status: RequestStatus) {
        if let Some(request) = self.requests.get_mut(request) {
            request.status = status;
        }
    }

    fn set_payment(&mut self, payment: &PaymentId, status: PaymentStatus) {
        if let Some(payment) = self.payments.get_mut(payment) {
            payment.status = status;
        }
    }

    fn with_order(&mut self, order: &OrderId, change: impl FnOnce(&mut Order)) {
        if let Some(order) = self.orders.get_mut(order) {
            change(order);
        }
    }

    fn with_case(&mut self, order: &OrderId, case: &CaseId, change: impl FnOnce(&mut Case)) {
        self.with_order(order, |order| {
            if let Some(case) = order.cases.iter_mut().find(|known| known.id == *case) {
                change(case);
            }
        });
    }

    fn with_parcel(&mut self, order: &OrderId, shipment: &ShipmentId, change: impl FnOnce(&mut Shipment)) {
        self.with_order(order, |order| {
            let open = order.cases.iter_mut().filter(|case| case.is_open());
            let goes_back = open.filter_map(|case| case.returned.as_deref_mut());
            if let Some(parcel) = order.shipments.iter_mut().chain(goes_back).find(|known| known.id == *shipment) {
                change(parcel);
            }
        });
    }

    /// Moves what an order's funds hold from where they are to where `funds` says.
    fn move_funds(&mut self, order: &OrderId, funds: Funds) {
        let Some(order) = self.orders.get_mut(order) else { return };
        let (from, to) = (account_of(order.funds), account_of(funds));
        let amount = self.ledger.balance(&order.id, from, order.terms.currency());
        self.ledger.post(&order.id, from, to, amount);
        order.funds = funds;
    }

    /// The money is in, and the processor has kept its part.
    fn take(&mut self, payment: &PaymentId, fee: Option<Money>, at: Timestamp) {
        let Some(paid) = self.payments.get_mut(payment) else { return };
        paid.status = PaymentStatus::Captured { at };
        paid.fee = fee;
        let amount = paid.amount;
        let Some(order) = self.orders.values_mut().find(|order| order.payment == *payment) else { return };
        order.funds = Funds::Held;
        self.ledger.post(&order.id, Account::Buyer, Account::Held, amount);
        if let Some(fee) = fee {
            self.ledger.post(&order.id, Account::Costs, Account::Processor, fee);
        }
    }

    fn open_dispute(&mut self, order: &OrderId, opened: Dispute) {
        let Some(order) = self.orders.get(order) else { return };
        self.ledger.post(&order.id, account_of(order.funds), Account::Disputed, opened.amount);
        if let Some(payment) = self.payments.get_mut(&order.payment) {
            payment.disputes.push(opened);
        }
    }

    fn with_dispute(&mut self, order: &OrderId, dispute: &DisputeId, change: impl FnOnce(&mut Dispute)) {
        let payment = self.orders.get(order).and_then(|order| self.payments.get_mut(&order.payment));
        let Some(payment) = payment else { return };
        if let Some(dispute) = payment.disputes.iter_mut().find(|known| known.id == *dispute) {
            change(dispute);
        }
    }

    /// What went back is with the buyer; the rest is where it was, and the clocks go on.
    fn close_dispute(&mut self, order: &OrderId, dispute: &DisputeId, outcome: DisputeOutcome, at: Timestamp) {
        self.with_dispute(order, dispute, |dispute| dispute.standing = DisputeStanding::Closed { at, outcome });
        let market = self.market();
        let Some(order) = self.orders.get_mut(order) else { return };
        let disputes = self.payments.get(&order.payment).map(|payment| payment.disputes.as_slice());
        let Some(closed) = disputes.unwrap_or_default().iter().find(|known| known.id == *dispute) else { return };
        let (returned, currency) = (closed.returned(), closed.amount.currency);
        let back = account_of(order.funds);
        let of_it = Money::new(returned.minor.min(closed.amount.minor), currency);
        self.ledger.post(&order.id, Account::Disputed, Account::Buyer, of_it);
        self.ledger.post(&order.id, Account::Disputed, back, Money::new(closed.amount.minor - of_it.minor, currency));
        // It was about more than was there when it began; what has come back since goes, too.
        self.ledger.post(&order.id, back, Account::Buyer, Money::new(returned.minor - of_it.minor, currency));
        go_on(order, market, at.since(closed.opened_at));
        let kept = |account| self.ledger.balance(&order.id, account, currency).minor;
        let is_empty = kept(back) + kept(Account::Disputed) == 0;
        order.funds = match order.funds {
            Funds::Held | Funds::Frozen if is_empty => Funds::Reversed,
            // Another complaint had taken all there was; now some of it is back.
            Funds::Reversed if !is_empty && order.open_case().is_some() => Funds::Frozen,
            Funds::Reversed if !is_empty => Funds::Held,
            funds => funds,
        };
        let to = account_of(order.funds);
        if to != back {
            self.ledger.post(&order.id, back, to, self.ledger.balance(&order.id, back, currency));
        }
    }

    fn start_refund(&mut self, order: &OrderId, amount: Money) {
        let Some(order) = self.orders.get_mut(order) else { return };
        let from = account_of(order.funds);
        self.ledger.post(&order.id, from, Account::Refunding, amount);
        if from != Account::Released && self.ledger.balance(&order.id, from, amount.currency).is_zero() {
            order.funds = Funds::Reversed;
        }
    }

    fn end_refund(
        &mut self,
        payment: &PaymentId,
        refund: &crate::ids::RefundId,
        status: RefundStatus,
    ) -> Option<Money> {
        let refund = self.payments.get_mut(payment)?.refunds.get_mut(refund)?;
        refund.status = status;
        Some(refund.amount)
    }
}

fn authorised_at(status: &PaymentStatus, otherwise: Timestamp) -> Timestamp {
    match status {
        PaymentStatus::Authorised { at, .. } => *at,
        PaymentStatus::Capturing { authorised_at, .. } => *authorised_at,
        PaymentStatus::Processing
        | PaymentStatus::ActionRequired { .. }
        | PaymentStatus::Unknown { .. }
        | PaymentStatus::Captured { .. }
        | PaymentStatus::Failed { .. }
        | PaymentStatus::Voided { .. } => otherwise,
    }
}

/// Notes what was said in a case, when something was.
fn state(case: &mut Case, by: Role, at: Timestamp, said: &Said) {
    if !said.is_empty() {
        case.statements.push(Statement { by, at, said: said.clone() });
    }
}

/// The ledger account that stands for a state of the funds.
pub(crate) fn account_of(funds: Funds) -> Account {
    match funds {
        Funds::None | Funds::Held | Funds::Reversed => Account::Held,
        Funds::Frozen => Account::Frozen,
        Funds::Releasable { .. } => Account::Releasable,
        Funds::Released { .. } => Account::Released,
    }
}

/// An order that stood still goes on: nobody has lost time by it, and what is due is due at the end of a working day.
fn go_on(order: &mut Order, market: Option<&Market>, stood_still: Span) {
    let later = order.ship_by.plus(stood_still);
    order.ship_by = market.map_or(later, |market| market.due_after_standing(order.ship_by, stood_still));
    order.paused = order.paused.plus(stood_still);
}
