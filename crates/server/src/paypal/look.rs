//! What is so at PayPal of an attempt whose money was reserved.

use super::PayPalProvider;
use super::map::complaint;
use super::take::{known, returned};
use ::paypal::{Dispute, DisputeQuery, DisputeStatus, Id, Order, OrderStatus, OutcomeCode, Refund};
use api::provider::{Fact, ProviderError, Returned};
use domain::command::RefundAnswer;
use domain::dispute::{DisputeOutcome, DisputeStage, DisputeTold};
use domain::ids::{DisputeId, PaymentId, RefundId};
use domain::money::Money;
use domain::time::Timestamp;

/// Most complaints over one payment that are looked at; PayPal allows few.
const MOST_DISPUTES: usize = 10;

impl PayPalProvider {
    pub(super) async fn facts(&self, payment: &PaymentId) -> Result<Vec<Fact>, ProviderError> {
        let Some(entry) = self.entry(payment).await? else { return Ok(Vec::new()) };
        let Some(order) = &entry.order else { return Ok(Vec::new()) };
        let order = self.0.paypal.order(order).await.map_err(known)?;
        let entry = self.learn(payment, &order).await?;
        match &order.status {
            OrderStatus::Approved if entry.authorization.is_none() && !entry.given_up => {
                return Ok(vec![Fact::Approved]);
            }
            // It may mean that the buyer has approved: taken for nothing, the word would be lost.
            OrderStatus::Other(word) if entry.authorization.is_none() => {
                tracing::warn!(word, "PayPal says a word of an order that we do not know");
                return Err(ProviderError::InDoubt);
            }
            OrderStatus::Approved
            | OrderStatus::Completed
            | OrderStatus::Created
            | OrderStatus::Other(_)
            | OrderStatus::PayerActionRequired
            | OrderStatus::Saved
            | OrderStatus::Voided => {}
        }
        if entry.given_up && entry.authorization.is_some() && entry.capture.is_none() {
            // Reserved by a call whose answer was lost for good.
            self.let_go(payment).await?;
        }
        let Some(capture) = &entry.capture else { return Ok(Vec::new()) };
        let mut facts = vec![Fact::Taken(self.taken(capture).await?)];
        let disputes = self.disputes(payment, capture).await?;
        let decided: Vec<Decided> = disputes.iter().filter_map(Decided::of).collect();
        facts.extend(refunds(&order, &decided));
        facts.extend(disputes.into_iter().map(|(told, _)| Fact::Dispute(told)));
        Ok(facts)
    }

    /// What buyers complain of over a capture, and since when.
    async fn disputes(&self, payment: &PaymentId, capture: &str) -> Result<Vec<Complaint>, ProviderError> {
        let Ok(of) = Id::new(capture) else { return Ok(Vec::new()) };
        let page = self.0.paypal.disputes(&DisputeQuery::OfTransaction(of), None).await.map_err(known)?;
        let mut told = Vec::new();
        for summary in page.items.iter().take(MOST_DISPUTES) {
            let dispute = self.0.paypal.dispute(&summary.dispute_id).await.map_err(known)?;
            let Some(one) = told_of(&dispute) else { continue };
            self.note(payment, |entry| {
                entry.disputes.insert(one.id.clone(), dispute.dispute_id.clone());
            })
            .await?;
            told.push((one, dispute.create_time));
        }
        Ok(told)
    }
}

type Complaint = (DisputeTold, Option<Timestamp>);

/// What a decision gave back to the buyer.
struct Decided {
    returned: Money,
    /// Since when it was complained of.
    since: Option<Timestamp>,
}

impl Decided {
    fn of((told, since): &Complaint) -> Option<Self> {
        match told.stage {
            DisputeStage::Closed(DisputeOutcome::ForBuyer { returned }) => Some(Self { returned, since: *since }),
            DisputeStage::Closed(DisputeOutcome::ForSeller)
            | DisputeStage::Seller
            | DisputeStage::Buyer
            | DisputeStage::Review => None,
        }
    }

