//! Documents of packages, and what is said of one.

use super::units::ItemsBody;
use crate::series::PackageLevel;
use crate::state::Status;
use serde::{Deserialize, Serialize};

/// A package to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PackingBody {
    /// Its SSCC.
    pub sscc: String,
    /// Its level.
    pub level: PackageLevel,
    /// What goes into it: units, sets, packages of lower levels.
    pub contents: ItemsBody,
}

/// `POST /api/v1/aggregations`: makes packages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AggregationRequest {
    /// The packages; one may hold another that stands before it.
    pub packages: Vec<PackingBody>,
}

/// `POST /api/v1/disaggregations`: takes packages apart, one level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DisaggregationRequest {
    /// Their SSCCs.
    pub packages: Vec<String>,
}

/// `POST /api/v1/removals`, `POST /api/v1/additions`: takes goods out of a package, or puts more into it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RepackingRequest {
    /// SSCC of the package.
    pub package: String,
    /// The goods.
    pub units: ItemsBody,
}

/// `POST /api/v1/replacements`: exchanges contents of a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReplacementRequest {
    /// SSCC of the package.
    pub package: String,
    /// What is taken out: directly in it.
    pub out: ItemsBody,
    /// What is put in.
    pub into: ItemsBody,
}

/// `GET /api/v1/packages/{sscc}`: a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PackageResponse {
    /// Its SSCC.
    pub sscc: String,
    /// `formed` or `dissolved`.
    pub status: Status,
    /// Its level.
    pub level: Option<PackageLevel>,
    /// The participant that owns it: owner of the outermost package that it is in.
    pub owner: u64,
    /// SSCC of the package that it is directly in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// SSCC of the outermost package that it is in, if that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outermost: Option<String>,
    /// The shipment that it is under way by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<u64>,
    /// Document of the block that stands on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocked: Option<u64>,
    /// What is directly in it.
    pub contents: ContentsBody,
    /// Root of the Merkle tree over its contents, SHA-256 in hexadecimal; nothing if it is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merkle_root: Option<String>,
}

/// What is directly in a package, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContentsBody {
    /// Units.
    pub units: u64,
    /// The same by product.
    pub products: Vec<ProductCount>,
    /// Packages, by SSCC; the first thousand.
    pub packages: Vec<String>,
    /// How many packages there are.
    pub packages_count: u64,
}

/// Units of one product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductCount {
    /// GTIN.
    pub gtin: String,
    /// How many.
    pub count: u64,
}

/// `POST /api/v1/packages/{sscc}/proof`: asks for the proof that something is directly in a package. One of the two.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProofRequest {
    /// A unit's code, as an element string in any notation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// A package's SSCC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
}

/// A Merkle proof that something is directly in a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProofResponse {
    /// SSCC of the package.
    pub package: String,
    /// Root of its tree, SHA-256 in hexadecimal.
    pub root: String,
    /// The hashed text of the member: `01` GTIN `21` serial, or `00` SSCC.
    pub member: String,
    /// Place of the member among the contents, from 0.
    pub index: u64,
    /// How many members there are.
    pub size: u64,
    /// Hashes beside the way from the member to the root, from below (RFC 9162, section 2.1.3.1), in hexadecimal.
    pub path: Vec<String>,
}
