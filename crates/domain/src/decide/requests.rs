//! Asking for a payment, changing the ask, and answering it.

use super::Decision;
use crate::command::Context;
use crate::event::{CounterEnd, Event};
use crate::ids::{CounterOfferId, PaymentRequestId};
use crate::market::Market;
use crate::money::Money;
use crate::payment_request::{PaymentRequest, Proposal, RequestStatus, Revision};
use crate::rejection::Rejection;
use crate::terms::Terms;
use crate::text::Text;
use crate::thread::{Actor, Thread};
use crate::time::Span;

impl Thread {
    pub(super) fn send_request(
        &self,
        terms: Terms,
        expires_in: Option<Span>,
        repeats: Option<PaymentRequestId>,
        context: &Context,
    ) -> Decision {
        context.only(Actor::Seller)?;
        if !self.accepted {
            return Err(Rejection::ThreadNotAccepted);
        }
        let terms = terms.without_cards();
        self.within_limits(&terms, None, context)?;
        let revision = self.revision(1, terms, expires_in, context)?;
        Ok(vec![Event::RequestSent { request: PaymentRequestId::of(&context.command), revision, repeats }])
    }

    pub(super) fn send_again(&self, id: &PaymentRequestId, context: &Context) -> Decision {
        let request = self.request(id)?;
        match request.status {
            RequestStatus::Expired | RequestStatus::Declined | RequestStatus::Withdrawn => {
                self.send_request(request.current().terms.clone(), None, Some(id.clone()), context)
            }
            RequestStatus::Sent | RequestStatus::Countered { .. } | RequestStatus::Accepted { .. } => {
                Err(Rejection::NothingToRepeat)
            }
        }
    }

    pub(super) fn revise(
        &self,
        id: &PaymentRequestId,
        revision: u32,
        terms: Terms,
        expires_in: Option<Span>,
        context: &Context,
    ) -> Decision {
        context.only(Actor::Seller)?;
        let request = self.changeable(id, context)?;
        let current = request.current().number;
        if revision != current {
            return Err(Rejection::StaleRevision { current });
        }
        let terms = terms.without_cards();
        self.within_limits(&terms, Some(request), context)?;
        let revision = self.revision(current + 1, terms, expires_in, context)?;
        Ok(vec![Event::RequestRevised { request: id.clone(), revision }])
    }

    pub(super) fn withdraw(&self, id: &PaymentRequestId, context: &Context) -> Decision {
        context.only(Actor::Seller)?;
        if matches!(self.request(id)?.status, RequestStatus::Withdrawn) {
            return Ok(Vec::new());
        }
        self.changeable(id, context)?;
        Ok(vec![Event::RequestWithdrawn { request: id.clone() }])
    }

    pub(super) fn view(&self, id: &PaymentRequestId, context: &Context) -> Decision {
        context.only(Actor::Buyer)?;
        let seen = self.request(id)?.viewed_at.is_some();
        Ok(if seen { Vec::new() } else { vec![Event::RequestViewed { request: id.clone() }] })
    }

    pub(super) fn counter(
        &self,
        id: &PaymentRequestId,
        revision: u32,
        proposal: Proposal,
        context: &Context,
    ) -> Decision {
        context.only(Actor::Buyer)?;
        let market = self.known_market()?;
        let request = self.changeable(id, context)?;
        let current = request.current();
        if request.counter().is_some() {
            return Err(Rejection::CounterOpen);
        }
        if revision != current.number {
            return Err(Rejection::StaleRevision { current: current.number });
        }
        let lines = current.terms.items().len();
        let lines_fit = proposal.quantities.is_empty() || proposal.quantities.len() == lines;
        let in_range = proposal.total.currency == market.currency
            && proposal.total.minor > 0
            && proposal.total.minor <= market.request_cap.minor;
        if !lines_fit || !in_range || proposal.agreed_terms(&current.terms).is_none() {
            return Err(Rejection::BadCounter);
        }
        let lapses_at = context.now.plus(market.counter_expiry).min(current.expires_at);
        let counter = CounterOfferId::of(&context.command);
        let proposal = Proposal { note: proposal.note.map(Text::without_cards), ..proposal };
        Ok(vec![Event::CounterMade { request: id.clone(), counter, proposal, lapses_at }])
    }

