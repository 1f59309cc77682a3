//! What a request starts from.

use super::*;
use crate::weight::Grams;
use proptest::prelude::*;

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

fn grams(grams: u32) -> Grams {
    Grams::try_from(grams).unwrap()
}

fn offer(free_from: Option<i64>, band: Option<(u32, u32)>) -> ParcelOffer {
    ParcelOffer {
        name: "Ground".parse().unwrap(),
        price: usd(900),
        free_from: free_from.map(usd),
        region: None,
        weight: band.map(|(from, to)| (grams(from), grams(to)).try_into().unwrap()),
        days: (3, 5),
    }
}

fn selling(parcels: Vec<ParcelOffer>) -> Selling {
    SellingDraft { parcels, ..SellingDraft::default() }.try_into().unwrap()
}

fn price(offer: &ParcelOffer, goods: i64) -> i64 {
    offer.delivery(usd(goods), None).unwrap().price(Currency::USD).minor
}

#[test]
fn from_the_amount_on_it_is_free_and_a_cent_below_it_is_not() {
    let ground = offer(Some(10_000), None);
    assert_eq!((price(&ground, 9_999), price(&ground, 10_000), price(&ground, 10_001)), (900, 0, 0));
    assert_eq!(price(&offer(None, None), 1_000_000), 900);
}

#[test]
fn a_band_takes_both_of_its_ends_and_nothing_of_unknown_weight() {
    let light = offer(None, Some((500, 2_000)));
    let fits = |weight| light.delivery(usd(100), weight).is_some();
    assert_eq!([499, 500, 2_000, 2_001].map(|weight| fits(Some(weight))), [false, true, true, false]);
    assert!(!fits(None));
    assert!(offer(None, None).delivery(usd(100), None).is_some(), "what carries anything carries that");
}

#[test]
fn fetching_it_is_offered_last_and_always_has_room() {
    let at = PickupPoint { place: "The shed".parse().unwrap(), state: "CA".parse().unwrap(), when: None };
    let draft = SellingDraft { parcels: vec![offer(None, None); 9], pickup: Some(at), ..SellingDraft::default() };
    let offered = Selling::try_from(draft).unwrap().offered(usd(100), None);
    assert_eq!(offered.len(), MAX_DELIVERY_OPTIONS);
    assert!(matches!(offered.last(), Some(Delivery::Pickup { .. })));
}

#[test]
fn a_state_whose_rate_nobody_knows_is_not_taxed() {
    let (known, unknown): (UsState, UsState) = ("CA".parse().unwrap(), "PR".parse().unwrap());
    let rate = Rate::try_from(72_500).unwrap();
    let policy = TaxPolicy::ByState { states: BTreeSet::from([known, unknown]) };
    let tax = policy.tax(&StateRates::from([(known, rate), ("NY".parse().unwrap(), rate)]));
    assert_eq!(tax, Tax::ByState { rates: StateRates::from([(known, rate)]) });
    assert_eq!(TaxPolicy::None.tax(&StateRates::new()), Tax::Rate { ppm: Rate::ZERO });
}

#[test]
fn what_cannot_be_offered_is_refused_with_its_place() {
    let refused = |parcels| Selling::try_from(SellingDraft { parcels, ..SellingDraft::default() }).unwrap_err();
    let cheap = ParcelOffer { price: usd(-1), ..offer(None, None) };
    assert_eq!(refused(vec![offer(None, None), cheap]), SellingError::Price { offer: 1 });
    assert_eq!(refused(vec![offer(Some(0), None)]), SellingError::Price { offer: 0 });
    let backwards = ParcelOffer { days: (5, 3), ..offer(None, None) };
    assert_eq!(refused(vec![backwards]), SellingError::Days { offer: 0 });
    assert_eq!(refused(vec![offer(None, None); MAX_OFFERS + 1]), SellingError::TooManyOffers);
    let yen = ParcelOffer { price: Money::new(900, "JPY".parse().unwrap()), ..offer(None, None) };
    assert_eq!(refused(vec![offer(None, None), yen]), SellingError::Currency);
    assert!(WeightBand::try_from((grams(2), grams(1))).is_err());
}

#[test]
fn things_weigh_together_what_they_weigh_unless_one_does_not_say() {
    let item = |weight: Option<u32>, quantity| Item {
        name: "Board".parse().unwrap(),
        detail: None,
        quantity,
        unit_price: usd(100),
        product: None,
        picture: None,
        weight: weight.map(grams),
        thing: None,
    };
    assert_eq!(weight_of(&[item(Some(300), 2), item(Some(50), 1)]), Some(650));
    assert_eq!(weight_of(&[item(Some(300), 2), item(None, 1)]), None);
}

proptest! {
    #[test]
    fn what_is_offered_fits_and_costs_what_was_defined_or_nothing(
        bands in prop::collection::vec(prop::option::of((1u32..5_000, 0u32..5_000)), 1..6),
        free_from in prop::option::of(1i64..20_000),
        goods in 0i64..30_000,
        weight in prop::option::of(1u64..12_000),
    ) {
        let parcels = bands.iter().map(|band| offer(free_from, band.map(|(from, more)| (from, from + more))));
        let parcels: Vec<ParcelOffer> = parcels.collect();
        let offered = selling(parcels.clone()).offered(usd(goods), weight);
        let fit = |parcel: &&ParcelOffer| match (parcel.weight, weight) {
            (None, _) => true,
            (Some(band), Some(grams)) => {
                (u64::from(u32::from(band.from()))..=u64::from(u32::from(band.to()))).contains(&grams)
            }
            (Some(_), None) => false,
        };
        prop_assert_eq!(offered.len(), parcels.iter().filter(fit).count());
        let costs = if free_from.is_some_and(|from| goods >= from) { 0 } else { 900 };
        prop_assert!(offered.iter().all(|way| way.price(Currency::USD).minor == costs));
    }
}
