//! The typed client over one seam: a request out, a response back.

mod acts;
mod books;
mod cases;
mod deals;
mod developers;
mod export;
mod session;
mod team;
mod things;

pub use acts::{CaseAct, OrderAct, PaymentAct, RequestAct, WalletAct};
pub use export::{Collected, Conversation, Export, Progress};

use crate::problem::Problem;
use crate::wire::{
    Account, ActOnApproval, Agenda, Approval, CarrierJourney, Catalogue, ClockState, Committed, EditMessage, EventPage,
    Faults, Folder, InboxPage, MarkRead, MoveCarrier, Mute, OpenThread, Photo, Product, React, RowPage, SaveAddress,
    SaveMethod, SavePasskey, Say, SellingPage, SetClock, SetPin, ThreadSnapshot, UploadPhoto, Wallet,
};
use domain::ids::{AccountId, MessageId, PaymentId, PhotoId, ThreadId};
use domain::replies::SavedReplies;
use domain::selling::Selling;
use domain::timeline::Row;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;

/// Why a call brought nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// The API refused: correct it.
    Problem(Problem),
    /// No answer: retry it, with the same key.
    Network(String),
    /// An answer that makes no sense: report it.
    Decode(String),
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problem(problem) => problem.fmt(f),
            Self::Network(_) => f.write_str("You seem to be offline. Nothing was lost; try again."),
            Self::Decode(_) => f.write_str("Bottega answered in a way this page does not understand. Reload it."),
        }
    }
}

impl std::error::Error for ApiError {}

/// Carries one request to the API and one response back.
pub trait Transport: Clone + 'static {
    /// Sends; an error means that nobody knows whether it arrived.
    fn send(&self, request: http::Request<String>) -> impl Future<Output = Result<http::Response<String>, ApiError>>;
}

/// Made when it is compiled: parsing a name brings the table of all of them into the page.
const IDEMPOTENCY_KEY: http::HeaderName = http::HeaderName::from_static("idempotency-key");

/// The key that makes repeating a call safe.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(pub String);

/// The API, typed.
#[derive(Clone, Debug)]
pub struct Client<T> {
    transport: T,
}

type Answer<R> = Result<R, ApiError>;

impl<T: Transport> Client<T> {
    /// A client over a transport.
    pub fn new(transport: T) -> Self {
        Self { transport }
    }

    /// The transport below.
    pub fn transport(&self) -> &T {
        &self.transport
    }

    async fn call<R: DeserializeOwned>(
        &self,
        method: http::Method,
        path: &str,
        key: Option<&IdempotencyKey>,
        body: String,
    ) -> Answer<R> {
        let mut request = http::Request::builder().method(method).uri(format!("/v1{path}"));
        if !body.is_empty() {
            request = request.header(http::header::CONTENT_TYPE, "application/json");
        }
        if let Some(IdempotencyKey(key)) = key {
            request = request.header(IDEMPOTENCY_KEY, key);
        }
        let request = request.body(body).map_err(|error| ApiError::Decode(error.to_string()))?;
        let response = self.transport.send(request).await?;
        if response.status().is_success() {
            let body = if response.body().is_empty() { "null" } else { response.body().as_str() };
            serde_json::from_str(body).map_err(|error| ApiError::Decode(error.to_string()))
        } else {
            let problem = serde_json::from_str(response.body());
            Err(problem.map_or_else(|_| ApiError::Decode(format!("status {}", response.status())), ApiError::Problem))
        }
    }

    async fn get<R: DeserializeOwned>(&self, path: &str) -> Answer<R> {
        self.call(http::Method::GET, path, None, String::new()).await
    }

    async fn post<B: Serialize, R: DeserializeOwned>(&self, path: &str, key: &IdempotencyKey, body: &B) -> Answer<R> {
        let body = serde_json::to_string(body).map_err(|error| ApiError::Decode(error.to_string()))?;
        self.call(http::Method::POST, path, Some(key), body).await
    }

