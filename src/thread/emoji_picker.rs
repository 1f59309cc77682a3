//! A small set of emoji, by category.

use leptos::prelude::*;
use stylers::style_sheet;

/// What people send to shops and shops to people; the keyboard of a phone has the others.
const EMOJI: [(&str, &str); 6] = [
    (
        "🙂",
        "😀 😃 😄 😁 😆 😅 😂 🤣 🙂 😉 😊 😇 🥰 😍 🤩 😘 😋 😜 🤪 🤔 🫡 🤐 😐 🙄 😬 😌 😴 🤒 🥵 🥶 🤯 🥳 😎 🤓 😕 😮 😯 😳 🥺 😢 😭 😱 😤 😡",
    ),
    (
        "👋",
        "👋 🤚 ✋ 👌 🤌 ✌️ 🤞 🤟 🤙 👈 👉 👆 👇 ☝️ 👍 👎 ✊ 👊 👏 🙌 🫶 👐 🤝 🙏 💪 👀 🧠 🙋 🤦 🤷 🧑‍🎨 🧑‍🍳 🏄 🚴 💃 🕺",
    ),
    (
        "🌿",
        "🐶 🐱 🐻 🦊 🐸 🐵 🐔 🐧 🐢 🐙 🐠 🐬 🐳 🦋 🐝 🌵 🌲 🌴 🌱 🌿 🍀 🍁 🌷 🌹 🌻 🌼 🌞 🌙 ⭐ 🌈 ☁️ 🌧️ ❄️ 🔥 🌊 💧",
    ),
    (
        "☕",
        "🍏 🍊 🍋 🍌 🍉 🍇 🍓 🍒 🍑 🥭 🥑 🍅 🥕 🌶️ 🥐 🍞 🧀 🥚 🥞 🍔 🍟 🍕 🌮 🍣 🍪 🎂 🍰 🍫 🍯 ☕ 🍵 🥂 🍷 🍺 🧃 🧊",
    ),
    (
        "📦",
        "📦 🎁 🛍️ 🛒 💳 💵 🧾 🏷️ 📬 ✉️ 🚚 ✈️ 🚲 🏠 🏪 🪑 🛋️ 🛏️ 🖼️ 🕯️ 🧵 🧶 👕 👖 👗 👟 👜 👓 💍 ⌚ 📷 📱 💻 🎨 🎸 🏄‍♀️",
    ),
    (
        "❤️",
        "❤️ 🧡 💛 💚 💙 💜 🖤 🤍 💔 💕 💯 ✨ 🎉 🎊 ✅ ☑️ ❌ ❗ ❓ ➕ ➖ ⏳ ⏰ 📅 📍 🔔 🔒 🔑 💡 🔧 ♻️ ⚠️ 🆗 🆕 🔝 🏁",
    ),
];

/// A small set of emoji, by category.
#[component]
pub fn EmojiPicker(
    /// The names of the categories, in the order of the set.
    groups: [&'static str; 6],
    /// Called with the chosen one.
    #[prop(into)]
    on_pick: Callback<String>,
) -> impl IntoView {
    let class = style_sheet!("src/thread/emoji_picker.css");
    let chosen = RwSignal::new(0_usize);
    let tab = move |(index, (sign, _)): (usize, (&'static str, &'static str))| {
        view! { class=class,
            <button
                type="button"
                aria-label=groups[index]
                aria-pressed=move || (chosen.get() == index).to_string()
                on:click=move |_| chosen.set(index)
            >
                {sign}
            </button>
        }
    };
    let emoji = move |emoji: &'static str| {
        view! { class=class,
            <button type="button" on:click=move |_| on_pick.run(emoji.to_owned())>
                {emoji}
            </button>
        }
    };
    view! { class=class,
        <div class="emoji-picker">
            <div class="emoji-groups">{EMOJI.into_iter().enumerate().map(tab).collect_view()}</div>
            <div class="emoji-set" role="group" aria-label=move || groups[chosen.get()]>
                {move || EMOJI[chosen.get()].1.split(' ').map(emoji).collect_view()}
            </div>
        </div>
    }
}
