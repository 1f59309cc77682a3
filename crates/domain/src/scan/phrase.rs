//! Words and phrases that offer another way to pay or to talk, in English and Italian.

use super::vocabulary::{
    AROUND, CRYPTO, GIFT_CARD_BRANDS, MESSENGER_PHRASES, MESSENGERS, MONEY, PAY, PAYMENT_PHRASES, PLATFORM, SERVICES,
    TALK,
};

/// The words of a message, lower-case and plain, in three readings: as written, and with digits and signs read as the
/// letters they look like (`v3nm0`), where 1 is either l or i. Letters with blanks or points between are joined: `v e n m o` is one word.
pub(super) struct Words {
    readings: [Vec<String>; 3],
}

impl Words {
    /// The words of a folded text.
    pub(super) fn of(folded: &str) -> Self {
        let lower = folded.to_lowercase();
        let read = |one: char| {
            let unmasked: Vec<String> = lower.split_whitespace().map(|word| unmask(word, one)).collect();
            words(&unmasked.join(" "))
        };
        Self { readings: [words(&lower), read('l'), read('i')] }
    }

    /// Whether a way to pay outside of the app is named.
    pub(super) fn offer_other_payment(&self) -> bool {
        self.say_any(PAYMENT_PHRASES)
            || self.readings.iter().any(|words| {
                names_service(words)
                    || near(words, PAY, 3, &["outside", "fuori", "privately"])
                    || near(words, AROUND, 2, PLATFORM)
                    || near(words, MONEY, 4, &["transfer", "wire", "trasferisci", "trasferire", "trasferimento"])
                    || near(words, &["transfer", "wire", "trasferisci"], 4, MONEY)
                    || (near(words, &["directly", "direct", "direttamente"], 2, &["me", "account", "conto"])
                        && words.iter().any(|word| MONEY.contains(&word.as_str()) || PAY.contains(&word.as_str())))
                    || near(words, CRYPTO, 4, ACCEPT)
                    || near(words, ACCEPT, 4, CRYPTO)
                    || near(words, GIFT_CARD_BRANDS, 2, &["gift"]) && near(words, &["gift"], 1, &["card", "cards"])
            })
    }

    /// Whether a mail provider is written letter by letter: `j a n e @ g m a i l . c o m`.
    pub(super) fn spell_email(&self) -> bool {
        let [words, ..] = &self.readings;
        words.iter().any(|word| {
            ["gmailcom", "hotmailcom", "outlookcom", "yahoocom", "icloudcom", "hotmailit", "liberoit"]
                .iter()
                .any(|host| word.len() > host.len() && word.ends_with(host))
        })
    }

    /// Whether the talk is led into another messenger.
    pub(super) fn lead_to_other_messenger(&self) -> bool {
        let [words, ..] = &self.readings;
        self.say_any(MESSENGER_PHRASES)
            || (near(words, TALK, 5, MESSENGERS)
                && near(words, &["on", "su", "via", "to", "over", "in", "per"], 1, MESSENGERS))
    }

    /// Whether a number in the message is meant to be called or written to.
    pub(super) fn announce_phone(&self) -> bool {
        self.say_any(&[
            "call me",
            "text me",
            "text us",
            "call us",
            "phone me",
            "whatsapp",
            "my number",
            "my cell",
            "my phone number",
            "telefono",
            "tel",
            "cell",
            "cellulare",
            "chiamami",
            "chiamaci",
            "chiama il",
            "chiami il",
            "il mio numero",
            "mio cel",
            "sms",
        ])
    }

    /// Whether seven or more digits follow each other as words: `four one five…`, `tre quattro sette…`.
    pub(super) fn spell_digits(&self) -> bool {
        let [words, ..] = &self.readings;
        let digits: Vec<Option<(u32, bool)>> = words.iter().map(|word| digit(word)).collect();
        digits.split(Option::is_none).any(|run| {
            let run: Vec<(u32, bool)> = run.iter().flatten().copied().collect();
            let counts_up = run.windows(2).all(|pair| pair[0].0 < pair[1].0);
            run.len() >= 7 && !counts_up && run.iter().filter(|(_, is_spelled)| *is_spelled).count() >= 3
        })
    }

