//! A server at the level of bytes: it gives out tokens, and for everything else does what a test wants, also what no server
//! would.

use paypal::{PayPal, Settings};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What becomes of a call, once it was read.
#[derive(Clone, Debug)]
pub enum Then {
    /// These bytes, and the connection ends.
    Bytes(Vec<u8>),
    /// Nothing, and the connection ends.
    Ends,
    /// Nothing, and the connection stays.
    Silence,
}

/// What a server does for a call with this bearer, of which it is the n-th.
type Script = Arc<dyn Fn(&str, usize) -> Then + Send + Sync>;

pub struct Wire {
    address: String,
    /// How often something was asked: tokens, and everything else.
    counts: Arc<Mutex<(usize, usize)>>,
    listens: JoinHandle<()>,
}

/// An answer with this status and body.
pub fn answer(status: u16, headers: &str, body: &[u8]) -> Then {
    let head =
        format!("HTTP/1.1 {status} Said\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n", body.len());
    Then::Bytes([head.as_bytes(), body].concat())
}

/// A token that lasts for so many seconds.
pub fn token(number: usize, seconds: u64) -> Then {
    answer(200, "", format!(r#"{{"access_token":"A{number}","expires_in":{seconds}}}"#).as_bytes())
}

impl Wire {
    /// A server that gives tokens by `tokens`, and does `then` for everything else.
    pub async fn start(
        tokens: impl Fn(usize) -> Then + Send + Sync + 'static,
        then: impl Fn(&str, usize) -> Then + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port of this machine");
        let address = format!("http://{}", listener.local_addr().expect("bound"));
        let counts = Arc::new(Mutex::new((0, 0)));
        let (counted, then): (_, Script) = (counts.clone(), Arc::new(then));
        let tokens = Arc::new(tokens);
        let listens = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (counted, tokens, then) = (counted.clone(), tokens.clone(), then.clone());
                tokio::spawn(async move { serve(stream, &counted, &*tokens, &*then).await });
            }
        });
        Self { address, counts, listens }
    }

    /// One that always does the same.
    pub async fn saying(then: Then) -> Self {
        Self::start(|number| token(number, 32_400), move |_, _| then.clone()).await
    }

    pub fn client(&self) -> PayPal {
        self.client_waiting(Duration::from_secs(10))
    }

    pub fn client_waiting(&self, timeout: Duration) -> PayPal {
        let settings = Settings::new(&self.address, "client", "secret").expect("loopback");
        PayPal::new(Settings { timeout, ..settings }).expect("a client")
    }

    /// Nobody listens any more.
    pub async fn end(self) {
        self.listens.abort();
        // Aborted, as asked.
        let _ended = self.listens.await;
    }

    /// How often tokens were asked for, and everything else.
    pub fn counts(&self) -> (usize, usize) {
        *self.counts.lock().expect("no panic while counting")
    }
}

async fn serve(
    mut stream: TcpStream,
    counts: &Mutex<(usize, usize)>,
    tokens: &(dyn Fn(usize) -> Then + Send + Sync),
    then: &(dyn Fn(&str, usize) -> Then + Send + Sync),
) {
    let Some(head) = read(&mut stream).await else { return };
    let bearer = head.lines().find_map(|line| line.strip_prefix("authorization: Bearer ")).unwrap_or_default();
    let next = {
        let mut counts = counts.lock().expect("no panic while counting");
        if head.starts_with("POST /v1/oauth2/token ") {
            counts.0 += 1;
            tokens(counts.0)
        } else {
            counts.1 += 1;
            then(bearer, counts.1)
        }
    };
    match next {
        Then::Bytes(bytes) => {
            // Whoever has gone needs no answer.
            let _gone = stream.write_all(&bytes).await;
            let _gone = stream.shutdown().await;
        }
        Then::Ends => {}
        Then::Silence => std::future::pending().await,
    }
}

/// Reads one request whole, and gives its head.
async fn read(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            let mut rest = vec![0; (end + 4 + length.unwrap_or(0)).saturating_sub(bytes.len())];
            stream.read_exact(&mut rest).await.ok()?;
            return Some(head);
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
}
