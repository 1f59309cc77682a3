//! The demo world obeys every rule, and shows what it should.
#![cfg(feature = "router")]

use api::app::App;
use api::carrier::simulated::SimulatedCarrier;
use api::provider::simulated::Simulated;
use api::store::{KvStore, MemoryKv, Store};
use api::tax::StateEstimates;
use api::wire::Folder;
use domain::headline::HeadlineState;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

fn app() -> App {
    let store: Arc<dyn Store> = Arc::new(KvStore::new(MemoryKv::default()));
    let machine: api::clock::Machine = Arc::new(|| 1_700_000_000_000);
    let drawn = AtomicU64::new(1);
    App {
        tax: Arc::new(StateEstimates),
        provider: Arc::new(Simulated::new(store.clone(), machine.clone())),
        carrier: Some(Arc::new(SimulatedCarrier::new(store.clone()))),
        store,
        machine,
        entropy: Arc::new(move || u128::from(drawn.fetch_add(1, Ordering::Relaxed)) << 64),
        listener: Arc::new(|_| {}),
        is_own: Arc::new(|origin| origin == "http://localhost:8080"),
        photos: api::pictures::inline(),
        demo: true,
    }
}

#[test]
fn the_demo_world_is_played_through_the_commands_without_a_refusal() {
    futures::executor::block_on(async {
        let app = app();
        api::demo::seed(&app).await.unwrap();
        let maya = "acc_maya.torres".parse().unwrap();
        let mut inbox = app.store.inbox(&maya, Folder::Primary, None, 50).await.unwrap();
        inbox.extend(app.store.inbox(&maya, Folder::Requests, None, 50).await.unwrap());
        assert!(inbox.len() >= 9);
        let mut states = Vec::new();
        for (_, id) in inbox {
            let summary = app.store.summary(&id).await.unwrap().unwrap();
            println!("{} {:?}", summary.seller, summary.headline);
            states.extend(summary.headline.map(|headline| headline.state));
        }
        for expected in [
            HeadlineState::ToPay,
            HeadlineState::OutForDelivery,
            HeadlineState::OnItsWay,
            HeadlineState::ToShip,
            HeadlineState::ToCheck,
        ] {
            assert!(states.contains(&expected), "{expected:?}");
        }
        let letters = app.store.documents("dead-letter").await.unwrap();
        assert!(letters.is_empty(), "{letters:?}");
    });
}
