//! Histories: every event of one unit or package, in order, from the moment of issue.

use super::packages::ProductCount;
use super::units::UnitName;
use crate::act::Act;
use crate::date::Timestamp;
use crate::document::DocumentKind;
use crate::region::Region;
use crate::series::PackageLevel;
use crate::state::{BlockReason, WithdrawalReason};
use serde::{Deserialize, Serialize};

/// Every event of a unit or package, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryResponse {
    /// GTIN and serial, of a unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitName>,
    /// SSCC, of a package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// Its events, oldest first.
    pub events: Vec<EventBody>,
}

/// What one document did to a unit or package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventBody {
    /// What: `issue`, `apply`, `introduce`, `withdraw`, `return`, `annul`, `write_off`, `block`, `unblock`, `recall`,
    /// `lift_recall`, `ship`, `accept`, `end_transfer`, `await_customs`, `clear_customs`, `sell_inner`, `pack`, `unpack`,
    /// `replaced_by`, `replaces`, `form`, `dissolve`, `repack`, `register`, `recognise`, `undo`.
    pub act: String,
    /// Number of the document.
    pub document: u64,
    /// Type of the document.
    #[serde(rename = "type")]
    pub kind: DocumentKind,
    /// When.
    pub at: Timestamp,
    /// The participant that sent the document; to itself and to state bodies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<u64>,
    /// SSCC of the package through which it came about: the unit was in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<String>,
    /// Why it left circulation or was given up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<WithdrawalReason>,
    /// Why it was blocked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block_reason: Option<BlockReason>,
    /// SSCC of the package that it was put into or taken out of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// What came directly into the package whose history this is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub packed: Option<ChildrenBody>,
    /// What went out of that package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unpacked: Option<ChildrenBody>,
    /// Level of the package that was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<PackageLevel>,
    /// Its owner from then on; to that participant and to state bodies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<u64>,
    /// Inner units sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// The other code, when a label was replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<UnitName>,
    /// Where it was sold, if public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
}

/// What one document put directly into a package, or took out of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChildrenBody {
    /// Units by name, if there are a thousand at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitName>,
    /// Units counted by product, if there are more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<ProductCount>,
    /// Packages, by SSCC.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packages: Vec<String>,
}

/// Name of the first event of a code of ours: it is in no document but its order's.
pub const ISSUE: &str = "issue";

impl EventBody {
    /// An event with nothing but its document.
    pub fn new(act: &str, document: u64, kind: DocumentKind, at: Timestamp) -> Self {
        Self {
            act: act.to_owned(),
            document,
            kind,
            at,
            sender: None,
            through: None,
            reason: None,
            block_reason: None,
            package: None,
            packed: None,
            unpacked: None,
            level: None,
            owner: None,
            count: None,
            other: None,
            region: None,
        }
    }

    /// With what the act itself tells. The other code of a replaced label is for the caller to name.
    #[must_use]
    pub fn with(mut self, act: Act) -> Self {
        match act {
            Act::Withdraw(reason) | Act::WriteOff(reason) => self.reason = Some(reason),
            Act::Block(reason) => self.block_reason = Some(reason),
            Act::Accept(owner) | Act::Unpack(owner) => self.owner = Some(owner.0),
            Act::Form(owner, level) => (self.owner, self.level) = (Some(owner.0), Some(level)),
            Act::Pack(package) => self.package = sscc_of(package),
            Act::SellInner(count) => self.count = Some(count),
            Act::Apply
            | Act::Introduce
            | Act::Return
            | Act::Annul
            | Act::Unblock
            | Act::Recall
            | Act::LiftRecall
            | Act::Ship
            | Act::EndTransfer
            | Act::AwaitCustoms
            | Act::ClearCustoms
            | Act::ReplacedBy(..)
            | Act::Replaces(..)
            | Act::Dissolve
            | Act::Repack
            | Act::Register
            | Act::Recognise
            | Act::Undo => {}
        }
        self
    }
}

/// The SSCC of a package as text.
pub fn sscc_of(package: crate::series::PackageId) -> Option<String> {
    package.sscc().ok().map(|sscc| sscc.to_string())
}
