//! The figures of a business are counted again from its own export, by the script in `docs/`, without a line of ours.
#![cfg(feature = "contract")]

use api::contract::{World, facts};
use api::store::{KvStore, MemoryKv};
use domain::facts::{Facts, Standing, Waits};
use futures::executor::block_on;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

fn script() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/facts.py")
}

/// What the script has to print for what the API says.
fn as_printed(facts: &Facts) -> String {
    let wait = |waits: &Waits| match waits.median {
        Some(median) => format!("{} s, the middle of {}", median.as_millis() / 1000, waits.count),
        None => "none yet".to_owned(),
    };
    format!(
        "Replies in: {}\nShipped on time: {} of {}\nMoney back in: {}\nAsked for help: {} of {} - for the buyer: {}\n",
        wait(&facts.replies),
        facts.shipping.on_time,
        facts.shipping.known(),
        wait(&facts.refunds),
        facts.helped,
        facts.orders,
        facts.decided_for_buyer,
    )
}

#[test]
fn ten_lines_count_the_same_from_an_export_as_the_api() {
    assert!(std::fs::read_to_string(script()).expect("the script").lines().count() <= 10);
    let (export, facts) = block_on(async {
        let world = World::over(Arc::new(KvStore::new(MemoryKv::default()))).await;
        facts::five_orders(&world).await;
        let now = world.app.now().await.expect("a clock");
        let export = world.seller.api.everything_of_me(now, |_| {}).await.expect("an export");
        let Standing::Known { facts, .. } = world.buyer.api.facts("kai").await.expect("facts") else {
            panic!("five orders are enough");
        };
        (serde_json::to_string(&export).expect("JSON"), facts)
    });
    let file = std::env::temp_dir().join(format!("facts-{}.json", std::process::id()));
    std::fs::write(&file, export).expect("written");
    let ran = Command::new("python3").arg(script()).arg(&file).output();
    std::fs::remove_file(&file).expect("it was there");
    let output = match ran {
        Ok(output) => output,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("not tried: there is no python3 here");
            return;
        }
        Err(error) => panic!("{error}"),
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), as_printed(&facts));
}
