//! Which product of the catalogue a name means.

use super::token::fold;
use super::words;
use crate::money::Money;

/// The one product whose name has every word that was said; of several the one whose name has no other word. Nothing
/// when several remain: choosing is the seller's.
pub(super) fn find(said: &[&str], catalogue: &[(&str, Money)]) -> Option<usize> {
    let said = stems(said.iter().copied());
    if said.is_empty() {
        return None;
    }
    let named: Vec<(usize, bool)> = catalogue
        .iter()
        .enumerate()
        .filter_map(|(index, (name, _))| {
            let product = stems([*name]);
            let has_all = said.iter().all(|word| product.contains(word));
            has_all.then(|| (index, product.iter().all(|other| said.contains(other))))
        })
        .collect();
    let only = |candidates: Vec<usize>| match candidates.as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    let whole = named.iter().filter(|(_, is_whole)| *is_whole).map(|(index, _)| *index).collect();
    only(whole).or_else(|| only(named.into_iter().map(|(index, _)| index).collect()))
}

/// Whether the words are the whole name of one product.
pub(super) fn is_whole_name(said: &[&str], catalogue: &[(&str, Money)]) -> bool {
    let said = stems(said.iter().copied());
    catalogue.iter().any(|(name, _)| !said.is_empty() && stems([*name]) == said)
}

/// The words of a name without articles, endings and quotes around: `Tazze` and `tazza`, `boxes` and `box` are one.
fn stems<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    names
        .into_iter()
        .flat_map(|name| {
            let folded = fold(name);
            folded
                .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | ',' | '(' | ')' | ':' | '.' | '–' | '—'))
                .map(|word| word.trim_matches(['\'', '"', '!', '?']).to_owned())
                .collect::<Vec<String>>()
        })
        .filter(|word| !word.is_empty() && !words::ARTICLES.contains(&word.as_str()))
        .map(|word| stem(&word))
        .collect()
}

/// Without the ending of a plural: -s, -es, and the last vowel, which is what changes in Italian. Three letters stay.
fn stem(word: &str) -> String {
    if word.chars().any(|c| !c.is_alphabetic()) {
        return word.to_owned();
    }
    let long_enough = |stem: &&str| stem.chars().count() >= 3;
    let singular = word
        .strip_suffix("es")
        .filter(long_enough)
        .or_else(|| word.strip_suffix('s').filter(|stem| !stem.ends_with('s')).filter(long_enough))
        .unwrap_or(word);
    singular.strip_suffix(['a', 'e', 'i', 'o', 'y']).filter(long_enough).unwrap_or(singular).to_owned()
}
