//! What a document speaks of, and the state of single units.

use super::problem::RefusedBody;
use crate::series::SeriesKind;
use crate::state::{BlockReason, Status, WithdrawalReason};
use serde::{Deserialize, Serialize};

/// The units a document speaks of: consecutive codes of an order, or single codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UnitsBody {
    /// Codes of an order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub orders: Vec<OrderUnits>,
    /// Single codes, as element strings in any notation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
}

/// The goods a document speaks of: units, and packages with all that is in them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ItemsBody {
    /// Codes of an order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub orders: Vec<OrderUnits>,
    /// Single codes, as element strings in any notation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
    /// Packages: SSCCs of 18 digits, or as an element string, `00` before them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packages: Vec<String>,
}

/// Consecutive codes of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OrderUnits {
    /// Number of the order.
    pub order: u64,
    /// First code, counted from 0 in the order of download.
    #[serde(default)]
    pub first: u64,
    /// How many; all that follow if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
}

/// `POST /api/v1/units/lookup`, `POST /api/v1/units/history`: asks for one code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LookupRequest {
    /// The code, as an element string in any notation.
    pub code: String,
}

/// A unit by name, where a document or a state points to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitName {
    /// GTIN.
    pub gtin: String,
    /// Serial.
    pub serial: String,
}

/// State of one code, for its owner and for state bodies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitResponse {
    /// GTIN.
    pub gtin: String,
    /// Serial.
    pub serial: String,
    /// Whose serial it is: issued by us, the participant's own, or another state's.
    pub kind: SeriesKind,
    /// Status.
    pub status: Status,
    /// The participant that owns it.
    pub owner: u64,
    /// SSCC of the package that it is directly in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// SSCC of the outermost package that it is in, if that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outermost: Option<String>,
    /// Document that applied it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied: Option<u64>,
    /// Document that introduced it.
    pub introduced: Option<u64>,
    /// Document that withdrew it, wrote it off or annulled it.
    pub withdrawn: Option<u64>,
    /// Why it left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<WithdrawalReason>,
    /// Document of the block that stands.
    pub blocked: Option<u64>,
    /// Why it is blocked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block_reason: Option<BlockReason>,
    /// Document of the recall that stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recalled: Option<u64>,
    /// The shipment that it is under way by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<u64>,
    /// The document since which it waits for customs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customs: Option<u64>,
    /// Inner units sold.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub inner_sold: u32,
    /// The code that goes on for it: its own label was damaged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<UnitName>,
    /// The code that it goes on for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<UnitName>,
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// `POST /api/v1/units/lookups`: asks for the states of a page of codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LookupsRequest {
    /// The codes, as element strings in any notation.
    pub codes: Vec<String>,
}

/// States of a page of codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LookupsResponse {
    /// One answer for each code, in their order.
    pub units: Vec<LookupAnswer>,
}

/// The answer for one code of a page: its state, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LookupAnswer {
    /// Its state.
    Unit(Box<UnitResponse>),
    /// Why there is none.
    Refused(RefusedBody),
}

impl From<UnitsBody> for ItemsBody {
    fn from(UnitsBody { orders, codes }: UnitsBody) -> Self {
        Self { orders, codes, packages: Vec::new() }
    }
}
