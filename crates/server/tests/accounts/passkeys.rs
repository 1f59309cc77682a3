//! Accounts of one's own: made with a passkey, opened with it, and what it is asked for.

use super::authenticator::Authenticator;
use super::world::{Answer, World};
use api::wire::{Account, Proofs, SignInWays};
use http::{Method, StatusCode};
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;

fn wish(handle: &str) -> Value {
    json!({ "handle": handle, "name": "Nina Vale", "city": "Chicago", "state": "Illinois" })
}

/// A call of somebody who brings a cookie, or nobody.
pub async fn send(world: &World, path: &str, cookie: &str, body: &Value) -> Answer {
    world.call(Method::POST, path, &[("cookie", cookie)], &body.to_string()).await
}

/// Begins a ceremony, has `answer` do what is asked for, and ends it.
pub async fn ceremony(
    world: &World,
    path: &str,
    cookie: &str,
    wish: &Value,
    answer: impl FnOnce(&Value) -> Value,
) -> Answer {
    let begun = send(world, &format!("{path}/begin"), cookie, wish).await;
    if begun.status != StatusCode::OK {
        return begun;
    }
    let body = json!({ "id": begun.body["id"], "credential": answer(&begun.body["options"]) });
    send(world, &format!("{path}/finish"), cookie, &body).await
}

/// Makes an account; the cookie it is signed in with.
pub async fn sign_up(world: &World, handle: &str, authenticator: &mut Authenticator) -> String {
    let made = ceremony(world, "/sign-up", "", &wish(handle), |options| authenticator.make(options)).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    made.brought()
}

/// Signs in; what was answered.
pub async fn sign_in(world: &World, authenticator: &mut Authenticator) -> Answer {
    ceremony(world, "/sign-in/passkey", "", &Value::Null, |options| authenticator.show(options)).await
}

async fn proofs(world: &World, cookie: &str) -> Proofs {
    serde_json::from_value(world.get("/passkeys", cookie).await.body).unwrap()
}

#[tokio::test]
async fn an_account_is_made_with_a_passkey_and_opened_with_it_on_another_device() {
    let world = World::demo(false).await;
    let ways: SignInWays = serde_json::from_value(world.get("/sign-in", "").await.body).unwrap();
    assert!(ways.passkeys);
    let mut phone = Authenticator::new(1);
    let here = sign_up(&world, "nina.vale", &mut phone).await;
    let me: Account = serde_json::from_value(world.get("/me", &here).await.body).unwrap();
    assert_eq!((me.handle.as_str(), me.state.as_str(), me.business), ("nina.vale", "IL", None));

    let there = sign_in(&world, &mut phone).await;
    assert_eq!(there.status, StatusCode::OK, "{}", there.body);
    assert_eq!(there.body["id"], me.id.as_str());
    assert_eq!(world.devices(&there.brought()).await.len(), 2);
    assert_eq!(proofs(&world, &here).await.passkeys.len(), 1);
}

#[tokio::test]
async fn a_business_has_order_numbers_of_its_own() {
    let world = World::demo(false).await;
    let mut wish = wish("vale.prints");
    wish["order_prefix"] = json!("VP");
    let mut phone = Authenticator::new(1);
    let made = ceremony(&world, "/sign-up", "", &wish, |options| phone.make(options)).await;
    assert_eq!(made.body["business"]["order_prefix"], "VP");
    let customer = sign_up(&world, "nina.vale", &mut Authenticator::new(2)).await;
    let found = world.get("/accounts?query=vale.prints", &customer).await;
    assert_eq!(found.body[0]["handle"], "vale.prints");
}

