//! One way of delivery, written for this request.

use crate::payment_request::way_fields::WayPart;
use domain::address::Region;
use serde::{Deserialize, Serialize};

/// One way of delivery, as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// Tells it from the others.
    pub key: u32,
    pub name: String,
    pub price: String,
    /// `3–5`, or `2`.
    pub days: String,
    /// The states it goes to; everywhere without.
    #[serde(default)]
    pub region: Option<Region>,
}

impl Way {
    /// What was typed for a part.
    pub fn part(&self, part: WayPart) -> &String {
        match part {
            WayPart::Name => &self.name,
            WayPart::Price => &self.price,
            WayPart::Days => &self.days,
        }
    }

    /// The same, to be changed.
    pub fn part_mut(&mut self, part: WayPart) -> &mut String {
        match part {
            WayPart::Name => &mut self.name,
            WayPart::Price => &mut self.price,
            WayPart::Days => &mut self.days,
        }
    }
}
