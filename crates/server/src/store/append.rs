//! One append is one transaction: record, state, stream, rows, index, sums, unread, timer, outbox; all of it or none.

use super::SqlStore;
use super::link::{Arg, Link, args, or_race};
use api::store::{
    Append, AppendError, IdempotencyRecord, Index, OutboxEntry, StoreError, Summary, Sums, decode, encode, entities_of,
    tables as keys,
};
use api::wire::Cursor;
use domain::ids::{AccountId, MessageId, ThreadId};
use domain::thread::Thread;
use domain::timeline::RowItem;
use std::collections::{BTreeMap, BTreeSet};

impl SqlStore {
    pub(super) async fn append_all(&self, append: Append) -> Result<Vec<(AccountId, Cursor)>, AppendError> {
        let mut link = self.begin().await?;
        let appended = self.append_in(&mut link, append).await?;
        link.commit().await.map_err(or_race)?;
        Ok(appended)
    }

    async fn append_in(&self, link: &mut Link, append: Append) -> Result<Vec<(AccountId, Cursor)>, AppendError> {
        let id = append.state.id.clone();
        if let Some(record) = &append.idempotency {
            keep_record(link, record).await?;
        }
        // From here on the thread is ours alone, until the end.
        let before = self.replace_state(link, &append).await?;
        if let Some(done) = &append.done
            && !take_out(link, done).await?
        {
            // Whoever did it first has taken it out: the outcome is told once.
            return Err(AppendError::Conflict);
        }
        let old_summary = summary(link, &id).await?;
        let text = encode(&append.summary);
        let upsert = "INSERT INTO summaries (thread, summary) VALUES ($1, $2) \
            ON CONFLICT (thread) DO UPDATE SET summary = excluded.summary";
        link.run(upsert, args![id.as_str(), text]).await.map_err(or_race)?;

        let events = append.events.iter().map(|event| args![id.as_str(), event.seq, encode(event)]).collect();
        link.run_many("INSERT INTO events (thread, seq, event) VALUES", events, "").await.map_err(or_race)?;
        keep_rows(link, &append).await.map_err(or_race)?;

        let index_before = old_summary.map_or_else(Index::default, |old| Index::of(before.as_ref(), &old));
        let index = Index::of(Some(&append.state), &append.summary);
        let mut sides = [
            (&append.summary.buyer, (&index_before.buyer, &index.buyer)),
            (&append.summary.seller, (&index_before.seller, &index.seller)),
        ];
        // Everybody takes accounts in the same order, so that nobody waits for somebody who waits for them.
        sides.sort_by_key(|(account, _)| *account);
        let mut cursors = Vec::new();
        for (account, (was, is)) in sides {
            let cursor = go_on(link, account, &append).await.map_err(or_race)?;
            if was != is {
                move_sums(link, account, was, is).await.map_err(or_race)?;
            }
            cursors.push((account.clone(), cursor));
        }
        for (account, more) in &append.unread {
            let upsert = "INSERT INTO members (account, thread, read_seq, read_at, unread, muted) \
                VALUES ($1, $2, 0, $3, $4, 0) \
                ON CONFLICT (account, thread) DO UPDATE SET unread = members.unread + excluded.unread";
            link.run(upsert, args![account.as_str(), id.as_str(), None, *more]).await.map_err(or_race)?;
        }
        move_places(link, index.changes(index_before)).await.map_err(or_race)?;
        keep_due(link, before.as_ref(), &append.state).await.map_err(or_race)?;
        put_in(link, &append.outbox).await.map_err(or_race)?;
        Ok(cursors)
    }

    /// The state before, when it is the one that was decided upon; it is replaced.
    async fn replace_state(&self, link: &mut Link, append: &Append) -> Result<Option<Thread>, AppendError> {
        let (id, text) = (append.state.id.as_str(), encode(&append.state));
        if append.expected_seq == 0 {
            let insert = "INSERT INTO threads (id, seq, state) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING";
            let done = link.run(insert, args![id, append.state.seq, text]).await.map_err(or_race)?;
            return if done == 1 { Ok(None) } else { Err(AppendError::Conflict) };
        }
        let locking = if self.is_postgres() { "FOR UPDATE" } else { "" };
        let asked = format!("SELECT state, seq FROM threads WHERE id = $1 {locking}");
        let Some(line) = link.line(asked, args![id]).await.map_err(or_race)? else { return Err(AppendError::Conflict) };
        if line.count(1) != append.expected_seq {
            return Err(AppendError::Conflict);
        }
        let before = decode(&keys::state(&append.state.id), &line.text(0))?;
        let update = "UPDATE threads SET seq = $2, state = $3 WHERE id = $1";
        link.run(update, args![id, append.state.seq, text]).await.map_err(or_race)?;
        Ok(Some(before))
    }
}

async fn summary(link: &mut Link, id: &ThreadId) -> Result<Option<Summary>, AppendError> {
    let asked = "SELECT summary FROM summaries WHERE thread = $1";
    let line = link.line(asked, args![id.as_str()]).await.map_err(or_race)?;
    Ok(line.map(|line| decode(&keys::summary(id), &line.text(0))).transpose()?)
}

/// Keeps that a call was made.
///
/// # Errors
/// `Conflict` when it was made before.
pub(super) async fn keep_record(link: &mut Link, record: &IdempotencyRecord) -> Result<(), AppendError> {
    let insert = "INSERT INTO idempotency (account, key, record) VALUES ($1, $2, $3) \
        ON CONFLICT (account, key) DO NOTHING";
    let arguments = args![record.account.as_str(), record.key.as_str(), encode(record)];
    let kept = link.run(insert, arguments).await.map_err(or_race)?;
    if kept == 1 { Ok(()) } else { Err(AppendError::Conflict) }
}

