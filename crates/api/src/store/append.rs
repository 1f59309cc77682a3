//! One append is one transaction over an ordered map: events, state, rows, index, unread, timer, outbox, record.

use super::index::{Index, Sums};
use super::kv::{Batch, Kv, KvStore, decode, encode};
use super::tables as keys;
use super::{Append, AppendError, Member, Summary};
use crate::wire::Cursor;
use domain::case::Evidence;
use domain::event::Event;
use domain::ids::{AccountId, PhotoId, ThreadId};
use domain::message::{Content, Message};
use domain::thread::Thread;
use domain::timeline::RowItem;

impl<K: Kv> KvStore<K> {
    pub(super) async fn try_append(&self, append: &Append) -> Result<Vec<(AccountId, Cursor)>, AppendError> {
        let id = &append.state.id;
        let mut batch = Batch { strict: append.is_precious(), ..Batch::default() };
        let mut put = Vec::new();

        let (state_key, summary_key) = (keys::state(id), keys::summary(id));
        let sides = [&append.summary.buyer, &append.summary.seller];
        let sums_of = sides.map(keys::sums);
        let mut wanted = vec![state_key.clone(), summary_key.clone()];
        wanted.extend(sides.map(keys::cursor));
        wanted.extend(sums_of.clone());
        wanted.extend(append.unread.iter().map(|(account, _)| keys::member(account, id)));
        let mut found = self.kv.get_many(&wanted).await?.into_iter();
        let mut next = || found.next().flatten();

        let before = next();
        let known: Option<Thread> = before.as_deref().map(|text| decode(&state_key, text)).transpose()?;
        if known.as_ref().map_or(0, |thread| thread.seq) != append.expected_seq {
            return Err(AppendError::Conflict);
        }
        batch.expect.push((state_key.clone(), before));
        put.push((state_key, Some(encode(&append.state))));

        let old_summary = next();
        let mut cursors = Vec::new();
        for side in sides {
            let text = next();
            let mut cursor: Cursor = text.as_deref().and_then(|text| text.parse().ok()).unwrap_or(0);
            batch.expect.push((keys::cursor(side), text));
            for envelope in &append.events {
                cursor += 1;
                put.push((keys::feed(side, cursor), Some(keys::event(id, envelope.seq))));
            }
            put.push((keys::cursor(side), Some(cursor.to_string())));
            cursors.push((side.clone(), cursor));
        }
        for envelope in &append.events {
            put.push((keys::event(id, envelope.seq), Some(encode(envelope))));
            put.extend(
                entities_of(id, &envelope.event).into_iter().map(|entity| (keys::owner(&entity), Some(id.to_string()))),
            );
        }

        for row in &append.rows {
            put.push((keys::row(id, row.seq), Some(encode(row))));
            if let RowItem::Message(message) = &row.item {
                put.push((keys::message(id, &message.id), Some(row.seq.to_string())));
            }
        }

        let old: Option<Summary> = old_summary.as_deref().map(|text| decode(&summary_key, text)).transpose()?;
        let before = old.map_or_else(Index::default, |old| Index::of(known.as_ref(), &old));
        let after = Index::of(Some(&append.state), &append.summary);
        let moves = [(&before.buyer, &after.buyer), (&before.seller, &after.seller)];
        for (key, (before, after)) in sums_of.into_iter().zip(moves) {
            let text = next();
            if before != after {
                let sums: Sums = text.as_deref().map(|text| decode(&key, text)).transpose()?.unwrap_or_default();
                put.push((key.clone(), Some(encode(&sums.moved(before, after)))));
                batch.expect.push((key, text));
            }
        }
        put.extend(after.changes(before));
        put.push((summary_key, Some(encode(&append.summary))));

        for (account, more) in &append.unread {
            let key = keys::member(account, id);
            let text = next();
            let mut member: Member = text.as_deref().map(|text| decode(&key, text)).transpose()?.unwrap_or_default();
            batch.expect.push((key.clone(), text));
            member.unread += more;
            put.push((key, Some(encode(&member))));
        }

        if let Some(due) = known.as_ref().and_then(Thread::due) {
            put.push((keys::due(due, id), None));
        }
        if let Some(due) = append.state.due() {
            put.push((keys::due(due, id), Some(id.to_string())));
        }

        if let Some(record) = &append.idempotency {
            let key = keys::idempotency(&record.account, &record.key);
            batch.expect.push((key.clone(), None));
            put.push((key, Some(encode(record))));
        }
        if let Some(done) = &append.done {
            // Whoever did it first has taken it out: the outcome is told once.
            batch.expect.push((keys::outbox(done), Some(encode(done))));
            put.push((keys::outbox(done), None));
        }
        put.extend(append.outbox.iter().map(|entry| (keys::outbox(entry), Some(encode(entry)))));

        batch.write = put;
        self.write(batch).await?;
        Ok(cursors)
    }
}

/// The things an event brings into the world, to find their thread by.
pub fn entities_of(thread: &ThreadId, event: &Event) -> Vec<String> {
    // A photo can be sent in several threads: in each of them it is another thing.
    let here = |photo: &PhotoId| format!("{thread}.{photo}");
    match event {
        Event::RequestSent { request, revision, .. } => {
            revision.terms.photo().into_iter().map(here).chain([request.to_string()]).collect()
        }
        Event::RequestRevised { revision, .. } => revision.terms.photo().into_iter().map(here).collect(),
        Event::PaymentStarted { payment, .. } => vec![payment.to_string()],
        Event::PaymentAuthorised { order, .. } => vec![order.to_string()],
        Event::MessagePosted { message: Message { content: Some(Content::Photo { photo, .. }), .. } } => {
            vec![here(photo)]
        }
        Event::CaseOpened { said, .. }
        | Event::CaseOffered { said, .. }
        | Event::CaseRefused { said, .. }
        | Event::CaseSaid { said, .. } => said.evidence.iter().filter_map(Evidence::photo).map(here).collect(),
        _brings_nothing => Vec::new(),
    }
}
