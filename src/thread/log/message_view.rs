//! What a message looks like, whatever it carries.

use super::dom::{add, button, element, icon, set, text_element};
use crate::thread::row::{PendingMessage, PendingState};
use crate::thread::words::LogWords;
use crate::ui::IconName;
use domain::ids::PhotoId;
use domain::message::{Content, Message, Quote};
use domain::money::Money;
use domain::scan;
use domain::thread::Role;
use leptos::web_sys::Element;
use std::borrow::Cow;

/// Who speaks to whom, in which words.
#[derive(Clone, Debug)]
pub struct Speakers {
    /// The side of the reader.
    pub reader: Role,
    /// The name of the other.
    pub peer: String,
    /// In which words.
    pub words: LogWords,
    /// An amount as the reader writes it.
    pub amount: fn(Money) -> String,
    /// Where a picture is, once that is known.
    pub photo: fn(&PhotoId) -> Option<String>,
}

impl Speakers {
    /// What somebody is called.
    pub fn name(&self, role: Role) -> &str {
        if role == self.reader { self.words.you } else { &self.peer }
    }
}

/// Text that is a bubble of words and nothing else: what nearly every message is.
pub fn plain_text(message: &Message) -> Option<Cow<'_, str>> {
    let text = match message.content.as_ref()? {
        Content::Text { text } => text.as_str(),
        Content::Photo { .. } | Content::Product { .. } => return None,
    };
    let is_plain = message.reply_to.is_none()
        && message.edited_at.is_none()
        && message.reactions.is_empty()
        && !message.off_platform
        && !may_hold_link(text)
        && !may_turn(text)
        && !is_jumbo(text);
    is_plain.then(|| shown(text))
}

/// Whether text is shown in a bubble, and not large on its own.
pub fn is_bubble(text: &str) -> bool {
    !text.is_empty() && !is_jumbo(text)
}

/// Whether a message has a bubble of words.
pub fn has_bubble(message: &Message) -> bool {
    match &message.content {
        Some(Content::Text { text }) => is_bubble(text.as_str()),
        Some(Content::Photo { .. } | Content::Product { .. }) | None => false,
    }
}

/// A message with all that belongs to it.
pub fn message(message: &Message, speakers: &Speakers) -> Element {
    let whole = element("div", "message");
    let is_mine = message.author == speakers.reader;
    if let Some(quote) = &message.reply_to {
        add(&whole, &quoted(quote, message.author, speakers));
    }
    match &message.content {
        Some(content) => add(&whole, &said(content, message.author, speakers)),
        None => {
            let words = &speakers.words;
            let text = if is_mine { words.you_unsent.to_owned() } else { (words.they_unsent)(&speakers.peer) };
            add(&whole, &text_element("p", "bubble framed unsent", &text));
        }
    }
    if message.off_platform && !is_mine {
        let notice = element("p", "off-platform");
        add(&notice, &icon(IconName::Warning, "icon s16"));
        add(&notice, &text_element("span", "", speakers.words.off_platform));
        add(&whole, &notice);
    }
    if !message.reactions.is_empty() {
        set(&whole, "data-reacted", "");
        add(&whole, &reactions(message, speakers));
    }
    if message.edited_at.is_some() && message.content.is_some() {
        add(&whole, &text_element("span", "note", speakers.words.edited));
    }
    whole
}

