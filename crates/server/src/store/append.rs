//! One append is one transaction: record, state, stream, rows, index, sums, unread, timer, outbox; all of it or none.
//! It asks once, and then does everything at once: on SQLite that is two trips to the driver's thread.

use super::link::{Arg, Line, Link, Statement, args, or_race};
use super::{Pools, SqlStore};
use api::store::{
    Append, AppendError, IdempotencyRecord, Index, OutboxEntry, StoreError, Summary, Sums, decode, encode, entities_of,
    tables as keys,
};
use api::wire::Cursor;
use domain::ids::{AccountId, MessageId};
use domain::thread::Thread;
use domain::timeline::RowItem;
use std::collections::{BTreeMap, BTreeSet};

/// How far the streams of the two go after an append.
pub(super) type Cursors = Vec<(AccountId, Cursor)>;

// What the first column of an answer says that it is.
const RECORD: &str = "record";
const STATE: &str = "state";
const DONE: &str = "done";
const SUMMARY: &str = "summary";
const CURSOR: &str = "cursor";
const SUMS: &str = "sums";

impl SqlStore {
    pub(super) async fn append_all(&self, append: Append) -> Result<Cursors, AppendError> {
        if let Pools::Sqlite { group, .. } = &self.pools {
            return group.append(append).await;
        }
        let mut link = self.begin().await?;
        let cursors = append_in(&mut link, &append, [None, None]).await?;
        link.commit().await.map_err(or_race)?;
        Ok(cursors)
    }
}

/// Appends within a transaction. `around` is told before and after all of it.
///
/// # Errors
/// `Conflict` when somebody else was first. Whatever is wrong, some of it may be done, and has to be undone.
pub(super) async fn append_in(
    link: &mut Link,
    append: &Append,
    around: [Option<&'static str>; 2],
) -> Result<Cursors, AppendError> {
    let [first, last] = around.map(|told| told.map(|sql| Statement::new(sql, Vec::new())));
    let asked = first.into_iter().chain(questions(append, link.is_shared())).collect();
    let answers = link.all(asked).await.map_err(or_race)?;
    // From here on the thread is ours alone, until the end.
    let before = undisputed(append, &answers)?;
    let summary = line_of(&answers, SUMMARY, |_| true);
    let summary_key = keys::summary(&append.state.id);
    let old: Option<Summary> = summary.map(|line| decode(&summary_key, &line.text(1))).transpose()?;
    let index_before = old.map_or_else(Index::default, |old| Index::of(before.as_ref(), &old));
    let index = Index::of(Some(&append.state), &append.summary);
    let mut sides = [
        (&append.summary.buyer, (&index_before.buyer, &index.buyer)),
        (&append.summary.seller, (&index_before.seller, &index.seller)),
    ];
    // Everybody takes accounts in the same order, so that nobody waits for somebody who waits for them.
    sides.sort_by_key(|(account, _)| *account);
    let accounts = sides.map(|(account, _)| account);

    let (mut told, mut writes) = (Vec::new(), go_on(accounts, append));
    let moved: Vec<_> = sides.into_iter().filter(|(_, (was, is))| was != is).collect();
    if !moved.is_empty() {
        // Sums are read when the streams are ours: from then on nobody else adds to them.
        writes.extend(moved.iter().map(|(account, _)| sums_of(account)));
        told = link.all(writes).await.map_err(or_race)?;
        let moves = moved.into_iter().map(|(account, (was, is))| move_sums(account, &told, was, is));
        writes = moves.collect::<Result<_, _>>()?;
    }
    writes.extend(what_happened(append, accounts));
    writes.extend(move_places(index.changes(index_before)));
    writes.extend(keep_due(before.as_ref(), &append.state));
    writes.extend(put_in(&append.outbox));
    writes.extend(last);
    told.extend(link.all(writes).await.map_err(or_race)?);
    let cursor = |account: &AccountId| {
        line_of(&told, CURSOR, |line| line.text(1) == account.as_str()).map_or(0, |line| line.count(2))
    };
    Ok(accounts.map(|account| (account.clone(), cursor(account))).into())
}

fn line_of<'a>(lines: &'a [Line], what: &str, is: impl Fn(&Line) -> bool) -> Option<&'a Line> {
    lines.iter().find(|line| line.text(0) == what && is(line))
}

