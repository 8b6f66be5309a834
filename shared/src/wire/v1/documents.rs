//! Documents that participants send, and what they get back.

use super::problem::RefusedBody;
use super::products::{FactsBody, PaperBody};
use super::units::{ItemsBody, UnitsBody};
use crate::date::Timestamp;
use crate::document::DocumentKind;
use crate::region::Region;
use crate::state::{BlockReason, WithdrawalReason};
use seal::Profile;
use serde::{Deserialize, Serialize};

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

/// A document that says nothing but which units: `POST /api/v1/applications`, `/returns`, `/annulments`, `/recalls`,
/// `/recall-lifts`, `/customs-holds`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UnitsRequest {
    /// Which.
    pub units: UnitsBody,
    /// Whether units that cannot be changed may be left out; if not, one of them is in the way of all.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
}

/// The same of goods in packages too: `POST /api/v1/unblocks`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ItemsRequest {
    /// Which.
    pub units: ItemsBody,
    /// Whether units that cannot be changed may be left out; if not, one of them is in the way of all.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
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
    /// Whether units that cannot be changed may be left out; if not, one of them is in the way of all.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
}

/// `POST /api/v1/withdrawals`: withdraws goods from circulation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WithdrawalRequest {
    /// Which.
    pub units: ItemsBody,
    /// Why.
    pub reason: WithdrawalReason,
    /// Region of the sale, by KATO, if it may be published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
    /// Whether units that cannot be changed may be left out; if not, one of them is in the way of all.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
}

/// `POST /api/v1/write-offs`: gives up codes that never were in circulation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WriteOffRequest {
    /// Which.
    pub units: UnitsBody,
    /// Why: the goods or the label are gone.
    pub reason: WithdrawalReason,
    /// Whether units that cannot be changed may be left out; if not, one of them is in the way of all.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
}

/// `POST /api/v1/blocks`: a state body blocks goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BlockRequest {
    /// Which.
    pub units: ItemsBody,
    /// Why.
    pub reason: BlockReason,
    /// Whether units that cannot be changed may be left out; if not, one of them is in the way of all.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
}

/// `POST /api/v1/customs-releases`: customs released goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CustomsReleaseRequest {
    /// Which.
    pub units: UnitsBody,
    /// Number and date of the declaration.
    pub declaration: PaperBody,
    /// Whether units that cannot be changed may be left out; if not, one of them is in the way of all.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
}

/// `POST /api/v1/inner-sales`: inner units of a unit are sold one by one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InnerSaleRequest {
    /// The unit, as an element string in any notation.
    pub code: String,
    /// How many are sold now.
    pub count: u32,
    /// Region of the sale, by KATO, if it may be published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
}

/// `POST /api/v1/remarkings`: damaged labels are replaced by new codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RemarkingRequest {
    /// Pairs of codes, as element strings in any notation: the damaged one, then the new one that goes on for it, of the
    /// same product and not yet introduced.
    pub pairs: Vec<[String; 2]>,
}

/// `POST /api/v1/transformations`: goods become part of new goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TransformationRequest {
    /// What is used up.
    pub from: ItemsBody,
    /// What comes of it: applied units.
    pub to: UnitsBody,
    /// The facts of the new goods.
    pub facts: FactsBody,
}

/// `POST /api/v1/corrections`: takes back what an earlier document did, where nothing has followed since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CorrectionRequest {
    /// Number of the earlier document.
    pub document: u64,
    /// The units, or the packages, for which it is taken back.
    pub units: ItemsBody,
}

/// `POST /api/v1/serials`: registers a participant's own serials, before they are used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SerialsRequest {
    /// GTIN of a registered card.
    pub gtin: String,
    /// The serials, each once: 1 to 20 characters of the set that AI 21 allows.
    pub serials: Vec<String>,
}

/// `POST /api/v1/recognitions`: recognises codes of another state of the Union.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RecognitionRequest {
    /// GTIN of a registered card.
    pub gtin: String,
    /// The state, ISO 3166-1 alpha-2: `AM`, `BY`, `KG` or `RU`.
    pub state: String,
    /// The serials, each once.
    pub serials: Vec<String>,
}

/// An applied document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocumentResponse {
    /// Its number.
    pub document: u64,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: DocumentKind,
    /// When it was applied.
    pub at: Timestamp,
    /// How many units it changed.
    pub units: u64,
    /// What was left out of it, and why: of a document that its sender allowed to be applied in part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rejected: Vec<RefusedBody>,
    /// Its body as it was sent; only to its sender and to state bodies, on `GET /api/v1/documents/{document}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub body: Option<serde_json::Value>,
}
