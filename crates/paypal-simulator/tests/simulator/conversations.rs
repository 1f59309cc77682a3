//! Any conversation: every answer is what PayPal's files allow, and no cent is made or lost.

use crate::harness::{Answer, Merchant, merchant, minor, order, usd};
use paypal_simulator::{Currency, Funding, HOUR, Money, Opened, Outcome, RefundMood, VaultMood};
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::{collection, proptest, test_runner};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const ORDERS: &str = "/v2/checkout/orders";

/// Part of an amount: so many quarters of it, and so many cents more, which may be too many.
#[derive(Clone, Copy, Debug)]
struct Share {
    quarters: i64,
    more: i64,
}

impl Share {
    fn of(self, amount: &Value) -> Value {
        dollars(minor(amount) * self.quarters / 4 + self.more)
    }
}

/// Something that a merchant, a buyer, a bank or the time does. Numbers choose among what there is.
#[derive(Clone, Debug)]
enum Step {
    Create { authorize: bool, cents: i64, wallet: bool, saves: bool, invoice: u8, wrong: bool },
    CreateWithSaved { authorize: bool, cents: i64, token: usize },
    Approve { order: usize, funding: Funding },
    Pay { order: usize, other_way: bool, key: u8 },
    Buy { authorize: bool, cents: i64, funding: Funding },
    CaptureHeld { held: usize, share: Share, is_final: bool, key: u8 },
    Void { held: usize },
    Refund { capture: usize, share: Option<Share>, key: u8 },
    Bank { capture: usize, pays: bool },
    RefundEnds { refund: usize, arrives: bool },
    Dispute { capture: usize, share: Option<Share> },
    Decide { dispute: usize, outcome: Outcome },
    Moods { vault: VaultMood, refunds: RefundMood },
    Track { capture: usize },
    ForgetToken { token: usize },
    Wait { hours: i64 },
}

fn share() -> impl Strategy<Value = Share> {
    let more = prop_oneof![Just(0_i64), 1_i64..3];
    (0_i64..=4, more).prop_map(|(quarters, more)| Share { quarters, more })
}

fn funding() -> impl Strategy<Value = Funding> {
    prop_oneof![
        Just(Funding::Balance),
        Just(Funding::Card),
        Just(Funding::Bank),
        Just(Funding::DecliningCard),
        Just(Funding::RefusedCard)
    ]
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![Just(Outcome::BuyerFavour), Just(Outcome::SellerFavour), Just(Outcome::CanceledByBuyer)]
}

fn moods() -> impl Strategy<Value = Step> {
    let vault = prop_oneof![Just(VaultMood::Charges), Just(VaultMood::AsksBuyer), Just(VaultMood::Declines)];
    let refunds = prop_oneof![Just(RefundMood::AtOnce), Just(RefundMood::Waits)];
    (vault, refunds).prop_map(|(vault, refunds)| Step::Moods { vault, refunds })
}

fn step() -> impl Strategy<Value = Step> {
    // Mostly the same one: that is how limits are met.
    let any_one = || prop_oneof![3 => Just(0_usize), 1 => 0_usize..6];
    let (cents, flag) = (100_i64..20_000, any::<bool>());
    let rarely = proptest::bool::weighted(0.1);
    let some = || proptest::option::weighted(0.8, share());
    let created = (flag, cents.clone(), flag, flag, 0_u8..12, rarely);
    let paid = (any_one(), rarely, 0_u8..2);
    prop_oneof![
        2 => created.prop_map(|(authorize, cents, wallet, saves, invoice, wrong)| Step::Create {
            authorize, cents, wallet, saves, invoice, wrong,
        }),
        2 => (flag, cents.clone(), any_one())
            .prop_map(|(authorize, cents, token)| Step::CreateWithSaved { authorize, cents, token }),
        3 => (any_one(), funding()).prop_map(|(order, funding)| Step::Approve { order, funding }),
        4 => paid.prop_map(|(order, other_way, key)| Step::Pay { order, other_way, key }),
        4 => (flag, cents, funding()).prop_map(|(authorize, cents, funding)| Step::Buy { authorize, cents, funding }),
        6 => (any_one(), share(), proptest::bool::weighted(0.2), 0_u8..6)
            .prop_map(|(held, share, is_final, key)| Step::CaptureHeld { held, share, is_final, key }),
        1 => any_one().prop_map(|held| Step::Void { held }),
        6 => (any_one(), some(), 0_u8..6).prop_map(|(capture, share, key)| Step::Refund { capture, share, key }),
        2 => (any_one(), flag).prop_map(|(capture, pays)| Step::Bank { capture, pays }),
        1 => (any_one(), flag).prop_map(|(refund, arrives)| Step::RefundEnds { refund, arrives }),
        3 => (any_one(), some()).prop_map(|(capture, share)| Step::Dispute { capture, share }),
        3 => (any_one(), outcome()).prop_map(|(dispute, outcome)| Step::Decide { dispute, outcome }),
        1 => moods(),
        1 => any_one().prop_map(|capture| Step::Track { capture }),
        1 => any_one().prop_map(|token| Step::ForgetToken { token }),
        1 => (1_i64..40).prop_map(|hours| Step::Wait { hours }),
    ]
}

