//! Help on an order.

use super::{Answer, Client, IdempotencyKey, Transport, encode};
use crate::wire::{
    AcceptOffer, Committed, DecideCase, MakeOffer, OpenCase, Photo, Review, ReviewPage, SayInCase, SendBack,
};
use domain::ids::{CaseId, OrderId, PhotoId};

impl<T: Transport> Client<T> {
    /// Asks for help.
    pub async fn open_case(&self, key: &IdempotencyKey, id: &OrderId, body: &OpenCase) -> Answer<Committed> {
        self.post(&format!("/orders/{id}/cases"), key, body).await
    }
    /// Proposes what would put it right.
    pub async fn make_offer(
        &self,
        key: &IdempotencyKey,
        (order, case): (&OrderId, &CaseId),
        body: &MakeOffer,
    ) -> Answer<Committed> {
        self.post(&format!("/orders/{order}/cases/{case}/offers"), key, body).await
    }
    /// Says yes to what the other side has proposed.
    pub async fn accept_offer(
        &self,
        key: &IdempotencyKey,
        (order, case): (&OrderId, &CaseId),
        body: &AcceptOffer,
    ) -> Answer<Committed> {
        self.post(&format!("/orders/{order}/cases/{case}/accept"), key, body).await
    }
    /// Says no to it: a reviewer is asked.
    pub async fn refuse_offer(
        &self,
        key: &IdempotencyKey,
        (order, case): (&OrderId, &CaseId),
        body: &SayInCase,
    ) -> Answer<Committed> {
        self.post(&format!("/orders/{order}/cases/{case}/refuse"), key, body).await
    }
    /// Says or shows more.
    pub async fn say_in_case(
        &self,
        key: &IdempotencyKey,
        (order, case): (&OrderId, &CaseId),
        body: &SayInCase,
    ) -> Answer<Committed> {
        self.post(&format!("/orders/{order}/cases/{case}/say"), key, body).await
    }
    /// Sends back what is to go back.
    pub async fn send_back(
        &self,
        key: &IdempotencyKey,
        (order, case): (&OrderId, &CaseId),
        body: &SendBack,
    ) -> Answer<Committed> {
        self.post(&format!("/orders/{order}/cases/{case}/send-back"), key, body).await
    }
    /// Says that it has come back.
    pub async fn got_back(&self, key: &IdempotencyKey, (order, case): (&OrderId, &CaseId)) -> Answer<Committed> {
        self.post(&format!("/orders/{order}/cases/{case}/got-back"), key, &()).await
    }
    /// Ends the help.
    pub async fn close_case(&self, key: &IdempotencyKey, id: &OrderId, case: &CaseId) -> Answer<Committed> {
        self.post(&format!("/orders/{id}/cases/{case}/close"), key, &()).await
    }
    /// What waits for a reviewer; `after` is what the last page ended with.
    pub async fn reviews(&self, after: Option<&str>) -> Answer<ReviewPage> {
        let after = after.map(|after| format!("?after={}", encode(after))).unwrap_or_default();
        self.get(&format!("/reviews{after}")).await
    }
    /// A case as a reviewer sees it.
    pub async fn review(&self, order: &OrderId) -> Answer<Review> {
        self.get(&format!("/reviews/{order}")).await
    }
    /// A photo of it.
    pub async fn reviewed_photo(&self, order: &OrderId, photo: &PhotoId) -> Answer<Photo> {
        self.get(&format!("/reviews/{order}/photos/{photo}")).await
    }
    /// Decides over it.
    pub async fn decide_case(
        &self,
        key: &IdempotencyKey,
        (order, case): (&OrderId, &CaseId),
        body: &DecideCase,
    ) -> Answer<Review> {
        self.post(&format!("/reviews/{order}/cases/{case}"), key, body).await
    }
}
