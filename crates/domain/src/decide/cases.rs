//! Help: asked for, talked about, settled by the two, by a reviewer, or by time. Agreeing moves the money and the goods.

use super::Decision;
use crate::carrier::{Carrier, TrackingNumber};
use crate::case::{
    Case, CaseOutcome, CaseReason, CaseStage, CaseWords, Escalation, MAX_CASES, MAX_EVIDENCE, MAX_OFFERS, Remedy, Said,
    Verdict,
};
use crate::command::Context;
use crate::event::Event;
use crate::ids::{AccountId, CaseId, OrderId, PaymentId, RefundId, ShipmentId};
use crate::money::Money;
use crate::order::{Funds, Order, Packed, Shipment};
use crate::payment::{RefundReason, RefundTrouble};
use crate::rejection::Rejection;
use crate::thread::{Actor, Role, Thread};

/// What somebody asks help for.
pub(super) struct Complaint {
    pub reason: CaseReason,
    pub items: Vec<Packed>,
    pub wish: Remedy,
    pub said: Said,
}

impl Thread {
    pub(super) fn open_case(&self, id: &OrderId, complaint: Complaint, context: &Context) -> Decision {
        context.only(Actor::Buyer)?;
        let order = self.order(id)?;
        if order.open_case().is_some() {
            return Err(Rejection::CaseOpen);
        }
        if order.cases.len() >= MAX_CASES {
            return Err(Rejection::TooManyCases);
        }
        // Of an order that ended there may be money left, when it could not go back: then help stays open.
        let stuck = order.cancelled.is_some() && !self.payment_of(order).refundable().is_zero();
        if (order.cancelled.is_some() && !stuck) || order.funds == Funds::Reversed {
            return Err(Rejection::OrderClosed);
        }
        if order.funds == Funds::None {
            return Err(Rejection::NotCaptured);
        }
        self.undisputed(order)?;
        if matches!(order.funds, Funds::Releasable { .. }) {
            return Err(Rejection::PayoutInFlight);
        }
        if self.payment_of(order).is_refunding() {
            return Err(Rejection::RefundInFlight);
        }
        let market = self.known_market()?;
        if !stuck && context.now > order.help_until(market) {
            return Err(Rejection::TooLateForHelp);
        }
        let Complaint { reason, items, wish, said } = complaint;
        if order.claimable().is_empty() {
            return Err(Rejection::CaseDecided);
        }
        if !order.can_claim(&items) {
            return Err(Rejection::NoSuchItems);
        }
        self.can_be_wished(order, reason, &items, wish)?;
        let case = CaseId::of(&context.command);
        let (order, until) = (id.clone(), Some(market.case_answer_by(context.now)));
        let by = Role::Buyer;
        let said = tidy(said)?;
        Ok(vec![
            Event::CaseOpened { case: case.clone(), order: order.clone(), by, reason, items, said },
            Event::CaseOffered { case, order, by, remedy: wish, said: Said::default(), until },
        ])
    }

    /// A proposal of either side; the other one is asked then.
    pub(super) fn offer(&self, id: &OrderId, case: &CaseId, remedy: Remedy, said: Said, context: &Context) -> Decision {
        let (order, known) = self.running_case(id, case)?;
        let by = context.person().ok_or(Rejection::NotYours)?;
        let CaseStage::Talking { .. } = known.stage else { return Err(Rejection::NothingToAnswer) };
        if known.last_offer(by).is_some_and(|offer| offer.remedy == remedy) {
            return Err(Rejection::SameOffer);
        }
        if known.offers.iter().filter(|offer| offer.by == by).count() >= MAX_OFFERS {
            return Err(Rejection::TooManyOffers);
        }
        match by {
            Role::Buyer => self.can_be_wished(order, known.reason, &known.items, remedy)?,
            Role::Seller => self.can_be_offered(order, &known.items, remedy)?,
        }
        let until = Some(self.known_market()?.case_answer_by(context.now));
        let (case, order, said) = (case.clone(), id.clone(), tidy(said)?);
        Ok(vec![Event::CaseOffered { case, order, by, remedy, said, until }])
    }

