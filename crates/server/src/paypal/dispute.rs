//! The seller's answer to a complaint.

use super::PayPalProvider;
use super::map::{Not, sorted};
use ::paypal::{AcceptClaim, ClaimRemedy, Failure, Label, NewEvidence, Reference};
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
        // PayPal has no key for these: what was answered is not answered again.
        if entry.answered.contains(dispute) {
            return Ok(());
        }
        match answer {
            DisputeAnswer::Tracking => {
                for evidence in order.shipments.iter().filter_map(evidence) {
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

fn evidence(shipment: &Shipment) -> Option<NewEvidence> {
    let tracking_number = Reference::new(shipment.tracking.as_ref()?.as_str()).ok()?;
    Some(NewEvidence { carrier: shipment.carrier.clone(), tracking_number, notes: None })
}

/// What PayPal refuses stays so: the dispute has moved on, which is told by itself.
fn heard(answered: Result<(), Failure>) -> Result<(), ProviderError> {
    match answered.map_err(|failure| sorted("answer dispute", failure)) {
        Ok(()) | Err(Not::Done(_)) => Ok(()),
        Err(Not::Known(error)) => Err(error),
    }
}
