//! Words and phrases that offer another way to pay or to talk, in English and Italian.

use super::rule::{Concepts, Said};
use super::spelling;
use super::vocabulary::{Concept, MESSENGER_PHRASES, PAYMENT_PHRASES, PHONE_PHRASES, SERVICES, WHATSAPP, terms};

/// The words of a message, in the readings of [`spelling::readings`].
pub(super) struct Words {
    readings: Vec<Reading>,
}

struct Reading {
    words: Vec<String>,
    said: Said,
}

impl Words {
    /// The words of a folded text.
    pub(super) fn of(folded: &str) -> Self {
        Self { readings: spelling::readings(folded).into_iter().map(Reading::of).collect() }
    }

    /// Whether a way to pay outside of the app is named.
    pub(super) fn offer_other_payment(&self) -> bool {
        self.any(|reading| {
            says_any(PAYMENT_PHRASES, &reading.words)
                || names_any(SERVICES, &reading.words)
                || reading.said.offers_other_payment()
        })
    }

    /// Whether a mail provider is written letter by letter: `j a n e @ g m a i l . c o m`.
    pub(super) fn spell_email(&self) -> bool {
        self.readings.iter().flat_map(|reading| &reading.words).any(|word| {
            ["gmailcom", "hotmailcom", "outlookcom", "yahoocom", "icloudcom", "hotmailit", "liberoit"]
                .iter()
                .any(|host| word.len() > host.len() && word.ends_with(host))
        })
    }

    /// Whether the talk is led into another messenger.
    pub(super) fn lead_to_other_messenger(&self) -> bool {
        self.any(|reading| {
            says_any(MESSENGER_PHRASES, &reading.words)
                || reading.said.leads_to_other_messenger()
                || (reading.is_short() && reading.said.names_messenger())
        }) || (self.any(|reading| names_any(WHATSAPP, &reading.words))
            && !self.any(|reading| reading.said.draws_whatsapp()))
    }

    /// Whether a number in the message is meant to be called or written to.
    pub(super) fn announce_phone(&self) -> bool {
        self.any(|reading| says_any(PHONE_PHRASES, &reading.words))
    }

    fn any(&self, is_so: impl Fn(&Reading) -> bool) -> bool {
        self.readings.iter().any(is_so)
    }
}

impl Reading {
    fn of(words: Vec<String>) -> Self {
        let index = Index::of(&words);
        let mut concepts = vec![Concepts::default(); words.len()];
        for (concept, said) in Concept::ALL {
            for term in terms(said) {
                let places = index.places(term).filter(|at| is_said(term, &words[*at..]));
                places.for_each(|at| concepts[at].add(*concept));
            }
        }
        Self { words, said: Said::of(concepts) }
    }

    fn is_short(&self) -> bool {
        self.words.iter().filter(|word| *word != spelling::PAUSE).count() <= 3
    }
}

/// Whether one of the phrases stands among the words, or in one without blanks.
fn says_any(phrases: &'static str, words: &[String]) -> bool {
    let index = Index::of(words);
    terms(phrases).any(|phrase| index.places(phrase).any(|at| is_said(phrase, &words[at..])))
        || has_long_one(phrases, words)
}

/// The places of the words by their first letter, which puts most terms out of question.
struct Index {
    by_initial: Vec<Vec<usize>>,
    all: Vec<usize>,
}

impl Index {
    fn of(words: &[String]) -> Self {
        let mut by_initial = vec![Vec::new(); 128];
        for (at, word) in words.iter().enumerate() {
            let places = word.bytes().next().and_then(|initial| by_initial.get_mut(usize::from(initial)));
            places.into_iter().for_each(|places| places.push(at));
        }
        Self { by_initial, all: (0..words.len()).collect() }
    }

    /// Where a term can begin.
    fn places(&self, term: &str) -> impl Iterator<Item = usize> {
        let places = match term.bytes().next() {
            Some(b'*') | None => &self.all,
            Some(initial) => self.by_initial.get(usize::from(initial)).unwrap_or(&self.all),
        };
        places.iter().copied()
    }
}

/// Whether the words begin with a term of the vocabulary.
fn is_said(term: &str, words: &[String]) -> bool {
    let mut words = words.iter();
    term.split('_').all(|part| {
        words.next().is_some_and(|word| match part.strip_suffix('*') {
            Some(beginning) => word.starts_with(beginning),
            None => word == part || part.len() > 7 && is_slip_of(part, word),
        })
    })
}

/// Whether one of the names stands among the words: whole, in two or three parts, inside of a long word, or with one
/// slip of the pen.
fn names_any(names: &'static str, words: &[String]) -> bool {
    let is_almost = |name: &str, word: &str, least: usize| {
        (name.len() >= least && is_slip_of(name, word)) || (name.len() > 4 && is_doubling_of(name, word))
    };
    let parts = |count: usize| words.windows(count).map(<[String]>::concat);
    // `i ban` is no account number.
    let joined: Vec<String> = parts(2).chain(parts(3)).filter(|joined| joined.len() > 4).collect();
    terms(names).any(|name| {
        words.iter().any(|word| name == word || is_almost(name, word, 8))
            || joined.iter().any(|joined| name == joined || is_almost(name, joined, 10))
    }) || has_long_one(names, words)
}

/// Whether a word is a long name with one letter too many, missing, wrong, or in the place of its neighbour. The first
/// letter is always right.
fn is_slip_of(name: &str, word: &str) -> bool {
    let (name, word) = (name.as_bytes(), word.as_bytes());
    if name.len().abs_diff(word.len()) > 1 || name.first() != word.first() {
        return false;
    }
    let same = name.iter().zip(word).take_while(|(one, other)| one == other).count();
    let (name, word) = (&name[same..], &word[same..]);
    let are_swapped = |name: &[u8], word: &[u8]| matches!((name, word), ([a, b, name @ ..], [c, d, word @ ..]) if (a, b, name) == (d, c, word));
    let (Some(name_after), Some(word_after)) = (name.get(1..), word.get(1..)) else { return true };
    name_after == word_after || name_after == word || name == word_after || are_swapped(name, word)
}

/// Whether a word is a name with some letters doubled or not: `vvenmo`.
fn is_doubling_of(name: &str, word: &str) -> bool {
    let single = |text: &str| {
        let mut letters = text.as_bytes().to_vec();
        letters.dedup();
        letters
    };
    name.as_bytes().first() == word.as_bytes().first()
        && name.len().abs_diff(word.len()) < 3
        && single(name) == single(word)
}

/// Whether a word has one of the phrases in it, written without blanks and long enough that this is no chance.
fn has_long_one(phrases: &'static str, words: &[String]) -> bool {
    let words: Vec<&String> = words.iter().filter(|word| word.len() >= 8).collect();
    !words.is_empty()
        && terms(phrases).any(|phrase| {
            let joined = phrase.replace('_', "");
            let least = if phrase.contains('_') { 10 } else { 8 };
            joined.len() >= least && words.iter().any(|word| word.contains(&joined))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> bool {
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        names_any("bonifico venmo iban banktransfer", &words)
    }

    #[test]
    fn a_name_is_known_in_parts_in_a_long_word_and_with_one_slip() {
        for text in ["ven mo", "bon ifico", "ilbonifico", "bonifco", "bonfiico", "bonifiico", "vvenmo", "bank tranfer"]
        {
            assert!(names(text), "{text}");
        }
    }

    #[test]
    fn a_short_name_in_parts_or_with_a_slip_is_another_word() {
        for text in ["i ban all plastic", "vento", "venom", "bank", "benefico", "transfer paper"] {
            assert!(!names(text), "{text}");
        }
    }
}
