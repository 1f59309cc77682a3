//! Orders as people could make them, for property tests.

use domain::money::{Currency, Money};
use paypal::{
    Address, Breakdown, Category, Country, CustomerType, Delivery, Email, Experience, Funding, Id, Intent, Label,
    LandingPage, Locale, MerchantId, NewAmount, NewItem, NewOrder, NewUnit, Payee, Priced, Recipient, Reference,
    Source, UsageType, UserAction, Vaulting,
};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use std::num::NonZeroU32;

/// What people write: short and long, in every script, over several lines, or nothing that can be seen.
pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9 ]{1,40}",
        "\\PC{1,60}",
        "(?s).{0,60}",
        "[a-z]{120,400}",
        "[ñ🧵漢א ]{100,320}",
        Just(" \n\t".to_owned()),
    ]
}

pub fn label<const MAX: usize>() -> impl Strategy<Value = Label<MAX>> {
    text().prop_filter_map("something to be seen", |text| Label::cut(&text))
}

pub fn reference<const MAX: usize>(pattern: &'static str) -> impl Strategy<Value = Reference<MAX>> {
    pattern.prop_map(|name| Reference::new(name).expect("within the pattern"))
}

pub fn id<const MAX: usize>(pattern: &'static str) -> impl Strategy<Value = Id<MAX>> {
    pattern.prop_map(|name| Id::new(name).expect("within the pattern"))
}

/// A currency, and how many minor units its smallest coin is at PayPal.
pub fn currency() -> impl Strategy<Value = (Currency, i64)> {
    select(vec![("USD", 1), ("EUR", 1), ("JPY", 1), ("HUF", 100), ("TWD", 100)])
        .prop_map(|(code, coin)| (code.parse().expect("a currency"), coin))
}

fn item(currency: Currency, coin: i64) -> impl Strategy<Value = NewItem> {
    let category = select(vec![Category::DigitalGoods, Category::PhysicalGoods, Category::Donation]);
    (label(), 1u32..=99, 0i64..1_000_000, option::of(label()), option::of(label()), category).prop_map(
        move |(name, quantity, coins, sku, description, category)| NewItem {
            name,
            quantity: NonZeroU32::new(quantity).expect("not zero"),
            unit_amount: Money::new(coins * coin, currency),
            sku,
            description,
            category,
        },
    )
}

/// An amount with its items; sometimes without any, sometimes without a breakdown either.
pub fn priced() -> impl Strategy<Value = Priced> {
    currency().prop_flat_map(|(currency, coin)| {
        let items = proptest::collection::vec(item(currency, coin), 0..6);
        (items, proptest::array::uniform4(0i64..100_000), 1i64..1_000_000, 0i64..=100, any::<bool>()).prop_map(
            move |(items, [tax, shipping, handling, insurance], rest, off, bare)| {
                let money = |coins: i64| Money::new(coins * coin, currency);
                if bare && items.is_empty() {
                    return Priced::new(NewAmount::plain(money(rest)).expect("positive"), items).expect("no items");
                }
                let lines = items.iter().map(|item| item.unit_amount.times(item.quantity.get()).expect("small"));
                let sum = Money::sum(currency, lines).expect("small");
                let item_total = if items.is_empty() { money(rest) } else { sum };
                let mut parts = Breakdown {
                    tax_total: money(tax),
                    shipping: money(shipping),
                    handling: money(handling),
                    // At least one coin, so that free items make an order too.
                    insurance: money(insurance + 1),
                    ..Breakdown::items(item_total)
                };
                parts.shipping_discount = money(shipping * off / 100);
                parts.discount = money(item_total.minor / coin * off / 100);
                let total = parts.total().expect("small");
                Priced::new(NewAmount::new(total, parts).expect("sums"), items).expect("sums")
            },
        )
    })
}

fn address() -> impl Strategy<Value = Address> {
    let country = select(vec!["US", "IT", "C2", "DE"]).prop_map(|code| Country::parse(code).expect("a country"));
    (label(), option::of(label()), option::of(label()), option::of(label()), option::of(label()), country).prop_map(
        |(address_line_1, address_line_2, city, state, postal_code, country)| Address {
            address_line_1,
            address_line_2,
            city,
            state,
            postal_code,
            country,
        },
    )
}

fn delivery() -> impl Strategy<Value = Delivery> {
    prop_oneof![
        Just(Delivery::None),
        Just(Delivery::OnFile),
        (label(), address()).prop_map(|(full_name, address)| Delivery::To(Recipient { full_name, address })),
    ]
}

pub fn locale() -> impl Strategy<Value = Locale> {
    select(vec!["en", "it-IT", "es-419", "zh-Hant-TW"]).prop_map(|tag| Locale::parse(tag).expect("a locale"))
}

fn experience() -> impl Strategy<Value = Experience> {
    let pages = select(vec![LandingPage::Login, LandingPage::GuestCheckout, LandingPage::NoPreference]);
    let actions = select(vec![UserAction::Continue, UserAction::PayNow]);
    let funding = select(vec![Funding::Unrestricted, Funding::ImmediatePaymentRequired]);
    (option::of(label()), option::of(locale()), pages, actions, funding).prop_map(
        |(brand_name, locale, landing_page, user_action, funding)| Experience {
            brand_name,
            locale,
            return_url: "https://shop.example/t/1?paid=é".parse().expect("an address"),
            cancel_url: "http://localhost:8080/t/1".parse().expect("an address"),
            landing_page,
            user_action,
            funding,
        },
    )
}

fn vaulting() -> impl Strategy<Value = Vaulting> {
    let usage = select(vec![UsageType::Merchant, UsageType::Platform]);
    let customer = select(vec![CustomerType::Consumer, CustomerType::Business]);
    (usage, customer, any::<bool>(), option::of(id("[0-9a-zA-Z_-]{1,22}"))).prop_map(
        |(usage_type, customer_type, permit_multiple_payment_tokens, customer)| Vaulting {
            usage_type,
            customer_type,
            permit_multiple_payment_tokens,
            customer,
        },
    )
}

fn source() -> impl Strategy<Value = Source> {
    prop_oneof![
        (experience(), option::of(vaulting()))
            .prop_map(|(experience, vaulting)| Source::Approval { experience, vaulting }),
        (id("[0-9a-zA-Z_-]{1,255}"), experience())
            .prop_map(|(vault_id, experience)| Source::Vaulted { vault_id, experience }),
    ]
}

fn payee() -> impl Strategy<Value = Payee> {
    prop_oneof![
        "[2-9A-HJ-NP-Z]{13}".prop_map(|id| Payee::Merchant(MerchantId::parse(&id).expect("an account"))),
        "[a-z.]{1,20}@[a-z]{1,20}\\.example".prop_map(|text| Payee::Email(Email::parse(&text).expect("an address"))),
    ]
}

pub fn order() -> impl Strategy<Value = NewOrder> {
    let names = (
        option::of(reference("[a-z_0-9]{1,256}")),
        option::of(reference("pay_[a-z0-9]{1,100}")),
        option::of(reference("[!-~]{1,127}")),
    );
    let intent = select(vec![Intent::Capture, Intent::Authorize]);
    (intent, names, option::of(label()), priced(), delivery(), option::of(payee()), source()).prop_map(
        |(intent, (reference_id, custom_id, invoice_id), description, priced, delivery, payee, source)| NewOrder {
            intent,
            unit: NewUnit { reference_id, custom_id, invoice_id, description, priced, delivery, payee },
            source,
        },
    )
}
