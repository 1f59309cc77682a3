//! What travels: bodies of requests and responses. One type for one JSON, on both ends.

macro_rules! bodies {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }
    )*};
}

mod books;
mod cases;
mod developers;
mod passkeys;
mod push;
mod queue;
mod session;
mod team;
mod things;

pub use books::{Difference, DifferenceKind, Differences, MonthOfBooks, PaidTo, Payee, SetPayee};
pub use cases::{AcceptOffer, DecideCase, MakeOffer, OpenCase, Review, ReviewPage, SayInCase, SendBack, ShowInCase};
pub use developers::{
    ApiKey, Delivery, DeliveryOutcome, MakeKey, MakeWebhook, NewKey, NewWebhook, Replay, Silence, Webhook,
    WebhookEvent, WebhookState,
};
pub use passkeys::{
    Ceremony, FinishCeremony, KnownPasskey, PasskeyName, Proofs, RecoveryCodes, RenamePasskey, SignInRecovery, SignUp,
};
pub use push::{Language, PushKey, PushNoMore, PushTo};
pub use queue::{FundsSum, QueueEntry, QueueItem, QueueKind, QueuePage, QueueSums};
pub use session::{BELIEVED_ACCOUNT, Browser, Device, SignInDemo, SignInWays, SignedInDevice, System};
pub use team::{
    Invitation, Invite, Invited, InvitedTo, NewInvitation, RenameSeat, Seat, SeatName, SeatRole, Team, TeamAct,
    TeamDeed,
};

pub use things::{Issuer, OwnedState, OwnedThing, PassOn, Proof, ProofRecord, ProofState, ThingsPage};

use domain::address::{Address, AddressDraft};
use domain::carrier::{Carrier, TrackingNumber};
use domain::dispute::DisputeAnswer;
use domain::event::Envelope;
use domain::headline::Headline;
use domain::ids::{AccountId, AddressId, MessageId, MethodId, PhotoId, ProductId, ThreadId};
use domain::market::Country;
use domain::message::{Content, Emoji};
use domain::money::Money;
use domain::order::{ExtensionDays, Packed};
use domain::payment::MethodKind;
use domain::payment_request::Proposal;
use domain::picture::{Picture, SitePath};
use domain::selling::Selling;
use domain::terms::{StateRates, Terms};
use domain::text::{ItemName, Label, Text};
use domain::thing::ThingKind;
use domain::thread::{Role, Thread};
use domain::time::Timestamp;
use domain::timeline::Row;
use domain::weight::Grams;
use serde::{Deserialize, Serialize};

/// A place in the account's stream of events; later ones are larger.
pub type Cursor = u64;

/// What a command came to: its events as the caller may see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Committed {
    /// Numbered, oldest first; none when nothing had to change.
    pub events: Vec<Envelope>,
}

/// What happened after a cursor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct EventPage {
    /// Oldest first.
    pub events: Vec<Envelope>,
    /// Where to go on.
    pub cursor: Cursor,
    /// Whether there is more already.
    pub more: bool,
}

/// A person or a business, as others see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Account {
    /// Which.
    pub id: AccountId,
    /// What follows the @.
    pub handle: Text<30>,
    /// What people say.
    pub name: Text<80>,
    /// The picture beside it.
    pub avatar: SitePath,
    /// Where.
    pub city: Label,
    /// Two-letter state.
    pub state: Text<2>,
    /// Where it trades.
    pub country: Country,
    /// A line about itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bio: Option<Label>,
    /// Set for a business.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub business: Option<Business>,
    /// Whether it is a neutral reviewer's, who decides over other people's cases.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reviewer: bool,
    /// Since when it is here.
    pub joined_at: Timestamp,
}

/// What only a business has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Business {
    /// What its order numbers start with, 1 to 4 capital letters.
    pub order_prefix: Text<4>,
}

/// Which part of the inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Folder {
    /// Accepted threads, and those one started.
    Primary,
    /// Strangers who wrote first.
    Requests,
}

impl Folder {
    /// As it is written in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Requests => "requests",
        }
    }
}

/// One row of the inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct InboxEntry {
    /// Which thread.
    pub thread: ThreadId,
    /// The side one is on.
    pub role: Role,
    /// The one across.
    pub peer: Account,
    /// Where it stands.
    pub folder: Folder,
    /// The last thing that was said or happened.
    pub last: Option<Row>,
    /// When something last happened.
    pub active_at: Timestamp,
    /// State, turn and time of what matters most.
    pub headline: Option<Headline>,
    /// A picture and progress for the tray: the order or request the headline is about.
    pub tray: Option<Tray>,
    /// How many rows of the other side were not seen.
    pub unread: u32,
    /// Whether it is silent.
    pub muted: bool,
}

