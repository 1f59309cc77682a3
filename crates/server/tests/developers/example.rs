//! The example of the documentation really sells: against the program itself, with a buyer who pays through the API.

#[path = "../support/browser.rs"]
mod browser;

use serde_json::{Value, json};
use server::webhooks::signature;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

fn script() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/examples/sell.mjs")
}

/// A program, ended with the test however that ends.
fn start(command: &mut Command) -> (Child, Lines<BufReader<ChildStdout>>) {
    let started = command.stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true).spawn();
    let mut child = started.expect("it is installed");
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    (child, lines)
}

async fn line(lines: &mut Lines<BufReader<ChildStdout>>, word: &str) -> String {
    let line = lines.next_line().await.unwrap().unwrap_or_default();
    line.strip_prefix(word).unwrap_or_else(|| panic!("{word}: {line}")).trim().to_owned()
}

/// Somebody who is signed in with a browser.
struct Person {
    address: SocketAddr,
    cookie: String,
}

impl Person {
    async fn sign_in(address: SocketAddr, handle: &str) -> Self {
        let answer = browser::send(address, None, sign_in(handle)).await.unwrap();
        Self { address, cookie: cookie_in(&answer) }
    }

    async fn call(&self, method: &str, path: &str, body: Value) -> Value {
        let request =
            http::Request::builder().method(method).uri(path).header("idempotency-key", path.replace('/', "-"));
        let request = request.body(if method == "GET" { String::new() } else { body.to_string() }).unwrap();
        let answer = browser::send(self.address, Some(&self.cookie), request).await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.body());
        serde_json::from_str(answer.body()).unwrap()
    }
}

#[tokio::test]
async fn the_example_asks_is_paid_and_says_thank_you() {
    let words = ["--demo", "--database", "memory", "--listen", "127.0.0.1:0"];
    let mut program = Command::new(env!("CARGO_BIN_EXE_bottega-server"));
    let (_server, mut said) = start(program.args(words).stderr(Stdio::null()));
    let url = line(&mut said, "listening on").await;
    let address: SocketAddr = url.trim_start_matches("http://").parse().unwrap();
    let kai = Person::sign_in(address, "kai.shapes").await;
    let key = kai.call("POST", "/v1/keys", json!({ "name": "The example" })).await;

    let mut node = Command::new("node");
    node.arg(script()).args(["--to", "maya.torres", "--item", "Mug", "--minor", "2500", "--listen", "0"]);
    node.env("BOTTEGA_URL", &url).env("BOTTEGA_KEY", key["secret"].as_str().unwrap());
    let (mut example, mut said) = start(&mut node);
    let asked = line(&mut said, "asked").await;
    let (request, hook) = asked.split_once(' ').unwrap();

    // Somebody who knows the address, but not the secret, says that it is paid.
    let hook: SocketAddr = hook.trim_start_matches("http://").trim_end_matches('/').parse().unwrap();
    let body = json!({ "event": { "event": { "type": "payment_authorised" } } }).to_string();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let at = i64::try_from(now.as_secs()).unwrap();
    let forged = http::Request::post("/").header("bottega-delivery", "dlv_forged");
    let forged = forged.header("bottega-signature", format!("t={at},v1={}", signature("whs_guessed", at, &body)));
    assert_eq!(browser::send(hook, None, forged.body(body).unwrap()).await.unwrap().status(), 400);
    line(&mut said, "refused").await;

    let maya = Person::sign_in(address, "maya.torres").await;
    let wallet = maya.call("GET", "/v1/wallet", Value::Null).await;
    let pay = json!({
        "revision": 1,
        "delivery": 0,
        "total": { "minor": 3_000, "currency": "USD" },
        "method": wallet["methods"][0]["id"],
        "address": wallet["addresses"][0]["id"],
    });
    maya.call("POST", &format!("/v1/payment-requests/{request}/pay"), pay).await;
    assert!(line(&mut said, "paid").await.starts_with("ord_"));
    line(&mut said, "thanked").await;
    assert!(example.wait().await.unwrap().success());
    let thread = maya.call("GET", &format!("/v1/threads-of/{request}"), Value::Null).await;
    let rows =
        maya.call("GET", &format!("/v1/threads/{}/messages?limit=5", thread.as_str().unwrap()), Value::Null).await;
    assert!(rows.to_string().contains("Your Mug is being packed."), "{rows}");
}

#[tokio::test]
async fn the_example_believes_only_what_is_signed_and_fresh() {
    let (secret, at, body) = ("whs_secret", 1_788_255_000, "{\"cursor\":7}");
    let good = format!("t={at},v1={}", signature(secret, at, body));
    let stale = format!("t={},v1={}", at - 301, signature(secret, at - 301, body));
    let told = [
        (good.as_str(), body, true),
        (good.as_str(), "{\"cursor\":8}", false),
        (stale.as_str(), body, false),
        (&good.replace("v1=", "v0="), body, false),
        (&good[..good.len() - 1], body, false),
        (&format!("t={},{}", at + 1, good.split_once(',').unwrap().1), body, false),
        ("", body, false),
    ];
    let cases: Vec<_> = told.iter().map(|(header, body, _)| json!([header, body])).collect();
    let check = format!(
        "import('{}').then(({{ isGenuine }}) => console.log(JSON.stringify({}.map(([header, body]) => \
         isGenuine('{secret}', header, body, {at}))))).catch((error) => console.log(error.message))",
        script().canonicalize().unwrap().display(),
        json!(cases),
    );
    let output = Command::new("node").args(["-e", &check]).output().await.unwrap();
    let answers: Vec<bool> = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    assert_eq!(answers, told.map(|(_, _, is_genuine)| is_genuine));
}

/// Asks to be signed in as somebody of the demo.
fn sign_in(handle: &str) -> http::Request<String> {
    let request = http::Request::post("/v1/sign-in/demo").header("idempotency-key", "sign-in");
    request.body(format!("{{\"handle\":\"{handle}\"}}")).expect("a request")
}

/// What a browser brings from then on.
fn cookie_in(response: &http::Response<String>) -> String {
    let cookie = response.headers().get("set-cookie").and_then(|cookie| cookie.to_str().ok());
    let cookie = cookie.and_then(|cookie| cookie.split(';').next());
    cookie.unwrap_or_else(|| panic!("signed in: {}", response.body())).to_owned()
}
