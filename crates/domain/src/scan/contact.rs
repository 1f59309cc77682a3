//! E-mail addresses and telephone numbers, also spelled out.

use super::phrase::Words;
use super::spoken::{counts_up, spell_number};

/// Whether an e-mail address stands in the text: `anna@shop.com`, `anna (at) gmail dot com`, `anna @ gmail . com`.
pub(super) fn has_email(folded: &str) -> bool {
    let mut text = format!(" {} ", folded.to_lowercase());
    if is_spelled_out(&text) {
        return true;
    }
    for (spelled, sign) in [
        (" g mail", " gmail"),
        (" hot mail", " hotmail"),
        ("(at)", "@"),
        ("[at]", "@"),
        ("(a)", "@"),
        ("[a]", "@"),
        ("{at}", "@"),
        (" chiocciola ", "@"),
        ("(chiocciola)", "@"),
        ("(dot)", "."),
        ("[dot]", "."),
        ("{dot}", "."),
        (" dot ", "."),
        (" punto ", "."),
        ("(punto)", "."),
    ] {
        text = text.replace(spelled, sign);
    }
    // Blanks around the signs go; ` at ` is too common a word to be the sign unless a mail provider follows.
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.chunk_by(|one, other| one.len() == 1 && other.len() == 1).any(|letters| is_address_in(&letters.concat())) {
        return true;
    }
    let mut tight = words.join(" ").replace(" @ ", "@").replace("@ ", "@").replace(" . ", ".").replace(" .", ".");
    for provider in PROVIDERS {
        tight = tight.replace(&format!(" at {provider}."), &format!("@{provider}."));
        tight = tight.replace(&format!(" {provider}. "), &format!(" {provider}."));
        tight = tight.replace(&format!("@{provider}. "), &format!("@{provider}."));
    }
    is_address_in(&tight)
        // `@lucia.cuce` is a name in this app, `@gmail.com` is none.
        || ENDINGS.iter().any(|ending| words.iter().any(|word| word.starts_with('@') && word.ends_with(ending)))
        || PROVIDERS.iter().any(|provider| tight.contains(&format!("@{provider} ")))
        || PROVIDERS.iter().any(|provider| words.concat().contains(&format!("@{provider}.")))
        || PROVIDERS.iter().any(|provider| {
            ["com", "it", "net", "me"].iter().any(|domain| tight.contains(&format!("{provider}.{domain}")))
        })
}

/// `at shop dot com`, `chiocciola negozio punto it`.
fn is_spelled_out(lower: &str) -> bool {
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(4).any(|words| {
        matches!(words[0], "at" | "chiocciola")
            && matches!(words[2], "dot" | "punto")
            && matches!(words[3], "com" | "it" | "net" | "org" | "me" | "eu" | "co")
    })
}

/// Endings of hosts that people have letters at.
const ENDINGS: &[&str] = &[".com", ".it", ".net", ".org"];

const PROVIDERS: &[&str] = &[
    "gmail",
    "googlemail",
    "hotmail",
    "outlook",
    "yahoo",
    "icloud",
    "protonmail",
    "libero",
    "virgilio",
    "aol",
    "gmx",
    "fastmail",
    "proton",
    "tiscali",
    "msn",
];

fn is_address_in(text: &str) -> bool {
    text.match_indices('@').any(|(at, _)| is_address(&text[..at], &text[at + 1..]))
}

fn is_address(before: &str, behind: &str) -> bool {
    let has_name = before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+' | '.'));
    let host = behind.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))).next().unwrap_or("");
    let host = host.trim_end_matches(['.', '-']);
    let Some((name, top)) = host.rsplit_once('.') else { return false };
    has_name && !name.is_empty() && top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// One stretch of digits: their number and how they are grouped.
struct Run {
    digits: String,
    groups: Vec<usize>,
    /// `+` or `00` stands before it.
    is_international: bool,
    /// A letter or `#` is glued to it, or it is announced as the number of something else.
    is_something_else: bool,
}

/// Whether a telephone number stands in the text: international, North American, an Italian mobile, or any other that is
/// announced as one; also digit by digit or spelled out.
pub(super) fn has_phone(folded: &str, words: &Words) -> bool {
    let is_announced = words.announce_phone();
    spell_number(folded) || runs(folded).iter().any(|run| is_phone(run, is_announced))
}

fn is_phone(run: &Run, is_announced: bool) -> bool {
    let count = run.digits.len();
    if run.is_something_else || !(7..=15).contains(&count) || is_date(run) {
        return false;
    }
    // Few pairs are prices or sizes.
    let is_pairs = count < 9 && run.groups.iter().all(|group| *group < 3);
    if (is_announced && !is_pairs) || (run.is_international && count >= 9) {
        return true;
    }
    let national = match run.groups.as_slice() {
        [1, rest @ ..] if run.digits.starts_with('1') && rest.len() > 1 => &run.digits[1..],
        _ => &run.digits,
    };
    let groups = &run.groups[usize::from(national.len() < count)..];
    is_north_american(national, groups)
        || is_italian_mobile(&run.digits, &run.groups)
        || is_with_trunk_zero(&run.digits, &run.groups)
        || is_digit_by_digit(run)
}

