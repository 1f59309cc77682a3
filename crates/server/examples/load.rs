//! Measures a server beside the floor, in turns: `load <bottega-server> <floor> [rounds]`. Prints the table of
//! `cargo xtask bench --server`.
//!
//! Accepted a second: 16 writers, each with a thread of their own, say the next thing when the last one was answered.
//! From send to delivery: one writer at a pace; the clock stops when another account's client has the words in hand,
//! told by its stream (and, at our server, fetched).

use api::app::App;
use api::carrier::simulated::SimulatedCarrier;
use api::provider::simulated::Simulated;
use api::store::Store;
use api::tax::StateEstimates;
use api::wire::{Account, EventPage, Say, Signal, ThreadSnapshot};
use axum::body::Body;
use domain::event::Event;
use domain::message::Content;
use futures::StreamExt;
use http_body_util::{BodyExt, BodyStream};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use server::accounts::Accounts;
use server::config::Config;
use server::store::SqlStore;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinHandle;

/// Open streams, one measurement each.
const STREAMS: [usize; 3] = [1, 100, 1_000];
/// Streams of one account: a few devices.
const EACH: usize = 5;
const LISTENERS: usize = 200;
const WRITERS: usize = 16;
const LOADED: Duration = Duration::from_secs(3);
/// Messages of the paced part, and the time between two of them.
const PACED: usize = 100;
const PACE: Duration = Duration::from_millis(20);

/// One of the two that are measured.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ours,
    Floor,
    /// The floor with as many lines and bytes written as a message of ours writes.
    SameWrites,
}

/// Lines that a message of ours writes beside itself: record, state, summary, row, its name, two streams with their two
/// cursors, two places in inboxes, what is unread.
const LINES: &str = "12";
/// Bytes of one of them, on average: 2,100 in all. What is taken out, two old places, is not counted.
const BYTES: &str = "165";

/// What one measurement came to.
struct Figures {
    accepted: f64,
    /// Of the server's own time, in microseconds, for each of them.
    cpu: f64,
    /// Accepted of one writer who waits for each answer.
    alone: f64,
    p50: f64,
    p99: f64,
}

struct Running {
    kind: Kind,
    process: Child,
    address: SocketAddr,
    cold: f64,
    database: PathBuf,
    _folder: tempfile::TempDir,
}

/// A connection that is kept, as somebody.
struct Line {
    sender: SendRequest<Body>,
    address: SocketAddr,
    cookie: String,
}

impl Line {
    async fn open(address: SocketAddr, cookie: &str) -> Self {
        let stream = TcpStream::connect(address).await.expect("connected");
        stream.set_nodelay(true).expect("set");
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.expect("a handshake");
        tokio::spawn(connection);
        Self { sender, address, cookie: cookie.to_owned() }
    }

    async fn call(&mut self, method: &str, path: &str, key: &str, body: String) -> (http::HeaderMap, String) {
        let request = http::Request::builder().method(method).uri(path).header("host", self.address.to_string());
        let request = request.header("sec-fetch-site", "same-origin").header("content-type", "application/json");
        let request = request.header("cookie", &self.cookie).header("idempotency-key", key);
        self.sender.ready().await.expect("a line that is open");
        let response = self.sender.send_request(request.body(Body::from(body)).expect("a request")).await;
        let (parts, body) = response.expect("an answer").into_parts();
        let text = body.collect().await.expect("whole").to_bytes();
        let text = String::from_utf8(text.to_vec()).expect("text");
        assert!(parts.status.is_success(), "{method} {path}: {} {text}", parts.status);
        (parts.headers, text)
    }
}

/// Somebody who writes, and whom they write to.
#[derive(Clone)]
struct Pair {
    writer: String,
    reader: String,
    /// Where to say it.
    path: String,
}

static NUMBER: AtomicU64 = AtomicU64::new(0);

impl Pair {
    /// The next thing to say.
    fn words(kind: Kind) -> (String, String) {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let text = format!("Is the twin fish still there? Asked for the {number}th time.");
        let key = format!("msg_{number:026}");
        match kind {
            Kind::Floor | Kind::SameWrites => (key, text),
            Kind::Ours => {
                let content = Content::Text { text: text.parse().expect("words") };
                let say = Say { id: key.parse().expect("an id"), content, reply_to: None };
                (key, serde_json::to_string(&say).expect("our own types"))
            }
        }
    }
}

