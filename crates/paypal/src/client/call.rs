//! One call: what is sent, and what its answer means.

use super::{PayPal, body_within, why};
use crate::dispute::Dispute;
use crate::failure::{self, Failure};
use crate::order::Order;
use crate::payment::{Authorization, Capture, Refund};
use crate::vault::{PaymentToken, SetupToken};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Method, RequestBuilder, Response, StatusCode, Url};
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};

/// The largest answer that is read: 1 MiB.
const MOST: usize = 1024 * 1024;

/// A call before it is sent.
pub(super) struct Call {
    name: &'static str,
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Body,
}

#[derive(Clone)]
enum Body {
    Nothing,
    Json(Vec<u8>),
    /// A form whose part `input` is JSON: what PayPal's disputes want.
    Form(Vec<u8>),
}

/// What PayPal answered.
struct Answer {
    status: StatusCode,
    body: Vec<u8>,
    debug_id: Option<String>,
}

impl Answer {
    fn read<T: DeserializeOwned>(&self, call: &'static str) -> Result<T, Failure> {
        // Where, not what: the text of the answer is not for logs.
        let place = |error: serde_json::Error| format!("{:?} at {}", error.classify(), error.column());
        serde_json::from_slice(&self.body).map_err(|error| self.not_understood(call, &place(error)))
    }

    fn not_understood(&self, call: &'static str, what: &str) -> Failure {
        let (why, debug_id) = (format!("an answer that is not what was asked for: {what}"), self.debug_id.clone());
        tracing::warn!(call, status = self.status.as_u16(), debug_id, %why, "PayPal is not understood");
        Failure::InDoubt { why, debug_id }
    }
}

/// What has a name of PayPal's.
pub(super) trait Named {
    fn id(&self) -> &str;
}

macro_rules! named {
    ($($thing:ident by $field:ident),+) => {$(
        impl Named for $thing {
            fn id(&self) -> &str {
                &self.$field
            }
        }
    )+};
}
named!(
    Authorization by id, Capture by id, Dispute by dispute_id, Order by id, PaymentToken by id, Refund by id, SetupToken by id
);

impl Call {
    fn new(name: &'static str, method: Method, url: Url) -> Self {
        Self { name, method, url, headers: HeaderMap::new(), body: Body::Nothing }
    }

    /// With our name of what is done. The whole of what became of it is asked for, not only its name.
    pub(super) fn keyed(mut self, key: &str) -> Result<Self, Failure> {
        let fits = (1..=108).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
        let value = HeaderValue::from_str(key).ok().filter(|_| fits);
        let value = value.ok_or_else(|| Failure::unsent("a key is 1 to 108 visible ASCII characters"))?;
        self.headers.insert("paypal-request-id", value);
        self.headers.insert("prefer", HeaderValue::from_static("return=representation"));
        Ok(self)
    }

    pub(super) fn json(self, body: &impl Serialize) -> Result<Self, Failure> {
        Ok(Self { body: Body::Json(serde_json::to_vec(body).map_err(Failure::unsent)?), ..self })
    }

    /// With JSON that was written before.
    pub(super) fn text(self, json: &str) -> Self {
        Self { body: Body::Json(json.as_bytes().to_vec()), ..self }
    }

    pub(super) fn form(self, input: &impl Serialize) -> Result<Self, Failure> {
        Ok(Self { body: Body::Form(serde_json::to_vec(input).map_err(Failure::unsent)?), ..self })
    }

    /// With something after the `?`.
    pub(super) fn query(mut self, pairs: &[(&str, &str)]) -> Self {
        self.url.query_pairs_mut().extend_pairs(pairs);
        self
    }
}

impl PayPal {
    /// The address of something. Parts that are not of ours are looked at: a `/` or `..` would name another thing.
    pub(super) fn address(&self, parts: &[&str]) -> Result<Url, Failure> {
        let plain = |part: &&str| {
            (1..=255).contains(&part.len())
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        };
        if !parts.iter().all(plain) {
            return Err(Failure::unsent("not a name of anything at PayPal"));
        }
        let mut url = self.0.settings.base.url().clone();
        let mut path = url.path_segments_mut().map_err(|()| Failure::unsent("an address without a path"))?;
        path.pop_if_empty().extend(parts);
        drop(path);
        Ok(url)
    }

    pub(super) fn get(&self, name: &'static str, parts: &[&str]) -> Result<Call, Failure> {
        Ok(Call::new(name, Method::GET, self.address(parts)?))
    }

    pub(super) fn post(&self, name: &'static str, parts: &[&str]) -> Result<Call, Failure> {
        Ok(Call::new(name, Method::POST, self.address(parts)?))
    }

    pub(super) fn patch(&self, name: &'static str, parts: &[&str]) -> Result<Call, Failure> {
        Ok(Call::new(name, Method::PATCH, self.address(parts)?))
    }

