//! The program itself: what it says when it starts, and how it ends.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_bottega-server"));
    program.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    program
}

/// Started, and ended with the test however that ends.
struct Running {
    process: Child,
    address: String,
}

impl Running {
    fn start(words: &[&str]) -> Self {
        let mut process = program().args(["--listen", "127.0.0.1:0"]).args(words).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let address = first.trim().strip_prefix("listening on http://").expect("the first line says where").to_owned();
        Self { process, address }
    }

    async fn get(&self, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).await.unwrap();
        stream.write_all(format!("GET {path} HTTP/1.1\r\nhost: a\r\n\r\n").as_bytes()).await.unwrap();
        stream
    }

    /// What comes until `end` is in it.
    async fn until(stream: &mut TcpStream, end: &str) -> String {
        let (mut text, mut bytes) = (String::new(), [0; 4_096]);
        while !text.contains(end) {
            let length = stream.read(&mut bytes).await.unwrap();
            assert_ne!(length, 0, "it ended before {end}: {text}");
            text.push_str(&String::from_utf8_lossy(&bytes[..length]));
        }
        text
    }

    /// As whoever runs it would: and its code, and its log.
    fn terminate(&mut self) -> (Option<i32>, String) {
        assert!(Command::new("kill").arg(self.process.id().to_string()).status().unwrap().success());
        let code = self.process.wait().unwrap().code();
        let mut log = String::new();
        self.process.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        (code, log)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already where the test went well.
        let _ended = self.process.kill().and_then(|()| self.process.wait());
    }
}

fn refused(words: &[&str]) -> String {
    let Output { status, stdout, stderr } = program().args(words).output().unwrap();
    assert!(!status.success());
    assert!(stdout.is_empty());
    String::from_utf8(stderr).unwrap()
}

/// A folder with a page in it.
struct Dist(PathBuf);

impl Dist {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("bottega-process-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("index.html"), r#"<meta name="api" content="embedded"><p>the page</p>"#).unwrap();
        Self(folder)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Dist {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

#[test]
fn what_cannot_work_is_said_in_a_line_before_anything_starts() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let busy = taken.local_addr().unwrap().to_string();
    for (words, said) in [
        (["--listen", busy.as_str()], busy.as_str()),
        (["--app", "/nothing/here"], "/nothing/here"),
        (["--origin", "http://bottega.example"], "https://"),
        (["--database", "oracle"], "--database oracle"),
    ] {
        let listen: &[&str] = if words[0] == "--listen" { &[] } else { &["--listen", "127.0.0.1:0"] };
        let line = refused(&[listen, &words].concat());
        assert_eq!(line.lines().count(), 1, "{line}");
        assert!(line.starts_with("bottega-server: ") && line.contains(said), "{line}");
    }
}

#[tokio::test]
async fn told_to_end_it_ends_its_streams_and_itself() {
    let mut running = Running::start(&["--demo", "--log", "json", "--database", "memory"]);
    let body = r#"{"handle":"maya.torres"}"#;
    let mut stream = TcpStream::connect(&running.address).await.unwrap();
    let head =
        "POST /v1/sign-in/demo HTTP/1.1\r\nhost: a\r\nsec-fetch-site: same-origin\r\ncontent-type: application/json";
    stream.write_all(format!("{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).as_bytes()).await.unwrap();
    let answer = Running::until(&mut stream, "maya.torres").await;
    let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")?.split(';').next()).unwrap();

    let asked = format!("GET /v1/stream HTTP/1.1\r\nhost: a\r\ncookie: {cookie}\r\n\r\n");
    stream.write_all(asked.as_bytes()).await.unwrap();
    Running::until(&mut stream, "retry").await;

    let (code, log) = running.terminate();
    assert_eq!(code, Some(0));
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.unwrap();
    assert!(rest.ends_with(b"0\r\n\r\n"), "the stream has an end of its own: {:?}", String::from_utf8_lossy(&rest));
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.iter().any(|line| line["fields"]["route"] == "/v1/stream"), "{log}");
    assert!(!log.contains("maya"));
}

#[tokio::test]
async fn files_alone_are_served_as_they_were_built_and_without_an_api() {
    let dist = Dist::new("static");
    let mut running = Running::start(&["--static", "--app", dist.path()]);
    let page = Running::until(&mut running.get("/inbox").await, "the page").await;
    assert!(page.contains("HTTP/1.1 200") && page.contains(r#"content="embedded""#) && page.contains("default-src"));
    assert!(Running::until(&mut running.get("/v1/me").await, "\r\n\r\n").await.contains("HTTP/1.1 404"));
    assert!(Running::until(&mut running.get("/metrics").await, "the page").await.contains("HTTP/1.1 200"));
    assert_eq!(running.terminate().0, Some(0));
}

#[tokio::test]
async fn an_app_and_its_api_are_served_together() {
    let dist = Dist::new("both");
    let mut running = Running::start(&["--demo", "--database", "memory", "--app", dist.path()]);
    let page = Running::until(&mut running.get("/").await, "the page").await;
    assert!(page.contains(r#"content="fetch""#), "{page}");
    assert!(Running::until(&mut running.get("/v1/me").await, "signed_out").await.contains("HTTP/1.1 401"));
    assert!(Running::until(&mut running.get("/readyz").await, "ready").await.contains("HTTP/1.1 200"));
    assert_eq!(running.terminate().0, Some(0));
}
