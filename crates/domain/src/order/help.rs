//! Help on an order.

use crate::ids::CaseId;
use crate::thread::Role;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Help on an order. The whole machine comes with offers and outcomes; what counts already: an open one freezes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Case {
    /// Which.
    pub id: CaseId,
    /// Who asked for help.
    pub opened_by: Role,
    /// Why.
    pub reason: CaseReason,
    /// When.
    pub opened_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
}

/// Why somebody asks for help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CaseReason {
    /// It did not come.
    NotReceived,
    /// It came damaged.
    Damaged,
    /// It is not what was described.
    NotAsDescribed,
    /// It is something else.
    WrongItem,
    /// It is no longer wanted.
    ChangedMyMind,
    /// Something else.
    Other,
}
