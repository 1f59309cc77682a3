//! Shipping, tracking, more time, refunds and help.

use super::{Decision, cases::closed};
use crate::carrier::{Carrier, TrackingNumber};
use crate::case::CaseOutcome;
use crate::command::{Context, RefundAmount};
use crate::event::Event;
use crate::ids::{OrderId, RefundId, ShipmentId, TrackingEventId};
use crate::money::Money;
use crate::order::{
    CancelReason, ExtensionDays, Funds, Order, Packed, ReleaseReason, ScanWeight, TrackingEvent, TrackingStatus,
};
use crate::payment::{PaymentStatus, RefundReason, VoidReason};
use crate::rejection::Rejection;
use crate::terms::Delivery;
use crate::thread::{Actor, Thread};
use crate::time::Timestamp;

impl Thread {
    pub(super) fn prepare(&self, id: &OrderId, context: &Context) -> Decision {
        context.only(Actor::Seller)?;
        let order = self.running_order(id)?;
        let begun = order.preparing_at.is_some() || !order.shipments.is_empty();
        Ok(if begun { Vec::new() } else { vec![Event::OrderPreparing { order: id.clone() }] })
    }

    pub(super) fn ship(
        &self,
        id: &OrderId,
        contents: Vec<Packed>,
        carrier: Carrier,
        tracking: Option<TrackingNumber>,
        context: &Context,
    ) -> Decision {
        context.only(Actor::Seller)?;
        let order = self.running_order(id)?;
        if order.pickup().is_some() {
            return Err(Rejection::DestinationMismatch);
        }
        if order.open_case().is_some() {
            return Err(Rejection::CaseOpen);
        }
        let left = order.unshipped();
        let mut lines: Vec<usize> = contents.iter().map(|packed| packed.line).collect();
        lines.sort_unstable();
        lines.dedup();
        let fits = |packed: &Packed| {
            let waiting = left.iter().find(|waiting| waiting.line == packed.line);
            packed.quantity > 0 && waiting.is_some_and(|waiting| packed.quantity <= waiting.quantity)
        };
        if contents.is_empty() || lines.len() != contents.len() || !contents.iter().all(fits) {
            return Err(Rejection::NothingLikeThatToShip);
        }
        // Carriers add formats, so an unknown one passes; a wrong check digit is a typing error.
        if carrier == Carrier::Pickup || tracking.as_ref().is_some_and(|number| number.is_mistyped_for(&carrier)) {
            return Err(Rejection::TrackingMismatch);
        }
        let mut events: Vec<Event> = self.capture_before_handing_over(order)?.into_iter().collect();
        let shipment = ShipmentId::of(&context.command);
        let expected_at = self.expected(order, context.now);
        events.push(Event::ShipmentSent { order: id.clone(), shipment, contents, carrier, tracking, expected_at });
        Ok(events)
    }

    /// Everything lies ready at the seller's. From here on the buyer's word counts, as of any parcel without tracking.
    pub(super) fn ready(&self, id: &OrderId, context: &Context) -> Decision {
        context.only(Actor::Seller)?;
        let order = self.running_order(id)?;
        let Some(at) = order.pickup() else { return Err(Rejection::NoSuchDelivery) };
        let contents = order.unshipped();
        if contents.is_empty() {
            return Ok(Vec::new());
        }
        if order.open_case().is_some() {
            return Err(Rejection::CaseOpen);
        }
        let mut events: Vec<Event> = self.capture_before_handing_over(order)?.into_iter().collect();
        let (order, shipment) = (id.clone(), ShipmentId::of(&context.command));
        let scan = TrackingEvent {
            id: TrackingEventId::of(&context.command),
            status: TrackingStatus::ReadyForPickup,
            at: context.now,
            place: Some(at.place.clone()),
            expected_at: None,
        };
        let weight = ScanWeight::Milestone;
        let waits = Event::Tracked { order: order.clone(), shipment: shipment.clone(), scan, weight };
        let carrier = Carrier::Pickup;
        events.push(Event::ShipmentSent { order, shipment, contents, carrier, tracking: None, expected_at: None });
        events.push(waits);
        Ok(events)
    }

    /// Handing things over ends the undo window: reserved money is taken first.
    fn capture_before_handing_over(&self, order: &Order) -> Result<Option<Event>, Rejection> {
        match self.payment_of(order).status {
            PaymentStatus::Authorised { .. } => Ok(Some(Event::CaptureStarted { payment: order.payment.clone() })),
            PaymentStatus::Capturing { pending: Some(_), .. } => Err(Rejection::PaymentPending),
            PaymentStatus::Capturing { pending: None, .. } | PaymentStatus::Captured { .. } => Ok(None),
            PaymentStatus::Processing
            | PaymentStatus::ActionRequired { .. }
            | PaymentStatus::Unknown { .. }
            | PaymentStatus::Failed { .. }
            | PaymentStatus::Voided { .. } => Err(Rejection::NotCaptured),
        }
    }

