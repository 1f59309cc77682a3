//! In memory: for tests, and for a page whose browser keeps nothing.

use super::kv::{Batch, Kv, WriteError};
use super::{Answering, StoreError};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard};

/// An ordered map behind a lock.
#[derive(Debug, Default)]
pub struct MemoryKv {
    entries: Mutex<BTreeMap<String, String>>,
}

impl MemoryKv {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        // A std mutex: nothing awaits while holding it.
        self.entries.lock().expect("no panic while holding the entries")
    }
}

impl Kv for MemoryKv {
    fn get<'a>(&'a self, key: &'a str) -> Answering<'a, Result<Option<String>, StoreError>> {
        Box::pin(async move { Ok(self.lock().get(key).cloned()) })
    }

    fn range(
        &self,
        from: String,
        to: String,
        limit: usize,
        newest_first: bool,
    ) -> Answering<'_, Result<Vec<(String, String)>, StoreError>> {
        Box::pin(async move {
            if from >= to {
                return Ok(Vec::new());
            }
            let entries = self.lock();
            let range = entries.range(from..to).map(|(key, text)| (key.clone(), text.clone()));
            Ok(if newest_first { range.rev().take(limit).collect() } else { range.take(limit).collect() })
        })
    }

    fn write(&self, batch: Batch) -> Answering<'_, Result<(), WriteError>> {
        Box::pin(async move {
            let mut entries = self.lock();
            if batch.expect.iter().any(|(key, text)| entries.get(key) != text.as_ref()) {
                return Err(WriteError::Changed);
            }
            for (key, text) in batch.write {
                match text {
                    Some(text) => entries.insert(key, text),
                    None => entries.remove(&key),
                };
            }
            Ok(())
        })
    }

    fn clear(&self) -> Answering<'_, Result<(), StoreError>> {
        Box::pin(async move {
            self.lock().clear();
            Ok(())
        })
    }
}
