//! One call of the API: what was asked, and what came of it.

use crate::repeat::Reference;
use serde_json::Value;
use std::collections::BTreeMap;

/// What was asked.
#[derive(Clone, Debug)]
pub struct Call {
    /// What the braces of the path stand for, from left to right.
    pub(crate) ids: Vec<String>,
    pub(crate) path: String,
    pub(crate) query: BTreeMap<String, String>,
    /// `{}` where there was none.
    pub(crate) body: Value,
    pub(crate) request_id: Option<String>,
    /// `Prefer: return=representation`
    pub(crate) wants_all: bool,
}

impl Call {
    pub(crate) fn id(&self) -> &str {
        self.ids.first().map(String::as_str).unwrap_or_default()
    }

    pub(crate) fn second_id(&self) -> &str {
        self.ids.get(1).map(String::as_str).unwrap_or_default()
    }

    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str)
    }
}

/// What came of it.
#[derive(Clone, Debug)]
pub(crate) enum Done {
    /// 201, and the thing in short unless more is asked for.
    Made(Reference),
    /// 201, and all of the thing.
    MadeWhole(Reference),
    /// 200, and all of the thing.
    Read(Reference),
    /// 204.
    Nothing,
    /// This status and body.
    Body(u16, Value),
}
