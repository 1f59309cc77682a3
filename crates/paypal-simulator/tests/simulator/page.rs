use crate::harness::{Answer, Merchant, merchant, order};
use reqwest::Response;
use serde_json::{Value, json};

/// An order with places to come back to.
async fn asked(merchant: &Merchant) -> Answer {
    let mut body = order("CAPTURE", "42.00");
    body["purchase_units"][0]["description"] = json!("A <bag>");
    body["payment_source"] = json!({ "paypal": { "experience_context": {
        "brand_name": "Kai Shapes",
        "return_url": "https://shop.example/back?thread=7",
        "cancel_url": "https://shop.example/no",
    } } });
    merchant.post("/v2/checkout/orders", &body).await
}

async fn press(merchant: &Merchant, order: &str, choice: &str) -> Response {
    let form = format!("token={order}&email=ada%40example.com&choice={choice}");
    let post = merchant.http.post(format!("{}/checkoutnow", merchant.simulator.url()));
    post.header("content-type", "application/x-www-form-urlencoded").body(form).send().await.unwrap()
}

fn location(answer: &Response) -> &str {
    answer.headers()["location"].to_str().unwrap()
}

async fn capture(merchant: &Merchant, order: &str) -> Answer {
    merchant.post(&format!("/v2/checkout/orders/{order}/capture"), &json!({})).await
}

#[tokio::test]
async fn the_page_says_who_is_paid_how_much_and_that_it_is_not_real() {
    let merchant = merchant().await;
    let page = merchant.http.get(asked(&merchant).await.link("payer-action")).send().await.unwrap();
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    let text = page.text().await.unwrap();
    for said in ["no real money", "Kai Shapes", "42.00 USD", "A &lt;bag&gt;", "merchant@simulator.example"] {
        assert!(text.contains(said), "{said} in {text}");
    }
    assert!(!text.contains("<script") && policy.contains("default-src 'none'"));
}

#[tokio::test]
async fn whoever_agrees_comes_back_with_the_order_and_their_name() {
    let merchant = merchant().await;
    let order = asked(&merchant).await.text("/id").to_owned();
    let back = press(&merchant, &order, "card").await;
    assert_eq!(back.status(), 303);
    let to = location(&back);
    assert!(to.starts_with(&format!("https://shop.example/back?thread=7&token={order}&PayerID=")), "{to}");
    let payer = merchant.get(&format!("/v2/checkout/orders/{order}")).await;
    assert!(to.ends_with(payer.text("/payer/payer_id")));
    assert_eq!(capture(&merchant, &order).await.status, 201);
}

#[tokio::test]
async fn the_page_remembers_who_is_logged_in() {
    let merchant = merchant().await;
    let order = asked(&merchant).await;
    let back = press(&merchant, order.text("/id"), "balance").await;
    let cookie = back.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let again = asked(&merchant).await;
    let page = merchant.http.get(again.link("payer-action")).header("cookie", cookie).send().await.unwrap();
    assert!(page.text().await.unwrap().contains("value=\"ada@example.com\""));
}

#[tokio::test]
async fn whoever_does_not_want_to_comes_back_without_having_agreed() {
    let merchant = merchant().await;
    let order = asked(&merchant).await.text("/id").to_owned();
    let back = press(&merchant, &order, "cancel").await;
    assert_eq!(
        (back.status().as_u16(), location(&back)),
        (303, format!("https://shop.example/no?token={order}").as_str())
    );
    capture(&merchant, &order).await.refused(422, "ORDER_NOT_APPROVED");
}

#[tokio::test]
async fn a_declined_buyer_comes_back_to_the_same_link_and_pays_otherwise() {
    let merchant = merchant().await;
    let asked = asked(&merchant).await;
    let order = asked.text("/id").to_owned();
    assert_eq!(press(&merchant, &order, "declining_card").await.status(), 303);
    let declined = capture(&merchant, &order).await;
    declined.refused(422, "INSTRUMENT_DECLINED");
    assert_eq!(declined.link("redirect"), asked.link("payer-action"));
    // Until they have chosen again there is nothing to take.
    capture(&merchant, &order).await.refused(422, "ORDER_NOT_APPROVED");
    assert_eq!(merchant.http.get(declined.link("redirect")).send().await.unwrap().status(), 200);
    assert_eq!(press(&merchant, &order, "balance").await.status(), 303);
    assert_eq!(capture(&merchant, &order).await.status, 201);
    assert_eq!(merchant.balance(), 4_004);
}

#[tokio::test]
async fn what_a_bank_does_later_is_chosen_on_the_page_too() {
    let merchant = merchant().await;
    for (choice, status) in [("bank", "PENDING"), ("refused_card", "DECLINED")] {
        let order = asked(&merchant).await.text("/id").to_owned();
        press(&merchant, &order, choice).await;
        let paid = capture(&merchant, &order).await;
        assert_eq!(paid.text("/purchase_units/0/payments/captures/0/status"), status);
    }
}

#[tokio::test]
async fn without_a_place_to_go_the_page_says_that_it_is_done() {
    let merchant = merchant().await;
    let id = merchant.post("/v2/checkout/orders", &order("CAPTURE", "1.00")).await.text("/id").to_owned();
    let page = press(&merchant, &id, "balance").await;
    assert_eq!(page.status(), 200);
    assert!(page.text().await.unwrap().contains("close this window"));
}

#[tokio::test]
async fn what_is_over_cannot_be_agreed_to() {
    let merchant = merchant().await;
    let (order, _) = merchant.captured("1.00").await;
    let link = format!("{}/checkoutnow?token={order}", merchant.simulator.url());
    assert_eq!(merchant.http.get(link).send().await.unwrap().status(), 410);
    assert_eq!(press(&merchant, &order, "balance").await.status(), 410);
    let lost = press(&merchant, "NOSUCHORDER", "balance").await;
    assert_eq!(lost.status(), 410);
    let events: Vec<Value> = merchant.simulator.events();
    assert_eq!(events.iter().filter(|event| event["event_type"] == "CHECKOUT.ORDER.APPROVED").count(), 1);
}
