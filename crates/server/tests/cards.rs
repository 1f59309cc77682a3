//! Card numbers that people type are nowhere afterwards: not in the database, and not in its journals.

use api::contract::World;
use api::wire::{MakeCounter, Product, SendRequest};
use domain::event::Event;
use domain::payment_request::Proposal;
use serde_json::{Value, json};
use server::store::SqlStore;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

/// Numbers that brands give for tests, as people write them.
const TYPED: [&str; 6] = [
    "4242 4242 4242 4242",
    "5555-5555-5555-4444",
    "378282246310005",
    "6011 1111 1111 1117",
    "4000.0025.0000.3155",
    "my card: 4012888888881881, exp 12/30",
];

/// All of a file but what may stand between two digits.
fn squeezed(path: &Path) -> String {
    let mut bytes = Vec::new();
    std::fs::File::open(path).expect("there").read_to_end(&mut bytes).expect("readable");
    String::from_utf8_lossy(&bytes).chars().filter(|one| !" -.\t\u{a0}".contains(*one)).collect()
}

fn number(typed: &str) -> String {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let longest = if digits.starts_with('3') { 15 } else { 16 };
    digits[..longest].to_owned()
}

fn usd(minor: i64) -> Value {
    json!({ "minor": minor, "currency": "USD" })
}

/// Something of that name, on sale.
fn terms(typed: &str) -> SendRequest {
    let item = json!({ "name": typed, "detail": typed, "quantity": 1, "unit_price": usd(1_000) });
    let terms = json!({
        "items": [item],
        "discount": usd(0),
        "delivery": [{ "type": "digital" }],
        "tax": { "type": "amount", "amount": usd(0) },
        "note": typed,
    });
    SendRequest { terms: serde_json::from_value(terms).expect("sound terms"), expires_in_seconds: None }
}

fn product(typed: &str) -> Product {
    let product = json!({ "id": "prd_1", "name": typed, "detail": typed, "price": usd(100) });
    serde_json::from_value(product).expect("a product")
}

#[tokio::test]
async fn a_card_number_that_is_typed_is_nowhere_in_the_database() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = SqlStore::sqlite(&folder.path().join("shop.db")).await.expect("opened");
    let world = World::over(Arc::new(store.clone())).await;
    let thread = world.thread().await;
    for typed in TYPED {
        world.say(&world.buyer, &thread, typed).await;
        world.say(&world.seller, &thread, &format!("{typed} and nothing else")).await;
        let sent = world.seller.api.send_request(&world.key(), &thread, &terms(typed)).await.expect("sent");
        let Event::RequestSent { request, .. } = &sent.events.first().expect("something happened").event else {
            panic!("{sent:?}")
        };
        let total = serde_json::from_value(usd(900)).expect("an amount");
        let proposal = Proposal { quantities: Vec::new(), total, note: Some(typed.parse().expect("words")) };
        let counter = MakeCounter { revision: 1, proposal };
        world.buyer.api.counter(&world.key(), request, &counter).await.expect("offered");
        world.seller.api.save_product(&world.key(), &product(typed)).await.expect("saved");
    }
    let said = serde_json::to_string(&world.app.store.export().await.expect("readable")).expect("JSON");
    assert!(said.contains("•••• 4242") && said.contains("•••• 0005"), "they were typed, and masked");
    store.close().await;
    let mut files = 0;
    for file in std::fs::read_dir(folder.path()).expect("readable") {
        let path = file.expect("an entry").path();
        let text = squeezed(&path);
        for typed in TYPED {
            assert!(!text.contains(&number(typed)), "{typed} is in {}", path.display());
        }
        files += 1;
    }
    assert!(files > 0);
}
