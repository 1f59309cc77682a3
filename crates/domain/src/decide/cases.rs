//! Help: asked for, talked about, settled by the two, by a reviewer, or by time. Agreeing moves the money and the goods.

use super::Decision;
use crate::carrier::{Carrier, TrackingNumber};
use crate::case::{
    Case, CaseOutcome, CaseReason, CaseStage, CaseWords, Escalation, MAX_EVIDENCE, MAX_OFFERS, Remedy, Said, Verdict,
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
        if order.cases.iter().any(|case| case.ruling.is_some()) {
            return Err(Rejection::CaseDecided);
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
        if known.offers.len() >= MAX_OFFERS {
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
        self.agreed(order, known, Some(by), remedy, context)
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
            CaseStage::Returning { parcel: Some(_), .. } => Err(Rejection::AlreadyShipped),
            CaseStage::Talking { .. } | CaseStage::Review { .. } | CaseStage::Returning { parcel: None, .. } => {
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
            CaseStage::Returning { parcel: None, .. } => {}
            CaseStage::Returning { parcel: Some(_), .. } => return Err(Rejection::AlreadyShipped),
            CaseStage::Talking { .. } | CaseStage::Review { .. } | CaseStage::Refunding { .. } => {
                return Err(Rejection::NothingToSendBack);
            }
        }
        if carrier == Carrier::Pickup || tracking.as_ref().is_some_and(|number| number.is_mistyped_for(&carrier)) {
            return Err(Rejection::TrackingMismatch);
        }
        let until = context.now.plus(self.known_market()?.case_return_travel);
        let shipment = ShipmentId::of(&context.command);
        let contents = known.items.clone();
        let (case, order) = (case.clone(), id.clone());
        Ok(vec![Event::CaseReturnSent { case, order, shipment, contents, carrier, tracking, until }])
    }

    /// The seller has got it back, whatever the carrier says.
    pub(super) fn got_back(&self, id: &OrderId, case: &CaseId, context: &Context) -> Decision {
        context.only(Actor::Seller)?;
        let (order, known) = self.running_case(id, case)?;
        match &known.stage {
            CaseStage::Returning { amount, .. } => self.money_of_a_return(order, known, *amount, context),
            CaseStage::Talking { .. } | CaseStage::Review { .. } | CaseStage::Refunding { .. } => {
                Err(Rejection::NothingToSendBack)
            }
        }
    }

    /// What the carrier's news of a parcel mean for a case: when what was sent back is there, the money goes.
    pub(super) fn came_back(&self, order: &Order, parcel: &Shipment, context: &Context) -> Decision {
        let Some(case) = order.open_case() else { return Ok(Vec::new()) };
        match &case.stage {
            CaseStage::Returning { amount, parcel: Some(sent), .. }
                if sent.id == parcel.id && parcel.received_at().is_some() =>
            {
                self.money_of_a_return(order, case, *amount, context)
            }
            CaseStage::Returning { .. }
            | CaseStage::Talking { .. }
            | CaseStage::Review { .. }
            | CaseStage::Refunding { .. } => Ok(Vec::new()),
        }
    }

    fn money_of_a_return(&self, order: &Order, case: &Case, amount: Money, context: &Context) -> Decision {
        let then = CaseOutcome::Agreed { remedy: Remedy::ReturnAndRefund { amount } };
        Ok(self.money_of_a_case(order, &case.id, amount, then, context))
    }

    /// A neutral reviewer's word.
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
        let CaseStage::Review { .. } = known.stage else { return Err(Rejection::NothingToDecide) };
        let whole = self.claim(order, known);
        let amount = match verdict {
            Verdict::ForBuyer => whole,
            Verdict::ForSeller => Money::zero(whole.currency),
            Verdict::Split { amount } => amount,
        };
        let is_split = matches!(verdict, Verdict::Split { .. });
        if amount.currency != whole.currency || (is_split && amount.minor >= whole.minor) {
            return Err(Rejection::OverRefund { refundable: whole });
        }
        if is_split && amount.minor <= 0 {
            return Err(Rejection::NothingToRefund);
        }
        let mut events = vec![Event::CaseDecided {
            case: case.clone(),
            order: id.clone(),
            verdict,
            words,
            reviewer: Some(reviewer),
        }];
        events.extend(self.money_of_a_case(order, case, amount, CaseOutcome::Decided { verdict }, context));
        Ok(events)
    }

    /// Nobody has done in time what was theirs to do.
    pub(super) fn case_time_is_up(&self, id: &OrderId, case: &CaseId, context: &Context) -> Decision {
        let (order, known) = self.running_case(id, case)?;
        match &known.stage {
            CaseStage::Talking { .. } => Ok(vec![self.escalated(id, case, Escalation::Silence, context)?]),
            CaseStage::Returning { parcel: None, .. } => Ok(vec![closed(id, case, CaseOutcome::NotReturned)]),
            CaseStage::Returning { parcel: Some(_), .. } => {
                Ok(vec![self.escalated(id, case, Escalation::ReturnLate, context)?])
            }
            CaseStage::Review { .. } => match self.standing(order, known) {
                Some(remedy) => self.agreed(order, known, None, remedy, context),
                None => Ok(vec![closed(id, case, CaseOutcome::NotDecided)]),
            },
            CaseStage::Refunding { .. } => Ok(Vec::new()),
        }
    }

    /// What stands when no reviewer has decided in time: what the seller offered last; or else what the buyer asked for.
    /// Not so of money that was paid out, which is taken from nobody by a clock, and of what did not come by the buyer's
    /// word and did by the carrier's.
    fn standing(&self, order: &Order, case: &Case) -> Option<Remedy> {
        // What was offered may not be possible any more.
        let possible = |remedy: &Remedy| self.can_be_offered(order, &case.items, *remedy).is_ok();
        let offered = case.last_offer(Role::Seller).map(|offer| offer.remedy).filter(possible);
        let wished = || {
            let everything = Remedy::Refund { amount: self.claim(order, case) };
            case.last_offer(Role::Buyer).map(|offer| offer.remedy).filter(possible).unwrap_or(everything)
        };
        let came = case.reason == CaseReason::NotReceived && order.delivered_at().is_some();
        let paid_out = matches!(order.funds, Funds::Released { .. });
        offered.or_else(|| (!came && !paid_out).then(wished))
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
        let travels = order.delivery().is_parcel() && order.shipments.iter().any(|parcel| !parcel.is_lost());
        match remedy {
            Remedy::Refund { .. } => Ok(()),
            // Only what was sent can come back, or be sent once more; and whose money is with the seller is not sent on trust.
            Remedy::ReturnAndRefund { .. } if travels => Ok(()),
            Remedy::Replacement if travels && !items.is_empty() && order.awaits_money() => Ok(()),
            Remedy::ReturnAndRefund { .. } | Remedy::Replacement => Err(Rejection::RemedyImpossible),
        }
    }

    fn running_case(&self, id: &OrderId, case: &CaseId) -> Result<(&Order, &Case), Rejection> {
        let order = self.order(id)?;
        let known = order.cases.iter().find(|known| known.id == *case).ok_or(Rejection::NotFound)?;
        if known.is_open() { Ok((order, known)) } else { Err(Rejection::CaseClosed) }
    }

    /// Carries out what the two agreed on, or what stood.
    fn agreed(&self, order: &Order, case: &Case, by: Option<Role>, remedy: Remedy, context: &Context) -> Decision {
        let market = self.known_market()?;
        let (id, order_id) = (case.id.clone(), order.id.clone());
        let until = context.now.plus(market.case_return);
        let mut events = vec![Event::CaseAgreed { case: id.clone(), order: order_id.clone(), by, remedy, until }];
        let outcome = CaseOutcome::Agreed { remedy };
        match remedy {
            Remedy::Refund { amount } => {
                events.extend(self.money_of_a_case(order, &id, amount, outcome, context));
            }
            Remedy::ReturnAndRefund { .. } => {}
            Remedy::Replacement => {
                events.push(closed(&order_id, &id, outcome));
                let ship_by = market.ship_by(context.now);
                events.push(Event::ItemsReplaced { order: order_id.clone(), contents: case.items.clone() });
                events.push(Event::ShipByMoved { order: order_id, ship_by });
            }
        }
        Ok(events)
    }

    /// Sends money back for a case, at most what is there; with nothing to send, the case is over.
    fn money_of_a_case(
        &self,
        order: &Order,
        case: &CaseId,
        amount: Money,
        then: CaseOutcome,
        context: &Context,
    ) -> Vec<Event> {
        let left = self.payment_of(order).refundable();
        let amount = if amount.minor > left.minor { left } else { amount };
        match self.refund_event(order, amount, RefundReason::Help, context) {
            Some(refund) => {
                let (case, order, id) = (case.clone(), order.id.clone(), RefundId::of(&context.command));
                vec![Event::CaseRefunding { case, order, refund: id, then }, refund]
            }
            None => vec![closed(&order.id, case, then)],
        }
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

/// Card numbers are masked in it as in any message.
fn tidy(said: Said) -> Result<Said, Rejection> {
    if said.evidence.len() > MAX_EVIDENCE {
        return Err(Rejection::TooMuchEvidence);
    }
    Ok(Said { words: said.words.map(CaseWords::without_cards), ..said })
}
