//! What was seen last, so that the app starts without a connection where its API is elsewhere. It is shown as what it
//! is: the page says that it is offline, and catches up as soon as somebody answers.

use super::kept::{self, Drawer};
use crate::transport::is_kept_here;
use api::client::ApiError;
use api::wire::Account;
use leptos::task::spawn_local;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Who one is.
const ME: &str = "me";

/// An answer, which is kept for the next time; without a connection the one of the last time.
///
/// # Errors
/// Those of the answer, where nothing better is known.
pub(super) async fn or_last<T>(what: String, answer: Result<T, ApiError>) -> Result<T, ApiError>
where
    T: Serialize + DeserializeOwned,
{
    if is_kept_here() {
        return answer;
    }
    match answer {
        Ok(answer) => {
            if let Ok(text) = serde_json::to_string(&answer) {
                spawn_local(async move {
                    // A browser that keeps nothing needs a connection to start.
                    let _kept = kept::change(Drawer::Seen, &what, |_| Some(text)).await;
                });
            }
            Ok(answer)
        }
        Err(ApiError::Network(why)) => {
            let kept = kept::read(Drawer::Seen, &what).await.ok().flatten();
            kept.and_then(|text| serde_json::from_str(&text).ok()).ok_or(ApiError::Network(why))
        }
        Err(other) => Err(other),
    }
}

/// Who one is. What somebody else has seen here is forgotten first, and so it is when one is nobody any more.
///
/// # Errors
/// Those of the answer, where nothing better is known.
pub(super) async fn me(answer: Result<Account, ApiError>) -> Result<Account, ApiError> {
    if is_kept_here() {
        return answer;
    }
    let goes_on = match &answer {
        Ok(me) => {
            let kept = kept::read(Drawer::Seen, ME).await.ok().flatten();
            let kept = kept.and_then(|text| serde_json::from_str::<Account>(&text).ok());
            kept.is_none_or(|kept| kept.id == me.id)
        }
        Err(error) => !crate::sign_in::is_signed_out(error),
    };
    if !goes_on {
        kept::forget(Drawer::Seen).await;
    }
    or_last(ME.to_owned(), answer).await
}
