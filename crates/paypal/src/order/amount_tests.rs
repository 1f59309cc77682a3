use super::*;
use domain::money::Currency;
use proptest::prelude::*;

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

fn item(quantity: u32, unit: i64) -> NewItem {
    NewItem {
        name: Label::cut("Vase").unwrap(),
        quantity: NonZeroU32::new(quantity).unwrap(),
        unit_amount: usd(unit),
        sku: None,
        description: None,
        category: Category::PhysicalGoods,
    }
}

#[test]
fn parts_come_to_the_total_or_there_is_no_amount() {
    let parts =
        Breakdown { tax_total: usd(87), shipping: usd(500), discount: usd(100), ..Breakdown::items(usd(1_000)) };
    assert_eq!(parts.total(), Ok(usd(1_487)));
    assert_eq!(NewAmount::new(usd(1_487), parts).map(|amount| amount.total().money()), Ok(usd(1_487)));
    for off in [1_486, 1_488, 1_587] {
        assert_eq!(NewAmount::new(usd(off), parts), Err(OrderRefused::PartsDoNotAddUp), "{off}");
    }
}

#[test]
fn an_order_is_for_more_than_nothing() {
    assert_eq!(NewAmount::plain(usd(0)), Err(OrderRefused::NotPositive));
    assert_eq!(NewAmount::plain(usd(-1)), Err(OrderRefused::NotPositive));
    let free = Breakdown { discount: usd(1_000), ..Breakdown::items(usd(1_000)) };
    assert_eq!(NewAmount::new(usd(0), free), Err(OrderRefused::NotPositive));
}

#[test]
fn no_part_is_below_nothing() {
    let parts = Breakdown { discount: usd(-100), ..Breakdown::items(usd(900)) };
    assert_eq!(NewAmount::new(usd(1_000), parts), Err(OrderRefused::NegativePart));
    let amount = NewAmount::new(usd(900), Breakdown::items(usd(900))).unwrap();
    let items = vec![item(1, 1_000), item(1, -100)];
    assert_eq!(Priced::new(amount, items), Err(OrderRefused::NegativePart));
}

#[test]
fn an_order_is_in_one_currency() {
    let euros = Money::new(500, "EUR".parse().unwrap());
    let parts = Breakdown { shipping: euros, ..Breakdown::items(usd(1_000)) };
    assert_eq!(NewAmount::new(usd(1_500), parts), Err(OrderRefused::Sum(MoneyError::CurrencyMismatch)));
    let amount = NewAmount::new(usd(1_000), Breakdown::items(usd(1_000))).unwrap();
    let foreign = NewItem { unit_amount: euros, ..item(2, 0) };
    assert_eq!(Priced::new(amount, vec![foreign]), Err(OrderRefused::Sum(MoneyError::CurrencyMismatch)));
    let total_elsewhere = NewAmount::new(Money::new(1_000, "EUR".parse().unwrap()), Breakdown::items(usd(1_000)));
    assert_eq!(total_elsewhere, Err(OrderRefused::PartsDoNotAddUp));
}

#[test]
fn items_come_to_their_total() {
    let amount = NewAmount::new(usd(1_000), Breakdown::items(usd(1_000))).unwrap();
    assert!(Priced::new(amount.clone(), vec![item(2, 400), item(1, 200)]).is_ok());
    assert!(Priced::new(amount.clone(), Vec::new()).is_ok());
    assert_eq!(Priced::new(amount, vec![item(2, 400)]), Err(OrderRefused::ItemsDoNotAddUp));
    let bare = NewAmount::plain(usd(800)).unwrap();
    assert_eq!(Priced::new(bare, vec![item(2, 400)]), Err(OrderRefused::ItemsWithoutTotal));
}

#[test]
fn sums_beyond_counting_are_refused() {
    let parts = Breakdown { shipping: usd(i64::MAX), ..Breakdown::items(usd(1)) };
    assert_eq!(NewAmount::new(usd(1), parts), Err(OrderRefused::Sum(MoneyError::Overflow)));
    let amount = NewAmount::new(usd(1_000), Breakdown::items(usd(1_000))).unwrap();
    assert_eq!(Priced::new(amount, vec![item(u32::MAX, i64::MAX)]), Err(OrderRefused::Sum(MoneyError::Overflow)));
    assert_eq!(NewAmount::plain(usd(i64::MAX)), Err(OrderRefused::Amount(AmountRefused::TooLarge)));
}

proptest! {
    #[test]
    fn a_total_that_is_off_is_never_taken(parts in proptest::array::uniform7(0i64..100_000), off in -1_000i64..1_000) {
        let [item_total, tax_total, shipping, handling, insurance, shipping_discount, discount] = parts.map(usd);
        let parts = Breakdown { item_total, tax_total, shipping, handling, insurance, shipping_discount, discount };
        let right = parts.total().unwrap();
        let taken = NewAmount::new(usd(right.minor + off), parts).is_ok();
        prop_assert_eq!(taken, off == 0 && right.minor > 0);
    }
}
