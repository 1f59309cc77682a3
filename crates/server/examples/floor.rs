//! The floor that `cargo xtask bench --server` measures beside: the least that accepts a message, keeps it durably in
//! SQLite and tells who listens. No accounts, no rules, no idempotency, no inbox.
//!
//! `floor <database> [lines bytes]`; with `lines` a message is written with so many more lines of so many bytes beside it, in
//! one transaction: the same durable writes as a message of the whole server, one statement after the other over the same
//! driver, each prepared once. As every transaction of either, it ends on the disk (`synchronous=FULL`). The first line of its
//! output says where it listens.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use axum::routing::{get, post};
use futures::{Stream, StreamExt};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection, SqliteConnection};
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

#[derive(Clone)]
struct Floor {
    /// The one connection that writes, held for a whole transaction.
    writer: Arc<tokio::sync::Mutex<SqliteConnection>>,
    lines: usize,
    /// What a line beside the message holds.
    beside: String,
    listening: Arc<Mutex<HashMap<String, Vec<UnboundedSender<String>>>>>,
}

#[derive(serde::Deserialize)]
struct For {
    account: String,
}

async fn say(State(floor): State<Floor>, Query(to): Query<For>, text: String) -> &'static str {
    let mut writer = floor.writer.lock().await;
    let mut writing = writer.begin_with("BEGIN IMMEDIATE").await.expect("begun");
    for text in std::iter::once(&text).chain(std::iter::repeat_n(&floor.beside, floor.lines)) {
        let insert = sqlx::query("INSERT INTO messages (account, text) VALUES (?, ?)").bind(&to.account).bind(text);
        insert.execute(&mut *writing).await.expect("written");
    }
    writing.commit().await.expect("kept");
    drop(writer);
    if let Some(streams) = floor.listening.lock().expect("no panic").get_mut(&to.account) {
        streams.retain(|stream| stream.send(text.clone()).is_ok());
    }
    "{}"
}

async fn stream(
    State(floor): State<Floor>,
    Query(from): Query<For>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let (sender, mut receiver) = unbounded_channel();
    floor.listening.lock().expect("no panic").entry(from.account).or_default().push(sender);
    let told = futures::stream::poll_fn(move |context| receiver.poll_recv(context));
    Sse::new(told.map(|text| Ok(Event::default().data(text)))).keep_alive(KeepAlive::default())
}

#[tokio::main]
async fn main() {
    let path = std::env::args().nth(1).expect("the file of the database");
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut writer = SqliteConnection::connect_with(&options).await.expect("opened");
    let table = "CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY, account TEXT, text TEXT)";
    sqlx::query(table).execute(&mut writer).await.expect("made");
    let number = |at: usize| std::env::args().nth(at).and_then(|text| text.parse().ok()).unwrap_or(0);
    let (lines, beside) = (number(2), "x".repeat(number(3)));
    let writer = Arc::new(tokio::sync::Mutex::new(writer));
    let floor = Floor { writer, lines, beside, listening: Arc::default() };
    let router = Router::new().route("/say", post(say)).route("/stream", get(stream)).with_state(floor);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    println!("listening on http://{}", listener.local_addr().expect("bound"));
    axum::serve(listener, router).await.expect("served");
}
