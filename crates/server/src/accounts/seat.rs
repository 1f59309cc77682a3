//! Who acts for an account. A person's account has one seat; a business has its owner's, and those of its staff. Passkeys,
//! recovery codes and sessions belong to a seat.

use domain::ids::AccountId;
use serde::{Deserialize, Serialize};

/// What stands between an account and the number of a seat: no id of ours has it.
const MARK: char = '~';

/// A seat of an account: `acc_…` the first, `acc_…~…` the others. What was kept before there were others was kept under
/// the account's own id, and is the first one's.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SeatId {
    text: String,
    account: AccountId,
}

impl SeatId {
    /// The one that an account begins with.
    pub fn first(account: &AccountId) -> Self {
        Self { text: account.to_string(), account: account.clone() }
    }

    /// Another one, straight from the system's own randomness.
    pub(super) fn draw(account: &AccountId) -> Self {
        let number = getrandom::u64().expect("the system gives random numbers");
        Self { text: format!("{account}{MARK}{number:016x}"), account: account.clone() }
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Which account it is of.
    pub fn account(&self) -> &AccountId {
        &self.account
    }
}

/// The text is no seat.
#[derive(Debug)]
pub struct NoSeat;

impl std::fmt::Display for NoSeat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a seat of an account")
    }
}

impl TryFrom<String> for SeatId {
    type Error = NoSeat;
    fn try_from(text: String) -> Result<Self, NoSeat> {
        let (account, number) = match text.split_once(MARK) {
            Some((account, number)) => (account, Some(number)),
            None => (text.as_str(), None),
        };
        let is_number = |number: &str| number.len() == 16 && number.bytes().all(|byte| byte.is_ascii_hexdigit());
        let account = account.parse().map_err(|_| NoSeat)?;
        if number.is_none_or(is_number) { Ok(Self { text, account }) } else { Err(NoSeat) }
    }
}

impl From<SeatId> for String {
    fn from(seat: SeatId) -> Self {
        seat.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seat_is_read_as_it_was_written_and_an_account_is_its_first() {
        let account: AccountId = "acc_kai.shapes".parse().unwrap();
        for seat in [SeatId::first(&account), SeatId::draw(&account)] {
            let read = SeatId::try_from(seat.as_str().to_owned()).unwrap();
            assert_eq!((&read, read.account()), (&seat, &account));
        }
        assert_eq!(SeatId::try_from("acc_kai.shapes".to_owned()).unwrap(), SeatId::first(&account));
        for other in ["", "~", "acc_", "acc_kai~", "acc_kai~12", "ord_1", "acc_kai~0123456789abcdeg", "acc_a~b~c"] {
            assert!(SeatId::try_from(other.to_owned()).is_err(), "{other}");
        }
    }
}
