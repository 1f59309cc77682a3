//! Whatever goes wrong is told as a problem: also a panic, what takes too long, and what axum refuses by itself.

use api::problem::Problem;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::any::Any;
use std::time::Duration;

/// The longest that a call may take. A transaction takes milliseconds; what takes so long does not come any more.
const PATIENCE: Duration = Duration::from_secs(30);

/// The layer: every refusal is a problem, whoever refused.
pub async fn as_problem(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let is_refusal = response.status().is_client_error() || response.status().is_server_error();
    if !is_refusal || is_problem(response.headers()) {
        return response;
    }
    let mut told = problem_of(response.status()).into_response();
    let (parts, _body) = response.into_parts();
    *told.extensions_mut() = parts.extensions;
    for (name, value) in &parts.headers {
        if *name != header::CONTENT_TYPE && *name != header::CONTENT_LENGTH {
            told.headers_mut().append(name, value.clone());
        }
    }
    told
}

fn is_problem(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == Problem::MEDIA_TYPE)
}

fn problem_of(status: StatusCode) -> Problem {
    match status {
        StatusCode::NOT_FOUND => Problem::not_found(),
        StatusCode::METHOD_NOT_ALLOWED => wrong_method(),
        status if status.is_server_error() => internal(),
        status => Problem { status: status.as_u16(), ..Problem::new(400, "bad_request", "This call makes no sense.") },
    }
}

/// An address that exists, called in a way that it does not.
pub fn wrong_method() -> Problem {
    Problem::new(405, "wrong_method", "This address is called in another way.")
}

fn internal() -> Problem {
    Problem::new(500, "internal", "Something here went wrong. It is not your fault.")
}

/// The layer: answers when the answer does not come.
pub async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(PATIENCE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::new(503, "timed_out", "This took too long. Look whether it happened before you try again.")
            .into_response(),
    }
}

/// The answer in the place of one that a panic took away. What it said is nobody's business.
pub fn of_panic(_said: Box<dyn Any + Send>) -> Response {
    internal().into_response()
}

/// Logs where a panic was, and not what it said: that may be somebody's words.
pub fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(at, "a panic");
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::extract::Query;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::ServiceExt;
    use tower_http::catch_panic::CatchPanicLayer;

    async fn ask(router: Router, path: &str) -> Problem {
        let router = router.layer(CatchPanicLayer::custom(of_panic)).layer(from_fn(as_problem));
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert!(is_problem(response.headers()));
        let status = response.status().as_u16();
        let problem: Problem = serde_json::from_slice(&to_bytes(response.into_body(), 1 << 20).await.unwrap()).unwrap();
        assert_eq!(problem.status, status);
        problem
    }

    #[tokio::test]
    async fn a_panic_is_a_problem_that_tells_nothing() {
        async fn broken() -> Response {
            panic!("the words of somebody")
        }
        let problem = ask(Router::new().route("/", get(broken)), "/").await;
        assert_eq!((problem.status, problem.code.as_str()), (500, "internal"));
        assert!(!problem.detail.contains("somebody"));
    }

    #[tokio::test]
    async fn what_axum_refuses_is_a_problem_of_the_same_status() {
        async fn asked(_: Query<std::collections::HashMap<String, u8>>) {}
        let router = Router::new().route("/", get(asked)).route("/bare", get(|| async { StatusCode::IM_A_TEAPOT }));
        assert_eq!(ask(router.clone(), "/?a=nothing").await.status, 400);
        assert_eq!(ask(router.clone(), "/bare").await.status, 418);
        assert_eq!(ask(router, "/absent").await.code, "not_found");
    }

    #[tokio::test(start_paused = true)]
    async fn what_never_answers_is_answered_for() {
        let router = Router::new().route("/", get(std::future::pending::<()>)).layer(from_fn(in_time));
        assert_eq!(ask(router, "/").await.code, "timed_out");
    }
}