    pub(super) fn track(
        &self,
        id: &OrderId,
        shipment: &ShipmentId,
        mut scans: Vec<TrackingEvent>,
        context: &Context,
    ) -> Decision {
        let order = self.order(id)?;
        let known = order.parcel(shipment).ok_or(Rejection::UnknownParcel)?;
        let goes_back = !order.shipments.iter().any(|sent| sent.id == *shipment);
        // A parcel that goes back is not the one that came, whose news it may be told once more.
        scans.retain(
            |scan| if goes_back { scan.at >= known.shipped_at } else { scan.is_possible_since(order.placed_at) },
        );
        // A carrier whose clock is ahead has not seen the future.
        scans.iter_mut().for_each(|scan| scan.at = scan.at.min(context.now));
        TrackingEvent::sort(&mut scans);
        let (mut events, mut parcel) = (Vec::new(), known.clone());
        for scan in scans {
            let Some((after, weight)) = parcel.with(scan.clone()) else { continue };
            let (is_lost_now, at) = (after.is_lost() && !parcel.is_lost(), scan.at);
            events.push(Event::Tracked { order: id.clone(), shipment: shipment.clone(), scan, weight });
            if is_lost_now && !goes_back && order.cancelled.is_none() {
                let again = self.market().map_or(at, |market| market.ship_by(at));
                events.push(Event::ShipByMoved { order: id.clone(), ship_by: again.max(order.ship_by) });
            }
            parcel = after;
        }
        if goes_back && !events.is_empty() {
            events.extend(self.came_back(order, &parcel, context)?);
        }
        Ok(events)
    }

    pub(super) fn ask_extension(&self, id: &OrderId, days: ExtensionDays, context: &Context) -> Decision {
        context.only(Actor::Seller)?;
        let order = self.running_order(id)?;
        if order.unshipped().is_empty() {
            return Err(Rejection::AlreadyShipped);
        }
        if order.extension_asked.is_some() {
            return Err(Rejection::ExtensionPending);
        }
        Ok(vec![Event::ExtensionAsked { order: id.clone(), days }])
    }

    pub(super) fn answer_extension(&self, id: &OrderId, accept: bool, context: &Context) -> Decision {
        context.only(Actor::Buyer)?;
        let order = self.running_order(id)?;
        let extension = order.extension_asked.ok_or(Rejection::NoExtension)?;
        let mut events = vec![Event::ExtensionAnswered { order: id.clone(), accepted: accept }];
        if accept {
            let ship_by = self.working_days_after(order.ship_by, extension.days.days());
            events.push(Event::ShipByMoved { order: id.clone(), ship_by });
        }
        Ok(events)
    }

    pub(super) fn confirm(&self, id: &OrderId, context: &Context) -> Decision {
        context.only(Actor::Buyer)?;
        let order = self.running_order(id)?;
        if order.confirmed_at.is_some() {
            return Ok(Vec::new());
        }
        if order.open_case().is_some() {
            return Err(Rejection::CaseOpen);
        }
        // Carriers forget, and what the seller brings has none: once all is handed over, the buyer's word counts.
        if order.delivered_at().is_none() && !order.is_shipped() {
            return Err(Rejection::NotDelivered);
        }
        let mut events = vec![Event::ReceiptConfirmed { order: id.clone() }];
        match order.funds {
            // Released when what is on its way back has arrived there, or could not go.
            Funds::Held if self.payment_of(order).is_refunding() || self.stands_still(order) => {}
            Funds::Held => {
                events.push(Event::FundsReleasable { order: id.clone(), because: ReleaseReason::Confirmed });
            }
            Funds::None => return Err(Rejection::NotCaptured),
            Funds::Frozen | Funds::Releasable { .. } | Funds::Released { .. } | Funds::Reversed => {}
        }
        Ok(events)
    }

    pub(super) fn cancel_order(&self, id: &OrderId, context: &Context) -> Decision {
        context.only(Actor::Seller)?;
        let order = self.order(id)?;
        if order.cancelled.is_some() {
            return Ok(Vec::new());
        }
        if !order.shipments.is_empty() || order.granted_at.is_some() {
            return Err(Rejection::AlreadyShipped);
        }
        self.undisputed(order)?;
        Ok(self.end_order(order, CancelReason::BySeller, RefundReason::CancelledBySeller, context))
    }

