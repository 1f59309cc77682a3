//! The vendored data judges the table: its test numbers, its names and its pages.

use super::check_digit::Algorithm;
use super::*;
use proptest::prelude::*;
use serde_json::Value;

macro_rules! data {
    ($($file:literal)*) => { [$(include_str!(concat!("data/", $file, ".json"))),*] };
}

const DATA: [&str; 18] = data! {
    "amazon" "canadapost" "canpar" "dhl" "dpd" "fedex" "gofo" "landmark" "lasership" "old_dominion" "ontrac"
    "purolator" "s10" "speedee" "ups" "usps" "yodel" "yunexpress"
};

/// One format of the data: the courier's code and the entry itself.
fn entries() -> Vec<(String, Value)> {
    let mut entries = Vec::new();
    for file in DATA {
        let file: Value = serde_json::from_str(file).unwrap();
        let code = file["courier_code"].as_str().unwrap();
        for entry in file["tracking_numbers"].as_array().unwrap() {
            entries.push((code.to_owned(), entry.clone()));
        }
    }
    entries
}

fn format_of(code: &str, entry: &Value) -> &'static Format {
    let name = entry["name"].as_str().unwrap();
    FORMATS
        .iter()
        .find(|format| format.carrier.code() == Some(code) && format.name == name)
        .unwrap_or_else(|| panic!("no format for {code}: {name}"))
}

fn numbers(entry: &Value, kind: &str) -> Vec<String> {
    let list = entry["test_numbers"][kind].as_array().unwrap();
    list.iter().map(|number| number.as_str().unwrap().to_owned()).collect()
}

fn judged(format: &Format, text: &str) -> Verdict {
    text.parse().map_or(Verdict::Different, |number| format.judge(&number))
}

fn matches(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Matches { .. })
}

#[test]
fn the_table_has_every_format_of_the_data_and_no_other() {
    let entries = entries();
    assert_eq!((entries.len(), FORMATS.len()), (39, 39));
    for (code, entry) in &entries {
        let format = format_of(code, entry);
        let has_check_digit = entry["validation"]["checksum"].is_object();
        assert_eq!(format.check != Algorithm::None, has_check_digit, "{}", format.name);
    }
    for format in FORMATS {
        assert!(Carrier::KNOWN.contains(&format.carrier), "{}", format.name);
    }
}

#[test]
fn the_pages_are_those_of_the_data_over_https() {
    let number: TrackingNumber = "12345".parse().unwrap();
    for (code, entry) in entries() {
        let expected = entry["tracking_url"].as_str().map(|url| url.replace("http:", "https:").replace("%s", "12345"));
        assert_eq!(format_of(&code, &entry).tracking_url(&number), expected);
    }
}

#[test]
fn every_valid_number_of_the_data_is_recognised_as_its_carriers() {
    for (code, entry) in entries() {
        for number in numbers(&entry, "valid") {
            assert!(matches(judged(format_of(&code, &entry), &number)), "{code} {number}");
            let found = recognise(&number).matches;
            assert!(found.iter().any(|found| found.carrier.code() == Some(&code)), "{code} {number}");
        }
    }
}

#[test]
fn no_invalid_number_of_the_data_is_recognised_as_its_format() {
    for (code, entry) in entries() {
        for number in numbers(&entry, "invalid") {
            assert!(!matches(judged(format_of(&code, &entry), &number)), "{code} {number}");
        }
    }
}

#[test]
fn every_country_of_the_data_has_its_postal_operator() {
    let (_, s10) = entries().into_iter().find(|(code, _)| code == "s10").unwrap();
    let countries = s10["additional"].as_array().unwrap().iter().find(|list| list["name"] == "Courier").unwrap();
    for country in countries["lookup"].as_array().unwrap() {
        let operator = postal_operators::of(country["matches"].as_str().unwrap());
        assert_eq!(operator, country["courier"].as_str().map(str::trim));
    }
    assert_eq!(postal_operators::of("XX"), None);
}