    /// Yes to what the other side proposed last. Carries what was on the screen: a newer proposal is looked at first.
    pub(super) fn accept_offer(&self, id: &OrderId, case: &CaseId, shown: Remedy, context: &Context) -> Decision {
        let (order, known) = self.running_case(id, case)?;
        let by = context.person().ok_or(Rejection::NotYours)?;
        let remedy = known.on_the_table(by).ok_or(Rejection::NothingToAnswer)?;
        if remedy != shown {
            return Err(Rejection::OfferChanged);
        }
        self.can_be_offered(order, &known.items, remedy)?;
        self.carried_out(order, known, Some(by), (remedy, None), context)
    }

    /// No to it: a reviewer is asked.
    pub(super) fn refuse_offer(&self, id: &OrderId, case: &CaseId, said: Said, context: &Context) -> Decision {
        let (_, known) = self.running_case(id, case)?;
        let by = context.person().ok_or(Rejection::NotYours)?;
        let CaseStage::Talking { turn, .. } = known.stage else { return Err(Rejection::NothingToAnswer) };
        if turn != by {
            return Err(Rejection::NotYours);
        }
        let (refused, said) = ((case.clone(), id.clone()), tidy(said)?);
        let refused = Event::CaseRefused { case: refused.0, order: refused.1, by, said };
        Ok(vec![refused, self.escalated(id, case, Escalation::Refused, context)?])
    }

    /// A word more, with or without evidence: changes nobody's turn.
    pub(super) fn add_to_case(&self, id: &OrderId, case: &CaseId, said: Said, context: &Context) -> Decision {
        let (_, known) = self.running_case(id, case)?;
        let by = context.person().ok_or(Rejection::NotYours)?;
        let said = tidy(said)?;
        if said.is_empty() {
            return Ok(Vec::new());
        }
        let mine = known.statements.iter().filter(|statement| statement.by == by).count();
        if mine >= MAX_OFFERS {
            return Err(Rejection::TooManyOffers);
        }
        Ok(vec![Event::CaseSaid { case: case.clone(), order: id.clone(), by, said }])
    }

    pub(super) fn close_case(&self, id: &OrderId, case: &CaseId, context: &Context) -> Decision {
        let order = self.order(id)?;
        let known = order.cases.iter().find(|known| known.id == *case).ok_or(Rejection::NotFound)?;
        if !known.is_open() {
            return Ok(Vec::new());
        }
        if context.person() != Some(known.opened_by) {
            return Err(Rejection::NotYours);
        }
        match &known.stage {
            // What was agreed is on its way.
            CaseStage::Refunding { .. } => Err(Rejection::RefundInFlight),
            CaseStage::Returning { .. } if known.parcel().is_some() => Err(Rejection::AlreadyShipped),
            // It is owed, and tried again.
            CaseStage::Review { because: Escalation::RefundFailed, .. } => Err(Rejection::RefundInFlight),
            CaseStage::Talking { .. } | CaseStage::Review { .. } | CaseStage::Returning { .. } => {
                Ok(vec![closed(id, case, CaseOutcome::Withdrawn)])
            }
        }
    }

    /// The buyer has sent back what is to go back.
    pub(super) fn send_back(
        &self,
        id: &OrderId,
        case: &CaseId,
        (carrier, tracking): (Carrier, Option<TrackingNumber>),
        context: &Context,
    ) -> Decision {
        context.only(Actor::Buyer)?;
        let (_, known) = self.running_case(id, case)?;
        match &known.stage {
            CaseStage::Returning { .. } if known.parcel().is_none() => {}
            CaseStage::Returning { .. } => return Err(Rejection::AlreadyShipped),
            CaseStage::Talking { .. } | CaseStage::Review { .. } | CaseStage::Refunding { .. } => {
                return Err(Rejection::NothingToSendBack);
            }
        }
        if carrier == Carrier::Pickup || tracking.as_ref().is_some_and(|number| number.is_mistyped_for(&carrier)) {
            return Err(Rejection::TrackingMismatch);
        }
        // The number of what came is on the buyer's own doorstep.
        let sent = self.orders.values().flat_map(|order| &order.shipments).filter_map(|sent| sent.tracking.as_ref());
        if tracking.as_ref().is_some_and(|number| sent.into_iter().any(|known| known == number)) {
            return Err(Rejection::NumberOfAnother);
        }
        let until = context.now.plus(self.known_market()?.case_return_travel);
        let shipment = ShipmentId::of(&context.command);
        let contents = known.items.clone();
        let (case, order) = (case.clone(), id.clone());
        Ok(vec![Event::CaseReturnSent { case, order, shipment, contents, carrier, tracking, until }])
    }

