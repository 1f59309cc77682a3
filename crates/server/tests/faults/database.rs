//! A database that is full, or gone for a while, and a clock that was set back: a clear refusal, and nothing harmed.

use super::postgres;
use api::app::App;
use api::client::ApiError;
use api::contract::{World, after_every_case};
use api::problem::Problem;
use api::store::{Claim, Store, Work};
use api::wire::{Say, TestBehaviour};
use domain::ids::{MessageId, ThreadId};
use domain::message::Content;
use server::store::{SqlStore, administer};
use std::sync::Arc;

/// Says something; why not.
async fn says(world: &World, thread: &ThreadId, id: &MessageId, text: String) -> Option<Problem> {
    let say = Say { id: id.clone(), content: Content::Text { text: text.parse().expect("words") }, reply_to: None };
    let key = api::client::IdempotencyKey(id.to_string());
    match world.buyer.api.say(&key, thread, &say).await {
        Ok(_) => None,
        Err(ApiError::Problem(problem)) => Some(problem),
        Err(error) => panic!("{error:?}"),
    }
}

#[tokio::test]
async fn a_full_disk_is_said_and_what_was_refused_can_be_said_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = SqlStore::sqlite(&folder.path().join("shop.db")).await.expect("opened");
    let world = World::over(Arc::new(store.clone())).await;
    let (thread, ..) = world.captured().await;
    let pages = store.allow_pages(None).await.expect("readable");
    store.allow_pages(Some(pages + 2)).await.expect("set");
    let mut refused = None;
    for _ in 0..2_000 {
        let id = world.message_id();
        if let Some(problem) = says(&world, &thread, &id, "All work and no play. ".repeat(40)).await {
            refused = Some((id, problem));
            break;
        }
    }
    let (id, problem) = refused.expect("it is full some time");
    assert_eq!((problem.status, problem.code.as_str()), (507, "storage_full"));
    assert!(world.buyer.api.thread(&thread).await.is_ok(), "what is there can be read");
    store.allow_pages(None).await.expect("set");
    assert_eq!(says(&world, &thread, &id, "There is room again".to_owned()).await, None);
    after_every_case(&world).await;
}

#[tokio::test]
async fn a_database_that_is_gone_for_a_while_is_said_and_found_again() {
    let url = postgres::database().await;
    let name = url.rsplit('/').next().expect("a name").to_owned();
    let world = World::over(Arc::new(SqlStore::postgres(&url).await.expect("opened"))).await;
    let (thread, ..) = world.captured().await;
    let request = world.ask(&thread).await;
    world.tap_pay(&request, TestBehaviour::Approve).await;
    let close = format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false");
    administer(&postgres::url(), &close).await.expect("closed");
    let cut = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    administer(&postgres::url(), &cut).await.expect("cut");

    let id = world.message_id();
    let problem = says(&world, &thread, &id, "Is anybody there?".to_owned()).await.expect("nobody");
    assert_eq!((problem.status, problem.code.as_str()), (503, "storage_unavailable"));
    assert!(world.app.tick().await.is_err(), "a worker does not believe that there is nothing to do");

    administer(&postgres::url(), &format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")).await.expect("opened");
    assert_eq!(says(&world, &thread, &id, "Is anybody there?".to_owned()).await, None);
    world.settle().await;
    assert!(!world.state(&thread).await.payments.is_empty());
    after_every_case(&world).await;
}

/// Two workers are never given the same; what one died over is given again; a clock that was set back holds nothing up.
async fn leases(store: SqlStore) {
    let world = World::over(Arc::new(store.clone())).await;
    let thread = world.thread().await;
    let request = world.ask(&thread).await;
    world.tap_pay(&request, TestBehaviour::Approve).await;
    let App { store: kept, .. } = &world.app;
    let now = world.app.now().await.expect("readable");
    let claim = async |machine: i64| {
        let claim = Claim { now, machine, until: machine + 10_000, limit: 16 };
        kept.claim(claim).await.expect("readable")
    };
    let hour = 3_600_000;
    let first = claim(hour).await;
    assert!(matches!(first.as_slice(), [Work::Entry(_)]), "{first:?}");
    assert_eq!(claim(hour + 9_999).await, [], "while the lease runs nobody else is given it");
    assert_eq!(claim(hour + 10_000).await, first, "when it is over the next is");
    assert_eq!(claim(1_000).await, first, "a lease of a clock that was set back is none");
    let (one, other) = futures::join!(claim(hour * 2), claim(hour * 2));
    assert_eq!(one.len() + other.len(), 1, "of two at once one is given it");
    world.settle().await;
    after_every_case(&world).await;
}

#[tokio::test]
async fn a_lease_of_sqlite_is_one_workers() {
    let folder = tempfile::tempdir().expect("a folder");
    leases(SqlStore::sqlite(&folder.path().join("shop.db")).await.expect("opened")).await;
}

#[tokio::test]
async fn a_lease_of_postgres_is_one_workers() {
    leases(SqlStore::postgres(&postgres::database().await).await.expect("opened")).await;
}

#[tokio::test]
async fn a_copy_goes_from_postgres_into_a_file_and_into_postgres_again() {
    use server::photos::MemoryBlobs;
    use server::store::{Place, backup, restore};
    let folder = tempfile::tempdir().expect("a folder");
    let (from, to) = (postgres::database().await, postgres::database().await);
    let store = SqlStore::postgres(&from).await.expect("opened");
    let world = World::over(Arc::new(store.clone())).await;
    world.captured().await;
    let copy = folder.path().join("copy.db");
    let photos = MemoryBlobs::default();
    backup(&Place::Postgres(from), &photos, &copy).await.expect("copied");
    restore(&copy, &Place::Postgres(to.clone()), &photos).await.expect("restored");
    let again = SqlStore::postgres(&to).await.expect("opened");
    assert_eq!(again.export().await.expect("readable"), store.export().await.expect("readable"));
}
