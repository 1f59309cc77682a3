//! What arrives at the route: only what EasyPost signed changes anything, whatever order it comes in and however often,
//! and never another conversation's parcel.

use super::world::{Configured, NUMBER, Sent, Shop, scan, signature, told};
use domain::order::{Fulfilment, TrackingStatus};
use serde_json::{Value, json};

use TrackingStatus::{Delivered, InTransit, OutForDelivery, Returned, Returning};

/// A parcel that was handed over two days ago, and five scans of it.
async fn on_its_way() -> (Shop, Sent, Vec<Value>) {
    let shop = Shop::new().await;
    let sent = shop.kai_ships().await;
    shop.world.pass(2 * 86_400).await;
    let words = ["pre_transit", "in_transit", "in_transit", "out_for_delivery", "delivered"];
    let scans = (1..).zip(words).map(|(n, word)| scan(sent.at, n * 8, word)).collect();
    (shop, sent, scans)
}

async fn is_refused(shop: &Shop, body: &str, signature: Option<&str>, what: &str) {
    let before = shop.everything().await;
    assert_eq!(shop.deliver(body, signature).await, 400, "{what}");
    assert_eq!(shop.everything().await, before, "{what} leaves a trace");
}

/// What is taken and says nothing leaves no trace either.
async fn is_ignored(shop: &Shop, event: &Value, what: &str) {
    let before = shop.everything().await;
    assert_eq!(shop.tell(event).await, 200, "{what}");
    assert_eq!(shop.everything().await, before, "{what} leaves a trace");
}

#[tokio::test]
async fn told_out_of_order_and_twice_a_parcel_is_delivered_and_each_milestone_is_said_once() {
    let (shop, sent, scans) = on_its_way().await;
    for some in [&scans[..4], &scans[..2], &scans[2..], &scans[..4], &scans[..], &scans[..1], &scans[..]] {
        let backwards: Vec<Value> = some.iter().rev().cloned().collect();
        assert_eq!(shop.tell(&told("trk_1", &backwards)).await, 200);
    }
    let parcel = shop.parcel(&sent).await;
    assert_eq!((shop.order(&sent).await.fulfilment(), parcel.events.len()), (Fulfilment::Delivered, 5));
    assert_eq!(parcel.received_at(), Some(scans[4]["datetime"].as_str().unwrap().parse().unwrap()));
    assert_eq!(shop.lines(&sent).await, [OutForDelivery, Delivered]);
}

#[tokio::test]
async fn an_older_scan_undoes_no_arrival_and_a_return_does() {
    let (shop, sent, scans) = on_its_way().await;
    shop.tell(&told("trk_1", &scans[4..])).await;
    shop.tell(&told("trk_1", &scans[..4])).await;
    assert_eq!(shop.parcel(&sent).await.status(), Some(Delivered));
    shop.tell(&told("trk_1", &[scan(sent.at, 44, "return_to_sender")])).await;
    assert_eq!(shop.parcel(&sent).await.status(), Some(Returning), "it was turned back, and is not back yet");
    shop.tell(&told("trk_1", &[scan(sent.at, 44, "return_to_sender"), scan(sent.at, 46, "delivered")])).await;
    assert_eq!(shop.parcel(&sent).await.status(), Some(Returned));
}

#[tokio::test]
async fn only_what_easypost_signed_for_this_shop_changes_anything() {
    let (shop, sent, scans) = on_its_way().await;
    let body = told("trk_1", &scans).to_string();
    let genuine = signature("se\u{301}cret".as_bytes(), &body);
    is_refused(&shop, &body, None, "no signature").await;
    is_refused(&shop, &body, Some(""), "an empty signature").await;
    is_refused(&shop, &body, Some(&signature(b"secret", &body)), "another secret").await;
    is_refused(&shop, &body, Some(&signature("s\u{e9}cret".as_bytes(), &body)), "a secret that was not decomposed")
        .await;
    is_refused(&shop, &body, Some(&genuine.replace("sha256", "sha1")), "another scheme").await;
    is_refused(&shop, &format!("{body}\n"), Some(&genuine), "a line feed more").await;
    is_refused(&shop, &body.replace("in_transit", "delivered"), Some(&genuine), "an altered body").await;
    assert_eq!(shop.deliver(&body, Some(&genuine)).await, 200);
    assert_eq!(shop.parcel(&sent).await.status(), Some(Delivered));
}

