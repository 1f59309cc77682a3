//! The store's own trait over the tables.

use super::SqlStore;
use super::append::keep_record;
use super::link::{Line, Statement, args, or_race};
use api::store::{
    Answering, Append, AppendError, Asked, Claim, Found, IdempotencyRecord, Known, Member, OutboxEntry, Store,
    StoreError, Summary, Sums, Work, decode, found, going_down, going_up, tables as keys,
};
use api::wire::{Cursor, Folder};
use domain::event::Envelope;
use domain::facts::{MOST, OrderRecord, Records};
use domain::ids::{AccountId, MessageId, ThreadId};
use domain::money::Money;
use domain::queue::Group;
use domain::thread::Thread;
use domain::time::Timestamp;
use domain::timeline::Row;
use serde::de::DeserializeOwned;

/// A page of places: from a key to a key.
type Range = (String, String);

impl SqlStore {
    async fn text(&self, sql: &str, args: Vec<super::Arg>) -> Result<Option<String>, StoreError> {
        Ok(self.read().await?.line(sql, args).await?.map(|line| line.text(0)))
    }

    async fn value<T: DeserializeOwned>(
        &self,
        key: String,
        sql: &str,
        args: Vec<super::Arg>,
    ) -> Result<Option<T>, StoreError> {
        self.text(sql, args).await?.map(|text| decode(&key, &text)).transpose()
    }

    async fn places(&self, (from, to): Range, limit: usize, order: &str) -> Result<Vec<(String, String)>, StoreError> {
        let asked =
            format!("SELECT place, value FROM places WHERE place >= $1 AND place < $2 ORDER BY place {order} LIMIT $3");
        let lines = self.read().await?.lines(asked, args![from, to, limit]).await?;
        Ok(lines.iter().map(|line| (line.text(0), line.text(1))).collect())
    }

    async fn values<T: DeserializeOwned>(&self, range: Range) -> Result<Vec<T>, StoreError> {
        self.values_of(range, usize::MAX, "ASC").await
    }

    async fn values_of<T: DeserializeOwned>(
        &self,
        range: Range,
        limit: usize,
        order: &str,
    ) -> Result<Vec<T>, StoreError> {
        let places = self.places(range, limit, order).await?;
        places.iter().map(|(place, value)| decode(place, value)).collect()
    }
}

fn envelope(line: &Line, thread: &str, seq: u64, column: usize) -> Result<Envelope, StoreError> {
    decode(&format!("event/{thread}/{seq}"), &line.text(column))
}

fn row(id: &ThreadId, line: &Line) -> Result<Row, StoreError> {
    decode(&keys::row(id, line.count(0)), &line.text(1))
}

fn member(line: &Line) -> Member {
    Member {
        read_seq: line.count(0),
        read_at: line.int(1).map(Timestamp::from_millis),
        unread: u32::try_from(line.count(2)).unwrap_or(u32::MAX),
        muted: line.count(3) != 0,
    }
}

/// The end of what one call reads of a thread, as a number that fits.
fn until(before: Option<u64>) -> u64 {
    before.unwrap_or(u64::MAX)
}

impl SqlStore {
    async fn all_known(&self, asked: Asked<'_>) -> Result<Known, StoreError> {
        let id = asked.thread.as_str();
        let mut all = vec![
            Statement::new("SELECT 'thread', state FROM threads WHERE id = $1", args![id]),
            Statement::new("SELECT 'summary', summary FROM summaries WHERE thread = $1", args![id]),
        ];
        if let Some(message) = asked.message {
            let row = "SELECT 'row', timeline.item, timeline.seq FROM messages \
                JOIN timeline ON timeline.thread = messages.thread AND timeline.seq = messages.seq \
                WHERE messages.thread = $1 AND messages.message = $2";
            all.push(Statement::new(row, args![id, message.as_str()]));
        }
        if let Some((account, key)) = asked.call {
            let record = "SELECT 'record', record FROM idempotency WHERE account = $1 AND key = $2";
            all.push(Statement::new(record, args![account.as_str(), key]));
        }
        if let Some((kind, id)) = asked.document {
            let document = "SELECT 'document', document FROM documents WHERE kind = $1 AND id = $2";
            all.push(Statement::new(document, args![kind, id]));
        }
        let lines = self.read().await?.all(all).await?;
        let line = |what: &str| lines.iter().find(|line| line.text(0) == what);
        let record = |line: &Line, (account, key)| decode(&keys::idempotency(account, key), &line.text(1));
        Ok(Known {
            thread: line("thread").map(|line| decode(&keys::state(asked.thread), &line.text(1))).transpose()?,
            summary: line("summary").map(|line| decode(&keys::summary(asked.thread), &line.text(1))).transpose()?,
            row: line("row").map(|line| decode(&keys::row(asked.thread, line.count(2)), &line.text(1))).transpose()?,
            record: line("record").zip(asked.call).map(|(line, call)| record(line, call)).transpose()?,
            document: line("document").map(|line| line.text(1)),
        })
    }
}