    /// Who one is.
    pub async fn me(&self) -> Answer<Account> {
        self.get("/me").await
    }
    /// Somebody, by handle.
    pub async fn account(&self, handle: &str) -> Answer<Account> {
        self.get(&format!("/accounts/{handle}")).await
    }
    /// People and businesses whose name or handle contains the text.
    pub async fn accounts(&self, query: &str) -> Answer<Vec<Account>> {
        self.get(&format!("/accounts?query={}", encode(query))).await
    }
    /// A page of the inbox.
    pub async fn inbox(&self, folder: Folder, query: &str, after: Option<&str>) -> Answer<InboxPage> {
        self.get(&format!("/threads?folder={}{}", folder.as_str(), asking(query, after))).await
    }
    /// Opens the thread with somebody; the same one each time.
    pub async fn open_thread(&self, key: &IdempotencyKey, body: &OpenThread) -> Answer<ThreadSnapshot> {
        self.post("/threads", key, body).await
    }
    /// A thread with its newest rows.
    pub async fn thread(&self, id: &ThreadId) -> Answer<ThreadSnapshot> {
        self.get(&format!("/threads/{id}")).await
    }
    /// The thread that a request, payment or order belongs to.
    pub async fn thread_of(&self, entity: &str) -> Answer<ThreadId> {
        self.get(&format!("/threads-of/{entity}")).await
    }
    /// Rows before a row, the newest of them.
    pub async fn rows(&self, thread: &ThreadId, before: Option<u64>, limit: u32) -> Answer<RowPage> {
        let before = before.map(|seq| format!("&before={seq}")).unwrap_or_default();
        self.get(&format!("/threads/{thread}/messages?limit={limit}{before}")).await
    }
    /// Rows before a place that contain the text, as far as one call looks.
    pub async fn search(&self, thread: &ThreadId, query: &str, before: Option<u64>) -> Answer<RowPage> {
        let before = before.map(|seq| format!("&before={seq}")).unwrap_or_default();
        self.get(&format!("/threads/{thread}/messages?limit=50&query={}{before}", encode(query))).await
    }
    /// A message as it stands, and its place.
    pub async fn message(&self, thread: &ThreadId, id: &MessageId) -> Answer<Row> {
        self.get(&format!("/threads/{thread}/messages/{id}")).await
    }
    /// Takes a stranger's thread into the inbox.
    pub async fn accept_thread(&self, key: &IdempotencyKey, thread: &ThreadId) -> Answer<Committed> {
        self.post(&format!("/threads/{thread}/accept"), key, &()).await
    }
    /// Marks what was seen.
    pub async fn mark_read(&self, key: &IdempotencyKey, thread: &ThreadId, body: &MarkRead) -> Answer<()> {
        self.post(&format!("/threads/{thread}/read"), key, body).await
    }
    /// Silences a thread, or not.
    pub async fn mute(&self, key: &IdempotencyKey, thread: &ThreadId, body: &Mute) -> Answer<()> {
        self.post(&format!("/threads/{thread}/mute"), key, body).await
    }
    /// Tells the other side that one is looking at the conversation.
    pub async fn here(&self, key: &IdempotencyKey, thread: &ThreadId) -> Answer<()> {
        self.post(&format!("/threads/{thread}/here"), key, &()).await
    }

    /// Tells the other side that one is typing.
    pub async fn typing(&self, key: &IdempotencyKey, thread: &ThreadId) -> Answer<()> {
        self.post(&format!("/threads/{thread}/typing"), key, &()).await
    }
    /// Says something.
    pub async fn say(&self, key: &IdempotencyKey, thread: &ThreadId, body: &Say) -> Answer<Committed> {
        self.post(&format!("/threads/{thread}/messages"), key, body).await
    }
    /// Changes one's own words.
    pub async fn edit(
        &self,
        key: &IdempotencyKey,
        thread: &ThreadId,
        message: &MessageId,
        body: &EditMessage,
    ) -> Answer<Committed> {
        self.post(&format!("/threads/{thread}/messages/{message}/edit"), key, body).await
    }
    /// Takes a message back.
    pub async fn unsend(&self, key: &IdempotencyKey, thread: &ThreadId, message: &MessageId) -> Answer<Committed> {
        self.post(&format!("/threads/{thread}/messages/{message}/unsend"), key, &()).await
    }
    /// Reacts.
    pub async fn react(
        &self,
        key: &IdempotencyKey,
        thread: &ThreadId,
        message: &MessageId,
        body: &React,
    ) -> Answer<Committed> {
        self.post(&format!("/threads/{thread}/messages/{message}/reaction"), key, body).await
    }
    /// Keeps a picture.
    pub async fn upload(&self, key: &IdempotencyKey, body: &UploadPhoto) -> Answer<Photo> {
        self.post("/photos", key, body).await
    }
    /// A picture of a thread one is in.
    pub async fn photo(&self, thread: &ThreadId, id: &PhotoId) -> Answer<Photo> {
        self.get(&format!("/threads/{thread}/photos/{id}")).await
    }

    /// What happened after a cursor.
    pub async fn events(&self, after: u64) -> Answer<EventPage> {
        self.get(&format!("/events?after={after}")).await
    }

    /// What a business sells.
    pub async fn catalogue(&self, account: &AccountId) -> Answer<Catalogue> {
        self.get(&format!("/catalogue/{account}")).await
    }
    /// Saves something one sells.
    pub async fn save_product(&self, key: &IdempotencyKey, body: &Product) -> Answer<Catalogue> {
        self.post("/catalogue", key, body).await
    }