    /// Ends an order and lets its money go, whatever state the money is in.
    pub(super) fn end_order(
        &self,
        order: &Order,
        reason: CancelReason,
        refund: RefundReason,
        context: &Context,
    ) -> Vec<Event> {
        let mut events = vec![Event::OrderCancelled { order: order.id.clone(), reason }];
        if let Some(case) = order.open_case() {
            events.push(closed(&order.id, &case.id, CaseOutcome::OrderEnded));
        }
        let payment = self.payment_of(order);
        match payment.status {
            PaymentStatus::Authorised { .. } => {
                let reason = VoidReason::OrderCancelled;
                events.push(Event::PaymentVoided { payment: payment.id.clone(), reason });
            }
            PaymentStatus::Captured { .. } => {
                events.extend(self.refund_event(order, payment.refundable(), refund, context));
            }
            // When the capture answers, its money goes back at once.
            PaymentStatus::Capturing { .. }
            | PaymentStatus::Processing
            | PaymentStatus::ActionRequired { .. }
            | PaymentStatus::Unknown { .. }
            | PaymentStatus::Failed { .. }
            | PaymentStatus::Voided { .. } => {}
        }
        events
    }

    pub(super) fn refund_event(
        &self,
        order: &Order,
        amount: Money,
        reason: RefundReason,
        context: &Context,
    ) -> Option<Event> {
        self.refund_of_pieces(order, amount, Vec::new(), reason, context)
    }

    pub(super) fn refund_of_pieces(
        &self,
        order: &Order,
        amount: Money,
        pieces: Vec<Packed>,
        reason: RefundReason,
        context: &Context,
    ) -> Option<Event> {
        (amount.minor > 0).then(|| Event::RefundStarted {
            refund: RefundId::of(&context.command),
            payment: order.payment.clone(),
            order: order.id.clone(),
            amount,
            reason,
            pieces,
        })
    }

    pub(super) fn refund(&self, id: &OrderId, amount: RefundAmount, context: &Context) -> Decision {
        context.only(Actor::Seller)?;
        let order = self.order(id)?;
        let payment = self.payment_of(order);
        if !matches!(payment.status, PaymentStatus::Captured { .. }) {
            return Err(Rejection::NotCaptured);
        }
        if matches!(order.funds, Funds::Releasable { .. }) {
            return Err(Rejection::PayoutInFlight);
        }
        self.undisputed(order)?;
        // What goes back then is agreed on in the case.
        if order.open_case().is_some() {
            return Err(Rejection::CaseOpen);
        }
        let refundable = payment.refundable();
        let (amount, pieces) = match amount {
            RefundAmount::Rest => (refundable, Vec::new()),
            RefundAmount::Amount(amount) => (amount, Vec::new()),
            RefundAmount::Items(contents) => (order.price_of(&contents), contents),
        };
        if amount.currency != refundable.currency || amount.minor > refundable.minor {
            return Err(Rejection::OverRefund { refundable });
        }
        if amount.minor <= 0 {
            return Err(Rejection::NothingToRefund);
        }
        // A refund of everything before anything was shipped leaves nothing to ship.
        if amount == refundable && order.shipments.is_empty() && order.granted_at.is_none() && order.cancelled.is_none()
        {
            return Ok(self.end_order(order, CancelReason::BySeller, RefundReason::BySeller, context));
        }
        Ok(self.refund_of_pieces(order, amount, pieces, RefundReason::BySeller, context).into_iter().collect())
    }

    /// While the processor decides over the money, nobody else does.
    pub(super) fn undisputed(&self, order: &Order) -> Result<(), Rejection> {
        self.payment_of(order).open_dispute().map_or(Ok(()), |_| Err(Rejection::DisputeOpen))
    }

    fn running_order(&self, id: &OrderId) -> Result<&Order, Rejection> {
        let order = self.order(id)?;
        if order.cancelled.is_some() { Err(Rejection::OrderClosed) } else { Ok(order) }
    }

    fn working_days_after(&self, at: Timestamp, days: u32) -> Timestamp {
        self.market().map_or(at, |market| market.working_days_after(at, days))
    }

    fn expected(&self, order: &Order, shipped_at: Timestamp) -> Option<Timestamp> {
        match order.delivery() {
            Delivery::Parcel { days: (_, most), .. } => Some(self.working_days_after(shipped_at, *most)),
            Delivery::Digital | Delivery::Pickup { .. } => None,
        }
    }
}
