//! Events on their way out, and what is done to some of them on purpose.

use super::send::Delivery;
use super::sign::{ALGORITHM, Signer, signed_text};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::Arc;
use tokio::sync::mpsc::UnboundedSender;

/// What becomes of an event on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// Sent at once.
    AtOnce,
    /// Kept back until it is released.
    Late,
    /// Sent twice.
    Twice,
    /// Signed by somebody else, whose certificate says the same name.
    Forged,
    /// Never sent.
    Lost,
}

/// In which order held events are let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Release {
    /// As they happened.
    InOrder,
    /// The newest first.
    Reversed,
}

/// Events on their way out.
pub(crate) struct Outbox {
    webhook_id: String,
    certificates: String,
    genuine: Arc<Signer>,
    forger: Arc<Signer>,
    to: Option<UnboundedSender<Delivery>>,
    plan: VecDeque<Manner>,
    held: Vec<Delivery>,
    told: Vec<Value>,
}

impl Outbox {
    /// `base`: where certificates are fetched. `to`: who sends, if anybody does.
    pub(crate) fn new(webhook_id: &str, base: &str, to: Option<UnboundedSender<Delivery>>) -> Self {
        Self {
            webhook_id: webhook_id.to_owned(),
            certificates: format!("{base}/v1/notifications/certs"),
            genuine: Arc::new(Signer::genuine()),
            forger: Arc::new(Signer::forger()),
            to,
            plan: VecDeque::new(),
            held: Vec::new(),
            told: Vec::new(),
        }
    }

    /// Signs an event and sends it, in the manner that is next.
    pub(crate) fn put(&mut self, event: Value, transmission: String, time: String) {
        let body = event.to_string();
        self.told.push(event);
        let manner = self.plan.pop_front().unwrap_or(Manner::AtOnce);
        let signer = if manner == Manner::Forged { &self.forger } else { &self.genuine };
        let signature = signer.sign(&signed_text(&transmission, &time, &self.webhook_id, body.as_bytes()));
        let certificate = format!("{}/{}", self.certificates, signer.name);
        let headers = [
            ("paypal-transmission-id", transmission),
            ("paypal-transmission-time", time),
            ("paypal-transmission-sig", signature),
            ("paypal-cert-url", certificate),
            ("paypal-auth-algo", ALGORITHM.to_owned()),
        ];
        let delivery = Delivery { headers, body, tries: 0 };
        match manner {
            Manner::AtOnce | Manner::Forged => self.send(delivery),
            Manner::Twice => {
                self.send(delivery.clone());
                self.send(delivery);
            }
            Manner::Late => self.held.push(delivery),
            Manner::Lost => {}
        }
    }

    pub(crate) fn plan(&mut self, manner: Manner, times: usize) {
        self.plan.extend(std::iter::repeat_n(manner, times));
    }

    /// Lets go what was kept back. Gives back how many.
    pub(crate) fn release(&mut self, order: Release) -> usize {
        let mut held = std::mem::take(&mut self.held);
        if order == Release::Reversed {
            held.reverse();
        }
        let count = held.len();
        held.into_iter().for_each(|delivery| self.send(delivery));
        count
    }

    /// Every event, sent or not.
    pub(crate) fn told(&self) -> &[Value] {
        &self.told
    }

    /// The certificate of that name, PEM.
    pub(crate) fn certificate(&self, name: &str) -> Option<&'static str> {
        [&self.genuine, &self.forger].into_iter().find(|signer| signer.name == name).map(|signer| signer.certificate)
    }

    pub(crate) fn genuine(&self) -> &Signer {
        &self.genuine
    }

    fn send(&self, delivery: Delivery) {
        if let Some(to) = &self.to {
            // Whoever sends has ended with the simulator.
            drop(to.send(delivery));
        }
    }
}
