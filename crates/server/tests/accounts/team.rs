//! Staff of a business: invited, joining, removed, and what they may do.

use super::authenticator::Authenticator;
use super::passkeys::{ceremony, send, sign_in, sign_up};
use super::world::{Answer, DAY, World};
use api::wire::{NewInvitation, RecoveryCodes, SeatRole, Team, TeamAct, TeamDeed};
use http::{Method, StatusCode};
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;

/// A business; the cookie of its owner.
pub async fn business(world: &World, handle: &str, authenticator: &mut Authenticator) -> String {
    let wish =
        json!({ "handle": handle, "name": "Vale Prints", "city": "Portland", "state": "OR", "order_prefix": "VP" });
    let made = ceremony(world, "/sign-up", "", &wish, |options| authenticator.make(options)).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    made.brought()
}

/// Invites somebody; what is in the link.
pub async fn invite(world: &World, owner: &str, name: &str) -> NewInvitation {
    let answer = send(world, "/team/invitations", owner, &json!({ "name": name })).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    serde_json::from_value(answer.body).unwrap()
}

/// Takes an invitation; what was answered.
pub async fn join(world: &World, secret: &str, authenticator: &mut Authenticator) -> Answer {
    ceremony(world, "/join", "", &json!({ "secret": secret }), |options| authenticator.make(options)).await
}

pub async fn team(world: &World, cookie: &str) -> Team {
    serde_json::from_value(world.get("/team", cookie).await.body).unwrap()
}

async fn log(world: &World, owner: &str) -> Vec<TeamDeed> {
    serde_json::from_value(world.get("/team/log", owner).await.body).unwrap()
}

fn id_of(team: &Team, name: &str) -> String {
    team.seats.iter().find(|seat| seat.name.as_str() == name).unwrap().id.clone()
}

/// A business with its owner, and Anna.
async fn two(world: &World) -> (String, String, Authenticator) {
    let owner = business(world, "vale.prints", &mut Authenticator::new(1)).await;
    let mut phone = Authenticator::new(2);
    let joined = join(world, &invite(world, &owner, "Anna").await.secret, &mut phone).await;
    assert_eq!(joined.status, StatusCode::OK, "{}", joined.body);
    (owner, joined.brought(), phone)
}

async fn remove(world: &World, owner: &str, name: &str) -> Answer {
    let id = id_of(&team(world, owner).await, name);
    world.post(&format!("/team/seats/{id}/remove"), owner).await
}

#[tokio::test]
async fn who_is_invited_sees_by_whom_and_acts_for_the_business_from_then_on() {
    let world = World::demo(false).await;
    let owner = business(&world, "vale.prints", &mut Authenticator::new(1)).await;
    let invitation = invite(&world, &owner, "Anna").await;
    let look = send(&world, "/join/look", "", &json!({ "secret": invitation.secret })).await;
    assert_eq!((&look.body["business"]["handle"], &look.body["name"]), (&json!("vale.prints"), &json!("Anna")));

    let mut phone = Authenticator::new(2);
    let joined = join(&world, &invitation.secret, &mut phone).await;
    assert_eq!(joined.body["handle"], "vale.prints");
    let anna = joined.brought();
    assert_eq!(world.get("/me", &anna).await.body, world.get("/me", &owner).await.body, "to others they are one");
    let seen = team(&world, &owner).await;
    let told: Vec<_> = seen.seats.iter().map(|seat| (seat.name.as_str(), seat.role)).collect();
    assert_eq!(told, [("Vale Prints", SeatRole::Owner), ("Anna", SeatRole::Staff)]);
    assert!(seen.seats[1].last_seen_at.is_some() && seen.invitations.is_empty());
    assert_eq!(team(&world, &anna).await.you, id_of(&seen, "Anna"));

    let back = sign_in(&world, &mut phone).await;
    assert_eq!((back.status, &back.body["handle"]), (StatusCode::OK, &json!("vale.prints")));
}

#[tokio::test]
async fn what_was_kept_before_there_were_seats_is_the_owners() {
    let world = World::demo(true).await;
    let kai = world.sign_in("kai.shapes").await;
    let team = team(&world, &kai).await;
    assert_eq!((team.seats.len(), team.seats[0].role, team.you.as_str()), (1, SeatRole::Owner, "acc_kai.shapes"));
    let maya = world.sign_in("maya.torres").await;
    let refused = send(&world, "/team/invitations", &maya, &json!({ "name": "Anna" })).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::FORBIDDEN, "only_businesses"));
}

