//! How people write words so that no machine reads them, and how they write without haste.

use super::vocabulary::{SERVICES, WHATSAPP, terms};

/// The words of a folded text, lower-case, in up to three readings: as written, and with digits and signs read as the
/// letters they look like (`v3nm0`), where 1 is either l or i.
pub(super) fn readings(folded: &str) -> Vec<Vec<String>> {
    let lower = glued(&with_real_l(folded).to_lowercase());
    let read = |one: char| {
        let unmasked: Vec<String> = lower.split_whitespace().map(|word| unmask(word, one)).collect();
        words(&unmasked.join(" "))
    };
    let mut readings = vec![words(&lower), read('l'), read('i')];
    readings.dedup();
    readings
}

/// The words of a lower-case text. Four or more single letters in a row are one word, or fewer with wide blanks around
/// them; `@` stands before a name, and `percent` for its sign.
fn words(lower: &str) -> Vec<String> {
    speak_signs(lower).split("  ").flat_map(words_of_part).map(in_full).collect()
}

fn words_of_part(part: &str) -> Vec<String> {
    let pieces: Vec<&str> = part
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '@' | ';')))
        .filter(|piece| !piece.is_empty())
        .collect();
    let is_letter = |piece: &str| piece.chars().count() == 1 && piece.chars().all(char::is_alphabetic);
    let runs = pieces.chunk_by(|one, other| is_letter(one) && is_letter(other));
    let joins = |run: &[&str]| run.len() >= 4 || (run.len() > 1 && run.len() == pieces.len());
    runs.flat_map(|run| if joins(run) { joined(run) } else { run.iter().map(|&piece| piece.to_owned()).collect() })
        .collect()
}

/// Letters as one word, and the name in it, if there is one: `v e n m o m e`.
fn joined(letters: &[&str]) -> Vec<String> {
    let word = letters.concat();
    let is_inside = |name: &&str| name.len() > 4 && *name != word && word.contains(*name);
    let name = terms(SERVICES).chain(terms(WHATSAPP)).find(is_inside);
    name.map(str::to_owned).into_iter().chain([word]).collect()
}

/// What stands among the words for the end of a sentence.
pub(super) const PAUSE: &str = ";";

/// Words on both sides of the end of a sentence are further apart.
const END: &str = " ; ; ; ; ";

/// The text with `@` and `$` left only before a name, and `%` and a lone `#` as words.
fn speak_signs(lower: &str) -> String {
    let mut spoken = String::with_capacity(lower.len());
    let mut characters = lower.chars().peekable();
    let (mut before, mut letters) = (' ', 0);
    while let Some(character) = characters.next() {
        let begins_name =
            !before.is_alphanumeric() && characters.peek().is_some_and(|next| next.is_alphabetic() || *next == '_');
        // A point behind one letter does not end a sentence: `v. e. n. m. o`.
        let ends_sentence = letters > 1 && characters.peek().is_none_or(|next| next.is_whitespace());
        letters = if character.is_whitespace() { 0 } else { letters + usize::from(character.is_alphanumeric()) };
        match character {
            '@' | '$' if begins_name => spoken.push_str(" @ "),
            '@' | '$' => spoken.push(' '),
            '.' | '!' | '?' | ';' | '\n' if ends_sentence => spoken.push_str(END),
            ';' => spoken.push(' '),
            '%' => spoken.push_str(" percent "),
            '#' if !characters.peek().is_some_and(|next| next.is_alphanumeric()) => spoken.push_str(" number "),
            other => spoken.push(other),
        }
        before = character;
    }
    spoken
}

/// The text with a capital I behind a small letter as the l that it looks like: `ZeIIe`.
fn with_real_l(folded: &str) -> String {
    let mut before = ' ';
    let real = |character: char| {
        before = if character == 'I' && before.is_lowercase() { 'l' } else { character };
        before
    };
    folded.chars().map(real).collect()
}

/// The text with letters and digits that stand apart put together, `z 3 l l 3`; blanks between others are kept.
fn glued(lower: &str) -> String {
    let pieces: Vec<&str> = lower.split(' ').collect();
    let is_single = |piece: &str| piece.chars().count() == 1 && piece.chars().all(char::is_alphanumeric);
    let runs = pieces.chunk_by(|one, other| is_single(one) && is_single(other));
    let glue = |run: &[&str]| {
        let digits = run.iter().filter(|piece| piece.bytes().all(|byte| byte.is_ascii_digit())).count();
        if digits > 0 && run.len() > 3 && run.len() > digits + 1 { run.concat() } else { run.join(" ") }
    };
    runs.map(glue).collect::<Vec<String>>().join(" ")
}

/// A word as it is written without haste: `u` is `you`, `venmooo` is `venmo`.
fn in_full(word: String) -> String {
    match word.as_str() {
        "u" => "you".to_owned(),
        "txt" => "text".to_owned(),
        "msg" => "message".to_owned(),
        "ur" | "yr" => "your".to_owned(),
        "nn" => "non".to_owned(),
        "x" => "per".to_owned(),
        _ => {
            let letters: Vec<char> = word.chars().collect();
            let drawn_out = |same: &&[char]| same.len() > 2 && same.iter().all(|letter| letter.is_alphabetic());
            let runs = letters.chunk_by(|one, other| one == other);
            runs.flat_map(|same| if drawn_out(&same) { &same[..1] } else { same }).collect()
        }
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
            '8' => 'b',
            '9' => 'g',
            '€' => 'e',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn as_written(text: &str) -> String {
        readings(text)[0].join(" ")
    }

    #[test]
    fn letters_that_stand_apart_are_one_word() {
        assert_eq!(as_written("v e n m o works"), "venmo works");
        assert_eq!(as_written("v.e.n.m.o"), "venmo");
        assert_eq!(as_written("p a y  o u t s i d e"), "pay outside");
        assert_eq!(as_written("z e l l e m e"), "zelle zelleme");
        assert_eq!(as_written("S, M or L?"), "s m or l");
    }

    #[test]
    fn digits_and_signs_are_also_read_as_letters() {
        assert!(readings("v3nm0").contains(&vec!["venmo".to_owned()]));
        assert!(readings("b0n1f1c0").contains(&vec!["bonifico".to_owned()]));
        assert!(readings("Z 3 L L 3").contains(&vec!["zelle".to_owned()]));
        assert_eq!(as_written("ZeIIe"), "zelle");
        assert_eq!(readings("fish 352, leash 28").len(), 1);
    }

    #[test]
    fn words_written_in_haste_are_in_full() {
        assert_eq!(as_written("txt me ur num"), "text me your num");
        assert_eq!(as_written("venmooo"), "venmo");
        assert_eq!(as_written("my # is 7, @anna takes 5%"), "my number is 7 @ anna takes 5 percent");
    }

    #[test]
    fn the_end_of_a_sentence_takes_room() {
        let words = readings("Paid. Leave it outside").swap_remove(0);
        assert_eq!(words.iter().filter(|word| *word == PAUSE).count(), 4);
        assert_eq!(as_written("v. e. n. m. o"), "venmo");
    }
}
