//! The inbox, threads, and what happened since.

use crate::answered::Answered;
use crate::app::App;
use crate::extract::{Caller, Once, id};
use crate::problem::Problem;
use crate::store::{AppendError, Member, StoreError};
use crate::wire::{
    Account, Committed, Cursor, EventPage, Folder, InboxEntry, InboxPage, MarkRead, Mute, News, OpenThread, Signal,
    ThreadSnapshot,
};
use axum::Json;
use axum::extract::{Path, Query, State};
use domain::command::Command;
use domain::decide::Opening;
use domain::event::Envelope;
use domain::ids::{AccountId, ThreadId};
use domain::rejection::Rejection;
use domain::thread::{Role, Thread};
use serde::Deserialize;

/// Rows of one page of the inbox.
const INBOX_PAGE: usize = 40;
/// Threads that one call of a search looks at.
const STRETCH: usize = 100;
/// Rows that come with a thread.
const FIRST_ROWS: usize = 60;
/// Events of one page.
const EVENTS: usize = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    folder: Folder,
    #[serde(default)]
    query: String,
    after: Option<String>,
}

pub(super) async fn inbox(
    State(app): State<App>,
    Caller(me): Caller,
    Query(wanted): Query<Wanted>,
) -> Result<Json<InboxPage>, Problem> {
    let cursor = app.store.cursor(&me).await?;
    let requests = u32::try_from(app.store.sums(&me).await?.requests).unwrap_or(0);
    let needle = wanted.query.trim().to_lowercase();
    let asked = if needle.is_empty() { INBOX_PAGE } else { STRETCH };
    let listed = app.store.inbox(&me, wanted.folder, wanted.after.as_deref(), asked).await?;
    let mut next = listed.last().filter(|_| listed.len() == asked).map(|(key, _)| key.clone());
    let mut entries = Vec::new();
    for (key, thread) in listed {
        entries.extend(app.entry(&thread, &me).await?.filter(|entry| is_about(entry, &needle)));
        if entries.len() == INBOX_PAGE {
            next = Some(key);
            break;
        }
    }
    Ok(Json(InboxPage { entries, next, requests, cursor }))
}

/// Whether the one across, or the last thing that was said, has `needle` in it.
fn is_about(entry: &InboxEntry, needle: &str) -> bool {
    let words = format!("{} {}", entry.peer.name, entry.peer.handle).to_lowercase();
    words.contains(needle) || entry.last.as_ref().is_some_and(|last| last.contains(needle))
}

pub(super) async fn open(
    State(app): State<App>,
    Once { call, body }: Once<OpenThread>,
) -> Result<Json<ThreadSnapshot>, Problem> {
    let me = app.account(&call.account).await?.ok_or_else(Problem::not_found)?;
    let peer = app.account_by_handle(body.peer.as_str()).await?.ok_or_else(Problem::not_found)?;
    let side = |account: &Account| (account.id.clone(), account.country);
    let opening = match (me.business.is_some(), peer.business.is_some()) {
        (_, true) if me.id != peer.id => Opening { buyer: side(&me), seller: side(&peer), started_by: Role::Buyer },
        (true, false) => Opening { buyer: side(&peer), seller: side(&me), started_by: Role::Seller },
        (false, false) | (_, true) => {
            return Err(Problem::new(422, "not_a_business", "Here, people write to businesses."));
        }
    };
    let thread = app.open_thread(opening, &call).await?;
    app.snapshot(&thread, &me.id).await.map(Json)
}

pub(super) async fn owner(
    State(app): State<App>,
    Caller(me): Caller,
    Path(entity): Path<String>,
) -> Result<Json<ThreadId>, Problem> {
    let thread = app.owner(&entity).await?;
    app.part_of(&thread, &me).await?;
    Ok(Json(thread))
}

pub(super) async fn snapshot(
    State(app): State<App>,
    Caller(me): Caller,
    Path(thread): Path<String>,
) -> Result<Json<ThreadSnapshot>, Problem> {
    app.snapshot(&id(&thread)?, &me).await.map(Json)
}

pub(super) async fn accept(
    State(app): State<App>,
    Path(thread): Path<String>,
    Once { call, body: () }: Once<()>,
) -> Result<Answered<Committed>, Problem> {
    app.commit(&id(&thread)?, &call, Command::AcceptThread).await
}

pub(super) async fn mark_read(
    State(app): State<App>,
    Path(thread): Path<String>,
    Once { call, body }: Once<MarkRead>,
) -> Result<Json<()>, Problem> {
    let thread = id(&thread)?;
    loop {
        // The view first: what arrives after it was read changes it, and then this is counted again.
        let member = app.store.member(&thread, &call.account).await?;
        let (state, role) = app.part_of(&thread, &call.account).await?;
        let seq = body.seq.min(state.seq).max(member.read_seq);
        if seq == member.read_seq && member.unread == 0 {
            return Ok(Json(()));
        }
        let at = app.now().await?;
        let unread = if seq >= state.seq { 0 } else { app.unread_after(&thread, role, seq).await? };
        let seen = Member { read_seq: seq, read_at: Some(at), unread, ..member.clone() };
        match app.store.set_member(&thread, &call.account, member, seen).await {
            Ok(()) => {
                // One's other tabs too.
                let told = if state.is_taken_by(role) { vec![role, role.other()] } else { vec![role] };
                for account in told.into_iter().map(|role| state.account(role)) {
                    let read = Signal::Read { thread: thread.clone(), by: role, seq, at };
                    (app.listener)(&News::to(account.clone(), read));
                }
                return Ok(Json(()));
            }
            Err(AppendError::Conflict) => {}
            Err(AppendError::Store(error)) => return Err(error.into()),
        }
    }
}

