//! Where everything stands in the ordered map. Numbers are padded, so that their order is the order of the text.

use super::OutboxEntry;
use crate::app::kinds;
use crate::wire::Folder;
use domain::facts::Reply;
use domain::ids::{AccountId, MessageId, OrderId, PaymentRequestId, ThreadId};
use domain::queue::Group;
use domain::time::Timestamp;

/// The kind of documents that what cannot be read becomes.
pub const DEAD_LETTER: &str = kinds::DEAD_LETTER;
/// Which layout the index was written in; none for the first.
pub const LAYOUT: &str = "layout";
/// Where everything stands that is derived from the threads.
pub const INDEXES: [&str; 7] = ["inbox/", "queue/", "bought/", "asked/", "released/", FACTS, "sums/"];
/// Where everything stands that counts for how sellers are known.
pub const FACTS: &str = "facts/";
/// More than any time in milliseconds: added to a rank, so that none is below zero.
const MIDDLE: i64 = 1_000_000_000_000_000;

/// The smallest key that is greater than everything that starts with `prefix` (which ends with a slash).
pub fn after(prefix: &str) -> String {
    let mut end = prefix.trim_end_matches('/').to_owned();
    // '0' follows '/' in the order of characters.
    end.push('0');
    end
}

/// As it stands in keys: never below zero.
pub fn millis(at: Timestamp) -> i64 {
    at.as_millis().max(0)
}

/// A thread's state.
pub fn state(id: &ThreadId) -> String {
    format!("state/{id}")
}
/// What the inbox shows of a thread.
pub fn summary(id: &ThreadId) -> String {
    format!("summary/{id}")
}
/// One side's own view of a thread.
pub fn member(account: &AccountId, id: &ThreadId) -> String {
    format!("member/{account}/{id}")
}
/// An event of a thread.
pub fn event(id: &ThreadId, seq: u64) -> String {
    format!("event/{id}/{seq:010}")
}
/// After the last event of a thread.
pub fn event_end(id: &ThreadId) -> String {
    after(&format!("event/{id}/"))
}
/// How far an account's stream goes.
pub fn cursor(account: &AccountId) -> String {
    format!("cursor/{account}")
}
/// A place in an account's stream.
pub fn feed(account: &AccountId, cursor: u64) -> String {
    format!("feed/{account}/{cursor:012}")
}
/// After the last place in it.
pub fn feed_end(account: &AccountId) -> String {
    after(&format!("feed/{account}/"))
}
/// The one stream that all accounts shared in the layouts before the third.
pub mod shared {
    /// How far it went.
    pub const CURSOR: &str = "cursor";

