//! What there is to do across threads, and what it came to.

use super::{Answer, Client, Transport, asking, encode};
use crate::wire::{Differences, MonthOfBooks, QueueKind, QueuePage, QueueSums};
use domain::facts::Standing;
use domain::queue::Group;
use domain::statement::{Month, Posting};

impl<T: Transport> Client<T> {
    /// A page of what there is to do across threads: what is due first; of what is done, the newest.
    pub async fn queue(&self, group: Group, query: &str, after: Option<&str>) -> Answer<QueuePage> {
        self.queue_of(group, None, query, after).await
    }
    /// The same of one kind, or of all of them. It looks at a part at a time, as a search does.
    pub async fn queue_of(
        &self,
        group: Group,
        kind: Option<QueueKind>,
        query: &str,
        after: Option<&str>,
    ) -> Answer<QueuePage> {
        let group = match group {
            Group::Mine => "mine",
            Group::Waiting => "waiting",
            Group::Done => "done",
        };
        let kind = kind.map(|kind| format!("&kind={}", kind.as_str())).unwrap_or_default();
        self.get(&format!("/queue?group={group}{kind}{}", asking(query, after))).await
    }
    /// What one's orders add up to.
    pub async fn queue_sums(&self) -> Answer<QueueSums> {
        self.get("/queue/sums").await
    }
    /// How a business keeps its word, by its handle.
    pub async fn facts(&self, handle: &str) -> Answer<Standing> {
        self.get(&format!("/accounts/{handle}/facts")).await
    }
    /// What one's books and the processor's report say differently.
    pub async fn differences(&self) -> Answer<Differences> {
        self.get("/differences").await
    }
    /// What one sold, gave back and was paid in a month.
    pub async fn month_of_books(&self, month: Month) -> Answer<MonthOfBooks> {
        self.get(&format!("/statements/{month}")).await
    }
    /// Every movement of a month, oldest first.
    pub async fn postings(&self, month: Month) -> Answer<Vec<Posting>> {
        self.get(&format!("/statements/{month}/postings")).await
    }
    /// A page of what one has bought, the newest first.
    pub async fn bought(&self, after: Option<&str>) -> Answer<QueuePage> {
        let after = after.map(|after| format!("?after={}", encode(after))).unwrap_or_default();
        self.get(&format!("/bought{after}")).await
    }
}
