//! Requests, payments and orders.

use super::{Answer, Client, IdempotencyKey, OrderAct, PaymentAct, RequestAct, Transport};
use crate::wire::{
    AnswerDispute, AnswerExtension, AskExtension, Committed, MakeCounter, MakeRefund, Pay, Receipt, ReviseRequest,
    SendRequest, Ship,
};
use domain::ids::{DisputeId, OrderId, PaymentId, PaymentRequestId, ThreadId};

impl<T: Transport> Client<T> {
    /// Asks for a payment.
    pub async fn send_request(&self, key: &IdempotencyKey, thread: &ThreadId, body: &SendRequest) -> Answer<Committed> {
        self.post(&format!("/threads/{thread}/payment-requests"), key, body).await
    }
    /// Changes an open request.
    pub async fn revise(&self, key: &IdempotencyKey, id: &PaymentRequestId, body: &ReviseRequest) -> Answer<Committed> {
        self.post(&format!("/payment-requests/{id}/revise"), key, body).await
    }
    /// Does one of the things on a request that need no more words.
    pub async fn on_request(&self, key: &IdempotencyKey, id: &PaymentRequestId, act: RequestAct) -> Answer<Committed> {
        self.post(&format!("/payment-requests/{id}/{}", act.as_str()), key, &()).await
    }
    /// Proposes a change.
    pub async fn counter(&self, key: &IdempotencyKey, id: &PaymentRequestId, body: &MakeCounter) -> Answer<Committed> {
        self.post(&format!("/payment-requests/{id}/counter"), key, body).await
    }
    /// Pays. Safe to repeat with the same key.
    pub async fn pay(&self, key: &IdempotencyKey, id: &PaymentRequestId, body: &Pay) -> Answer<Committed> {
        self.post(&format!("/payment-requests/{id}/pay"), key, body).await
    }
    /// Does one of the things on an attempt to pay.
    pub async fn on_payment(&self, key: &IdempotencyKey, id: &PaymentId, act: PaymentAct) -> Answer<Committed> {
        self.post(&format!("/payments/{id}/{}", act.as_str()), key, &()).await
    }

    /// Does one of the things on an order that need no more words.
    pub async fn on_order(&self, key: &IdempotencyKey, id: &OrderId, act: OrderAct) -> Answer<Committed> {
        self.post(&format!("/orders/{id}/{}", act.as_str()), key, &()).await
    }
    /// Hands a parcel over.
    pub async fn ship(&self, key: &IdempotencyKey, id: &OrderId, body: &Ship) -> Answer<Committed> {
        self.post(&format!("/orders/{id}/shipments"), key, body).await
    }
    /// Asks for more time.
    pub async fn ask_extension(&self, key: &IdempotencyKey, id: &OrderId, body: &AskExtension) -> Answer<Committed> {
        self.post(&format!("/orders/{id}/extend"), key, body).await
    }
    /// Answers that.
    pub async fn answer_extension(
        &self,
        key: &IdempotencyKey,
        id: &OrderId,
        body: &AnswerExtension,
    ) -> Answer<Committed> {
        self.post(&format!("/orders/{id}/answer-extension"), key, body).await
    }
    /// Gives money back.
    pub async fn refund(&self, key: &IdempotencyKey, id: &OrderId, body: &MakeRefund) -> Answer<Committed> {
        self.post(&format!("/orders/{id}/refunds"), key, body).await
    }
    /// The agreement receipt of an order.
    pub async fn receipt(&self, id: &OrderId) -> Answer<Receipt> {
        self.get(&format!("/orders/{id}/receipt")).await
    }
    /// Answers a complaint.
    pub async fn answer_dispute(
        &self,
        key: &IdempotencyKey,
        order: &OrderId,
        dispute: &DisputeId,
        body: &AnswerDispute,
    ) -> Answer<Committed> {
        self.post(&format!("/orders/{order}/disputes/{dispute}"), key, body).await
    }
}