#[tokio::test]
async fn staff_have_passkeys_codes_and_devices_of_their_own() {
    let world = World::demo(false).await;
    let (owner, anna, mut phone) = two(&world).await;
    let ids = async |cookie: &str| world.get("/passkeys", cookie).await.body["passkeys"][0]["id"].clone();
    let owners = ids(&owner).await;
    assert_ne!(owners, ids(&anna).await);
    assert_eq!((world.devices(&owner).await.len(), world.devices(&anna).await.len()), (1, 1));
    let theirs = world.devices(&owner).await.remove(0).id;
    for path in [
        format!("/sessions/{theirs}/revoke"),
        format!("/passkeys/{}/remove", owners.as_str().unwrap()),
        format!("/passkeys/{}/rename", owners.as_str().unwrap()),
    ] {
        let refused =
            send(&world, &path, &anna, &if path.ends_with("name") { json!({ "name": "x" }) } else { Value::Null })
                .await;
        assert_eq!((refused.status, refused.code()), (StatusCode::NOT_FOUND, "not_found"), "{path}");
    }
    let codes: RecoveryCodes = serde_json::from_value(world.post("/recovery-codes", &anna).await.body).unwrap();
    let body = json!({ "handle": "vale.prints", "code": codes.codes[0] });
    let back = send(&world, "/sign-in/recovery", "", &body).await;
    assert_eq!(team(&world, &back.brought()).await.you, id_of(&team(&world, &owner).await, "Anna"));
    assert!(!world.is_signed_in(&anna).await, "hers elsewhere have ended");
    assert!(world.is_signed_in(&owner).await, "and nobody else's");
    // Each proves it with their own.
    world.later(5 * MINUTE);
    let hers = back.brought();
    assert_eq!(world.post("/recovery-codes", &hers).await.code(), "step_up_needed");
    let stranger =
        ceremony(&world, "/step-up", &hers, &Value::Null, |options| Authenticator::new(1).show(options)).await;
    assert_eq!(stranger.status, StatusCode::FORBIDDEN);
    ceremony(&world, "/step-up", &hers, &Value::Null, |options| phone.show(options)).await;
    assert_eq!(world.post("/recovery-codes", &hers).await.status, StatusCode::OK);
    assert_eq!(world.post("/recovery-codes", &owner).await.code(), "step_up_needed");
}

#[tokio::test]
async fn what_is_the_owners_staff_do_not_do() {
    let world = World::demo(false).await;
    let (owner, anna, _) = two(&world).await;
    let (hers, owners) = (team(&world, &anna).await.you, team(&world, &owner).await.you);
    invite(&world, &owner, "Ben").await;
    for (method, path, body) in [
        (Method::GET, "/team/log".to_owned(), json!(null)),
        (Method::POST, "/team/invitations".to_owned(), json!({ "name": "Mallory" })),
        (Method::POST, format!("/team/seats/{owners}/remove"), json!(null)),
        (Method::POST, format!("/team/seats/{hers}/hand-over"), json!(null)),
        (Method::POST, "/wallet/pin".to_owned(), json!({ "pin": "1234" })),
    ] {
        let refused = world.call(method, &path, &[("cookie", &anna)], &body.to_string()).await;
        assert_eq!((refused.status, refused.code()), (StatusCode::FORBIDDEN, "only_owner"), "{path}");
    }
    assert_eq!(team(&world, &anna).await.invitations, [], "who is invited is not told either");
    let renamed = send(&world, "/team/name", &anna, &json!({ "name": "Anna B." })).await;
    assert_eq!(renamed.body["seats"][1]["name"], "Anna B.");
}

#[tokio::test]
async fn who_is_removed_is_signed_out_and_nothing_of_theirs_signs_in() {
    let world = World::demo(false).await;
    let (owner, anna, mut phone) = two(&world).await;
    let codes: RecoveryCodes = serde_json::from_value(world.post("/recovery-codes", &anna).await.body).unwrap();
    let session = world.devices(&anna).await.remove(0).id;
    let begun = send(&world, "/sign-in/passkey/begin", "", &Value::Null).await.body;
    let left = remove(&world, &owner, "Anna").await;
    assert_eq!(left.body["seats"].as_array().unwrap().len(), 1);
    assert!(!world.is_signed_in(&anna).await);
    assert!(world.server.accounts.has_ended(&server::accounts::SessionId(session)).await.unwrap());
    let body = json!({ "id": begun["id"], "credential": phone.show(&begun["options"]) });
    assert_eq!(send(&world, "/sign-in/passkey/finish", "", &body).await.code(), "unknown_passkey");
    let body = json!({ "handle": "vale.prints", "code": codes.codes[0] });
    assert_eq!(send(&world, "/sign-in/recovery", "", &body).await.code(), "wrong_code");
    let again = world.post(&format!("/team/seats/{}/remove", "acc_x~0123456789abcdef"), &owner).await;
    assert_eq!(again.code(), "not_found");
}

