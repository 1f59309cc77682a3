//! The API's description for programs: a table of routes, from which the OpenAPI document is made and by which the
//! contract suite knows what there is to try; and one of those that only a server has.

mod served;

pub use served::SERVED;

use crate::client::{CaseAct, OrderAct, PaymentAct, RequestAct};
use crate::problem::Problem;
use crate::scope::is_open_to_keys;
use crate::wire::{
    AcceptOffer, Account, ActOnApproval, Agenda, AnswerDispute, AnswerExtension, Approval, AskExtension,
    CarrierJourney, Catalogue, ClockState, Committed, DecideCase, Differences, EditMessage, EventPage, Faults, Folder,
    InboxPage, MakeCounter, MakeOffer, MakeRefund, MarkRead, MonthOfBooks, MoveCarrier, Mute, OpenCase, OpenThread,
    PassOn, Pay, Photo, Product, Proof, QueueKind, QueuePage, QueueSums, React, Receipt, Review, ReviewPage,
    ReviseRequest, RowPage, SaveAddress, SaveMethod, SavePasskey, Say, SayInCase, SellingPage, SendBack, SendRequest,
    SetClock, SetPin, Ship, ThingsPage, ThreadSnapshot, UploadPhoto, Wallet, WebhookEvent,
};
use domain::facts::Standing;
use domain::ids::ThreadId;
use domain::queue::Group;
use domain::replies::SavedReplies;
use domain::selling::Selling;
use domain::statement::Posting;
use domain::timeline::Row;
use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// Whom a route tells anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everybody the same.
    Everyone,
    /// Each about themselves.
    Own,
    /// The two of a thread; to everybody else there is no such thing.
    Parties,
    /// Neutral reviewers; to everybody else there is no such thing.
    Reviewers,
    /// Whoever plays with the demo.
    Demo,
    /// Whoever asks, signed in or not.
    Anyone,
}

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// JSON.
    Json,
    /// Server-sent events whose data is JSON.
    Events,
    /// The bytes of a picture: `image/jpeg`, `image/png` or `image/webp`.
    Picture,
}

impl Form {
    fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Events => "text/event-stream",
            Self::Picture => "image/*",
        }
    }
}

/// One route.
#[derive(Debug)]
pub struct Route {
    /// GET or POST.
    pub method: &'static str,
    /// Below `/v1`.
    pub path: &'static str,
    /// Whom it tells anything.
    pub reach: Reach,
    /// What it does.
    pub summary: &'static str,
    /// What `{act}` stands for.
    pub acts: &'static [&'static str],
    /// What it can be asked with: name, type, and whether it has to be.
    pub query: &'static [(&'static str, &'static str, bool)],
    /// Whether repeating a call with the same key is answered again, not done again.
    pub once: bool,
    /// The form of its answer.
    pub form: Form,
    body: Option<fn(&mut SchemaGenerator) -> Schema>,
    answer: fn(&mut SchemaGenerator) -> Schema,
}

macro_rules! acts {
    () => {
        &[]
    };
    ($acts:ident) => {
        $acts::PATHS
    };
}

macro_rules! form {
    () => {
        Form::Json
    };
    ($form:ident) => {
        Form::$form
    };
}