    /// The seller has got it back, whatever the carrier says, and however late.
    pub(super) fn got_back(&self, id: &OrderId, case: &CaseId, context: &Context) -> Decision {
        context.only(Actor::Seller)?;
        let (order, known) = self.running_case(id, case)?;
        self.money_of_a_return(order, known, context).unwrap_or(Err(Rejection::NothingToSendBack))
    }

    /// What the carrier's news of a parcel mean for a case: when what was sent back is there, the money goes.
    pub(super) fn came_back(&self, order: &Order, parcel: &Shipment, context: &Context) -> Decision {
        let back = order.open_case().filter(|case| case.parcel().is_some_and(|sent| sent.id == parcel.id));
        let arrived = back.filter(|_| parcel.received_at().is_some());
        arrived.and_then(|case| self.money_of_a_return(order, case, context)).unwrap_or(Ok(Vec::new()))
    }

    /// The money of what had to go back; nothing where nothing had to.
    fn money_of_a_return(&self, order: &Order, case: &Case, context: &Context) -> Option<Decision> {
        let waits = match case.stage {
            CaseStage::Returning { .. } | CaseStage::Review { because: Escalation::ReturnLate, .. } => true,
            CaseStage::Talking { .. } | CaseStage::Review { .. } | CaseStage::Refunding { .. } => false,
        };
        match case.agreed.filter(|_| waits)? {
            remedy @ Remedy::ReturnAndRefund { amount } => {
                let then = outcome(case.ruling.as_ref().map(|ruling| ruling.verdict), remedy);
                Some(Ok(self.money_of_a_case(order, case, amount, then, context)))
            }
            Remedy::Refund { .. } | Remedy::Replacement => None,
        }
    }

    /// A neutral reviewer's word: the last one. What was agreed on or decided before, and could not be paid, is not decided anew.
    pub(super) fn decide_case(
        &self,
        id: &OrderId,
        case: &CaseId,
        verdict: Verdict,
        (words, reviewer): (CaseWords, AccountId),
        context: &Context,
    ) -> Decision {
        context.only(Actor::Reviewer)?;
        if self.role_of(&reviewer).is_some() {
            return Err(Rejection::NotYours);
        }
        let (order, known) = self.running_case(id, case)?;
        match known.stage {
            CaseStage::Review { because: Escalation::RefundFailed, .. } => return Err(Rejection::NothingToDecide),
            CaseStage::Review { .. } if known.ruling.is_none() => {}
            CaseStage::Review { .. }
            | CaseStage::Talking { .. }
            | CaseStage::Returning { .. }
            | CaseStage::Refunding { .. } => return Err(Rejection::NothingToDecide),
        }
        let whole = self.claim(order, known);
        let done = match verdict {
            Verdict::ForBuyer => Some(self.wished(order, known)),
            Verdict::ForSeller => None,
            Verdict::Split { amount } if amount.currency != whole.currency || amount.minor >= whole.minor => {
                return Err(Rejection::OverRefund { refundable: whole });
            }
            Verdict::Split { amount } if amount.minor <= 0 => return Err(Rejection::NothingToRefund),
            Verdict::Split { amount } => Some(Remedy::Refund { amount }),
        };
        let (case, order_id) = (case.clone(), id.clone());
        let mut events =
            vec![Event::CaseDecided { case: case.clone(), order: order_id, verdict, words, reviewer: Some(reviewer) }];
        events.extend(match done {
            Some(remedy) => self.carried_out(order, known, None, (remedy, Some(verdict)), context)?,
            None => vec![closed(id, &case, CaseOutcome::Decided { verdict })],
        });
        Ok(events)
    }

