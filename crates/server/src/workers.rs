//! What happens by itself: the outbox and the timers. Each thing is leased to one worker, of whatever server; what a
//! worker dies over is given to the next when the lease is over.

use api::app::App;
use api::problem::Problem;
use api::store::{Claim, Work};
use api::worker::Worked;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::task::{JoinHandle, JoinSet};

/// How long one thing is a worker's. Doing it twice is harmless, as each thing is done under its own name; it is not to
/// happen only because PayPal is slow.
const LEASE: Duration = Duration::from_secs(20);
/// How long a worker may take over one thing: it is cut off before its lease is over, so that nobody has it meanwhile.
/// Four calls of PayPal one after the other fit, each to its last moment: an order, what was taken of it, its disputes
/// and one of them. What needs more goes on the next time from what it has noted.
const PATIENCE: Duration = Duration::from_secs(18);
const _: () = assert!(4 * crate::config::PAYPAL_PATIENCE.as_secs() <= PATIENCE.as_secs());
const _: () = assert!(PATIENCE.as_secs() < LEASE.as_secs());
/// What is done at once.
const TOGETHER: usize = 16;
/// How often it is looked whether something is due: what another server has put there, and timers.
const LOOK: Duration = Duration::from_secs(1);

/// How long it is waited for more once something has happened: mostly it is words, and there is nothing to do.
const GATHER: Duration = Duration::from_millis(5);

/// Tells the workers that there may be something to do.
#[derive(Clone, Default)]
pub struct Wake(Arc<Notify>);

impl Wake {
    /// Something was put into the outbox, or the clock was set.
    pub fn up(&self) {
        self.0.notify_one();
    }

    /// Until somebody tells. One hears it: whoever else waits has a wake of its own.
    pub(crate) async fn heard(&self) {
        self.0.notified().await;
    }
}

/// The workers of one server.
pub struct Working {
    ended: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Working {
    /// Lets things happen from now on.
    pub fn begin(app: App, wake: Wake) -> Self {
        let (ended, ends) = watch::channel(false);
        Self { ended, task: tokio::spawn(go_on(app, wake, ends)) }
    }

    /// Begins nothing more, and waits for what was begun.
    pub async fn end(self) {
        // Nobody hears it where the task has gone already.
        let _heard = self.ended.send(true);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "a worker ended by itself");
        }
    }
}

async fn go_on(app: App, wake: Wake, mut ends: watch::Receiver<bool>) {
    while !*ends.borrow() {
        match work_off(&app).await {
            // What was done may have led to more.
            Ok(done) if done > 0 => continue,
            Ok(_) => {}
            Err(problem) => tracing::warn!(code = problem.code, "what is due cannot be looked at; it is tried again"),
        }
        tokio::select! {
            () = wake.0.notified() => tokio::time::sleep(GATHER).await,
            () = tokio::time::sleep(LOOK) => {}
            _ = ends.changed() => {}
        }
    }
}

/// Does what is due now, as far as nobody else has it; how many things were done.
///
/// # Errors
/// When the store does not say what is due.
pub async fn work_off(app: &App) -> Result<usize, Problem> {
    let now = app.now().await?;
    let machine = (app.machine)();
    let lease = i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX);
    let claim = Claim { now, machine, until: machine.saturating_add(lease), limit: TOGETHER };
    let (mut begun, mut given) = (JoinSet::new(), HashMap::new());
    for work in app.store.claim(claim).await? {
        let (app, due) = (app.clone(), work.clone());
        // What does not answer by then is given to the next: it must not hold up all else.
        let silent = |_| Problem::new(503, "processor_silent", "This took longer than a worker has.");
        let task = begun
            .spawn(async move { tokio::time::timeout(PATIENCE, app.work_off(&due, now)).await.map_err(silent)? })
            .id();
        given.insert(task, work);
    }
    let mut done = 0;
    while let Some(ended) = begun.join_next_with_id().await {
        let (task, outcome) = match ended {
            Ok(ended) => ended,
            Err(broken) => {
                tracing::error!(error = %broken, "a worker broke");
                (broken.id(), Err(Problem::new(500, "broken", "A worker broke over it.")))
            }
        };
        let Some(work) = given.remove(&task) else { continue };
        let kind = kind(&work);
        let worked = match outcome {
            Ok(worked) => {
                done += usize::from(worked == Worked::Done);
                worked
            }
            Err(problem) => {
                metrics::counter!("bottega_work_failed_total", "kind" => kind).increment(1);
                tracing::warn!(kind, code = problem.code, "something that was due failed; it is tried again");
                match app.put_off(&work, problem, now).await {
                    Ok(Worked::Failed) => Worked::Failed,
                    Ok(Worked::Done | Worked::SetAside) => continue,
                    Err(problem) => {
                        tracing::warn!(kind, code = problem.code, "nor can it be put off; it is given to the next");
                        continue;
                    }
                }
            }
        };
        match worked {
            Worked::Done => metrics::counter!("bottega_work_done_total", "kind" => kind).increment(1),
            Worked::SetAside => {
                metrics::counter!("bottega_work_set_aside_total", "kind" => kind).increment(1);
                tracing::error!(kind, "something that was due is hopeless for now; it is set aside");
            }
            Worked::Failed => {
                metrics::counter!("bottega_work_given_up_total", "kind" => kind).increment(1);
                tracing::error!(kind, "something has failed for good: see `bottega-server dead-letters`");
            }
        }
    }
    Ok(done)
}

fn kind(work: &Work) -> &'static str {
    match work {
        Work::Entry(_) => "entry",
        Work::Timers(..) => "timers",
    }
}
