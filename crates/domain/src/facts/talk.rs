//! How long a customer waits for an answer, from what is said as it is said.

use crate::event::{Envelope, Event};
use crate::ids::ThreadId;
use crate::thread::Actor;
use crate::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// How many answers of one conversation count, the newest: who talks a lot with one customer is not judged by that alone.
const OF_ONE_CONVERSATION: usize = 20;

/// What a conversation says of how fast its business answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Talk {
    /// When the first message of the customer was sent that has no answer yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<Timestamp>,
    /// The newest answers, oldest first, at most 20.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<Reply>,
}

/// An answer: the first message or payment request of the business after a message of the customer's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reply {
    /// In which conversation.
    pub thread: ThreadId,
    /// The place of the answer in it.
    pub seq: u64,
    /// When the first message was sent that it answers.
    pub asked_at: Timestamp,
    /// When it was answered.
    pub answered_at: Timestamp,
}

impl Reply {
    /// How long the customer waited.
    pub fn waited(&self) -> Span {
        self.answered_at.since(self.asked_at).max(Span::millis(0))
    }
}

impl Talk {
    /// Goes on with what happened next.
    pub fn hear(&mut self, envelope: &Envelope) {
        let is_said = matches!(envelope.event, Event::MessagePosted { .. } | Event::RequestSent { .. });
        match envelope.actor {
            Actor::Buyer if is_said => self.asked_at = self.asked_at.or(Some(envelope.at)),
            Actor::Seller if is_said => {
                let Some(asked_at) = self.asked_at.take() else { return };
                let (thread, seq) = (envelope.thread.clone(), envelope.seq);
                self.replies.push(Reply { thread, seq, asked_at, answered_at: envelope.at });
                let too_many = self.replies.len().saturating_sub(OF_ONE_CONVERSATION);
                self.replies.drain(..too_many);
            }
            Actor::Buyer | Actor::Seller | Actor::Timer | Actor::Processor | Actor::Carrier | Actor::Reviewer => {}
        }
    }
}