#[tokio::test]
async fn a_delivery_of_more_than_a_mebibyte_is_not_read() {
    let shop = Shop::new().await;
    let body = "x".repeat(1024 * 1024 + 1);
    assert_eq!(shop.deliver(&body, Some(&signature(b"secret", &body))).await, 413);
}

#[tokio::test]
async fn what_easypost_says_of_other_things_is_taken_and_ignored() {
    let (shop, sent, scans) = on_its_way().await;
    let kind = |kind: &str| {
        Value::from_iter(
            told("trk_1", &scans)
                .as_object()
                .unwrap()
                .clone()
                .into_iter()
                .map(|(key, value)| if key == "description" { (key, kind.into()) } else { (key, value) }),
        )
    };
    is_ignored(&shop, &kind("batch.updated"), "a batch").await;
    is_ignored(&shop, &kind("tracker.teleported"), "a word of next year").await;
    is_ignored(&shop, &json!({ "description": "tracker.updated", "result": { "id": 7 } }), "no tracker").await;
    is_ignored(&shop, &json!(["no", "event"]), "no event").await;
    is_ignored(&shop, &told("trk_1", &[scan(sent.at, 1, "teleported")]), "an unknown status").await;
    let mut elsewhere = told("trk_99", &scans);
    elsewhere["result"]["tracking_code"] = "9400111899223197428490".into();
    is_ignored(&shop, &elsewhere, "a number of nobody's").await;
    assert_eq!(shop.tell(&kind("tracker.created")).await, 200);
    assert_eq!(shop.lines(&sent).await, [OutForDelivery, Delivered], "the other kind that counts");
}

#[tokio::test]
async fn of_two_parcels_with_one_number_each_goes_by_its_own_tracker() {
    let (shop, first, scans) = on_its_way().await;
    shop.fake.recycle();
    let second = shop.terra_ships().await;
    shop.tell(&told("trk_2", &[scan(second.at, 0, "in_transit")])).await;
    assert_eq!((shop.parcel(&first).await.status(), shop.parcel(&second).await.status()), (None, Some(InTransit)));
    shop.tell(&told("trk_1", &scans)).await;
    let both = (shop.parcel(&first).await.status(), shop.parcel(&second).await.status());
    assert_eq!(both, (Some(Delivered), Some(InTransit)));
}

#[tokio::test]
async fn a_tracker_never_tells_of_a_second_conversation() {
    let (shop, first, scans) = on_its_way().await;
    // Given a seller who says that somebody else's parcel is theirs
    let second = shop.terra_ships().await;
    assert_eq!(shop.fake.asked().len(), 2);
    // When that one arrives
    shop.tell(&told("trk_1", &scans)).await;
    // Then it has arrived for one buyer
    assert_eq!((shop.parcel(&first).await.status(), shop.parcel(&second).await.status()), (Some(Delivered), None));
}

#[tokio::test]
async fn a_webhook_that_is_faster_than_the_answer_finds_the_only_open_parcel_with_its_number() {
    let shop = Shop::new().await;
    shop.fake.answer(Some(503));
    let sent = shop.kai_ships().await;
    let mut of_another = told("trk_1", &[scan(sent.at, 0, "in_transit")]);
    of_another["result"]["carrier"] = "FedEx".into();
    is_ignored(&shop, &of_another, "another carrier's").await;
    shop.tell(&told("trk_1", &[scan(sent.at, 0, "in_transit")])).await;
    assert_eq!(shop.parcel(&sent).await.status(), Some(InTransit));
}

#[tokio::test]
async fn of_two_open_parcels_with_one_number_and_no_tracker_neither_is_guessed() {
    let shop = Shop::new().await;
    shop.fake.answer(Some(503));
    let (first, second) = (shop.kai_ships().await, shop.terra_ships().await);
    assert_eq!(shop.parcel(&first).await.tracking.unwrap().as_str(), NUMBER);
    is_ignored(&shop, &told("trk_1", &[scan(second.at, 0, "in_transit")]), "one of two").await;
    assert_eq!((shop.parcel(&first).await.status(), shop.parcel(&second).await.status()), (None, None));
}

#[tokio::test]
async fn a_whole_server_has_the_route_outside_of_the_api_and_only_with_easypost() {
    let shop = Shop::new().await;
    assert_eq!(shop.whole(Configured::Yes, "/hooks/easypost").await, 400, "unsigned");
    assert_eq!(shop.whole(Configured::Yes, "/v1/hooks/easypost").await, 404);
    assert_eq!(shop.whole(Configured::No, "/hooks/easypost").await, 404);
}
