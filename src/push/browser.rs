//! What the browser knows of it, and what it is asked.

use crate::app::WORKER;
use crate::i18n::{Lang, t};
use crate::store::{Session, new_key};
use api::client::ApiError;
use api::wire::{Language, PushNoMore, PushTo};
use domain::ids::ThreadId;
use js_sys::{JSON, Object, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Deserialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Notification, NotificationPermission, PushManager, PushSubscription, PushSubscriptionOptionsInit,
    ServiceWorkerRegistration,
};

/// What somebody has said to being told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// Nothing yet.
    Unasked,
    /// Not now.
    Later,
    /// Yes.
    Told,
}

/// Whether one can be told here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// There is no server, or this browser cannot; on some phones only an installed app can.
    Impossible,
    /// The browser was told not to.
    Forbidden,
    /// It could be.
    Off,
    /// It is.
    On,
}

/// Why it could not be turned on or off.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The browser was told not to.
    Forbidden,
    /// The browser's question was not answered.
    Unanswered,
    /// Its push service does not answer.
    Unreachable,
    /// Ours says no, or nothing.
    Api(ApiError),
}

/// As a browser writes it down (`PushSubscription.toJSON`).
#[derive(Deserialize)]
struct Written {
    endpoint: String,
    keys: WrittenKeys,
}

#[derive(Deserialize)]
struct WrittenKeys {
    p256dh: String,
    auth: String,
}

/// Where the wish is kept: each person of this browser has their own.
fn key(session: Session) -> String {
    format!("bottega.push.{}", session.me().id)
}

pub(super) fn wish(session: Session) -> Wish {
    let storage = window().local_storage().ok().flatten();
    match storage.and_then(|storage| storage.get_item(&key(session)).ok().flatten()).as_deref() {
        Some("told") => Wish::Told,
        Some("later") => Wish::Later,
        Some(_) | None => Wish::Unasked,
    }
}

pub(super) fn keep_wish(session: Session, wish: Wish) {
    let word = match wish {
        Wish::Unasked => "",
        Wish::Later => "later",
        Wish::Told => "told",
    };
    if let Ok(Some(storage)) = window().local_storage() {
        // Where nothing can be kept, one is asked again the next time.
        let _kept = storage.set_item(&key(session), word);
    }
}

/// Whether there is a server to tell, and a browser that can be told.
fn is_able() -> bool {
    let has = |object: &JsValue, name: &str| Reflect::has(object, &name.into()).unwrap_or(false);
    let (window, navigator) = (window(), window().navigator());
    let can = has(&navigator, "serviceWorker") && has(&window, "PushManager") && has(&window, "Notification");
    can && !crate::transport::is_kept_here() && !crate::url::is_framed()
}

pub(super) fn standing(session: Session) -> Standing {
    if !is_able() {
        return Standing::Impossible;
    }
    match (Notification::permission(), wish(session)) {
        (NotificationPermission::Denied, _) => Standing::Forbidden,
        (NotificationPermission::Granted, Wish::Told) => Standing::On,
        (_, Wish::Told | Wish::Later | Wish::Unasked) => Standing::Off,
    }
}

/// Asks the browser, and tells the server where. Called in a tap.
pub(super) async fn turn_on(session: Session) -> Result<(), Trouble> {
    let asked = Notification::request_permission().map_err(|_| Trouble::Forbidden)?;
    let answer = JsFuture::from(asked).await.map_err(|_| Trouble::Forbidden)?;
    match answer.as_string().as_deref() {
        Some("granted") => {}
        Some("denied") => return Err(Trouble::Forbidden),
        Some(_) | None => return Err(Trouble::Unanswered),
    }
    // What goes wrong from here on goes better the next time the app is opened.
    keep_wish(session, Wish::Told);
    subscribe(session).await
}

pub(super) async fn turn_off(session: Session) -> Result<(), Trouble> {
    keep_wish(session, Wish::Later);
    let Some(endpoint) = unsubscribe().await else { return Ok(()) };
    session.client().stop_push(&new_key(), &PushNoMore { endpoint }).await.map_err(Trouble::Api)
}

/// Nobody is told here any more, and what was told is taken away: the next one in front of this browser may be somebody
/// else. Who wished it is told again once they are back.
pub fn leave() {
    if is_able() {
        // First what is shown: the page may be gone before the push service has answered.
        tell_the_worker("left", "");
        spawn_local(async { drop(unsubscribe().await) });
    }
}

