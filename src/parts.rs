//! Parts of the app in files of their own, fetched after the first page is on the screen.
//!
//! With the feature `split` (every release) a function declared with [`part!`](crate::part) and all that only parts
//! call go into further files of wasm; without it (`trunk serve`, tests) everything is in one.

use crate::i18n::t;
use crate::ui::{Button, ButtonVariant, Skeleton, SkeletonKind};
use futures::FutureExt;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
use stylers::style_sheet;

/// A part could not be fetched; asking again may help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartMissing;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for PartMissing {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// Where a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Coming,
    Here,
    Missing,
}

/// Shows the view of a part: at once where the part is here already, else when it has come.
///
/// `around` frames what is said until then, and lets the reader leave it.
pub fn apart<L, V>(
    fetch: impl Fn() -> L + Copy + Send + Sync + 'static,
    view: impl Fn() -> V + Send + 'static,
    around: impl Fn(AnyView) -> AnyView + Send + 'static,
) -> AnyView
where
    L: Future<Output = Result<(), PartMissing>> + 'static,
    V: Future<Output = Result<AnyView, PartMissing>>,
{
    let class = style_sheet!("src/parts.css");
    let told = RwSignal::new(Standing::Coming);
    // Failing once more is no news: what says so, and has the focus, stays.
    let standing = Memo::new(move |_| told.get());
    let asking = RwSignal::new(false);
    let opener =
        StoredValue::new_local(document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok()));
    let hear = move |came: Result<(), PartMissing>| {
        if came.is_ok()
            && told.get_untracked() == Standing::Missing
            && let Some(opener) = opener.get_value()
        {
            // What comes gives the focus back to whoever has it now: not to a button that is gone by then.
            let _focused = opener.focus();
        }
        asking.set(false);
        told.set(if came.is_ok() { Standing::Here } else { Standing::Missing });
    };
    let ask = move || {
        asking.set(true);
        let mut coming = Box::pin(fetch());
        match (&mut coming).now_or_never() {
            Some(came) => hear(came),
            None => spawn_local(async move {
                let came = coming.await;
                // Who asked may have gone meanwhile.
                if !told.is_disposed() {
                    hear(came);
                }
            }),
        }
    };
    ask();
    let again = Callback::new(move |()| ask());
    let reload = Callback::new(|()| crate::url::reload());
    let shown = move || match standing.get() {
        Standing::Coming => around(view! { <Skeleton kind=SkeletonKind::Rows label=t().loading() /> }.into_any()),
        // A part that is here answers at once.
        Standing::Here => view().now_or_never().and_then(Result::ok).into_any(),
        Standing::Missing => around(
            view! { class=class,
                <div class="part-missing">
                    <p role="alert">{t().part_missing()}</p>
                    <div class="actions">
                        <Button variant=ButtonVariant::Primary pending=asking on_click=again>{t().part_again()}</Button>
                        <Button on_click=reload>{t().reload()}</Button>
                    </div>
                </div>
            }
            .into_any(),
        ),
    };
    shown.into_any()
}

/// Declares a view of a part, to be shown with [`apart`], and the function that fetches the part.
///
/// `part! { panels, fetch_panels; pub fn panel_view(..) {..} }` puts `panel_view` into the part `panels`.
#[macro_export]
macro_rules! part {
    ($part:ident, $fetch:ident; $(#[$meta:meta])* $vis:vis fn $name:ident($($arg:ident: $kind:ty),*) $body:block) => {
        #[cfg(feature = "split")]
        mod $fetch {
            use super::*;
            #[wasm_split_helpers::wasm_split($part, fallible, preload(fetch))]
            $(#[$meta])*
            pub fn $name($($arg: $kind),*) -> Result<AnyView, $crate::parts::PartMissing> {
                Ok($body)
            }
        }
        #[cfg(feature = "split")]
        $vis async fn $fetch() -> Result<(), $crate::parts::PartMissing> {
            Ok($fetch::fetch().await?)
        }
        #[cfg(feature = "split")]
        $vis use $fetch::$name;

        #[cfg(not(feature = "split"))]
        $vis async fn $fetch() -> Result<(), $crate::parts::PartMissing> {
            Ok(())
        }
        #[cfg(not(feature = "split"))]
        $(#[$meta])*
        $vis async fn $name($($arg: $kind),*) -> Result<AnyView, $crate::parts::PartMissing> {
            Ok($body)
        }
    };
}

crate::words! {
    part_missing "This part of Bottega did not load. You may be offline, or there is a newer version."
        "Questa parte di Bottega non si è caricata. Forse sei offline, o c’è una versione nuova.";
    part_again "Try again" "Riprova";
}
