//! One file has one writer, and each of its transactions ends with the disk. So appends that wait while one transaction
//! is under way go into the next one together, and are answered when all of it is on the disk. In it each has a
//! savepoint of its own: one that lost a race takes nothing of the others with it.

use super::append::{Cursors, append_in};
use super::link::{Link, args, failed, or_race};
use api::store::{Append, AppendError, StoreError};
use futures::FutureExt;
use sqlx::SqlitePool;
use std::panic::AssertUnwindSafe;
use tokio::sync::{mpsc, oneshot};

/// Most appends in one transaction; also most that wait before others wait to wait.
const TOGETHER: usize = 64;

const BEGINS: &str = "SAVEPOINT one";
const ENDS: &str = "RELEASE one";
const UNDONE: &str = "ROLLBACK TO one";

type Outcome = Result<Cursors, AppendError>;

/// An append, and who waits for what comes of it.
struct Waiting {
    append: Append,
    answer: oneshot::Sender<Outcome>,
}

/// The way to the writer of a file. Cheap to clone; with the last of them the writer goes.
#[derive(Clone, Debug)]
pub(super) struct Group {
    queue: mpsc::Sender<Waiting>,
}

impl Group {
    /// Lets appends be written from now on.
    pub fn begin(writer: SqlitePool) -> Self {
        let (queue, waiting) = mpsc::channel(TOGETHER);
        tokio::spawn(go_on(writer, waiting));
        Self { queue }
    }

    /// Appends, with whatever else waits; done when it is on the disk.
    ///
    /// # Errors
    /// `Conflict` when somebody else was first, or when the store fails.
    pub async fn append(&self, append: Append) -> Outcome {
        let gone = || StoreError::Unavailable("nobody writes any more".to_owned());
        let (answer, answered) = oneshot::channel();
        self.queue.send(Waiting { append, answer }).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}

async fn go_on(writer: SqlitePool, mut waiting: mpsc::Receiver<Waiting>) {
    let mut some = Vec::new();
    while waiting.recv_many(&mut some, TOGETHER).await > 0 {
        // Whoever has gone asks again, under the same name.
        some.retain(|waiting: &Waiting| !waiting.answer.is_closed());
        let (appends, answers): (Vec<_>, Vec<_>) =
            some.drain(..).map(|Waiting { append, answer }| (append, answer)).unzip();
        // Whatever breaks over one of them, the next ones are written.
        let written = AssertUnwindSafe(write(&writer, &appends)).catch_unwind().await;
        for (outcome, answer) in written.into_iter().flatten().zip(answers) {
            // Whoever asked may have gone; it is written all the same.
            let _heard = answer.send(outcome);
        }
    }
}

/// What became of each. When the database fails over all of them it is asked for each alone: one that is too large for
/// a full disk keeps no other from being written.
async fn write(writer: &SqlitePool, appends: &[Append]) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    match together(writer, appends).await {
        Ok(outcomes) => return outcomes,
        Err(error) if appends.len() == 1 => outcomes.push(Err(error)),
        Err(_) => {
            for append in appends {
                let alone = together(writer, std::slice::from_ref(append)).await;
                outcomes
                    .push(alone.and_then(|outcomes| outcomes.into_iter().next().unwrap_or(Err(AppendError::Conflict))));
            }
        }
    }
    outcomes
}

/// One transaction. What is wrong with the database is everybody's; a lost race, or a thread that cannot be read, is
/// only the append's.
async fn together(writer: &SqlitePool, appends: &[Append]) -> Result<Vec<Outcome>, AppendError> {
    // At once the one that writes: it never finds in the middle that somebody else was first.
    let mut link = match writer.begin_with("BEGIN IMMEDIATE").await.map_err(failed) {
        Ok(begun) => Link::SqliteWrite(begun),
        // None of them is to blame: asking for each alone would wait as many times.
        Err(error) => return Ok(appends.iter().map(|_| Err(AppendError::Store(error.clone()))).collect()),
    };
    let around = if appends.len() > 1 { [Some(BEGINS), Some(ENDS)] } else { [None, None] };
    let mut outcomes = Vec::new();
    for append in appends {
        let outcome = append_in(&mut link, append, around).await;
        match &outcome {
            Ok(_) => {}
            Err(AppendError::Conflict | AppendError::Store(StoreError::Corrupt(_))) => {
                if appends.len() > 1 {
                    link.run(UNDONE, args![]).await?;
                    link.run(ENDS, args![]).await?;
                }
            }
            Err(error @ AppendError::Store(StoreError::Full | StoreError::Unavailable(_))) => return Err(error.clone()),
        }
        outcomes.push(outcome);
    }
    // Without anything written, dropping it undoes what one alone has begun.
    if outcomes.iter().any(Result::is_ok) {
        link.commit().await.map_err(or_race)?;
    }
    Ok(outcomes)
}