/// What takes money back out of a capture: there is only one here.
fn back() -> impl Strategy<Value = Step> {
    let some = || proptest::option::weighted(0.8, share());
    prop_oneof![
        4 => (some(), 0_u8..6).prop_map(|(share, key)| Step::Refund { capture: 0, share, key }),
        2 => some().prop_map(|share| Step::Dispute { capture: 0, share }),
        3 => (0_usize..3, outcome()).prop_map(|(dispute, outcome)| Step::Decide { dispute, outcome }),
        1 => (0_usize..3, any::<bool>()).prop_map(|(refund, arrives)| Step::RefundEnds { refund, arrives }),
        1 => moods(),
    ]
}

/// One conversation, and the names that came up in it.
struct Talk {
    merchant: Merchant,
    orders: Vec<String>,
    tokens: Vec<String>,
    said: usize,
}

fn chosen(names: &[String], place: usize) -> String {
    names.get(place % names.len().max(1)).cloned().unwrap_or_else(|| "NOSUCHTHING".to_owned())
}

fn dollars(cents: i64) -> Value {
    usd(&format!("{}.{:02}", cents / 100, cents % 100))
}

impl Talk {
    async fn begin() -> Self {
        Self { merchant: merchant().await, orders: Vec::new(), tokens: Vec::new(), said: 0 }
    }

    fn ids(&self, list: &str, name: &str) -> Vec<String> {
        let books = self.merchant.simulator.books();
        let found = books[list].as_array().unwrap().iter().map(|thing| thing[name].as_str().unwrap().to_owned());
        found.collect()
    }

    async fn take(&mut self, step: Step) {
        self.said += 1;
        match step {
            Step::Create { authorize, cents, wallet, saves, invoice, wrong } => {
                let body = asked(authorize, cents, wallet, saves, invoice, wrong);
                let answer = self.merchant.post(ORDERS, &body).await;
                assert_eq!(answer.status, if wrong { 422 } else { 201 }, "{}", answer.body);
                self.note(&answer);
            }
            Step::CreateWithSaved { authorize, cents, token } => {
                let mut body = asked(authorize, cents, false, false, 0, false);
                body["payment_source"] = json!({ "paypal": { "vault_id": chosen(&self.tokens, token) } });
                let key = format!("saved:{}", self.said);
                let answer = self.merchant.keyed(ORDERS, &key, &body).await;
                self.note(&answer);
            }
            Step::Approve { order, funding } => {
                // Some of them cannot be agreed to any more.
                drop(self.merchant.simulator.approve(&chosen(&self.orders, order), "ada@example.com", funding));
            }
            Step::Pay { order, other_way, key } => {
                let order = chosen(&self.orders, order);
                self.pay(&order, other_way, key).await;
            }
            Step::Buy { authorize, cents, funding } => {
                let body = asked(authorize, cents, false, false, u8::MAX, false);
                let order = self.merchant.approved(&body, funding).await;
                self.orders.push(order.clone());
                self.pay(&order, false, 0).await;
            }
            Step::Wait { hours } => {
                self.merchant.simulator.advance(hours * HOUR);
                self.merchant.sign_in_again().await;
            }
            Step::Moods { vault, refunds } => {
                self.merchant.simulator.vault(vault);
                self.merchant.simulator.refunds(refunds);
            }
            Step::ForgetToken { token } => {
                let path = format!("/v3/vault/payment-tokens/{}", chosen(&self.tokens, token));
                self.merchant.sent("DELETE", &path, self.merchant.request("DELETE", &path)).await;
            }
            later => self.after_paying(later).await,
        }
        self.look_around().await;
        self.audit();
    }

    async fn pay(&mut self, order: &str, other_way: bool, key: u8) {
        let shown = self.merchant.get(&format!("{ORDERS}/{order}")).await;
        let holds = (shown.body["intent"] == "AUTHORIZE") != other_way;
        let path = format!("{ORDERS}/{order}/{}", if holds { "authorize" } else { "capture" });
        let answer = self.merchant.keyed(&path, &format!("{order}:{key}"), &json!({})).await;
        self.note(&answer);
    }

    /// What a thing of the books is about, or a dollar where there is none.
    async fn amount(&self, path: &str) -> Value {
        let shown = self.merchant.get(path).await;
        if shown.status == 200 { shown.body["amount"].clone() } else { usd("1.00") }
    }

