//! The seller's structured ask: its card in the thread, the editor that makes it, and the counter-offer.

mod actions;
mod card;
mod changes;
mod counter_sheet;
mod editor;
mod folded;
mod pictured;
mod problem;
mod standing;
mod stepper;
mod summary;
mod way_fields;
mod words;

pub use card::PaymentRequestCard;
pub use counter_sheet::CounterSheet;
pub use editor::RequestEditor;
pub use pictured::Pictured;
pub use problem::decline_sentence;
pub use standing::Standing;
pub use summary::{kind_name, method_name, peer_name, title};
pub use way_fields::{WayFields, WayPart};