#[test]
fn a_right_check_digit_comes_before_none_and_each_carrier_once() {
    let found = recognise("9400 1112 0108 0805 4830 16");
    assert_eq!(found.best().unwrap().carrier, Carrier::Usps);
    assert_eq!(found.best().unwrap().check, CheckDigit::Right);
    assert_eq!(
        found.best().unwrap().tracking_url.as_deref(),
        Some("https://tools.usps.com/go/TrackConfirmAction?tLabels=9400111201080805483016")
    );
    let found = recognise("7196 9010 7560 0307 7385");
    let usps = found.matches.iter().filter(|found| found.carrier == Carrier::Usps);
    assert_eq!(usps.count(), 1);
    // A waybill of UPS and a number of Amazon look alike; the check digit decides.
    let both = recognise("A1506235620");
    let carriers: Vec<&Carrier> = both.matches.iter().map(|found| &found.carrier).collect();
    assert_eq!(carriers, [&Carrier::Ups, &Carrier::Amazon]);
}

#[test]
fn a_wrong_check_digit_is_told_apart_from_an_unknown_number() {
    let typo = recognise("1Z5R89390357567128");
    assert_eq!(typo.mistyped(), Some(&Carrier::Ups));
    assert_eq!(typo.best(), None);
    let unknown = recognise("HELLO");
    assert_eq!((unknown.best(), unknown.mistyped()), (None, None));
    let right = recognise("1Z5R89390357567127");
    assert_eq!((right.matches.len(), right.mistyped()), (1, None));
}

#[test]
fn international_post_names_the_operator_and_refuses_a_country_without_one() {
    let found = recognise("RB 1234 5678 5 IT");
    assert_eq!(found.best().map(|best| (&best.carrier, best.service)), Some((&Carrier::S10, "Poste Italiane")));
    assert_eq!(found.best().unwrap().tracking_url, None);
    let domestic = recognise("RB123456785US");
    assert!(domestic.best().unwrap().tracking_url.as_deref().unwrap().starts_with("https://tools.usps.com/"));
    assert_eq!(recognise("RB123456785ZZ").best(), None);
}

#[test]
fn a_carrier_is_its_code_on_the_wire_and_a_strange_one_is_named() {
    let json = |carrier: &Carrier| serde_json::to_string(carrier).unwrap();
    assert_eq!(json(&Carrier::CanadaPost), "\"canada_post\"");
    let other = Carrier::Other("Bartolini".parse().unwrap());
    assert_eq!(json(&other), r#"{"other":"Bartolini"}"#);
    for carrier in Carrier::KNOWN.iter().chain([&other]) {
        assert_eq!(serde_json::from_str::<Carrier>(&json(carrier)).unwrap(), *carrier);
    }
    assert_eq!(other.tracking_url(&"12345".parse().unwrap()), None);
    let url = Carrier::Ups.tracking_url(&"12345".parse().unwrap());
    assert_eq!(url.as_deref(), Some("https://wwwapps.ups.com/WebTracking/track?track=yes&trackNums=12345"));
}

/// Whether the algorithm cannot see that the digit in that place of the serial number has changed.
fn is_blind_to(algorithm: Algorithm, place: usize, from: u32, to: u32, before: &str, after: &str) -> bool {
    let weighted = |serial: &str, weights: &[u32]| {
        serial.chars().zip(weights).filter_map(|(digit, weight)| Some(digit.to_digit(10)? * weight)).sum::<u32>() % 11
    };
    match algorithm {
        Algorithm::None => true,
        // Twice a digit and twice the digit five away end alike; a factor of one or three tells all digits apart.
        Algorithm::Mod10 { evens, odds } => {
            let factor = if place.is_multiple_of(2) { evens } else { odds };
            (from.abs_diff(to) * factor).is_multiple_of(10)
        }
        Algorithm::Mod7 => from.abs_diff(to) == 7,
        Algorithm::Luhn | Algorithm::Mod37And36 => false,
        // Remainders 10 and 0 are both written 0.
        Algorithm::Weighted(weights) => weighted(before, weights) % 10 == weighted(after, weights) % 10,
        // Remainders 0 and 6 are both written 5.
        Algorithm::S10 => {
            let weights = [8, 6, 4, 2, 3, 5, 9, 7];
            [before, after].iter().all(|serial| weighted(serial, &weights).is_multiple_of(6))
        }
    }
}

/// The first pattern that fits, what it found, and where in the number its serial number begins.
fn read<'n>(format: &Format, number: &'n str) -> Option<(usize, pattern::Fields<'n>, usize)> {
    let (index, fields) = format
        .patterns
        .iter()
        .enumerate()
        .find_map(|(index, pattern)| Some((index, pattern::fields(pattern, number)?)))?;
    let start = fields.serial.as_ptr() as usize - number.as_ptr() as usize;
    Some((index, fields, start))
}

