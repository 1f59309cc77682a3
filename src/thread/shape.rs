//! How a row stands among its neighbours: on which side, where in its group, and whether a date comes before it.

use crate::thread::row::{By, Outline, Rows};
use domain::thread::Role;

/// After this long a pause the time is said again, in milliseconds.
const PAUSE: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * 60 * 60 * 1000;

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// At the reader's end.
    Mine,
    /// At the other.
    Theirs,
    /// Between the groups.
    Middle,
}

/// How a row stands among its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Where.
    pub side: Side,
    /// Whether it is the first of its group.
    pub starts: bool,
    /// Whether it is the last of its group.
    pub ends: bool,
    /// Whether a date comes before it.
    pub dated: bool,
}

/// Who reads, and by which clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Which side.
    pub role: Role,
    /// What to add to UTC, in milliseconds.
    pub utc_offset: i64,
}

impl Reader {
    fn side(self, by: By) -> Side {
        match by {
            By::Side(role) if role == self.role => Side::Mine,
            By::Side(_) => Side::Theirs,
            By::Reader => Side::Mine,
            By::Nobody => Side::Middle,
        }
    }

    fn day(self, at: i64) -> i64 {
        (at + self.utc_offset).div_euclid(DAY)
    }

    /// Whether a date comes between two rows.
    fn parts(self, earlier: Outline, later: Outline) -> bool {
        later.at - earlier.at > PAUSE || self.day(earlier.at) != self.day(later.at)
    }

    /// How a row stands, from its neighbours.
    pub fn shape(self, before: Option<Outline>, row: Outline, after: Option<Outline>) -> Shape {
        let side = self.side(row.by);
        let dated = before.is_none_or(|before| self.parts(before, row));
        Shape {
            side,
            starts: dated || before.is_none_or(|before| self.side(before.by) != side),
            ends: after.is_none_or(|after| self.parts(row, after) || self.side(after.by) != side),
            dated,
        }
    }

    /// How one row of a log stands.
    pub fn shape_of(self, rows: &impl Rows, index: usize) -> Shape {
        let before = index.checked_sub(1).map(|index| rows.outline(index));
        let after = (index + 1 < rows.len()).then(|| rows.outline(index + 1));
        self.shape(before, rows.outline(index), after)
    }
}

impl Shape {
    /// How many shapes there are.
    pub const COUNT: usize = 24;

    /// A number below `COUNT` that no other shape has.
    pub fn number(self) -> usize {
        let side = match self.side {
            Side::Mine => 0,
            Side::Theirs => 8,
            Side::Middle => 16,
        };
        side + usize::from(self.starts) + 2 * usize::from(self.ends) + 4 * usize::from(self.dated)
    }

    /// The classes of its element.
    pub fn class(self) -> &'static str {
        match (self.side, self.starts, self.ends) {
            (Side::Mine, false, false) => "log-row mine",
            (Side::Mine, true, false) => "log-row mine starts",
            (Side::Mine, false, true) => "log-row mine ends",
            (Side::Mine, true, true) => "log-row mine starts ends",
            (Side::Theirs, false, false) => "log-row theirs",
            (Side::Theirs, true, false) => "log-row theirs starts",
            (Side::Theirs, false, true) => "log-row theirs ends",
            (Side::Theirs, true, true) => "log-row theirs starts ends",
            (Side::Middle, false, _) => "log-row middle",
            (Side::Middle, true, _) => "log-row middle starts",
        }
    }

    /// About how high a row of this shape is, in pixels.
    pub fn estimate(self, row: Outline, bytes_per_line: u32) -> u32 {
        const LINE: u32 = 20;
        let gap = if self.starts { 8 } else { 2 };
        let date = if self.dated { 32 } else { 0 };
        gap + date + u32::from(row.base) + row.text.div_ceil(bytes_per_line) * LINE
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    const MINUTE: i64 = 60_000;

    fn said(role: Role, at: i64) -> Outline {
        Outline { at, by: By::Side(role), base: 18, text: 10 }
    }

    fn reader() -> Reader {
        Reader { role: Role::Buyer, utc_offset: -8 * 60 * MINUTE }
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn rows_of_one_author_are_a_group() {
        let (first, second, third) = (said(Role::Seller, 0), said(Role::Seller, MINUTE), said(Role::Buyer, 2 * MINUTE));
        let shape = reader().shape(Some(first), second, Some(third));
        assert_eq!(shape, Shape { side: Side::Theirs, starts: false, ends: true, dated: false });
        let shape = reader().shape(Some(second), third, None);
        assert_eq!(shape, Shape { side: Side::Mine, starts: true, ends: true, dated: false });
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn more_than_an_hour_of_silence_says_the_time_again_and_ends_the_group() {
        let (first, second) = (said(Role::Buyer, 0), said(Role::Buyer, 61 * MINUTE));
        assert!(reader().shape(None, first, Some(second)).ends);
        assert!(reader().shape(Some(first), second, None).dated);
        assert!(!reader().shape(Some(first), said(Role::Buyer, 60 * MINUTE), None).dated);
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_new_day_of_the_reader_says_the_date() {
        let midnight = 8 * 60 * MINUTE;
        let (before, after) = (said(Role::Buyer, midnight - MINUTE), said(Role::Buyer, midnight + MINUTE));
        assert!(reader().shape(Some(before), after, None).dated);
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn each_shape_has_its_number() {
        let mut numbers = std::collections::BTreeSet::new();
        for side in [Side::Mine, Side::Theirs, Side::Middle] {
            for bits in 0..8 {
                let shape = Shape { side, starts: bits & 1 > 0, ends: bits & 2 > 0, dated: bits & 4 > 0 };
                assert!(shape.number() < Shape::COUNT);
                numbers.insert(shape.number());
            }
        }
        assert_eq!(numbers.len(), Shape::COUNT);
    }
}
