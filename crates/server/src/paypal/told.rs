//! What PayPal tells by itself. A word is a hint: what it is about is looked at, and that is told to the thread.

use super::PayPalProvider;
use super::kept::Owner;
use super::take::known;
use ::paypal::{Event, EventType, Subject};
use api::app::App;
use api::problem::Problem;
use api::provider::ProviderError;
use api::store::StoreError;
use domain::ids::PaymentId;

/// A word that was not understood for want of PayPal: it is to be sent again.
fn silent(_: ProviderError) -> Problem {
    Problem::new(503, "processor_silent", "What this is about cannot be looked at now. Send it again.")
}

impl PayPalProvider {
    /// Notes what has to be looked at because of an event.
    ///
    /// # Errors
    /// When it could not be noted: PayPal sends it again.
    pub(super) async fn heard(&self, app: &App, event: &Event) -> Result<(), Problem> {
        let Some(subject) = event.subject() else { return Ok(()) };
        let payments = match subject {
            Subject::PaymentToken { id, customer } => {
                return self.heard_of_token(app, event, &id, customer.as_deref()).await;
            }
            Subject::Dispute { captures, .. } => self.payments(&captures).await?,
            Subject::Order { id, custom_id } => {
                self.find(&id, custom_id.as_deref()).await.map_err(silent)?;
                self.payment(vec![id], custom_id.as_deref()).await?
            }
            Subject::Authorization { id, order, custom_id } | Subject::Capture { id, order, custom_id } => {
                if let Some(order) = &order {
                    self.find(order, custom_id.as_deref()).await.map_err(silent)?;
                }
                self.payment([id].into_iter().chain(order).collect(), custom_id.as_deref()).await?
            }
            // What names a refund of ours names no payment: the capture does.
            Subject::Refund { capture, custom_id, .. } => {
                self.payment(capture.into_iter().collect(), custom_id.as_deref()).await?
            }
        };
        for payment in payments {
            let noted = app.hint(&payment, &event.id).await?;
            tracing::info!(%payment, event = event.id, ?noted, "PayPal's word is noted");
        }
        Ok(())
    }

    /// An order that we asked for and never heard of: it is known from now on, if PayPal itself says that it is ours.
    async fn find(&self, order: &str, custom: Option<&str>) -> Result<(), ProviderError> {
        let Some(payment) = custom.and_then(|custom| custom.parse::<PaymentId>().ok()) else { return Ok(()) };
        let entry = self.entry(&payment).await?;
        if entry.is_none_or(|entry| entry.order.is_some()) {
            return Ok(());
        }
        let order = self.0.paypal.order(order).await.map_err(known)?;
        let is_ours = order.purchase_units.iter().any(|unit| unit.custom_id.as_deref() == Some(payment.as_str()));
        if is_ours { self.learn(&payment, &order).await.map(drop) } else { Ok(()) }
    }

    async fn payment(&self, theirs: Vec<String>, custom: Option<&str>) -> Result<Vec<PaymentId>, StoreError> {
        let found = self.payments(&theirs).await?;
        let named = custom.and_then(|custom| custom.parse::<PaymentId>().ok());
        Ok(if found.is_empty() { named.into_iter().collect() } else { found })
    }

    async fn payments(&self, theirs: &[String]) -> Result<Vec<PaymentId>, StoreError> {
        let mut found = Vec::new();
        for name in theirs {
            found.extend(self.payment_of(name).await?);
        }
        found.sort();
        found.dedup();
        Ok(found)
    }

    /// A token came after its purchase, or is gone.
    async fn heard_of_token(
        &self,
        app: &App,
        event: &Event,
        token: &str,
        customer: Option<&str>,
    ) -> Result<(), Problem> {
        match &event.event_type {
            EventType::VaultPaymentTokenDeleted | EventType::VaultPaymentTokenDeletionInitiated => {
                if let Some(Owner { account, method }) = self.owner_of(token).await? {
                    self.keep(&account, |kept| drop(kept.tokens.remove(&method))).await.map_err(silent)?;
                    app.unkeep_method(&account, &method).await?;
                }
            }
            EventType::VaultPaymentTokenCreated => {
                let owner = match customer {
                    Some(customer) => self.owner_of(customer).await?,
                    None => None,
                };
                let Some(owner) = owner else { return Ok(()) };
                if self.owner_of(token).await?.is_some() {
                    return Ok(());
                }
                // Only what PayPal itself says of it counts.
                let told = self.0.paypal.payment_token(token).await.map_err(known).map_err(silent)?;
                self.keep_as(&owner, &told.id).await.map_err(silent)?;
                let email = told.paypal().and_then(|holder| holder.email_address.as_deref());
                app.keep_method(&owner.account, &owner.method, super::authorise::masked(email.unwrap_or_default()))
                    .await?;
            }
            _about_no_token => {}
        }
        Ok(())
    }
}
