//! Whose turn it is: those who have waited longest, and of one business only a few at once, so that one whose addresses
//! are slow takes nobody else's place.

use domain::ids::AccountId;
use std::collections::{BTreeMap, HashMap};

/// Webhooks that are told at once.
const TOGETHER: usize = 32;
/// Those of one business.
const FEW: usize = 2;

/// The webhooks that are being told, and whose turn comes next.
#[derive(Debug, Default)]
pub(super) struct Turns {
    told: BTreeMap<String, AccountId>,
    /// The last turns, by number: whoever has none comes first.
    last: HashMap<String, u64>,
    turns: u64,
}

impl Turns {
    /// Of those that are due, the ones to tell now; they are being told from now on.
    pub fn begin(&mut self, due: Vec<(String, AccountId)>) -> Vec<String> {
        // What is not due any more has nothing to wait for.
        self.last.retain(|id, _| self.told.contains_key(id) || due.iter().any(|(other, _)| other == id));
        let mut waiting: Vec<_> = due.into_iter().filter(|(id, _)| !self.told.contains_key(id)).collect();
        waiting.sort_by_key(|(id, _)| self.last.get(id).copied());
        let mut begun = Vec::new();
        for (id, account) in waiting {
            let of_the_same = self.told.values().filter(|other| **other == account).count();
            if self.told.len() < TOGETHER && of_the_same < FEW {
                self.told.insert(id.clone(), account);
                self.turns += 1;
                self.last.insert(id.clone(), self.turns);
                begun.push(id);
            }
        }
        begun
    }

    /// One has been told for now.
    pub fn end(&mut self, id: &str) {
        self.told.remove(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(ids: &[&str]) -> Vec<(String, AccountId)> {
        let account = |id: &str| format!("acc_{}", &id[..1]).parse().unwrap();
        ids.iter().map(|id| ((*id).to_owned(), account(id))).collect()
    }

    #[test]
    fn a_business_has_a_few_turns_at_once_and_others_go_on() {
        let mut turns = Turns::default();
        assert_eq!(turns.begin(due(&["a1", "a2", "a3", "b1"])), ["a1", "a2", "b1"]);
        assert_eq!(turns.begin(due(&["a1", "a3", "b1", "c1"])), ["c1"], "nobody has two turns at once");
        turns.end("a1");
        assert_eq!(turns.begin(due(&["a1", "a3"])), ["a3"], "who has had none comes first");
        turns.end("a2");
        assert_eq!(turns.begin(due(&["a1", "a2"])), ["a1"], "then who has waited longest");
    }

    #[test]
    fn who_found_no_place_comes_first_when_there_is_one() {
        let mut turns = Turns::default();
        let all: Vec<(String, AccountId)> =
            (0..TOGETHER + 2).map(|n| (format!("w{n:02}"), format!("acc_{n}").parse().unwrap())).collect();
        let first = turns.begin(all.clone());
        assert_eq!(first.len(), TOGETHER);
        turns.end(&first[0]);
        turns.end(&first[1]);
        assert_eq!(turns.begin(all), [format!("w{TOGETHER}"), format!("w{}", TOGETHER + 1)]);
    }
}