/// An own message that is on its way.
pub fn pending(message: &PendingMessage, words: &LogWords) -> Element {
    let whole = element("div", "message");
    if let Some(address) = &message.picture {
        let picture = element("img", "photo framed");
        set(&picture, "src", address);
        set(&picture, "alt", words.photo);
        add(&whole, &picture);
    }
    if !message.text.is_empty() {
        add(&whole, &spoken(&message.text));
    }
    let state = match message.state {
        PendingState::Queued => note_with_icon(IconName::Clock, words.queued),
        PendingState::Sending => note_with_icon(IconName::Clock, words.sending),
        PendingState::Failed => {
            let retry = button("note retry", "retry");
            add(&retry, &icon(IconName::Warning, "icon s16"));
            add(&retry, &text_element("span", "", words.failed));
            let choices = element("span", "choices");
            add(&choices, &retry);
            let discard = button("note discard", "discard");
            add(&discard, &text_element("span", "", words.discard));
            add(&choices, &discard);
            choices
        }
    };
    // A message that is just being sent says so to nobody but a screen reader: most arrive at once.
    if message.state == PendingState::Sending {
        set(&state, "data-soon", "");
    }
    add(&whole, &state);
    whole
}

fn note_with_icon(name: IconName, text: &str) -> Element {
    let note = element("span", "note");
    add(&note, &icon(name, "icon s16"));
    add(&note, &text_element("span", "", text));
    note
}

fn quoted(quote: &Quote, by: Role, speakers: &Speakers) -> Element {
    let words = &speakers.words;
    let to_itself = quote.author == by;
    let line = if by == speakers.reader {
        (words.you_replied)(&speakers.peer, to_itself)
    } else {
        (words.they_replied)(&speakers.peer, to_itself)
    };
    let whole = button("quote", "quote");
    let head = element("span", "by");
    add(&head, &icon(IconName::Reply, "icon s16 mirror"));
    add(&head, &text_element("span", "", &line));
    add(&whole, &head);
    let excerpt = quote.excerpt.as_deref().map_or(Cow::Borrowed(words.photo), shown);
    add(&whole, &text_element("span", "excerpt", &excerpt));
    whole
}

fn said(content: &Content, author: Role, speakers: &Speakers) -> Element {
    match content {
        Content::Text { text } => spoken(text.as_str()),
        Content::Photo { photo, width, height } => {
            let open = button("photo framed", "photo");
            let picture = element("img", "");
            if let Some(address) = (speakers.photo)(photo) {
                set(&picture, "src", &address);
            }
            // With its size known, nothing moves when it arrives.
            set(&picture, "width", &width.to_string());
            set(&picture, "height", &height.to_string());
            set(&picture, "loading", "lazy");
            set(&picture, "decoding", "async");
            let words = &speakers.words;
            let is_mine = author == speakers.reader;
            let name = if is_mine { words.your_photo.to_owned() } else { (words.photo_from)(&speakers.peer) };
            set(&picture, "alt", &name);
            add(&open, &picture);
            open
        }
        Content::Product { name, price, picture, .. } => {
            let open = button("product framed", "product");
            if let Some(address) = picture {
                let thumb = element("img", "thumb");
                set(&thumb, "src", address.as_str());
                set(&thumb, "alt", "");
                add(&open, &thumb);
            }
            let about = element("span", "about");
            add(&about, &text_element("b", "", name.as_str()));
            add(&about, &text_element("span", "price", &(speakers.amount)(*price)));
            add(&open, &about);
            open
        }
    }
}

/// A bubble of words, with its links as links.
fn spoken(text: &str) -> Element {
    if is_jumbo(text) {
        return text_element("p", "jumbo", text);
    }
    let bubble = element("p", "bubble framed");
    if may_turn(text) {
        set(&bubble, "dir", "auto");
    }
    if !may_hold_link(text) {
        bubble.set_text_content(Some(&shown(text)));
        return bubble;
    }
    for part in scan::links(text) {
        let shown = part.shown();
        match &part {
            scan::Part::Text(_) => add(&bubble, &leptos::prelude::document().create_text_node(&shown)),
            scan::Part::Link { href, host, .. } => {
                let link = text_element("a", "", &shown);
                set(&link, "href", href);
                set(&link, "rel", "noopener noreferrer nofollow ugc");
                set(&link, "data-action", "link");
                set(&link, "data-host", host);
                add(&bubble, &link);
            }
        }
    }
    bubble
}

