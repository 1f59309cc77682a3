//! From a request's cookie, or a program's key, to who calls.

use super::cookie;
use crate::{Server, keys};
use api::problem::Problem;
use api::wire::BELIEVED_ACCOUNT;
use api::{Caller, Unproved};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, Method};

/// Puts who calls, and with which session or key, into a request that brings a valid one.
pub async fn identify(State(server): State<Server>, mut request: Request, next: Next) -> Response {
    match keys::identify(&server.app, request.headers(), request.extensions()).await {
        Ok(Some(keys::Known { caller, session })) => {
            request.extensions_mut().insert(caller);
            request.extensions_mut().insert(session);
            return next.run(request).await;
        }
        Ok(None) => {}
        Err(refusal) => return *refusal,
    }
    if let Some(token) = cookie::token(request.headers()) {
        match server.accounts.find(&token).await {
            Ok(Some((account, session))) if believes(request.headers(), account.as_str()) => {
                if is_about_paying(&request) {
                    match server.accounts.stepped_up(&account, &session).await {
                        Ok(()) => {}
                        Err(problem) if problem.code == Problem::step_up_needed().code => {
                            request.extensions_mut().insert(Unproved);
                        }
                        Err(problem) => return problem.into_response(),
                    }
                }
                request.extensions_mut().insert(Caller(account));
                request.extensions_mut().insert(session);
            }
            Ok(Some(_) | None) => {}
            Err(error) => return Problem::from(error).into_response(),
        }
    }
    next.run(request).await
}

/// What asks whether somebody has just proved who they are, if they could: others need not wait for the answer.
fn is_about_paying(request: &Request) -> bool {
    let path = request.uri().path();
    request.method() == Method::POST
        && (path.ends_with("/pay") || matches!(path, "/v1/wallet/pin" | "/v1/wallet/passkeys"))
}

fn believes(headers: &HeaderMap, account: &str) -> bool {
    headers.get_all(BELIEVED_ACCOUNT).iter().all(|believed| believed.as_bytes() == account.as_bytes())
}
