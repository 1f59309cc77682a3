//! What is taken in with a request: as much as its route needs, all of it, and in reasonable time.

use crate::accounts::{Accounts, SessionId};
use api::Caller;
use api::problem::Problem;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::ids::AccountId;
use futures::StreamExt;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout, timeout_at};
use tracing::Instrument;

/// A photo in base64, and some room.
const PHOTO: usize = 6 * 1024 * 1024;
/// Everything else is words: the longest catalogue entry is a small part of it.
const OTHER: usize = 256 * 1024;
/// Nobody has to say more than what they sign in or up with.
const OF_NOBODY: usize = 32 * 1024;
/// Photos that are read at once: so much of the memory they may take.
const PHOTOS_TOGETHER: usize = 32;
/// Those of one account.
const PHOTOS_OF_ONE: usize = 4;
/// After so long it is looked once more whether the session that a body came with still is one.
const LONG: Duration = Duration::from_secs(1);
/// Read and thrown away before a refusal: who still sends does not hear an answer.
const THROWN_AWAY: usize = 8 * 1024 * 1024;
/// A photo over a slow mobile connection takes a minute.
const ALL: Duration = Duration::from_secs(120);
/// So long nothing comes only where nobody is left.
const SILENCE: Duration = Duration::from_secs(15);

/// Room for what is large, and who knows which sessions have ended.
#[derive(Clone)]
pub struct Intake {
    accounts: Accounts,
    photos: Arc<Semaphore>,
    of_one: Arc<Mutex<HashMap<AccountId, usize>>>,
}

/// One of an account's places for a photo, until it is dropped.
struct Place {
    of_one: Arc<Mutex<HashMap<AccountId, usize>>>,
    account: AccountId,
}

impl Intake {
    /// For the sessions of a server.
    pub fn new(accounts: Accounts) -> Self {
        Self { accounts, photos: Arc::new(Semaphore::new(PHOTOS_TOGETHER)), of_one: Arc::default() }
    }

    fn place_of(&self, account: &AccountId) -> Option<Place> {
        let mut of_one = self.of_one.lock().expect("no panic while counting");
        let count = of_one.entry(account.clone()).or_default();
        if *count >= PHOTOS_OF_ONE {
            return None;
        }
        *count += 1;
        Some(Place { of_one: self.of_one.clone(), account: account.clone() })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut of_one = self.of_one.lock().expect("no panic while counting");
        if let Some(count) = of_one.get_mut(&self.account) {
            *count -= 1;
            if *count == 0 {
                of_one.remove(&self.account);
            }
        }
    }
}

/// The layer: reads the body of what changes something, so that whoever comes after has all of it at once. Who calls is
/// known by then: from nobody little is taken.
pub async fn take_in(State(intake): State<Intake>, request: Request, next: Next) -> Response {
    if request.method() == Method::GET || request.method() == Method::HEAD {
        return next.run(request).await;
    }
    match intake.taken_in(request).await {
        Ok((request, places)) => {
            // Whoever asked may go away in the middle: what was begun is done to its end, and told to everybody else.
            let work = async move {
                let _places = places;
                next.run(request).await
            };
            match tokio::spawn(work.in_current_span()).await {
                Ok(response) => response,
                Err(broken) => match broken.try_into_panic() {
                    Ok(panic) => std::panic::resume_unwind(panic),
                    Err(_) => too_busy().into_response(),
                },
            }
        }
        Err(problem) => problem.into_response(),
    }
}