    /// Whether a refund is what this decision gave back, not one beside it. What went back by hand before anybody
    /// complained is none; while a dispute is open PayPal lets nobody else give back.
    fn has_in_it(&self, refund: &Refund) -> bool {
        let is_before = self.since.zip(refund.create_time).is_some_and(|(since, made)| made < since);
        !is_before && refund.amount.is_some_and(|amount| amount.money() == self.returned)
    }
}

fn refunds(order: &Order, decided: &[Decided]) -> impl Iterator<Item = Fact> {
    order.refunds().filter_map(move |refund| {
        let ours: Option<RefundId> = refund.custom_id.as_deref().and_then(|custom| custom.parse().ok());
        match ours {
            Some(ours) => answer(refund).map(|answer| Fact::Refund(ours, answer)),
            None if decided.iter().any(|decision| decision.has_in_it(refund)) => None,
            None => elsewhere(refund),
        }
    })
}

fn answer(refund: &Refund) -> Option<RefundAnswer> {
    match returned(&refund.status) {
        Returned::Settled => Some(RefundAnswer::Settled),
        Returned::Failed(why) => Some(RefundAnswer::Failed(why)),
        Returned::Pending => None,
    }
}

/// Money that went back in PayPal's own pages. Named after PayPal's name for it, it is the same one each time.
fn elsewhere(refund: &Refund) -> Option<Fact> {
    let amount = refund.amount?.money();
    let id = format!("re_{}", refund.id).parse().ok()?;
    (returned(&refund.status) == Returned::Settled).then_some(Fact::ReturnedElsewhere { refund: id, amount })
}

fn told_of(dispute: &Dispute) -> Option<DisputeTold> {
    let amount = dispute.dispute_amount?.money();
    let id: DisputeId = format!("dsp_{}", dispute.dispute_id).parse().ok()?;
    let (reason, respond_by) = (complaint(dispute.reason.as_ref()), dispute.seller_response_due_date);
    Some(DisputeTold { id, reason, amount, respond_by, stage: stage(dispute, amount) })
}

fn stage(dispute: &Dispute, amount: Money) -> DisputeStage {
    match &dispute.status {
        DisputeStatus::Open | DisputeStatus::WaitingForSellerResponse => DisputeStage::Seller,
        DisputeStatus::WaitingForBuyerResponse => DisputeStage::Buyer,
        DisputeStatus::Resolved => DisputeStage::Closed(outcome(dispute, amount)),
        DisputeStatus::UnderReview | DisputeStatus::OtherStatus => DisputeStage::Review,
        DisputeStatus::Other(word) => {
            tracing::warn!(word, "PayPal says a word of a dispute that we do not know");
            DisputeStage::Review
        }
    }
}

fn outcome(dispute: &Dispute, amount: Money) -> DisputeOutcome {
    let told = dispute.dispute_outcome.as_ref();
    let refunded = told.and_then(|told| told.amount_refunded).map(::paypal::Amount::money);
    match told.and_then(|told| told.outcome_code.as_ref()) {
        Some(OutcomeCode::ResolvedBuyerFavour | OutcomeCode::Accepted) => {
            DisputeOutcome::ForBuyer { returned: refunded.unwrap_or(amount) }
        }
        // With a payout PayPal pays the buyer itself.
        Some(
            OutcomeCode::ResolvedSellerFavour
            | OutcomeCode::ResolvedWithPayout
            | OutcomeCode::CanceledByBuyer
            | OutcomeCode::Denied
            | OutcomeCode::None,
        ) => DisputeOutcome::ForSeller,
        // A word we do not know: what PayPal says went back has gone back.
        Some(OutcomeCode::Other(_)) | None => match refunded {
            Some(returned) if returned.minor > 0 => DisputeOutcome::ForBuyer { returned },
            Some(_) | None => DisputeOutcome::ForSeller,
        },
    }
}