/// What the tray above the inbox shows of a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Tray {
    /// What is sold.
    pub picture: Option<Picture>,
    /// Steps done of five: paid, preparing, shipped, out for delivery, delivered.
    pub steps: u8,
}

/// A page of the inbox, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct InboxPage {
    /// The rows.
    pub entries: Vec<InboxEntry>,
    /// Where to go on; none at the end. A search looks at a part of the folder at a time, so that there can be more
    /// where nothing was found.
    pub next: Option<String>,
    /// How many threads wait under Requests.
    pub requests: u32,
    /// The cursor this page is as new as.
    pub cursor: Cursor,
}

/// A thread as one side may see it, and how new that is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct ThreadSnapshot {
    /// The folded state.
    pub thread: Thread,
    /// The row of the inbox.
    pub entry: InboxEntry,
    /// The last row one has seen.
    pub read_seq: u64,
    /// The last row the other side has seen.
    pub peer_read_seq: u64,
    /// When the other side saw it.
    pub peer_read_at: Option<Timestamp>,
    /// The newest rows, oldest first.
    pub rows: Vec<Row>,
    /// Whether there are older ones.
    pub more: bool,
}

/// A page of rows, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct RowPage {
    /// The rows.
    pub rows: Vec<Row>,
    /// The place before which to go on; none at the beginning of the thread. A search looks at a part of the thread at
    /// a time, so that there can be more where nothing was found.
    pub next: Option<u64>,
}

/// Something a business sells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Which.
    pub id: ProductId,
    /// Its name.
    pub name: ItemName,
    /// Size, colour, what is special.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Label>,
    /// Price of one.
    pub price: Money,
    /// What it looks like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<SitePath>,
    /// The same, wide, for cards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wide_picture: Option<SitePath>,
    /// How many are left; none when it is not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stock: Option<u32>,
    /// What one weighs, when that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Grams>,
    /// What a buyer owns of it, when nothing is sent: one for each piece.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thing: Option<ThingKind>,
}

/// What a business sells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Catalogue {
    /// In the seller's order.
    pub products: Vec<Product>,
}

/// What a seller's requests start from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct SellingPage {
    /// Tax and delivery, as the seller said.
    pub selling: Selling,
    /// What states take now, in millionths: an estimate. A request freezes those of the states where the seller
    /// collects.
    pub rates: StateRates,
}

/// What is in one's wallet, as it may be shown. Tokens stay with the API.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Wallet {
    /// The proposed one first.
    pub addresses: Vec<SavedAddress>,
    /// The proposed one first.
    pub methods: Vec<SavedMethod>,
    /// The kinds that can be added, the proposed one first.
    #[serde(default)]
    pub offers: Vec<MethodKind>,
    /// Whether the processor keeps a new one for the next time, when the buyer agrees.
    #[serde(default)]
    pub keeps: bool,
    /// How a payment is confirmed.
    pub confirmation: ConfirmationKind,
    /// Passkeys of this wallet, by their credential id, in base64url.
    #[serde(default)]
    pub passkeys: Vec<String>,
    /// Those of them before which a browser may show the payment by itself.
    #[serde(default)]
    pub payment_passkeys: Vec<String>,
}

/// How a payment is confirmed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConfirmationKind {
    /// By the tap alone.
    #[default]
    Tap,
    /// By a PIN of four to six digits.
    Pin,
    /// By a passkey.
    Passkey,
}

/// A saved address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct SavedAddress {
    /// Which.
    pub id: AddressId,
    /// Where.
    pub address: Address,
}

/// A saved way to pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct SavedMethod {
    /// Which.
    pub id: MethodId,
    /// Its kind.
    pub kind: MethodKind,
    /// The last digits or the account; not known before the processor has told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Label>,
    /// When the buyer agreed that it is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed_at: Option<Timestamp>,
    /// How one pays with it.
    #[serde(default)]
    pub pays: MethodUse,
    /// For a test method: what it will do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test: Option<TestBehaviour>,
}

/// How one pays with a method.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MethodUse {
    /// At once: the processor has kept it.
    #[default]
    AtOnce,
    /// In the processor's own window, each time.
    InWindow,
    /// In the processor's own window, the first time: the buyer has agreed that it is kept then.
    InWindowThenKept,
}

impl MethodUse {
    /// Whether the buyer approves in the processor's own window.
    pub fn in_window(self) -> bool {
        match self {
            Self::InWindow | Self::InWindowThenKept => true,
            Self::AtOnce => false,
        }
    }
}

