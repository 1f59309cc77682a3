//! What is half made when a write fails: nothing of it is in the way of whoever tries again.

use super::authenticator::Authenticator;
use super::failing::Failing;
use super::passkeys::{ceremony, sign_in};
use super::team::{business, invite, join, team};
use super::world::World;
use api::store::KvStore;
use http::StatusCode;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

fn world() -> (World, Arc<AtomicI64>) {
    let (kv, left) = Failing::never();
    (World::over(Arc::new(KvStore::new(kv)), false), left)
}

#[tokio::test]
async fn whatever_write_of_a_sign_up_fails_the_handle_is_had_by_trying_again() {
    let wish = json!({ "handle": "nina.vale", "name": "Nina Vale", "city": "Chicago", "state": "IL" });
    for failing in 0.. {
        let (world, left) = world();
        left.store(failing, Ordering::SeqCst);
        let mut phone = Authenticator::new(1);
        let made = ceremony(&world, "/sign-up", "", &wish, |options| phone.make(options)).await;
        let came = left.swap(-1, Ordering::SeqCst) >= 0;
        if made.status != StatusCode::OK {
            let mut other = Authenticator::new(2);
            let again = ceremony(&world, "/sign-up", "", &wish, |options| other.make(options)).await;
            // Made, and only not signed in: then the first passkey opens it.
            let is_there = again.status == StatusCode::OK || sign_in(&world, &mut phone).await.status == StatusCode::OK;
            assert!(is_there, "write {failing}: {}", again.body);
        }
        let found = world.server.app.accounts().await.unwrap();
        assert_eq!(found.iter().filter(|account| account.handle.as_str() == "nina.vale").count(), 1, "write {failing}");
        if came {
            assert!(failing > 4, "{failing} writes are too few to make an account");
            break;
        }
    }
}

#[tokio::test]
async fn of_two_who_want_a_handle_at_once_one_has_it_and_the_other_is_not_there() {
    let (world, _) = world();
    let wish = json!({ "handle": "nina.vale", "name": "Nina Vale", "city": "Chicago", "state": "IL" });
    let (mut one, mut other) = (Authenticator::new(1), Authenticator::new(2));
    let (first, second) = futures::join!(
        ceremony(&world, "/sign-up", "", &wish, |options| one.make(options)),
        ceremony(&world, "/sign-up", "", &wish, |options| other.make(options))
    );
    let made = [first.status, second.status].into_iter().filter(|status| *status == StatusCode::OK).count();
    let found = world.server.app.accounts().await.unwrap();
    let there = found.iter().filter(|account| account.handle.as_str() == "nina.vale").count();
    assert!(made <= 1 && there == made, "{made} made, {there} there");
}

#[tokio::test]
async fn whatever_write_of_joining_fails_the_invitation_makes_one_seat() {
    for failing in 0.. {
        let (world, left) = world();
        let owner = business(&world, "vale.prints", &mut Authenticator::new(1)).await;
        let invitation = invite(&world, &owner, "Anna").await;
        left.store(failing, Ordering::SeqCst);
        let mut phone = Authenticator::new(2);
        let joined = join(&world, &invitation.secret, &mut phone).await;
        let came = left.swap(-1, Ordering::SeqCst) >= 0;
        if joined.status != StatusCode::OK {
            let again = join(&world, &invitation.secret, &mut Authenticator::new(3)).await;
            let is_in = again.status == StatusCode::OK || sign_in(&world, &mut phone).await.status == StatusCode::OK;
            assert!(is_in, "write {failing}: {}", again.body);
        }
        assert_eq!(team(&world, &owner).await.seats.len(), 2, "write {failing}");
        if came {
            assert!(failing > 4, "{failing} writes are too few to join");
            break;
        }
    }
}

#[tokio::test]
async fn whatever_write_of_removing_fails_who_was_removed_is_out_after_trying_again() {
    for failing in 0.. {
        let (world, left) = world();
        let owner = business(&world, "vale.prints", &mut Authenticator::new(1)).await;
        let mut phone = Authenticator::new(2);
        let anna = join(&world, &invite(&world, &owner, "Anna").await.secret, &mut phone).await.brought();
        let id = team(&world, &owner).await.seats[1].id.clone();
        let path = format!("/team/seats/{id}/remove");
        left.store(failing, Ordering::SeqCst);
        let removed = world.post(&path, &owner).await;
        let came = left.swap(-1, Ordering::SeqCst) >= 0;
        if removed.status != StatusCode::OK {
            // Whoever is not in the team any more is out from the first moment on; else removing them is begun anew.
            if team(&world, &owner).await.seats.len() == 2 {
                assert_eq!(world.post(&path, &owner).await.status, StatusCode::OK, "write {failing}");
            }
        }
        assert!(!world.is_signed_in(&anna).await);
        assert_eq!(sign_in(&world, &mut phone).await.status, StatusCode::FORBIDDEN, "write {failing}");
        if came {
            assert!(failing > 4, "{failing} writes are too few to remove somebody");
            break;
        }
    }
}
