//! The seam that workers ask through. Of a demo, what was paid with the simulated processor stays with it.

use super::PayPalProvider;
use super::kept::{Kept, place_of};
use super::map::{Not, sorted};
use api::provider::simulated::Simulated;
use api::provider::{Fact, Outcome, PaymentProvider, ProviderError, Purchase, Returned, Taken, Told};
use domain::dispute::DisputeAnswer;
use domain::ids::{AccountId, DisputeId, MethodId, OrderId, PaymentId, RefundId};
use domain::money::Money;
use domain::order::{Order, Shipment};
use domain::payment::MethodKind;

impl PayPalProvider {
    /// The simulated processor, when this attempt is its.
    async fn simulated(&self, payment: &PaymentId) -> Result<Option<&Simulated>, ProviderError> {
        match &self.0.simulated {
            Some(simulated) if simulated.knows(payment).await? => Ok(Some(simulated)),
            Some(_) | None => Ok(None),
        }
    }

    async fn let_method_go(&self, account: &AccountId, method: &MethodId) -> Result<(), ProviderError> {
        // First it pays nothing any more; then PayPal is told, as often as it takes.
        let leave = |kept: &mut Kept| {
            if let Some(sealed) = kept.tokens.remove(method) {
                kept.leaving.insert(method.clone(), sealed);
            }
        };
        let kept = self.keep(account, leave).await?;
        let Some(sealed) = kept.leaving.get(method) else { return Ok(()) };
        let opened = self.0.key.open(&place_of(account, method), sealed);
        let token = opened.map_err(|error| ProviderError::Unavailable(error.to_string()))?;
        match self.0.paypal.delete_payment_token(&token).await.map_err(sorted) {
            // What is not there is forgotten.
            Ok(()) | Err(Not::Done(_)) => {}
            Err(Not::Known(error)) => return Err(error),
        }
        self.keep(account, |kept| drop(kept.leaving.remove(method))).await.map(drop)
    }
}

impl PaymentProvider for PayPalProvider {
    fn offers(&self) -> &'static [MethodKind] {
        &[MethodKind::PayPal, MethodKind::Card]
    }

    fn authorise<'a>(&'a self, purchase: Purchase<'a>) -> Told<'a, Outcome> {
        Box::pin(async move {
            match self.simulated(&purchase.payment.id).await? {
                Some(simulated) => simulated.authorise(purchase).await,
                None => self.reserve(purchase).await,
            }
        })
    }

    fn approval<'a>(&'a self, payment: &'a PaymentId) -> Told<'a, Option<String>> {
        Box::pin(async move {
            match self.simulated(payment).await? {
                Some(simulated) => simulated.approval(payment).await,
                None => Ok(self.entry(payment).await?.and_then(|entry| entry.approve)),
            }
        })
    }

    fn look<'a>(&'a self, payment: &'a PaymentId) -> Told<'a, Vec<Fact>> {
        Box::pin(async move {
            match self.simulated(payment).await? {
                Some(simulated) => simulated.look(payment).await,
                None => self.facts(payment).await,
            }
        })
    }

    fn capture<'a>(&'a self, payment: &'a PaymentId) -> Told<'a, Taken> {
        Box::pin(async move {
            match self.simulated(payment).await? {
                Some(simulated) => simulated.capture(payment).await,
                None => self.take(payment).await,
            }
        })
    }

    fn void<'a>(&'a self, payment: &'a PaymentId) -> Told<'a, ()> {
        Box::pin(async move {
            match self.simulated(payment).await? {
                Some(simulated) => simulated.void(payment).await,
                None => self.let_go(payment).await,
            }
        })
    }

    fn refund<'a>(&'a self, key: &'a RefundId, payment: &'a PaymentId, amount: Money) -> Told<'a, Returned> {
        Box::pin(async move {
            match self.simulated(payment).await? {
                Some(simulated) => simulated.refund(key, payment, amount).await,
                None => self.give_back(key, payment, amount).await,
            }
        })
    }

    /// What was captured is in the seller's account at PayPal already.
    fn pay_out<'a>(&'a self, _key: &'a OrderId, _amount: Money) -> Told<'a, ()> {
        Box::pin(async { Ok(()) })
    }

    fn push_tracking<'a>(&'a self, payment: &'a PaymentId, shipment: &'a Shipment) -> Told<'a, ()> {
        Box::pin(async move {
            match self.simulated(payment).await? {
                Some(_) => Ok(()),
                None => self.tell_of(payment, shipment).await,
            }
        })
    }

    fn answer_dispute<'a>(&'a self, dispute: &'a DisputeId, answer: DisputeAnswer, order: &'a Order) -> Told<'a, ()> {
        Box::pin(self.answer(dispute, answer, order))
    }

    fn forget<'a>(&'a self, account: &'a AccountId, method: &'a MethodId) -> Told<'a, ()> {
        Box::pin(self.let_method_go(account, method))
    }
}