impl Running {
    async fn start(kind: Kind, program: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let database = folder.path().join("shop.db");
        let mut command = Command::new(program);
        match kind {
            Kind::Floor => command.arg(&database),
            Kind::SameWrites => command.arg(&database).args([LINES, BYTES]),
            Kind::Ours => command
                .args(["--listen", "127.0.0.1:0", "--demo", "--database"])
                .arg(format!("sqlite:{}", database.display())),
        };
        command.env("RUST_LOG", "off").stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        if kind == Kind::Ours {
            // Its world is made at the first start; what is measured is a start with everything there.
            let (mut first, _) = begin(&mut command).await;
            first.kill().await.expect("killed");
        }
        let began = Instant::now();
        let (process, address) = begin(&mut command).await;
        if kind == Kind::Ours {
            Line::open(address, "").await.call("GET", "/readyz", "", String::new()).await;
        }
        let cold = began.elapsed().as_secs_f64() * 1_000.0;
        Self { kind, process, address, cold, database, _folder: folder }
    }

    /// Those who write, each to somebody of their own, and those who only listen; put beside the server into its own
    /// database.
    async fn people(&self) -> (Vec<Pair>, Vec<String>) {
        if self.kind != Kind::Ours {
            let names = |what: &str, count: usize| (0..count).map(|n| format!("{what}{n}")).collect::<Vec<_>>();
            let pair =
                |name: String| Pair { writer: String::new(), path: format!("/say?account={name}"), reader: name };
            return (names("reader", WRITERS).into_iter().map(pair).collect(), names("other", LISTENERS));
        }
        let store: Arc<dyn Store> = Arc::new(SqlStore::sqlite(&self.database).await.expect("opened"));
        let app = App {
            tax: Arc::new(StateEstimates),
            provider: Arc::new(Simulated::new(store.clone(), Arc::new(now))),
            carrier: Some(Arc::new(SimulatedCarrier::new(store.clone()))),
            store,
            machine: Arc::new(now),
            entropy: Arc::new(|| u128::from(NUMBER.fetch_add(1, Ordering::Relaxed)) << 64),
            listener: Arc::new(|_| {}),
            is_own: Arc::new(|origin| origin == "http://localhost:8080"),
            photos: api::pictures::inline(),
            demo: true,
        };
        let accounts = Accounts::new(app.clone(), &Config::local(self.address));
        let somebody = app.account_by_handle("kai.shapes").await.expect("readable").expect("in the demo");
        let cookie = async |name: String| {
            let account = Account {
                id: format!("acc_{name}").parse().expect("an id"),
                handle: name.parse().expect("a handle"),
                ..somebody.clone()
            };
            app.save_account(&account).await.expect("kept");
            accounts.cookie_for(&account.id).await.expect("signed in")
        };
        let mut pairs = Vec::new();
        for n in 0..WRITERS {
            let (writer, reader) = (cookie(format!("writer{n}")).await, cookie(format!("reader{n}")).await);
            let mut line = Line::open(self.address, &writer).await;
            let open = format!("{{\"peer\":\"reader{n}\"}}");
            let (_, snapshot) = line.call("POST", "/v1/threads", &format!("open-{n}"), open).await;
            let snapshot: ThreadSnapshot = serde_json::from_str(&snapshot).expect("our own types");
            let thread = snapshot.thread.id;
            let (path, key) = (format!("/v1/threads/{thread}/accept"), format!("accept-{n}"));
            // The first words ask to be let in.
            let (first, words) = Pair::words(self.kind);
            line.call("POST", &format!("/v1/threads/{thread}/messages"), &first, words).await;
            Line::open(self.address, &reader).await.call("POST", &path, &key, "null".to_owned()).await;
            pairs.push(Pair { writer, reader, path: format!("/v1/threads/{thread}/messages") });
        }
        let mut listeners = Vec::new();
        for n in 0..LISTENERS {
            listeners.push(cookie(format!("other{n}")).await);
        }
        (pairs, listeners)
    }

    /// A stream of somebody: of whom the cookie is, or of that name.
    async fn stream(&self, reader: &str) -> (UnboundedReceiver<(Instant, String)>, JoinHandle<()>) {
        let path = match self.kind {
            Kind::Ours => "/v1/stream".to_owned(),
            Kind::Floor | Kind::SameWrites => format!("/stream?account={reader}"),
        };
        let mut line = Line::open(self.address, reader).await;
        let request = http::Request::get(path).header("host", self.address.to_string()).header("cookie", reader);
        let request = request.header("sec-fetch-site", "same-origin").body(Body::empty()).expect("a request");
        let response = line.sender.send_request(request).await.expect("a stream");
        assert!(response.status().is_success(), "a stream: {}", response.status());
        let (told, hear) = unbounded_channel();
        let reading = tokio::spawn(async move {
            let _held = line;
            let (mut frames, mut text) = (BodyStream::new(response.into_body()), String::new());
            while let Some(Ok(frame)) = frames.next().await {
                let Ok(data) = frame.into_data() else { continue };
                text.push_str(&String::from_utf8_lossy(&data));
                while let Some((event, rest)) = text.split_once("\n\n").map(|(a, b)| (a.to_owned(), b.to_owned())) {
                    text = rest;
                    let data = event.lines().find_map(|line| line.strip_prefix("data:"));
                    if let Some(data) = data {
                        // Nobody waits for it any more when the measurement is over.
                        let _told = told.send((Instant::now(), data.trim().to_owned()));
                    }
                }
            }
        });
        (hear, reading)
    }