#[test]
fn one_changed_digit_is_refused_by_every_format_whose_check_digit_can_see_it() {
    let (mut seen, mut blind) = (0, 0);
    for (code, entry) in entries() {
        let format = format_of(&code, &entry);
        if format.check == Algorithm::None {
            continue;
        }
        for number in numbers(&entry, "valid") {
            let number: TrackingNumber = number.parse().unwrap();
            let (index, fields, start) = read(format, number.as_str()).unwrap();
            for place in 0..fields.serial.len() {
                let Some(from) = fields.serial.as_bytes()[place].checked_sub(b'0').filter(|digit| *digit < 10) else {
                    continue;
                };
                for to in (0..10).filter(|to| *to != from) {
                    let mut changed = number.as_str().as_bytes().to_vec();
                    changed[start + place] = b'0' + to;
                    let changed: TrackingNumber = String::from_utf8(changed).unwrap().parse().unwrap();
                    // Another pattern or another prefix makes it another number altogether, not a typing error.
                    let Some((now, after, _)) = read(format, changed.as_str()) else { continue };
                    let prefixed = |serial: &str| serial.starts_with(format.serial_prefix);
                    if now != index || prefixed(after.serial) != prefixed(fields.serial) {
                        continue;
                    }
                    let offset = if prefixed(fields.serial) { 0 } else { format.serial_prefix.len() };
                    let (from, to) = (u32::from(from), u32::from(to));
                    if is_blind_to(format.check, place + offset, from, to, fields.serial, after.serial) {
                        blind += 1;
                    } else {
                        assert_eq!(format.judge(&changed), Verdict::WrongCheckDigit, "{code} {number} {changed}");
                        seen += 1;
                    }
                }
            }
        }
    }
    assert!(seen > 20 * blind, "seen {seen}, blind {blind}");
}

proptest! {
    #[test]
    fn any_text_is_recognised_or_not_but_never_breaks(text in any::<String>()) {
        recognise(&text);
    }

    #[test]
    fn what_looks_like_a_number_never_breaks(text in "[0-9A-Z -]{0,50}") {
        recognise(&text);
    }

    #[test]
    fn only_one_check_digit_is_right_for_a_serial_number(serial in "[0-9]{11}") {
        let fedex = FORMATS.iter().find(|format| format.name == "FedEx Express (12)").unwrap();
        let right = (0..10).filter(|digit| matches(judged(fedex, &format!("{serial}{digit}"))));
        prop_assert_eq!(right.count(), 1);
    }

    #[test]
    fn a_tracking_number_survives_its_own_text(text in "[0-9A-Za-z][0-9A-Za-z -]{3,30}[0-9A-Za-z]") {
        if let Ok(number) = text.parse::<TrackingNumber>() {
            prop_assert_eq!(number.to_string().parse(), Ok(number.clone()));
            prop_assert_eq!(number.grouped().parse(), Ok(number));
        }
    }
}
