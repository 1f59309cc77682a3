//! What this order promises, in dates: computed from its market's policy, before anything is paid.

use domain::market::Market;
use domain::terms::Delivery;
use domain::time::{Span, Timestamp};

/// What happens by itself after paying now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Promises {
    /// For how long it can be undone.
    pub undo: Span,
    /// Not shipped by then: everything comes back.
    pub ship_by: Timestamp,
    /// Not arrived: help until then.
    pub help_until: Timestamp,
    /// How long it can be checked once it is there.
    pub check: Span,
}

impl Promises {
    /// What paying at `now` promises.
    pub fn of(market: &Market, now: Timestamp) -> Self {
        let ship_by = market.ship_by(now);
        let help_until = ship_by.plus(market.help_after_ship_by);
        Self { undo: market.undo_window, ship_by, help_until, check: market.check_window }
    }

    /// When a delivery should be there at the latest; nothing to wait for when it is digital or fetched.
    pub fn arrives_by(&self, market: &Market, delivery: &Delivery) -> Option<Timestamp> {
        match delivery {
            Delivery::Parcel { days: (_, most), .. } => Some(market.working_days_after(self.ship_by, *most)),
            Delivery::Digital | Delivery::Pickup { .. } => None,
        }
    }
}
