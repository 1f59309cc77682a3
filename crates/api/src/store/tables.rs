//! Where everything stands in the ordered map. Numbers are padded, so that their order is the order of the text.

use super::OutboxEntry;
use crate::app::kinds;
use domain::ids::{AccountId, MessageId, ThreadId};
use domain::time::Timestamp;

pub(super) const CURSOR: &str = "cursor";

/// The smallest key that is greater than everything that starts with `prefix` (which ends with a slash).
pub(super) fn after(prefix: &str) -> String {
    let mut end = prefix.trim_end_matches('/').to_owned();
    // '0' follows '/' in the order of characters.
    end.push('0');
    end
}

fn millis(at: Timestamp) -> i64 {
    at.as_millis().max(0)
}

pub(super) fn state(id: &ThreadId) -> String {
    format!("state/{id}")
}
pub(super) fn summary(id: &ThreadId) -> String {
    format!("summary/{id}")
}
pub(super) fn member(account: &AccountId, id: &ThreadId) -> String {
    format!("member/{account}/{id}")
}
pub(super) fn event(id: &ThreadId, seq: u64) -> String {
    format!("event/{id}/{seq:010}")
}
pub(super) fn event_end(id: &ThreadId) -> String {
    after(&format!("event/{id}/"))
}
pub(super) fn feed(cursor: u64) -> String {
    format!("feed/{cursor:012}")
}
pub(super) fn feed_end() -> String {
    after("feed/")
}
pub(super) fn row(id: &ThreadId, seq: u64) -> String {
    format!("row/{id}/{seq:010}")
}
pub(super) fn row_end(id: &ThreadId) -> String {
    after(&format!("row/{id}/"))
}
pub(super) fn message(id: &ThreadId, message: &MessageId) -> String {
    format!("message/{id}/{message}")
}
pub(super) fn owner(entity: &str) -> String {
    format!("owner/{entity}")
}
pub(super) fn inbox(account: &AccountId, active_at: Timestamp, id: &ThreadId) -> String {
    format!("inbox/{account}/{:015}/{id}", millis(active_at))
}
pub(super) fn inbox_range(account: &AccountId) -> (String, String) {
    let from = format!("inbox/{account}/");
    let to = after(&from);
    (from, to)
}
pub(super) fn idempotency(account: &AccountId, key: &str) -> String {
    format!("idempotency/{account}/{key}")
}
pub(super) fn outbox(entry: &OutboxEntry) -> String {
    format!("outbox/{:015}/{}", millis(entry.at), entry.id)
}
pub(super) fn outbox_range() -> (String, String) {
    ("outbox/".to_owned(), after("outbox/"))
}
pub(super) fn due(at: Timestamp, id: &ThreadId) -> String {
    format!("due/{:015}/{id}", millis(at))
}
pub(super) fn due_range() -> (String, String) {
    ("due/".to_owned(), after("due/"))
}
/// The key says both, so that what stands there cannot be unreadable.
pub(super) fn read_due(key: &str) -> Option<(Timestamp, ThreadId)> {
    let (at, id) = key.strip_prefix("due/")?.split_once('/')?;
    Some((Timestamp::from_millis(at.parse().ok()?), id.parse().ok()?))
}
/// Where an entry of the outbox goes that cannot be read.
pub(super) fn dead_letter(outbox_key: &str) -> String {
    document(kinds::DEAD_LETTER, outbox_key.rsplit('/').next().unwrap_or(outbox_key))
}
pub(super) fn document(kind: &str, id: &str) -> String {
    format!("document/{kind}/{id}")
}
