//! What the business sells, and who is across.

use crate::facts::FactsOf;
use crate::format::{full_day, money};
use crate::i18n::t;
use crate::store::{ThreadCell, use_session};
use crate::ui::{Avatar, AvatarSize, Button, ButtonSize, IconButton, IconName, Skeleton, SkeletonKind};
use api::wire::Product;
use domain::message::Content;
use domain::thread::Role;
use leptos::prelude::*;
use stylers::style_sheet;

/// The catalogue of the thread's business: a buyer asks about a thing, a seller shows it.
#[component]
pub(super) fn CataloguePanel(cell: ThreadCell, on_close: Callback<()>) -> impl IntoView {
    let class = style_sheet!("src/thread/catalogue_panel.css");
    let session = use_session();
    let seller = cell.state.with_untracked(|state| state.seller.clone());
    let catalogue = session.catalogue(&seller);
    let query = RwSignal::new(String::new());
    let label = match cell.role {
        Role::Buyer => t().catalogue_ask(),
        Role::Seller => t().catalogue_show(),
    };
    let share = move |product: Product| {
        let content = Content::Product {
            product: product.id,
            name: product.name,
            price: product.price,
            picture: product.picture,
        };
        session.say(&cell.id(), content, None);
        on_close.run(());
    };
    let item = move |product: Product| {
        let picture = product.picture.as_ref().map(ToString::to_string);
        let stock = product.stock.map(|left| match left {
            0 => t().catalogue_none_left().to_owned(),
            1 => t().catalogue_one_left().to_owned(),
            left => t().catalogue_left(&left.to_string()),
        });
        let price = money(product.price);
        let (name, detail) = (product.name.to_string(), product.detail.as_ref().map(ToString::to_string));
        view! { class=class,
            <li>
                {picture.map(|picture| view! { <img src=picture alt="" width="64" height="64" loading="lazy" class="thumb s64" /> })}
                <div class="what">
                    <b>{name}</b>
                    {detail.map(|detail| view! { <p class="muted fine">{detail}</p> })}
                    <p class="num">{price} {stock.map(|stock| view! { <span class="muted">" · "{stock}</span> })}</p>
                </div>
                <Button size=ButtonSize::Small on_click=Callback::new(move |()| share(product.clone()))>{label}</Button>
            </li>
        }
    };
    let list = move || match catalogue.get() {
        None => view! { <Skeleton kind=SkeletonKind::Rows label=t().loading() /> }.into_any(),
        Some(catalogue) => {
            let needle = query.read().trim().to_lowercase();
            let fits = |product: &Product| product.name.as_str().to_lowercase().contains(&needle);
            view! { <ul>{catalogue.products.into_iter().filter(fits).map(item).collect_view()}</ul> }.into_any()
        }
    };
    view! { class=class,
        <section class="catalogue" aria-label=t().thread_catalogue()>
            <header>
                <h2>{t().thread_catalogue()}</h2>
                <IconButton icon=IconName::Close label=t().talk_close() on_click=on_close />
            </header>
            <label class="search">
                <span class="sr-only">{t().inbox_search()}</span>
                <input
                    type="search"
                    name="catalogue-search"
                    placeholder=t().inbox_search()
                    on:input=move |event| query.set(event_target_value(&event))
                />
            </label>
            <div class="rows-of-goods" data-scroll="" tabindex="-1">{list}</div>
        </section>
    }
}

/// Who is across.
#[component]
pub(super) fn AboutPanel(cell: ThreadCell, on_close: Callback<()>) -> impl IntoView {
    let class = style_sheet!("src/thread/about_panel.css");
    let session = use_session();
    let entry = session.inbox.entry(&cell.id());
    let facts = move || {
        entry.map(|entry| {
            let peer = entry.with(|entry| entry.peer.clone());
            let orders = cell.state.with(|state| state.orders.len());
            view! { class=class,
                <Avatar name=peer.name.to_string() picture=Signal::stored(Some(peer.avatar.to_string())) size=AvatarSize::S96 />
                <h3>{peer.name.to_string()}</h3>
                <p class="muted">{format!("@{} · {}, {}", peer.handle, peer.city, peer.state)}</p>
                {peer.bio.map(|bio| view! { <p>{bio.to_string()}</p> })}
                <dl class="facts">
                    <dt>{t().about_since()}</dt>
                    <dd>{full_day(peer.joined_at)}</dd>
                    <dt>{t().about_orders()}</dt>
                    <dd>{orders}</dd>
                </dl>
                {peer.business.map(|_| view! { <FactsOf handle=peer.handle.to_string() /> })}
            }
        })
    };
    view! { class=class,
        <section class="about" aria-label=t().thread_about()>
            <header>
                <h2>{t().thread_about()}</h2>
                <IconButton icon=IconName::Close label=t().talk_close() on_click=on_close />
            </header>
            <div class="facts-of" data-scroll="" tabindex="-1">{facts}</div>
        </section>
    }
}

crate::words! {
    catalogue_ask "Ask" "Chiedi";
    catalogue_show "Show" "Mostra";
    catalogue_none_left "sold out" "esaurito";
    catalogue_one_left "only one left" "ne resta uno";
    catalogue_left(n) "{n} left" "{n} disponibili";
    about_since "Here since" "Qui da";
    about_orders "Orders with you" "Ordini con te";
}