macro_rules! routes {
    ($(#[$doc:meta])* $table:ident once $once:literal: $($method:ident $path:literal $(? $($name:ident: $kind:ident $needed:literal),+;)? $([$acts:ident])? ($($body:ty)?)
        -> $answer:ty $(as $form:ident)?, $reach:ident: $summary:literal;)*) => {
        $(#[$doc])*
        pub const $table: &[Route] = &[$(Route {
            method: stringify!($method),
            path: $path,
            reach: Reach::$reach,
            summary: $summary,
            acts: acts!($($acts)?),
            query: &[$($((stringify!($name), stringify!($kind), $needed)),+)?],
            once: $once,
            form: form!($($form)?),
            body: body!($($body)?),
            answer: |generator| generator.subschema_for::<$answer>(),
        },)*];
    };
}

macro_rules! body {
    () => {
        None
    };
    ($body:ty) => {
        Some(|generator| generator.subschema_for::<$body>())
    };
}

use {acts, body, form, routes};

routes! {
    /// Every route of the router. A test compares them.
    ROUTES once true:
    GET "/me" () -> Account, Own: "Who one is.";
    GET "/accounts" ? query: string false; () -> Vec<Account>, Everyone:
        "People and businesses whose name or handle contains the text.";
    GET "/accounts/{handle}" () -> Account, Everyone: "Somebody, by handle.";
    GET "/accounts/{handle}/facts" () -> Standing, Everyone:
        "How a business keeps its word, in figures; 404 for who only buys.";
    GET "/threads" ? folder: Folder true, query: string false, after: string false; () -> InboxPage, Own:
        "A page of the inbox.";
    POST "/threads" (OpenThread) -> ThreadSnapshot, Own: "Opens the thread with somebody; the same one each time.";
    GET "/threads-of/{entity}" () -> ThreadId, Parties: "The thread that a request, payment or order belongs to.";
    GET "/threads/{id}" () -> ThreadSnapshot, Parties: "A thread with its newest rows.";
    POST "/threads/{id}/accept" (()) -> Committed, Parties: "Takes a stranger's thread into the inbox.";
    POST "/threads/{id}/read" (MarkRead) -> (), Parties: "Marks what was seen.";
    POST "/threads/{id}/mute" (Mute) -> (), Parties: "Silences a thread, or not.";
    POST "/threads/{id}/here" (()) -> (), Parties: "Tells the other side that one is looking at the conversation.";
    POST "/threads/{id}/typing" (()) -> (), Parties: "Tells the other side that one is typing.";
    GET "/threads/{id}/messages" ? before: integer false, limit: integer false, query: string false; () -> RowPage, Parties:
        "Rows before a row, the newest of them; with `query`, those of the next part that contain the text.";
    GET "/threads/{id}/messages/{message}" () -> Row, Parties: "A message as it stands, and its place.";
    POST "/threads/{id}/messages" (Say) -> Committed, Parties: "Says something.";
    POST "/threads/{id}/messages/{message}/edit" (EditMessage) -> Committed, Parties: "Changes one's own words.";
    POST "/threads/{id}/messages/{message}/unsend" (()) -> Committed, Parties: "Takes a message back.";
    POST "/threads/{id}/messages/{message}/reaction" (React) -> Committed, Parties:
        "Reacts, or takes the reaction back.";
    GET "/threads/{id}/photos/{photo}" () -> Photo, Parties: "A picture of a thread one is in.";
    POST "/threads/{id}/payment-requests" (SendRequest) -> Committed, Parties: "Asks for a payment.";
    POST "/photos" (UploadPhoto) -> Photo, Own: "Keeps a picture.";
    POST "/payment-requests/{id}/revise" (ReviseRequest) -> Committed, Parties: "Changes an open request.";
    POST "/payment-requests/{id}/counter" (MakeCounter) -> Committed, Parties: "Proposes a change.";
    POST "/payment-requests/{id}/pay" (Pay) -> Committed, Parties: "Pays. Says what was shown, never what to charge.";
    POST "/payment-requests/{id}/{act}" [RequestAct] (()) -> Committed, Parties:
        "Does one of the things on a request that need no more words.";
    GET "/payments/{id}/approval" () -> Approval, Parties: "Where the buyer approves a payment that waits for it.";
    POST "/payments/{id}/{act}" [PaymentAct] (()) -> Committed, Parties:
        "Does one of the things on an attempt to pay.";
    POST "/orders/{id}/shipments" (Ship) -> Committed, Parties: "Hands a parcel over.";
    POST "/orders/{id}/extend" (AskExtension) -> Committed, Parties: "Asks for more time.";
    POST "/orders/{id}/answer-extension" (AnswerExtension) -> Committed, Parties: "Answers that.";
    POST "/orders/{id}/refunds" (MakeRefund) -> Committed, Parties: "Gives money back.";
    POST "/orders/{id}/cases" (OpenCase) -> Committed, Parties: "Asks for help.";
    POST "/orders/{id}/cases/{case}/offers" (MakeOffer) -> Committed, Parties: "Proposes what would put it right.";
    POST "/orders/{id}/cases/{case}/accept" (AcceptOffer) -> Committed, Parties:
        "Says yes to what the other side has proposed: money and goods move by themselves.";
    POST "/orders/{id}/cases/{case}/refuse" (SayInCase) -> Committed, Parties: "Says no to it: a reviewer is asked.";
    POST "/orders/{id}/cases/{case}/say" (SayInCase) -> Committed, Parties: "Says or shows more.";
    POST "/orders/{id}/cases/{case}/send-back" (SendBack) -> Committed, Parties: "Sends back what is to go back.";
    POST "/orders/{id}/cases/{case}/{act}" [CaseAct] (()) -> Committed, Parties:
        "Does one of the things in a case that need no more words.";
    POST "/orders/{id}/disputes/{dispute}" (AnswerDispute) -> Committed, Parties:
        "Answers what the buyer complained of to the processor.";
    GET "/orders/{id}/receipt" () -> Receipt, Parties: "The agreement receipt of an order.";
    POST "/orders/{id}/{act}" [OrderAct] (()) -> Committed, Parties:
        "Does one of the things on an order that need no more words.";
    GET "/queue" ? group: Group true, kind: QueueKind false, query: string false, after: string false; () -> QueuePage, Own:
        "Orders and open requests across threads: what is due first; of what is done, the newest.";
    GET "/queue/sums" () -> QueueSums, Own: "What one's orders add up to.";
    GET "/bought" ? after: string false; () -> QueuePage, Own: "What one has bought, the newest first.";
    GET "/reviews" ? after: string false; () -> ReviewPage, Reviewers: "The cases that wait for a reviewer.";
    GET "/reviews/{order}" () -> Review, Reviewers: "A case as a reviewer sees it.";
    GET "/reviews/{order}/photos/{photo}" () -> Photo, Reviewers: "A photo of it.";
    POST "/reviews/{order}/cases/{case}" (DecideCase) -> Review, Reviewers: "Decides over it.";
    GET "/differences" () -> Differences, Own: "What one's books and the processor's report say differently.";
    GET "/statements/{month}" () -> MonthOfBooks, Own: "What a seller sold, gave back and was paid in a month, such as 2026-03.";
    GET "/statements/{month}/postings" () -> Vec<Posting>, Own: "Every movement of a month, for an accountant.";
    GET "/events" ? after: integer true; () -> EventPage, Own: "What happened after a cursor.";
    POST "/catalogue" (Product) -> Catalogue, Own: "Saves something one sells.";
    GET "/catalogue/{account}" () -> Catalogue, Everyone: "What a business sells.";
    GET "/selling" () -> SellingPage, Own: "What one's requests start from, and what states take now.";
    POST "/selling" (Selling) -> SellingPage, Own: "Says what one's requests start from.";
    GET "/replies" () -> SavedReplies, Own: "What one's business writes often; 404 for who only buys.";
    POST "/replies" (SavedReplies) -> SavedReplies, Own: "Says what one's business writes often, all of it.";
    GET "/wallet" () -> Wallet, Own: "One's wallet.";
    POST "/wallet/addresses" (SaveAddress) -> Wallet, Own: "Saves an address; it becomes the proposed one.";
    POST "/wallet/methods" (SaveMethod) -> Wallet, Own: "Saves a way to pay; it becomes the proposed one.";
    POST "/wallet/pin" (SetPin) -> Wallet, Own: "Sets the PIN.";
    POST "/wallet/passkeys" (SavePasskey) -> Wallet, Own: "Saves a passkey.";
    POST "/wallet/prefer/{id}" (()) -> Wallet, Own: "Proposes an address or a method from now on.";
    POST "/wallet/remove/{id}" (()) -> Wallet, Own: "Removes an address or a method.";
    GET "/wallet/things" ? after: integer false; () -> ThingsPage, Own: "A page of the digital things one owns, the newest first.";
    POST "/wallet/things/{id}/pass-on" (PassOn) -> (), Own:
        "Gives a thing, or lends it until a time, to the other side of a thread; they get a new code for it.";
    POST "/wallet/things/{id}/end-loan" (()) -> (), Own: "Takes back a thing that is lent.";
    GET "/proofs/{code}" () -> Proof, Anyone:
        "What a code proves, signed: what it is of, who sold it, whether it is still good. Never whose it is.";
    POST "/proofs/{code}/redeem" (()) -> Proof, Own: "Uses up what a code is of, once. For whoever sold it.";
    GET "/demo/clock" () -> ClockState, Demo: "The demo clock.";
    POST "/demo/clock" (SetClock) -> ClockState, Demo: "Sets the demo clock.";
    GET "/demo/agenda" () -> Agenda, Own: "What happens by itself.";
    POST "/demo/carrier" (MoveCarrier) -> Committed, Parties: "Makes the carrier say the next thing.";
    GET "/demo/journey" () -> CarrierJourney, Demo: "What becomes of parcels that are handed over now.";
    POST "/demo/journey" (CarrierJourney) -> CarrierJourney, Demo: "Says what becomes of parcels from now on.";
    GET "/demo/faults" () -> Faults, Demo: "How hard the simulated world is.";
    POST "/demo/faults" (Faults) -> Faults, Demo: "Makes the simulated world hard, or not.";
    POST "/demo/approvals/{payment}" (ActOnApproval) -> (), Parties: "Acts in the simulated processor's window.";
    POST "/demo/reset" (()) -> (), Demo: "Begins the demo anew.";
    GET "/demo/export" () -> Value, Demo: "Everything that is kept.";
}

/// The document, OpenAPI 3.1.
pub fn document() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
    });
    let mut generator = settings.into_generator();
    let mut paths: Map<String, Value> = Map::new();
    for route in ROUTES.iter().chain(SERVED) {
        let operation = route.operation(&mut generator);
        let path = paths.entry(format!("/v1{}", route.path)).or_insert_with(|| json!({}));
        path[route.method.to_lowercase()] = operation;
    }
    generator.subschema_for::<Problem>();
    let told = generator.subschema_for::<WebhookEvent>();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Bottega",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Sell, pay and track without leaving the chat. Who calls is known from the session of a \
                server, from a key, or from the page that has the API inside.",
            "license": { "name": "MIT", "identifier": "MIT" },
        },
        "paths": paths,
        "webhooks": { "event": { "post": {
            "summary": "Something has happened in a thread of the business.",
            "requestBody": { "required": true, "content": { "application/json": { "schema": told } } },
            "responses": { "2XX": { "description": "Taken." } },
        } } },
        "components": {
            "schemas": generator.take_definitions(true),
            "parameters": { "idempotency_key": idempotency_key() },
            "responses": { "problem": problem() },
            "securitySchemes": {
                "session": { "type": "apiKey", "in": "cookie", "name": "__Host-session" },
                "key": { "type": "http", "scheme": "bearer", "bearerFormat": "bk_…" },
            },
        },
    })
}

