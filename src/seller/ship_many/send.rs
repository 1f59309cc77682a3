//! Hands the parcels of a list over, one after the other, each once.

use super::read::Line;
use super::waiting::Waiting;
use crate::refusal::sentence;
use crate::store::{Session, new_key};
use api::client::{ApiError, IdempotencyKey};
use api::wire::Ship;
use domain::ids::OrderId;
use leptos::prelude::*;
use std::collections::HashMap;

/// What is on its way, and what came of it. A copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct Sending {
    session: Session,
    /// How many have been answered, of how many; nothing while none is sent.
    pub progress: RwSignal<Option<(usize, usize)>>,
    /// What was handed over, the newest first.
    pub shipped: RwSignal<Vec<Waiting>>,
    /// Why an order was refused, in words.
    pub refused: RwSignal<HashMap<OrderId, String>>,
    /// What nobody has answered: the same once more has the same key, and is not done twice.
    unanswered: StoredValue<HashMap<OrderId, (Ship, IdempotencyKey)>>,
}

impl Sending {
    pub fn new(session: Session) -> Self {
        Self {
            session,
            progress: RwSignal::new(None),
            shipped: RwSignal::new(Vec::new()),
            refused: RwSignal::new(HashMap::new()),
            unanswered: StoredValue::new(HashMap::new()),
        }
    }

    /// Sends the lines that can be sent. Whoever closes the sheet meanwhile stops after the one that is under way.
    pub async fn send(self, lines: Vec<Line>, waiting: Vec<Waiting>) {
        let parcels: Vec<(Waiting, Ship)> = lines
            .into_iter()
            .filter_map(|line| {
                let order = waiting.get(line.order?)?.clone();
                let (carrier, tracking) = line.parcel.ok()?;
                let contents = order.contents.clone();
                Some((order, Ship { contents, carrier, tracking: Some(tracking) }))
            })
            .collect();
        let all = parcels.len();
        self.refused.set(HashMap::new());
        for (done, (order, body)) in parcels.into_iter().enumerate() {
            if self.progress.try_set(Some((done, all))).is_some() {
                return;
            }
            let answer = self.ship(&order.id, body).await;
            let told = match answer {
                Ok(()) => self.shipped.try_update(|shipped| shipped.insert(0, order)),
                Err(error) => self.refused.try_update(|refused| drop(refused.insert(order.id, sentence(&error)))),
            };
            if told.is_none() {
                return;
            }
        }
        let _closed = self.progress.try_set(None);
    }

    async fn ship(self, order: &OrderId, body: Ship) -> Result<(), ApiError> {
        let known = self.unanswered.try_with_value(|unanswered| unanswered.get(order).cloned()).flatten();
        let key = known.filter(|(known, _)| *known == body).map_or_else(new_key, |(_, key)| key);
        let client = self.session.client();
        let answer = self.session.commit(client.ship(&key, order, &body)).await;
        let _closed = self.unanswered.try_update_value(|unanswered| match &answer {
            // An answer that cannot be read may have been a yes.
            Err(ApiError::Network(_) | ApiError::Decode(_)) => drop(unanswered.insert(order.clone(), (body, key))),
            Ok(()) | Err(ApiError::Problem(_)) => drop(unanswered.remove(order)),
        });
        answer
    }
}
