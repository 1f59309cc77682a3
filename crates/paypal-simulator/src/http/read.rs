//! What a request says.

use crate::call::Call;
use crate::refusal::Refusal;
use axum::extract::{FromRequest, Multipart, RawPathParams, Request};
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap};
use serde_json::{Value, json};

/// The most that is read of a body: PayPal takes 10 MB of evidence.
const LIMIT: usize = 10 << 20;

/// The issue that `PayPal-Mock-Response` asks for: PayPal's own way to test what goes wrong.
pub(super) fn mock(headers: &HeaderMap) -> Option<Refusal> {
    let asked: Value = serde_json::from_str(text(headers, "paypal-mock-response")?).ok()?;
    let codes = &asked["mock_application_codes"];
    let code = codes.as_str().or_else(|| codes[0].as_str())?;
    Some(match code {
        "INTERNAL_SERVER_ERROR" => Refusal::Broken,
        "RATE_LIMIT_REACHED" => Refusal::TooMany,
        "AUTHENTICATION_FAILURE" => Refusal::Unauthenticated,
        "PREVIOUS_REQUEST_IN_PROGRESS" => Refusal::issue(409, code),
        "PERMISSION_DENIED" => Refusal::issue(403, code),
        "INVALID_RESOURCE_ID" => Refusal::missing(),
        "MISSING_REQUIRED_PARAMETER"
        | "INVALID_PARAMETER_SYNTAX"
        | "INVALID_PARAMETER_VALUE"
        | "INVALID_STRING_LENGTH" => Refusal::issue(400, code),
        code => Refusal::unprocessable(code),
    })
}

pub(super) fn bearer(headers: &HeaderMap) -> Option<String> {
    text(headers, AUTHORIZATION.as_str())?.strip_prefix("Bearer ").map(str::to_owned)
}

/// Reads a call whole.
pub(super) async fn call(ids: &RawPathParams, request: Request) -> Result<Call, Refusal> {
    let headers = request.headers();
    let request_id = text(headers, "paypal-request-id").filter(|key| !key.is_empty()).map(str::to_owned);
    if request_id.as_ref().is_some_and(|key| key.len() > 108) {
        return Err(Refusal::issue(400, "INVALID_STRING_LENGTH"));
    }
    let wants_all = text(headers, "prefer").is_some_and(|wish| wish.contains("return=representation"));
    let uri = request.uri();
    let query = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
    let path = uri.path().to_owned();
    let ids = ids.iter().map(|(_, id)| id.to_owned()).collect();
    let body = body(request).await?;
    Ok(Call { ids, path, query, body, request_id, wants_all })
}

async fn body(request: Request) -> Result<Value, Refusal> {
    let kind = text(request.headers(), CONTENT_TYPE.as_str()).unwrap_or_default().to_owned();
    if kind.starts_with("multipart/") {
        return parts(request).await;
    }
    let bytes = axum::body::to_bytes(request.into_body(), LIMIT).await.map_err(|_| malformed())?;
    if bytes.is_empty() {
        return Ok(json!({}));
    }
    if !kind.starts_with("application/json") {
        return Err(Refusal::issue(415, "MALFORMED_REQUEST_JSON"));
    }
    serde_json::from_slice(&bytes).map_err(|_| malformed())
}

/// `input` is the JSON of a multipart body; of the files beside it, the names are kept.
async fn parts(request: Request) -> Result<Value, Refusal> {
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| malformed())?;
    let (mut input, mut files) = (json!({}), Vec::new());
    while let Some(part) = parts.next_field().await.map_err(|_| malformed())? {
        let file = part.file_name().map(str::to_owned);
        let is_input = part.name() == Some("input");
        let bytes = part.bytes().await.map_err(|_| malformed())?;
        if is_input {
            input = serde_json::from_slice(&bytes).map_err(|_| malformed())?;
        } else if let Some(name) = file {
            files.push(json!({ "name": name, "size": bytes.len().to_string() }));
        }
    }
    Ok(json!({ "input": input, "files": files }))
}

fn malformed() -> Refusal {
    Refusal::issue(400, "MALFORMED_REQUEST_JSON")
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
