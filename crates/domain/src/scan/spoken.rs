//! Telephone numbers in words.

/// Whether a telephone number is written in words: `four one five…`, `tre quattro sette…`, or in words and figures:
/// `415 five five five 0132`.
pub(super) fn spell_number(folded: &str) -> bool {
    let lower = folded.to_lowercase();
    let is_spelled = |run: &[Digits], least: usize| {
        let count: usize = run.iter().map(|digits| digits.count).sum();
        (least..=15).contains(&count) && run.iter().filter(|digits| digits.is_spelled).count() >= 3
    };
    let is_digits = |run: &[Digits]| run.iter().all(|digits| digits.count == 1);
    let is_read_out = |run: &[Digits]| run.windows(3).any(|digits| digits.iter().all(|digit| digit.is_spelled));
    let counts = |run: &[Digits]| counts_up(run.iter().map(|digits| digits.first));
    runs_of_digits(&lower).iter().any(|run| {
        (is_digits(run) && is_spelled(run, 7) && !counts(run))
            || (is_read_out(run) && is_spelled(run, 9) && !counts(run))
    }) || lower
        // A comma stands between the things of a list, too.
        .split([',', ';'])
        .flat_map(runs_of_digits)
        .any(|run| !is_digits(&run) && is_spelled(&run, 10))
}

/// Whether digits only count up, `1 2 3` or `5 6 7 8 9 0`.
pub(super) fn counts_up(digits: impl Iterator<Item = u32>) -> bool {
    let digits: Vec<u32> =
        digits.enumerate().map(|(at, digit)| if at > 0 && digit == 0 { 10 } else { digit }).collect();
    digits.is_sorted_by(|one, other| one < other)
}

/// Digits in one word or group.
struct Digits {
    first: u32,
    count: usize,
    is_spelled: bool,
}

/// The runs of digits, spelled out or not, with nothing else between.
fn runs_of_digits(lower: &str) -> Vec<Vec<Digits>> {
    let is_same = |one: char, other: char| one.is_ascii_digit() == other.is_ascii_digit();
    let mut runs = vec![Vec::new()];
    for word in lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let characters: Vec<char> = word.chars().collect();
        for piece in characters.chunk_by(|one, other| is_same(*one, *other)) {
            match (digits(&piece.iter().collect::<String>()), runs.last_mut()) {
                (Some(digits), Some(run)) => run.push(digits),
                (None, Some(_)) if matches!(word, "double" | "triple" | "hundred" | "doppio" | "doppia") => {}
                (Some(_), None) | (None, _) => runs.push(Vec::new()),
            }
        }
    }
    runs
}

fn digits(word: &str) -> Option<Digits> {
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
            let first = word.chars().next()?.to_digit(10)?;
            return Some(Digits { first, count: word.len(), is_spelled: false });
        }
    };
    Some(Digits { first: spelled, count: 1, is_spelled: true })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_and_figures_are_telephone_numbers() {
        for text in [
            "four one five five five five zero one three two",
            "tre quattro sette, cinque cinque cinque, zero uno tre due",
            "415 five five five 0132",
            "tre4sette 55 cinque 0132",
        ] {
            assert!(spell_number(text), "{text}");
        }
    }

    #[test]
    fn counts_and_lists_are_none() {
        for text in [
            "One, two, three, four, five, six, seven steps",
            "1 2 3 4 5 6 7 8 9 0 stickers",
            "due da 38, tre da 40 e uno da 42",
            "two 20x30, three 30x40 and one 50x70",
            "uno due o tre pezzi, quattro cinque sei",
        ] {
            assert!(!spell_number(text), "{text}");
        }
    }
}
