//! Where one part of a line ends and the next begins.

use super::token::fold;
use super::words;

/// One part of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clause<'a> {
    /// What stands behind `note:`, and the whole of it as typed.
    Note(&'a str, &'a str),
    /// Anything else.
    Words(&'a str),
}

/// The parts of a text. Semicolons and line ends always divide it, commas where they do not stand between digits, the
/// full stop of a sentence, and `and` before what can begin a part. A note runs to the next semicolon or line end.
pub(super) fn split(text: &str) -> Vec<Clause<'_>> {
    let mut clauses = Vec::new();
    for section in text.split(['\n', '\r', ';']) {
        let mut start = 0;
        loop {
            let rest = &section[start..];
            if let Some(note) = note(rest) {
                clauses.push(Clause::Note(note, rest.trim()));
                break;
            }
            let end = end_of_part(rest);
            divide_at_and(&rest[..end], &mut clauses);
            let Some(separator) = rest[end..].chars().next() else { break };
            start += end + separator.len_utf8();
        }
    }
    clauses
}

/// What stands behind `note:` at the start of the text.
fn note(text: &str) -> Option<&str> {
    let (word, note) = text.split_once(':')?;
    matches!(fold(word.trim()).as_str(), "note" | "notes" | "nota").then(|| note.trim())
}

/// The index of the separator that ends the part, or the length of the text.
fn end_of_part(text: &str) -> usize {
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = text.as_bytes();
    let separator = text.char_indices().find(|(at, character)| match character {
        ',' => !(*at > 0 && digit(bytes.get(at - 1)) && digit(bytes.get(at + 1))),
        '.' => {
            let word = text[..*at].rsplit(char::is_whitespace).next().unwrap_or("");
            let ends_here = text[at + 1..].chars().next().is_none_or(char::is_whitespace);
            ends_here && !word.is_empty() && !words::ABBREVIATIONS.contains(&fold(word).as_str())
        }
        _ => false,
    });
    separator.map_or(text.len(), |(at, _)| at)
}

fn divide_at_and<'a>(part: &'a str, clauses: &mut Vec<Clause<'a>>) {
    let mut start = 0;
    let mut has_words = false;
    let mut words = part.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let at = word.as_ptr() as usize - part.as_ptr() as usize;
        let joins = match words.peek() {
            Some(next) => word == "+" || (words::AND.contains(&word.to_lowercase().as_str()) && can_begin(next)),
            None => false,
        };
        if joins {
            if has_words {
                clauses.push(Clause::Words(part[start..at].trim()));
            }
            start = at + word.len();
            has_words = false;
        } else {
            has_words = true;
        }
    }
    if has_words {
        clauses.push(Clause::Words(part[start..].trim()));
    }
}

/// Whether a part can begin with the word: an amount, a quantity, or the word of a rule.
fn can_begin(word: &str) -> bool {
    let word = fold(word);
    let word = word.trim_end_matches([':', '=']);
    word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '$' | '€' | '£' | '-' | '\u{2212}'))
        || words::number(word).is_some()
        || words::FREE.contains(&word)
        || words::is_reserved(word)
}