    fn say_any(&self, phrases: &[&str]) -> bool {
        self.readings.iter().any(|words| {
            phrases.iter().any(|phrase| {
                let length = phrase.split(' ').count();
                words
                    .windows(length)
                    .any(|words| words.iter().zip(phrase.split(' ')).all(|(word, other)| word == other))
            }) || words.iter().any(|word| has_long_one(phrases, word))
        })
    }
}

/// Words of somebody who takes or gives crypto money.
const ACCEPT: &[&str] = &[
    "pay", "paid", "payment", "accept", "accepts", "accepted", "take", "send", "prefer", "only", "accetto", "pagami",
    "paga",
];

fn names_service(words: &[String]) -> bool {
    words.iter().any(|word| SERVICES.contains(&word.as_str()) || has_long_one(SERVICES, word))
        || (2..=3).any(|count| {
            // `i ban` is no account number.
            words
                .windows(count)
                .map(<[String]>::concat)
                .any(|joined| joined.len() > 4 && SERVICES.contains(&joined.as_str()))
        })
}

/// Whether one of `second` stands behind one of `first`, at most `distance` words on.
fn near(words: &[String], first: &[&str], distance: usize, second: &[&str]) -> bool {
    words
        .iter()
        .enumerate()
        .filter(|(_, word)| first.contains(&word.as_str()))
        .any(|(at, _)| words[at + 1..].iter().take(distance).any(|word| second.contains(&word.as_str())))
}

/// Whether a word has one of the phrases in it, written without blanks and long enough that this is no chance.
fn has_long_one(phrases: &[&str], word: &str) -> bool {
    word.len() >= 7
        && phrases.iter().any(|phrase| {
            let joined = phrase.replace(' ', "");
            joined.len() >= if phrase.contains(' ') { 10 } else { 7 } && word.contains(&joined)
        })
}

/// The words of a lower-case text. Four or more single letters in a row are one word.
fn words(lower: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut letters = 0;
    for piece in lower.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty()) {
        words.push(piece.to_owned());
        let is_letter = piece.chars().count() == 1 && piece.chars().all(char::is_alphabetic);
        if is_letter {
            letters += 1;
            continue;
        }
        let last = words.pop();
        join_last(&mut words, letters);
        words.extend(last);
        letters = 0;
    }
    join_last(&mut words, letters);
    words
}

fn join_last(words: &mut Vec<String>, count: usize) {
    if count >= 4 {
        let joined = words.split_off(words.len() - count).concat();
        words.push(joined);
    }
}

/// A word with digits and signs read as the letters they look like; unchanged without a letter or with nothing else.
fn unmask(word: &str, one: char) -> String {
    let inner = word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '$' | '@'));
    if inner.chars().all(char::is_alphabetic) || !inner.chars().any(char::is_alphabetic) {
        return word.to_owned();
    }
    inner
        .chars()
        .filter(|c| !matches!(c, '.' | '-' | '_' | '*' | '|'))
        .map(|c| match c {
            '0' => 'o',
            '1' | '!' => one,
            '3' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '7' => 't',
            other => other,
        })
        .collect()
}

/// The value of a digit, and whether it is spelled out.
fn digit(word: &str) -> Option<(u32, bool)> {
    let spelled = match word {
        "zero" | "oh" => 0,
        "one" | "uno" => 1,
        "two" | "due" => 2,
        "three" | "tre" => 3,
        "four" | "quattro" => 4,
        "five" | "cinque" => 5,
        "six" | "sei" => 6,
        "seven" | "sette" => 7,
        "eight" | "otto" => 8,
        "nine" | "nove" => 9,
        _ => {
            let mut characters = word.chars();
            let value = characters.next()?.to_digit(10)?;
            return characters.next().is_none().then_some((value, false));
        }
    };
    Some((spelled, true))
}
