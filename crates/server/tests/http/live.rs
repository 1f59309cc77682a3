//! The stream: nothing is lost however it is cut, and nobody holds it up.

use crate::site::{AS, Answer, Site};
use api::wire::{Cursor, EventPage, News, Signal};
use axum::body::{Body, BodyDataStream};
use domain::thread::Role;
use futures::StreamExt;
use http::StatusCode;
use server::live::STREAMS_EACH;
use std::time::Duration;
use tower::ServiceExt;

/// One event as it was sent.
#[derive(Debug, PartialEq)]
struct Told {
    id: Option<String>,
    signal: Option<Signal>,
    retry: Option<String>,
}

/// A stream, read event by event.
struct Reader {
    chunks: BodyDataStream,
    text: String,
}

impl Reader {
    fn of(body: Body) -> Self {
        Self { chunks: body.into_data_stream(), text: String::new() }
    }

    async fn open(site: &Site, handle: &str, last: Option<Cursor>) -> Self {
        let request = site.get("/v1/stream").header(AS, handle);
        let request = match last {
            Some(last) => request.header("last-event-id", last.to_string()),
            None => request,
        };
        let answer = site.open(request, "").await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Self::of(answer.into_body())
    }

    /// The next event; none at the end of the stream.
    async fn next(&mut self) -> Option<Told> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let field = |name: &str| {
                    let value = event.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
                    value.map(|value| value.trim_start().to_owned())
                };
                let signal = field("data").map(|data| serde_json::from_str(&data).unwrap());
                let told = Told { id: field("id"), signal, retry: field("retry") };
                self.text = rest.to_owned();
                return Some(told);
            }
            let chunk = self.chunks.next().await?.ok()?;
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    async fn signal(&mut self) -> Option<Signal> {
        loop {
            if let Some(signal) = self.next().await?.signal {
                return Some(signal);
            }
        }
    }
}

