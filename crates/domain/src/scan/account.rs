//! Accounts that money can be sent to: bank accounts and crypto addresses, told by their check digits.

use sha2::{Digest, Sha256};

/// The length of an IBAN by country, from the registry of ISO 13616.
const IBAN_LENGTHS: &[(usize, &str)] = &[
    (15, "NO"),
    (16, "BE"),
    (18, "DK FI FO GL NL"),
    (19, "MK SI"),
    (20, "AT BA EE KZ LT LU XK"),
    (21, "CH HR LI LV"),
    (22, "BG BH CR DE GB GE IE ME RS VA"),
    (23, "AE GI IL IQ TL"),
    (24, "AD CZ ES MD PK RO SA SE SK TN VG"),
    (25, "PT ST"),
    (26, "IS TR"),
    (27, "FR GR IT MC MR SM"),
    (28, "AL AZ BY CY DO GT HU LB PL SV"),
    (29, "BR EG PS QA UA"),
    (30, "JO KW MU"),
    (31, "MT SC"),
    (32, "LC"),
];

/// A letter or digit, and whether something stood before it that numbers are grouped with.
struct Sign {
    byte: u8,
    is_apart: bool,
}

/// Whether an IBAN with right check digits stands in the text, in any grouping.
pub(super) fn has_iban(folded: &str) -> bool {
    // Other punctuation stays in as a sign that no IBAN has.
    let mut signs: Vec<Sign> = Vec::new();
    let mut is_apart = true;
    for character in folded.chars() {
        if matches!(character, ' ' | '-' | '.' | '_' | '/' | '\n' | '\t') {
            is_apart = true;
        } else {
            let byte = u8::try_from(character.to_ascii_uppercase()).unwrap_or(b'?');
            signs.push(Sign { byte, is_apart });
            is_apart = false;
        }
    }
    (0..signs.len()).any(|start| is_iban_at(&signs[start..]))
}

fn is_iban_at(signs: &[Sign]) -> bool {
    let [first, second, third, fourth, ..] = signs else { return false };
    let has_prefix = first.byte.is_ascii_uppercase()
        && second.byte.is_ascii_uppercase()
        && third.byte.is_ascii_digit()
        && fourth.byte.is_ascii_digit();
    // `no 12…` is a number that is announced; `NO12…` or `N O 1 2…` could be an account in Norway.
    let is_one_word = second.is_apart == third.is_apart && third.is_apart == fourth.is_apart;
    if !has_prefix || !is_one_word {
        return false;
    }
    let country = [first.byte, second.byte];
    let length = IBAN_LENGTHS.iter().find(|(_, countries)| countries.split(' ').any(|code| code.as_bytes() == country));
    let Some(iban) = length.and_then(|(length, _)| signs.get(..*length)) else { return false };
    // Every country has at least eight digits in its account numbers; a sentence has not.
    iban[4..].iter().filter(|sign| sign.byte.is_ascii_digit()).count() >= 8
        && iban.iter().all(|sign| sign.byte.is_ascii_alphanumeric())
        && mod_97(iban) == 1
}

/// ISO 7064 mod 97-10 of the number with its first four signs moved to the end.
fn mod_97(iban: &[Sign]) -> u32 {
    iban[4..].iter().chain(&iban[..4]).fold(0, |remainder, sign| match sign.byte {
        digit @ b'0'..=b'9' => (remainder * 10 + u32::from(digit - b'0')) % 97,
        letter => (remainder * 100 + u32::from(letter.saturating_sub(b'A')) + 10) % 97,
    })
}

/// Whether an address of Ethereum, Bitcoin or one of its relatives stands in the text.
pub(super) fn has_crypto_address(folded: &str) -> bool {
    folded
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.len() >= 26)
        .any(|word| is_ethereum(word) || is_bech32(word) || is_base58_check(word))
}

fn is_ethereum(word: &str) -> bool {
    word.strip_prefix("0x").is_some_and(|hex| hex.len() == 40 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Bitcoin's witness addresses by prefix, length and alphabet (BIP 173).
fn is_bech32(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let data = ["bc1", "ltc1"].iter().find_map(|prefix| lower.strip_prefix(prefix));
    data.is_some_and(|data| {
        (39..=59).contains(&data.len()) && data.bytes().all(|byte| b"qpzry9x8gf2tvdw0s3jn54khce6mua7l".contains(&byte))
    })
}

/// Twenty-one bytes and the first four of their double SHA-256: Bitcoin, Litecoin, Dogecoin, Tron.
fn is_base58_check(word: &str) -> bool {
    if !(26..=35).contains(&word.len()) {
        return false;
    }
    let mut bytes = [0u8; 25];
    for byte in word.bytes() {
        const ALPHABET: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        let Some(mut carry) = ALPHABET.iter().position(|letter| *letter == byte) else { return false };
        for place in bytes.iter_mut().rev() {
            carry += usize::from(*place) * 58;
            *place = u8::try_from(carry % 256).unwrap_or(0);
            carry /= 256;
        }
        if carry > 0 {
            return false;
        }
    }
    let (payload, check) = bytes.split_at(21);
    Sha256::digest(Sha256::digest(payload))[..4] == *check
}
