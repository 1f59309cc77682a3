//! PayPal as we use it: a small typed client of its REST API, and the check of its webhooks. Native only.
//!
//! What is sent follows PayPal's published schemas and nothing else; what is answered is read leniently where PayPal may
//! add something, and strictly where money is meant. [`Failure`] says whether a call was done, was not done, or may have
//! been: who is in doubt asks again with the same key, or fetches.

#[cfg(target_arch = "wasm32")]
compile_error!("PayPal's client holds a secret: it is for servers, never for a page");

#[macro_use]
mod answers;

mod amount;
mod client;
mod dispute;
mod failure;
mod instant;
mod issue;
mod links;
mod order;
mod payment;
mod settings;
mod text;
mod tracking;
mod transactions;
mod vault;
pub mod webhook;

pub use amount::{Amount, AmountRefused, Quoted};
pub use client::{NoClient, PayPal};
pub use dispute::{
    AcceptClaim, ClaimRemedy, Dispute, DisputeLifeCycleStage, DisputeOutcome, DisputeQuery, DisputeReason,
    DisputeState, DisputeStatus, DisputeSummary, DisputedTransaction, Disputes, MoneyMovement, Movement, NewEvidence,
    OutcomeCode, Party, SentParcel,
};
pub use failure::Failure;
pub use issue::Issue;
pub use order::{
    Address, Breakdown, Category, Country, CustomerType, Delivery, Email, Experience, Funding, Intent, LandingPage,
    Locale, MerchantId, NewAmount, NewItem, NewOrder, NewUnit, Order, OrderIntent, OrderRefused, OrderStatus,
    OrderWords, Paid, PayPalSource, Payee, PayeeError, Payer, Payments, Priced, PurchaseUnit, Recipient, Source,
    UsageType, UserAction, VaultStatus, Vaulted, Vaulting,
};
pub use payment::{
    Authorization, AuthorizationStatus, Capture, CaptureStatus, NewCapture, NewRefund, Payable, Receivable, Refund,
    RefundStatus, StatusReason,
};
pub use settings::{Base, BaseError, Secret, Settings};
pub use text::{Id, Label, Reference, ReferenceError};
pub use tracking::{NewTracker, TrackedItem};
pub use transactions::{Transaction, Transactions};
pub use vault::{NewSetupToken, PaymentToken, SetupToken, SetupTokenStatus, VaultExperience, WalletHolder};
pub use webhook::{Event, EventType, Forged, Roots, Subject, TransmissionHeaders, WebhookSettings, Webhooks};