    async fn measure(&self, pairs: &[Pair], others: &[String], streams: usize) -> (Figures, f64) {
        let before = self.memory();
        let mut open = Vec::new();
        for n in 0..streams.saturating_sub(1) {
            open.push(self.stream(&others[n / EACH]).await);
        }
        let (mut hear, reading) = self.stream(&pairs[0].reader).await;
        let each = (self.memory() - before) / streams as f64;
        let (p50, p99) = self.paced(&pairs[0], &mut hear).await;
        let (accepted, cpu) = self.loaded(pairs, LOADED).await;
        // Each time somebody else: nobody may say too much.
        let alone = &pairs[streams % pairs.len()..][..1];
        let (alone, _) = self.loaded(alone, LOADED / 2).await;
        for (_, reading) in open {
            reading.abort();
        }
        reading.abort();
        tokio::time::sleep(Duration::from_millis(200)).await;
        (Figures { accepted, cpu, alone, p50, p99 }, each)
    }

    async fn paced(&self, pair: &Pair, hear: &mut UnboundedReceiver<(Instant, String)>) -> (f64, f64) {
        let (mut writes, mut reads) =
            (Line::open(self.address, &pair.writer).await, Line::open(self.address, &pair.reader).await);
        let mut cursor = self.cursor(&mut reads).await;
        let mut took = Vec::new();
        for _ in 0..PACED {
            while hear.try_recv().is_ok() {}
            let (key, body) = Pair::words(self.kind);
            let began = Instant::now();
            let saying = writes.call("POST", &pair.path, &key, body);
            let delivered = async {
                loop {
                    let (at, told) = hear.recv().await.expect("a stream");
                    if self.kind != Kind::Ours {
                        return at;
                    }
                    let Ok(Signal::Events { cursor: newest }) = serde_json::from_str(&told) else { continue };
                    if newest <= cursor {
                        continue;
                    }
                    let asked = format!("/v1/events?after={cursor}");
                    let (_, page) = reads.call("GET", &asked, "", String::new()).await;
                    let page: EventPage = serde_json::from_str(&page).expect("our own types");
                    cursor = page.cursor;
                    let has =
                        |event: &Event| matches!(event, Event::MessagePosted { message } if message.id.as_str() == key);
                    if page.events.iter().any(|envelope| has(&envelope.event)) {
                        return Instant::now();
                    }
                }
            };
            let (_, at) = tokio::join!(saying, delivered);
            took.push((at - began).as_secs_f64() * 1_000.0);
            tokio::time::sleep(PACE).await;
        }
        took.sort_by(f64::total_cmp);
        (took[took.len() / 2], took[took.len() * 99 / 100])
    }

    async fn cursor(&self, line: &mut Line) -> u64 {
        if self.kind != Kind::Ours {
            return 0;
        }
        let mut cursor = 0;
        loop {
            let (_, page) = line.call("GET", &format!("/v1/events?after={cursor}"), "", String::new()).await;
            let page: EventPage = serde_json::from_str(&page).expect("our own types");
            cursor = page.cursor;
            if !page.more {
                return cursor;
            }
        }
    }

    async fn loaded(&self, pairs: &[Pair], time: Duration) -> (f64, f64) {
        let before = self.cpu();
        let accepted = Arc::new(AtomicU64::new(0));
        let end = Instant::now() + time;
        let mut writing = Vec::new();
        for pair in pairs.iter().cloned() {
            let (accepted, kind) = (accepted.clone(), self.kind);
            let mut line = Line::open(self.address, &pair.writer).await;
            writing.push(tokio::spawn(async move {
                while Instant::now() < end {
                    let (key, body) = Pair::words(kind);
                    line.call("POST", &pair.path, &key, body).await;
                    accepted.fetch_add(1, Ordering::Relaxed);
                }
            }));
        }
        for writer in writing {
            writer.await.expect("a writer that is answered");
        }
        let accepted = accepted.load(Ordering::Relaxed) as f64;
        (accepted / time.as_secs_f64(), (self.cpu() - before) / accepted)
    }

    /// What the process has used of the processors so far, in microseconds.
    fn cpu(&self) -> f64 {
        let stat = format!("/proc/{}/stat", self.process.id().expect("a process that runs"));
        let stat = std::fs::read_to_string(stat).expect("readable");
        // Behind the name, in hundredths of a second: the twelfth and the thirteenth.
        let (_, rest) = stat.rsplit_once(')').expect("a name");
        let ticks = rest.split_whitespace().skip(11).take(2).map(|text| text.parse::<f64>().expect("a number"));
        ticks.sum::<f64>() * 10_000.0
    }

