use super::*;
use proptest::prelude::*;

fn money(minor: i64, code: &str) -> Money {
    Money::new(minor, code.parse().unwrap())
}

fn written(minor: i64, code: &str) -> Result<String, AmountRefused> {
    Amount::of(money(minor, code)).map(Amount::value)
}

#[test]
fn paypal_has_its_own_number_of_decimals() {
    assert_eq!(written(4_200, "USD"), Ok("42.00".into()));
    assert_eq!(written(-5, "EUR"), Ok("-0.05".into()));
    assert_eq!(written(4_200, "JPY"), Ok("4200".into()));
    // Two decimals by ISO 4217, none by PayPal.
    assert_eq!(written(4_200, "HUF"), Ok("42".into()));
    assert_eq!(written(4_250, "TWD"), Err(AmountRefused::TooFine));
}

#[test]
fn a_currency_that_paypal_does_not_take_is_refused() {
    for code in ["BHD", "KWD", "TND", "INR", "KRW"] {
        assert_eq!(written(1_000, code), Err(AmountRefused::Currency), "{code}");
        assert_eq!(Amount::parse(code, "1.00"), Err(AmountRefused::Currency), "{code}");
    }
    assert_eq!(Amount::parse("usd", "1.00"), Err(AmountRefused::Currency));
}

#[test]
fn paypal_counts_to_fifteen_digits_before_the_point() {
    assert_eq!(written(99_999_999_999_999_999, "USD"), Ok("999999999999999.99".into()));
    assert_eq!(written(100_000_000_000_000_000, "USD"), Err(AmountRefused::TooLarge));
    assert_eq!(written(-100_000_000_000_000_000, "USD"), Err(AmountRefused::TooLarge));
    assert_eq!(written(999_999_999_999_999, "JPY"), Ok("999999999999999".into()));
    assert_eq!(written(1_000_000_000_000_000, "JPY"), Err(AmountRefused::TooLarge));
    assert_eq!(written(99_999_999_999_999_900, "HUF"), Ok("999999999999999".into()));
    assert_eq!(written(100_000_000_000_000_000, "HUF"), Err(AmountRefused::TooLarge));
    assert_eq!(written(i64::MIN, "USD"), Err(AmountRefused::TooLarge));
}

#[test]
fn fewer_decimals_and_zeros_beyond_are_the_same_amount() {
    for text in ["10.5", "10.50", "10.500", "010.50"] {
        assert_eq!(Amount::parse("USD", text).map(Money::from), Ok(money(1_050, "USD")), "{text}");
    }
    assert_eq!(Amount::parse("USD", ".5").map(Money::from), Ok(money(50, "USD")));
    assert_eq!(Amount::parse("JPY", "100.00").map(Money::from), Ok(money(100, "JPY")));
}

#[test]
fn hostile_text_is_no_amount() {
    let hostile = [
        "",
        "-",
        ".",
        "-.",
        "1.",
        "+1",
        " 1",
        "1 ",
        "1e5",
        "0x10",
        "NaN",
        "inf",
        "1,000.00",
        "1_000",
        "--1",
        "1-",
        "1.0.0",
        "１",
        "١",
        "1\u{0}",
        "1\n",
        "000000000000000000000000000000001",
    ];
    for text in hostile {
        assert_eq!(Amount::parse("USD", text), Err(AmountRefused::NotANumber), "{text:?}");
    }
    assert_eq!(Amount::parse("USD", "1.005"), Err(AmountRefused::TooFine));
    assert_eq!(Amount::parse("JPY", "1.5"), Err(AmountRefused::TooFine));
    for text in ["1000000000000000.00", "99999999999999999999999999999999", "9223372036854775807"] {
        assert_eq!(Amount::parse("USD", text), Err(AmountRefused::TooLarge), "{text}");
    }
    assert_eq!(Amount::parse("HUF", "999999999999999999"), Err(AmountRefused::TooLarge));
}

#[test]
fn an_unknown_currency_spoils_no_list() {
    let read: Vec<Quoted> =
        serde_json::from_str(r#"[{"currency_code":"USD","value":"1.00"},{"currency_code":"KRW","value":"1300"}]"#)
            .unwrap();
    assert_eq!(read[0], Quoted::Known(Amount::of(money(100, "USD")).unwrap()));
    assert_eq!(read[1], Quoted::Other { currency_code: "KRW".into(), value: "1300".into() });
}

proptest! {
    #[test]
    fn an_amount_survives_its_own_text(
        coins in -99_999_999_999_999_999i64..=99_999_999_999_999_999,
        code in "USD|EUR|GBP|JPY|HUF|TWD",
    ) {
        let coins = if code == "JPY" { coins / 100 } else { coins };
        let minor = if code == "HUF" || code == "TWD" { coins / 100 * 100 } else { coins };
        let amount = Amount::of(money(minor, &code)).unwrap();
        prop_assert_eq!(Amount::parse(&code, &amount.value()), Ok(amount));
        let json = serde_json::to_string(&amount).unwrap();
        prop_assert_eq!(serde_json::from_str::<Amount>(&json).unwrap(), amount);
    }

    #[test]
    fn no_text_is_read_as_another_amount(text in "[-+]?[0-9]{0,18}[.,e]?[0-9]{0,4}|\\PC{0,40}") {
        // What is read is written again with the same digits, but for zeros at either end.
        if let Ok(amount) = Amount::parse("USD", &text) {
            let bare = |text: &str| {
                let (whole, fraction) = text.trim_start_matches('-').split_once('.').map_or((text, ""), |parts| parts);
                let whole = whole.trim_start_matches('-').trim_start_matches('0').to_owned();
                (whole, fraction.trim_end_matches('0').to_owned())
            };
            prop_assert_eq!(bare(&amount.value()), bare(&text));
        }
    }
}
