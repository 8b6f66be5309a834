//! Documents that participants send, and what they get back.

use super::products::FactsBody;
use crate::date::Timestamp;
use crate::region::Region;
use crate::state::{BlockReason, Status, WithdrawalReason};
use seal::Profile;
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

/// `POST /api/v1/orders`: orders codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OrderRequest {
    /// GTIN of a registered card.
    pub gtin: String,
    /// How many codes.
    pub quantity: u64,
    /// Tail of the codes; the group's own if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub profile: Option<Profile>,
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderResponse {
    /// Its number, which is that of its document.
    pub order: u64,
    /// GTIN.
    pub gtin: String,
    /// How many codes.
    pub quantity: u64,
    /// Tail of the codes.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub profile: Profile,
    /// When it was made.
    pub at: Timestamp,
}

/// `POST /api/v1/applications`: reports codes as applied to products.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ApplicationRequest {
    /// Which.
    pub units: UnitsBody,
}

/// `POST /api/v1/introductions`: introduces units into circulation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct IntroductionRequest {
    /// Which, all of one product.
    pub units: UnitsBody,
    /// The facts of R5.
    pub facts: FactsBody,
}

/// `POST /api/v1/withdrawals`: withdraws units from circulation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WithdrawalRequest {
    /// Which.
    pub units: UnitsBody,
    /// Why.
    pub reason: WithdrawalReason,
    /// Region of the sale, by KATO, if it may be published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
}

/// `POST /api/v1/blocks`: a state body blocks units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BlockRequest {
    /// Which.
    pub units: UnitsBody,
    /// Why.
    pub reason: BlockReason,
}

/// `POST /api/v1/unblocks`: a state body lifts a block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UnblockRequest {
    /// Which.
    pub units: UnitsBody,
}

/// An applied document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocumentResponse {
    /// Its number.
    pub document: u64,
    /// Its type: `register_product`, `order_codes`, `apply`, `introduce`, `withdraw`, `block`, `unblock`.
    #[serde(rename = "type")]
    pub kind: String,
    /// When it was applied.
    pub at: Timestamp,
    /// How many units it changed.
    pub units: u64,
    /// Its body as it was sent; only to its sender and to state bodies, on `GET /api/v1/documents/{document}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub body: Option<serde_json::Value>,
}

/// `POST /api/v1/units/lookup`: asks for the state of one code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LookupRequest {
    /// The code, as an element string in any notation.
    pub code: String,
}

/// State of one code, for its owner and for state bodies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitResponse {
    /// GTIN.
    pub gtin: String,
    /// Serial.
    pub serial: String,
    /// Status.
    pub status: Status,
    /// Document that introduced it.
    pub introduced: Option<u64>,
    /// Document that withdrew it.
    pub withdrawn: Option<u64>,
    /// Document of the block that stands.
    pub blocked: Option<u64>,
}
