//! Links in what people write. Only the web, and always with the host that a browser would really open.

use super::fold::{is_bidi_control, is_invisible};
use super::punycode;
use std::borrow::Cow;

/// A part of a message. The texts of all parts, in order, are the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// Words.
    Text(&'a str),
    /// A web address.
    Link {
        /// As typed. Show [`Part::shown`] instead: this may be made to deceive.
        text: &'a str,
        /// Where it leads: `http` or `https`, an ASCII host, no user name or password.
        href: String,
        /// The host of `href`, lower-case, in punycode if it is not ASCII.
        host: String,
    },
}

impl<'a> Part<'a> {
    /// As typed.
    pub fn text(&self) -> &'a str {
        match self {
            Self::Text(text) | Self::Link { text, .. } => text,
        }
    }

    /// What to put on the screen: words without marks that turn their direction, a link as its real host and what
    /// follows.
    pub fn shown(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => without_bidi(text),
            Self::Link { href, .. } => {
                let shown = href.split_once("://").map_or(href.as_str(), |(_, rest)| rest);
                Cow::Borrowed(shown.strip_suffix('/').unwrap_or(shown))
            }
        }
    }
}

/// The text without the characters that turn the direction of what follows (UAX #9), so that `gpj.exe` cannot be shown
/// as `exe.jpg`. Text of right-to-left scripts keeps its own direction.
pub fn without_bidi(text: &str) -> Cow<'_, str> {
    if text.contains(is_bidi_control) {
        Cow::Owned(text.chars().filter(|character| !is_bidi_control(*character)).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// The parts of a message: words and web addresses. An address is `http://…`, `https://…`, `www.…` or a host of a
/// well-known ending, `poste.it/track`; a bare one leads to https. Punctuation behind it is words.
pub fn links(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut words_from = 0;
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        match starts_word(&text[..at]).then(|| address(&text[at..])).flatten() {
            Some(found) => {
                if words_from < at {
                    parts.push(Part::Text(&text[words_from..at]));
                }
                let end = at + found.length;
                parts.push(Part::Link { text: &text[at..end], href: found.href, host: found.host });
                (at, words_from) = (end, end);
            }
            None => at += character.len_utf8(),
        }
    }
    if words_from < text.len() {
        parts.push(Part::Text(&text[words_from..]));
    }
    parts
}

struct Address {
    length: usize,
    href: String,
    host: String,
}

/// Endings of hosts that are links without `http` or `www`. Those that are also words of a sentence need a path.
const ENDINGS: &[&str] = &[
    "com", "net", "org", "edu", "gov", "io", "co", "it", "eu", "uk", "de", "fr", "es", "ch", "nl", "ca", "au", "shop",
    "store", "app", "me", "info", "biz", "dev", "ai", "link", "ly", "gl", "tv", "xyz", "online", "site", "top", "club",
];

fn starts_word(before: &str) -> bool {
    before
        .chars()
        .next_back()
        .is_none_or(|c| !(c.is_alphanumeric() || matches!(c, '@' | '/' | '.' | '-' | ':' | '_' | '%')))
}

fn address(text: &str) -> Option<Address> {
    let (scheme, scheme_length) = ["https://", "http://"]
        .iter()
        .find(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
        .map_or(("https://", 0), |scheme| (*scheme, scheme.len()));
    let is_bare = scheme_length == 0;
    let rest = &text[scheme_length..];
    // What stands before the last @ of the authority is a user name, whatever it looks like.
    let authority_end = rest.find(ends_authority).unwrap_or(rest.len());
    let user_end = if is_bare { 0 } else { rest[..authority_end].rfind('@').map_or(0, |at| at + 1) };
    let authority = &rest[user_end..];

    let host_end = authority.find(|c: char| !is_host_character(c)).unwrap_or(authority.len());
    // The full stop of a sentence is no part of the host.
    let name = authority[..host_end].trim_end_matches(['.', '-']);
    let host = ascii_host(name)?;
    let mut length = scheme_length + user_end + name.len();
    let mut tail = "";
    if name.len() == host_end {
        tail = tail_of(&authority[host_end..]);
        length += tail.len();
    }
    if is_bare && (!is_known(&host, tail) || authority[name.len()..].starts_with('@')) {
        return None;
    }
    let slash = if tail.starts_with(['/', ':']) { "" } else { "/" };
    Some(Address { length, href: format!("{scheme}{host}{slash}{}", percent_encoded(tail)), host })
}

fn ends_authority(character: char) -> bool {
    character.is_whitespace()
        || is_invisible(character)
        || matches!(character, '/' | '?' | '#' | '\\' | '<' | '>' | '"')
}

fn is_host_character(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '.')
}

/// The host in lower-case ASCII, if it is one that a browser reads in the same way.
fn ascii_host(name: &str) -> Option<String> {
    let labels: Vec<String> =
        name.split('.').map(|label| punycode::to_ascii(&label.to_lowercase())).collect::<Option<_>>()?;
    let is_label = |label: &String| (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-');
    let last = labels.last()?;
    let host = labels.join(".");
    if labels.len() < 2 || host.len() > 253 || !labels.iter().all(is_label) {
        return None;
    }
    // An ending of digits makes browsers read the whole as an IPv4 address, also 0x7f.1 or 127.1: only the plain form.
    let is_numeric = last.starts_with("0x") || last.bytes().all(|byte| byte.is_ascii_digit());
    let is_octet = |label: &String| label.parse::<u8>().is_ok_and(|octet| octet.to_string() == *label);
    let is_address = labels.len() == 4 && labels.iter().all(is_octet);
    (!is_numeric || is_address).then_some(host)
}

fn is_known(host: &str, tail: &str) -> bool {
    let Some((_, ending)) = host.rsplit_once('.') else { return false };
    let is_word = ending.bytes().all(|byte| byte.is_ascii_alphabetic()) && ending.len() >= 2;
    host.starts_with("www.") && host.matches('.').count() >= 2
        || ENDINGS.contains(&ending)
        || (is_word && tail.starts_with('/') && tail.len() > 1 && host.len() > 4)
}

/// Port, path, query and fragment behind the host, without the punctuation of the sentence.
fn tail_of(text: &str) -> &str {
    let port = text.strip_prefix(':').map_or(0, |port| {
        let digits = port.bytes().take_while(u8::is_ascii_digit).count();
        if port[..digits].parse::<u16>().is_ok_and(|number| number > 0) { digits + 1 } else { 0 }
    });
    if !text[port..].starts_with(['/', '?', '#']) {
        return &text[..port];
    }
    let ends = |c: char| {
        c.is_whitespace() || is_invisible(c) || matches!(c, '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '}' | '|')
    };
    let end = text[port..].find(ends).map_or(text.len(), |at| port + at);
    let mut tail = &text[..end];
    while let Some(last) = tail[port..].chars().next_back() {
        let is_closing = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '…' | '’' | '”' | '»' => true,
            ')' => tail.matches(')').count() > tail.matches('(').count(),
            ']' => tail.matches(']').count() > tail.matches('[').count(),
            _ => false,
        };
        if !is_closing {
            break;
        }
        tail = &tail[..tail.len() - last.len_utf8()];
    }
    tail
}

fn percent_encoded(tail: &str) -> String {
    let mut encoded = String::with_capacity(tail.len());
    let mut bytes = [0; 4];
    for character in tail.chars() {
        if character.is_ascii() {
            encoded.push(character);
        } else {
            for byte in character.encode_utf8(&mut bytes).bytes() {
                encoded.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    encoded
}
