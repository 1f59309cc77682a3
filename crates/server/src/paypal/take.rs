//! Taking what is reserved, letting it go, giving it back, and telling of parcels.

use super::PayPalProvider;
use super::map::{self, Not, refund_trouble, sorted, taken};
use ::paypal::{Amount, Id, Issue, NewCapture, NewRefund, NewTracker, Reference, RefundStatus};
use api::provider::{ProviderError, Returned, Taken};
use domain::ids::{PaymentId, RefundId};
use domain::money::Money;
use domain::order::Shipment;
use domain::payment::RefundTrouble;

fn not_yet(why: &str) -> ProviderError {
    ProviderError::Unavailable(why.to_owned())
}

impl PayPalProvider {
    pub(super) async fn take(&self, payment: &PaymentId) -> Result<Taken, ProviderError> {
        let entry = self.entry(payment).await?.unwrap_or_default();
        if let Some(capture) = &entry.capture {
            return self.taken(capture).await;
        }
        let Some(authorization) = entry.authorization else { return Ok(Taken::Failed) };
        // All that was reserved, which was compared with what was agreed; nothing is captured after it.
        let all = NewCapture { amount: None, invoice_id: None, final_capture: true, note_to_payer: None };
        let key = format!("{payment}:capture");
        match self.0.paypal.capture_authorization(&key, &authorization, &all).await {
            Ok(capture) => {
                self.moves(payment).await?;
                self.belongs(&capture.id, payment).await?;
                self.note(payment, |entry| entry.capture = Some(capture.id.clone())).await?;
                self.with_fee(capture).await
            }
            Err(failure) => match sorted(failure) {
                Not::Known(error) => Err(error),
                Not::Done(issues) => {
                    let before = [Issue::AuthorizationAlreadyCaptured, Issue::PreviouslyCaptured];
                    let was_taken = issues.iter().any(|issue| before.contains(issue));
                    if was_taken { self.find_capture(payment).await } else { Ok(Taken::Failed) }
                }
            },
        }
    }

    /// A lost answer: the order knows the capture.
    async fn find_capture(&self, payment: &PaymentId) -> Result<Taken, ProviderError> {
        let entry = self.entry(payment).await?.unwrap_or_default();
        let Some(order) = entry.order else { return Err(ProviderError::InDoubt) };
        let order = self.0.paypal.order(&order).await.map_err(known)?;
        let entry = self.learn(payment, &order).await?;
        match entry.capture {
            Some(capture) => self.taken(&capture).await,
            None => Err(ProviderError::InDoubt),
        }
    }

    /// How a capture stands, by its own record.
    pub(super) async fn taken(&self, capture: &str) -> Result<Taken, ProviderError> {
        Ok(taken(&self.0.paypal.capture(capture).await.map_err(known)?))
    }

    /// An answer in brief has no fee in it.
    async fn with_fee(&self, capture: ::paypal::Capture) -> Result<Taken, ProviderError> {
        match taken(&capture) {
            Taken::Taken { fee: None } => self.taken(&capture.id).await,
            told => Ok(told),
        }
    }

    /// Lets go what may be reserved; from now on nothing more is.
    pub(super) async fn let_go(&self, payment: &PaymentId) -> Result<(), ProviderError> {
        let entry = self.note(payment, |entry| entry.given_up = true).await?;
        let Some(order) = &entry.order else { return Ok(()) };
        let authorization = match entry.authorization {
            Some(known) => known,
            // It may have been authorised by a call whose answer was lost.
            None => {
                let order = self.0.paypal.order(order).await.map_err(known)?;
                match self.learn(payment, &order).await?.authorization {
                    Some(found) => found,
                    None => return Ok(()),
                }
            }
        };
        match self.0.paypal.void_authorization(&format!("{payment}:void"), &authorization).await {
            Ok(()) => Ok(()),
            Err(failure) => match sorted(failure) {
                Not::Known(error) => Err(error),
                // It is gone already, in one way or another: what was taken meanwhile is told as a capture.
                Not::Done(_) => Ok(()),
            },
        }
    }

    pub(super) async fn give_back(
        &self,
        key: &RefundId,
        payment: &PaymentId,
        amount: Money,
    ) -> Result<Returned, ProviderError> {
        let entry = self.entry(payment).await?.unwrap_or_default();
        let Some(capture) = entry.capture else { return Ok(Returned::Failed(RefundTrouble::Refused)) };
        self.moves(payment).await?;
        let name = Reference::new(key.as_str()).map_err(|error| not_yet(&error.to_string()))?;
        let refund = NewRefund {
            amount: Some(Amount::of(amount).map_err(map::unsent)?),
            custom_id: Some(name.clone()),
            invoice_id: Some(name),
            note_to_payer: None,
        };
        match self.0.paypal.refund(key.as_str(), &capture, &refund).await {
            Ok(refund) => Ok(returned(&refund.status)),
            Err(failure) => match sorted(failure) {
                Not::Known(error) => Err(error),
                Not::Done(issues) if issues.contains(&Issue::PendingCapture) => Err(not_yet("the capture is pending")),
                Not::Done(issues) => Ok(Returned::Failed(refund_trouble(&issues))),
            },
        }
    }

    pub(super) async fn tell_of(&self, payment: &PaymentId, shipment: &Shipment) -> Result<(), ProviderError> {
        let (Some(number), Some(entry)) = (&shipment.tracking, self.entry(payment).await?) else { return Ok(()) };
        let (Some(order), Some(capture)) = (entry.order, entry.capture) else {
            return Err(not_yet("nothing is captured yet"));
        };
        let Ok(capture_id) = Id::new(capture) else { return Ok(()) };
        let tracking_number = number.clone();
        let carrier = shipment.carrier.clone();
        let tracker = NewTracker { capture_id, tracking_number, carrier, notify_payer: false, items: Vec::new() };
        let key = format!("{payment}:{}", shipment.id);
        match self.0.paypal.add_tracking(&key, &order, &tracker).await {
            Ok(()) => Ok(()),
            Err(failure) => match sorted(failure) {
                Not::Known(error) => Err(error),
                Not::Done(issues) if issues.contains(&Issue::CaptureStatusNotValid) => {
                    Err(not_yet("the capture is not complete"))
                }
                // It protects the seller, no more: what PayPal does not take holds up no parcel.
                Not::Done(_) => Ok(()),
            },
        }
    }
}

/// A question that PayPal refused is no answer to it.
pub(super) fn known(failure: ::paypal::Failure) -> ProviderError {
    match sorted(failure) {
        Not::Known(error) => error,
        Not::Done(_) => ProviderError::InDoubt,
    }
}

pub(super) fn returned(status: &RefundStatus) -> Returned {
    match status {
        RefundStatus::Completed => Returned::Settled,
        RefundStatus::Failed | RefundStatus::Cancelled => Returned::Failed(RefundTrouble::Refused),
        RefundStatus::Pending => Returned::Pending,
        RefundStatus::Other(word) => {
            tracing::warn!(word, "PayPal says a word of a refund that we do not know");
            Returned::Pending
        }
    }
}
