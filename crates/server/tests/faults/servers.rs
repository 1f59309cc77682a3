//! Three servers on one PostgreSQL: whatever goes in at one of them comes out at all; one is killed under load.

use super::house::{House, cookie_of};
use super::{browser, postgres};
use api::client::{ApiError, Client};
use api::contract::{Carry, Dial, Wire, World, after_every_case};
use api::store::Answering;
use api::wire::{OpenThread, Pay, Say, Signal, TestBehaviour};
use domain::ids::{AccountId, MessageId, PaymentRequestId, ThreadId};
use domain::message::Content;
use domain::timeline::RowItem;
use futures::StreamExt;
use http_body_util::BodyStream;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::watch;

/// Who writes to Kai at once.
const WRITERS: usize = 8;
/// What each of them says.
const EACH: usize = 30;
/// Requests that Maya pays meanwhile.
const PAYMENTS: usize = 6;

/// Everybody goes through a balancer: to each server in turn, past one that does not answer.
struct Balanced {
    houses: Vec<Arc<House>>,
    turn: Arc<AtomicUsize>,
    cookie: Option<String>,
}

impl Balanced {
    async fn call(&self, request: &http::Request<String>) -> Result<http::Response<String>, ApiError> {
        let mut why = ApiError::Network("nobody was asked".to_owned());
        for _ in 0..30 {
            let house = &self.houses[self.turn.fetch_add(1, Ordering::SeqCst) % self.houses.len()];
            match house.try_call(self.cookie.as_deref(), request).await {
                Err(error @ ApiError::Network(_)) => why = error,
                answer => return answer,
            }
        }
        Err(why)
    }
}

impl Carry for Balanced {
    fn carry(&self, request: http::Request<String>) -> Answering<'_, Result<http::Response<String>, ApiError>> {
        Box::pin(async move { self.call(&request).await })
    }
}

fn balanced(houses: Vec<Arc<House>>) -> Dial {
    let turn = Arc::new(AtomicUsize::new(0));
    Arc::new(move |insides, caller: Option<AccountId>| {
        let way = Balanced { houses: houses.clone(), turn: turn.clone(), cookie: None };
        Box::pin(async move {
            let cookie = match caller {
                Some(account) => Some(cookie_of(insides, &account).await),
                None => None,
            };
            Wire::by(Balanced { cookie, ..way })
        })
    })
}

/// What a tab of Kai's has heard: the messages, each as often as it came.
#[derive(Default)]
struct Heard {
    messages: BTreeMap<String, u32>,
    cuts: u64,
}

