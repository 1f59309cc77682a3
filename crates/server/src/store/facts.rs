//! What counts for how businesses are known, in a database that an earlier build has written.

use super::SqlStore;
use super::link::{Arg, Line, args};
use api::store::{Index, StoreError, Summary, decode, tables as keys};
use domain::thread::Thread;

/// How many conversations are looked at in one go.
const STRETCH: u64 = 200;

impl SqlStore {
    /// Writes it from all conversations where there is none of it: an append writes only what it changes. All of it or
    /// nothing, so that a start that was broken off is made good by the next.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub async fn count_what_was_kept(&self) -> Result<(), StoreError> {
        let mut link = self.begin().await?;
        let any = "SELECT place FROM places WHERE place >= $1 AND place < $2 LIMIT 1";
        if link.line(any, args![keys::FACTS, keys::after(keys::FACTS)]).await?.is_some() {
            return Ok(());
        }
        let stretch = "SELECT threads.id, threads.state, summaries.summary FROM threads \
            JOIN summaries ON summaries.thread = threads.id WHERE threads.id > $1 ORDER BY threads.id LIMIT $2";
        let mut after = String::new();
        loop {
            let lines = link.lines(stretch, args![after.as_str(), STRETCH]).await?;
            let Some(last) = lines.last() else { break };
            after = last.text(0);
            // What an append of this build has written meanwhile is newer.
            let again = "ON CONFLICT (place) DO NOTHING";
            let places = lines.iter().flat_map(places_of).collect();
            link.run_many("INSERT INTO places (place, value) VALUES", places, again).await?;
        }
        link.commit().await
    }
}

/// What a conversation adds; nothing, where it cannot be read: that is said when it is opened.
fn places_of(line: &Line) -> Vec<Vec<Arg>> {
    let thread: Option<Thread> = decode(&line.text(0), &line.text(1)).ok();
    let summary: Option<Summary> = decode(&line.text(0), &line.text(2)).ok();
    let Some((thread, summary)) = thread.zip(summary) else { return Vec::new() };
    let index = Index::of(Some(&thread), &summary);
    let counts = index.entries.into_iter().filter(|(place, _)| place.starts_with(keys::FACTS));
    counts.map(|(place, value)| vec![Arg::from(place), Arg::from(value)]).collect()
}
