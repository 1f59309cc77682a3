//! Recovery codes.

use super::authenticator::Authenticator;
use super::passkeys::{send, sign_up};
use super::world::{Answer, World};
use api::wire::RecoveryCodes;
use http::StatusCode;
use serde_json::json;

async fn new_codes(world: &World, cookie: &str) -> Vec<String> {
    let answer = world.post("/recovery-codes", cookie).await;
    serde_json::from_value::<RecoveryCodes>(answer.body).unwrap().codes
}

async fn recover(world: &World, handle: &str, code: &str) -> Answer {
    send(world, "/sign-in/recovery", "", &json!({ "handle": handle, "code": code })).await
}

#[tokio::test]
async fn a_code_signs_in_once_and_ends_all_other_sessions() {
    let world = World::demo(false).await;
    let before = sign_up(&world, "nina.vale", &mut Authenticator::new(1)).await;
    let codes = new_codes(&world, &before).await;
    assert_eq!(codes.len(), 10);

    let back = recover(&world, "nina.vale", &codes[3].to_lowercase().replace('-', " ")).await;
    assert_eq!(back.status, StatusCode::OK, "{}", back.body);
    let cookie = back.brought();
    assert!(!world.is_signed_in(&before).await);
    assert!(world.is_signed_in(&cookie).await);
    assert_eq!(world.get("/passkeys", &cookie).await.body["recovery_codes"], 9);
    // It proves who one is: another passkey can be made at once.
    assert_eq!(world.post("/passkeys/begin", &cookie).await.status, StatusCode::OK);

    let again = recover(&world, "nina.vale", &codes[3]).await;
    assert_eq!((again.status, again.code()), (StatusCode::FORBIDDEN, "wrong_code"));
    assert_eq!(recover(&world, "nina.vale", &codes[4]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn new_codes_make_those_before_worthless() {
    let world = World::demo(false).await;
    let cookie = sign_up(&world, "nina.vale", &mut Authenticator::new(1)).await;
    let before = new_codes(&world, &cookie).await;
    let after = new_codes(&world, &cookie).await;
    assert_eq!(recover(&world, "nina.vale", &before[0]).await.code(), "wrong_code");
    assert_eq!(recover(&world, "nina.vale", &after[0]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_wrong_code_says_nothing_about_who_is_here() {
    let world = World::demo(false).await;
    let nina = sign_up(&world, "nina.vale", &mut Authenticator::new(1)).await;
    sign_up(&world, "omar.vale", &mut Authenticator::new(2)).await;
    let hers = new_codes(&world, &nina).await;
    let mut told = Vec::new();
    for (handle, code) in [
        ("nina.vale", "0000-0000-0000-0000"),
        ("nina.vale", "nonsense"),
        ("omar.vale", hers[0].as_str()),
        ("nobody", hers[0].as_str()),
    ] {
        let refused = recover(&world, handle, code).await;
        assert_eq!((refused.status, refused.cookie), (StatusCode::FORBIDDEN, None), "{handle} {code}");
        told.push(refused.body);
    }
    assert!(told.iter().all(|body| *body == told[0]));
    assert!(world.is_signed_in(&nina).await);
}

#[tokio::test]
async fn of_two_who_use_a_code_at_once_one_is_let_in() {
    let world = World::demo(false).await;
    let cookie = sign_up(&world, "nina.vale", &mut Authenticator::new(1)).await;
    let code = new_codes(&world, &cookie).await.remove(0);
    let (one, other) = futures::join!(recover(&world, "nina.vale", &code), recover(&world, "nina.vale", &code));
    let mut statuses = [one.status, other.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::FORBIDDEN]);
}

#[tokio::test]
async fn codes_are_not_kept_as_they_are() {
    let world = World::demo(false).await;
    let cookie = sign_up(&world, "nina.vale", &mut Authenticator::new(1)).await;
    let codes = new_codes(&world, &cookie).await;
    let kept = world.store.export().await.unwrap();
    assert!(kept.iter().any(|(key, _)| key.contains("recovery/")), "something is kept");
    for code in codes.iter().flat_map(|code| [code.clone(), code.replace('-', "")]) {
        assert!(kept.iter().all(|(_, text)| !text.contains(&code)));
    }
}
