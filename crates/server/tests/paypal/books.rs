//! Our books beside PayPal's: per payment what was taken, what went back, what it cost.

use super::world::Shop;
use domain::ids::PaymentId;
use domain::ledger::Account;
use domain::money::Currency;
use domain::payment::{Payment, RefundStatus};
use serde_json::Value;
use server::audit::audit;
use std::collections::{BTreeMap, BTreeSet};

/// What moved for one payment, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    pub taken: i64,
    pub back: i64,
    pub fee: i64,
}

fn minor(amount: &Value) -> i64 {
    let text = amount["value"].as_str().expect("an amount");
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |text| (-1, text));
    let (whole, cents) = text.split_once('.').expect("two decimals");
    sign * (whole.parse::<i64>().expect("digits") * 100 + cents.parse::<i64>().expect("digits"))
}

/// What PayPal's postings say of each payment, by our names for them.
pub fn theirs(books: &Value) -> BTreeMap<String, Moved> {
    let list = |name: &str| books[name].as_array().expect("a list").clone();
    let text = |value: &Value, name: &str| value[name].as_str().map(str::to_owned);
    let mut payment_of: BTreeMap<String, String> = BTreeMap::new();
    for capture in list("captures") {
        if let (Some(id), Some(custom)) = (text(&capture, "id"), text(&capture, "custom_id")) {
            payment_of.insert(id, custom);
        }
    }
    for refund in list("refunds") {
        let links = refund["links"].as_array().expect("links").iter();
        let up = links.filter(|link| link["rel"] == "up").find_map(|link| link["href"].as_str()?.rsplit('/').next());
        let payment = up.and_then(|capture| payment_of.get(capture)).expect("of a capture").clone();
        payment_of.insert(text(&refund, "id").expect("a name"), payment);
    }
    let mut moved: BTreeMap<String, Moved> = BTreeMap::new();
    for posting in list("postings") {
        let (of, amount) = (posting["of"].as_str().expect("of something"), minor(&posting["amount"]));
        if posting["reason"] == "reversal" {
            continue;
        }
        // By nobody's name of ours: it is told apart from what is ours.
        let payment = payment_of.get(of).map_or(of, String::as_str).to_owned();
        let sum = moved.entry(payment).or_default();
        match posting["reason"].as_str().expect("a reason") {
            "capture" => sum.taken += amount,
            "fee" => sum.fee -= amount,
            "refund" | "refund_failed" => sum.back -= amount,
            other => panic!("money moved for {other}"),
        }
    }
    // What a decision took back has a name of its own there: the dispute says of which capture it was.
    for dispute in list("disputes") {
        let amount = &dispute["dispute_outcome"]["amount_refunded"];
        let capture = dispute["disputed_transactions"][0]["seller_transaction_id"].as_str().expect("of a capture");
        if let (false, Some(payment)) = (amount.is_null(), payment_of.get(capture)) {
            moved.entry(payment.clone()).or_default().back += minor(amount);
        }
    }
    let reversed: i64 =
        list("postings").iter().filter(|one| one["reason"] == "reversal").map(|one| minor(&one["amount"])).sum();
    let decided: i64 = list("disputes")
        .iter()
        .map(|dispute| &dispute["dispute_outcome"]["amount_refunded"])
        .filter(|amount| !amount.is_null())
        .map(minor)
        .sum();
    assert_eq!(reversed + decided, 0, "nothing went back but by what was decided");
    moved
}

/// What our own events say. What is on its way back has left the seller at PayPal already.
fn ours(payment: &Payment) -> Moved {
    let back = payment.refunded().minor + payment.lost().minor;
    Moved { taken: payment.captured().minor, back, fee: payment.fee.map_or(0, |fee| fee.minor) }
}

fn on_its_way(payment: &Payment) -> i64 {
    let pending = payment.refunds.values().filter(|refund| refund.status == RefundStatus::Pending);
    pending.map(|refund| refund.amount.minor).sum()
}

/// The books are in order in themselves, and PayPal's say the same: payment by payment, and nothing beside.
pub async fn are_equal(shop: &Shop) {
    let audit = audit(shop.world.app.store.as_ref()).await.expect("readable");
    assert!(audit.differences.is_empty(), "{audit}");
    let theirs = theirs(&shop.simulator.books());
    let mut seen = BTreeSet::new();
    for thread in &audit.threads {
        let state = shop.world.state(thread).await;
        for payment in state.payments.values() {
            seen.insert(payment.id.to_string());
            let theirs = theirs.get(payment.id.as_str()).copied().unwrap_or_default();
            assert_eq!(ours(payment), theirs, "ours and PayPal's of {}", payment.id);
            let with_buyer = Moved { back: ours(payment).back - on_its_way(payment), ..ours(payment) };
            in_the_ledger(&state.ledger, state.order_of(&payment.id).map(|order| &order.id), with_buyer);
        }
        for request in state.requests.keys() {
            let taken = state.attempts(request).filter(|attempt| attempt.captured().minor > 0).count();
            assert!(taken <= 1, "{request} is paid at most once");
        }
    }
    let strange: Vec<_> = theirs.keys().filter(|payment| !seen.contains(*payment)).collect();
    assert!(strange.is_empty(), "PayPal has moved money that we know nothing of: {strange:?}");
    let letters = shop.world.app.store.documents("dead-letter").await.expect("readable");
    assert!(letters.is_empty(), "what a worker reported was refused: {letters:?}");
}

fn in_the_ledger(ledger: &domain::ledger::Ledger, order: Option<&domain::ids::OrderId>, moved: Moved) {
    let Some(order) = order else { return assert_eq!(moved, Moved::default(), "money without an order") };
    let balance = |account| ledger.balance(order, account, Currency::USD).minor;
    assert_eq!(balance(Account::Buyer), moved.back - moved.taken, "what the buyer is out of");
    assert_eq!(balance(Account::Processor), moved.fee, "what it cost");
}

/// How many captures that stand PayPal has for an attempt.
pub fn captures(shop: &Shop, payment: &PaymentId) -> usize {
    let books = shop.simulator.books();
    let of_it = |capture: &&Value| capture["custom_id"] == payment.as_str() && capture["status"] != "DECLINED";
    books["captures"].as_array().expect("a list").iter().filter(of_it).count()
}