    /// Nobody has done in time what was theirs to do.
    pub(super) fn case_time_is_up(&self, id: &OrderId, case: &CaseId, context: &Context) -> Decision {
        let (order, known) = self.running_case(id, case)?;
        match &known.stage {
            CaseStage::Talking { turn, .. } => {
                let because = match turn {
                    Role::Buyer => Escalation::BuyerSilent,
                    Role::Seller => Escalation::SellerSilent,
                };
                Ok(vec![self.escalated(id, case, because, context)?])
            }
            CaseStage::Returning { .. } if known.parcel().is_none() => {
                Ok(vec![closed(id, case, CaseOutcome::NotReturned)])
            }
            CaseStage::Returning { .. } => Ok(vec![self.escalated(id, case, Escalation::ReturnLate, context)?]),
            CaseStage::Review { .. } => match self.standing(order, known) {
                Some(remedy) => {
                    let verdict = known.ruling.as_ref().map(|ruling| ruling.verdict);
                    self.carried_out(order, known, None, (remedy, verdict), context)
                }
                None => Ok(vec![closed(id, case, CaseOutcome::NotDecided)]),
            },
            CaseStage::Refunding { .. } => Ok(Vec::new()),
        }
    }

    /// What the buyer asked for last, or money where it is not possible any more.
    fn wished(&self, order: &Order, case: &Case) -> Remedy {
        let possible = |remedy: &Remedy| self.can_be_offered(order, &case.items, *remedy).is_ok();
        let wish = case.last_offer(Role::Buyer).map(|offer| offer.remedy).filter(possible);
        wish.unwrap_or(Remedy::Refund { amount: self.claim(order, case) })
    }

    /// What happens by itself when no reviewer decides in time; nothing goes back without. Whose silence it was has the other
    /// one's proposal; where both spoke and did not agree, they meet half-way. What was paid out is taken by a clock only where
    /// the seller has offered it, and what the carrier has brought is not paid back as if it had not come.
    pub fn standing(&self, order: &Order, case: &Case) -> Option<Remedy> {
        let CaseStage::Review { because, .. } = case.stage else { return None };
        let possible = |remedy: &Remedy| self.can_be_offered(order, &case.items, *remedy).is_ok();
        let offered = case.last_offer(Role::Seller).map(|offer| offer.remedy).filter(possible);
        let came = case.reason == CaseReason::NotReceived && order.delivered_at().is_some();
        let may_be_taken = !came && !matches!(order.funds, Funds::Released { .. });
        match because {
            // It is owed.
            Escalation::RefundFailed => case.agreed.map(|remedy| match remedy {
                Remedy::Refund { amount } | Remedy::ReturnAndRefund { amount } => Remedy::Refund { amount },
                Remedy::Replacement => Remedy::Replacement,
            }),
            // The carrier has it, or has lost it: the buyer has done their part.
            Escalation::ReturnLate => {
                let travelled = case.parcel().is_some_and(|parcel| !parcel.events.is_empty());
                let amount = case.agreed.and_then(Remedy::amount).filter(|_| travelled);
                amount.map(|amount| Remedy::Refund { amount })
            }
            Escalation::BuyerSilent => offered.or_else(|| may_be_taken.then(|| self.wished(order, case))),
            Escalation::SellerSilent => may_be_taken.then(|| self.wished(order, case)).or(offered),
            Escalation::Refused => match (self.wished(order, case), may_be_taken) {
                (wish @ Remedy::ReturnAndRefund { .. }, true) => Some(wish),
                (wish @ (Remedy::Refund { .. } | Remedy::Replacement), true) => {
                    let whole = self.claim(order, case);
                    let least = offered.and_then(Remedy::amount).map_or(0, |amount| amount.minor);
                    let half = (wish.amount().map_or(whole.minor, |amount| amount.minor) + least) / 2;
                    Some(Remedy::Refund { amount: Money::new(half, whole.currency) }).filter(possible)
                }
                (_, false) => offered,
            },
        }
    }