pub(super) async fn mute(
    State(app): State<App>,
    Path(thread): Path<String>,
    Once { call, body }: Once<Mute>,
) -> Result<Json<()>, Problem> {
    let thread = id(&thread)?;
    app.part_of(&thread, &call.account).await?;
    let muted = |member: &Member| Member { muted: body.muted, ..member.clone() };
    app.change_member(&thread, &call.account, muted).await?;
    Ok(Json(()))
}

pub(super) async fn here(
    State(app): State<App>,
    Path(thread): Path<String>,
    Once { call, body: () }: Once<()>,
) -> Result<Json<()>, Problem> {
    app.tell_other(&thread, &call.account, |thread, by| Signal::Here { thread, by }).await
}

pub(super) async fn typing(
    State(app): State<App>,
    Path(thread): Path<String>,
    Once { call, body: () }: Once<()>,
) -> Result<Json<()>, Problem> {
    app.tell_other(&thread, &call.account, |thread, by| Signal::Typing { thread, by }).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct After {
    after: u64,
}

pub(super) async fn events(
    State(app): State<App>,
    Caller(me): Caller,
    Query(After { after }): Query<After>,
) -> Result<Json<EventPage>, Problem> {
    let page = app.told_to(&me, after, EVENTS).await?;
    let more = page.len() == EVENTS;
    let cursor = page.last().map_or(after, |(cursor, _)| *cursor);
    Ok(Json(EventPage { events: page.into_iter().filter_map(|(_, told)| told).collect(), cursor, more }))
}

impl App {
    /// What happened in an account's threads after a cursor, as it may see it; nothing where the thread cannot be read.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn told_to(
        &self,
        me: &AccountId,
        after: Cursor,
        limit: usize,
    ) -> Result<Vec<(Cursor, Option<Envelope>)>, StoreError> {
        let mut told = Vec::new();
        let mut roles: Vec<(ThreadId, Option<Role>)> = Vec::new();
        for (cursor, envelope) in self.store.events(me, after, limit).await? {
            let known = roles.iter().find(|(thread, _)| *thread == envelope.thread).map(|(_, role)| *role);
            let role = match known {
                Some(role) => role,
                None => {
                    let role = self.readable(&envelope.thread).await?.and_then(|thread| thread.role_of(me));
                    roles.push((envelope.thread.clone(), role));
                    role
                }
            };
            told.push((cursor, role.map(|role| envelope.seen_by(role))));
        }
        Ok(told)
    }

    /// Tells the other side something of the moment; a stranger is told nothing.
    async fn tell_other(
        &self,
        thread: &str,
        me: &AccountId,
        signal: impl FnOnce(ThreadId, Role) -> Signal,
    ) -> Result<Json<()>, Problem> {
        let thread = id(thread)?;
        let (state, by) = self.part_of(&thread, me).await?;
        if state.is_taken_by(by) {
            (self.listener)(&News::to(state.account(by.other()).clone(), signal(thread, by)));
        }
        Ok(Json(()))
    }

    /// The thread and one's side of it; not found for everybody else.
    pub(super) async fn part_of(&self, thread: &ThreadId, me: &AccountId) -> Result<(Thread, Role), Problem> {
        let state = self.store.thread(thread).await?.ok_or_else(Problem::not_found)?;
        let role = state.role_of(me).ok_or(Rejection::NotFound)?;
        Ok((state, role))
    }

    async fn unread_after(&self, thread: &ThreadId, role: Role, seq: u64) -> Result<u32, Problem> {
        let rows = self.store.rows(thread, None, 100).await?;
        let unseen = rows.iter().filter(|row| row.seq > seq && row.actor != role.into()).count();
        Ok(u32::try_from(unseen).unwrap_or(u32::MAX))
    }

    async fn entry(&self, thread: &ThreadId, me: &AccountId) -> Result<Option<InboxEntry>, Problem> {
        let Some(summary) = self.store.summary(thread).await? else { return Ok(None) };
        let role = if *me == summary.buyer { Role::Buyer } else { Role::Seller };
        let Some(peer) = self.account(summary.account(role.other())).await? else { return Ok(None) };
        let member = self.store.member(thread, me).await?;
        let Some(folder) = summary.folder_of(role) else { return Ok(None) };
        Ok(Some(InboxEntry {
            thread: summary.thread,
            role,
            peer,
            folder,
            last: summary.last.map(|row| row.seen_by(role)),
            active_at: summary.active_at,
            headline: summary.headline,
            tray: summary.tray,
            unread: member.unread,
            muted: member.muted,
        }))
    }

    pub(super) async fn snapshot(&self, thread: &ThreadId, me: &AccountId) -> Result<ThreadSnapshot, Problem> {
        let (state, role) = self.part_of(thread, me).await?;
        let entry = self.entry(thread, me).await?;
        let entry = match entry {
            Some(entry) => entry,
            // An empty thread that the other side opened: there is nothing to see yet.
            None => return Err(Problem::not_found()),
        };
        let mine = self.store.member(thread, me).await?;
        let theirs = self.store.member(thread, state.account(role.other())).await?;
        let mut rows = self.store.rows(thread, None, FIRST_ROWS).await?;
        let more = rows.len() == FIRST_ROWS;
        rows.reverse();
        let (peer_read_seq, peer_read_at) =
            if state.is_taken_by(role.other()) { (theirs.read_seq, theirs.read_at) } else { (0, None) };
        Ok(ThreadSnapshot {
            rows: rows.iter().map(|row| row.seen_by(role)).filter(|row| row.seq <= state.seq).collect(),
            thread: state.seen_by(role),
            entry,
            read_seq: mine.read_seq,
            peer_read_seq,
            peer_read_at,
            more,
        })
    }
}
