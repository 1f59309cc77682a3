//! The app on the device: a service worker keeps it, and a new build of it takes over when the reader says so.

use crate::i18n::t;
use crate::store::Session;
use crate::ui::ToastAction;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

/// Where the worker is; the policy for scripts' addresses (`public/trusted-types.js`) allows this one.
const WORKER: &str = "/service-worker.js";
/// What it waits for.
const TAKE_OVER: &str = "take over";
/// How often a page that stays open looks for a new build.
const LOOKED_FOR: Duration = Duration::from_secs(60 * 60);
/// How long somebody who is in the middle of something is left alone.
const LEFT_ALONE: Duration = Duration::from_secs(20);

/// Keeps the app on the device from now on, and tells of a new build of it.
pub(super) fn keep_here(session: Session) {
    let has = js_sys::Reflect::has(&window().navigator(), &"serviceWorker".into()).unwrap_or(false);
    // Only a server's app: the one with its API inside the page is a demo, and is looked at anew each time.
    if !has || crate::transport::is_kept_here() {
        return;
    }
    let container = window().navigator().service_worker();
    spawn_local(async move {
        // A browser that refuses, as some do in a private window, has the app from the network.
        let Ok(registered) = JsFuture::from(container.register(WORKER)).await else { return };
        let Ok(registration) = registered.dyn_into::<ServiceWorkerRegistration>() else { return };
        if registration.waiting().is_some() {
            offer(session, &registration);
        }
        follow(session, &container, &registration);
    });
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
                offer(session, &known);
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

fn offer(session: Session, registration: &ServiceWorkerRegistration) {
    let registration = registration.clone();
    if is_busy() {
        set_timeout(move || offer(session, &registration), LEFT_ALONE);
        return;
    }
    let registration = send_wrapper::SendWrapper::new(registration);
    let reload = move |()| {
        if is_busy() {
            offer(session, &registration);
        } else {
            take_over(&registration);
        }
    };
    let action = ToastAction { label: t().update_reload().to_owned(), run: Callback::new(reload) };
    session.toast_with(t().update_ready(), action);
}

fn take_over(registration: &ServiceWorkerRegistration) {
    let Some(waiting) = registration.waiting() else {
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
    update_reload "Reload" "Ricarica";
}