    /// All of it.
    pub fn feed() -> (String, String) {
        super::range_of("feed/".to_owned())
    }
    /// The thread whose event stands at a place.
    pub fn thread(place: &str) -> Option<&str> {
        place.strip_prefix("event/")?.split('/').next()
    }
}
/// A row of a thread.
pub fn row(id: &ThreadId, seq: u64) -> String {
    format!("row/{id}/{seq:010}")
}
/// After the last row of a thread.
pub fn row_end(id: &ThreadId) -> String {
    after(&format!("row/{id}/"))
}
/// The row of a message.
pub fn message(id: &ThreadId, message: &MessageId) -> String {
    format!("message/{id}/{message}")
}
/// The thread of an entity.
pub fn owner(entity: &str) -> String {
    format!("owner/{entity}")
}
/// A thread in a folder of an account.
pub fn inbox(account: &AccountId, folder: Folder, active_at: Timestamp, id: &ThreadId) -> String {
    format!("inbox/{account}/{}/{:015}/{id}", folder.as_str(), millis(active_at))
}
/// A folder of an account.
pub fn inbox_range(account: &AccountId, folder: Folder) -> (String, String) {
    range_of(format!("inbox/{account}/{}/", folder.as_str()))
}
/// Something to do for an account.
pub fn queue(account: &AccountId, group: Group, rank: i64, about: &str) -> String {
    let rank = rank.clamp(-MIDDLE, MIDDLE) + MIDDLE;
    format!("queue/{account}/{}/{rank:016}/{about}", name_of(group))
}
/// What there is to do of a kind.
pub fn queue_range(account: &AccountId, group: Group) -> (String, String) {
    range_of(format!("queue/{account}/{}/", name_of(group)))
}
/// An order that was bought.
pub fn bought(account: &AccountId, at: Timestamp, order: &OrderId) -> String {
    format!("bought/{account}/{:015}/{order}", millis(at))
}
/// What an account has bought.
pub fn bought_range(account: &AccountId) -> (String, String) {
    range_of(format!("bought/{account}/"))
}
/// A request that counts for the weekly cap.
pub fn asked(account: &AccountId, at: Timestamp, request: &PaymentRequestId) -> String {
    format!("asked/{account}/{:015}/{request}", millis(at))
}
/// Those since a time.
pub fn asked_since(account: &AccountId, since: Timestamp) -> (String, String) {
    (format!("asked/{account}/{:015}/", millis(since)), after(&format!("asked/{account}/")))
}
/// An order that was paid out.
pub fn released(account: &AccountId, at: Timestamp, order: &OrderId) -> String {
    format!("released/{account}/{:015}/{order}", millis(at))
}
/// Those since a time.
pub fn released_since(account: &AccountId, since: Timestamp) -> (String, String) {
    (format!("released/{account}/{:015}/", millis(since)), after(&format!("released/{account}/")))
}
/// An order, as it counts for its seller.
pub fn sold(account: &AccountId, at: Timestamp, order: &OrderId) -> String {
    format!("facts/{account}/order/{:015}/{order}", millis(at))
}
/// Those since a time.
pub fn sold_since(account: &AccountId, since: Timestamp) -> (String, String) {
    (format!("facts/{account}/order/{:015}/", millis(since)), after(&format!("facts/{account}/order/")))
}
/// An answer to a customer.
pub fn replied(account: &AccountId, reply: &Reply) -> String {
    format!("facts/{account}/reply/{:015}/{}.{}", millis(reply.answered_at), reply.thread, reply.seq)
}
/// Those since a time.
pub fn replied_since(account: &AccountId, since: Timestamp) -> (String, String) {
    (format!("facts/{account}/reply/{:015}/", millis(since)), after(&format!("facts/{account}/reply/")))
}
/// What an account's threads add up to.
pub fn sums(account: &AccountId) -> String {
    format!("sums/{account}")
}
/// All of what the inbox shows.
pub fn summaries() -> (String, String) {
    range_of("summary/".to_owned())
}
/// What an entry of an index is about: the last part of its key.
pub fn about(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or_default()
}
fn range_of(prefix: String) -> (String, String) {
    let end = after(&prefix);
    (prefix, end)
}
fn name_of(group: Group) -> &'static str {
    match group {
        Group::Mine => "mine",
        Group::Waiting => "waiting",
        Group::Done => "done",
    }
}
/// That a call was made.
pub fn idempotency(account: &AccountId, key: &str) -> String {
    format!("idempotency/{account}/{key}")
}
/// What a worker has to do.
pub fn outbox(entry: &OutboxEntry) -> String {
    format!("outbox/{:015}/{}", millis(entry.at), entry.id)
}
/// All of that.
pub fn outbox_range() -> (String, String) {
    ("outbox/".to_owned(), after("outbox/"))
}
/// When something happens by itself in a thread.
pub fn due(at: Timestamp, id: &ThreadId) -> String {
    format!("due/{:015}/{id}", millis(at))
}
/// All of that.
pub fn due_range() -> (String, String) {
    ("due/".to_owned(), after("due/"))
}
/// The key says both, so that what stands there cannot be unreadable.
pub fn read_due(key: &str) -> Option<(Timestamp, ThreadId)> {
    let (at, id) = key.strip_prefix("due/")?.split_once('/')?;
    Some((Timestamp::from_millis(at.parse().ok()?), id.parse().ok()?))
}
/// Where an entry of the outbox goes that cannot be read.
pub fn dead_letter(outbox_key: &str) -> String {
    document(kinds::DEAD_LETTER, outbox_key.rsplit('/').next().unwrap_or(outbox_key))
}
/// A small document.
pub fn document(kind: &str, id: &str) -> String {
    format!("document/{kind}/{id}")
}
