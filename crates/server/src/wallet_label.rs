//! What the wallet is called, where a server is told: pages show it in the place of their own word.

use std::fmt;
use std::str::FromStr;

/// One line of 1 to 30 characters that can be seen. It names our wallet and claims no service of anybody's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalletLabel(String);

/// Why text is no label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoLabel;

/// Most characters.
const MOST: usize = 30;

impl fmt::Display for NoLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a label is one line of 1 to {MOST} characters that can be seen")
    }
}

impl std::error::Error for NoLabel {}

impl FromStr for WalletLabel {
    type Err = NoLabel;
    fn from_str(text: &str) -> Result<Self, NoLabel> {
        let text = text.trim();
        let fits = (1..=MOST).contains(&text.chars().count()) && !text.chars().any(is_unseen);
        if fits { Ok(Self(text.to_owned())) } else { Err(NoLabel) }
    }
}

/// Control characters, and those that take no room or turn the direction of what follows.
fn is_unseen(c: char) -> bool {
    let turns_or_hides = matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    );
    c.is_control() || turns_or_hides
}

impl WalletLabel {
    /// As an attribute of a page, between double quotes.
    pub fn escaped(&self) -> String {
        self.0.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_one_line_that_can_be_seen() {
        for fine in ["Bottega Wallet", "  Portafoglio  ", "財布", "M", &"x".repeat(30)] {
            assert!(fine.parse::<WalletLabel>().is_ok(), "{fine}");
        }
        for other in ["", "  ", "a\nb", "a\u{0}", "a\u{202e}b", "\u{200b}", &"x".repeat(31)] {
            assert_eq!(other.parse::<WalletLabel>(), Err(NoLabel), "{other:?}");
        }
    }

    #[test]
    fn a_label_stays_within_its_attribute() {
        let label: WalletLabel = r#""><script>&"#.parse().unwrap();
        assert_eq!(label.escaped(), "&quot;&gt;&lt;script&gt;&amp;");
    }
}
