//! The seller's answer to a complaint.

use super::PayPalProvider;
use super::map::{Not, sorted};
use super::take::known;
use ::paypal::{AcceptClaim, ClaimRemedy, DisputeStatus, Failure, Label, NewEvidence, SentParcel};
use api::provider::ProviderError;
use domain::dispute::DisputeAnswer;
use domain::ids::DisputeId;
use domain::order::{Order, Shipment};

impl PayPalProvider {
    pub(super) async fn answer(
        &self,
        dispute: &DisputeId,
        answer: DisputeAnswer,
        order: &Order,
    ) -> Result<(), ProviderError> {
        let entry = self.entry(&order.payment).await?.unwrap_or_default();
        let Some(theirs) = entry.disputes.get(dispute) else { return Ok(()) };
        // PayPal has no key for these: what was answered is not answered again. An answer of which the receipt was lost shows
        // in where the dispute stands; should it still be said twice, PayPal decides once.
        if entry.answered.contains(dispute) {
            return Ok(());
        }
        let standing = self.0.paypal.dispute(theirs).await.map_err(known)?.status;
        if !is_to_be_answered(&standing, answer) {
            return self.note(&order.payment, |entry| entry.answered.push(dispute.clone())).await.map(drop);
        }
        match answer {
            DisputeAnswer::Tracking => {
                let parcels: Vec<_> = order.shipments.iter().filter_map(sent).collect();
                if !parcels.is_empty() {
                    let evidence = NewEvidence { parcels, notes: None };
                    heard(self.0.paypal.provide_evidence(theirs, &evidence).await)?;
                }
            }
            DisputeAnswer::Accept => {
                let note = Label::cut("The seller agrees and gives the money back.").expect("not empty");
                let claim = AcceptClaim { note, remedy: ClaimRemedy::Refund };
                heard(self.0.paypal.accept_claim(theirs, &claim).await)?;
            }
        }
        self.note(&order.payment, |entry| entry.answered.push(dispute.clone())).await?;
        Ok(())
    }
}

fn sent(shipment: &Shipment) -> Option<SentParcel> {
    let tracking_number = shipment.tracking.clone()?;
    Some(SentParcel { carrier: shipment.carrier.clone(), tracking_number })
}

fn is_to_be_answered(standing: &DisputeStatus, answer: DisputeAnswer) -> bool {
    match standing {
        DisputeStatus::Resolved => false,
        // It has moved on with what was sent; the seller may still give in.
        DisputeStatus::UnderReview | DisputeStatus::WaitingForBuyerResponse => answer == DisputeAnswer::Accept,
        DisputeStatus::Open
        | DisputeStatus::WaitingForSellerResponse
        | DisputeStatus::OtherStatus
        | DisputeStatus::Other(_) => true,
    }
}

/// What PayPal refuses stays so: the dispute has moved on, which is told by itself.
fn heard(answered: Result<(), Failure>) -> Result<(), ProviderError> {
    match answered.map_err(sorted) {
        Ok(()) | Err(Not::Done(_)) => Ok(()),
        Err(Not::Known(error)) => Err(error),
    }
}