fn idempotency_key() -> Value {
    json!({
        "name": "Idempotency-Key",
        "in": "header",
        "required": true,
        "description": "Makes repeating the call safe: the same key and body are answered again, not done again; \
            the same key with another body is refused with 422.",
        "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-.0-~]+$" },
    })
}

fn problem() -> Value {
    let schema = json!({ "$ref": "#/components/schemas/Problem" });
    json!({ "description": "A refusal (RFC 9457).", "content": { (Problem::MEDIA_TYPE): { "schema": schema } } })
}

impl Route {
    fn operation(&self, generator: &mut SchemaGenerator) -> Value {
        let answer = match self.form {
            Form::Json | Form::Events => (self.answer)(generator).to_value(),
            // Bytes have no schema.
            Form::Picture => json!({}),
        };
        let mut parameters: Vec<Value> = self.path_parameters().collect();
        parameters.extend(self.query.iter().map(|(name, kind, needed)| {
            let schema = match *kind {
                "Folder" => generator.subschema_for::<Folder>().to_value(),
                "QueueKind" => generator.subschema_for::<QueueKind>().to_value(),
                "Group" => generator.subschema_for::<Group>().to_value(),
                simple => json!({ "type": simple }),
            };
            json!({ "name": name, "in": "query", "required": needed, "schema": schema })
        }));
        let mut operation = json!({
            "operationId": self.operation_id(),
            "summary": self.summary,
            "security": self.security(),
            "tags": [self.path.split('/').nth(1).unwrap_or_default()],
            "responses": {
                "200": { "description": "Done.", "content": { (self.form.media_type()): { "schema": answer } } },
                "default": { "$ref": "#/components/responses/problem" },
            },
        });
        if let Some(body) = self.body {
            let schema = body(generator);
            if self.once {
                parameters.push(json!({ "$ref": "#/components/parameters/idempotency_key" }));
            }
            operation["requestBody"] =
                json!({ "required": true, "content": { "application/json": { "schema": schema } } });
        }
        if !parameters.is_empty() {
            operation["parameters"] = parameters.into();
        }
        operation
    }

    /// What it takes to be let in: one of these.
    fn security(&self) -> Value {
        match (self.reach, is_open_to_keys(self.path)) {
            (Reach::Anyone, _) => json!([]),
            (Reach::Everyone | Reach::Own | Reach::Parties | Reach::Reviewers | Reach::Demo, true) => {
                json!([{ "session": [] }, { "key": [] }])
            }
            (Reach::Everyone | Reach::Own | Reach::Parties | Reach::Reviewers | Reach::Demo, false) => {
                json!([{ "session": [] }])
            }
        }
    }

    fn path_parameters(&self) -> impl Iterator<Item = Value> {
        let names = self.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        names.map(|name| {
            let mut schema = json!({ "type": "string" });
            if name == "act" {
                schema["enum"] = self.acts.into();
            }
            json!({ "name": name, "in": "path", "required": true, "schema": schema })
        })
    }

    /// `get_threads_id_messages`: unique, because method and path are.
    fn operation_id(&self) -> String {
        let path = self.path.replace(['{', '}'], "").replace(['/', '-', '.'], "_");
        format!("{}{path}", self.method.to_lowercase())
    }
}