    /// What follows for a case from what the processor says of a refund.
    pub(super) fn case_after_refund(
        &self,
        payment: &PaymentId,
        refund: &RefundId,
        trouble: Option<RefundTrouble>,
        context: &Context,
    ) -> Decision {
        let Some(order) = self.order_of(payment) else { return Ok(Vec::new()) };
        let Some(case) = order.open_case() else { return Ok(Vec::new()) };
        match (&case.stage, trouble) {
            (CaseStage::Refunding { refund: known, then }, None) if known == refund => {
                Ok(vec![closed(&order.id, &case.id, *then)])
            }
            // It went back in the processor's own pages, in another refund than this.
            (CaseStage::Refunding { refund: known, then }, Some(RefundTrouble::AlreadyBack)) if known == refund => {
                Ok(vec![closed(&order.id, &case.id, *then)])
            }
            (CaseStage::Refunding { refund: known, .. }, Some(_)) if known == refund => {
                Ok(vec![self.escalated(&order.id, &case.id, Escalation::RefundFailed, context)?])
            }
            (
                CaseStage::Refunding { .. }
                | CaseStage::Talking { .. }
                | CaseStage::Review { .. }
                | CaseStage::Returning { .. },
                _,
            ) => Ok(Vec::new()),
        }
    }

    /// What the pieces of a case are worth, as far as it has not gone back yet.
    pub fn claim(&self, order: &Order, case: &Case) -> Money {
        self.worth_left(order, &case.items)
    }

    /// What some pieces are worth, as far as it has not gone back yet; all of it when none are named.
    pub fn worth_left(&self, order: &Order, items: &[Packed]) -> Money {
        let left = self.payment_of(order).refundable();
        let worth = if items.is_empty() { left } else { order.worth(items) };
        if worth.minor > left.minor { left } else { worth }
    }

    /// Whether a buyer can ask for a remedy: who has changed their mind does not keep what has come.
    ///
    /// # Errors
    /// Why they cannot.
    pub fn can_be_wished(
        &self,
        order: &Order,
        reason: CaseReason,
        items: &[Packed],
        wish: Remedy,
    ) -> Result<(), Rejection> {
        self.can_be_offered(order, items, wish)?;
        let keeps = match (reason, wish) {
            (CaseReason::ChangedMyMind, Remedy::Refund { amount }) => {
                self.can_be_offered(order, items, Remedy::ReturnAndRefund { amount }).is_ok()
            }
            (CaseReason::ChangedMyMind, Remedy::ReturnAndRefund { .. } | Remedy::Replacement) => false,
            (
                CaseReason::NotReceived
                | CaseReason::Damaged
                | CaseReason::NotAsDescribed
                | CaseReason::WrongItem
                | CaseReason::Other,
                _,
            ) => false,
        };
        if keeps { Err(Rejection::RemedyImpossible) } else { Ok(()) }
    }

    /// Whether a remedy is possible for these pieces.
    ///
    /// # Errors
    /// Why it is not.
    pub fn can_be_offered(&self, order: &Order, items: &[Packed], remedy: Remedy) -> Result<(), Rejection> {
        match remedy {
            Remedy::Refund { amount } | Remedy::ReturnAndRefund { amount } => {
                let refundable = self.worth_left(order, items);
                if amount.currency != refundable.currency || amount.minor > refundable.minor {
                    return Err(Rejection::OverRefund { refundable });
                }
                if amount.minor <= 0 {
                    return Err(Rejection::NothingToRefund);
                }
            }
            Remedy::Replacement => {}
        }
        // Only what was sent can come back, or be sent once more; and whose money is with the seller is not sent on trust.
        let was_sent = |packed: &Packed| {
            packed.quantity <= order.shipped(packed.line)
                && order.unshipped().iter().all(|left| left.line != packed.line)
        };
        let sent = order.delivery().is_parcel() && !items.is_empty() && items.iter().all(was_sent);
        match remedy {
            Remedy::Refund { .. } => Ok(()),
            Remedy::ReturnAndRefund { .. } if sent => Ok(()),
            Remedy::Replacement if sent && order.awaits_money() => Ok(()),
            Remedy::ReturnAndRefund { .. } | Remedy::Replacement => Err(Rejection::RemedyImpossible),
        }
    }

