//! A number is registered once it is handed over, again where nobody answered, and never holds up its parcel.

use super::fake::Asked;
use super::world::{NUMBER, Shop, scan, told};
use api::client::OrderAct;
use base64::Engine as _;
use domain::order::{Fulfilment, Funds, TrackingStatus};
use serde_json::json;

#[tokio::test]
async fn a_number_is_registered_once_with_its_carrier_and_our_key() {
    let shop = Shop::new().await;
    shop.kai_ships().await;
    let key = base64::engine::general_purpose::STANDARD.encode("EZAK1:");
    let tracker = json!({ "tracking_code": NUMBER, "carrier": "UPS" });
    assert_eq!(shop.fake.asked(), [Asked { authorization: format!("Basic {key}"), tracker }]);
    assert!(shop.world.app.store.outbox(10).await.unwrap().is_empty(), "nothing is left to do");
}

#[tokio::test]
async fn what_the_carrier_has_seen_before_is_told_with_the_answer() {
    let shop = Shop::new().await;
    let now = shop.world.app.now().await.unwrap();
    shop.fake.know(&[scan(now, 0, "pre_transit")]);
    let sent = shop.kai_ships().await;
    assert_eq!(shop.parcel(&sent).await.status(), Some(TrackingStatus::LabelCreated));
}

#[tokio::test]
async fn a_registration_that_is_not_answered_is_tried_again_and_holds_up_nobody() {
    for status in [503, 500, 429, 401, 302] {
        let shop = Shop::new().await;
        // Given an EasyPost that has taken the number and never said so
        shop.fake.answer(Some(status));
        let sent = shop.kai_ships().await;
        assert_eq!(shop.order(&sent).await.fulfilment(), Fulfilment::Shipped, "{status}");
        shop.world.pass(60).await;
        assert!(shop.fake.asked().len() > 1, "{status}: asked again");
        // When it answers again
        shop.fake.answer(None);
        shop.world.pass(600).await;
        let asked = shop.fake.asked().len();
        assert!(shop.world.app.store.outbox(10).await.unwrap().is_empty());
        shop.world.pass(3_600).await;
        assert_eq!(shop.fake.asked().len(), asked, "{status}: and not once more");
        // Then the parcel is followed
        assert_eq!(shop.tell(&told("trk_1", &[scan(sent.at, 0, "in_transit")])).await, 200);
        assert_eq!(shop.parcel(&sent).await.status(), Some(TrackingStatus::InTransit), "{status}");
    }
}

#[tokio::test]
async fn a_number_that_easypost_does_not_know_goes_by_hand() {
    let shop = Shop::new().await;
    shop.fake.answer(Some(422));
    let sent = shop.kai_ships().await;
    shop.world.pass(86_400).await;
    assert_eq!(shop.fake.asked().len(), 1, "asked once");
    // The buyer says that it came.
    shop.world.buyer.api.on_order(&shop.world.key(), &sent.order, OrderAct::ConfirmReceipt).await.unwrap();
    shop.world.settle().await;
    assert!(matches!(shop.order(&sent).await.funds, Funds::Released { .. }));
}
