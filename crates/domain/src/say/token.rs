//! The words of a clause, with the signs that people glue to them taken apart.

use super::words;

/// One word: as typed, and as the rules compare it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    key: String,
}

impl<'a> Token<'a> {
    fn new(text: &'a str) -> Self {
        let folded = fold(text);
        // A point in front may be the decimal point of a number, so it stays.
        let trimmed = folded.trim_start_matches(['(', '¿', '¡']).trim_end_matches([':', '.', '!', '?', ')']);
        // A lone sign is the word.
        let key = if trimmed.is_empty() { folded } else { trimmed.to_owned() };
        Self { text, key }
    }

    /// A minus sign glued to an amount, as in `-20`.
    fn minus(text: &'a str) -> Self {
        Self { text, key: "\u{2212}".to_owned() }
    }

    /// Lower-case, without accents and the punctuation around.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    pub(super) fn is_one_of(&self, words: &[&str]) -> bool {
        words.contains(&self.key.as_str())
    }

    pub(super) fn is_glued_minus(&self) -> bool {
        self.key == "\u{2212}"
    }

    /// A whole number in digits.
    pub(super) fn integer(&self) -> Option<u32> {
        if self.key.bytes().all(|byte| byte.is_ascii_digit()) { self.key.parse().ok() } else { None }
    }
}

/// Lower-case, with straight quotes and without the accents of Italian.
pub(super) fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|character| match character {
            'à' | 'á' => 'a',
            'è' | 'é' => 'e',
            'ì' | 'í' => 'i',
            'ò' | 'ó' => 'o',
            'ù' | 'ú' => 'u',
            '\u{2018}' | '\u{2019}' | '\u{2032}' => '\'',
            '\u{201c}' | '\u{201d}' | '\u{2033}' => '"',
            other => other,
        })
        .collect()
}

/// The words of a clause. `@18`, `-20`, `+5`, `tax:8%`, `18/each` and `8.75 %` fall into their parts.
pub(super) fn tokens(clause: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    for word in clause.split_whitespace() {
        push(word, &mut tokens);
    }
    tokens
}

fn push<'a>(word: &'a str, tokens: &mut Vec<Token<'a>>) {
    let starts_amount =
        |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '$' | '€' | '£' | '¥'));
    if let Some(rest) = word.strip_prefix('@').filter(|rest| !rest.is_empty()) {
        tokens.push(Token::new("@"));
        return push(rest, tokens);
    }
    if let Some(rest) = word.strip_prefix('+').filter(|rest| starts_amount(rest)) {
        return push(rest, tokens);
    }
    if let Some(rest) = word.strip_prefix(['-', '\u{2212}', '–']).filter(|rest| starts_amount(rest)) {
        tokens.push(Token::minus(&word[..word.len() - rest.len()]));
        return push(rest, tokens);
    }
    if let Some((keyword, rest)) = word.split_once([':', '=']).filter(|(_, rest)| !rest.is_empty())
        && words::is_reserved(&fold(keyword))
    {
        tokens.push(Token::new(keyword));
        return push(rest, tokens);
    }
    if let Some((price, each)) = word.split_once('/').filter(|(price, _)| starts_amount(price))
        && words::EACH.contains(&fold(each).as_str())
    {
        tokens.push(Token::new(price));
        tokens.push(Token::new(each));
        return;
    }
    // `un'ora`: the article is a number of its own.
    if let Some(hour) = word.strip_prefix("un'").filter(|rest| !rest.is_empty()) {
        tokens.push(Token::new("un"));
        tokens.push(Token::new(hour));
        return;
    }
    if !matches!(word, ":" | "=" | "." | "!" | "…") {
        tokens.push(Token::new(word));
    }
}
