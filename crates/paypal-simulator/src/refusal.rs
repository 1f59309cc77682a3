//! What PayPal says when it does not do what was asked.

use crate::ids::Ids;
use crate::schema::{Operation, schemas};
use serde_json::{Value, json};

/// Why a call was not done.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// 401: no token, an unknown one, or one that has run out.
    Unauthenticated,
    /// 400, 403, 404, 409 or 422, with PayPal's own name for what is wrong.
    Issue {
        /// The HTTP status.
        status: u16,
        /// `details[0].issue`.
        issue: String,
        /// JSON pointer into the body, where one field is to blame.
        field: Option<String>,
        /// Where the buyer can choose again.
        redirect: Option<String>,
    },
    /// 429.
    TooMany,
    /// 500.
    Broken,
}

impl Refusal {
    /// 422: understood, and not possible.
    pub fn unprocessable(issue: &str) -> Self {
        Self::issue(422, issue)
    }

    /// 422 about one field.
    pub fn about(issue: &str, field: impl Into<String>) -> Self {
        Self::field(422, issue, field)
    }

    /// 404: no such thing.
    pub fn missing() -> Self {
        Self::issue(404, "INVALID_RESOURCE_ID")
    }

    /// 400 about one field.
    pub fn invalid(issue: &str, field: impl Into<String>) -> Self {
        Self::field(400, issue, field)
    }

    /// Any status, by its issue alone.
    pub fn issue(status: u16, issue: &str) -> Self {
        Self::Issue { status, issue: issue.to_owned(), field: None, redirect: None }
    }

    fn field(status: u16, issue: &str, field: impl Into<String>) -> Self {
        Self::Issue { status, issue: issue.to_owned(), field: Some(field.into()), redirect: None }
    }

    /// 422 that sends the buyer back to the approval page.
    pub fn redirecting(issue: &str, to: String) -> Self {
        Self::Issue { status: 422, issue: issue.to_owned(), field: None, redirect: Some(to) }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        match self {
            Self::Unauthenticated => 401,
            Self::Issue { status, .. } => *status,
            Self::TooMany => 429,
            Self::Broken => 500,
        }
    }

    /// The body, worded as PayPal words it for this operation. `body` is the request's, for the value at fault.
    pub fn json(&self, operation: Operation, body: &Value, ids: &mut Ids) -> Value {
        let (name, message) = named(self.status());
        let mut answer = json!({ "name": name, "message": message, "debug_id": ids.hex(13), "links": [] });
        if let Self::Issue { status, issue, field, redirect } = self {
            answer["details"] = json!([detail(operation, *status, issue, field.as_deref(), body)]);
            answer["links"] = json!([{
                "href": format!("https://developer.paypal.com/api/rest/reference/orders/v2/errors/#{issue}"),
                "rel": "information_link",
                "method": "GET",
            }]);
            if let (Some(to), Some(links)) = (redirect, answer["links"].as_array_mut()) {
                links.push(json!({ "href": to, "rel": "redirect", "method": "GET" }));
            }
        }
        answer
    }
}

fn detail(operation: Operation, status: u16, issue: &str, field: Option<&str>, body: &Value) -> Value {
    let mut detail = json!({ "issue": issue });
    if let Some(text) = schemas().description(operation, status, issue).or_else(|| own_words(issue)) {
        detail["description"] = json!(text);
    }
    if let Some(field) = field {
        detail["field"] = json!(field);
        detail["location"] = json!("body");
        if let Some(value) = body.pointer(field) {
            detail["value"] = json!(value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        }
    }
    detail
}

/// What the official files have no sentence for.
fn own_words(issue: &str) -> Option<String> {
    let text = match issue {
        "UNKNOWN_FIELD" => "PayPal would pass over this field in silence; the simulator's strict mode does not.",
        "DUPLICATE_REQUEST_ID" => "The value of PayPal-Request-Id header has already been used for another request.",
        _ => return None,
    };
    Some(text.to_owned())
}

fn named(status: u16) -> (&'static str, &'static str) {
    match status {
        400 => ("INVALID_REQUEST", "Request is not well-formed, syntactically incorrect, or violates schema."),
        401 => (
            "AUTHENTICATION_FAILURE",
            "Authentication failed due to missing authorization header, or invalid authentication credentials.",
        ),
        403 => ("NOT_AUTHORIZED", "Authorization failed due to insufficient permissions."),
        404 => ("RESOURCE_NOT_FOUND", "The specified resource does not exist."),
        409 => ("RESOURCE_CONFLICT", "The server has detected a conflict while processing this request."),
        422 => (
            "UNPROCESSABLE_ENTITY",
            "The requested action could not be performed, semantically incorrect, or failed business validation.",
        ),
        415 => ("UNSUPPORTED_MEDIA_TYPE", "The server does not support the request payload's media type."),
        429 => ("RATE_LIMIT_REACHED", "Too many requests. Blocked due to rate limiting."),
        _ => ("INTERNAL_SERVER_ERROR", "An internal server error occurred."),
    }
}
