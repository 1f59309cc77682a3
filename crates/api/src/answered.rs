//! The answer of a POST, and whether it was given before.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue};
use serde::Serialize;

/// Says that a call was made before, and that nothing was done again.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// What a call came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answered<T> {
    /// What it is told.
    pub body: T,
    /// Whether the same call was made before.
    pub replayed: bool,
}

impl<T> Answered<T> {
    /// The same, told in other words.
    pub fn map<U>(self, tell: impl FnOnce(T) -> U) -> Answered<U> {
        Answered { body: tell(self.body), replayed: self.replayed }
    }
}

impl<T: Serialize> IntoResponse for Answered<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.body).into_response();
        if self.replayed {
            response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
        }
        response
    }
}
