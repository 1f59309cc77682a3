//! A store that fails to write once, when it is told to.

use api::store::{Answering, Batch, Kv, MemoryKv, StoreError, WriteError};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Memory that does not write when a countdown reaches nothing.
pub struct Failing {
    kv: MemoryKv,
    left: Arc<AtomicI64>,
}

impl Failing {
    /// One that never fails, until its countdown is set.
    pub fn never() -> (Self, Arc<AtomicI64>) {
        let left = Arc::new(AtomicI64::new(-1));
        (Self { kv: MemoryKv::default(), left: left.clone() }, left)
    }
}

impl Kv for Failing {
    fn get<'a>(&'a self, key: &'a str) -> Answering<'a, Result<Option<String>, StoreError>> {
        self.kv.get(key)
    }

    fn range(
        &self,
        from: String,
        to: String,
        limit: usize,
        newest_first: bool,
    ) -> Answering<'_, Result<Vec<(String, String)>, StoreError>> {
        self.kv.range(from, to, limit, newest_first)
    }

    fn write(&self, batch: Batch) -> Answering<'_, Result<(), WriteError>> {
        let fails = self.left.fetch_sub(1, Ordering::SeqCst) == 0;
        Box::pin(async move {
            if fails {
                return Err(WriteError::Store(StoreError::Unavailable("out of order".to_owned())));
            }
            self.kv.write(batch).await
        })
    }

    fn clear(&self) -> Answering<'_, Result<(), StoreError>> {
        self.kv.clear()
    }
}
