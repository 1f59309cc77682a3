//! What is promised of an order, in dates: what happens by itself, and until when its buyer can ask for something.

use super::{Funds, Order};
use crate::market::Market;
use crate::payment::Payment;
use crate::time::{Span, Timestamp};

/// What can still happen to an order by itself, and what its buyer can still ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// Not on its way by then: the money goes back.
    ShippedBy(Timestamp),
    /// Not ready to be fetched by then: the money goes back.
    ReadyBy(Timestamp),
    /// It should have arrived by then.
    ArrivesBy(Timestamp),
    /// Not there: help until then.
    LostUntil(Timestamp),
    /// Not handed over, or not as described: help until then.
    FetchedUntil(Timestamp),
    /// Not as described: so long after its arrival.
    CheckedFor(Span),
    /// Not as described: until then.
    CheckedUntil(Timestamp),
}

impl Order {
    /// What holds of an order now, in the order in which it would come. Nothing once nothing happens by itself any more: it has
    /// ended or is paid out, the buyer has said that all is well, or help or the processor decides.
    pub fn promises(&self, payment: &Payment, market: &Market, now: Timestamp) -> Vec<Promise> {
        let is_decided = self.cancelled.is_some() || self.confirmed_at.is_some();
        let waits = match self.funds {
            Funds::None | Funds::Held => true,
            Funds::Frozen | Funds::Releasable { .. } | Funds::Released { .. } | Funds::Reversed => false,
        };
        let stands_still = self.open_case().is_some() || payment.open_dispute().is_some();
        if is_decided || !waits || stands_still || self.claimable().is_empty() {
            return Vec::new();
        }
        if let Some(until) = self.check_until(market) {
            return if now < until { vec![Promise::CheckedUntil(until)] } else { Vec::new() };
        }
        if self.terms.is_digital() {
            return vec![Promise::CheckedFor(market.check_window)];
        }
        let waits_for_seller = !self.unshipped().is_empty();
        let help_until = self.help_until(market);
        if self.pickup().is_some() {
            let ready = waits_for_seller.then_some(Promise::ReadyBy(self.ship_by));
            return ready.into_iter().chain([Promise::FetchedUntil(help_until)]).collect();
        }
        let shipped = waits_for_seller.then_some(Promise::ShippedBy(self.ship_by));
        let expected = self.shipments.iter().filter(|parcel| !parcel.is_lost()).filter_map(|parcel| parcel.expected_at);
        let arrives = expected.max().filter(|at| now < *at && !waits_for_seller).map(Promise::ArrivesBy);
        let rest = [Promise::LostUntil(help_until), Promise::CheckedFor(market.check_window)];
        shipped.into_iter().chain(arrives).chain(rest).collect()
    }
}
