//! `GET /api/v1/products`.

use crate::Api;
use crate::access::Caller;
use crate::extract::Params;
use crate::limits::PAGE;
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::gs1::Gtin;
use shared::party::Role;
use shared::wire::v1::products::{ProductBody, ProductList};

/// Product cards by GTIN.
///
/// Producers and importers get their own; sellers and state bodies all.
#[utoipa::path(
    get,
    path = "/api/v1/products",
    tag = "products",
    params(
        ("after" = Option<String>, Query, description = "GTIN after which the list begins: the last of the page before"),
        ("limit" = Option<usize>, Query, minimum = 1, maximum = 100, description = "Entries, 100 if absent")
    ),
    responses((status = 200, description = "Cards", body = ProductList))
)]
pub(crate) async fn list(
    State(api): State<Api>,
    Caller(caller): Caller,
    mut params: Params,
) -> Result<Response, Refused> {
    let (after, limit) = (params.take::<Gtin>("after")?, params.up_to("limit", PAGE, PAGE)?);
    params.done()?;
    let owner = match caller.party.role {
        Role::Producer | Role::Importer => Some(caller.party.id),
        Role::Seller | Role::Inspector => None,
    };
    let list = api.blocking(move |api| Ok(api.store().list_series(owner, after, limit)?)).await?;
    let products = list.iter().map(|series| ProductBody::from(&series.product)).collect();
    crate::answer::json(&ProductList { products })
}
