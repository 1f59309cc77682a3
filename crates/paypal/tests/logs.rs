//! What the log says of a call, and what it must not. A program of its own: whether a line is logged at all is decided once for
//! a process, and other tests would decide it.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use paypal::{Label, NewRefund, PayPal, Settings};
use serde_json::json;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;

/// All that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn take(&self) -> String {
        let bytes = std::mem::take(&mut *self.0.lock().expect("no panic while logging"));
        String::from_utf8(bytes).expect("text")
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic while logging").extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;
    fn make_writer(&self) -> Self {
        self.clone()
    }
}

type Said = (u16, String);

async fn say(State((status, body)): State<Said>, request: Request) -> Response {
    if request.uri().path() == "/v1/oauth2/token" {
        return r#"{"access_token":"hidden-token","expires_in":32400}"#.into_response();
    }
    (StatusCode::from_u16(status).expect("a status"), [("paypal-debug-id", "f00d")], body).into_response()
}

/// Refunds, when PayPal says this to it.
async fn refund(said: Said) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port of this machine");
    let base = format!("http://{}", listener.local_addr().expect("bound"));
    let router = Router::new().fallback(say).with_state(said);
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    let client = PayPal::new(Settings::new(&base, "client", "secret").expect("loopback")).expect("a client");
    let refund = NewRefund { note_to_payer: Label::cut("For Jane of Main Street"), ..NewRefund::default() };
    // What comes of it is another test's business.
    let _any = client.refund("rf_1", "7CA", &refund).await;
    server.abort();
}

#[tokio::test]
async fn a_call_is_logged_by_name_status_and_debug_id_and_nothing_secret() {
    let log = Log::default();
    let all = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false);
    all.with_writer(log.clone()).init();
    let done = json!({"id": "8RE", "status": "COMPLETED", "note_to_payer": "For Jane of Main Street"});
    let refused = json!({"name": "UNPROCESSABLE_ENTITY", "message": "Jane of Main Street has no money",
        "details": [{"issue": "REFUND_FAILED_INSUFFICIENT_FUNDS", "value": "Jane", "description": "Jane"}]});
    for (status, body, told) in [
        (201, done.to_string(), "PayPal answered"),
        (201, "Jane {".to_owned(), "PayPal is not understood"),
        (201, r#"{"id":"8RE","status":["Jane"]}"#.to_owned(), "PayPal is not understood"),
        (422, refused.to_string(), "REFUND_FAILED_INSUFFICIENT_FUNDS"),
        (500, "Jane".to_owned(), "PayPal did not do it"),
        (400, json!({"name": "INVALID_REQUEST"}).to_string(), "PayPal did not do it"),
        (403, json!({"name": "NOT_AUTHORIZED"}).to_string(), "PayPal does not take our keys"),
    ] {
        refund((status, body)).await;
        let log = log.take();
        for word in [r#"call="token" status=200"#, &format!(r#"call="refund" status={status}"#), "f00d", told] {
            assert!(log.contains(word), "{word} in {log}");
        }
        let bad = log.lines().filter(|line| line.contains("WARN") || line.contains("ERROR"));
        assert_eq!(bad.count(), usize::from(told != "PayPal answered"), "one line for what went wrong: {log}");
        let all = log.lines().filter(|line| line.contains(r#"call="refund""#)).count();
        assert!(status < 400 || all == 1, "one line for what was refused: {log}");
        // The keys, in both spellings; the token; what was said and answered of people.
        for word in ["secret", "Y2xpZW50OnNlY3JldA", "hidden-token", "Jane", "Main Street"] {
            assert!(!log.contains(word), "{word} in {log}");
        }
    }
}
