//! From a request's cookie, or a program's key, to who calls.

use super::{cookie, team};
use crate::{Server, keys};
use api::problem::Problem;
use api::scope::is_open_to_staff;
use api::wire::BELIEVED_ACCOUNT;
use api::{Caller, Unproved};
use axum::extract::{MatchedPath, Request, State};
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
            Ok(Some((seat, session))) if believes(request.headers(), seat.account().as_str()) => {
                let account = seat.account().clone();
                if is_the_owners(&request) {
                    match server.accounts.is_owner(&seat).await {
                        Ok(true) => {}
                        Ok(false) => return team::only_owner().into_response(),
                        Err(error) => return Problem::from(error).into_response(),
                    }
                }
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
                request.extensions_mut().insert(seat);
                request.extensions_mut().insert(session);
            }
            Ok(Some(_) | None) => {}
            Err(error) => return Problem::from(error).into_response(),
        }
    }
    next.run(request).await
}

/// What staff of a business do not do; only there it is asked who is the owner.
fn is_the_owners(request: &Request) -> bool {
    let route = request.extensions().get::<MatchedPath>();
    route.is_some_and(|route| !is_open_to_staff(request.method(), route.as_str().trim_start_matches("/v1")))
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
