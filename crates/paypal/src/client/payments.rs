//! Calls about what is set aside, what moved, and what went back.

use super::PayPal;
use crate::failure::Failure;
use crate::payment::{Authorization, Capture, NewCapture, NewRefund, Refund};
use serde_json::json;

impl PayPal {
    /// What is set aside, as it is now.
    ///
    /// # Errors
    /// As [`Failure`] has it.
    pub async fn authorization(&self, id: &str) -> Result<Authorization, Failure> {
        self.ask_about(id, self.get("authorization", &["v2", "payments", "authorizations", id])?).await
    }

    /// Takes what is set aside, or part of it.
    ///
    /// # Errors
    /// As [`Failure`] has it.
    pub async fn capture_authorization(&self, key: &str, id: &str, capture: &NewCapture) -> Result<Capture, Failure> {
        let call = self.post("capture_authorization", &["v2", "payments", "authorizations", id, "capture"])?;
        self.ask(call.keyed(key)?.json(capture)?).await
    }

    /// Gives back what is set aside.
    ///
    /// # Errors
    /// As [`Failure`] has it; [`Issue::PreviouslyVoided`](crate::Issue) is success after a lost answer.
    pub async fn void_authorization(&self, key: &str, id: &str) -> Result<(), Failure> {
        let call = self.post("void_authorization", &["v2", "payments", "authorizations", id, "void"])?;
        self.tell(call.keyed(key)?.json(&json!({}))?).await
    }

    /// What moved, as it is now.
    ///
    /// # Errors
    /// As [`Failure`] has it.
    pub async fn capture(&self, id: &str) -> Result<Capture, Failure> {
        self.ask_about(id, self.get("capture", &["v2", "payments", "captures", id])?).await
    }

    /// Sends back what moved, or part of it.
    ///
    /// # Errors
    /// As [`Failure`] has it.
    pub async fn refund(&self, key: &str, capture: &str, refund: &NewRefund) -> Result<Refund, Failure> {
        let call = self.post("refund", &["v2", "payments", "captures", capture, "refund"])?;
        self.ask(call.keyed(key)?.json(refund)?).await
    }

    /// What went back, as it is now.
    ///
    /// # Errors
    /// As [`Failure`] has it.
    pub async fn refund_of(&self, id: &str) -> Result<Refund, Failure> {
        self.ask_about(id, self.get("refund_of", &["v2", "payments", "refunds", id])?).await
    }
}
