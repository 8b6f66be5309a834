//! `GET /api/v1/shipments`.

use super::shipment_body;
use crate::Api;
use crate::access::Caller;
use crate::extract::Params;
use crate::limits::PAGE;
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::ShipmentState;
use shared::state::DocumentNo;
use shared::wire::v1::shipments::ShipmentList;
use std::str::FromStr;

/// Which shipments of a participant.
enum Way {
    Sent,
    Received,
}

impl FromStr for Way {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "sent" => Ok(Self::Sent),
            "received" => Ok(Self::Received),
            _ => Err(()),
        }
    }
}

/// Shipments that the participant sent or is to receive, newest first.
#[utoipa::path(
    get,
    path = "/api/v1/shipments",
    tag = "shipments",
    params(
        ("way" = Option<String>, Query, description = "`received`, which is the default, or `sent`"),
        ("state" = Option<ShipmentState>, Query, description = "How they stand; all if absent"),
        ("before" = Option<u64>, Query, description = "Shipment before which the list begins: the last of the page before"),
        ("limit" = Option<usize>, Query, minimum = 1, maximum = 100, description = "Entries, 100 if absent")
    ),
    responses((status = 200, description = "Shipments", body = ShipmentList))
)]
pub(crate) async fn list(
    State(api): State<Api>,
    Caller(caller): Caller,
    mut params: Params,
) -> Result<Response, Refused> {
    let way = params.take::<Way>("way")?.unwrap_or(Way::Received);
    let state = params.take::<ShipmentState>("state")?;
    let before = params.take::<u64>("before")?.map(DocumentNo);
    let limit = params.up_to("limit", PAGE, PAGE)?;
    params.done()?;
    let sent = matches!(way, Way::Sent);
    let of = caller.party.id;
    let list = api.blocking(move |api| Ok(api.store().shipments(of, sent, state, before, limit)?)).await?;
    crate::answer::json(&ShipmentList { shipments: list.iter().map(shipment_body).collect() })
}
