//! Statements and postings as tables for programs: comma-separated, after RFC 4180. Amounts are decimals with a point,
//! and times are UTC, so that they mean the same in every country.

use csv::Writer;
use domain::money::Money;
use domain::statement::{Posting, SaleParts, Statement};
use serde::Serialize;

/// A value that is a word.
pub(in crate::account) fn name(value: &impl Serialize) -> String {
    // Movements and accounts are words.
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A table with its head. A spreadsheet takes what begins like a formula for one, also in somebody's name: such a text gets an
/// apostrophe before it, and numbers do not.
pub(in crate::account) fn table<const N: usize>(head: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut writer = Writer::from_writer(Vec::new());
    let written =
        std::iter::once(head.map(str::to_owned)).chain(rows).try_for_each(|row| writer.write_record(row.map(harmless)));
    // Memory takes what it is given.
    let bytes = written.ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn harmless(cell: String) -> String {
    let is_number = cell.trim_start_matches('-').chars().all(|letter| letter.is_ascii_digit() || letter == '.');
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number { format!("'{cell}") } else { cell }
}

/// A row for each line of the statements.
pub(super) fn of_statements(statements: &[Statement]) -> String {
    let rows = statements.iter().flat_map(|statement| &statement.lines).map(|line| {
        let change = Money::new(line.movement.sign() * line.amount.minor, line.amount.currency);
        let (number, currency) = (line.number.as_str().to_owned(), line.amount.currency.code().to_owned());
        [line.at.to_string(), number, name(&line.movement), line.amount.decimal(), change.decimal(), currency]
    });
    table(["time", "order", "movement", "amount", "change_of_balance", "currency"], rows)
}

/// A row for each posting, for an accountant.
pub(super) fn of_postings(postings: &[Posting]) -> String {
    let rows = postings.iter().map(|posting| {
        let part = |of: fn(SaleParts) -> Money| posting.parts.map(|parts| of(parts).decimal()).unwrap_or_default();
        [
            posting.at.to_string(),
            posting.number.as_str().to_owned(),
            posting.payment.to_string(),
            name(&posting.debit),
            name(&posting.credit),
            posting.amount.decimal(),
            posting.amount.currency.code().to_owned(),
            part(|parts| parts.tax),
            part(|parts| parts.shipping),
        ]
    });
    let head =
        ["time", "order", "payment", "debit", "credit", "amount", "currency", "tax_included", "shipping_included"];
    table(head, rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ledger::Account;
    use domain::money::Currency;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn a_name_is_no_formula_and_a_number_stays_one() {
        let written = table(["name", "amount"], [["=HYPERLINK(1)".to_owned(), "-12.50".to_owned()]].into_iter());
        assert_eq!(written, "name,amount\n'=HYPERLINK(1),-12.50\n");
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_row_says_when_what_and_how_much_as_programs_read_it() {
        let posting = Posting {
            at: domain::time::Timestamp::from_millis(1_772_475_840_000),
            order: "ord_1".parse().expect("an id"),
            number: "K-2041".to_owned().try_into().expect("a number"),
            payment: "pay_1".parse().expect("an id"),
            debit: Account::Buyer,
            credit: Account::Held,
            amount: Money::new(41_200, Currency::USD),
            parts: Some(SaleParts { tax: Money::new(3_200, Currency::USD), shipping: Money::new(500, Currency::USD) }),
        };
        let table = of_postings(&[posting]);
        let rows: Vec<&str> = table.lines().collect();
        assert_eq!(rows[1], "2026-03-02T18:24:00Z,K-2041,pay_1,buyer,held,412.00,USD,32.00,5.00");
        assert_eq!(rows.len(), 2);
        assert_eq!(of_statements(&[]), "time,order,movement,amount,change_of_balance,currency\n");
    }
}
