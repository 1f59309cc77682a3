//! The seller's structured ask: its card in the thread, the editor that makes it, and the counter-offer.

mod actions;
mod card;
mod changes;
mod folded;
mod problem;
mod standing;
mod summary;
mod words;

pub use card::PaymentRequestCard;
pub use problem::{decline_sentence, sentence};
pub use standing::Standing;
pub use summary::{card_picture, method_name, peer_name, title};