    /// The file of the database, in bytes.
    fn size(&self) -> f64 {
        std::fs::metadata(&self.database).map_or(0.0, |file| file.len() as f64)
    }

    /// Resident memory, in bytes.
    fn memory(&self) -> f64 {
        let status = format!("/proc/{}/status", self.process.id().expect("a process that runs"));
        let status = std::fs::read_to_string(status).expect("readable");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its size");
        line.trim().trim_end_matches(" kB").parse::<f64>().expect("a number") * 1_024.0
    }
}

async fn begin(command: &mut Command) -> (Child, SocketAddr) {
    let mut process = command.spawn().expect("a program that starts");
    let mut first = String::new();
    BufReader::new(process.stdout.take().expect("asked for")).read_line(&mut first).await.expect("readable");
    let address = first.trim().strip_prefix("listening on http://").expect("it listens").parse();
    (process, address.expect("an address"))
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

#[tokio::main]
async fn main() {
    let mut words = std::env::args().skip(1);
    let ours: PathBuf = words.next().expect("the server").into();
    let floor: PathBuf = words.next().expect("the floor").into();
    let rounds: usize = words.next().and_then(|text| text.parse().ok()).unwrap_or(3);
    // What was found: for each count of streams, and for each of the three, what each round came to.
    let mut found: Vec<[Vec<Figures>; 3]> = STREAMS.iter().map(|_| [const { Vec::new() }; 3]).collect();
    let mut kept = [const { Vec::new() }; 3];
    let (mut cold, mut memory) = ([const { Vec::new() }; 3], [const { Vec::new() }; 3]);
    for round in 0..rounds {
        let mut order = [(Kind::Ours, &ours), (Kind::Floor, &floor), (Kind::SameWrites, &floor)];
        order.rotate_left(round % 3);
        for (kind, program) in order {
            let running = Running::start(kind, program).await;
            let (pairs, others) = running.people().await;
            cold[kind as usize].push(running.cold);
            let (said, size) = (NUMBER.load(Ordering::Relaxed), running.size());
            for (at, streams) in STREAMS.into_iter().enumerate() {
                let (figures, each) = running.measure(&pairs, &others, streams).await;
                found[at][kind as usize].push(figures);
                if streams == 1_000 {
                    memory[kind as usize].push(each);
                }
            }
            let messages = (NUMBER.load(Ordering::Relaxed) - said).max(1);
            kept[kind as usize].push((running.size() - size) / messages as f64);
        }
    }
    let [ours_kept, floor_kept, _] = kept.map(median);
    println!("| | floor | ours | ratio | budget | |\n|---|--:|--:|--:|--:|---|");
    let row =
        |name: String, pick: &dyn Fn(&Figures) -> f64, both: &[Vec<Figures>; 3], than: Kind, least: Option<f64>| {
            let [ours, floor] =
                [&both[Kind::Ours as usize], &both[than as usize]].map(|all| median(all.iter().map(pick).collect()));
            line(&name, floor, ours, least);
        };
    for (streams, both) in STREAMS.iter().zip(&found) {
        let title = |what: &str| format!("{streams} streams: {what}");
        row(title("accepted, messages a second"), &|all| all.accepted, both, Kind::Floor, None);
        row(title("the same writes"), &|all| all.accepted, both, Kind::SameWrites, Some(0.8));
        row(title("one writer, the same writes"), &|all| all.alone, both, Kind::SameWrites, None);
        row(title("the server's CPU for each, µs"), &|all| all.cpu, both, Kind::SameWrites, None);
        row(title("send to delivery, p50, ms"), &|all| all.p50, both, Kind::Floor, None);
        row(title("send to delivery, p99, ms"), &|all| all.p99, both, Kind::Floor, None);
    }
    let [ours, floor, _] = memory.map(|each| 1e9 / median(each).max(1.0));
    line("streams in a GB of memory", floor, ours, None);
    let [ours, floor, _] = cold.map(median);
    line("cold start, ms", floor, ours, None);
    line("kept of a message, bytes", floor_kept, ours_kept, None);
}

fn line(name: &str, floor: f64, ours: f64, least: Option<f64>) {
    let digits = if floor < 100.0 { 1 } else { 0 };
    let ratio = ours / floor;
    let (budget, verdict) = match least {
        Some(least) => (format!("≥ {least}"), if ratio >= least { "kept" } else { "**over**" }),
        None => (String::new(), ""),
    };
    println!("| {name} | {floor:.digits$} | {ours:.digits$} | {ratio:.2} | {budget} | {verdict} |");
}
