//! A shop whose parcels EasyPost tells of, and what it tells.

use super::fake::Fake;
use api::app::App;
use api::contract::{Dial, Person, Wire, World};
use api::router;
use api::store::{Answering, KvStore, MemoryKv, Store};
use api::wire::{Ship, TestBehaviour};
use axum::body::Body;
use axum::http::Request;
use domain::carrier::Carrier;
use domain::event::Event;
use domain::ids::{AccountId, OrderId, ThreadId};
use domain::order::{Order, Shipment, TrackingStatus};
use domain::time::{Span, Timestamp};
use domain::timeline::RowItem;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use server::accounts::Accounts;
use server::config::Config;
use server::easypost::{ApiKey, Base, EasyPost, WebhookSecret, routes};
use server::live::Hub;
use server::{Server, http};
use sha2::Sha256;
use std::sync::Arc;
use tower::ServiceExt;

pub const NUMBER: &str = "1Z5R89390357567127";
const SECRET: &str = "s\u{e9}cret";
/// The secret in the form that EasyPost signs with, to the byte.
const SECRET_IN_NFKD: &[u8] = b"se\xcc\x81cret";

/// The shop and its EasyPost.
pub struct Shop {
    pub world: World,
    pub fake: Fake,
    easypost: EasyPost,
}

/// Whether a server was started with EasyPost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Configured {
    Yes,
    No,
}

/// A parcel that was handed over.
#[derive(Clone, Debug)]
pub struct Sent {
    pub thread: ThreadId,
    pub order: OrderId,
    pub at: Timestamp,
}

/// What a delivery is signed with.
pub fn signature(secret: &[u8], body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("a key of any length");
    mac.update(body.as_bytes());
    format!("hmac-sha256-hex={}", domain::text::hex(&mac.finalize().into_bytes()))
}

/// A scan in EasyPost's words, so many hours after a time.
pub fn scan(since: Timestamp, hours: i64, status: &str) -> Value {
    json!({ "object": "TrackingDetail", "datetime": since.plus(Span::hours(hours)).to_string(), "status": status,
        "status_detail": "unknown", "message": "…", "source": "UPS",
        "tracking_location": { "city": "Encinitas", "state": "CA", "country": "US", "zip": null } })
}

/// A delivery about a tracker.
pub fn told(tracker: &str, scans: &[Value]) -> Value {
    json!({ "id": "evt_1", "object": "Event", "description": "tracker.updated", "mode": "production",
        "result": { "id": tracker, "object": "Tracker", "tracking_code": NUMBER, "carrier": "UPS",
            "status": "in_transit", "est_delivery_date": null, "tracking_details": scans } })
}

impl Shop {
    pub async fn new() -> Self {
        let store: Arc<dyn Store> = Arc::new(KvStore::open(MemoryKv::default()).await.expect("empty"));
        let fake = Fake::start().await;
        let (base, key) = (Base::parse(&fake.url).expect("loopback"), ApiKey::parse("EZAK1").expect("a key"));
        let secret = WebhookSecret::parse(SECRET).expect("a secret");
        let easypost = EasyPost::new(base, key, secret, store.clone()).expect("a client");
        let followed = {
            let easypost = easypost.clone();
            move |app: App| App { carrier: Some(Arc::new(easypost.clone())), ..app }
        };
        let dial: Dial = {
            let followed = followed.clone();
            Arc::new(move |app: App, caller: Option<AccountId>| -> Answering<'static, Wire> {
                let app = followed(app);
                Box::pin(async move { Wire::in_process(router(app), caller) })
            })
        };
        let mut world = World::dialled(store, dial).await;
        world.app = followed(world.app);
        Self { world, fake, easypost }
    }

    /// Kai's board is paid and handed over; what that leads to is worked off.
    pub async fn kai_ships(&self) -> Sent {
        let (thread, _, order) = self.world.captured().await;
        self.ship(&self.world.seller, thread, order).await
    }

    /// The same in Terra's shop.
    pub async fn terra_ships(&self) -> Sent {
        let (thread, request) = self.world.asked_by_terra(86_400).await;
        let payment = self.world.tap_pay(&request, TestBehaviour::Approve).await;
        self.world.settle().await;
        self.world.pass(5 * 60).await;
        let order = self.world.state(&thread).await.order_of(&payment).expect("an order").id.clone();
        self.ship(&self.world.other_seller, thread, order).await
    }

    async fn ship(&self, seller: &Person, thread: ThreadId, order: OrderId) -> Sent {
        let contents = self.world.state(&thread).await.orders[&order].unshipped();
        let tracking = Some(NUMBER.parse().expect("a number"));
        let ship = Ship { contents, carrier: Carrier::Ups, tracking };
        seller.api.ship(&self.world.key(), &order, &ship).await.expect("handed over");
        self.world.settle().await;
        Sent { thread, order, at: self.world.app.now().await.expect("readable") }
    }

    pub async fn order(&self, sent: &Sent) -> Order {
        self.world.state(&sent.thread).await.orders[&sent.order].clone()
    }

    pub async fn parcel(&self, sent: &Sent) -> Shipment {
        self.order(sent).await.shipments[0].clone()
    }

    /// Delivers bytes with a signature, or without one; the status of the answer.
    pub async fn deliver(&self, body: &str, signature: Option<&str>) -> u16 {
        let mut request = Request::builder().method("POST").uri("/hooks/easypost");
        if let Some(signature) = signature {
            request = request.header("x-hmac-signature", signature);
        }
        let request = request.body(Body::from(body.to_owned())).expect("a request");
        let server = routes(self.world.app.clone(), self.easypost.clone());
        server.oneshot(request).await.expect("infallible").status().as_u16()
    }

    /// EasyPost tells; the status of the answer.
    pub async fn tell(&self, event: &Value) -> u16 {
        let body = event.to_string();
        self.deliver(&body, Some(&signature(SECRET_IN_NFKD, &body))).await
    }

    /// Asks a whole server, without a signature; the status of the answer.
    pub async fn whole(&self, easypost: Configured, path: &str) -> u16 {
        let config = Config::local(([127, 0, 0, 1], 8080).into());
        let server = Server {
            accounts: Accounts::new(self.world.app.clone(), &config),
            app: self.world.app.clone(),
            hub: Hub::default(),
            paypal: None,
            easypost: (easypost == Configured::Yes).then(|| self.easypost.clone()),
            config: Arc::new(config),
        };
        // As from a page of its own, which is let in everywhere.
        let request = Request::builder().method("POST").uri(path).header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "application/json").body(Body::from("{}")).expect("a request");
        http::router(&server).expect("no app to read").oneshot(request).await.expect("infallible").status().as_u16()
    }

    /// What the conversation says of the way of its parcel.
    pub async fn lines(&self, sent: &Sent) -> Vec<TrackingStatus> {
        let rows = self.world.app.store.rows(&sent.thread, None, 1_000).await.expect("readable");
        let said = rows.into_iter().rev().filter_map(|row| match row.item {
            RowItem::Event(Event::Tracked { scan, .. }) => Some(scan.status),
            RowItem::Event(_) | RowItem::Message(_) => None,
        });
        said.collect()
    }

    pub async fn everything(&self) -> Vec<(String, String)> {
        self.world.app.store.export().await.expect("readable")
    }
}
