//! Two-sided transfer: what is shipped, how it is answered.

use super::units::ItemsBody;
use crate::date::{Date, Timestamp};
use crate::document::{Discrepancy, ShipmentState};
use serde::{Deserialize, Serialize};

/// `POST /api/v1/shipments`: ships goods to another participant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ShipmentRequest {
    /// The goods.
    pub units: ItemsBody,
    /// Number of the receiver.
    pub to: u64,
}

/// `POST /api/v1/acceptances`: accepts a shipment, all but what differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AcceptanceRequest {
    /// Number of the shipment's document.
    pub shipment: u64,
    /// What differs; the rest is accepted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differing: Vec<DifferingBody>,
}

/// Goods of a shipment that are not accepted as announced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DifferingBody {
    /// Which.
    pub units: ItemsBody,
    /// How they differ.
    pub how: Discrepancy,
}

/// `POST /api/v1/shipment-refusals`, `POST /api/v1/shipment-cancellations`: ends a shipment without a new owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ShipmentEndRequest {
    /// Number of the shipment's document.
    pub shipment: u64,
}

/// A shipment, for its sender, its receiver and state bodies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShipmentResponse {
    /// Number of its document.
    pub document: u64,
    /// Who sends.
    pub sender: u64,
    /// Who receives.
    pub receiver: u64,
    /// When it was shipped.
    pub at: Timestamp,
    /// The last day on which it may be answered: fifteen working days after it was shipped.
    pub due: Date,
    /// How it stands.
    pub state: ShipmentState,
    /// Number of the document that ended it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<u64>,
}

/// `GET /api/v1/shipments`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShipmentList {
    /// Newest first.
    pub shipments: Vec<ShipmentResponse>,
}