#[tokio::test]
async fn the_owner_stays_until_somebody_else_is() {
    let world = World::demo(false).await;
    let mut key = Authenticator::new(1);
    let owner = business(&world, "vale.prints", &mut key).await;
    let invitation = invite(&world, &owner, "Anna").await;
    let anna = join(&world, &invitation.secret, &mut Authenticator::new(2)).await.brought();
    let refused = remove(&world, &owner, "Vale Prints").await;
    assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "owner_stays"));
    let hers = team(&world, &anna).await.you;
    world.later(5 * MINUTE);
    let path = format!("/team/seats/{hers}/hand-over");
    assert_eq!(world.post(&path, &owner).await.code(), "step_up_needed");
    ceremony(&world, "/step-up", &owner, &Value::Null, |options| key.show(options)).await;
    let handed = world.post(&path, &owner).await;
    assert_eq!(handed.body["seats"][1]["role"], "owner", "{}", handed.body);
    assert_eq!(world.get("/team/log", &owner).await.code(), "only_owner", "he is staff now");
    assert_eq!(remove(&world, &anna, "Vale Prints").await.status, StatusCode::OK);
    assert!(!world.is_signed_in(&owner).await, "who was there first goes as anybody does");
    assert_eq!(sign_in(&world, &mut key).await.code(), "unknown_passkey");
    let done: Vec<_> = log(&world, &anna).await.into_iter().map(|deed| (deed.by.to_string(), deed.act)).collect();
    let (anna, prints) = (|| "Anna".to_owned().try_into().unwrap(), || "Vale Prints".to_owned());
    assert_eq!(done[0], ("Anna".to_owned(), TeamAct::Removed { name: prints().try_into().unwrap() }));
    assert_eq!(done[1], (prints(), TeamAct::HandedOver { to: anna() }));
    assert_eq!(done[2], ("Anna".to_owned(), TeamAct::Joined));
    assert_eq!(done[3], (prints(), TeamAct::Invited { name: anna() }));
}

#[tokio::test]
async fn an_invitation_is_good_once_for_seven_days_and_until_it_is_taken_back() {
    let world = World::demo(false).await;
    let mut key = Authenticator::new(1);
    let owner = business(&world, "vale.prints", &mut key).await;
    let (taken, back, late) = (
        invite(&world, &owner, "Anna").await,
        invite(&world, &owner, "Ben").await,
        invite(&world, &owner, "Cleo").await,
    );
    assert_eq!(join(&world, &taken.secret, &mut Authenticator::new(2)).await.status, StatusCode::OK);
    world.post(&format!("/team/invitations/{}/revoke", back.invitation.id), &owner).await;
    world.later(7 * DAY - 1);
    let look = async |secret: &str| send(&world, "/join/look", "", &json!({ "secret": secret })).await;
    assert_eq!(look(&late.secret).await.status, StatusCode::OK);
    world.later(1);
    let changed = format!("{}A", &late.secret[..late.secret.len() - 1]);
    for secret in [&taken.secret, &back.secret, &late.secret, &changed, "acc_x~", "~", "é", &taken.invitation.id] {
        for path in ["/join/look", "/join/begin"] {
            let refused = send(&world, path, "", &json!({ "secret": secret })).await;
            assert_eq!((refused.status, refused.code()), (StatusCode::GONE, "invitation_over"), "{path} {secret}");
        }
    }
    assert_eq!(team(&world, &owner).await.invitations, []);
    let kept = world.store.export().await.unwrap();
    for secret in [&taken.secret, &back.secret, &late.secret] {
        let (_, random) = secret.split_once('~').unwrap();
        assert!(kept.iter().all(|(_, text)| !text.contains(random)), "only its hash is kept");
    }
}

#[tokio::test]
async fn a_business_has_at_most_twenty_people_those_who_are_invited_with_them() {
    let world = World::demo(false).await;
    let owner = business(&world, "vale.prints", &mut Authenticator::new(1)).await;
    let mut last = None;
    for _ in 0..19 {
        last = Some(invite(&world, &owner, "Anna").await);
    }
    let refused = send(&world, "/team/invitations", &owner, &json!({ "name": "Ben" })).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "team_full"));
    join(&world, &last.unwrap().secret, &mut Authenticator::new(2)).await;
    assert_eq!(send(&world, "/team/invitations", &owner, &json!({ "name": "Ben" })).await.code(), "team_full");
}

