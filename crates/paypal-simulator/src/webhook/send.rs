//! Deliveries over HTTP: one after the other, and those that fail again later.

use anyhow::{Context, Result, ensure};
use http::header::{CONTENT_TYPE, HOST, USER_AGENT};
use http::{Method, Request};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};
use tokio::time::{sleep, timeout};
use url::Url;

/// The longest that an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// One event with its proof.
#[derive(Clone, Debug)]
pub(crate) struct Delivery {
    pub(crate) headers: [(&'static str, String); 5],
    pub(crate) body: String,
    pub(crate) tries: u32,
}

/// Where deliveries go, and how often.
#[derive(Clone, Debug)]
pub(crate) struct Addressee {
    pub(crate) url: Url,
    pub(crate) tries: u32,
    pub(crate) pause: Duration,
}

impl Addressee {
    /// Plain HTTP: whoever is told is on this machine.
    pub(crate) fn parse(url: &str, tries: u32, pause: Duration) -> Result<Self> {
        let url = Url::parse(url).with_context(|| format!("{url} is no address"))?;
        ensure!(url.scheme() == "http" && url.has_host(), "webhooks go to an http address, not to {url}");
        Ok(Self { url, tries, pause })
    }
}

/// Sends what comes, in its order. What fails comes back through `again` after a pause, and holds up nobody.
pub(crate) async fn deliver(
    addressee: Addressee,
    mut incoming: UnboundedReceiver<Delivery>,
    again: UnboundedSender<Delivery>,
) {
    while let Some(mut delivery) = incoming.recv().await {
        let sent = timeout(PATIENCE, post(&addressee.url, &delivery)).await;
        let Err(why) = sent.context("no answer in time").and_then(|sent| sent) else { continue };
        delivery.tries += 1;
        if delivery.tries >= addressee.tries {
            eprintln!("a webhook is given up: {why:#}");
            continue;
        }
        let (again, pause) = (again.clone(), addressee.pause);
        tokio::spawn(async move {
            sleep(pause).await;
            // The simulator may have ended meanwhile.
            drop(again.send(delivery));
        });
    }
}

async fn post(url: &Url, delivery: &Delivery) -> Result<()> {
    let (host, port) = (url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or(80));
    let stream = TcpStream::connect((host.trim_matches(['[', ']']), port)).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);
    let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(HOST, format!("{host}:{port}"))
        .header(USER_AGENT, "PayPal/AUHD-simulator")
        .header(CONTENT_TYPE, "application/json");
    for (name, value) in &delivery.headers {
        request = request.header(*name, value);
    }
    let answer = sender.send_request(request.body(delivery.body.clone())?).await;
    connection.abort();
    let status = answer?.status();
    ensure!(status.is_success(), "{url} answers {status}");
    Ok(())
}