/// What an append cannot do without knowing. Each of them takes what it is about for this transaction.
fn questions(append: &Append, is_shared: bool) -> impl Iterator<Item = Statement> {
    let (state, id) = (&append.state, append.state.id.as_str());
    let record = append.idempotency.as_ref().map(put_record);
    let thread = if append.expected_seq == 0 {
        let insert = "INSERT INTO threads (id, seq, state) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING \
            RETURNING 'state'";
        Statement::new(insert, args![id, state.seq, encode(state)])
    } else {
        let locking = if is_shared { "FOR UPDATE" } else { "" };
        Statement::new(format!("SELECT 'state', state, seq FROM threads WHERE id = $1 {locking}"), args![id])
    };
    let done = append.done.as_ref().map(take_out);
    let summary = Statement::new("SELECT 'summary', summary FROM summaries WHERE thread = $1", args![id]);
    record.into_iter().chain([thread]).chain(done).chain([summary])
}

/// The state before, when it is the one that was decided upon, and nobody else has done the same.
fn undisputed(append: &Append, answers: &[Line]) -> Result<Option<Thread>, AppendError> {
    let is_there = |what: &str| line_of(answers, what, |_| true);
    // A call that was made before; an outcome that whoever did it first has taken out: each is told once.
    let is_repeated = append.idempotency.is_some() && is_there(RECORD).is_none();
    let is_done = append.done.is_some() && is_there(DONE).is_none();
    match is_there(STATE) {
        Some(_) if is_repeated || is_done => Err(AppendError::Conflict),
        Some(_) if append.expected_seq == 0 => Ok(None),
        Some(line) if line.count(2) == append.expected_seq => {
            Ok(Some(decode(&keys::state(&append.state.id), &line.text(1))?))
        }
        Some(_) | None => Err(AppendError::Conflict),
    }
}

fn put_record(record: &IdempotencyRecord) -> Statement {
    let insert = "INSERT INTO idempotency (account, key, record) VALUES ($1, $2, $3) \
        ON CONFLICT (account, key) DO NOTHING RETURNING 'record'";
    Statement::new(insert, args![record.account.as_str(), record.key.as_str(), encode(record)])
}

/// Keeps that a call was made.
///
/// # Errors
/// `Conflict` when it was made before.
pub(super) async fn keep_record(link: &mut Link, record: &IdempotencyRecord) -> Result<(), AppendError> {
    let kept = link.all(vec![put_record(record)]).await.map_err(or_race)?;
    if kept.is_empty() { Err(AppendError::Conflict) } else { Ok(()) }
}

/// Takes an entry out of the outbox; it answers with a line when it was still there as it was.
pub(super) fn take_out(entry: &OutboxEntry) -> Statement {
    let delete = "DELETE FROM outbox WHERE at = $1 AND id = $2 AND entry = $3 RETURNING 'done'";
    Statement::new(delete, args![keys::millis(entry.at), entry.id.as_str(), encode(entry)])
}

/// Puts entries into the outbox.
pub(super) fn put_in(entries: &[OutboxEntry]) -> Vec<Statement> {
    let lines = entries.iter().map(|entry| args![keys::millis(entry.at), entry.id.as_str(), encode(entry)]).collect();
    let again = "ON CONFLICT (at, id) DO UPDATE SET entry = excluded.entry, claimed_until = NULL";
    Statement::of_many("INSERT INTO outbox (at, id, entry) VALUES", lines, again)
}

/// The streams of the accounts go on. Whoever adds to one waits for this transaction, so that its order is the order in
/// which things became true: a reader that has seen a place has seen all before it.
fn go_on(accounts: [&AccountId; 2], append: &Append) -> Vec<Statement> {
    let lines = accounts.map(|account| args![account.as_str(), append.events.len()]).into();
    let further = "ON CONFLICT (account) DO UPDATE SET cursor = cursors.cursor + excluded.cursor \
        RETURNING 'cursor', account, cursor";
    Statement::of_many("INSERT INTO cursors (account, cursor) VALUES", lines, further)
}

/// Events, with their places in both streams; state, summary, rows, what is unread, and what was brought about.
fn what_happened(append: &Append, [one, other]: [&AccountId; 2]) -> Vec<Statement> {
    let id = append.state.id.as_str();
    let mut writes = Vec::new();
    if append.expected_seq > 0 {
        let update = "UPDATE threads SET seq = $2, state = $3 WHERE id = $1";
        writes.push(Statement::new(update, args![id, append.state.seq, encode(&append.state)]));
    }
    let upsert = "INSERT INTO summaries (thread, summary) VALUES ($1, $2) \
        ON CONFLICT (thread) DO UPDATE SET summary = excluded.summary";
    writes.push(Statement::new(upsert, args![id, encode(&append.summary)]));
    let events = append.events.iter().map(|event| args![id, event.seq, encode(event)]).collect();
    writes.extend(Statement::of_many("INSERT INTO events (thread, seq, event) VALUES", events, ""));
    for (back, event) in append.events.iter().rev().enumerate() {
        let insert = "INSERT INTO feed (account, cursor, thread, seq) \
            SELECT account, cursor - $1, $2, $3 FROM cursors WHERE account IN ($4, $5)";
        writes.push(Statement::new(insert, args![back, id, event.seq, one.as_str(), other.as_str()]));
    }
    writes.extend(rows(append));
    for (account, more) in &append.unread {
        let upsert = "INSERT INTO members (account, thread, read_seq, read_at, unread, muted) \
            VALUES ($1, $2, 0, NULL, $3, 0) \
            ON CONFLICT (account, thread) DO UPDATE SET unread = members.unread + excluded.unread";
        writes.push(Statement::new(upsert, args![account.as_str(), id, *more]));
    }
    writes
}

