//! An order number as bars, for the scanner that then reads the label of the carrier.
//!
//! Code 39 (ISO/IEC 16388): letters, digits and a dash are all it needs, and every scanner reads it as it comes.

use leptos::prelude::*;

/// Bars and the spaces between them, `w` for the wide ones; three of nine are.
const SYMBOLS: [(char, &str); 38] = [
    ('0', "nnnwwnwnn"),
    ('1', "wnnwnnnnw"),
    ('2', "nnwwnnnnw"),
    ('3', "wnwwnnnnn"),
    ('4', "nnnwwnnnw"),
    ('5', "wnnwwnnnn"),
    ('6', "nnwwwnnnn"),
    ('7', "nnnwnnwnw"),
    ('8', "wnnwnnwnn"),
    ('9', "nnwwnnwnn"),
    ('A', "wnnnnwnnw"),
    ('B', "nnwnnwnnw"),
    ('C', "wnwnnwnnn"),
    ('D', "nnnnwwnnw"),
    ('E', "wnnnwwnnn"),
    ('F', "nnwnwwnnn"),
    ('G', "nnnnnwwnw"),
    ('H', "wnnnnwwnn"),
    ('I', "nnwnnwwnn"),
    ('J', "nnnnwwwnn"),
    ('K', "wnnnnnnww"),
    ('L', "nnwnnnnww"),
    ('M', "wnwnnnnwn"),
    ('N', "nnnnwnnww"),
    ('O', "wnnnwnnwn"),
    ('P', "nnwnwnnwn"),
    ('Q', "nnnnnnwww"),
    ('R', "wnnnnnwwn"),
    ('S', "nnwnnnwwn"),
    ('T', "nnnnwnwwn"),
    ('U', "wwnnnnnnw"),
    ('V', "nwwnnnnnw"),
    ('W', "wwwnnnnnn"),
    ('X', "nwnnwnnnw"),
    ('Y', "wwnnwnnnn"),
    ('Z', "nwwnwnnnn"),
    ('-', "nwnnnnwnw"),
    (FRAME, "nwnnwnwnn"),
];
/// Begins and ends every code.
const FRAME: char = '*';
/// How wide a wide one is, in narrow ones.
const WIDE: u32 = 3;

/// The bars of a text, each by its place and width in narrow ones, and how wide all of it is. What cannot be written
/// in bars is left out: an order number has nothing of it.
fn bars(text: &str) -> (Vec<(u32, u32)>, u32) {
    let (mut bars, mut at) = (Vec::new(), 0);
    let framed = std::iter::once(FRAME).chain(text.chars().filter(|letter| *letter != FRAME)).chain([FRAME]);
    let symbols = framed.filter_map(|letter| SYMBOLS.iter().find(|(known, _)| *known == letter));
    for (_, symbol) in symbols {
        for (index, element) in symbol.chars().enumerate() {
            let width = if element == 'w' { WIDE } else { 1 };
            if index % 2 == 0 {
                bars.push((at, width));
            }
            at += width;
        }
        // A narrow space between symbols.
        at += 1;
    }
    (bars, at.saturating_sub(1))
}

/// An order number as bars. The number stands beside it in letters.
pub(super) fn barcode(number: &str) -> impl IntoView + use<> {
    let (bars, width) = bars(number);
    let bar = |(at, width): (u32, u32)| view! { <rect x=at y="0" width=width height="10" /> };
    view! {
        <svg class="barcode" viewBox=format!("0 0 {width} 10") preserveAspectRatio="none" aria-hidden="true">
            {bars.into_iter().map(bar).collect_view()}
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn three_of_nine_are_wide_and_no_two_symbols_are_the_same() {
        for (letter, symbol) in SYMBOLS {
            assert_eq!((symbol.len(), symbol.matches('w').count()), (9, 3), "{letter}");
            // Two wide bars and a wide space: so a bar that is misread alone makes no other symbol.
            assert_eq!(symbol.chars().step_by(2).filter(|element| *element == 'w').count(), 2, "{letter}");
        }
        let symbols: HashSet<&str> = SYMBOLS.iter().map(|(_, symbol)| *symbol).collect();
        assert_eq!(symbols.len(), SYMBOLS.len());
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn a_code_is_framed_and_as_wide_as_its_symbols() {
        let (bars, width) = bars("K-2041");
        // Eight symbols of 15 narrow ones, and seven spaces between.
        assert_eq!((bars.len(), width), (8 * 5, 8 * 15 + 7));
        assert_eq!((bars[0], bars[1], bars[2]), ((0, 1), (4, 1), (6, 3)), "the frame");
    }
}