    pub(super) fn delete(&self, name: &'static str, parts: &[&str]) -> Result<Call, Failure> {
        Ok(Call::new(name, Method::DELETE, self.address(parts)?))
    }

    /// Sends a call and reads what was asked for.
    pub(super) async fn ask<T: DeserializeOwned>(&self, call: Call) -> Result<T, Failure> {
        let name = call.name;
        self.send(call).await?.read(name)
    }

    /// Sends a call about the thing of this id, and reads it.
    pub(super) async fn ask_about<T: DeserializeOwned + Named>(&self, id: &str, call: Call) -> Result<T, Failure> {
        let name = call.name;
        let answer = self.send(call).await?;
        let thing: T = answer.read(name)?;
        if thing.id() == id { Ok(thing) } else { Err(answer.not_understood(name, "it is about something else")) }
    }

    /// Sends a call of whose answer only counts that it is PayPal's: no content, or JSON.
    pub(super) async fn tell(&self, call: Call) -> Result<(), Failure> {
        let name = call.name;
        let answer = self.send(call).await?;
        let is_json = || serde_json::from_slice::<IgnoredAny>(&answer.body).is_ok();
        let said = answer.status == StatusCode::NO_CONTENT || is_json();
        if said { Ok(()) } else { Err(answer.not_understood(name, "it is not JSON")) }
    }

    /// Once more with another token, if PayPal does not take the first: it may have been revoked.
    async fn send(&self, call: Call) -> Result<Answer, Failure> {
        let bearer = self.bearer(None).await?;
        let answer = self.send_as(&call, &bearer).await?;
        if answer.status != StatusCode::UNAUTHORIZED {
            return judged(call.name, answer);
        }
        tracing::info!(call = call.name, debug_id = answer.debug_id, "PayPal wants another token");
        let bearer = self.bearer(Some(&bearer)).await?;
        judged(call.name, self.send_as(&call, &bearer).await?)
    }

    async fn send_as(&self, call: &Call, bearer: &HeaderValue) -> Result<Answer, Failure> {
        let sent = self.request(call, bearer)?.send().await;
        let answer = sent.map_err(|error| unanswered(call.name, &error))?;
        let (status, debug_id) = (answer.status(), debug_id(&answer));
        match body_within(answer, MOST).await {
            Ok(body) => Ok(Answer { status, body, debug_id }),
            Err(why) => {
                tracing::warn!(call = call.name, status = status.as_u16(), debug_id, %why, "PayPal is not understood");
                Err(Failure::InDoubt { why, debug_id })
            }
        }
    }

    fn request(&self, call: &Call, bearer: &HeaderValue) -> Result<RequestBuilder, Failure> {
        let request = self.0.http.request(call.method.clone(), call.url.clone());
        let request =
            request.headers(call.headers.clone()).header(AUTHORIZATION, bearer).header(ACCEPT, "application/json");
        Ok(match call.body.clone() {
            Body::Nothing => request,
            Body::Json(body) => request.header(CONTENT_TYPE, "application/json").body(body),
            Body::Form(input) => {
                let part =
                    reqwest::multipart::Part::bytes(input).mime_str("application/json").map_err(Failure::unsent)?;
                request.multipart(reqwest::multipart::Form::new().part("input", part))
            }
        })
    }
}

/// What PayPal's support asks for, if the header has it.
pub(super) fn debug_id(answer: &Response) -> Option<String> {
    let text = answer.headers().get("paypal-debug-id")?.to_str().ok()?;
    Some(text.chars().take(64).collect())
}

/// What an answer comes to, with the one line that the log has of it: whoever asked adds none.
fn judged(call: &'static str, answer: Answer) -> Result<Answer, Failure> {
    let status = answer.status.as_u16();
    if answer.status.is_success() {
        tracing::info!(call, status, debug_id = answer.debug_id, "PayPal answered");
        return Ok(answer);
    }
    let failure = failure::of_answer(status, answer.debug_id, &answer.body);
    let debug_id = failure.debug_id();
    // PayPal's words for why, and nothing of what was asked.
    match &failure {
        Failure::Auth { .. } => tracing::error!(call, status, debug_id, "PayPal does not take our keys for this"),
        Failure::Refused { .. } | Failure::Busy { .. } | Failure::InDoubt { .. } | Failure::Unavailable { .. } => {
            tracing::warn!(call, status, debug_id, %failure, "PayPal did not do it");
        }
    }
    Err(failure)
}

/// No answer: either nothing was sent, or nobody knows.
fn unanswered(call: &'static str, error: &reqwest::Error) -> Failure {
    let why = why(error);
    tracing::warn!(call, %why, "PayPal did not answer");
    if error.is_connect() || error.is_builder() {
        Failure::Unavailable { why }
    } else {
        Failure::InDoubt { why, debug_id: None }
    }
}
