//! The demo world: businesses, people, what they said and what they sold. It is told as scripts, and every line of
//! a script goes through the same commands as a person's tap.

mod replay;
mod script;

use crate::app::App;
use crate::carrier::simulated::SimulatedCarrier;
use crate::clock::DemoClock;
use crate::problem::Problem;
use crate::provider::simulated::Simulated;
use crate::store::{KvStore, MemoryKv, Store};
use crate::tax::StateEstimates;
use script::World;
use std::sync::Arc;

/// What a build must contain to be able to show the demo; a build for production must not contain it.
pub const MARKER: &str = "x-demo-world-marker";

const WORLD: &str = include_str!("demo/world.json");

/// The handles of the people of the demo world: whom anybody can be.
pub fn people() -> Vec<String> {
    let world: Option<World> = serde_json::from_str(WORLD).ok();
    world.into_iter().flat_map(|world| world.accounts).map(|person| person.handle.to_string()).collect()
}

/// Fills an empty store with the demo world.
///
/// # Errors
/// When the store fails, or the world breaks a rule.
pub async fn seed(app: &App) -> Result<(), Problem> {
    let world: World = serde_json::from_str(WORLD)
        .map_err(|error| Problem::new(500, MARKER, format!("the demo world cannot be read: {error}")))?;
    let end = world.now;

    // Hundreds of commands: run where a write costs nothing, then kept in one.
    let store: Arc<dyn Store> = Arc::new(KvStore::open(MemoryKv::default()).await?);
    let standing_still: crate::clock::Machine = Arc::new(|| 0);
    let rehearsal = App {
        tax: Arc::new(StateEstimates),
        provider: Arc::new(Simulated::new(store.clone(), standing_still.clone())),
        carrier: Some(Arc::new(SimulatedCarrier::new(store.clone()))),
        store,
        machine: standing_still,
        listener: Arc::new(|_| {}),
        photos: crate::pictures::inline(),
        demo: true,
        ..app.clone()
    };
    replay::replay(&rehearsal, world).await?;
    let clock = DemoClock::starting(end, (app.machine)());
    rehearsal.set_demo_clock(clock).await?;
    app.store.import(rehearsal.store.export().await?).await?;
    Ok(())
}

/// Fills the store when nothing is in it yet.
///
/// # Errors
/// When the store fails, or the world breaks a rule.
pub async fn seed_if_empty(app: &App) -> Result<(), Problem> {
    if app.demo_clock().await?.is_none() {
        seed(app).await?;
    }
    Ok(())
}
