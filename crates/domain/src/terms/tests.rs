//! What a request adds up to, in every state.

use super::*;
use crate::money::Rate;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

fn state(code: &str) -> UsState {
    code.parse().unwrap()
}

fn any_state() -> impl Strategy<Value = UsState> {
    prop::sample::select(UsState::all().collect::<Vec<_>>())
}

fn rates(of: &[(&str, u32)]) -> Tax {
    let rates = of.iter().map(|(code, ppm)| (state(code), Rate::try_from(*ppm).unwrap()));
    Tax::ByState { rates: rates.collect() }
}

fn parcel(price: i64, states: &[&str]) -> Delivery {
    let region: BTreeSet<UsState> = states.iter().map(|code| state(code)).collect();
    Delivery::Parcel {
        name: "Ground".parse().unwrap(),
        price: usd(price),
        days: (3, 5),
        region: region.try_into().ok(),
    }
}

fn pickup(code: &str) -> Delivery {
    Delivery::Pickup { at: PickupPoint { place: "The shed".parse().unwrap(), state: state(code), when: None } }
}

fn terms(price: i64, discount: i64, delivery: Vec<Delivery>, tax: Tax) -> Terms {
    let item = Item {
        name: "Board".parse().unwrap(),
        detail: None,
        quantity: 1,
        unit_price: usd(price),
        product: None,
        picture: None,
        weight: None,
        thing: None,
    };
    let draft = TermsDraft { items: vec![item], discount: usd(discount), delivery, tax, note: None, picture: None };
    draft.try_into().unwrap()
}

#[test]
fn tax_follows_the_address_and_is_not_guessed_without_one() {
    let terms = terms(36_000, 0, vec![parcel(2_050, &[])], rates(&[("CA", 72_500), ("NY", 40_000)]));
    let tax = |to: Option<&str>| terms.totals(0, to.map(state)).unwrap().tax;
    assert_eq!((tax(Some("CA")), tax(Some("NY")), tax(Some("OR"))), (usd(2_610), usd(1_440), usd(0)));
    assert_eq!(tax(None), usd(0));
    assert!(terms.tax_is_open(0, None));
    assert!(!terms.tax_is_open(0, Some(state("CA"))));
}

#[test]
fn what_is_fetched_is_taxed_where_it_is_fetched() {
    let terms = terms(10_000, 0, vec![pickup("CA"), pickup("OR")], rates(&[("CA", 72_500)]));
    assert_eq!(terms.totals(0, None).unwrap().tax, usd(725));
    assert_eq!(terms.totals(0, Some(state("NY"))).unwrap().tax, usd(725), "whoever lives elsewhere fetches it here");
    assert_eq!(terms.totals(1, Some(state("CA"))).unwrap().tax, usd(0));
    assert!(!terms.tax_is_open(0, None));
}

#[test]
fn digital_goods_are_taxed_in_no_state() {
    let terms = terms(10_000, 0, vec![Delivery::Digital], rates(&[("CA", 72_500)]));
    assert_eq!(terms.totals(0, Some(state("CA"))).unwrap().tax, usd(0));
    assert!(!terms.tax_is_open(0, None));
}

#[test]
fn a_cap_counts_the_dearest_place_that_it_goes_to() {
    let tax = || rates(&[("CA", 72_500), ("OR", 0), ("TN", 70_000)]);
    assert_eq!(terms(10_000, 0, vec![parcel(0, &[])], tax()).highest_total(), usd(10_725));
    assert_eq!(terms(10_000, 0, vec![parcel(0, &["TN", "OR"])], tax()).highest_total(), usd(10_700));
    assert!(!terms(10_000, 0, vec![parcel(0, &["OR"])], tax()).tax_is_open(0, None), "there is none there");
}

#[test]
fn digital_goods_and_what_is_fetched_need_two_requests() {
    let tax = Tax::Rate { ppm: Rate::ZERO };
    let draft = terms(10_000, 0, vec![pickup("CA")], tax).draft().clone();
    let mixed = TermsDraft { delivery: vec![pickup("CA"), Delivery::Digital], ..draft };
    assert_eq!(Terms::try_from(mixed), Err(TermsError::MixedDelivery));
}

#[test]
fn terms_of_before_there_were_states_and_regions_read_and_are_written_as_they_were() {
    let old = r#"{"items":[{"name":"Board","quantity":1,"unit_price":{"minor":36000,"currency":"USD"}}],"discount":{"minor":0,"currency":"USD"},"delivery":[{"type":"parcel","name":"Ground","price":{"minor":2050,"currency":"USD"},"days":[3,5]}],"tax":{"type":"rate","ppm":87500}}"#;
    let read: Terms = serde_json::from_str(old).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), old);
}

#[test]
fn states_and_regions_survive_their_json() {
    let terms = terms(10_000, 0, vec![parcel(500, &["CA", "OR"]), pickup("CA")], rates(&[("CA", 72_500), ("OR", 0)]));
    let text = serde_json::to_string(&terms).unwrap();
    assert!(text.contains(r#""tax":{"type":"by_state","rates":{"CA":72500,"OR":0}}"#), "{text}");
    assert!(text.contains(r#""region":["CA","OR"]"#), "{text}");
    assert_eq!(serde_json::from_str::<Terms>(&text).unwrap(), terms);
    let nowhere = text.replace(r#""region":["CA","OR"]"#, r#""region":[]"#);
    assert!(serde_json::from_str::<Terms>(&nowhere).is_err(), "a region has at least one state");
}

#[test]
fn a_revision_says_that_the_tax_of_some_state_is_another_one() {
    let by_state = |ppm| terms(10_000, 0, vec![parcel(0, &[])], rates(&[("CA", ppm)]));
    assert_eq!(difference(&by_state(72_500), &by_state(80_000)), [Change::TaxByState]);
    assert_eq!(difference(&by_state(72_500), &by_state(72_500)), []);
}

proptest! {
    #[test]
    fn the_total_is_items_less_discount_and_shipping_and_tax_in_every_state(
        price in 1i64..70_000,
        discount_share in 0i64..100,
        shipping in 1i64..5_000,
        table in prop::collection::btree_map(any_state(), 0u32..=1_000_000, 0..8),
        to in any_state(),
    ) {
        let discount = price * discount_share / 100;
        let table: BTreeMap<UsState, Rate> =
            table.into_iter().map(|(state, ppm)| (state, Rate::try_from(ppm).unwrap())).collect();
        let rate = table.get(&to).copied().unwrap_or(Rate::ZERO);
        let terms = terms(price, discount, vec![parcel(shipping, &[])], Tax::ByState { rates: table });
        let totals = terms.totals(0, Some(to)).unwrap();
        let tax = (i128::from(price - discount) * i128::from(u32::from(rate)) + 500_000) / 1_000_000;
        prop_assert_eq!(i128::from(totals.tax.minor), tax);
        prop_assert_eq!(totals.total.minor, price - discount + shipping + totals.tax.minor);
        prop_assert!(totals.total.minor <= terms.highest_total().minor);
        let shares: i64 = terms.line_shares(0, Some(to)).iter().map(|share| share.minor).sum();
        prop_assert_eq!(shares + shipping, totals.total.minor);
    }
}
