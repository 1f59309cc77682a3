//! The access token: fetched once for all who wait, kept until shortly before it ends.

use super::{PayPal, body_within, why};
use crate::failure::{self, Failure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use serde::Deserialize;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;

/// How long before its end a token is used no more: longer than a call may take.
const MARGIN: Duration = Duration::from_secs(60);
/// Larger than any answer with a token.
const MOST: usize = 64 * 1024;

/// The token there is. Whoever fetches one holds the lock, so that the others wait for it.
#[derive(Default)]
pub(super) struct Tokens(Mutex<Option<Token>>);

struct Token {
    header: HeaderValue,
    ends: Instant,
}

#[derive(Deserialize)]
struct Answer {
    access_token: String,
    expires_in: u64,
}

impl PayPal {
    /// What goes into `Authorization`. `refused` is one that PayPal does not take any more.
    pub(super) async fn bearer(&self, refused: Option<&HeaderValue>) -> Result<HeaderValue, Failure> {
        let mut kept = self.0.tokens.0.lock().await;
        let good = |token: &&Token| token.ends > Instant::now() && Some(&token.header) != refused;
        if let Some(token) = kept.as_ref().filter(good) {
            return Ok(token.header.clone());
        }
        let token = self.fetch_token().await?;
        let header = token.header.clone();
        *kept = Some(token);
        Ok(header)
    }

    async fn fetch_token(&self) -> Result<Token, Failure> {
        let settings = &self.0.settings;
        let keys = STANDARD.encode(format!("{}:{}", settings.client_id, settings.secret.expose()));
        let mut basic = HeaderValue::from_str(&format!("Basic {keys}")).map_err(Failure::unsent)?;
        basic.set_sensitive(true);
        let asked = Instant::now();
        let request = self
            .0
            .http
            .post(self.address(&["v1", "oauth2", "token"])?)
            .header(AUTHORIZATION, basic)
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body("grant_type=client_credentials");
        let no_token = |why: String| {
            tracing::warn!(call = "token", %why, "PayPal gave no token");
            Failure::Unavailable { why: format!("no token: {why}") }
        };
        let answer = request.send().await.map_err(|error| no_token(why(&error)))?;
        let (status, debug_id) = (answer.status(), super::call::debug_id(&answer));
        let body = body_within(answer, MOST).await.map_err(no_token)?;
        if !status.is_success() {
            return Err(match failure::of_answer(status.as_u16(), debug_id, &body) {
                auth @ Failure::Auth { .. } => {
                    let (status, debug_id) = (status.as_u16(), auth.debug_id());
                    tracing::error!(call = "token", status, debug_id, "PayPal does not take our keys");
                    auth
                }
                Failure::Refused { .. }
                | Failure::Busy { .. }
                | Failure::InDoubt { .. }
                | Failure::Unavailable { .. } => no_token(format!("status {status}")),
            });
        }
        tracing::info!(call = "token", status = status.as_u16(), debug_id, "PayPal answered");
        let answer: Answer = serde_json::from_slice(&body).map_err(|_| no_token("an answer without one".to_owned()))?;
        token_of(&answer, asked).map_err(no_token)
    }
}

fn token_of(answer: &Answer, asked: Instant) -> Result<Token, String> {
    let bearer = format!("Bearer {}", answer.access_token);
    let mut header = HeaderValue::from_str(&bearer).map_err(|_| "an answer without one".to_owned())?;
    header.set_sensitive(true);
    // A year is more than any token has: it only keeps the sum in range.
    let lasts = Duration::from_secs(answer.expires_in.min(31_536_000));
    Ok(Token { header, ends: asked + lasts.saturating_sub(MARGIN) })
}
