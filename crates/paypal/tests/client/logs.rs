//! What the log says of a call, and what it must not.

use crate::wire::{Then, Wire, answer};
use paypal::{Label, NewRefund};
use serde_json::json;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;

const TOKEN: &[u8] = br#"{"access_token":"hidden-token","expires_in":32400}"#;

/// All that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

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

/// What refunding logs, down to the last detail of every crate, when PayPal does this.
async fn logged(then: Then) -> String {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let wire = Wire::start(|_| answer(200, "", TOKEN), move |_, _| then.clone()).await;
    let refund = NewRefund { note_to_payer: Label::cut("For Jane of Main Street"), ..NewRefund::default() };
    let _any = wire.client().refund("rf_1", "7CA", &refund).await;
    drop(guard);
    String::from_utf8(log.0.lock().expect("no panic while logging").clone()).expect("text")
}

#[tokio::test]
async fn a_call_is_logged_by_name_status_and_debug_id_and_nothing_secret() {
    let debug = "paypal-debug-id: f00d\r\n";
    let refund = json!({"id": "8RE", "status": "COMPLETED", "note_to_payer": "For Jane of Main Street"}).to_string();
    let refusal = json!({"name": "UNPROCESSABLE_ENTITY", "debug_id": "b0d1", "message": "Jane of Main Street has no money",
        "details": [{"issue": "REFUND_FAILED_INSUFFICIENT_FUNDS", "value": "Jane", "description": "Jane"}]});
    let cases = [
        (answer(201, debug, refund.as_bytes()), vec!["call=\"refund\"", "status=201", "f00d"]),
        (answer(201, debug, b"Jane {"), vec!["call=\"refund\"", "status=201", "f00d", "not what was asked"]),
        (
            answer(422, "", refusal.to_string().as_bytes()),
            vec!["status=422", "b0d1", "REFUND_FAILED_INSUFFICIENT_FUNDS"],
        ),
        (answer(500, debug, b"Jane"), vec!["status=500", "f00d"]),
        (Then::Ends, vec!["call=\"refund\"", "PayPal did not answer"]),
    ];
    for (then, told) in cases {
        let log = logged(then).await;
        assert!(log.contains("call=\"token\"") && log.contains("status=200"), "{log}");
        for word in told {
            assert!(log.contains(word), "{word} in {log}");
        }
        // The keys, in both spellings; the token; what was said and answered of people.
        for word in ["secret", "Y2xpZW50OnNlY3JldA", "hidden-token", "Jane", "Main Street"] {
            assert!(!log.contains(word), "{word} in {log}");
        }
    }
}