#[tokio::test]
async fn a_passkey_is_asked_for_as_one_that_knows_whose_it_is() {
    let world = World::demo(false).await;
    let begun = send(&world, "/sign-up/begin", "", &wish("nina.vale")).await.body;
    let asked = &begun["options"]["publicKey"];
    assert_eq!(asked["authenticatorSelection"]["residentKey"], "required");
    assert_eq!(asked["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(asked["rp"]["id"], "localhost");
    assert!(!asked["user"]["id"].as_str().unwrap().contains("nina"), "an authenticator learns no id of ours");
    let begun = send(&world, "/sign-in/passkey/begin", "", &Value::Null).await.body;
    let asked = &begun["options"]["publicKey"];
    assert_eq!((&asked["allowCredentials"], &asked["userVerification"]), (&json!([]), &json!("required")));
}

#[tokio::test]
async fn a_handle_is_one_accounts_alone() {
    let world = World::demo(false).await;
    let (mut one, mut other) = (Authenticator::new(1), Authenticator::new(2));
    // Both begin while it is free.
    let begun = send(&world, "/sign-up/begin", "", &wish("nina.vale")).await.body;
    sign_up(&world, "nina.vale", &mut one).await;
    let body = json!({ "id": begun["id"], "credential": other.make(&begun["options"]) });
    let late = send(&world, "/sign-up/finish", "", &body).await;
    assert_eq!((late.status, late.code()), (StatusCode::CONFLICT, "handle_taken"));
    assert_eq!(late.cookie, None);
    for handle in ["nina.vale", "maya.torres", "bottega", "support"] {
        let refused = send(&world, "/sign-up/begin", "", &wish(handle)).await;
        assert_eq!((refused.code(), &refused.body["field"]), ("handle_taken", &json!("handle")), "{handle}");
    }
}

#[tokio::test]
async fn a_ceremony_is_good_once_and_for_ten_minutes() {
    let world = World::demo(false).await;
    let mut phone = Authenticator::new(1);
    sign_up(&world, "nina.vale", &mut phone).await;
    for (waits, status) in [(10 * MINUTE - 1, StatusCode::OK), (10 * MINUTE, StatusCode::GONE)] {
        let begun = send(&world, "/sign-in/passkey/begin", "", &Value::Null).await.body;
        let body = json!({ "id": begun["id"], "credential": phone.show(&begun["options"]) });
        world.later(waits);
        assert_eq!(send(&world, "/sign-in/passkey/finish", "", &body).await.status, status);
        let again = send(&world, "/sign-in/passkey/finish", "", &body).await;
        assert_eq!((again.status, again.code()), (StatusCode::GONE, "ceremony_over"));
    }
    // What was begun for something else ends nothing.
    let begun = send(&world, "/sign-in/passkey/begin", "", &Value::Null).await.body;
    let body = json!({ "id": begun["id"], "credential": phone.make(&json!({ "publicKey": {
        "challenge": begun["options"]["publicKey"]["challenge"], "user": { "id": "AAAA" } } })) });
    assert_eq!(send(&world, "/sign-up/finish", "", &body).await.code(), "ceremony_over");
}

#[tokio::test]
async fn a_passkey_that_lies_signs_nobody_in() {
    let world = World::demo(false).await;
    let mut phone = Authenticator::new(1);
    sign_up(&world, "nina.vale", &mut phone).await;

    let stranger = sign_in(&world, &mut Authenticator::new(9)).await;
    assert_eq!((stranger.status, stranger.cookie.is_none()), (StatusCode::FORBIDDEN, true));
    phone.origin = "http://evil.example";
    assert_eq!(sign_in(&world, &mut phone).await.code(), "passkey_refused");
    phone.origin = "http://localhost:8080";
    phone.verifies = false;
    assert_eq!(sign_in(&world, &mut phone).await.code(), "passkey_refused");
    phone.verifies = true;
    let forged = |mut credential: Value| {
        credential["response"]["signature"] = json!("MEQCIAAA");
        credential
    };
    let answer = ceremony(&world, "/sign-in/passkey", "", &Value::Null, |options| forged(phone.show(options))).await;
    assert_eq!((answer.status, answer.cookie.is_none()), (StatusCode::FORBIDDEN, true));
    assert_eq!(sign_in(&world, &mut phone).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_passkey_is_of_one_account_alone() {
    let world = World::demo(false).await;
    let mut phone = Authenticator::new(1);
    sign_up(&world, "nina.vale", &mut phone).await;
    let again = ceremony(&world, "/sign-up", "", &wish("nina.other"), |options| phone.make(options)).await;
    assert_eq!((again.status, again.code()), (StatusCode::CONFLICT, "passkey_taken"));
}

#[tokio::test]
async fn passkeys_are_added_named_and_removed_but_not_the_only_way_in() {
    let world = World::demo(false).await;
    let (mut phone, mut laptop) = (Authenticator::new(1), Authenticator::new(2));
    let cookie = sign_up(&world, "nina.vale", &mut phone).await;
    let added = ceremony(&world, "/passkeys", &cookie, &Value::Null, |options| laptop.make(options)).await;
    let Proofs { passkeys, recovery_codes } = serde_json::from_value(added.body).unwrap();
    assert_eq!((passkeys.len(), recovery_codes), (2, 0));
    assert_eq!(sign_in(&world, &mut laptop).await.status, StatusCode::OK);

    let path = format!("/passkeys/{}", passkeys[1].id);
    send(&world, &format!("{path}/rename"), &cookie, &json!({ "name": "The laptop" })).await;
    assert_eq!(proofs(&world, &cookie).await.passkeys[1].name.as_ref().unwrap().as_str(), "The laptop");
    let nameless = send(&world, &format!("{path}/rename"), &cookie, &json!({ "name": " " })).await;
    assert_eq!(nameless.code(), "invalid_body");

    assert_eq!(world.post(&format!("{path}/remove"), &cookie).await.status, StatusCode::OK);
    assert_eq!(sign_in(&world, &mut laptop).await.code(), "unknown_passkey");
    assert_eq!(world.post(&format!("{path}/remove"), &cookie).await.code(), "not_found");
    let last = format!("/passkeys/{}/remove", passkeys[0].id);
    assert_eq!(world.post(&last, &cookie).await.code(), "last_passkey");
    assert_eq!(world.post("/recovery-codes", &cookie).await.status, StatusCode::OK);
    assert_eq!(world.post(&last, &cookie).await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_opens_an_account_is_only_changed_by_who_has_just_proved_who_they_are() {
    let world = World::demo(false).await;
    let mut phone = Authenticator::new(1);
    let cookie = sign_up(&world, "nina.vale", &mut phone).await;
    assert_eq!(world.post("/passkeys/begin", &cookie).await.status, StatusCode::OK);
    world.later(5 * MINUTE);
    let id = proofs(&world, &cookie).await.passkeys[0].id.clone();
    for path in ["/passkeys/begin", "/recovery-codes", &format!("/passkeys/{id}/remove")] {
        let refused = world.post(path, &cookie).await;
        assert_eq!((refused.status, refused.code()), (StatusCode::FORBIDDEN, "step_up_needed"), "{path}");
    }
    let proved = ceremony(&world, "/step-up", &cookie, &Value::Null, |options| phone.show(options)).await;
    assert_eq!(proved.status, StatusCode::OK, "{}", proved.body);
    assert_eq!(world.post("/recovery-codes", &cookie).await.status, StatusCode::OK);
}

/// What Maya answers to what Kai asks of her in the demo world.
async fn pay(world: &World, cookie: &str, total: i64) -> Answer {
    let request = world.store.export().await.unwrap().into_iter().find_map(|(_, text)| {
        let at = text.find("\"pr_")? + 1;
        text[at..].split('"').next().map(str::to_owned)
    });
    let body = json!({ "revision": 1, "delivery": 0, "total": { "minor": total, "currency": "USD" },
        "method": world.get("/wallet", cookie).await.body["methods"][0]["id"],
        "address": world.get("/wallet", cookie).await.body["addresses"][0]["id"] });
    send(world, &format!("/payment-requests/{}/pay", request.unwrap()), cookie, &body).await
}

#[tokio::test]
async fn a_large_sum_is_paid_by_who_has_just_proved_who_they_are() {
    let world = World::demo(true).await;
    let maya = world.sign_in("maya.torres").await;
    let asked_to = async |total| pay(&world, &maya, total).await.code() == "step_up_needed";
    assert!(!asked_to(25_000).await, "she has no passkey to prove it with");
    let mut phone = Authenticator::new(1);
    ceremony(&world, "/passkeys", &maya, &Value::Null, |options| phone.make(options)).await;
    assert!(asked_to(25_000).await);
    assert!(!asked_to(24_999).await);
    ceremony(&world, "/step-up", &maya, &Value::Null, |options| phone.show(options)).await;
    assert!(!asked_to(25_000).await);
    world.later(5 * MINUTE);
    assert!(asked_to(25_000).await);
}

#[tokio::test]
async fn nobody_proves_to_be_somebody_with_a_passkey_of_their_own() {
    let world = World::demo(false).await;
    let (mut nina, mut mallory) = (Authenticator::new(1), Authenticator::new(2));
    let hers = sign_up(&world, "nina.vale", &mut nina).await;
    let his = sign_up(&world, "mallory", &mut mallory).await;
    let answer = ceremony(&world, "/step-up", &hers, &Value::Null, |options| mallory.show(options)).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    // Nor by ending what was begun for somebody else.
    let begun = send(&world, "/step-up/begin", &his, &Value::Null).await.body;
    let body = json!({ "id": begun["id"], "credential": mallory.show(&begun["options"]) });
    assert_eq!(send(&world, "/step-up/finish", &hers, &body).await.code(), "ceremony_over");
    let begun = send(&world, "/passkeys/begin", &his, &Value::Null).await.body;
    let body = json!({ "id": begun["id"], "credential": Authenticator::new(3).make(&begun["options"]) });
    assert_eq!(send(&world, "/passkeys/finish", &hers, &body).await.code(), "ceremony_over");
    for path in ["/passkeys/begin", "/step-up/begin", "/recovery-codes"] {
        assert_eq!(world.post(path, "").await.code(), "signed_out", "{path}");
    }
}

#[tokio::test]
async fn nobody_becomes_somebody_of_the_demo_who_is_not_of_it() {
    let world = World::demo(true).await;
    let cookie = sign_up(&world, "nina.vale", &mut Authenticator::new(1)).await;
    let ways: SignInWays = serde_json::from_value(world.get("/sign-in", "").await.body).unwrap();
    assert!(ways.demo.unwrap().iter().all(|account| account.handle.as_str() != "nina.vale"));
    assert_eq!(world.sign_in_with("nina.vale", "").await.status, StatusCode::NOT_FOUND);
    // Begun anew, the demo still has who came to it.
    assert_eq!(world.post("/demo/reset", &cookie).await.status, StatusCode::OK);
    assert!(world.is_signed_in(&cookie).await);
}

#[tokio::test]
async fn nonsense_makes_no_account() {
    let world = World::demo(false).await;
    for (field, value, code) in [
        ("handle", json!("Nina Vale"), "invalid_body"),
        ("handle", json!("../me"), "invalid_body"),
        ("name", json!(" "), "invalid_body"),
        ("state", json!("Lombardy"), "invalid_state"),
        ("order_prefix", json!("vp"), "invalid_body"),
        ("admin", json!(true), "invalid_body"),
    ] {
        let mut wish = wish("nina.vale");
        wish[field] = value;
        assert_eq!(send(&world, "/sign-up/begin", "", &wish).await.code(), code, "{field}");
    }
    let begun = send(&world, "/sign-up/begin", "", &wish("nina.vale")).await.body;
    let body = json!({ "id": begun["id"], "credential": { "id": 7 } });
    assert_eq!(send(&world, "/sign-up/finish", "", &body).await.code(), "invalid_body");
    let body = json!({ "id": "no-such", "credential": {} });
    assert_eq!(send(&world, "/sign-up/finish", "", &body).await.code(), "ceremony_over");
}
