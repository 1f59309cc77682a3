//! Where one can go: a rail beside, or a bar below.

use crate::i18n::t;
use crate::palette::PaletteButton;
use crate::store::use_session;
use crate::transport::is_kept_here;
use crate::ui::{Badge, Icon, IconName};
use domain::headline::Turn;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use stylers::style_sheet;

/// A place to go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Messages,
    Orders,
    Reviews,
    Wallet,
    You,
}

impl Place {
    /// Where somebody can go.
    fn all(is_reviewer: bool) -> Vec<Self> {
        let decides = is_reviewer.then_some(Self::Reviews);
        [Self::Messages, Self::Orders].into_iter().chain(decides).chain([Self::Wallet, Self::You]).collect()
    }

    fn path(self) -> &'static str {
        match self {
            Self::Messages => "/",
            Self::Orders => "/orders",
            Self::Reviews => "/reviews",
            Self::Wallet => "/wallet",
            Self::You => "/you",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Messages => t().messages(),
            Self::Orders => t().orders(),
            Self::Reviews => t().reviews(),
            Self::Wallet => t().wallet(),
            Self::You => t().you_place(),
        }
    }

    fn icon(self) -> IconName {
        match self {
            Self::Messages => IconName::Chat,
            Self::Orders => IconName::Box,
            Self::Reviews => IconName::Scales,
            Self::Wallet => IconName::Wallet,
            Self::You => IconName::User,
        }
    }

    fn is_at(self, path: &str) -> bool {
        match self {
            Self::Messages => path == "/" || path.starts_with("/t/"),
            Self::Orders | Self::Reviews | Self::Wallet | Self::You => path.starts_with(self.path()),
        }
    }
}

/// What the page is called that shows the demo from outside.
pub fn both_name() -> &'static str {
    if is_kept_here() { t().both_sides() } else { t().demo_clock() }
}

/// How many things wait for a place's visitor.
fn waiting(place: Place) -> usize {
    let session = use_session();
    match place {
        Place::Messages => session.inbox.unread(),
        Place::Orders => {
            let threads = session.inbox.primary.get();
            let mine = |thread: &domain::ids::ThreadId| {
                session.inbox.entry(thread).is_some_and(|entry| {
                    entry.with(|entry| {
                        entry.headline.as_ref().is_some_and(|headline| headline.turn == Turn::from(entry.role))
                    })
                })
            };
            threads.iter().filter(|thread| mine(thread)).count()
        }
        Place::Reviews | Place::Wallet | Place::You => 0,
    }
}

#[component]
fn PlaceLink(place: Place, words: bool) -> impl IntoView {
    let location = use_location();
    let current = move || location.pathname.with(|path| place.is_at(path)).then_some("page");
    let count = Memo::new(move |_| waiting(place));
    let badge = move || {
        let waiting = u32::try_from(count.get()).unwrap_or(u32::MAX);
        // The link's own name says it in words.
        (waiting > 0).then(|| view! { <span aria-hidden="true"><Badge count=waiting label=String::new() /></span> })
    };
    let label = move || match count.get() {
        0 => place.label().to_owned(),
        count => t().place_waiting(place.label(), &count.to_string()),
    };
    view! {
        <a href=place.path() aria-current=current title=place.label()>
            <Icon name=place.icon() />
            <span class="sr-only">{label}</span>
            {words.then(|| view! { <span aria-hidden="true">{place.label()}</span> })}
            {badge}
        </a>
    }
}

/// The bar below a narrow page.
#[component]
pub fn BottomNav() -> impl IntoView {
    let class = style_sheet!("src/app/bottom_nav.css");
    let is_reviewer = use_session().me().reviewer;
    view! { class=class,
        <nav class="bottom-nav" aria-label=t().navigation()>
            {Place::all(is_reviewer).into_iter().map(|place| view! { <PlaceLink place words=true /> }).collect_view()}
        </nav>
    }
}

/// The rail beside a wide page.
#[component]
pub fn Rail() -> impl IntoView {
    let class = style_sheet!("src/app/rail.css");
    let session = use_session();
    let is_reviewer = session.me().reviewer;
    let demo = session.is_demo().then(|| {
        view! {
            <a href="/both" rel="external" title=both_name() aria-label=both_name()>
                <Icon name=IconName::Swap />
            </a>
        }
    });
    view! { class=class,
        <nav class="rail" aria-label=t().navigation()>
            <img class="logo" src="/logo.svg" alt="Bottega" width="32" height="32" />
            {Place::all(is_reviewer).into_iter().map(|place| view! { <PlaceLink place words=false /> }).collect_view()}
            <PaletteButton />
            <span class="rest"></span>
            {demo}
        </nav>
    }
}

crate::words! {
    navigation "Main" "Principale";
    messages "Messages" "Messaggi";
    orders "Orders" "Ordini";
    reviews "Cases" "Segnalazioni";
    wallet "Wallet" "Portafoglio";
    you_place "You" "Tu";
    both_sides "Both sides at once" "Le due parti insieme";
    demo_clock "The demo’s clock" "L’orologio della demo";
    place_waiting(place, n) "{place}, {n} waiting" "{place}, {n} in attesa";
}
