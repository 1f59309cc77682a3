//! The bytes of a photo, to those who may see it.

use crate::Server;
use api::Caller;
use api::pictures::File;
use api::problem::Problem;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, VARY};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// The bytes of a name never change; nobody between us and whoever may see them keeps them. A browser shows what it has
/// kept only with the cookie it came with: not to the next person after signing out.
const KEPT: &str = "private, max-age=31536000, immutable";

/// The routes of photos, below `/v1`.
pub fn router() -> Router<Server> {
    Router::new().route("/photos/{photo}", get(own)).route("/threads/{id}/photos/{photo}/file", get(of_thread))
}

async fn own(State(server): State<Server>, caller: Caller, Path(photo): Path<String>) -> Result<Response, Problem> {
    server.file(caller, None, &photo).await
}

async fn of_thread(
    State(server): State<Server>,
    caller: Caller,
    Path((thread, photo)): Path<(String, String)>,
) -> Result<Response, Problem> {
    server.file(caller, Some(&thread), &photo).await
}

impl Server {
    async fn file(&self, Caller(me): Caller, thread: Option<&str>, photo: &str) -> Result<Response, Problem> {
        let kept = self.app.photo_seen_by(&me, thread, photo).await?;
        let File { media_type, bytes } = self.app.photos.bytes(&kept).await?.ok_or_else(Problem::not_found)?;
        let headers =
            [(CONTENT_TYPE, media_type), (CONTENT_DISPOSITION, "inline"), (CACHE_CONTROL, KEPT), (VARY, "cookie")];
        Ok((headers, bytes).into_response())
    }
}