/// What a method of the simulated processor will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TestBehaviour {
    /// Says yes.
    Approve,
    /// Says no: not enough money.
    InsufficientFunds,
    /// Says no: the card is past its date.
    ExpiredCard,
    /// Says no without a reason.
    DoNotHonor,
    /// Says no: a risk.
    SuspectedFraud,
    /// Wants a check first.
    Challenge,
    /// Wants approval in its own window first.
    Approval,
    /// Gives no clear answer for half a minute; then it was a yes.
    TimeOut,
    /// Says yes after 20 seconds.
    AnswerLate,
    /// Says yes, and again.
    AnswerTwice,
}

bodies! {
    /// Opens the thread with somebody.
    OpenThread {
        /// With whom.
        peer: Text<30>,
    }
    /// Says something.
    Say {
        /// Made by the client: saying it twice says it once.
        id: MessageId,
        /// What.
        content: Content,
        /// What it answers.
        #[serde(default)]
        reply_to: Option<MessageId>,
    }
    /// Changes one's own words.
    EditMessage {
        /// The new words.
        content: Content,
    }
    /// Reacts.
    React {
        /// With what; none takes it back.
        emoji: Option<Emoji>,
    }
    /// Marks what was seen.
    MarkRead {
        /// The last row.
        seq: u64,
    }
    /// Silences a thread, or not.
    Mute {
        /// Whether.
        muted: bool,
    }
    /// Asks for a payment.
    SendRequest {
        /// What is asked.
        terms: Terms,
        /// How long it stays open, in seconds; 72 h without.
        #[serde(default)]
        expires_in_seconds: Option<u32>,
    }
    /// Changes an open request.
    ReviseRequest {
        /// The revision that was on the screen.
        revision: u32,
        /// The new terms.
        terms: Terms,
        /// How long it stays open from now, in seconds.
        #[serde(default)]
        expires_in_seconds: Option<u32>,
    }
    /// Proposes a change.
    MakeCounter {
        /// The revision that was on the screen.
        revision: u32,
        /// What.
        proposal: Proposal,
    }
    /// Pays. Says what was shown, never what to charge.
    Pay {
        /// The revision that was shown.
        revision: u32,
        /// The delivery option.
        delivery: usize,
        /// The total that was shown.
        total: Money,
        /// With what.
        method: MethodId,
        /// Where to; none for digital goods and for what is fetched.
        #[serde(default)]
        address: Option<AddressId>,
        /// What the wallet asks for.
        #[serde(default)]
        confirmation: Option<Confirmation>,
    }
    /// Hands a parcel over.
    Ship {
        /// What is in it.
        contents: Vec<Packed>,
        /// Who carries it.
        carrier: Carrier,
        /// Its number; none when the seller brings it.
        #[serde(default)]
        tracking: Option<TrackingNumber>,
    }
    /// Asks for more time.
    AskExtension {
        /// How much.
        days: ExtensionDays,
    }
    /// Answers that.
    AnswerExtension {
        /// Yes or no.
        accept: bool,
    }
    /// Gives money back.
    MakeRefund {
        /// So much; all that is left without.
        #[serde(default)]
        amount: Option<Money>,
        /// The price of these pieces instead.
        #[serde(default)]
        items: Vec<Packed>,
    }
    /// Answers what the buyer complained of to the processor.
    AnswerDispute {
        /// With what.
        answer: DisputeAnswer,
    }
    /// Saves an address; it becomes the proposed one.
    SaveAddress {
        /// Where.
        address: AddressDraft,
    }
    /// Saves a way to pay; it becomes the proposed one.
    SaveMethod {
        /// Its kind.
        kind: MethodKind,
        /// What the simulated processor will do with it.
        #[serde(default)]
        test: Option<TestBehaviour>,
        /// Whether the buyer agrees that the processor keeps it, so that next time no window is needed.
        #[serde(default)]
        keep: bool,
    }
    /// Sets the PIN.
    SetPin {
        /// Four to six digits.
        pin: String,
    }
    /// Saves a passkey.
    SavePasskey {
        /// The credential id, in base64url.
        id: String,
        /// The public key as SubjectPublicKeyInfo, in base64url.
        public_key: String,
        /// Whether it was made for payments: a browser may show one by itself before it signs.
        #[serde(default)]
        payment: bool,
    }
    /// A picture, downsized and free of metadata.
    UploadPhoto {
        /// image/jpeg, image/png or image/webp.
        media_type: String,
        /// The bytes in base64.
        data: String,
    }
    /// A picture that is kept.
    Photo {
        /// Which.
        id: PhotoId,
        /// Where an image element finds it: a `data:` URL, or a path of this site.
        url: String,
    }
    /// What the buyer did in the processor's own window.
    ActOnApproval {
        /// What.
        outcome: ApprovalOutcome,
    }
    /// Sets the demo clock.
    SetClock {
        /// How many seconds pass in one; 0 stands still.
        #[serde(default)]
        speed: Option<u32>,
        /// Goes forward by so many seconds, firing what is due on the way.
        #[serde(default)]
        advance_seconds: Option<u64>,
        /// Goes forward to the next thing that happens by itself.
        #[serde(default)]
        to_next: bool,
    }
    /// Makes the carrier tell the next thing about a parcel.
    MoveCarrier {
        /// Which order's parcels.
        order: domain::ids::OrderId,
    }
    /// What becomes of parcels that are handed over from now on.
    #[derive(Copy)]
    CarrierJourney {
        /// Which way they go.
        journey: Journey,
    }
    /// Makes the simulated world hard.
    Faults {
        /// The processor answers late, whatever the method.
        processor_late: bool,
    }
}

