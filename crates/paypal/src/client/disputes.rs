//! Calls about disputes.

use super::PayPal;
use crate::dispute::{AcceptClaim, Dispute, DisputeQuery, Disputes, Message, NewEvidence};
use crate::failure::Failure;
use crate::text::Label;

const DISPUTES: [&str; 3] = ["v1", "customer", "disputes"];

impl PayPal {
    /// A dispute as it is now.
    ///
    /// # Errors
    /// As [`Failure`] has it.
    pub async fn dispute(&self, id: &str) -> Result<Dispute, Failure> {
        self.ask_about(id, self.get("dispute", &["v1", "customer", "disputes", id])?).await
    }

    /// One page of disputes: the first, or the one after [`Disputes::next_page`].
    ///
    /// # Errors
    /// As [`Failure`] has it.
    pub async fn disputes(&self, query: &DisputeQuery, page: Option<&str>) -> Result<Disputes, Failure> {
        let asked = match query {
            DisputeQuery::OfTransaction(capture) => ("disputed_transaction_id", capture.as_str()),
            DisputeQuery::InState(state) => ("dispute_state", state.as_str()),
        };
        let mut pairs = vec![asked, ("page_size", "50")];
        pairs.extend(page.map(|page| ("next_page_token", page)));
        self.ask(self.get("disputes", &DISPUTES)?.query(&pairs)).await
    }

    /// Shows that it was sent. PayPal takes no key here: fetch the dispute before saying it again.
    ///
    /// # Errors
    /// As [`Failure`] has it.
    pub async fn provide_evidence(&self, dispute: &str, evidence: &NewEvidence) -> Result<(), Failure> {
        let call = self.post("provide_evidence", &["v1", "customer", "disputes", dispute, "provide-evidence"])?;
        self.tell(call.form(evidence)?).await
    }

    /// Gives in. PayPal refunds the buyer and closes the dispute.
    ///
    /// # Errors
    /// As [`Failure`] has it.
    pub async fn accept_claim(&self, dispute: &str, claim: &AcceptClaim) -> Result<(), Failure> {
        let call = self.post("accept_claim", &["v1", "customer", "disputes", dispute, "accept-claim"])?;
        self.tell(call.json(claim)?).await
    }

    /// Writes to the buyer, while it is an inquiry.
    ///
    /// # Errors
    /// As [`Failure`] has it.
    pub async fn send_message(&self, dispute: &str, message: &Label<2000>) -> Result<(), Failure> {
        let call = self.post("send_message", &["v1", "customer", "disputes", dispute, "send-message"])?;
        self.tell(call.json(&Message { message })?).await
    }
}
