use super::*;
use wasm_bindgen_test::wasm_bindgen_test;

/// Numbers of UPS and USPS whose check digits are right.
const UPS: &str = "1Z5R89390357567127";
const OTHER_UPS: &str = "1Z879E930346834440";
const USPS: &str = "9400111201080805483016";

fn three() -> Vec<Waiting> {
    ["K-2041", "K-2042", "K-2043"]
        .into_iter()
        .map(|number| Waiting {
            id: format!("ord_{}", &number[2..]).parse().expect("an id"),
            number: number.to_owned(),
            peer: "Omar Haddad".to_owned(),
            contents: Vec::new(),
        })
        .collect()
}

/// The orders of the lines, and what is wrong with them.
fn paired(text: &str) -> Vec<(Option<usize>, Option<Wrong>)> {
    read(text, &three()).into_iter().map(|line| (line.order, line.parcel.err())).collect()
}

#[wasm_bindgen_test(unsupported = test)]
fn a_line_names_the_order_and_the_number_however_they_are_divided() {
    for text in [
        format!("K-2042 {UPS}"),
        format!("k-2042,{UPS}"),
        format!("K-2042;\t{UPS}"),
        format!("{UPS} K-2042"),
        "K-2042 1Z 5R8 939 03 5756 7127".to_owned(),
        format!("K-2042\n{UPS}"),
    ] {
        let lines = read(&text, &three());
        assert_eq!((lines.len(), lines[0].order), (1, Some(1)), "{text}");
        assert_eq!(lines[0].parcel.as_ref().map(|(carrier, _)| carrier.clone()), Ok(Carrier::Ups), "{text}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn numbers_alone_are_of_the_orders_in_the_order_of_the_list_but_for_those_that_are_named() {
    let text = format!("{UPS}\n\n{USPS}\nK-2041 {OTHER_UPS}");
    assert_eq!(paired(&text), [(Some(1), None), (Some(2), None), (Some(0), None)]);
}

#[wasm_bindgen_test(unsupported = test)]
fn what_is_unknown_or_too_much_is_said() {
    assert_eq!(paired(&format!("K-9999 {UPS}")), [(None, Some(Wrong::NoSuchOrder))]);
    let four = format!("{UPS}\n{OTHER_UPS}\n{USPS}\n123456789012");
    assert_eq!(paired(&four).last(), Some(&(None, Some(Wrong::NoOrderLeft))));
    assert_eq!(paired("K-2042"), [(Some(1), Some(Wrong::NoNumber))]);
}

#[wasm_bindgen_test(unsupported = test)]
fn the_same_parcel_scanned_twice_takes_no_other_order() {
    let text = format!("{UPS}\n{UPS}\n{USPS}");
    assert_eq!(paired(&text), [(Some(0), None), (None, Some(Wrong::NumberTwice(1))), (Some(1), None)]);
}

#[wasm_bindgen_test(unsupported = test)]
fn an_order_has_one_line() {
    let text = format!("K-2041 {UPS}\nK-2041 {USPS}");
    assert_eq!(paired(&text), [(Some(0), None), (Some(0), Some(Wrong::OrderTwice(1)))]);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_mistyped_number_keeps_its_order_so_that_the_others_keep_theirs() {
    let text = format!("1Z5R89390357567128\n{USPS}");
    let wrong = Wrong::Number(CarriedError::CheckDigit(Carrier::Ups));
    assert_eq!(paired(&text), [(Some(0), Some(wrong)), (Some(1), None)]);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_line_that_stays_names_the_order_it_was_paired_with() {
    let waiting = three();
    let lines = read(&format!("{UPS}\nabc\nK-9999 {USPS}"), &waiting);
    let written: Vec<String> = lines.iter().map(|line| line.written(&waiting)).collect();
    assert_eq!(written, [format!("K-2041 {UPS}"), "K-2042 abc".to_owned(), format!("K-9999 {USPS}")]);
    assert_eq!(
        read(&written.join("\n"), &waiting).iter().map(|line| line.order).collect::<Vec<_>>(),
        [Some(0), Some(1), None]
    );
}