async fn say(site: &Site, number: usize) -> Answer {
    let thread = site.thread().await;
    let body = format!(r#"{{"id":"msg_{number}","content":{{"type":"text","text":"word {number}"}},"reply_to":null}}"#);
    let request = site.post(&format!("/v1/threads/{thread}/messages"), &format!("say-{number}"));
    let answer = site.send(request.header(AS, "maya.torres"), body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer
}

#[tokio::test]
async fn nobody_listens_without_being_somebody() {
    let site = Site::start().await;
    assert_eq!(site.send(site.get("/v1/stream"), "").await.problem().code, "signed_out");
}

#[tokio::test]
async fn a_stream_begins_with_when_to_come_again_and_how_far_one_is_behind() {
    let site = Site::start().await;
    let newest = site.server.app.store.cursor(&site.account("maya.torres").await).await.unwrap();
    assert!(newest > 3);
    let mut reader = Reader::open(&site, "maya.torres", Some(newest - 3)).await;
    assert_eq!(reader.next().await.unwrap().retry.as_deref(), Some("2000"));
    let told = reader.next().await.unwrap();
    assert_eq!(told.id, Some(newest.to_string()));
    assert_eq!(told.signal, Some(Signal::Events { cursor: newest }));

    let mut reader = Reader::open(&site, "maya.torres", Some(newest)).await;
    assert!(reader.next().await.unwrap().retry.is_some());
    say(&site, 1).await;
    let told = reader.next().await.unwrap();
    assert_eq!(told.id, Some((newest + 1).to_string()), "who knows all is told nothing until something happens");
}

#[tokio::test]
async fn whoever_knows_of_more_than_there_is_begins_anew() {
    let site = Site::start().await;
    let newest = site.server.app.store.cursor(&site.account("maya.torres").await).await.unwrap();
    let mut reader = Reader::open(&site, "maya.torres", Some(newest + 10)).await;
    assert_eq!(reader.signal().await, Some(Signal::Restored));
    assert_eq!(reader.signal().await, Some(Signal::Events { cursor: newest }));
}

#[tokio::test]
async fn what_happens_to_one_is_not_told_to_another() {
    let site = Site::start().await;
    let stranger = site.account("zoe.lind").await;
    let newest = site.server.app.store.cursor(&stranger).await.unwrap();
    let mut reader = Reader::open(&site, "zoe.lind", Some(newest)).await;
    reader.next().await.unwrap();
    say(&site, 1).await;
    site.server.hub.publish(&News::to(stranger, Signal::Clock));
    assert_eq!(reader.signal().await, Some(Signal::Clock));
}

/// xorshift: the same cuts in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

#[tokio::test]
async fn a_stream_that_is_cut_anywhere_brings_each_event_exactly_once() {
    // A demo's limits: more is said here than one person says.
    let site = Site::with(|config| config.demo = true).await;
    let kai = site.account("kai.shapes").await;
    let start = site.server.app.store.cursor(&kai).await.unwrap();
    let (mut dice, mut last, mut known) = (Dice(17), start, start);
    let (mut seen, mut said) = (Vec::new(), 0);
    for _cut in 0..300 {
        let mut reader = Reader::open(&site, "kai.shapes", Some(last)).await;
        for _ in 0..dice.below(3) {
            said += 1;
            say(&site, said).await;
        }
        // Some are cut before they told anything, some after a few events.
        for _ in 0..dice.below(3) {
            let behind = site.server.app.store.cursor(&kai).await.unwrap() > last;
            if !behind {
                break;
            }
            let told = reader.next().await.unwrap();
            let Some(id) = told.id else { continue };
            let id: Cursor = id.parse().unwrap();
            assert!(id > last, "an id goes back");
            last = id;
            loop {
                let path = format!("/v1/events?after={known}");
                let page: EventPage = site.send(site.get(&path).header(AS, "kai.shapes"), "").await.json();
                seen.extend(page.events);
                known = page.cursor;
                if !page.more {
                    break;
                }
            }
        }
        drop(reader);
    }
    let mut reader = Reader::open(&site, "kai.shapes", Some(start)).await;
    let Some(Signal::Events { cursor: end }) = reader.signal().await else { panic!("behind, and told nothing") };
    let path = format!("/v1/events?after={known}");
    let rest: EventPage = site.send(site.get(&path).header(AS, "kai.shapes"), "").await.json();
    seen.extend(rest.events);
    let all = site.server.app.store.events(&kai, start, 10_000).await.unwrap();
    let all: Vec<_> = all.into_iter().map(|(_, envelope)| envelope.seen_by(Role::Seller)).collect();
    assert!(said > 200 && all.len() >= said);
    assert_eq!(end, start + all.len() as u64);
    assert_eq!(seen, all);
}

#[tokio::test]
async fn a_slow_reader_is_cut_and_catches_up() {
    let site = Site::start().await;
    let kai = site.account("kai.shapes").await;
    let newest = site.server.app.store.cursor(&kai).await.unwrap();
    let mut slow = Reader::open(&site, "kai.shapes", Some(newest)).await;
    slow.next().await.unwrap();
    let thread = site.thread().await;
    // It does not read: what the sockets have room for goes out, then its mailbox fills.
    for seq in 0..2_000_000 {
        let read =
            Signal::Read { thread: thread.clone(), by: Role::Buyer, seq, at: site.server.app.now().await.unwrap() };
        site.server.hub.publish(&News::to(kai.clone(), read));
        if site.server.hub.streams_of(&kai) == 0 {
            break;
        }
        tokio::task::yield_now().await;
    }
    assert_eq!(site.server.hub.streams_of(&kai), 0, "it was not cut");
    say(&site, 1).await;
    // What was on its way arrives, then the stream ends.
    let mut told = 0;
    while slow.next().await.is_some() {
        told += 1;
    }
    assert!(told > 0);
    let mut again = Reader::open(&site, "kai.shapes", Some(newest)).await;
    assert_eq!(again.signal().await, Some(Signal::Events { cursor: newest + 1 }));
}

#[tokio::test]
async fn a_stream_ends_with_its_session_and_no_other() {
    let site = Site::start().await;
    let mut phone = Reader::open(&site, "maya.torres phone", None).await;
    let mut laptop = Reader::open(&site, "maya.torres laptop", None).await;
    site.server.hub.close_session("phone");
    while phone.next().await.is_some() {}
    site.server.hub.publish(&News::to_everyone(Signal::Clock));
    while laptop.signal().await.expect("it goes on") != Signal::Clock {}
}

#[tokio::test]
async fn one_stream_too_many_is_refused() {
    let site = Site::start().await;
    let mut readers = Vec::new();
    for _ in 0..STREAMS_EACH {
        readers.push(Reader::open(&site, "maya.torres", None).await);
    }
    let refused = site.send(site.get("/v1/stream").header(AS, "maya.torres"), "").await;
    assert_eq!(refused.problem().code, "too_many_streams");
}

#[tokio::test]
async fn all_streams_end_when_the_server_does() {
    let site = Site::start().await;
    let mut reader = Reader::open(&site, "maya.torres", None).await;
    site.end().await;
    while reader.next().await.is_some() {}
}

/// A stream without a socket, so that its clock is the test's.
async fn in_process(server: &server::Server, last: Cursor) -> Reader {
    let request = http::Request::get("/v1/stream").header(AS, "maya.torres").header("last-event-id", last.to_string());
    let answer = crate::site::router(server).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    Reader::of(answer.into_body())
}

#[tokio::test(start_paused = true)]
async fn a_silent_stream_gives_a_sign_of_life_every_15_seconds() {
    let server = crate::site::server(server::config::Config::local("127.0.0.1:1".parse().unwrap())).await;
    let maya = server.app.account_named("maya.torres").await.unwrap();
    let mut reader = in_process(&server, server.app.store.cursor(&maya).await.unwrap()).await;
    reader.next().await.unwrap();
    let began = tokio::time::Instant::now();
    for beat in 1..=3 {
        assert_eq!(reader.next().await, Some(Told { id: None, signal: None, retry: None }));
        assert_eq!(began.elapsed(), Duration::from_secs(15) * beat);
    }
}

#[tokio::test(start_paused = true)]
async fn what_nobody_published_is_told_with_the_next_sign_of_life() {
    let mut server = crate::site::server(server::config::Config::local("127.0.0.1:1".parse().unwrap())).await;
    let maya = server.app.account_named("maya.torres").await.unwrap();
    let newest = server.app.store.cursor(&maya).await.unwrap();
    let mut reader = in_process(&server, newest).await;
    reader.next().await.unwrap();
    // As if another machine had done it, and its word was lost.
    server.app.listener = std::sync::Arc::new(|_| {});
    let thread = server.app.store.inbox(&maya, api::wire::Folder::Primary, None, 1).await.unwrap().remove(0).1;
    let body = r#"{"id":"msg_lost","content":{"type":"text","text":"lost"},"reply_to":null}"#;
    let request = http::Request::post(format!("/v1/threads/{thread}/messages"))
        .header(AS, "maya.torres")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/json")
        .header("idempotency-key", "lost");
    let answer = crate::site::router(&server).oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(reader.signal().await, Some(Signal::Events { cursor: newest + 1 }));
}
