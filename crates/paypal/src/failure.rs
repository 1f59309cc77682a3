//! What comes of a call that did not succeed: whether it was done is what the next step turns on.

use crate::issue::Issue;
use serde::Deserialize;
use std::fmt;

/// What became of a call. The question is always whether PayPal has done it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Not done, and PayPal said why.
    Refused {
        /// The status of HTTP, 400 to 499.
        status: u16,
        /// PayPal's class of error: `UNPROCESSABLE_ENTITY`, `RESOURCE_NOT_FOUND`.
        name: String,
        /// Why, in words to branch on. Empty when PayPal gave none.
        issues: Vec<Issue>,
        /// What PayPal's support asks for.
        debug_id: Option<String>,
    },
    /// Another one is under way, or too many were: the same key again, later.
    Busy {
        /// What PayPal's support asks for.
        debug_id: Option<String>,
    },
    /// It may be done: the same key again, or fetch. Never a new key.
    InDoubt {
        /// What happened instead of an answer. For the log, not for people.
        why: String,
        /// What PayPal's support asks for.
        debug_id: Option<String>,
    },
    /// Certainly not sent: no connection, no token, or nothing that may be sent.
    Unavailable {
        /// What was in the way. For the log, not for people.
        why: String,
    },
    /// Not done: our keys are wrong, or may not do this (401, and 403 without any other reason).
    Auth {
        /// What PayPal's support asks for.
        debug_id: Option<String>,
    },
}

impl Failure {
    /// Whether PayPal refused for this reason.
    pub fn is_for(&self, issue: &Issue) -> bool {
        match self {
            Self::Refused { issues, .. } => issues.contains(issue),
            Self::Busy { .. } | Self::InDoubt { .. } | Self::Unavailable { .. } | Self::Auth { .. } => false,
        }
    }

    /// Whether there is no such thing at PayPal.
    pub fn is_not_found(&self) -> bool {
        match self {
            Self::Refused { status, .. } => *status == 404,
            Self::Busy { .. } | Self::InDoubt { .. } | Self::Unavailable { .. } | Self::Auth { .. } => false,
        }
    }

    /// What PayPal's support asks for, if PayPal answered at all.
    pub fn debug_id(&self) -> Option<&str> {
        match self {
            Self::Refused { debug_id, .. }
            | Self::Busy { debug_id }
            | Self::InDoubt { debug_id, .. }
            | Self::Auth { debug_id } => debug_id.as_deref(),
            Self::Unavailable { .. } => None,
        }
    }

    /// Nothing that may be sent, with its line in the log.
    pub(crate) fn unsent(why: impl fmt::Display) -> Self {
        let why = why.to_string();
        tracing::warn!(%why, "a call to PayPal cannot be sent");
        Self::Unavailable { why }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { status, name, issues, .. } => {
                let issues: Vec<&str> = issues.iter().map(Issue::as_str).collect();
                write!(f, "PayPal refused: {status} {name} [{}]", issues.join(", "))?;
            }
            Self::Busy { .. } => f.write_str("PayPal is busy with it")?,
            Self::InDoubt { why, .. } => write!(f, "PayPal may have done it: {why}")?,
            Self::Unavailable { why } => write!(f, "PayPal was not asked: {why}")?,
            Self::Auth { .. } => f.write_str("PayPal does not accept our keys for this")?,
        }
        self.debug_id().map_or(Ok(()), |id| write!(f, " (debug id {id})"))
    }
}

impl std::error::Error for Failure {}

/// PayPal's error as it travels: the schemas `error_4xx`, and the two fields of OAuth's.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Complaint {
    name: Option<String>,
    error: Option<String>,
    pub(crate) debug_id: Option<String>,
    details: Vec<Detail>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Detail {
    issue: Option<Issue>,
}

/// What an answer that is no success means.
pub(crate) fn of_answer(status: u16, header: Option<String>, body: &[u8]) -> Failure {
    let complaint: Option<Complaint> = serde_json::from_slice(body).ok();
    let said = complaint.as_ref().and_then(|complaint| complaint.debug_id.clone());
    let debug_id = header.or(said);
    match status {
        401 => Failure::Auth { debug_id },
        403 => forbidden(complaint, debug_id),
        409 | 429 => Failure::Busy { debug_id },
        // 408: somebody on the way gave up on one of us.
        400..=499 if status != 408 => refused(status, complaint, debug_id),
        _ => Failure::InDoubt { why: format!("status {status}"), debug_id },
    }
}

/// Our keys, unless PayPal has something else against it: an account that is not verified is refused with 403 too.
fn forbidden(complaint: Option<Complaint>, debug_id: Option<String>) -> Failure {
    let mut issues = complaint.iter().flat_map(|it| &it.details).filter_map(|detail| detail.issue.as_ref());
    let ours = issues.all(|issue| *issue == Issue::PermissionDenied);
    if ours { Failure::Auth { debug_id } } else { refused(403, complaint, debug_id) }
}

fn refused(status: u16, complaint: Option<Complaint>, debug_id: Option<String>) -> Failure {
    // Without PayPal's own words it is not known who answered: a proxy's page says nothing of PayPal.
    let Some((name, details)) = complaint.and_then(|it| Some((it.name.or(it.error)?, it.details))) else {
        return Failure::InDoubt { why: format!("status {status} without PayPal's reason"), debug_id };
    };
    let issues: Vec<Issue> = details.into_iter().filter_map(|detail| detail.issue).collect();
    let waits = [Issue::PreviousRequestInProgress, Issue::OrderCompletionInProgress];
    if issues.iter().any(|issue| waits.contains(issue)) || waits.contains(&Issue::from(name.as_str())) {
        return Failure::Busy { debug_id };
    }
    Failure::Refused { status, name, issues, debug_id }
}
