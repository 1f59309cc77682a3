//! How a business keeps its word: a line on what it asks to be paid, and a table with the sums behind each figure.

mod line;
mod table;

pub use line::facts_on_card;
pub use table::FactsOf;

use crate::i18n::t;
use domain::time::Span;

/// How long something took, in one unit: `under a minute`, `12 min`, `3 h`, `2 d`.
fn lasted(span: Span) -> String {
    let minutes = span.as_millis() / 60_000;
    match minutes {
        ..1 => t().facts_a_moment().to_owned(),
        1..60 => t().minutes_short(&minutes.to_string()),
        60..1440 => t().hours_short(&(minutes / 60).to_string()),
        _days => t().days_short(&(minutes / 1440).to_string()),
    }
}

crate::words! {
    facts_a_moment "under a minute" "meno di un minuto";
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn what_took_long_is_said_in_one_unit() {
        let said: Vec<String> =
            [Span::seconds(59), Span::minutes(12), Span::minutes(119), Span::hours(49)].map(lasted).into();
        assert_eq!(said, ["under a minute", "12 min", "1 h", "2 d"]);
    }
}