/// Where a payment is approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Approval {
    /// An address of the processor's; of the simulated one, a page of the app.
    pub url: String,
}

/// What the wallet asks for before it pays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Confirmation {
    /// The PIN.
    Pin {
        /// Its digits.
        pin: String,
    },
    /// A passkey's signature over this payment. Where the browser has shown the payment by itself (Secure Payment
    /// Confirmation), the client data says what.
    Passkey {
        /// The credential id, in base64url.
        id: String,
        /// authenticatorData, in base64url.
        authenticator_data: String,
        /// clientDataJSON, in base64url.
        client_data: String,
        /// The signature, in base64url.
        signature: String,
    },
}

/// What a buyer can do in the processor's window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ApprovalOutcome {
    /// Approve.
    Approve,
    /// Fail the check.
    Fail,
    /// Cancel.
    Cancel,
}

/// The way that a parcel goes with the simulated carrier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Journey {
    /// It comes when it should.
    OnTime,
    /// It comes three days late, and that is said before.
    Delayed,
    /// Nobody is there; it comes again the next day.
    Attempted,
    /// It waits at a pick-up point, and is fetched.
    PickupPoint,
    /// Nobody is there and nobody fetches it: it goes back to the seller.
    Returned,
    /// Nothing is heard of it any more, until it is given up.
    Lost,
}

impl Journey {
    /// Every journey.
    pub const ALL: [Self; 6] =
        [Self::OnTime, Self::Delayed, Self::Attempted, Self::PickupPoint, Self::Returned, Self::Lost];
}

/// The demo clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct ClockState {
    /// What it shows.
    pub now: Timestamp,
    /// How many seconds pass in one.
    pub speed: u32,
}

/// What happens by itself, soonest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Agenda {
    /// The things.
    pub entries: Vec<AgendaEntry>,
}

/// One thing that happens by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct AgendaEntry {
    /// When.
    pub at: Timestamp,
    /// In which thread.
    pub thread: ThreadId,
    /// What.
    pub what: AgendaItem,
}

/// What can happen by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(tag = "type", content = "of", rename_all = "snake_case")]
pub enum AgendaItem {
    /// A timer of the thread.
    Timer(domain::timer::Timer),
    /// The carrier says something.
    Scan(domain::order::TrackingStatus),
    /// The processor answers.
    Processor,
}

/// Something of the moment, not kept: told to those who listen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Signal {
    /// There are new events up to this cursor.
    Events {
        /// Up to where.
        cursor: Cursor,
    },
    /// Somebody is typing.
    Typing {
        /// Where.
        thread: ThreadId,
        /// Who.
        by: Role,
    },
    /// Somebody is looking at the conversation.
    Here {
        /// Where.
        thread: ThreadId,
        /// Who.
        by: Role,
    },
    /// Somebody has seen what is there.
    Read {
        /// Where.
        thread: ThreadId,
        /// Who.
        by: Role,
        /// Up to which row.
        seq: u64,
        /// When.
        at: Timestamp,
    },
    /// The demo clock was set.
    Clock,
    /// Everything began anew.
    Reset,
    /// What is kept is older than what one knows: it was brought back from a copy. What was written stays.
    Restored,
}

/// Something to tell, and whom. Inside: each of those who are told hears only the signal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// One account; none for everybody.
    pub to: Option<AccountId>,
    /// What.
    pub signal: Signal,
}

impl News {
    /// News for one account.
    pub fn to(account: AccountId, signal: Signal) -> Self {
        Self { to: Some(account), signal }
    }

    /// News for everybody.
    pub fn to_everyone(signal: Signal) -> Self {
        Self { to: None, signal }
    }

    /// The signal, when it is for an account.
    pub fn heard_by(&self, account: &AccountId) -> Option<&Signal> {
        self.to.as_ref().is_none_or(|to| to == account).then_some(&self.signal)
    }
}

/// An agreement receipt: what was agreed and how it was paid, with a hash over its canonical JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(schemars::JsonSchema))]
pub struct Receipt {
    /// What the hash is over.
    pub agreement: serde_json::Value,
    /// SHA-256 over the canonical JSON of `agreement`, in lower-case hexadecimal.
    pub sha256: String,
}
