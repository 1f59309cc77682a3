//! What the thread shows, row by row: what people say, cards, and short lines about what happened.

use crate::carrier::Carrier;
use crate::event::{Envelope, Event};
use crate::message::{Content, Message};
use crate::order::{ScanWeight, TrackingStatus};
use crate::thread::{Actor, Role};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// One row of a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Row {
    /// The event that made it: its key and its place.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Who caused it.
    pub actor: Actor,
    /// What it shows.
    pub item: RowItem,
}

/// What a row shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", content = "of", rename_all = "snake_case")]
pub enum RowItem {
    /// What somebody said, as it stands now.
    Message(Message),
    /// A card or a line about what happened; the card's contents are read from the thread's state.
    Event(Event),
}

impl Row {
    /// The row an event makes; most events make one, some only change what is there.
    pub fn of(envelope: &Envelope) -> Option<Self> {
        let item = match &envelope.event {
            Event::MessagePosted { message } => RowItem::Message(message.clone()),
            event if makes_a_row(event) => RowItem::Event(event.clone()),
            _changes_only => return None,
        };
        Some(Self { seq: envelope.seq, at: envelope.at, actor: envelope.actor, item })
    }

    /// The row as one side may see it.
    #[must_use]
    pub fn seen_by(&self, role: Role) -> Self {
        match &self.item {
            RowItem::Message(_) => self.clone(),
            RowItem::Event(event) => Self { item: RowItem::Event(event.seen_by(role)), ..self.clone() },
        }
    }

    /// Whether the text of the row contains `needle`, letter case aside; `needle` is in lower case.
    pub fn contains(&self, needle: &str) -> bool {
        match &self.item {
            RowItem::Message(Message { content: Some(Content::Text { text }), .. }) => {
                text.as_str().to_lowercase().contains(needle)
            }
            RowItem::Message(Message { content: Some(Content::Product { name, .. }), .. }) => {
                name.as_str().to_lowercase().contains(needle)
            }
            RowItem::Message(_) | RowItem::Event(_) => false,
        }
    }
}

fn makes_a_row(event: &Event) -> bool {
    match event {
        Event::ThreadAccepted
        | Event::RequestSent { .. }
        | Event::RequestRevised { .. }
        | Event::CounterMade { .. }
        | Event::CounterClosed { .. }
        | Event::RequestDeclined { .. }
        | Event::RequestWithdrawn { .. }
        | Event::RequestExpired { .. }
        | Event::PaymentUnknown { .. }
        | Event::PaymentFailed { .. }
        | Event::PaymentAuthorised { .. }
        | Event::PaymentVoided { .. }
        | Event::RefundStarted { .. }
        | Event::RefundSettled { .. }
        | Event::RefundFailed { .. }
        | Event::OrderPreparing { .. }
        | Event::OrderCancelled { .. }
        | Event::ParcelSilent { .. }
        | Event::DigitalGranted { .. }
        | Event::ThingPassed { .. }
        | Event::ExtensionAsked { .. }
        | Event::ExtensionAnswered { .. }
        | Event::ItemsCancelled { .. }
        | Event::ReceiptConfirmed { .. }
        | Event::FundsReleased { .. }
        | Event::CaseOpened { .. }
        | Event::CaseClosed { .. }
        | Event::CaseOffered { .. }
        | Event::CaseRefused { .. }
        | Event::CaseSaid { .. }
        | Event::CaseEscalated { .. }
        | Event::CaseAgreed { .. }
        | Event::CaseReturnSent { .. }
        | Event::CaseDecided { .. }
        | Event::CapturePending { .. }
        | Event::DisputeOpened { .. }
        | Event::DisputeAnswered { .. }
        | Event::DisputeClosed { .. } => true,
        // What lies ready is told by the word that it does.
        Event::ShipmentSent { carrier, .. } => *carrier != Carrier::Pickup,
        // Milestones only: a line for every scan would bury the talk.
        Event::Tracked { weight: ScanWeight::Detail, .. } => false,
        Event::Tracked { scan, weight: ScanWeight::Milestone, .. } => match scan.status {
            TrackingStatus::LabelCreated | TrackingStatus::Accepted | TrackingStatus::InTransit => false,
            TrackingStatus::Delayed
            | TrackingStatus::OutForDelivery
            | TrackingStatus::Attempted
            | TrackingStatus::Problem
            | TrackingStatus::ReadyForPickup
            | TrackingStatus::PickedUp
            | TrackingStatus::Delivered
            | TrackingStatus::DeliveryFailed
            | TrackingStatus::Returning
            | TrackingStatus::Returned => true,
        },
        Event::ThreadStarted { .. }
        | Event::MessagePosted { .. }
        | Event::MessageEdited { .. }
        | Event::MessageUnsent { .. }
        | Event::ReactionSet { .. }
        | Event::RequestViewed { .. }
        | Event::PaymentStarted { .. }
        | Event::PaymentActionRequired { .. }
        | Event::PaymentResumed { .. }
        | Event::CaptureStarted { .. }
        | Event::PaymentCaptured { .. }
        | Event::ShipByMoved { .. }
        | Event::DisputeMoved { .. }
        | Event::CaseRefunding { .. }
        | Event::ItemsReplaced { .. }
        | Event::FundsReleasable { .. } => false,
    }
}

/// The message that an event changes.
pub fn changed_message(event: &Event) -> Option<&crate::ids::MessageId> {
    match event {
        Event::MessageEdited { message, .. }
        | Event::MessageUnsent { message }
        | Event::ReactionSet { message, .. } => Some(message),
        _others => None,
    }
}