fn reactions(message: &Message, speakers: &Speakers) -> Element {
    let both = [Role::Buyer, Role::Seller].map(|role| (role, message.reactions.of(role)));
    let own = message.reactions.of(speakers.reader);
    // One's own reaction can be taken back by a tap; the other's cannot.
    let pill = if own.is_some() { button("reaction", "unreact") } else { element("span", "reaction") };
    let mut drawn: Vec<&str> = Vec::new();
    let mut said = Vec::new();
    for (role, emoji) in both {
        let Some(emoji) = emoji else { continue };
        said.push((speakers.words.reacted)(speakers.name(role), emoji.as_str()));
        if !drawn.contains(&emoji.as_str()) {
            drawn.push(emoji.as_str());
            add(&pill, &drawn_emoji(emoji.as_str()));
        }
    }
    if said.len() > drawn.len() {
        add(&pill, &text_element("span", "", "2"));
    }
    if let Some(own) = own {
        said.push((speakers.words.take_back)(own.as_str()));
    }
    add(&pill, &text_element("span", "sr-only", &said.join(", ")));
    pill
}

fn drawn_emoji(emoji: &str) -> Element {
    if emoji.starts_with('❤') {
        return icon(IconName::Heartfill, "icon s16 heart");
    }
    let drawn = text_element("span", "", emoji);
    set(&drawn, "aria-hidden", "true");
    drawn
}

/// Without marks that turn the direction of what follows.
fn shown(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { scan::without_bidi(text) }
}

/// Whether some of it is written from right to left.
fn may_turn(text: &str) -> bool {
    !text.is_ascii()
        && text.chars().map(u32::from).any(|code| {
            matches!(code, 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefc | 0x10800..=0x10fff | 0x1e800..=0x1efff)
        })
}

/// Whether it is worth looking for links: none has no dot.
fn may_hold_link(text: &str) -> bool {
    let bytes = text.as_bytes();
    // A dot at the end of a sentence is followed by a blank or by nothing.
    bytes.windows(2).any(|pair| pair[0] == b'.' && !pair[1].is_ascii_whitespace() && pair[1] != b'.')
}

/// Whether it is one to three emoji and nothing else: those are drawn large.
fn is_jumbo(text: &str) -> bool {
    // Nearly all text begins with a letter, and there the question ends.
    if text.len() > 64 || text.as_bytes().first().is_none_or(u8::is_ascii) {
        return false;
    }
    let mut count = 0;
    let mut joined = false;
    let mut flag = false;
    for character in text.chars() {
        let code = u32::from(character);
        match code {
            // Joiner, variation selector, keycap, skin tone, tag: part of the one before.
            0x200d => joined = true,
            0xfe0f | 0x20e3 | 0x1f3fb..=0x1f3ff | 0xe0020..=0xe007f => {}
            // Two regional indicators are one flag.
            0x1f1e6..=0x1f1ff => {
                count += usize::from(!flag);
                flag = !flag;
            }
            0x203c..=0x2bff | 0x3030..=0x303d | 0x3297..=0x3299 | 0x1f000..=0x1faff => {
                count += usize::from(!joined);
                joined = false;
            }
            _ => return false,
        }
    }
    (1..=3).contains(&count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn one_to_three_emoji_are_drawn_large() {
        for large in ["❤️", "😂😂😂", "🏄‍♀️", "🇮🇹🇫🇷", "👍🏽"] {
            assert!(is_jumbo(large), "{large}");
        }
        for plain in ["", "ok", "😂 ok", "😂😂😂😂", "é", "“quoted”", "日本"] {
            assert!(!is_jumbo(plain), "{plain}");
        }
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn only_a_dot_inside_a_word_may_be_a_link() {
        assert!(may_hold_link("see example.com"));
        assert!(may_hold_link("http://1.1"));
        assert!(!may_hold_link("Thanks. See you… soon."));
    }
}
