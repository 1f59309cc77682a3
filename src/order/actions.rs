//! What can be done with an order now, and by whom: what the API would accept, asked before a button is shown.

use domain::market::Market;
use domain::order::{Funds, Order};
use domain::payment::Payment;
use domain::queue::{can_hand_over, is_running};
use domain::time::Timestamp;

pub(crate) use domain::queue::can_ship;

/// Whether the seller can say that it lies ready to be fetched.
pub(super) fn can_make_ready(order: &Order, payment: &Payment) -> bool {
    can_hand_over(order, payment) && order.pickup().is_some()
}

/// Whether the seller can say that it is being prepared.
pub(super) fn can_prepare(order: &Order, payment: &Payment) -> bool {
    can_hand_over(order, payment) && order.preparing_at.is_none() && order.shipments.is_empty()
}

/// Whether the seller can ask for more time.
pub(super) fn can_ask_more_time(order: &Order, payment: &Payment) -> bool {
    can_hand_over(order, payment) && order.extension_asked.is_none()
}

/// Whether the seller can cancel: nothing was shipped or handed over.
pub(super) fn can_cancel(order: &Order, payment: &Payment) -> bool {
    is_running(order) && payment.open_dispute().is_none() && order.shipments.is_empty() && order.granted_at.is_none()
}

/// Whether something is argued about: help is open, or a dispute at the processor.
pub(super) fn is_argued(order: &Order, payment: &Payment) -> bool {
    order.open_case().is_some() || payment.open_dispute().is_some()
}

/// Whether the seller can give money back.
pub(crate) fn can_refund(order: &Order, payment: &Payment) -> bool {
    payment.refundable().minor > 0
        && payment.open_dispute().is_none()
        && order.open_case().is_none()
        && !matches!(order.funds, Funds::Releasable { .. })
}

/// Whether the buyer can say that everything is OK, which pays the seller. Of a parcel without tracking, or without news
/// for days, nobody else says that it came.
pub(super) fn can_confirm(order: &Order, payment: &Payment) -> bool {
    let parcels = order.shipments.iter().filter(|shipment| !shipment.is_lost());
    let untold = parcels.into_iter().any(|shipment| shipment.tracking.is_none() || shipment.silent_since.is_some());
    is_running(order)
        && order.confirmed_at.is_none()
        && payment.open_dispute().is_none()
        && order.open_case().is_none()
        && order.funds == Funds::Held
        && (order.delivered_at().is_some() || (order.is_shipped() && untold))
}

/// Whether somebody may want help: it arrived, or it does not come as it should.
pub(super) fn may_want_help(order: &Order, now: Timestamp) -> bool {
    order.exception().is_some()
        || order.delivered_at().is_some()
        || order.silent_since().is_some()
        || order.shipments.iter().any(|parcel| parcel.is_late(now))
}

/// What help there is with an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HelpAnswer {
    /// It is open.
    Open,
    /// The buyer has complained to the processor, which decides.
    Disputed,
    /// It can be asked for, until then.
    Until(Timestamp),
    /// The payment is not final: undo it instead.
    NotYet,
    /// The seller is being paid this moment.
    PayingOut,
    /// A reviewer has decided over it already.
    Decided,
    /// The two have agreed on money for all of it.
    Settled,
    /// The order ended, and so did its money.
    Ended,
    /// The time is over, since then.
    Over(Timestamp),
}

/// What help there is with an order now.
pub(crate) fn help_answer(order: &Order, payment: &Payment, market: &Market, now: Timestamp) -> HelpAnswer {
    if payment.open_dispute().is_some() {
        return HelpAnswer::Disputed;
    }
    if order.open_case().is_some() {
        return HelpAnswer::Open;
    }
    if !is_running(order) {
        return HelpAnswer::Ended;
    }
    if order.claimable().is_empty() {
        let decided = order.cases.last().is_some_and(|case| case.ruling.is_some());
        return if decided { HelpAnswer::Decided } else { HelpAnswer::Settled };
    }
    let until = order.help_until(market);
    match order.funds {
        Funds::None => HelpAnswer::NotYet,
        Funds::Releasable { .. } => HelpAnswer::PayingOut,
        Funds::Held | Funds::Frozen | Funds::Released { .. } | Funds::Reversed if now > until => {
            HelpAnswer::Over(until)
        }
        Funds::Held | Funds::Frozen | Funds::Released { .. } | Funds::Reversed => HelpAnswer::Until(until),
    }
}
