//! Errors: RFC 9457 problem details, `application/problem+json`.

use crate::refusal::{Refusal, RefusalCode};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Media type of a problem document.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// The stable number and name of a refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProblemCode {
    /// Number, never reused.
    pub number: u16,
    /// Name.
    pub name: String,
}

/// One of the refusals of a document: a code that is in the way, or was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefusedBody {
    /// Where: JSON Pointer into the request's body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Which refusal.
    pub code: ProblemCode,
    /// What is wrong, in the language of the request's `Accept-Language`.
    pub title: String,
    /// The values that the text speaks of.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
}

/// A refusal as a client gets it, in the language of its `Accept-Language`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `urn:tanba:refusal:<number>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What is wrong.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// How to mend it.
    pub detail: String,
    /// Which refusal.
    pub code: ProblemCode,
    /// Where: JSON Pointer into the request's body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The values that the text speaks of.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
    /// Each code of a document that is in its way, in the order of the body: a thousand at most. The first is the problem
    /// itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<RefusedBody>,
}

/// Most refusals that a document is answered with.
pub const ERRORS_LIMIT: usize = 1000;

impl ProblemCode {
    /// The number and name of a refusal.
    pub fn of(code: RefusalCode) -> Self {
        Self { number: code.number(), name: code.name().to_owned() }
    }
}

fn args(refusal: &Refusal) -> BTreeMap<String, String> {
    refusal.args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

impl RefusedBody {
    /// One of many refusals, with its text already in the client's language.
    pub fn new(refusal: &Refusal, title: String) -> Self {
        Self { at: refusal.at.clone(), code: ProblemCode::of(refusal.code), title, args: args(refusal) }
    }
}

impl Problem {
    /// A problem of a refusal, with its texts already in the client's language.
    pub fn new(refusal: &Refusal, title: String, detail: String) -> Self {
        Self {
            kind: format!("urn:tanba:refusal:{}", refusal.code.number()),
            title,
            status: refusal.code.status(),
            detail,
            code: ProblemCode::of(refusal.code),
            at: refusal.at.clone(),
            args: args(refusal),
            errors: Vec::new(),
        }
    }
}
