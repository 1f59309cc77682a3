//! What a reader may do in a log.

use crate::thread::row::RowKey;
use domain::message::Emoji;

/// Something the reader did in a log that its owner has to see to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogAction {
    /// Reacted to a message, or took the reaction back.
    React {
        /// To which.
        key: RowKey,
        /// With what.
        emoji: Option<Emoji>,
    },
    /// Wants to answer a message.
    Reply(RowKey),
    /// Wants the words of a message on the clipboard.
    Copy(RowKey),
    /// Wants to change an own message.
    Edit(RowKey),
    /// Wants to take an own message back.
    Unsend(RowKey),
    /// Wants to send again what was not sent.
    Retry(RowKey),
    /// Does not want to send what was not sent any more.
    Discard(RowKey),
    /// Tapped a picture.
    OpenPhoto(RowKey),
    /// Tapped a product.
    OpenProduct(RowKey),
    /// Tapped the quote of a reply: show the message it quotes.
    OpenQuote(RowKey),
    /// Tapped a link, which leads away.
    OpenLink {
        /// Where to.
        href: String,
        /// Whose site that is.
        host: String,
    },
}
