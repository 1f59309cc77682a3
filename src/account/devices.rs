//! Where one is signed in, and signing out: of this browser, or of another one.

use crate::format::day_and_clock;
use crate::i18n::t;
use crate::refusal::sentence;
use crate::store::{new_key, use_session};
use crate::ui::{Button, ButtonSize, Chip, Icon, IconName, Skeleton, SkeletonKind};
use api::client::ApiError;
use api::wire::{Browser, Device, SignedInDevice, System};
use leptos::prelude::*;
use stylers::style_sheet;

/// What is done with the list.
#[derive(Clone, Debug)]
enum Deed {
    Load,
    Revoke(String),
    SignOut,
}

/// Where one is signed in.
#[component]
pub(super) fn Devices() -> impl IntoView {
    let class = style_sheet!("src/account/devices.css");
    let session = use_session();
    let devices = RwSignal::new(None::<Vec<SignedInDevice>>);
    let deed = Action::new_local(move |deed: &Deed| {
        let deed = deed.clone();
        async move {
            let client = session.client();
            match deed {
                Deed::Load => {}
                Deed::Revoke(id) => client.revoke_session(&new_key(), &id).await?,
                Deed::SignOut => return session.sign_out().await,
            }
            devices.set(Some(client.sessions().await?));
            Ok::<_, ApiError>(())
        }
    });
    let does = move |what: Deed| Callback::new(move |()| drop(deed.dispatch_local(what.clone())));
    does(Deed::Load).run(());
    let problem = move || match &*deed.value().read() {
        Some(Err(error)) => Some(sentence(error)),
        Some(Ok(())) | None => None,
    };
    let row = move |device: SignedInDevice| {
        let name = name_of(device.device);
        let what = if device.current {
            view! { <Chip>{t().devices_this()}</Chip> }.into_any()
        } else {
            let label = t().devices_revoke_named(&name);
            view! {
                <Button size=ButtonSize::Small pending=deed.pending() on_click=does(Deed::Revoke(device.id))>
                    <span aria-hidden="true">{t().devices_revoke()}</span>
                    <span class="sr-only">{label}</span>
                </Button>
            }
            .into_any()
        };
        view! { class=class,
            <li>
                <div class="row">
                    <Icon name=IconName::Lock />
                    <div class="what">
                        <p>{name}</p>
                        <p class="muted fine">{t().devices_seen(&day_and_clock(device.last_seen_at))}</p>
                    </div>
                    {what}
                </div>
            </li>
        }
    };
    let list = move || match devices.get() {
        None if problem().is_some() => ().into_any(),
        None => view! { <Skeleton kind=SkeletonKind::Lines count=2 label=t().loading() /> }.into_any(),
        Some(devices) => view! { <ul class="rows">{devices.into_iter().map(row).collect_view()}</ul> }.into_any(),
    };
    let again = move || {
        problem().map(|problem| {
            view! { class=class,
                <p class="error" role="alert">{problem}</p>
                <div class="buttons">
                    <Button pending=deed.pending() on_click=does(Deed::Load)>{t().list_retry()}</Button>
                </div>
            }
        })
    };
    view! { class=class,
        <section class="devices" aria-labelledby="devices">
            <h2 id="devices">{t().devices_title()}</h2>
            {list}
            {again}
            <div class="buttons">
                <Button pending=deed.pending() on_click=does(Deed::SignOut)>{t().devices_sign_out()}</Button>
            </div>
        </section>
    }
}

/// What a device is called.
pub(super) fn name_of(Device { browser, system }: Device) -> String {
    let browser = match browser {
        Browser::Chrome => "Chrome",
        Browser::Edge => "Edge",
        Browser::Firefox => "Firefox",
        Browser::Safari => "Safari",
        Browser::Other => t().devices_browser(),
    };
    let system = match system {
        System::Android => "Android",
        System::Ios => "iOS",
        System::Linux => "Linux",
        System::Mac => "Mac",
        System::Windows => "Windows",
        System::Other => return browser.to_owned(),
    };
    t().devices_on(browser, system)
}

crate::words! {
    devices_title "Where you are signed in" "Dove hai effettuato l’accesso";
    devices_this "This device" "Questo dispositivo";
    devices_seen(when) "Last seen {when}" "Ultima attività {when}";
    devices_revoke "Sign out" "Esci";
    devices_revoke_named(name) "Sign out {name}" "Esci da {name}";
    devices_sign_out "Sign out here" "Esci da qui";
    devices_browser "A browser" "Un browser";
    devices_on(browser, system) "{browser} on {system}" "{browser} su {system}";
}
