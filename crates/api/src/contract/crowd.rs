//! Much of something at once: what a case needs to be about size.

use super::world::{Person, World, draft, request_in, terms, usd};
use crate::store::Append;
use crate::wire::{Account, SendRequest};
use domain::command::Context;
use domain::decide::envelopes;
use domain::event::Event;
use domain::ids::{AccountId, PaymentRequestId, ThreadId};
use domain::message::{Content, Message};
use domain::terms::Delivery;
use domain::thread::Thread;
use domain::timeline::Row;

impl World {
    /// The buyer says "Message 0" to "Message n-1", in one append: `text` says each of them.
    pub async fn talk(&self, thread: &ThreadId, count: u64, text: impl Fn(u64) -> String) {
        let state = self.state(thread).await;
        let now = self.app.now().await.expect("readable");
        let command = self.app.command_id();
        let role = domain::thread::Role::Buyer;
        let said = (0..count).map(|n| {
            let content = Content::Text { text: text(n).parse().expect("some words") };
            let message = Message {
                id: self.message_id(),
                author: role,
                sent_at: now,
                content: Some(content),
                reply_to: None,
                edited_at: None,
                reactions: Default::default(),
                off_platform: false,
            };
            Event::MessagePosted { message }
        });
        let context = Context { actor: role.into(), now, command, message: None, requested_elsewhere: 0 };
        let events = envelopes(thread, state.seq, said.collect(), &context);
        let (expected_seq, mut after) = (state.seq, Some(state));
        for envelope in &events {
            Thread::apply(&mut after, envelope).expect("no gap");
        }
        let state = after.expect("a thread");
        let rows: Vec<Row> = events.iter().filter_map(Row::of).collect();
        let mut summary = self.app.store.summary(thread).await.expect("readable").expect("there");
        (summary.last, summary.active_at) = (rows.last().cloned(), now);
        let unread = vec![(state.seller.clone(), u32::try_from(count).expect("few"))];
        let (idempotency, outbox, done) = (None, Vec::new(), None);
        let append = Append { expected_seq, state, events, rows, summary, unread, idempotency, outbox, done };
        self.app.store.append(append).await.expect("nobody else was first");
    }

    /// Asks for one dollar: little enough to be asked for often in a week.
    pub async fn ask_little(&self, thread: &ThreadId) -> PaymentRequestId {
        let mut little = draft();
        little.items.truncate(1);
        little.items[0].unit_price = usd(100);
        (little.discount, little.delivery) = (usd(0), vec![Delivery::Digital]);
        let ask = SendRequest { terms: terms(little), expires_in_seconds: None };
        request_in(&self.seller.api.send_request(&self.key(), thread, &ask).await.expect("asked"))
    }

    /// Somebody else who buys, with a name of their own.
    pub async fn newcomer(&self, handle: &str) -> Account {
        let mut account = self.buyer.account.clone();
        account.id = format!("acc_{handle}").parse().expect("letters and digits");
        account.handle = handle.parse().expect("short enough");
        account.name = account.handle.as_str().parse().expect("short enough");
        self.app.save_account(&account).await.expect("stored");
        account
    }

    /// The account takes the thread into its inbox.
    pub async fn accept_as(&self, account: &AccountId, thread: &ThreadId) {
        let api = self.way(Some(account.clone())).await;
        api.accept_thread(&self.key(), thread).await.expect("accepted");
    }

    /// A thread that `by` begins with somebody new, by saying something.
    pub async fn approach(&self, by: &Person, handle: &str, text: &str) -> ThreadId {
        let account = self.newcomer(handle).await;
        let opened = by.api.open_thread(&self.key(), &super::world::with(account.handle.as_str())).await;
        let thread = opened.expect("opened").thread.id;
        self.say(by, &thread, text).await;
        thread
    }

    /// A thread that somebody new begins with a business.
    pub async fn approach_as(&self, handle: &str, business: &str, text: &str) -> ThreadId {
        let account = self.newcomer(handle).await;
        let api = self.way(Some(account.id)).await;
        let opened = api.open_thread(&self.key(), &super::world::with(business)).await;
        let thread = opened.expect("opened").thread.id;
        let said = super::world::words(&self.message_id(), text);
        api.say(&self.key(), &thread, &said).await.expect("said");
        thread
    }
}