    async fn after_paying(&self, step: Step) {
        let simulator = &self.merchant.simulator;
        match step {
            Step::CaptureHeld { held, share, is_final, key } => {
                let path = format!("/v2/payments/authorizations/{}", chosen(&self.ids("authorizations", "id"), held));
                let body = json!({ "amount": share.of(&self.amount(&path).await), "final_capture": is_final });
                self.merchant.keyed(&format!("{path}/capture"), &format!("{path}:{key}"), &body).await;
            }
            Step::Void { held } => {
                let path =
                    format!("/v2/payments/authorizations/{}/void", chosen(&self.ids("authorizations", "id"), held));
                self.merchant.post(&path, &json!({})).await;
            }
            Step::Refund { capture, share, key } => {
                let path = format!("/v2/payments/captures/{}", chosen(&self.ids("captures", "id"), capture));
                let amount = self.amount(&path).await;
                let body = share.map_or(json!({}), |share| json!({ "amount": share.of(&amount) }));
                self.merchant.keyed(&format!("{path}/refund"), &format!("{path}:{key}"), &body).await;
            }
            Step::Track { capture } => {
                let capture = chosen(&self.ids("captures", "id"), capture);
                let shown = self.merchant.get(&format!("/v2/payments/captures/{capture}")).await;
                let order =
                    shown.body["supplementary_data"]["related_ids"]["order_id"].as_str().unwrap_or("NOSUCHORDER");
                let body = json!({ "capture_id": capture, "tracking_number": "1Z9", "carrier": "UPS" });
                self.merchant.post(&format!("{ORDERS}/{order}/track"), &body).await;
            }
            // What follows may be refused as things stand: what counts is that the books stay right.
            Step::Bank { capture, pays: true } => drop(simulator.settle(&chosen(&self.ids("captures", "id"), capture))),
            Step::Bank { capture, pays: false } => drop(simulator.deny(&chosen(&self.ids("captures", "id"), capture))),
            Step::RefundEnds { refund, arrives } => {
                drop(simulator.end_refund(&chosen(&self.ids("refunds", "id"), refund), arrives));
            }
            Step::Dispute { capture, share } => {
                let capture = chosen(&self.ids("captures", "id"), capture);
                let amount = self.amount(&format!("/v2/payments/captures/{capture}")).await;
                let usd = Currency::parse("USD").unwrap();
                let amount = share.map(|share| Money::new(minor(&share.of(&amount)), usd));
                drop(simulator.open_dispute(&capture, Opened { amount, ..Opened::default() }));
            }
            Step::Decide { dispute, outcome } => {
                drop(simulator.resolve_dispute(&chosen(&self.ids("disputes", "dispute_id"), dispute), outcome));
            }
            earlier => unreachable!("{earlier:?} is taken before"),
        }
    }

    fn note(&mut self, answer: &Answer) {
        if answer.status >= 300 {
            return;
        }
        let id = answer.text("/id").to_owned();
        if !self.orders.contains(&id) {
            self.orders.push(id);
        }
        if let Some(token) = answer.body.pointer("/payment_source/paypal/attributes/vault/id").and_then(Value::as_str) {
            self.tokens.push(token.to_owned());
        }
    }

    /// Reads one of everything, so that PayPal's schemas judge it as it stands now.
    async fn look_around(&self) {
        for (list, path) in [
            ("orders", ORDERS),
            ("authorizations", "/v2/payments/authorizations"),
            ("captures", "/v2/payments/captures"),
            ("refunds", "/v2/payments/refunds"),
        ] {
            let ids = self.ids(list, "id");
            let id = chosen(&ids, self.said);
            self.merchant.get(&format!("{path}/{id}")).await;
        }
        if let Some(token) = self.tokens.last() {
            self.merchant.get(&format!("/v3/vault/payment-tokens/{token}")).await;
        }
    }