    fn running_case(&self, id: &OrderId, case: &CaseId) -> Result<(&Order, &Case), Rejection> {
        let order = self.order(id)?;
        let known = order.cases.iter().find(|known| known.id == *case).ok_or(Rejection::NotFound)?;
        if known.is_open() { Ok((order, known)) } else { Err(Rejection::CaseClosed) }
    }

    /// Carries out what the two agreed on, what stood, or what was decided.
    fn carried_out(
        &self,
        order: &Order,
        case: &Case,
        by: Option<Role>,
        (remedy, verdict): (Remedy, Option<Verdict>),
        context: &Context,
    ) -> Decision {
        let market = self.known_market()?;
        let (id, order_id) = (case.id.clone(), order.id.clone());
        let until = context.now.plus(market.case_return);
        let mut events = vec![Event::CaseAgreed { case: id.clone(), order: order_id.clone(), by, remedy, until }];
        let then = outcome(verdict, remedy);
        match remedy {
            Remedy::Refund { amount } => events.extend(self.money_of_a_case(order, case, amount, then, context)),
            Remedy::ReturnAndRefund { .. } => {}
            Remedy::Replacement => {
                events.push(closed(&order_id, &id, then));
                let ship_by = market.ship_by(context.now);
                events.push(Event::ItemsReplaced { order: order_id.clone(), contents: case.items.clone() });
                events.push(Event::ShipByMoved { order: order_id, ship_by });
            }
        }
        Ok(events)
    }

    /// Sends money back for a case, at most what is there; with nothing to send, the case is over. Pieces that are paid back
    /// whole and are not on their way will not come.
    fn money_of_a_case(
        &self,
        order: &Order,
        case: &Case,
        amount: Money,
        then: CaseOutcome,
        context: &Context,
    ) -> Vec<Event> {
        let left = self.payment_of(order).refundable();
        let amount = if amount.minor > left.minor { left } else { amount };
        let mut events = Vec::new();
        let waiting = still_to_come(order, case);
        let is_whole = amount.minor >= self.claim(order, case).minor;
        if is_whole && !waiting.is_empty() && order.cancelled.is_none() {
            events.push(Event::ItemsCancelled { order: order.id.clone(), contents: waiting });
        }
        let pieces = if is_whole { case.items.clone() } else { Vec::new() };
        match self.refund_of_pieces(order, amount, pieces, RefundReason::Help, context) {
            Some(refund) => {
                let (case, order, id) = (case.id.clone(), order.id.clone(), RefundId::of(&context.command));
                events.extend([Event::CaseRefunding { case, order, refund: id, then }, refund]);
            }
            None => events.push(closed(&order.id, &case.id, then)),
        }
        events
    }

    fn escalated(
        &self,
        order: &OrderId,
        case: &CaseId,
        because: Escalation,
        context: &Context,
    ) -> Result<Event, Rejection> {
        let until = self.known_market()?.case_review_by(context.now);
        Ok(Event::CaseEscalated { case: case.clone(), order: order.clone(), because, until })
    }
}

/// The end of a case.
pub(super) fn closed(order: &OrderId, case: &CaseId, outcome: CaseOutcome) -> Event {
    Event::CaseClosed { case: case.clone(), order: order.clone(), outcome }
}

/// What comes of a case when it is carried out.
fn outcome(verdict: Option<Verdict>, remedy: Remedy) -> CaseOutcome {
    verdict.map_or(CaseOutcome::Agreed { remedy }, |verdict| CaseOutcome::Decided { verdict })
}

/// The pieces of a case that are in no parcel yet, or have to be sent again.
fn still_to_come(order: &Order, case: &Case) -> Vec<Packed> {
    let waiting = order.unshipped();
    let left = |packed: &Packed| waiting.iter().find(|waiting| waiting.line == packed.line).map(|left| left.quantity);
    let of_it =
        case.items.iter().filter_map(|packed| Some(Packed { quantity: packed.quantity.min(left(packed)?), ..*packed }));
    of_it.collect()
}

/// Card numbers are masked in it as in any message.
fn tidy(said: Said) -> Result<Said, Rejection> {
    if said.evidence.len() > MAX_EVIDENCE {
        return Err(Rejection::TooMuchEvidence);
    }
    Ok(Said { words: said.words.map(CaseWords::without_cards), ..said })
}
