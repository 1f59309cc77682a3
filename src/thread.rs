//! The conversation: its log, its bubbles and what one writes with.

mod catalogue_panel;
mod composer;
mod composer_aid;
mod conversation;
mod conversation_rows;
mod emoji_picker;
mod extents;
mod header;
mod leave_notice;
pub mod lines;
mod log;
mod page;
mod panel_frame;
mod panels;
mod presence;
mod replies;
mod row;
mod search_panel;
mod seek;
mod shape;
mod speech;
mod timeline;
mod words;
mod writing;

pub use composer::{Composer, ComposerContext};
pub use composer_aid::ComposerAid;
pub use emoji_picker::EmojiPicker;
pub use log::{LogAction, ThreadLog};
pub use page::ThreadPage;
pub use panels::fetch_panels;
pub use presence::{share_presence, shares_presence};
pub use row::{By, CardRef, EventLine, Outline, PendingMessage, PendingState, Row, RowKey, RowKind, Rows};
pub use timeline::{Change, Timeline};
pub use words::{ComposerWords, LogWords};
