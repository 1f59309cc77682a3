//! Everything that the API tells an account, taken along: made of what is told anyway, page by page, so that there is
//! nothing in it that its reader may not see, and no call that costs more than any other.

use super::{Answer, ApiError, Client, Transport};
use crate::wire::{Account, Catalogue, Cursor, Folder, Wallet};
use domain::event::Envelope;
use domain::facts::{Records, Standing, Talk};
use domain::ids::{AccountId, MessageId, ThreadId};
use domain::replies::SavedReplies;
use domain::selling::Selling;
use domain::thread::Thread;
use domain::time::Timestamp;
use domain::timeline::{Row, RowItem, changed_message};
use serde::Serialize;
use std::collections::BTreeMap;

/// All of one's data, as a file has it.
#[derive(Debug, Serialize)]
pub struct Export {
    /// Who one is.
    pub account: Account,
    /// Until when it is complete.
    pub exported_at: Timestamp,
    /// How one's business is known; none for who only buys.
    pub facts: Option<Standing>,
    /// What that is counted from, all of it, of what one sold.
    pub records: Records,
    /// The conversations, and everything that was agreed and paid in them.
    pub conversations: Vec<Conversation>,
    /// Addresses and ways to pay, without what pays.
    pub wallet: Wallet,
    /// What one's business sells.
    pub catalogue: Option<Catalogue>,
    /// What its requests start from.
    pub selling: Option<Selling>,
    /// What it writes often.
    pub replies: Option<SavedReplies>,
    /// How many conversations are missing because they cannot be read.
    pub unreadable: usize,
}

/// A conversation as its side sees it.
#[derive(Debug, Serialize)]
pub struct Conversation {
    /// Who is across; none where the inbox does not show it.
    pub with: Option<Account>,
    /// Requests, payments, orders and the ledger.
    pub thread: Thread,
    /// What was said and what happened, oldest first.
    pub rows: Vec<Row>,
}

/// How far an export is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Events that were read.
    pub read: Cursor,
    /// Events there are, once that is known.
    pub of: Cursor,
}

/// What one thread has come to so far.
#[derive(Debug, Default)]
struct Folded {
    state: Option<Thread>,
    rows: Vec<Row>,
    places: BTreeMap<MessageId, usize>,
    talk: Talk,
    is_broken: bool,
}

impl Folded {
    fn hear(&mut self, envelope: &Envelope) {
        if Thread::apply(&mut self.state, envelope).is_err() {
            self.is_broken = true;
            return;
        }
        self.talk.hear(envelope);
        if let Some(row) = Row::of(envelope) {
            if let RowItem::Message(message) = &row.item {
                self.places.insert(message.id.clone(), self.rows.len());
            }
            self.rows.push(row);
        }
        let changed = changed_message(&envelope.event).and_then(|message| self.places.get(message));
        if let Some(Row { item: RowItem::Message(message), .. }) = changed.and_then(|place| self.rows.get_mut(*place)) {
            message.apply(&envelope.event, envelope.at);
        }
    }
}

/// Conversations that are put together from events, in the order in which they are told.
#[derive(Debug, Default)]
pub struct Collected {
    threads: BTreeMap<ThreadId, Folded>,
}

impl Collected {
    /// Goes on with what was told next.
    pub fn hear(&mut self, envelope: &Envelope) {
        self.threads.entry(envelope.thread.clone()).or_default().hear(envelope);
    }

    /// What counts for how an account is known as a seller.
    pub fn records(&self, seller: &AccountId) -> Records {
        let mut records = Records::default();
        for folded in self.threads.values() {
            let Some(thread) = folded.state.as_ref().filter(|thread| thread.seller == *seller) else { continue };
            records.orders.extend(thread.order_records());
            records.replies.extend(folded.talk.replies.iter().cloned());
        }
        records
    }

    /// The conversations, and how many of them cannot be read.
    fn conversations(self, with: &BTreeMap<ThreadId, Account>) -> (Vec<Conversation>, usize) {
        let (broken, whole): (Vec<_>, Vec<_>) = self.threads.into_iter().partition(|(_, folded)| folded.is_broken);
        let conversations = whole.into_iter().filter_map(|(id, folded)| {
            Some(Conversation { with: with.get(&id).cloned(), thread: folded.state?, rows: folded.rows })
        });
        (conversations.collect(), broken.len())
    }
}

impl<T: Transport> Client<T> {
    /// Everything of one's account at this time, which is `now`; `tell` hears how far it is.
    ///
    /// # Errors
    /// When one of the calls fails: then there is nothing, rather than a part that looks like all of it.
    pub async fn everything_of_me(&self, now: Timestamp, tell: impl Fn(Progress)) -> Answer<Export> {
        let account = self.me().await?;
        let (with, until) = self.everybody().await?;
        let mut collected = Collected::default();
        let mut progress = Progress { read: 0, of: until };
        loop {
            tell(progress);
            let page = self.events(progress.read).await?;
            page.events.iter().for_each(|envelope| collected.hear(envelope));
            progress.read = page.cursor;
            // What happens while this goes on belongs to the next export.
            if !page.more || progress.read >= until {
                break;
            }
        }
        tell(progress);
        let records = collected.records(&account.id);
        let (conversations, unreadable) = collected.conversations(&with);
        let (mut facts, mut catalogue, mut selling, mut replies) = (None, None, None, None);
        if account.business.is_some() {
            facts = Some(self.facts(account.handle.as_str()).await?);
            catalogue = Some(self.catalogue(&account.id).await?);
            selling = Some(self.selling().await?.selling);
            replies = Some(self.replies().await?);
        }
        let wallet = self.wallet().await?;
        Ok(Export {
            account,
            exported_at: now,
            facts,
            records,
            conversations,
            wallet,
            catalogue,
            selling,
            replies,
            unreadable,
        })
    }

    /// Who is across in each conversation of the inbox, and the cursor that was reached by then.
    async fn everybody(&self) -> Result<(BTreeMap<ThreadId, Account>, Cursor), ApiError> {
        let (mut with, mut until) = (BTreeMap::new(), 0);
        for folder in [Folder::Primary, Folder::Requests] {
            let mut after = None;
            loop {
                let page = self.inbox(folder, "", after.as_deref()).await?;
                with.extend(page.entries.into_iter().map(|entry| (entry.thread, entry.peer)));
                until = until.max(page.cursor);
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
        }
        Ok((with, until))
    }
}
