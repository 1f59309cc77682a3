//! What waits for a worker: the outbox and the timers.

use super::SqlStore;
use super::append::{put_in, take_out};
use super::link::{Line, args, or_race};
use api::store::{AppendError, Claim, OutboxEntry, StoreError, Work, tables as keys};
use domain::ids::ThreadId;
use domain::time::Timestamp;

/// How far the clocks of servers may be apart, in milliseconds.
const CLOCKS_DIFFER: i64 = 60_000;

impl SqlStore {
    pub(super) async fn waiting(&self, limit: usize) -> Result<Vec<OutboxEntry>, StoreError> {
        loop {
            let mut link = self.read().await?;
            let asked = "SELECT at, id, entry FROM outbox ORDER BY at, id LIMIT $1";
            let lines = link.lines(asked, args![limit]).await?;
            drop(link);
            let (read, unreadable) = sort_out(&lines, 2);
            if unreadable.is_empty() {
                return Ok(read);
            }
            self.set_aside(&unreadable).await?;
        }
    }

    /// Makes dead letters of entries that cannot be read: they stay to be seen, and are in nobody's way.
    async fn set_aside(&self, lines: &[&Line]) -> Result<(), StoreError> {
        let mut link = self.begin().await?;
        for line in lines {
            let (at, id, entry) = (line.int(0).unwrap_or(0), line.text(1), line.text(2));
            link.run("DELETE FROM outbox WHERE at = $1 AND id = $2", args![at, id.as_str()]).await?;
            let upsert = "INSERT INTO documents (kind, id, document) VALUES ($1, $2, $3) \
                ON CONFLICT (kind, id) DO UPDATE SET document = excluded.document";
            tracing::error!(id, "an entry of the outbox cannot be read: see `bottega-server dead-letters`");
            link.run(upsert, args![keys::DEAD_LETTER, id, entry]).await?;
        }
        link.commit().await
    }

    pub(super) async fn move_entry(
        &self,
        old: Option<OutboxEntry>,
        new: Option<OutboxEntry>,
    ) -> Result<(), StoreError> {
        let mut link = self.begin().await?;
        let outcome = async {
            if let Some(old) = &old
                && link.all(vec![take_out(old)]).await.map_err(or_race)?.is_empty()
            {
                // Somebody else has taken it out: it is done.
                return Err(AppendError::Conflict);
            }
            link.all(put_in(new.as_slice())).await.map_err(or_race)
        };
        match outcome.await {
            Ok(_) => link.commit().await,
            Err(AppendError::Conflict) => Ok(()),
            Err(AppendError::Store(error)) => Err(error),
        }
    }

    pub(super) async fn timers(&self, limit: usize) -> Result<Vec<(Timestamp, ThreadId)>, StoreError> {
        let asked = "SELECT at, thread FROM due ORDER BY at, thread LIMIT $1";
        let lines = self.read().await?.lines(asked, args![limit]).await?;
        Ok(lines.iter().filter_map(|line| timer(line, 0)).collect())
    }

    pub(super) async fn move_timer(
        &self,
        id: &ThreadId,
        at: Timestamp,
        to: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let mut link = self.begin().await?;
        let delete = "DELETE FROM due WHERE at = $1 AND thread = $2";
        link.run(delete, args![keys::millis(at), id.as_str()]).await?;
        if let Some(to) = to {
            let insert = "INSERT INTO due (at, thread) VALUES ($1, $2) ON CONFLICT (at, thread) DO NOTHING";
            link.run(insert, args![keys::millis(to), id.as_str()]).await?;
        }
        link.commit().await
    }

    /// Takes every lease back: a file has one server, and whoever had something before is gone.
    pub(super) async fn free_leases(&self) -> Result<(), StoreError> {
        let mut link = self.begin().await?;
        for table in ["outbox", "due"] {
            let freed = format!("UPDATE {table} SET claimed_until = NULL WHERE claimed_until IS NOT NULL");
            link.run(freed, args![]).await?;
        }
        link.commit().await
    }

    /// Leases what is due: two workers are never given the same while the lease runs. What is done is gone; what is
    /// tried later has another time; what a worker died over is given to the next when the lease is over.
    pub(super) async fn lease(&self, claim: Claim) -> Result<Vec<Work>, StoreError> {
        // Whoever writes to SQLite is alone; in PostgreSQL several look at once, each past what the others have.
        let alone = if self.is_postgres() { "FOR UPDATE SKIP LOCKED" } else { "" };
        let taking = |table: &str, id: &str, returned: &str| {
            format!(
                "UPDATE {table} SET claimed_until = $3 WHERE (at, {id}) IN (\
                    SELECT at, {id} FROM {table} WHERE at <= $1 AND (claimed_until IS NULL OR claimed_until <= $2 OR claimed_until > $5) \
                    ORDER BY at, {id} LIMIT $4 {alone}) RETURNING at, {id}{returned}"
            )
        };
        // A lease that ends far in the future was given before the clock was set back.
        let implausible = claim.until.saturating_add(CLOCKS_DIFFER);
        let wanted = args![keys::millis(claim.now), claim.machine, claim.until, claim.limit, implausible];
        // Mostly there is nothing: then nobody who writes waits for those who look.
        let due = |table: &str| {
            format!(
                "EXISTS (SELECT 1 FROM {table} WHERE at <= $1 AND \
                    (claimed_until IS NULL OR claimed_until <= $2 OR claimed_until > $3))"
            )
        };
        let asked = format!("SELECT 'due' WHERE {} OR {}", due("outbox"), due("due"));
        let look = args![keys::millis(claim.now), claim.machine, implausible];
        if self.read().await?.line(asked, look).await?.is_none() {
            return Ok(Vec::new());
        }
        let mut link = self.begin().await?;
        let entries = link.lines(taking("outbox", "id", ", entry"), wanted.clone()).await.map_err(or_race);
        let timers = match entries {
            Ok(_) => link.lines(taking("due", "thread", ""), wanted).await.map_err(or_race),
            Err(_) => Ok(Vec::new()),
        };
        let (entries, timers) = match (entries, timers) {
            (Ok(entries), Ok(timers)) => (entries, timers),
            (Err(AppendError::Conflict), _) | (_, Err(AppendError::Conflict)) => return Ok(Vec::new()),
            (Err(AppendError::Store(error)), _) | (_, Err(AppendError::Store(error))) => return Err(error),
        };
        link.commit().await?;
        let (mut entries, unreadable) = sort_out(&entries, 2);
        if !unreadable.is_empty() {
            self.set_aside(&unreadable).await?;
        }
        entries.sort_by(|one, other| (one.at, &one.id).cmp(&(other.at, &other.id)));
        let mut timers: Vec<_> = timers.iter().filter_map(|line| timer(line, 0)).collect();
        timers.sort();
        let timers = timers.into_iter().map(|(at, thread)| Work::Timers(at, thread));
        Ok(entries.into_iter().map(Work::Entry).chain(timers).collect())
    }
}

/// What can be read, and the lines that cannot.
fn sort_out(lines: &[Line], column: usize) -> (Vec<OutboxEntry>, Vec<&Line>) {
    let (mut read, mut unreadable) = (Vec::new(), Vec::new());
    for line in lines {
        match serde_json::from_str(&line.text(column)) {
            Ok(entry) => read.push(entry),
            Err(_) => unreadable.push(line),
        }
    }
    (read, unreadable)
}

fn timer(line: &Line, column: usize) -> Option<(Timestamp, ThreadId)> {
    Some((Timestamp::from_millis(line.int(column)?), line.text(column + 1).parse().ok()?))
}
