//! The app on the device: a service worker keeps it, a new build of it takes over when the reader says so, and its icon
//! tells how much is new.

use crate::i18n::t;
use crate::store::Session;
use crate::ui::ToastAction;
use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use std::time::Duration;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

/// Where the worker is; the policy for scripts' addresses (`public/trusted-types.js`) allows this one.
pub const WORKER: &str = "/service-worker.js";
/// What it waits for.
const TAKE_OVER: &str = "take over";
/// How often a page that stays open looks for a new build.
const LOOKED_FOR: Duration = Duration::from_secs(60 * 60);
/// How long somebody who is in the middle of something is left alone.
const LEFT_ALONE: Duration = Duration::from_secs(20);

/// Keeps the app on the device from now on, and tells of a new build of it.
pub(super) fn keep_here(session: Session) {
    if !can_be_kept() {
        return;
    }
    let container = window().navigator().service_worker();
    spawn_local(async move {
        // A browser that refuses, as some do in a private window, has the app from the network.
        let Ok(registered) = JsFuture::from(container.register(WORKER)).await else { return };
        let Ok(registration) = registered.dyn_into::<ServiceWorkerRegistration>() else { return };
        if registration.waiting().is_some() {
            offer(session, Some(registration.clone()));
        }
        follow(session, &container, &registration);
        crate::push::stay_on(session);
    });
}

/// Looks for the build in whose words the server answers, when this one does not understand them any more.
pub(super) fn look_at_once(session: Session) {
    if crate::transport::is_kept_here() {
        return;
    }
    spawn_local(async move {
        let kept = match can_be_kept().then(|| window().navigator().service_worker().get_registration()) {
            Some(asked) => JsFuture::from(asked).await.ok().and_then(|kept| kept.dyn_into().ok()),
            None => None,
        };
        match kept {
            // What it finds is offered like any other.
            Some(registration) => drop(ServiceWorkerRegistration::update(&registration)),
            None => offer(session, None),
        }
    });
}

/// Has an installed app show on its icon how many conversations have something new.
pub(super) fn badge(unread: usize) {
    let navigator = window().navigator();
    // Of browsers that install apps; the title of the tab tells it everywhere.
    let set = Reflect::get(&navigator, &"setAppBadge".into()).ok().and_then(|set| set.dyn_into::<Function>().ok());
    if let (Some(set), false) = (set, crate::url::is_framed()) {
        // Where it is not installed this is refused, and nobody misses it.
        let refused = set.call1(&navigator, &JsValue::from_f64(unread as f64));
        if let Some(promise) = refused.ok().and_then(|promise| promise.dyn_into::<Promise>().ok()) {
            spawn_local(async move { drop(JsFuture::from(promise).await) });
        }
    }
}

/// Goes where a notification that was tapped leads; what is written stays, as nothing is loaded anew.
#[component]
pub(super) fn GoWhereTold(session: Session) -> impl IntoView {
    let navigate = use_navigate();
    if can_be_kept() {
        let hear = Closure::<dyn Fn(MessageEvent)>::new(move |told: MessageEvent| {
            let to = Reflect::get(&told.data(), &"go".into()).ok().and_then(|to| to.as_string());
            let Some(to) = to.filter(|to| to.starts_with("/t/")) else { return };
            let go = {
                let navigate = navigate.clone();
                move || navigate(&to, NavigateOptions::default())
            };
            if !is_busy() {
                go();
                return;
            }
            // Nobody is taken out of the middle of something.
            let go = send_wrapper::SendWrapper::new(go);
            let action = ToastAction { label: t().update_open().to_owned(), run: Callback::new(move |()| go()) };
            session.toast_with(t().update_news(), action);
        });
        // For as long as the page is open.
        window().navigator().service_worker().set_onmessage(Some(hear.into_js_value().unchecked_ref()));
    }
}

/// Whether the app is kept on the device: only a server's is; the one with its API inside the page is a demo, and is
/// looked at anew each time.
fn can_be_kept() -> bool {
    Reflect::has(&window().navigator(), &"serviceWorker".into()).unwrap_or(false) && !crate::transport::is_kept_here()
}

/// Hears of new builds for as long as the page is open.
fn follow(session: Session, container: &ServiceWorkerContainer, registration: &ServiceWorkerRegistration) {
    let (known, container) = (registration.clone(), container.clone());
    let found = Closure::<dyn Fn()>::new(move || {
        let Some(coming) = known.installing() else { return };
        let (known, container, worker) = (known.clone(), container.clone(), coming.clone());
        let changed = Closure::<dyn Fn()>::new(move || {
            // The first one of all has nothing to take over from.
            if worker.state() == ServiceWorkerState::Installed && container.controller().is_some() {
                offer(session, Some(known.clone()));
            }
        });
        coming.set_onstatechange(Some(changed.as_ref().unchecked_ref()));
        changed.forget();
    });
    registration.set_onupdatefound(Some(found.as_ref().unchecked_ref()));
    found.forget();
    let registration = registration.clone();
    let look = move || {
        // Nobody answers: the next time.
        let _asked = registration.update();
    };
    // The page is its owner's for good.
    let _looking = set_interval_with_handle(look, LOOKED_FOR);
}

/// Whether somebody is in the middle of something that a reload would take away: a sheet is open, or a payment is
/// being approved.
fn is_busy() -> bool {
    let approving = window().location().pathname().is_ok_and(|path| path.starts_with("/approve/"));
    approving || document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some())
}

/// Offers the build that waits here; where none is kept, a reload fetches it.
fn offer(session: Session, kept: Option<ServiceWorkerRegistration>) {
    if is_busy() {
        set_timeout(move || offer(session, kept), LEFT_ALONE);
        return;
    }
    let kept = send_wrapper::SendWrapper::new(kept);
    let reload = move |()| {
        if is_busy() {
            offer(session, kept.clone().take());
        } else {
            take_over(kept.as_ref());
        }
    };
    let action = ToastAction { label: t().update_reload().to_owned(), run: Callback::new(reload) };
    session.toast_with(t().update_ready(), action);
}

fn take_over(kept: Option<&ServiceWorkerRegistration>) {
    let Some(waiting) = kept.and_then(ServiceWorkerRegistration::waiting) else {
        // Another tab was first: it is the new one already.
        crate::url::reload();
        return;
    };
    let reload = Closure::once_into_js(crate::url::reload);
    window().navigator().service_worker().set_oncontrollerchange(Some(reload.unchecked_ref()));
    if waiting.post_message(&JsValue::from_str(TAKE_OVER)).is_err() {
        crate::url::reload();
    }
}

crate::words! {
    update_ready "A new version of Bottega is ready." "È pronta una nuova versione di Bottega.";
    update_news "There is news in another conversation." "Ci sono novità in un’altra conversazione.";
    update_open "Open" "Apri";
    update_reload "Reload" "Ricarica";
}