    /// What one's requests start from, and what states take now.
    pub async fn selling(&self) -> Answer<SellingPage> {
        self.get("/selling").await
    }
    /// Says what one's requests start from.
    pub async fn save_selling(&self, key: &IdempotencyKey, body: &Selling) -> Answer<SellingPage> {
        self.post("/selling", key, body).await
    }

    /// What one's business writes often.
    pub async fn replies(&self) -> Answer<SavedReplies> {
        self.get("/replies").await
    }
    /// Says what one's business writes often, in place of what it was.
    pub async fn save_replies(&self, key: &IdempotencyKey, body: &SavedReplies) -> Answer<SavedReplies> {
        self.post("/replies", key, body).await
    }

    /// One's wallet.
    pub async fn wallet(&self) -> Answer<Wallet> {
        self.get("/wallet").await
    }
    /// Saves an address; it becomes the proposed one.
    pub async fn save_address(&self, key: &IdempotencyKey, body: &SaveAddress) -> Answer<Wallet> {
        self.post("/wallet/addresses", key, body).await
    }
    /// Saves a way to pay; it becomes the proposed one.
    pub async fn save_method(&self, key: &IdempotencyKey, body: &SaveMethod) -> Answer<Wallet> {
        self.post("/wallet/methods", key, body).await
    }
    /// Proposes, or removes, an address or a method from now on.
    pub async fn on_wallet(&self, key: &IdempotencyKey, id: &str, act: WalletAct) -> Answer<Wallet> {
        self.post(&format!("/wallet/{}/{id}", act.as_str()), key, &()).await
    }
    /// Sets the PIN.
    pub async fn set_pin(&self, key: &IdempotencyKey, body: &SetPin) -> Answer<Wallet> {
        self.post("/wallet/pin", key, body).await
    }
    /// Saves a passkey.
    pub async fn save_passkey(&self, key: &IdempotencyKey, body: &SavePasskey) -> Answer<Wallet> {
        self.post("/wallet/passkeys", key, body).await
    }

    /// Where a payment is approved.
    pub async fn approval(&self, id: &PaymentId) -> Answer<Approval> {
        self.get(&format!("/payments/{id}/approval")).await
    }

    /// The demo clock.
    pub async fn clock(&self) -> Answer<ClockState> {
        self.get("/demo/clock").await
    }
    /// Sets the demo clock.
    pub async fn set_clock(&self, key: &IdempotencyKey, body: &SetClock) -> Answer<ClockState> {
        self.post("/demo/clock", key, body).await
    }
    /// What happens by itself.
    pub async fn agenda(&self) -> Answer<Agenda> {
        self.get("/demo/agenda").await
    }
    /// Makes the carrier say the next thing.
    pub async fn move_carrier(&self, key: &IdempotencyKey, body: &MoveCarrier) -> Answer<Committed> {
        self.post("/demo/carrier", key, body).await
    }
    /// What becomes of parcels that are handed over now.
    pub async fn journey(&self) -> Answer<CarrierJourney> {
        self.get("/demo/journey").await
    }
    /// Says what becomes of parcels from now on.
    pub async fn set_journey(&self, key: &IdempotencyKey, body: &CarrierJourney) -> Answer<CarrierJourney> {
        self.post("/demo/journey", key, body).await
    }
    /// How hard the simulated world is.
    pub async fn faults(&self) -> Answer<Faults> {
        self.get("/demo/faults").await
    }
    /// Makes the simulated world hard, or not.
    pub async fn set_faults(&self, key: &IdempotencyKey, body: &Faults) -> Answer<Faults> {
        self.post("/demo/faults", key, body).await
    }
    /// Acts in the simulated processor's window.
    pub async fn act_on_approval(&self, key: &IdempotencyKey, id: &PaymentId, body: &ActOnApproval) -> Answer<()> {
        self.post(&format!("/demo/approvals/{id}"), key, body).await
    }
    /// Begins the demo anew.
    pub async fn reset(&self, key: &IdempotencyKey) -> Answer<()> {
        self.post("/demo/reset", key, &()).await
    }
    /// Everything that is kept.
    pub async fn export(&self) -> Answer<serde_json::Value> {
        self.get("/demo/export").await
    }
}

/// What a list is asked for, and from where.
fn asking(query: &str, after: Option<&str>) -> String {
    let query = if query.is_empty() { String::new() } else { format!("&query={}", encode(query)) };
    let after = after.map(|after| format!("&after={}", encode(after))).unwrap_or_default();
    query + &after
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}