/// Takes an entry out of the outbox; whether it was still there as it was.
pub(super) async fn take_out(link: &mut Link, entry: &OutboxEntry) -> Result<bool, AppendError> {
    let delete = "DELETE FROM outbox WHERE at = $1 AND id = $2 AND entry = $3";
    let arguments = args![keys::millis(entry.at), entry.id.as_str(), encode(entry)];
    Ok(link.run(delete, arguments).await.map_err(or_race)? == 1)
}

/// Puts entries into the outbox.
pub(super) async fn put_in(link: &mut Link, entries: &[OutboxEntry]) -> Result<(), StoreError> {
    let lines = entries.iter().map(|entry| args![keys::millis(entry.at), entry.id.as_str(), encode(entry)]).collect();
    let again = "ON CONFLICT (at, id) DO UPDATE SET entry = excluded.entry, claimed_until = NULL";
    link.run_many("INSERT INTO outbox (at, id, entry) VALUES", lines, again).await
}

async fn keep_rows(link: &mut Link, append: &Append) -> Result<(), StoreError> {
    let id = append.state.id.as_str();
    // A row that changed twice is written once: one statement may not touch a line twice.
    let rows: BTreeMap<u64, _> = append.rows.iter().map(|row| (row.seq, args![id, row.seq, encode(row)])).collect();
    let changed = "ON CONFLICT (thread, seq) DO UPDATE SET item = excluded.item";
    link.run_many("INSERT INTO timeline (thread, seq, item) VALUES", rows.into_values().collect(), changed).await?;
    let messages: BTreeMap<&MessageId, _> = append
        .rows
        .iter()
        .filter_map(|row| match &row.item {
            RowItem::Message(message) => Some((&message.id, args![id, message.id.as_str(), row.seq])),
            RowItem::Event(_) => None,
        })
        .collect();
    let again = "ON CONFLICT (thread, message) DO UPDATE SET seq = excluded.seq";
    link.run_many("INSERT INTO messages (thread, message, seq) VALUES", messages.into_values().collect(), again)
        .await?;
    let entities = append.events.iter().flat_map(|envelope| entities_of(&append.state.id, &envelope.event));
    let entities: BTreeSet<String> = entities.collect();
    let owners = entities.into_iter().map(|entity| args![entity, id]).collect();
    let again = "ON CONFLICT (entity) DO UPDATE SET thread = excluded.thread";
    link.run_many("INSERT INTO owners (entity, thread) VALUES", owners, again).await
}

/// The account's stream goes on. Whoever adds to it waits for this transaction, so that its order is the order in
/// which things became true: a reader that has seen a place has seen all before it.
async fn go_on(link: &mut Link, account: &AccountId, append: &Append) -> Result<Cursor, StoreError> {
    let upsert = "INSERT INTO cursors (account, cursor) VALUES ($1, $2) \
        ON CONFLICT (account) DO UPDATE SET cursor = cursors.cursor + excluded.cursor RETURNING cursor";
    let line = link.line(upsert, args![account.as_str(), append.events.len()]).await?;
    let cursor = line.map_or(0, |line| line.count(0));
    let first = cursor - append.events.len() as u64;
    let places = (first + 1..).zip(&append.events);
    let lines = places.map(|(at, event)| args![account.as_str(), at, append.state.id.as_str(), event.seq]).collect();
    link.run_many("INSERT INTO feed (account, cursor, thread, seq) VALUES", lines, "").await?;
    Ok(cursor)
}

async fn move_sums(link: &mut Link, account: &AccountId, was: &Sums, is: &Sums) -> Result<(), StoreError> {
    let line = link.line("SELECT sums FROM sums WHERE account = $1", args![account.as_str()]).await?;
    let sums: Sums = match line {
        Some(line) => decode(&keys::sums(account), &line.text(0))?,
        None => Sums::default(),
    };
    let upsert = "INSERT INTO sums (account, sums) VALUES ($1, $2) \
        ON CONFLICT (account) DO UPDATE SET sums = excluded.sums";
    link.run(upsert, args![account.as_str(), encode(&sums.moved(was, is))]).await?;
    Ok(())
}

async fn move_places(link: &mut Link, changes: Vec<(String, Option<String>)>) -> Result<(), StoreError> {
    let (put, gone): (Vec<_>, Vec<_>) = changes.into_iter().partition(|(_, value)| value.is_some());
    for (place, _) in gone {
        link.run("DELETE FROM places WHERE place = $1", args![place]).await?;
    }
    let lines = put.into_iter().map(|(place, value)| vec![Arg::from(place), Arg::from(value.unwrap_or_default())]);
    let again = "ON CONFLICT (place) DO UPDATE SET value = excluded.value";
    link.run_many("INSERT INTO places (place, value) VALUES", lines.collect(), again).await
}

async fn keep_due(link: &mut Link, before: Option<&Thread>, after: &Thread) -> Result<(), StoreError> {
    let id = after.id.as_str();
    if let Some(due) = before.and_then(Thread::due) {
        link.run("DELETE FROM due WHERE at = $1 AND thread = $2", args![keys::millis(due), id]).await?;
    }
    if let Some(due) = after.due() {
        let insert = "INSERT INTO due (at, thread) VALUES ($1, $2) \
            ON CONFLICT (at, thread) DO UPDATE SET claimed_until = NULL";
        link.run(insert, args![keys::millis(due), id]).await?;
    }
    Ok(())
}
