//! A copy is made while the server goes on, and brings everything back that was there at its moment.

use api::app::kinds;
use api::contract::{World, after_every_case};
use api::store::Store;
use domain::thread::Thread;
use server::photos::{BlobName, Blobs, Folder};
use server::store::SqlStore;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

fn run(words: &[&str], database: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bottega-server"));
    command.args(words).arg("--database").arg(format!("sqlite:{}", database.display()));
    command.output().expect("a program that runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_made_while_people_talk_brings_back_a_moment() {
    let folder = tempfile::tempdir().expect("a folder");
    let (database, copy) = (folder.path().join("shop.db"), folder.path().join("copy.db"));
    let store = SqlStore::sqlite(&database).await.expect("opened");
    let world = World::over(Arc::new(store.clone())).await;
    let (thread, ..) = world.captured().await;
    let before = world.state(&thread).await.seq;
    let to = copy.display().to_string();
    let from = database.clone();
    let copying = tokio::task::spawn_blocking(move || run(&["backup", "--to", &to], &from));
    while !copying.is_finished() {
        world.say(&world.buyer, &thread, "And on it goes").await;
    }
    let output = copying.await.expect("ended");
    assert!(output.status.success(), "{}", said(&output));
    let after = world.state(&thread).await.seq;

    let restored = folder.path().join("restored.db");
    let output = run(&["restore", "--from", &copy.display().to_string()], &restored);
    assert!(output.status.success(), "{}", said(&output));
    let again = SqlStore::sqlite(&restored).await.expect("opened");
    let state = again.thread(&thread).await.expect("readable").expect("there");
    assert!((before..=after).contains(&state.seq), "{before} <= {} <= {after}", state.seq);
    let log = again.events_of(&thread, 0, usize::MAX).await.expect("readable");
    assert_eq!(Thread::replay(&log).expect("no gap"), Some(state), "all of one moment");
    after_every_case(&world).await;
}

#[tokio::test]
async fn a_copy_has_the_photos_and_brings_them_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let (database, copy) = (folder.path().join("shop.db"), folder.path().join("copy.db"));
    let store = SqlStore::sqlite(&database).await.expect("opened");
    let photos = Folder::open(&folder.path().join("shop.photos")).expect("opened");
    let pictures: Vec<Vec<u8>> = (0..300_u32).map(|n| n.to_le_bytes().repeat(50)).collect();
    for (n, bytes) in pictures.iter().enumerate() {
        let name = BlobName::of(bytes);
        photos.put(&name, bytes.clone()).await.expect("kept");
        let photo = format!(r#"{{"id":"pho_{n:03}","url":"file:image/jpeg:{name}"}}"#);
        store.put_document(kinds::PHOTO, &format!("pho_{n:03}"), None, photo, None).await.expect("kept");
    }
    let lost = format!(r#"{{"id":"pho_lost","url":"file:image/png:{}"}}"#, BlobName::of(b"lost"));
    store.put_document(kinds::PHOTO, "pho_lost", None, lost, None).await.expect("kept");
    store.close().await;
    let output = run(&["backup", "--to", &copy.display().to_string()], &database);
    assert!(output.status.success(), "{}", said(&output));
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(told.contains("300 photos; 1 more are not where they should be"), "{told}");

    let restored = folder.path().join("restored.db");
    let output = run(&["restore", "--from", &copy.display().to_string()], &restored);
    assert!(output.status.success(), "{}", said(&output));
    let again = Folder::open(&folder.path().join("restored.photos")).expect("opened");
    for bytes in &pictures {
        assert_eq!(again.get(&BlobName::of(bytes)).await.expect("readable").as_ref(), Some(bytes));
    }
    let (one, other) = (SqlStore::sqlite(&database).await, SqlStore::sqlite(&restored).await);
    let (one, other) = (one.expect("opened").export().await, other.expect("opened").export().await);
    assert_eq!(one.expect("readable"), other.expect("readable"));
}

#[tokio::test]
async fn a_copy_replaces_nothing_and_a_damaged_one_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let (database, copy) = (folder.path().join("shop.db"), folder.path().join("copy.db"));
    let world = World::over(Arc::new(SqlStore::sqlite(&database).await.expect("opened"))).await;
    world.captured().await;
    let to = copy.display().to_string();
    assert!(run(&["backup", "--to", &to], &database).status.success());
    let again = run(&["backup", "--to", &to], &database);
    assert!(!again.status.success() && said(&again).contains("is there already"), "{}", said(&again));
    let full = run(&["restore", "--from", &to], &database);
    assert!(!full.status.success() && said(&full).contains("empty database"), "{}", said(&full));
    let missing = run(&["backup", "--to", &format!("{to}.2")], &folder.path().join("nothing.db"));
    assert!(!missing.status.success() && said(&missing).contains("no such database"), "{}", said(&missing));

    let mut bytes = std::fs::read(&copy).expect("readable");
    let middle = bytes.len() / 2;
    bytes[middle..].fill(0x5a);
    std::fs::write(&copy, bytes).expect("written");
    let damaged = run(&["restore", "--from", &to], &folder.path().join("new.db"));
    assert!(!damaged.status.success(), "a damaged copy is not brought back");
    std::fs::write(&copy, "no database").expect("written");
    assert!(!run(&["restore", "--from", &to], &folder.path().join("newer.db")).status.success());
}
