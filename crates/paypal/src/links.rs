//! Links of answers: where the buyer goes next.

use serde::Deserialize;

/// One link of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Link {
    pub(crate) href: String,
    pub(crate) rel: String,
}

/// Where the buyer approves: `payer-action` when the order names PayPal as its source, `approve` when it does not. The first
/// is in PayPal's documentation and in none of its files.
pub(crate) fn approval(links: &[Link]) -> Option<&str> {
    links.iter().find(|link| matches!(link.rel.as_str(), "approve" | "payer-action")).map(|link| link.href.as_str())
}