#[tokio::test]
async fn of_two_who_take_an_invitation_at_once_one_joins() {
    let world = World::demo(false).await;
    let owner = business(&world, "vale.prints", &mut Authenticator::new(1)).await;
    let invitation = invite(&world, &owner, "Anna").await;
    let (mut one, mut other) = (Authenticator::new(2), Authenticator::new(3));
    let (first, second) =
        futures::join!(join(&world, &invitation.secret, &mut one), join(&world, &invitation.secret, &mut other));
    let mut statuses = [first.status, second.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::OK, StatusCode::GONE]);
    assert_eq!(team(&world, &owner).await.seats.len(), 2);
    let signed_in = [sign_in(&world, &mut one).await.status, sign_in(&world, &mut other).await.status];
    assert_eq!(signed_in.iter().filter(|status| **status == StatusCode::OK).count(), 1, "{signed_in:?}");
}

#[tokio::test]
async fn who_is_uninvited_while_joining_does_not_join() {
    let world = World::demo(false).await;
    let owner = business(&world, "vale.prints", &mut Authenticator::new(1)).await;
    let invitation = invite(&world, &owner, "Anna").await;
    let mut phone = Authenticator::new(2);
    let begun = send(&world, "/join/begin", "", &json!({ "secret": invitation.secret })).await.body;
    world.post(&format!("/team/invitations/{}/revoke", invitation.invitation.id), &owner).await;
    let body = json!({ "id": begun["id"], "credential": phone.make(&begun["options"]) });
    let late = send(&world, "/join/finish", "", &body).await;
    assert_eq!((late.code(), late.cookie.is_none()), ("invitation_over", true));
    assert_eq!(sign_in(&world, &mut phone).await.code(), "unknown_passkey");
}

#[tokio::test]
async fn who_is_removed_while_signing_in_or_adding_a_passkey_is_out() {
    let world = World::demo(false).await;
    let (owner, anna, mut phone) = two(&world).await;
    let id = id_of(&team(&world, &owner).await, "Anna");
    let path = format!("/team/seats/{id}/remove");
    let (mut laptop, mut has_made) = (Authenticator::new(4), false);
    let adds = ceremony(&world, "/passkeys", &anna, &Value::Null, |options| {
        has_made = true;
        laptop.make(options)
    });
    let (removed, entered, _added) = futures::join!(world.post(&path, &owner), sign_in(&world, &mut phone), adds);
    assert_eq!(removed.status, StatusCode::OK);
    if entered.cookie.is_some() {
        assert!(!world.is_signed_in(&entered.brought()).await);
    }
    assert_eq!(sign_in(&world, &mut phone).await.code(), "unknown_passkey");
    if has_made {
        assert_eq!(sign_in(&world, &mut laptop).await.code(), "unknown_passkey");
    }
}

#[tokio::test]
async fn nobody_touches_the_team_of_another_business() {
    let world = World::demo(false).await;
    let (owner, anna, _) = two(&world).await;
    let other = business(&world, "other.prints", &mut Authenticator::new(7)).await;
    let hers = team(&world, &anna).await.you;
    let invitation = invite(&world, &owner, "Ben").await;
    for path in [
        format!("/team/seats/{hers}/remove"),
        format!("/team/seats/{hers}/hand-over"),
        format!("/team/invitations/{}/revoke", invitation.invitation.id),
    ] {
        assert_eq!(world.post(&path, &other).await.code(), "not_found", "{path}");
        assert_eq!(world.post(&path, "").await.code(), "signed_out", "{path}");
    }
    assert_eq!(team(&world, &owner).await.seats.len(), 2);
}

#[tokio::test]
async fn the_log_keeps_the_last_two_hundred() {
    let world = World::demo(false).await;
    let owner = business(&world, "vale.prints", &mut Authenticator::new(1)).await;
    for number in 0..205 {
        let renamed = send(&world, "/team/name", &owner, &json!({ "name": format!("Vale {number}") })).await;
        assert_eq!(renamed.status, StatusCode::OK);
    }
    let kept = log(&world, &owner).await;
    assert_eq!(kept.len(), 200);
    assert_eq!(kept[0].act, TeamAct::Renamed { to: "Vale 204".to_owned().try_into().unwrap() });
}

#[tokio::test]
async fn a_recovery_is_in_the_log_and_leaves_programs_their_keys() {
    let world = World::demo(false).await;
    let (owner, _, _) = two(&world).await;
    let codes: RecoveryCodes = serde_json::from_value(world.post("/recovery-codes", &owner).await.body).unwrap();
    let body = json!({ "handle": "vale.prints", "code": codes.codes[0] });
    let back = send(&world, "/sign-in/recovery", "", &body).await.brought();
    assert_eq!(log(&world, &back).await[0].act, TeamAct::Recovered);
    let nina = sign_up(&world, "nina.vale", &mut Authenticator::new(5)).await;
    assert_eq!(log(&world, &nina).await, [], "a person has nobody to tell");
}
