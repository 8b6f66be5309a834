//! Errors: RFC 9457 problem details, `application/problem+json`.

use crate::refusal::Refusal;
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
}

impl Problem {
    /// A problem of a refusal, with its texts already in the client's language.
    pub fn new(refusal: &Refusal, title: String, detail: String) -> Self {
        Self {
            kind: format!("urn:tanba:refusal:{}", refusal.code.number()),
            title,
            status: refusal.code.status(),
            detail,
            code: ProblemCode { number: refusal.code.number(), name: refusal.code.name().to_owned() },
            at: refusal.at.clone(),
            args: refusal.args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        }
    }
}
