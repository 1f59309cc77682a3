//! The check digits that carriers use. The serial number is capital letters and digits.

/// How the check digit follows from the serial number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Algorithm {
    /// The format has no check digit.
    None,
    /// What is missing to the next ten of the sum; the characters in places 0, 2, 4… and those in places 1, 3, 5… from
    /// the left are multiplied. Of a letter (UPS) counts the last digit of its ASCII code less three.
    Mod10 { evens: u32, odds: u32 },
    /// The serial number as one number, modulo 7.
    Mod7,
    /// ISO/IEC 7812-1: every other digit from the right doubled, the digits of the products added.
    Luhn,
    /// ISO/IEC 7064 mod 37,36 over digits and letters.
    Mod37And36,
    /// The sum of digit times weight, modulo 11, then modulo 10.
    Weighted(&'static [u32]),
    /// UPU standard S10: weights 8 6 4 2 3 5 9 7, 11 less the remainder, with 10 written 0 and 11 written 5.
    S10,
}

const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const S10_WEIGHTS: &[u32] = &[8, 6, 4, 2, 3, 5, 9, 7];

impl Algorithm {
    /// The check digit (or letter) that belongs behind `serial`; nothing when the algorithm has none, or cannot read
    /// the serial number.
    pub(super) fn check_digit(self, serial: &str) -> Option<u8> {
        match self {
            Self::None => None,
            Self::Mod10 { evens, odds } => mod10(serial, evens, odds),
            Self::Mod7 => {
                let remainder = digits(serial).try_fold(0, |sum, digit| Some((sum * 10 + digit?) % 7))?;
                as_digit(remainder)
            }
            Self::Luhn => luhn(serial),
            Self::Mod37And36 => mod_37_and_36(serial),
            Self::Weighted(weights) => as_digit(weighted(serial, weights)? % 11 % 10),
            Self::S10 => as_digit(match weighted(serial, S10_WEIGHTS)? % 11 {
                0 => 5,
                1 => 0,
                remainder => 11 - remainder,
            }),
        }
    }
}

fn digits(serial: &str) -> impl DoubleEndedIterator<Item = Option<u32>> {
    serial.chars().map(|character| character.to_digit(10))
}

fn as_digit(number: u32) -> Option<u8> {
    char::from_digit(number, 10).and_then(|digit| u8::try_from(digit).ok())
}

fn mod10(serial: &str, evens: u32, odds: u32) -> Option<u8> {
    let sum: u32 = serial
        .bytes()
        .enumerate()
        .map(|(place, byte)| {
            let value = if byte.is_ascii_digit() { byte - b'0' } else { byte.wrapping_sub(3) % 10 };
            u32::from(value) * if place % 2 == 0 { evens } else { odds }
        })
        .sum();
    as_digit((10 - sum % 10) % 10)
}

fn luhn(serial: &str) -> Option<u8> {
    let sum = digits(serial).rev().enumerate().try_fold(0, |sum, (place, digit)| {
        let doubled = digit? * if place % 2 == 0 { 2 } else { 1 };
        Some(sum + doubled / 10 + doubled % 10)
    })?;
    as_digit((10 - sum % 10) % 10)
}

fn weighted(serial: &str, weights: &[u32]) -> Option<u32> {
    if serial.len() != weights.len() {
        return None;
    }
    digits(serial).zip(weights).try_fold(0, |sum, (digit, weight)| Some(sum + digit? * weight))
}

fn mod_37_and_36(serial: &str) -> Option<u8> {
    let product = serial.chars().try_fold(36, |product, character| {
        let sum = (product + character.to_digit(36)?) % 36;
        Some(if sum == 0 { 36 } else { sum } * 2 % 37)
    })?;
    let index = (37 - product) % 36;
    ALPHABET.get(usize::try_from(index).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digit(algorithm: Algorithm, serial: &str) -> Option<char> {
        algorithm.check_digit(serial).map(char::from)
    }

    #[test]
    fn each_algorithm_gives_the_digit_of_a_published_number() {
        assert_eq!(digit(Algorithm::Mod10 { evens: 1, odds: 2 }, "5R8939035756712"), Some('7'));
        assert_eq!(digit(Algorithm::Mod7, "331881002"), Some('5'));
        assert_eq!(digit(Algorithm::Luhn, "7992739871"), Some('3'));
        assert_eq!(digit(Algorithm::Mod37And36, "09980000020033"), Some('F'));
        assert_eq!(digit(Algorithm::Weighted(&[3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1]), "98657878885"), Some('5'));
        assert_eq!(digit(Algorithm::S10, "47312482"), Some('9'));
        assert_eq!(digit(Algorithm::None, "1"), None);
    }

    #[test]
    fn a_serial_number_that_an_algorithm_cannot_read_has_no_check_digit() {
        assert_eq!(digit(Algorithm::Luhn, "12A"), None);
        assert_eq!(digit(Algorithm::Mod7, "ABC"), None);
        assert_eq!(digit(Algorithm::S10, "123"), None);
    }
}