    /// What was taken, less fees and what went back, is what is there: added up from the things themselves.
    fn audit(&self) {
        let books = self.merchant.simulator.books();
        let of = |list: &str| books[list].as_array().unwrap().clone();
        let mut expected = 0;
        let mut left: BTreeMap<String, i64> = BTreeMap::new();
        for capture in of("captures") {
            let breakdown = &capture["seller_receivable_breakdown"];
            assert_eq!(breakdown.is_null(), ["PENDING", "DECLINED"].contains(&capture["status"].as_str().unwrap()));
            if !breakdown.is_null() {
                let (gross, fee) = (minor(&breakdown["gross_amount"]), minor(&breakdown["paypal_fee"]));
                assert_eq!(minor(&breakdown["net_amount"]), gross - fee);
                expected += gross - fee;
                left.insert(capture["id"].as_str().unwrap().to_owned(), gross);
            }
        }
        for refund in of("refunds").iter().filter(|refund| refund["status"] != "FAILED") {
            let capture = refund["links"][1]["href"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
            *left.get_mut(&capture).unwrap() -= minor(&refund["amount"]);
            expected -= minor(&refund["amount"]);
        }
        for dispute in of("disputes").iter().filter(|dispute| !dispute["dispute_outcome"]["amount_refunded"].is_null())
        {
            let capture = dispute["disputed_transactions"][0]["seller_transaction_id"].as_str().unwrap();
            *left.get_mut(capture).unwrap() -= minor(&dispute["dispute_outcome"]["amount_refunded"]);
            expected -= minor(&dispute["dispute_outcome"]["amount_refunded"]);
        }
        assert!(left.values().all(|left| *left >= 0), "more went back than was taken: {left:?}");
        assert_eq!(self.merchant.balance(), expected);
        for held in of("authorizations") {
            let taken: i64 = of("captures")
                .iter()
                .filter(|capture| capture["supplementary_data"]["related_ids"]["authorization_id"] == held["id"])
                .filter(|capture| capture["status"] != "DECLINED")
                .map(|capture| minor(&capture["amount"]))
                .sum();
            assert!(taken <= minor(&held["amount"]), "more was taken than was held");
        }
    }
}

/// An order of one thing, with a tenth of tax; a wrong one is a cent off.
fn asked(authorize: bool, cents: i64, wallet: bool, saves: bool, invoice: u8, wrong: bool) -> Value {
    let tax = cents / 10;
    let mut body = order(if authorize { "AUTHORIZE" } else { "CAPTURE" }, "0.00");
    let unit = &mut body["purchase_units"][0];
    unit["amount"] = dollars(cents + tax + i64::from(wrong));
    unit["amount"]["breakdown"] = json!({ "item_total": dollars(cents), "tax_total": dollars(tax) });
    unit["items"] = json!([{ "name": "Thing", "quantity": "1", "unit_amount": dollars(cents) }]);
    unit["custom_id"] = json!(format!("pay_{cents}"));
    // Most orders have no invoice; the few there are meet each other.
    if invoice < 3 {
        unit["invoice_id"] = json!(format!("ord_{invoice}"));
    }
    if wallet {
        body["payment_source"] = json!({ "paypal": {} });
    }
    if wallet && saves {
        let vault = json!({ "store_in_vault": "ON_SUCCESS", "usage_type": "MERCHANT" });
        body["payment_source"]["paypal"]["attributes"] = json!({ "customer": { "id": "ada" }, "vault": vault });
    }
    body
}

fn in_a_runtime<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

proptest! {
    #![proptest_config(test_runner::Config { cases: 20, failure_persistence: None, ..test_runner::Config::default() })]

    #[test]
    fn every_answer_is_paypals_and_no_cent_is_made_or_lost(steps in collection::vec(step(), 10..60)) {
        in_a_runtime(async {
            let mut talk = Talk::begin().await;
            for step in steps {
                talk.take(step).await;
            }
        });
    }

    #[test]
    fn no_more_goes_back_of_a_capture_than_was_taken(cents in 100_i64..20_000, steps in collection::vec(back(), 3..16)) {
        in_a_runtime(async {
            let mut talk = Talk::begin().await;
            talk.take(Step::Buy { authorize: false, cents, funding: Funding::Balance }).await;
            for step in steps {
                talk.take(step).await;
            }
        });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_at_the_same_moment_takes_the_money_once() {
    let merchant = merchant().await;
    let id = merchant.approved(&order("CAPTURE", "42.00"), Funding::Balance).await;
    let path = format!("{ORDERS}/{id}/capture");
    let calls = (0..16).map(|_| {
        let request = merchant.request("POST", &path).header("PayPal-Request-Id", "pay_1:capture").json(&json!({}));
        tokio::spawn(request.send())
    });
    let mut captures = Vec::new();
    for call in calls.collect::<Vec<_>>() {
        let paid: Value = call.await.unwrap().unwrap().json().await.unwrap();
        captures.push(paid["purchase_units"][0]["payments"]["captures"][0]["id"].as_str().unwrap().to_owned());
    }
    captures.dedup();
    assert_eq!(captures.len(), 1);
    assert_eq!(merchant.balance(), 4_004);
}

#[test]
fn the_same_seed_tells_the_same_story() {
    let story = || {
        in_a_runtime(async {
            let merchant = merchant().await;
            let (order, capture) = merchant.captured("42.00").await;
            let id = merchant.simulator.open_dispute(&capture, Opened::default()).unwrap();
            (order, capture, id)
        })
    };
    let (one, other) = (story(), story());
    assert_eq!(one, other);
    assert!(one.0.len() == 17 && one.0.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit()));
}