impl Intake {
    /// The request with all of its body, and what it keeps for as long as it is answered.
    async fn taken_in(&self, request: Request) -> Result<(Request, Option<(Place, OwnedSemaphorePermit)>), Problem> {
        let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str).unwrap_or_default();
        let is_photo = route == "/v1/photos";
        let is_signing = route.starts_with("/v1/sign-in") || route.starts_with("/v1/sign-up");
        let caller = request.extensions().get::<Caller>().map(|Caller(account)| account.clone());
        let most = match (&caller, is_photo) {
            (None, _) => OF_NOBODY,
            (Some(_), true) => PHOTO,
            (Some(_), false) => OTHER,
        };
        let places = match &caller {
            Some(account) if is_photo => Some(self.places_for(account).await?),
            Some(_) | None => None,
        };
        // Whoever was signed in, and is not any more, has to know that, and not that it is too much.
        let too_large = || if caller.is_none() && !is_signing { Problem::signed_out() } else { too_large() };
        let (parts, body) = request.into_parts();
        let announced = parts.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        if announced.is_some_and(|length: usize| length > most + THROWN_AWAY) {
            return Err(too_large());
        }
        let began = Instant::now();
        let bytes = read(body, most).await.map_err(|problem| match problem {
            NotTaken::TooLarge => too_large(),
            NotTaken::Refused(problem) => problem,
        })?;
        if began.elapsed() > LONG
            && let Some(session) = parts.extensions.get::<SessionId>()
            && self.accounts.has_ended(session).await?
        {
            return Err(Problem::signed_out());
        }
        Ok((Request::from_parts(parts, Body::from(bytes)), places))
    }

    async fn places_for(&self, account: &AccountId) -> Result<(Place, OwnedSemaphorePermit), Problem> {
        let own = self.place_of(account).ok_or_else(too_busy)?;
        let shared = timeout(SILENCE, self.photos.clone().acquire_owned()).await.map_err(|_| too_busy())?;
        Ok((own, shared.map_err(|_| too_busy())?))
    }
}

/// Why a body was not taken.
#[derive(Debug)]
enum NotTaken {
    TooLarge,
    Refused(Problem),
}

async fn read(body: Body, most: usize) -> Result<Vec<u8>, NotTaken> {
    let (mut chunks, mut bytes, mut length) = (body.into_data_stream(), Vec::new(), 0);
    let too_slow = |_| NotTaken::Refused(Problem::new(408, "too_slow", "This took too long to arrive."));
    let end = Instant::now() + ALL;
    while let Some(chunk) =
        timeout_at(end, timeout(SILENCE, chunks.next())).await.map_err(too_slow)?.map_err(too_slow)?
    {
        let broken = || Problem::new(400, "incomplete_body", "This arrived only in part.");
        let chunk = chunk.map_err(|_| NotTaken::Refused(broken()))?;
        length += chunk.len();
        if length <= most {
            bytes.extend_from_slice(&chunk);
        } else if length > most + THROWN_AWAY {
            break;
        }
    }
    if length <= most { Ok(bytes) } else { Err(NotTaken::TooLarge) }
}

fn too_busy() -> Problem {
    Problem::new(503, "too_busy", "Too much comes at once. Try again.")
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

    fn code(read: Result<Vec<u8>, NotTaken>) -> String {
        match read.unwrap_err() {
            NotTaken::TooLarge => too_large().code,
            NotTaken::Refused(problem) => problem.code,
        }
    }

    #[tokio::test]
    async fn exactly_as_much_as_there_is_room_for_is_taken_and_not_a_byte_more() {
        assert_eq!(read(body(vec![Ok(vec![1; 6]), Ok(vec![1; 4])]), 10).await.unwrap().len(), 10);
        assert_eq!(code(read(body(vec![Ok(vec![1; 6]), Ok(vec![1; 5])]), 10).await), "too_large");
    }

    #[tokio::test]
    async fn what_breaks_off_is_refused() {
        let broken = body(vec![Ok(vec![1; 6]), Err(io::ErrorKind::UnexpectedEof.into())]);
        assert_eq!(code(read(broken, 10).await), "incomplete_body");
    }

    #[tokio::test(start_paused = true)]
    async fn what_stops_coming_is_not_waited_for() {
        let stopped = stream::iter([io::Result::Ok(vec![1; 6])]).chain(stream::pending());
        assert_eq!(code(read(Body::from_stream(stopped), 10).await), "too_slow");
    }

    #[tokio::test(start_paused = true)]
    async fn what_drips_is_not_waited_for_either() {
        let dripping = stream::unfold((), |()| async {
            tokio::time::sleep(SILENCE / 2).await;
            Some((io::Result::Ok(vec![1]), ()))
        });
        assert_eq!(code(read(Body::from_stream(dripping), 1_000).await), "too_slow");
    }
}