    pub(super) fn withdraw_counter(&self, id: &PaymentRequestId, context: &Context) -> Decision {
        context.only(Actor::Buyer)?;
        self.close_counter(id, CounterEnd::Withdrawn)
    }

    pub(super) fn decline_counter(&self, id: &PaymentRequestId, context: &Context) -> Decision {
        context.only(Actor::Seller)?;
        self.close_counter(id, CounterEnd::Declined)
    }

    pub(super) fn accept_counter(&self, id: &PaymentRequestId, context: &Context) -> Decision {
        context.only(Actor::Seller)?;
        let request = self.changeable(id, context)?;
        let counter = request.counter().ok_or(Rejection::NoCounter)?;
        let terms = counter.proposal.agreed_terms(&request.current().terms).ok_or(Rejection::BadCounter)?;
        self.revise(id, request.current().number, terms, None, context)
    }

    pub(super) fn decline(&self, id: &PaymentRequestId, context: &Context) -> Decision {
        context.only(Actor::Buyer)?;
        if matches!(self.request(id)?.status, RequestStatus::Declined) {
            return Ok(Vec::new());
        }
        self.changeable(id, context)?;
        Ok(vec![Event::RequestDeclined { request: id.clone() }])
    }

    fn close_counter(&self, id: &PaymentRequestId, because: CounterEnd) -> Decision {
        self.request(id)?.counter().ok_or(Rejection::NoCounter)?;
        Ok(vec![Event::CounterClosed { request: id.clone(), because }])
    }

    /// The request, when it is open, in time, and no attempt to pay it is under way.
    pub(super) fn changeable(&self, id: &PaymentRequestId, context: &Context) -> Result<&PaymentRequest, Rejection> {
        let request = self.request(id)?;
        match request.status {
            RequestStatus::Accepted { .. } => return Err(Rejection::AlreadyPaid),
            RequestStatus::Declined | RequestStatus::Withdrawn => return Err(Rejection::RequestClosed),
            RequestStatus::Expired => return Err(Rejection::RequestExpired),
            RequestStatus::Sent | RequestStatus::Countered { .. } => {}
        }
        if self.live_attempt(id).is_some() {
            return Err(Rejection::PaymentInFlight);
        }
        if context.now >= request.current().expires_at { Err(Rejection::RequestExpired) } else { Ok(request) }
    }

    fn within_limits(
        &self,
        terms: &Terms,
        replaced: Option<&PaymentRequest>,
        context: &Context,
    ) -> Result<(), Rejection> {
        let market = self.known_market()?;
        if terms.currency() != market.currency {
            return Err(Rejection::WrongCurrency);
        }
        if !terms.within(market) {
            return Err(Rejection::OverRequestCap { cap: market.request_cap });
        }
        let left = self.weekly_left(market, replaced, context);
        if terms.highest_total().minor > left.minor {
            return Err(Rejection::OverWeeklyCap { cap: market.weekly_cap, left });
        }
        Ok(())
    }

    fn weekly_left(&self, market: &Market, replaced: Option<&PaymentRequest>, context: &Context) -> Money {
        let since = context.now.minus(Span::days(7));
        let replaced = replaced.filter(|request| request.current().sent_at >= since);
        let replaced = replaced.map_or(0, |request| request.current().terms.highest_total().minor);
        let used = self.requested_since(since) + context.requested_elsewhere - replaced;
        Money::new((market.weekly_cap.minor - used).max(0), market.currency)
    }

    fn revision(
        &self,
        number: u32,
        terms: Terms,
        expires_in: Option<Span>,
        context: &Context,
    ) -> Result<Revision, Rejection> {
        let market = self.known_market()?;
        let expires_in = expires_in.unwrap_or(market.request_expiry);
        let (shortest, longest) = market.request_expiry_range;
        if expires_in < shortest || expires_in > longest {
            return Err(Rejection::ExpiryOutOfRange);
        }
        Ok(Revision { number, terms, sent_at: context.now, expires_at: context.now.plus(expires_in) })
    }
}
