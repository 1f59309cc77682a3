//! Recovery codes: ten, told once, each good once.

use super::{Accounts, SeatId};
use api::app::kinds;
use api::problem::Problem;
use api::store::StoreError;
use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicBool, Ordering};

/// How many there are at once.
const COUNT: usize = 10;
/// The bytes of a code: 80 bits.
const BYTES: usize = 10;
/// Crockford's digits: none of them looks like another.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The codes of one person. One pass of SHA-256 is enough for what has 80 random bits: guessing takes longer than
/// anybody has, with or without the salt, which keeps equal codes of two people from looking equal.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    salt: String,
    codes: Vec<String>,
    made_at: Timestamp,
}

impl Kept {
    fn hash(salt: &str, code: &str) -> String {
        domain::text::hex(&Sha256::digest(format!("{salt}{code}")))
    }
}

impl Accounts {
    /// Makes new codes; those before are good for nothing.
    pub(super) async fn new_recovery_codes(&self, seat: &SeatId) -> Result<Vec<String>, StoreError> {
        let codes: Vec<String> = (0..COUNT).map(|_| draw()).collect();
        let salt = draw();
        let hashes = codes.iter().map(|code| Kept::hash(&salt, code)).collect();
        let kept = Kept { salt, codes: hashes, made_at: self.now() };
        self.app.change(kinds::RECOVERY, seat.as_str(), |_: Option<Kept>| kept.clone()).await?;
        Ok(codes.iter().map(|code| in_groups(code)).collect())
    }

    /// How many codes are left.
    pub(super) async fn recovery_codes_left(&self, seat: &SeatId) -> Result<usize, StoreError> {
        let kept: Option<Kept> = self.app.document(kinds::RECOVERY, seat.as_str()).await?;
        Ok(kept.map_or(0, |kept| kept.codes.len()))
    }

    /// Uses a code up: whoever acts for the account and has it. Who is not there, and a code that is wrong or was used, are
    /// not told apart.
    pub(super) async fn use_recovery_code(&self, handle: &str, code: &str) -> Result<SeatId, Problem> {
        let wrong = || Problem::new(403, "wrong_code", "This is no recovery code of this account.").at("code");
        let account = self.app.account_by_handle(handle).await?.ok_or_else(wrong)?.id;
        let code = as_drawn(code).ok_or_else(wrong)?;
        for seat in self.seats(&account).await? {
            if self.has_used_up(&seat, &code).await? {
                return Ok(seat);
            }
        }
        Err(wrong())
    }

    async fn has_used_up(&self, seat: &SeatId, code: &str) -> Result<bool, StoreError> {
        let is_it = |kept: &Kept| kept.codes.contains(&Kept::hash(&kept.salt, code));
        if !self.app.document::<Kept>(kinds::RECOVERY, seat.as_str()).await?.is_some_and(|kept| is_it(&kept)) {
            return Ok(false);
        }
        let used = AtomicBool::new(false);
        let without = |known: Option<Kept>| {
            let mut kept = known.unwrap_or_else(|| self.no_codes());
            let hash = Kept::hash(&kept.salt, code);
            let before = kept.codes.len();
            kept.codes.retain(|known| *known != hash);
            // Of two at once, one reads again and finds nothing.
            used.store(kept.codes.len() < before, Ordering::SeqCst);
            kept
        };
        self.app.change(kinds::RECOVERY, seat.as_str(), without).await?;
        Ok(used.into_inner())
    }

    /// Makes all codes of somebody worthless.
    pub(super) async fn forget_recovery_codes(&self, seat: &SeatId) -> Result<(), StoreError> {
        self.app.change(kinds::RECOVERY, seat.as_str(), |_: Option<Kept>| self.no_codes()).await?;
        Ok(())
    }

    fn no_codes(&self) -> Kept {
        Kept { salt: String::new(), codes: Vec::new(), made_at: self.now() }
    }
}

fn draw() -> String {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).expect("the system gives random numbers");
    let number = bytes.iter().fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
    let digit = |place: usize| char::from(DIGITS[(number >> (5 * place) & 31) as usize]);
    (0..BYTES * 8 / 5).rev().map(digit).collect()
}

/// As it is shown: groups of four.
fn in_groups(code: &str) -> String {
    let digits: Vec<char> = code.chars().collect();
    digits.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

/// What was typed, as it was drawn: O is 0, I and L are 1.
fn as_drawn(typed: &str) -> Option<String> {
    let digits = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—'));
    let read = digits.map(|c| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    });
    let code: String = read.collect();
    let fits = code.len() == BYTES * 8 / 5 && code.bytes().all(|byte| DIGITS.contains(&byte));
    fits.then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_was_drawn_however_it_is_typed() {
        let code = draw();
        assert_eq!(code.len(), 16);
        assert_ne!(code, draw());
        let shown = in_groups(&code);
        assert_eq!(shown.len(), 19);
        for typed in [shown.clone(), shown.to_lowercase(), shown.replace('-', " "), format!(" {code}\n")] {
            assert_eq!(as_drawn(&typed), Some(code.clone()), "{typed}");
        }
        assert_eq!(as_drawn("oil0-OIL0-0000-0000"), Some("0110011000000000".to_owned()));
    }

    #[test]
    fn other_text_is_no_code() {
        for typed in ["", "0000", "00000000000000000", "000000000000000U", "é000000000000000"] {
            assert_eq!(as_drawn(typed), None, "{typed}");
        }
    }
}