fn rows(append: &Append) -> Vec<Statement> {
    let id = append.state.id.as_str();
    // A row that changed twice is written once: one statement may not touch a line twice.
    let rows: BTreeMap<u64, _> = append.rows.iter().map(|row| (row.seq, args![id, row.seq, encode(row)])).collect();
    let messages: BTreeMap<&MessageId, _> = append
        .rows
        .iter()
        .filter_map(|row| match &row.item {
            RowItem::Message(message) => Some((&message.id, args![id, message.id.as_str(), row.seq])),
            RowItem::Event(_) => None,
        })
        .collect();
    let entities = append.events.iter().flat_map(|envelope| entities_of(&append.state.id, &envelope.event));
    let entities: BTreeSet<String> = entities.collect();
    let owners = entities.into_iter().map(|entity| args![entity, id]).collect();
    let changed = "ON CONFLICT (thread, seq) DO UPDATE SET item = excluded.item";
    let mut writes =
        Statement::of_many("INSERT INTO timeline (thread, seq, item) VALUES", rows.into_values().collect(), changed);
    let again = "ON CONFLICT (thread, message) DO UPDATE SET seq = excluded.seq";
    let messages = messages.into_values().collect();
    writes.extend(Statement::of_many("INSERT INTO messages (thread, message, seq) VALUES", messages, again));
    let again = "ON CONFLICT (entity) DO UPDATE SET thread = excluded.thread";
    writes.extend(Statement::of_many("INSERT INTO owners (entity, thread) VALUES", owners, again));
    writes
}

fn sums_of(account: &AccountId) -> Statement {
    Statement::new("SELECT 'sums', account, sums FROM sums WHERE account = $1", args![account.as_str()])
}

fn move_sums(account: &AccountId, told: &[Line], was: &Sums, is: &Sums) -> Result<Statement, StoreError> {
    let line = line_of(told, SUMS, |line| line.text(1) == account.as_str());
    let sums: Option<Sums> = line.map(|line| decode(&keys::sums(account), &line.text(2))).transpose()?;
    let upsert = "INSERT INTO sums (account, sums) VALUES ($1, $2) \
        ON CONFLICT (account) DO UPDATE SET sums = excluded.sums";
    let moved = encode(&sums.unwrap_or_default().moved(was, is));
    Ok(Statement::new(upsert, args![account.as_str(), moved]))
}

fn move_places(changes: Vec<(String, Option<String>)>) -> Vec<Statement> {
    let (put, gone): (Vec<_>, Vec<_>) = changes.into_iter().partition(|(_, value)| value.is_some());
    let gone = gone.into_iter().map(|(place, _)| Statement::new("DELETE FROM places WHERE place = $1", args![place]));
    let lines = put.into_iter().map(|(place, value)| vec![Arg::from(place), Arg::from(value.unwrap_or_default())]);
    let again = "ON CONFLICT (place) DO UPDATE SET value = excluded.value";
    gone.chain(Statement::of_many("INSERT INTO places (place, value) VALUES", lines.collect(), again)).collect()
}

fn keep_due(before: Option<&Thread>, after: &Thread) -> Vec<Statement> {
    let (id, was, is) = (after.id.as_str(), before.and_then(Thread::due), after.due());
    let mut writes = Vec::new();
    if let Some(due) = was.filter(|due| is != Some(*due)) {
        writes.push(Statement::new("DELETE FROM due WHERE at = $1 AND thread = $2", args![keys::millis(due), id]));
    }
    if let Some(due) = is {
        let insert = "INSERT INTO due (at, thread) VALUES ($1, $2) \
            ON CONFLICT (at, thread) DO UPDATE SET claimed_until = NULL";
        writes.push(Statement::new(insert, args![keys::millis(due), id]));
    }
    writes
}
