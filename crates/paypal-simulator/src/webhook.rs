//! What PayPal tells of itself: signed, sent, and sent again.

pub(crate) mod outbox;
pub(crate) mod send;
pub(crate) mod sign;
pub(crate) mod verify;