/// Takes away what was told of a conversation: it has been seen.
pub fn seen(thread: &ThreadId) {
    if is_able() {
        tell_the_worker("seen", thread.as_str());
    }
}

fn tell_the_worker(what: &str, about: &str) {
    let Some(worker) = window().navigator().service_worker().controller() else { return };
    let told = Object::new();
    // Neither fails on an object of ours; where there is no worker nothing was told.
    let _set = Reflect::set(&told, &what.into(), &about.into());
    let _told = worker.post_message(&told);
}

/// Gives up what this browser has with its push service; where that was.
async fn unsubscribe() -> Option<String> {
    let known = JsFuture::from(window().navigator().service_worker().get_registration()).await.ok();
    let registration: ServiceWorkerRegistration = known.filter(JsValue::is_truthy)?.unchecked_into();
    let known = registration.push_manager().ok()?.get_subscription().ok()?;
    let known = JsFuture::from(known).await.ok().filter(JsValue::is_truthy)?;
    let known: PushSubscription = known.unchecked_into();
    let endpoint = known.endpoint();
    // Of what goes to nobody any more the server hears at the next try.
    if let Ok(gone) = known.unsubscribe() {
        let _gone = JsFuture::from(gone).await;
    }
    Some(endpoint)
}

/// Somebody who wished to be told stays so: the browser may have another address for it by now, and this another
/// session.
pub fn stay_on(session: Session) {
    if standing(session) == Standing::On {
        spawn_local(async move {
            // What goes wrong now goes better the next time the app is opened.
            let _told = subscribe(session).await;
        });
    }
}

async fn manager() -> Result<PushManager, Trouble> {
    let container = window().navigator().service_worker();
    // It may not be there yet. Where one is refused, as some browsers do in a private window, `ready` would never come.
    JsFuture::from(container.register(WORKER)).await.map_err(|_| Trouble::Unreachable)?;
    let ready = container.ready().map_err(|_| Trouble::Unreachable)?;
    let registration = JsFuture::from(ready).await.map_err(|_| Trouble::Unreachable)?;
    let registration: ServiceWorkerRegistration = registration.unchecked_into();
    registration.push_manager().map_err(|_| Trouble::Unreachable)
}

async fn subscribe(session: Session) -> Result<(), Trouble> {
    let client = session.client();
    let ours = client.push_key().await.map_err(Trouble::Api)?;
    let options = PushSubscriptionOptionsInit::new();
    options.set_user_visible_only(true);
    options.set_application_server_key(&JsValue::from_str(&ours.key));
    let ask = async || {
        let asked = manager().await?.subscribe_with_options(&options).map_err(|_| Trouble::Unreachable)?;
        JsFuture::from(asked).await.map_err(|_| Trouble::Unreachable)
    };
    let subscription = match ask().await {
        Ok(subscription) => subscription,
        // It may have one that was made with another key of the server's.
        Err(_) => {
            unsubscribe().await;
            ask().await?
        }
    };
    let written = JSON::stringify(&subscription).map_err(|_| Trouble::Unreachable)?;
    let Written { endpoint, keys: WrittenKeys { p256dh, auth } } =
        serde_json::from_str(&String::from(written)).map_err(|_| Trouble::Unreachable)?;
    let language = match t() {
        Lang::En => Language::En,
        Lang::It => Language::It,
    };
    client.push(&new_key(), &PushTo { endpoint, p256dh, auth, language }).await.map_err(Trouble::Api)
}

impl Trouble {
    /// What is said of it.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Forbidden => t().push_forbidden().to_owned(),
            Self::Unanswered => t().push_unanswered().to_owned(),
            Self::Unreachable => t().push_unreachable().to_owned(),
            Self::Api(error) => crate::refusal::sentence(error),
        }
    }
}

crate::words! {
    push_forbidden "Your browser does not let Bottega notify you. Allow it in the settings of this site."
        "Il browser non permette a Bottega di avvisarti. Consentilo nelle impostazioni del sito.";
    push_unanswered "Nothing was changed: your browser’s question was not answered."
        "Nulla è cambiato: alla domanda del browser non c’è stata risposta.";
    push_unreachable "Your browser cannot be notified just now. Try again later."
        "Al momento il browser non può ricevere notifiche. Riprova più tardi.";
}
