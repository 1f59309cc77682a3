//! How high every row of a log is, whether it was ever drawn or not, and where that puts it.
//!
//! Lengths are whole 64ths of a pixel, the unit in which browsers lay out: sums never drift.

/// A length in 64ths of a pixel.
pub type Length = i64;

/// One pixel.
pub const PIXEL: Length = 64;

/// Rows whose sum is kept, so that a position far away is found without adding up every row.
const BLOCK: usize = 512;

/// From a length in pixels.
pub fn from_pixels(pixels: f64) -> Length {
    // Lengths on a page are far inside the range.
    (pixels * 64.0).round() as Length
}

/// The CSS of a length. Exact, and without the machinery that prints any float.
pub fn to_css(length: Length) -> String {
    let length = length.max(0);
    let (whole, rest) = (length / PIXEL, length % PIXEL);
    let mut css = whole.to_string();
    if rest != 0 {
        // A 64th is 0.015625.
        let decimals = (rest * 15_625).to_string();
        css.push('.');
        css.extend(std::iter::repeat_n('0', 6 - decimals.len()));
        css.push_str(&decimals);
    }
    css.push_str("px");
    css
}

/// The heights of all rows, oldest first. Distances count from the end, because that is where a log is anchored.
#[derive(Debug, Default)]
pub struct Extents {
    heights: Vec<u32>,
    blocks: Vec<Length>,
}

impl Extents {
    /// One row after the other, oldest first.
    pub fn of(heights: impl Iterator<Item = u32>) -> Self {
        let mut extents = Self { heights: heights.collect(), blocks: Vec::new() };
        extents.sum_blocks();
        extents
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.heights.len()
    }

    /// How high one row is.
    pub fn height(&self, index: usize) -> Length {
        Length::from(self.heights[index])
    }

    /// Corrects one row and says by how much it grew.
    pub fn set(&mut self, index: usize, height: Length) -> Length {
        let growth = height - self.height(index);
        self.heights[index] = u32::try_from(height).unwrap_or(0);
        self.blocks[index / BLOCK] += growth;
        growth
    }

    /// Adds one row at the end.
    pub fn push(&mut self, height: u32) {
        if self.heights.len().is_multiple_of(BLOCK) {
            self.blocks.push(0);
        }
        self.heights.push(height);
        if let Some(block) = self.blocks.last_mut() {
            *block += Length::from(height);
        }
    }

    /// Adds older rows in front.
    pub fn prepend(&mut self, heights: impl Iterator<Item = u32>) {
        self.heights.splice(0..0, heights);
        self.sum_blocks();
    }

    /// Puts a row between two others.
    pub fn insert(&mut self, index: usize, height: u32) {
        self.heights.insert(index, height);
        self.sum_blocks();
    }

    /// Takes one row out.
    pub fn remove(&mut self, index: usize) {
        self.heights.remove(index);
        self.sum_blocks();
    }

    /// The sum of the rows `from..to`.
    pub fn sum(&self, from: usize, to: usize) -> Length {
        let rows = |from: usize, to: usize| self.heights[from..to].iter().copied().map(Length::from).sum::<Length>();
        let (first, last) = (from.div_ceil(BLOCK), to / BLOCK);
        if first >= last {
            return rows(from, to);
        }
        rows(from, first * BLOCK) + self.blocks[first..last].iter().sum::<Length>() + rows(last * BLOCK, to)
    }

    /// The row at `distance` from the end, and how far from the end its own end is.
    pub fn at_distance(&self, distance: Length) -> Option<(usize, Length)> {
        let mut passed = 0;
        let mut block = self.blocks.len();
        while block > 1 && passed + self.blocks[block - 1] <= distance {
            block -= 1;
            passed += self.blocks[block];
        }
        let mut index = (block * BLOCK).min(self.heights.len());
        while index > 0 {
            index -= 1;
            let height = self.height(index);
            if passed + height > distance || index == 0 {
                return Some((index, passed));
            }
            passed += height;
        }
        None
    }

    fn sum_blocks(&mut self) {
        self.blocks = self.heights.chunks(BLOCK).map(|block| block.iter().copied().map(Length::from).sum()).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn heights() -> impl Iterator<Item = u32> {
        (0..3000u32).map(|index| 40 + index % 7)
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_sum_over_blocks_is_the_sum_over_rows() {
        let extents = Extents::of(heights());
        for (from, to) in [(0, 3000), (0, 0), (5, 511), (5, 512), (5, 513), (512, 1024), (700, 2999), (2999, 3000)] {
            let rows: Length = heights().skip(from).take(to - from).map(Length::from).sum();
            assert_eq!(extents.sum(from, to), rows, "{from}..{to}");
        }
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn the_row_at_a_distance_is_the_one_that_covers_it() {
        let extents = Extents::of(heights());
        for index in [0, 1, 511, 512, 513, 1500, 2998, 2999] {
            let end = extents.sum(index + 1, 3000);
            assert_eq!(extents.at_distance(end), Some((index, end)));
            assert_eq!(extents.at_distance(end + extents.height(index) - 1), Some((index, end)));
        }
        let whole = extents.sum(0, 3000);
        assert_eq!(extents.at_distance(whole + 9).map(|(index, _)| index), Some(0));
        assert_eq!(Extents::default().at_distance(0), None);
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn rows_added_taken_and_corrected_keep_the_sums() {
        let mut extents = Extents::of(heights());
        assert_eq!(extents.set(600, 100), 100 - i64::from(40u32 + 600 % 7));
        extents.push(50);
        extents.prepend([1, 2, 3].into_iter());
        extents.insert(10, 9);
        extents.remove(0);
        let rows: Length = (0..extents.len()).map(|index| extents.height(index)).sum();
        assert_eq!(extents.sum(0, extents.len()), rows);
        assert_eq!(extents.len(), 3004);
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_length_prints_exactly() {
        assert_eq!(to_css(38 * PIXEL), "38px");
        assert_eq!(to_css(38 * PIXEL + 1), "38.015625px");
        assert_eq!(to_css(-5), "0px");
        assert_eq!(from_pixels(38.5), 38 * PIXEL + 32);
    }
}