/// A tab of Kai's at one server: its stream tells that there is something, and it is fetched from where it was. When
/// the server is gone it goes to the next one, as a balancer would send it.
async fn listens(houses: Vec<Arc<House>>, first: usize, cookie: String, mut done: watch::Receiver<u64>) -> Heard {
    let (mut heard, mut cursor, mut at) = (Heard::default(), 0_u64, first);
    loop {
        let house = &houses[at % houses.len()];
        if let Some(address) = house.standing().await {
            let end = hears(address, &cookie, &mut cursor, &mut heard, &mut done).await;
            if end {
                return heard;
            }
            heard.cuts += 1;
        }
        at += 1;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Hears one stream until it is cut; whether everything there is has been heard.
async fn hears(
    address: std::net::SocketAddr,
    cookie: &str,
    cursor: &mut u64,
    heard: &mut Heard,
    done: &mut watch::Receiver<u64>,
) -> bool {
    let Ok(stream) = TcpStream::connect(address).await else { return false };
    let Ok((mut sender, connection)) = http1::handshake(TokioIo::new(stream)).await else { return false };
    let connection = tokio::spawn(connection);
    let request = http::Request::get("/v1/stream").header("host", address.to_string()).header("cookie", cookie);
    let request = request.header("sec-fetch-site", "same-origin").header("last-event-id", cursor.to_string());
    let request = request.body(axum::body::Body::empty()).expect("a request");
    let Ok(response) = sender.send_request(request).await else { return false };
    assert!(response.status().is_success(), "a stream: {}", response.status());
    let mut frames = BodyStream::new(response.into_body());
    let mut text = String::new();
    let end = loop {
        let wanted = *done.borrow();
        if wanted > 0 && *cursor >= wanted {
            break true;
        }
        let frame = tokio::select! {
            frame = frames.next() => frame,
            _ = done.changed() => continue,
        };
        let Some(Ok(frame)) = frame else { break false };
        let Ok(data) = frame.into_data() else { continue };
        text.push_str(&String::from_utf8_lossy(&data));
        while let Some((event, rest)) = text.split_once("\n\n").map(|(event, rest)| (event.to_owned(), rest.to_owned()))
        {
            text = rest;
            let told = event.lines().find_map(|line| line.strip_prefix("data:"));
            let Some(Ok(Signal::Events { cursor: newest })) = told.map(|told| serde_json::from_str(told.trim())) else {
                continue;
            };
            while *cursor < newest {
                if catches_up(address, cookie, cursor, heard).await.is_none() {
                    break;
                }
            }
        }
    };
    connection.abort();
    end
}

async fn catches_up(address: std::net::SocketAddr, cookie: &str, cursor: &mut u64, heard: &mut Heard) -> Option<()> {
    let asked = http::Request::get(format!("/v1/events?after={cursor}")).body(String::new()).expect("a request");
    let answer = browser::send(address, Some(cookie), asked).await.ok()?;
    let page: api::wire::EventPage = serde_json::from_str(answer.body()).ok()?;
    for envelope in &page.events {
        if let domain::event::Event::MessagePosted { message } = &envelope.event {
            *heard.messages.entry(message.id.to_string()).or_default() += 1;
        }
    }
    *cursor = page.cursor;
    Some(())
}

/// One of those who write to Kai.
async fn writes(api: Client<Wire>, thread: ThreadId, name: String) -> Vec<String> {
    let mut said = Vec::new();
    for n in 0..EACH {
        let id: MessageId = format!("msg_{name}x{n}").parse().expect("letters and digits");
        let content = Content::Text { text: format!("{name} says {n}").parse().expect("words") };
        let say = Say { id: id.clone(), content, reply_to: None };
        let key = api::client::IdempotencyKey(id.to_string());
        api.say(&key, &thread, &say).await.expect("acknowledged by one of them");
        said.push(id.to_string());
    }
    said
}

async fn pays(api: Client<Wire>, wanted: Vec<(PaymentRequestId, Pay)>) {
    for (request, body) in wanted {
        let key = api::client::IdempotencyKey(format!("pay-{request}"));
        api.pay(&key, &request, &body).await.expect("begun");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_and_payments_survive_the_end_of_one_of_three_servers() {
    let database = postgres::database().await;
    let store = server::store::SqlStore::postgres(&database).await.expect("opened");
    let houses: Vec<Arc<House>> = (0..3).map(|_| House::over(database.clone(), None)).collect();
    let world = World::dialled(Arc::new(store.clone()), balanced(houses.clone())).await;

    // Kai has a tab at each server; eight people write to him, and Maya pays.
    let kai = cookie_of(world.app.clone(), &world.seller.account.id).await;
    let (done, finished) = watch::channel(0);
    let tabs: Vec<_> =
        (0..houses.len()).map(|at| tokio::spawn(listens(houses.clone(), at, kai.clone(), finished.clone()))).collect();
    let bought = world.thread().await;
    let mut wanted = Vec::new();
    for _ in 0..PAYMENTS {
        let request = world.ask_little(&bought).await;
        let body = world.pay_body(&request, TestBehaviour::Approve).await;
        wanted.push((request, body));
    }
    let mut writers = Vec::new();
    for n in 0..WRITERS {
        let account = world.newcomer(&format!("writer{n}")).await;
        let api = world.way(Some(account.id)).await;
        let peer = OpenThread { peer: "kai".parse().expect("a handle") };
        let thread = api.open_thread(&world.key(), &peer).await.expect("opened").thread.id;
        writers.push((api, thread, format!("w{n}")));
    }

    let acknowledged = Arc::new(AtomicU64::new(0));
    let saying: Vec<_> = writers
        .iter()
        .map(|(api, thread, name)| {
            let (api, acknowledged) = (api.clone(), acknowledged.clone());
            let writing = writes(api, thread.clone(), name.clone());
            tokio::spawn(async move {
                let said = writing.await;
                acknowledged.fetch_add(said.len() as u64, Ordering::SeqCst);
                said
            })
        })
        .collect();
    let paying = tokio::spawn(pays(world.buyer.api.clone(), wanted));
    // In the middle of it, when a third of what is said has arrived.
    let third = (WRITERS * EACH / 3) as u64;
    while store_cursor(&world).await < third {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    houses[1].kill_for_good().await;
    let mut said = BTreeSet::new();
    for writer in saying {
        said.extend(writer.await.expect("everything is acknowledged"));
    }
    paying.await.expect("every payment is begun");
    // The workers of the two that are left finish what the third had begun, when its leases are over.
    worked_off(&world).await;

    let cursor = store_cursor(&world).await;
    done.send(cursor).expect("tabs that listen");
    let (mut lost, mut doubled, mut cuts) = (0, 0, 0);
    for tab in tabs {
        let heard = tab.await.expect("a tab that hears everything");
        lost += said.iter().filter(|id| !heard.messages.contains_key(*id)).count();
        doubled += heard.messages.values().filter(|times| **times > 1).count();
        cuts += heard.cuts;
    }
    // The undo windows are over: the money is taken.
    world.pass(5 * 60).await;
    let state = world.state(&bought).await;
    let captured = state.payments.values().filter(|payment| payment.captured().minor > 0).count();
    let kept: usize = {
        let mut kept = 0;
        for (_, thread, _) in &writers {
            let rows = world.app.store.rows(thread, None, usize::MAX).await.expect("readable");
            kept += rows.iter().filter(|row| matches!(row.item, RowItem::Message(_))).count();
        }
        kept
    };
    println!(
        "three servers, one killed: {} messages acknowledged, {kept} kept, {lost} lost, {doubled} doubled over 3 tabs, \
         {cuts} streams resumed; {PAYMENTS} payments, {captured} paid, {} orders",
        said.len(),
        state.orders.len()
    );
    assert_eq!((said.len(), kept, lost, doubled), (WRITERS * EACH, WRITERS * EACH, 0, 0));
    assert_eq!((captured, state.orders.len()), (PAYMENTS, PAYMENTS));
    assert!(cuts > 0, "the tab at the server that was killed went on at another");
    after_every_case(&world).await;
    for house in &houses {
        house.kill().await;
    }
}

async fn store_cursor(world: &World) -> u64 {
    world.app.store.cursor(&world.seller.account.id).await.expect("readable")
}

async fn worked_off(world: &World) {
    for _ in 0..2_000 {
        let now = world.app.now().await.expect("readable");
        let waiting = world.app.store.outbox(usize::MAX).await.expect("readable");
        if waiting.iter().all(|entry| entry.at > now) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("what a server had begun is given to another");
}
