//! Being told while nobody looks: Web Push, offered once at a moment that explains itself, and a switch for later.
//!
//! A server sends it; where the API is inside the page there is nobody to. The browser's own question is asked only
//! after a tap on ours: a browser that was asked too early is asked never again.

mod browser;
mod offer;
mod switch;

pub use browser::{leave, seen, stay_on};
pub use offer::PushOffer;
pub use switch::PushSwitch;
