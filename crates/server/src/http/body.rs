//! What is taken in with a request: as much as its route needs, all of it, and in reasonable time.

use api::Caller;
use api::problem::Problem;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout, timeout_at};

/// A photo in base64, and some room.
const PHOTO: usize = 6 * 1024 * 1024;
/// Everything else is words: the longest catalogue entry is a small part of it.
const OTHER: usize = 256 * 1024;
/// Nobody has to say more than what they sign in or up with.
const OF_NOBODY: usize = 32 * 1024;
/// Photos that are read at once: so much of the memory they may take.
const PHOTOS_TOGETHER: usize = 32;
/// Read and thrown away before a refusal: who still sends does not hear an answer.
const THROWN_AWAY: usize = 8 * 1024 * 1024;
/// A photo over a slow mobile connection takes a minute.
const ALL: Duration = Duration::from_secs(120);
/// So long nothing comes only where nobody is left.
const SILENCE: Duration = Duration::from_secs(15);

/// Room for what is large.
#[derive(Clone)]
pub struct Room(Arc<Semaphore>);

impl Default for Room {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(PHOTOS_TOGETHER)))
    }
}

/// The layer: reads the body of what changes something, so that whoever comes after has all of it at once. Who calls is
/// known by then: from nobody little is taken.
pub async fn take_in(State(Room(room)): State<Room>, request: Request, next: Next) -> Response {
    if request.method() == Method::GET || request.method() == Method::HEAD {
        return next.run(request).await;
    }
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let is_photo = route == Some("/v1/photos");
    let is_nobody = request.extensions().get::<Caller>().is_none();
    let most = match (is_nobody, is_photo) {
        (true, _) => OF_NOBODY,
        (false, true) => PHOTO,
        (false, false) => OTHER,
    };
    let place = match is_photo && !is_nobody {
        true => match timeout(SILENCE, room.acquire()).await {
            Ok(place) => place.ok(),
            Err(_) => return Problem::new(503, "too_busy", "Too much comes at once. Try again.").into_response(),
        },
        false => None,
    };
    let (parts, body) = request.into_parts();
    let announced = parts.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: usize| length > most + THROWN_AWAY) {
        return too_large().into_response();
    }
    match read(body, most).await {
        Ok(bytes) => {
            let answer = next.run(Request::from_parts(parts, Body::from(bytes))).await;
            drop(place);
            answer
        }
        Err(problem) => problem.into_response(),
    }
}

async fn read(body: Body, most: usize) -> Result<Vec<u8>, Problem> {
    let (mut chunks, mut bytes, mut length) = (body.into_data_stream(), Vec::new(), 0);
    let too_slow = |_| Problem::new(408, "too_slow", "This took too long to arrive.");
    let end = Instant::now() + ALL;
    while let Some(chunk) =
        timeout_at(end, timeout(SILENCE, chunks.next())).await.map_err(too_slow)?.map_err(too_slow)?
    {
        let chunk = chunk.map_err(|_| Problem::new(400, "incomplete_body", "This arrived only in part."))?;
        length += chunk.len();
        if length <= most {
            bytes.extend_from_slice(&chunk);
        } else if length > most + THROWN_AWAY {
            break;
        }
    }
    if length <= most { Ok(bytes) } else { Err(too_large()) }
}

fn too_large() -> Problem {
    Problem::new(413, "too_large", "This is too large.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::stream;
    use std::io;

    fn body(chunks: Vec<io::Result<Vec<u8>>>) -> Body {
        Body::from_stream(stream::iter(chunks))
    }

    #[tokio::test]
    async fn exactly_as_much_as_there_is_room_for_is_taken_and_not_a_byte_more() {
        assert_eq!(read(body(vec![Ok(vec![1; 6]), Ok(vec![1; 4])]), 10).await.unwrap().len(), 10);
        assert_eq!(read(body(vec![Ok(vec![1; 6]), Ok(vec![1; 5])]), 10).await.unwrap_err().code, "too_large");
    }

    #[tokio::test]
    async fn what_breaks_off_is_refused() {
        let broken = body(vec![Ok(vec![1; 6]), Err(io::ErrorKind::UnexpectedEof.into())]);
        assert_eq!(read(broken, 10).await.unwrap_err().code, "incomplete_body");
    }

    #[tokio::test(start_paused = true)]
    async fn what_stops_coming_is_not_waited_for() {
        let stopped = stream::iter([io::Result::Ok(vec![1; 6])]).chain(stream::pending());
        assert_eq!(read(Body::from_stream(stopped), 10).await.unwrap_err().code, "too_slow");
    }

    #[tokio::test(start_paused = true)]
    async fn what_drips_is_not_waited_for_either() {
        let dripping = stream::unfold((), |()| async {
            tokio::time::sleep(SILENCE / 2).await;
            Some((io::Result::Ok(vec![1]), ()))
        });
        assert_eq!(read(Body::from_stream(dripping), 1_000).await.unwrap_err().code, "too_slow");
    }
}
