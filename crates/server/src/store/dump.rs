//! Everything as key and text, in the same layout as every other store: what one has exported, another can import.

use super::SqlStore;
use super::copy::TABLES;
use super::link::{Arg, Line, Link, args};
use api::store::{Member, StoreError, decode, encode, tables as keys};
use domain::time::Timestamp;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What is asked of a table, and the key and text that a line of the answer is.
type Told = (&'static str, fn(&Line) -> (String, String));

/// Every table once.
const TOLD: [Told; 15] = [
    ("SELECT id, state FROM threads", |line| (format!("state/{}", line.text(0)), line.text(1))),
    ("SELECT thread, summary FROM summaries", |line| (format!("summary/{}", line.text(0)), line.text(1))),
    ("SELECT account, thread, read_seq, read_at, unread, muted FROM members", |line| {
        let member = Member {
            read_seq: line.count(2),
            read_at: line.int(3).map(Timestamp::from_millis),
            unread: u32::try_from(line.count(4)).unwrap_or(u32::MAX),
            muted: line.count(5) != 0,
        };
        (format!("member/{}/{}", line.text(0), line.text(1)), encode(&member))
    }),
    ("SELECT thread, seq, event FROM events", |line| {
        (format!("event/{}/{:010}", line.text(0), line.count(1)), line.text(2))
    }),
    ("SELECT thread, seq, item FROM timeline", |line| {
        (format!("row/{}/{:010}", line.text(0), line.count(1)), line.text(2))
    }),
    ("SELECT thread, message, seq FROM messages", |line| {
        (format!("message/{}/{}", line.text(0), line.text(1)), line.count(2).to_string())
    }),
    ("SELECT entity, thread FROM owners", |line| (keys::owner(&line.text(0)), line.text(1))),
    ("SELECT account, cursor, thread, seq FROM feed", |line| {
        let place = format!("event/{}/{:010}", line.text(2), line.count(3));
        (format!("feed/{}/{:012}", line.text(0), line.count(1)), place)
    }),
    ("SELECT account, cursor FROM cursors", |line| (format!("cursor/{}", line.text(0)), line.count(1).to_string())),
    ("SELECT place, value FROM places", |line| (line.text(0), line.text(1))),
    ("SELECT account, sums FROM sums", |line| (format!("sums/{}", line.text(0)), line.text(1))),
    ("SELECT account, key, record FROM idempotency", |line| {
        (format!("idempotency/{}/{}", line.text(0), line.text(1)), line.text(2))
    }),
    ("SELECT at, id, entry FROM outbox", |line| {
        (format!("outbox/{:015}/{}", line.count(0), line.text(1)), line.text(2))
    }),
    ("SELECT at, thread FROM due", |line| (format!("due/{:015}/{}", line.count(0), line.text(1)), line.text(1))),
    ("SELECT kind, id, document FROM documents", |line| (keys::document(&line.text(0), &line.text(1)), line.text(2))),
];

/// Where an entry goes: the insert that ends with `VALUES`, what to do when it is there, and its columns.
struct Goes {
    head: &'static str,
    tail: &'static str,
    line: Vec<Arg>,
}

/// Only the number of a state that may be unreadable otherwise.
#[derive(Deserialize)]
struct Numbered {
    seq: u64,
}

impl SqlStore {
    pub(super) async fn dump(&self) -> Result<Vec<(String, String)>, StoreError> {
        let mut link = self.begin_reading().await?;
        let mut entries = Vec::new();
        for (asked, told) in TOLD {
            entries.extend(link.lines(asked, args![]).await?.iter().map(told));
        }
        link.commit().await?;
        entries.sort();
        Ok(entries)
    }

    pub(super) async fn load(&self, entries: Vec<(String, String)>) -> Result<(), StoreError> {
        let mut together: BTreeMap<(&str, &str), Vec<Vec<Arg>>> = BTreeMap::new();
        for (key, text) in &entries {
            if let Some(Goes { head, tail, line }) = goes(key, text)? {
                together.entry((head, tail)).or_default().push(line);
            }
        }
        let mut link = self.begin().await?;
        for ((head, tail), lines) in together {
            link.run_many(head, lines, tail).await?;
        }
        link.commit().await
    }

    pub(super) async fn wipe(&self) -> Result<(), StoreError> {
        let mut link = self.begin().await?;
        wipe_all(&mut link).await?;
        link.commit().await
    }
}

async fn wipe_all(link: &mut Link) -> Result<(), StoreError> {
    for (table, _) in TABLES {
        link.run(format!("DELETE FROM {table}"), args![]).await?;
    }
    Ok(())
}

fn unknown(key: &str) -> StoreError {
    StoreError::Corrupt(format!("{key}: there is no such place"))
}

/// Where a key's text goes; nowhere for what only says how another store is laid out.
fn goes(key: &str, text: &str) -> Result<Option<Goes>, StoreError> {
    let (kind, rest) = match key.split_once('/') {
        Some(parts) => parts,
        None if key == keys::LAYOUT => return Ok(None),
        None => return Err(unknown(key)),
    };
    let pair = || rest.split_once('/').ok_or_else(|| unknown(key));
    let number = |text: &str| text.parse::<u64>().map_err(|_| unknown(key));
    let (head, tail, line) = match kind {
        "state" => match decode::<Numbered>(key, text) {
            Ok(state) => (
                "INSERT INTO threads (id, seq, state) VALUES",
                "ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, state = excluded.state",
                args![rest, state.seq, text],
            ),
            Err(_) => (
                "INSERT INTO threads (id, seq, state) VALUES",
                "ON CONFLICT (id) DO UPDATE SET state = excluded.state",
                args![rest, 0_u64, text],
            ),
        },
        "summary" => (
            "INSERT INTO summaries (thread, summary) VALUES",
            "ON CONFLICT (thread) DO UPDATE SET summary = excluded.summary",
            args![rest, text],
        ),
        "member" => {
            let (account, thread) = pair()?;
            let member: Member = decode(key, text)?;
            let read_at = member.read_at.map(Timestamp::as_millis);
            (
                "INSERT INTO members (account, thread, read_seq, read_at, unread, muted) VALUES",
                "ON CONFLICT (account, thread) DO UPDATE SET read_seq = excluded.read_seq, \
                    read_at = excluded.read_at, unread = excluded.unread, muted = excluded.muted",
                args![account, thread, member.read_seq, read_at, member.unread, member.muted],
            )
        }
        "event" => {
            let (thread, seq) = pair()?;
            (
                "INSERT INTO events (thread, seq, event) VALUES",
                "ON CONFLICT (thread, seq) DO NOTHING",
                args![thread, number(seq)?, text],
            )
        }
        "row" => {
            let (thread, seq) = pair()?;
            (
                "INSERT INTO timeline (thread, seq, item) VALUES",
                "ON CONFLICT (thread, seq) DO UPDATE SET item = excluded.item",
                args![thread, number(seq)?, text],
            )
        }
        "message" => {
            let (thread, message) = pair()?;
            (
                "INSERT INTO messages (thread, message, seq) VALUES",
                "ON CONFLICT (thread, message) DO UPDATE SET seq = excluded.seq",
                args![thread, message, number(text)?],
            )
        }
        "owner" => (
            "INSERT INTO owners (entity, thread) VALUES",
            "ON CONFLICT (entity) DO UPDATE SET thread = excluded.thread",
            args![rest, text],
        ),
        "feed" => {
            let (account, cursor) = pair()?;
            let (thread, seq) =
                text.strip_prefix("event/").and_then(|place| place.split_once('/')).ok_or_else(|| unknown(key))?;
            (
                "INSERT INTO feed (account, cursor, thread, seq) VALUES",
                "ON CONFLICT (account, cursor) DO UPDATE SET thread = excluded.thread, seq = excluded.seq",
                args![account, number(cursor)?, thread, number(seq)?],
            )
        }
        "cursor" => (
            "INSERT INTO cursors (account, cursor) VALUES",
            "ON CONFLICT (account) DO UPDATE SET cursor = excluded.cursor",
            args![rest, number(text)?],
        ),
        "sums" => (
            "INSERT INTO sums (account, sums) VALUES",
            "ON CONFLICT (account) DO UPDATE SET sums = excluded.sums",
            args![rest, text],
        ),
        "idempotency" => {
            let (account, name) = pair()?;
            (
                "INSERT INTO idempotency (account, key, record) VALUES",
                "ON CONFLICT (account, key) DO UPDATE SET record = excluded.record",
                args![account, name, text],
            )
        }
        "outbox" => {
            let (at, id) = pair()?;
            (
                "INSERT INTO outbox (at, id, entry) VALUES",
                "ON CONFLICT (at, id) DO UPDATE SET entry = excluded.entry",
                args![number(at)?, id, text],
            )
        }
        "due" => {
            let (at, thread) = pair()?;
            ("INSERT INTO due (at, thread) VALUES", "ON CONFLICT (at, thread) DO NOTHING", args![number(at)?, thread])
        }
        "document" => {
            let (kind, id) = pair()?;
            (
                "INSERT INTO documents (kind, id, document) VALUES",
                "ON CONFLICT (kind, id) DO UPDATE SET document = excluded.document",
                args![kind, id, text],
            )
        }
        _ if keys::INDEXES.iter().any(|index| key.starts_with(index)) => (
            "INSERT INTO places (place, value) VALUES",
            "ON CONFLICT (place) DO UPDATE SET value = excluded.value",
            args![key, text],
        ),
        _ => return Err(unknown(key)),
    };
    Ok(Some(Goes { head, tail, line }))
}
