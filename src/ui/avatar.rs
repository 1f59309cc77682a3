//! The picture of a person or a shop.

use leptos::prelude::*;
use stylers::style_sheet;

/// How large an avatar is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvatarSize {
    /// 20 px.
    S20,
    /// 28 px: beside a bubble.
    S28,
    /// 32 px: in a header.
    S32,
    /// 40 px: in a wide header.
    S40,
    /// 56 px: in the inbox.
    #[default]
    S56,
    /// 72 px.
    S72,
    /// 96 px: on a profile.
    S96,
}

/// The picture of a person or a shop; its first letter where there is none.
#[component]
pub fn Avatar(
    /// Who. Its first letter stands in for a missing picture.
    #[prop(into)]
    name: Signal<String>,
    /// The address of the picture.
    #[prop(optional, into)]
    picture: Signal<Option<String>>,
    /// How large.
    #[prop(optional)]
    size: AvatarSize,
    /// Whether a green dot says that they are here now. Say it in words as well.
    #[prop(optional, into)]
    active: Signal<bool>,
) -> impl IntoView {
    let class = style_sheet!("src/ui/avatar.css");
    let looks = match size {
        AvatarSize::S20 => "avatar s20",
        AvatarSize::S28 => "avatar s28",
        AvatarSize::S32 => "avatar s32",
        AvatarSize::S40 => "avatar s40",
        AvatarSize::S56 => "avatar",
        AvatarSize::S72 => "avatar s72",
        AvatarSize::S96 => "avatar s96",
    };
    let drawn = move || match picture.get() {
        // The name is beside it wherever it is shown.
        Some(address) => view! { <img class=looks src=address alt="" loading="lazy" decoding="async" /> }.into_any(),
        None => view! { class=class,
            <span class=format!("avatar-letter {looks}") aria-hidden="true">
                {move || name.read().chars().next().map(|letter| letter.to_uppercase().to_string())}
            </span>
        }
        .into_any(),
    };
    view! { <span class="presence" data-active=move || active.get().then_some("")>{drawn}</span> }
}
