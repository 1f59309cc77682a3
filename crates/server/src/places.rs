//! Where something is kept by what others call it.

use domain::text::hex;
use sha2::{Digest, Sha256};

/// Where something of a kind is kept by somebody else's name for it: hashed, as nobody knows what is in such a name.
pub(crate) fn named(kind: &str, name: &str) -> String {
    format!("{kind}:{}", hex(&Sha256::digest(name)[..16]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_place_of_each_kind_and_is_not_in_it() {
        let place = named("payment", "8RE/..");
        assert_eq!(place, "payment:f9d8ec951946c48fcc28cf180f3efd3b");
        assert_ne!(named("owner", "8RE/.."), place);
    }
}
