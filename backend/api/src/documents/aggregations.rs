//! `POST /api/v1/aggregations`.

use super::Sending;
use crate::Api;
use crate::codes::{CONTENTS, Resolver, check_len};
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use backend_ledger::Place;
use shared::document::{Document, Packing};
use shared::wire::v1::documents::DocumentResponse;
use shared::wire::v1::packages::AggregationRequest;

/// Makes packages.
///
/// Each holds units of any products, and packages of lower levels; one may hold another that stands before it in the
/// document. Up to eight deep. An SSCC is used once (R4).
#[utoipa::path(
    post,
    path = "/api/v1/aggregations",
    tag = "documents",
    request_body = AggregationRequest,
    responses((status = 201, description = "Applied", body = DocumentResponse))
)]
pub(crate) async fn aggregate(
    State(api): State<Api>,
    sending: Sending<AggregationRequest>,
) -> Result<Response, Refused> {
    let make = |resolver: &mut Resolver<'_>, body: AggregationRequest| {
        check_len("/packages", 0, body.packages.len())?;
        let mut packages = Vec::with_capacity(body.packages.len());
        for (packing, outer) in body.packages.iter().zip(0..) {
            let place = Place::Listed { list: "/packages", outer: 0, index: outer };
            let package = resolver.package_at(place, &packing.sscc);
            let contents = resolver.items_at(&CONTENTS, outer, &packing.contents)?;
            packages.extend(package.map(|package| Packing { package, level: packing.level, contents }));
        }
        Ok(Document::Aggregate { packages })
    };
    sending.submit(&api, make).await
}