/// `2025-11-20` or `20/11/2025`, and what follows.
fn is_date(run: &Run) -> bool {
    let has_year_at = |at: usize| run.digits.get(at..at + 2).is_some_and(|century| matches!(century, "19" | "20"));
    matches!(run.groups.as_slice(), [4, 2, 2, ..]) && has_year_at(0)
        || matches!(run.groups.as_slice(), [2, 2, 4, ..]) && has_year_at(4)
}

/// Area code and exchange start with 2 to 9.
fn is_north_american(digits: &str, groups: &[usize]) -> bool {
    let starts_high = |at: usize| digits.as_bytes().get(at).is_some_and(|digit| (b'2'..=b'9').contains(digit));
    digits.len() == 10 && matches!(groups, [3, 3, 4] | [3, 7] | [6, 4]) && starts_high(0) && starts_high(3)
}

fn is_italian_mobile(digits: &str, groups: &[usize]) -> bool {
    let is_mobile = digits.starts_with('3') && digits.as_bytes().get(1).is_some_and(|digit| *digit >= b'2');
    is_mobile
        && digits.len() == 10
        && matches!(groups, [3, 7] | [3, 3, 4] | [3, 2, 2, 3] | [3, 3, 2, 2] | [3, 4, 3] | [3, 2, 5])
}

/// An area code that starts with a zero: `02 5550 0199`, `07911 123456`. Dates are grouped in pairs or have a year.
fn is_with_trunk_zero(digits: &str, groups: &[usize]) -> bool {
    let [first, rest @ ..] = groups else { return false };
    let has_year = rest.contains(&4) && (digits[*first..].starts_with("20") || groups.starts_with(&[2, 2]));
    digits.starts_with('0')
        && !digits.starts_with("00")
        && (9..=11).contains(&digits.len())
        && (2..=5).contains(first)
        && (1..=3).contains(&rest.len())
        && rest.iter().any(|group| *group > 2)
        && !has_year
}

/// Ten or eleven digits, each on its own, that are not simply counted up.
fn is_digit_by_digit(run: &Run) -> bool {
    let is_each_apart = run.groups.iter().all(|group| *group == 1);
    matches!(run.digits.len(), 10 | 11)
        && is_each_apart
        && !counts_up(run.digits.chars().filter_map(|c| c.to_digit(10)))
}

fn runs(folded: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut between: Option<usize> = None;
    for (at, character) in folded.char_indices() {
        if character.is_ascii_digit() {
            match (between, runs.last_mut()) {
                (Some(0), Some(run)) => {
                    run.digits.push(character);
                    if let Some(group) = run.groups.last_mut() {
                        *group += 1;
                    }
                }
                (Some(1..=3), Some(run)) => {
                    run.digits.push(character);
                    run.groups.push(1);
                }
                _ => runs.push(Run {
                    digits: character.to_string(),
                    groups: vec![1],
                    is_international: folded[..at].trim_end_matches('(').ends_with('+'),
                    is_something_else: is_announced_as_something_else(&folded[..at]),
                }),
            }
            between = Some(0);
        } else if character == ' ' && folded[..at].ends_with('.') && between == Some(1) {
            // The end of a sentence.
            between = None;
        } else if matches!(character, ' ' | '-' | '.' | '(' | ')' | '/' | '_' | '~' | '*' | '|') {
            between = between.map(|count| count + 1);
        } else {
            let is_glued = between == Some(0) || (between == Some(1) && folded[..at].ends_with(['-', '/']));
            if is_glued && character.is_alphabetic() {
                runs.iter_mut().last().into_iter().for_each(|run| run.is_something_else = true);
            }
            between = None;
        }
    }
    for run in &mut runs {
        // An order number may start with zeros too, but it is not grouped like this.
        run.is_international |= run.digits.starts_with("00") && run.groups.len() > 2;
    }
    runs
}

/// Whether the text ends so that a number behind it is an order, a parcel, an amount or part of a code.
fn is_announced_as_something_else(before: &str) -> bool {
    let is_time = before.strip_suffix(':').is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()));
    if is_time || before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '#' | '$' | '=' | '_')) {
        return true;
    }
    let lower = before.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).rev().take(3);
    words.any(|word| {
        matches!(
            word,
            "order"
                | "ordine"
                | "tracking"
                | "parcel"
                | "pacco"
                | "spedizione"
                | "invoice"
                | "fattura"
                | "sku"
                | "isbn"
                | "ean"
                | "ref"
                | "reference"
                | "item"
                | "receipt"
                | "ricevuta"
                | "serial"
                | "serie"
                | "part"
                | "model"
                | "modello"
                | "articolo"
                | "lot"
                | "lotto"
                | "iva"
                | "codice"
                | "code"
                | "ups"
                | "usps"
                | "fedex"
                | "dhl"
        )
    })
}
