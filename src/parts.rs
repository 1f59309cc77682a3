//! Parts of the app in files of their own, fetched after the first thread is on the screen.
//!
//! With the feature `split` (every release) a function declared with [`part!`](crate::part) and all that only it calls
//! go into a second file of wasm; without it (`trunk serve`, tests) everything is in one.

use crate::i18n::t;
use crate::ui::{Button, Skeleton, SkeletonKind};
use futures::FutureExt;
use leptos::prelude::*;
use leptos::task::spawn_local;
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

/// Shows the view of a part: at once where the part is here already, else when it has come.
///
/// `around` frames what is said until then.
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
    let here = RwSignal::new(None);
    let ask = move || {
        let mut coming = Box::pin(fetch());
        match (&mut coming).now_or_never() {
            Some(came) => here.set(Some(came)),
            None => spawn_local(async move {
                // Who asked may have gone meanwhile.
                let _gone = here.try_set(Some(coming.await));
            }),
        }
    };
    ask();
    let again = Callback::new(move |()| {
        here.set(None);
        ask();
    });
    let shown = move || match here.get() {
        None => around(view! { <Skeleton kind=SkeletonKind::Rows label=t().part_coming() /> }.into_any()),
        // A part that is here answers at once.
        Some(Ok(())) => view().now_or_never().and_then(Result::ok).into_any(),
        Some(Err(PartMissing)) => around(
            view! { class=class,
                <div class="part-missing">
                    <p role="alert">{t().part_missing()}</p>
                    <Button on_click=again>{t().part_again()}</Button>
                </div>
            }
            .into_any(),
        ),
    };
    shown.into_any()
}

/// Declares `async fn fetch()`, which fetches a part, and a view of that part, to be shown with [`apart`].
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
    part_coming "Loading" "Caricamento";
    part_missing "This part of the app could not be loaded. Check your connection." "Questa parte dell’app non si carica. Controlla la connessione.";
    part_again "Try again" "Riprova";
}
