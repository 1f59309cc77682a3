//! Calls about what PayPal keeps of how buyers pay.

use super::PayPal;
use crate::failure::Failure;
use crate::text::Id;
use crate::vault::{Exchange, NewSetupToken, PaymentToken, SetupToken, TokenPage};

/// PayPal's own size of a page, and its most pages: schema `customer_vault_payment_tokens_response`.
const PAGE_SIZE: &str = "5";
const MOST_PAGES: u32 = 10;

impl PayPal {
    /// Asks a buyer to let PayPal keep how they pay.
    ///
    /// # Errors
    /// As [`Failure`] has it.
    pub async fn create_setup_token(&self, key: &str, asked: &NewSetupToken) -> Result<SetupToken, Failure> {
        self.ask(self.post("create_setup_token", &["v3", "vault", "setup-tokens"])?.keyed(key)?.json(asked)?).await
    }

    /// How far the asking is.
    ///
    /// # Errors
    /// As [`Failure`] has it.
    pub async fn setup_token(&self, id: &str) -> Result<SetupToken, Failure> {
        self.ask_about(id, self.get("setup_token", &["v3", "vault", "setup-tokens", id])?).await
    }

    /// Turns an approved setup token into what orders are paid with.
    ///
    /// # Errors
    /// As [`Failure`] has it.
    pub async fn create_payment_token(&self, key: &str, setup_token: &str) -> Result<PaymentToken, Failure> {
        let call = self.post("create_payment_token", &["v3", "vault", "payment-tokens"])?;
        self.ask(call.keyed(key)?.json(&Exchange::of(setup_token))?).await
    }

    /// What PayPal keeps, as it is now.
    ///
    /// # Errors
    /// As [`Failure`] has it.
    pub async fn payment_token(&self, id: &str) -> Result<PaymentToken, Failure> {
        self.ask_about(id, self.get("payment_token", &["v3", "vault", "payment-tokens", id])?).await
    }

    /// All that PayPal keeps for a customer.
    ///
    /// # Errors
    /// As [`Failure`] has it.
    pub async fn payment_tokens_of(&self, customer: &Id<22>) -> Result<Vec<PaymentToken>, Failure> {
        let (mut tokens, mut page, mut pages) = (Vec::new(), 1, 1);
        while page <= pages {
            let number = page.to_string();
            let query = [
                ("customer_id", customer.as_str()),
                ("page_size", PAGE_SIZE),
                ("page", &number),
                ("total_required", "true"),
            ];
            let call = self.get("payment_tokens_of", &["v3", "vault", "payment-tokens"])?.query(&query);
            let found: TokenPage = self.ask(call).await?;
            pages = found.total_pages.unwrap_or(1).min(MOST_PAGES);
            tokens.extend(found.payment_tokens);
            page += 1;
        }
        Ok(tokens)
    }

    /// Has PayPal forget it. Saying it twice changes nothing.
    ///
    /// # Errors
    /// As [`Failure`] has it.
    pub async fn delete_payment_token(&self, id: &str) -> Result<(), Failure> {
        self.tell(self.delete("delete_payment_token", &["v3", "vault", "payment-tokens", id])?).await
    }
}