impl Store for SqlStore {
    fn thread<'a>(&'a self, id: &'a ThreadId) -> Answering<'a, Result<Option<Thread>, StoreError>> {
        let asked = "SELECT state FROM threads WHERE id = $1";
        Box::pin(self.value(keys::state(id), asked, args![id.as_str()]))
    }

    fn summary<'a>(&'a self, id: &'a ThreadId) -> Answering<'a, Result<Option<Summary>, StoreError>> {
        let asked = "SELECT summary FROM summaries WHERE thread = $1";
        Box::pin(self.value(keys::summary(id), asked, args![id.as_str()]))
    }

    fn member<'a>(&'a self, id: &'a ThreadId, account: &'a AccountId) -> Answering<'a, Result<Member, StoreError>> {
        Box::pin(async move {
            let asked = "SELECT read_seq, read_at, unread, muted FROM members WHERE account = $1 AND thread = $2";
            let line = self.read().await?.line(asked, args![account.as_str(), id.as_str()]).await?;
            Ok(line.map(|line| member(&line)).unwrap_or_default())
        })
    }

    fn set_member<'a>(
        &'a self,
        id: &'a ThreadId,
        account: &'a AccountId,
        was: Member,
        member: Member,
    ) -> Answering<'a, Result<(), AppendError>> {
        Box::pin(async move {
            let millis = |at: Option<Timestamp>| at.map(Timestamp::as_millis);
            let mut link = self.begin().await?;
            let is_new = was == Member::default();
            let (account, id) = (account.as_str(), id.as_str());
            // Nobody's row yet counts as an untouched one.
            if is_new {
                let insert = "INSERT INTO members (account, thread, read_seq, read_at, unread, muted) \
                    VALUES ($1, $2, 0, $3, 0, 0) ON CONFLICT (account, thread) DO NOTHING";
                link.run(insert, args![account, id, None]).await.map_err(or_race)?;
            }
            let update = "UPDATE members SET read_seq = $3, read_at = $4, unread = $5, muted = $6 \
                WHERE account = $1 AND thread = $2 AND read_seq = $7 AND unread = $8 AND muted = $9 \
                AND (read_at = $10 OR (read_at IS NULL AND $10 IS NULL))";
            let update = if self.is_postgres() { update.replace("$10", "$10::BIGINT") } else { update.to_owned() };
            let arguments = args![
                account,
                id,
                member.read_seq,
                millis(member.read_at),
                member.unread,
                member.muted,
                was.read_seq,
                was.unread,
                was.muted,
                millis(was.read_at),
            ];
            let changed = link.run(update, arguments).await.map_err(or_race)?;
            if changed != 1 {
                return Err(AppendError::Conflict);
            }
            link.commit().await.map_err(or_race)
        })
    }

    fn known<'a>(&'a self, asked: Asked<'a>) -> Answering<'a, Result<Known, StoreError>> {
        Box::pin(self.all_known(asked))
    }

    fn append(&self, append: Append) -> Answering<'_, Result<Vec<(AccountId, Cursor)>, AppendError>> {
        Box::pin(self.append_all(append))
    }

    fn thread_of<'a>(&'a self, entity: &'a str) -> Answering<'a, Result<Option<ThreadId>, StoreError>> {
        Box::pin(async move {
            let text = self.text("SELECT thread FROM owners WHERE entity = $1", args![entity]).await?;
            Ok(text.and_then(|id| id.parse().ok()))
        })
    }

    fn events_of<'a>(
        &'a self,
        id: &'a ThreadId,
        after: u64,
        limit: usize,
    ) -> Answering<'a, Result<Vec<Envelope>, StoreError>> {
        Box::pin(async move {
            let asked = "SELECT seq, event FROM events WHERE thread = $1 AND seq > $2 ORDER BY seq LIMIT $3";
            let lines = self.read().await?.lines(asked, args![id.as_str(), after, limit]).await?;
            lines.iter().map(|line| envelope(line, id.as_str(), line.count(0), 1)).collect()
        })
    }

    fn events<'a>(
        &'a self,
        account: &'a AccountId,
        after: Cursor,
        limit: usize,
    ) -> Answering<'a, Result<Vec<(Cursor, Envelope)>, StoreError>> {
        Box::pin(async move {
            let asked = "SELECT feed.cursor, events.event, feed.thread, feed.seq FROM feed \
                JOIN events ON events.thread = feed.thread AND events.seq = feed.seq \
                WHERE feed.account = $1 AND feed.cursor > $2 ORDER BY feed.cursor LIMIT $3";
            let lines = self.read().await?.lines(asked, args![account.as_str(), after, limit]).await?;
            let told = |line: &Line| Ok((line.count(0), envelope(line, &line.text(2), line.count(3), 1)?));
            lines.iter().map(told).collect()
        })
    }

    fn cursor<'a>(&'a self, account: &'a AccountId) -> Answering<'a, Result<Cursor, StoreError>> {
        Box::pin(async move {
            let asked = "SELECT cursor FROM cursors WHERE account = $1";
            let line = self.read().await?.line(asked, args![account.as_str()]).await?;
            Ok(line.map_or(0, |line| line.count(0)))
        })
    }

    fn rows<'a>(
        &'a self,
        id: &'a ThreadId,
        before: Option<u64>,
        limit: usize,
    ) -> Answering<'a, Result<Vec<Row>, StoreError>> {
        Box::pin(async move {
            let asked = "SELECT seq, item FROM timeline WHERE thread = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3";
            let lines = self.read().await?.lines(asked, args![id.as_str(), until(before), limit]).await?;
            lines.iter().map(|line| row(id, line)).collect()
        })
    }

    fn message_row<'a>(
        &'a self,
        id: &'a ThreadId,
        message: &'a MessageId,
    ) -> Answering<'a, Result<Option<Row>, StoreError>> {
        Box::pin(async move {
            let asked = "SELECT timeline.seq, timeline.item FROM messages \
                JOIN timeline ON timeline.thread = messages.thread AND timeline.seq = messages.seq \
                WHERE messages.thread = $1 AND messages.message = $2";
            let line = self.read().await?.line(asked, args![id.as_str(), message.as_str()]).await?;
            line.map(|line| row(id, &line)).transpose()
        })
    }

    fn inbox<'a>(
        &'a self,
        account: &'a AccountId,
        folder: Folder,
        after: Option<&'a str>,
        limit: usize,
    ) -> Answering<'a, Result<Vec<(String, ThreadId)>, StoreError>> {
        Box::pin(async move {
            let range = going_down(keys::inbox_range(account, folder), after);
            let listed = self.places(range, limit, "DESC").await?;
            Ok(listed.into_iter().filter_map(|(key, id)| Some((key, id.parse().ok()?))).collect())
        })
    }

    fn queue<'a>(
        &'a self,
        account: &'a AccountId,
        group: Group,
        after: Option<&'a str>,
        limit: usize,
    ) -> Answering<'a, Result<Vec<Found>, StoreError>> {
        Box::pin(async move {
            let range = going_up(keys::queue_range(account, group), after);
            Ok(self.places(range, limit, "ASC").await?.into_iter().filter_map(found).collect())
        })
    }

    fn bought<'a>(
        &'a self,
        account: &'a AccountId,
        after: Option<&'a str>,
        limit: usize,
    ) -> Answering<'a, Result<Vec<Found>, StoreError>> {
        Box::pin(async move {
            let range = going_down(keys::bought_range(account), after);
            Ok(self.places(range, limit, "DESC").await?.into_iter().filter_map(found).collect())
        })
    }

    fn asked<'a>(
        &'a self,
        seller: &'a AccountId,
        since: Timestamp,
    ) -> Answering<'a, Result<Vec<(ThreadId, i64)>, StoreError>> {
        Box::pin(self.values(keys::asked_since(seller, since)))
    }

    fn released<'a>(
        &'a self,
        seller: &'a AccountId,
        since: Timestamp,
    ) -> Answering<'a, Result<Vec<Money>, StoreError>> {
        Box::pin(self.values(keys::released_since(seller, since)))
    }

    fn records<'a>(&'a self, seller: &'a AccountId, since: Timestamp) -> Answering<'a, Result<Records, StoreError>> {
        Box::pin(async move {
            let orders = self.values_of(keys::sold_since(seller, since), MOST, "DESC").await?;
            let replies = self.values_of(keys::replied_since(seller, since), MOST, "DESC").await?;
            Ok(Records { orders, replies })
        })
    }

    fn first_sold<'a>(
        &'a self,
        seller: &'a AccountId,
        limit: usize,
    ) -> Answering<'a, Result<Vec<OrderRecord>, StoreError>> {
        Box::pin(self.values_of(keys::sold_since(seller, Timestamp::from_millis(0)), limit, "ASC"))
    }

    fn sums<'a>(&'a self, account: &'a AccountId) -> Answering<'a, Result<Sums, StoreError>> {
        Box::pin(async move {
            let asked = "SELECT sums FROM sums WHERE account = $1";
            Ok(self.value(keys::sums(account), asked, args![account.as_str()]).await?.unwrap_or_default())
        })
    }

    fn idempotency<'a>(
        &'a self,
        account: &'a AccountId,
        key: &'a str,
    ) -> Answering<'a, Result<Option<IdempotencyRecord>, StoreError>> {
        let asked = "SELECT record FROM idempotency WHERE account = $1 AND key = $2";
        Box::pin(self.value(keys::idempotency(account, key), asked, args![account.as_str(), key]))
    }

    fn outbox(&self, limit: usize) -> Answering<'_, Result<Vec<OutboxEntry>, StoreError>> {
        Box::pin(self.waiting(limit))
    }

    fn reschedule(&self, old: Option<OutboxEntry>, new: Option<OutboxEntry>) -> Answering<'_, Result<(), StoreError>> {
        Box::pin(self.move_entry(old, new))
    }

    fn due(&self, limit: usize) -> Answering<'_, Result<Vec<(Timestamp, ThreadId)>, StoreError>> {
        Box::pin(self.timers(limit))
    }

    fn claim(&self, claim: Claim) -> Answering<'_, Result<Vec<Work>, StoreError>> {
        Box::pin(self.lease(claim))
    }

    fn postpone<'a>(
        &'a self,
        id: &'a ThreadId,
        at: Timestamp,
        to: Option<Timestamp>,
    ) -> Answering<'a, Result<(), StoreError>> {
        Box::pin(self.move_timer(id, at, to))
    }

    fn document<'a>(&'a self, kind: &'a str, id: &'a str) -> Answering<'a, Result<Option<String>, StoreError>> {
        Box::pin(self.text("SELECT document FROM documents WHERE kind = $1 AND id = $2", args![kind, id]))
    }

    fn documents<'a>(&'a self, kind: &'a str) -> Answering<'a, Result<Vec<(String, String)>, StoreError>> {
        Box::pin(async move {
            let asked = "SELECT id, document FROM documents WHERE kind = $1 ORDER BY id";
            let lines = self.read().await?.lines(asked, args![kind]).await?;
            Ok(lines.iter().map(|line| (line.text(0), line.text(1))).collect())
        })
    }

    fn put_document<'a>(
        &'a self,
        kind: &'a str,
        id: &'a str,
        was: Option<String>,
        document: String,
        record: Option<IdempotencyRecord>,
    ) -> Answering<'a, Result<(), AppendError>> {
        Box::pin(async move {
            let mut link = self.begin().await?;
            if let Some(record) = &record {
                keep_record(&mut link, record).await?;
            }
            let (sql, arguments) = match was {
                Some(was) => (
                    "UPDATE documents SET document = $3 WHERE kind = $1 AND id = $2 AND document = $4",
                    args![kind, id, document, was],
                ),
                None => (
                    "INSERT INTO documents (kind, id, document) VALUES ($1, $2, $3) ON CONFLICT (kind, id) DO NOTHING",
                    args![kind, id, document],
                ),
            };
            if link.run(sql, arguments).await.map_err(or_race)? != 1 {
                return Err(AppendError::Conflict);
            }
            link.commit().await.map_err(or_race)
        })
    }

    fn export(&self) -> Answering<'_, Result<Vec<(String, String)>, StoreError>> {
        Box::pin(self.dump())
    }

    fn import(&self, entries: Vec<(String, String)>) -> Answering<'_, Result<(), StoreError>> {
        Box::pin(self.load(entries))
    }

    fn clear(&self) -> Answering<'_, Result<(), StoreError>> {
        Box::pin(self.wipe())
    }
}
