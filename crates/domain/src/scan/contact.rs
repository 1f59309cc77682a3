//! E-mail addresses and telephone numbers, also spelled out.

use super::phrase::Words;

/// Whether an e-mail address stands in the text: `anna@shop.com`, `anna (at) gmail dot com`, `anna @ gmail . com`.
pub(super) fn has_email(folded: &str) -> bool {
    let mut text = format!(" {} ", folded.to_lowercase());
    if is_spelled_out(&text) {
        return true;
    }
    for (spelled, sign) in [
        ("(at)", "@"),
        ("[at]", "@"),
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
    let mut tight = words.join(" ");
    for sign in ["@", "."] {
        tight = tight.replace(&format!(" {sign} "), sign).replace(&format!(" {sign}"), sign);
        if sign == "@" {
            tight = tight.replace("@ ", "@");
        }
    }
    for provider in PROVIDERS {
        tight = tight.replace(&format!(" at {provider}."), &format!("@{provider}."));
        tight = tight.replace(&format!(" {provider}. "), &format!(" {provider}."));
        tight = tight.replace(&format!("@{provider}. "), &format!("@{provider}."));
    }
    tight.match_indices('@').any(|(at, _)| is_address(&tight[..at], &tight[at + 1..]))
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
    words.spell_digits() || runs(folded).iter().any(|run| is_phone(run, is_announced))
}

fn is_phone(run: &Run, is_announced: bool) -> bool {
    let count = run.digits.len();
    if run.is_something_else || !(7..=15).contains(&count) {
        return false;
    }
    if is_announced || (run.is_international && count >= 9) {
        return true;
    }
    let national = match run.groups.as_slice() {
        [1, rest @ ..] if run.digits.starts_with('1') && rest.len() > 1 => &run.digits[1..],
        _ => &run.digits,
    };
    let groups = &run.groups[usize::from(national.len() < count)..];
    is_north_american(national, groups) || is_italian_mobile(&run.digits, &run.groups) || is_digit_by_digit(run)
}

/// Area code and exchange start with 2 to 9.
fn is_north_american(digits: &str, groups: &[usize]) -> bool {
    let starts_high = |at: usize| digits.as_bytes().get(at).is_some_and(|digit| (b'2'..=b'9').contains(digit));
    digits.len() == 10 && matches!(groups, [3, 3, 4] | [3, 7] | [6, 4]) && starts_high(0) && starts_high(3)
}

fn is_italian_mobile(digits: &str, groups: &[usize]) -> bool {
    let is_mobile = digits.starts_with('3') && digits.as_bytes().get(1).is_some_and(|digit| *digit >= b'2');
    is_mobile && digits.len() == 10 && matches!(groups, [3, 7] | [3, 3, 4] | [3, 2, 2, 3] | [3, 4, 3] | [3, 2, 5])
}

/// Ten or eleven digits, each on its own, that are not simply counted up.
fn is_digit_by_digit(run: &Run) -> bool {
    let counts_up = run.digits.as_bytes().windows(2).all(|pair| pair[0] < pair[1]);
    matches!(run.digits.len(), 10 | 11) && run.groups.iter().all(|group| *group == 1) && !counts_up
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
        } else if matches!(character, ' ' | '-' | '.' | '(' | ')' | '/') {
            between = between.map(|count| count + 1);
        } else {
            if between == Some(0) && character.is_alphabetic() {
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
    if before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '#' | '$' | '=' | '_')) {
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
                | "codice"
                | "code"
                | "ups"
                | "usps"
                | "fedex"
                | "dhl"
        )
    })
}
