//! `GET /api/v1/packages/{sscc}`.

use super::{by_product, seen};
use crate::Api;
use crate::access::Caller;
use crate::codes::Names;
use crate::extract::Segments;
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::document::Items;
use shared::wire::v1::history::sscc_of;
use shared::wire::v1::packages::{ContentsBody, PackageResponse};

/// Most packages listed among the contents of one.
const LISTED: usize = 1000;

/// A package: its state, its owner, and what is directly in it.
///
/// For its owner, for the receiver of goods under way, and for state bodies; to all others it does not exist. Units are
/// counted by product; the Merkle root is over everything that is directly in it.
#[utoipa::path(
    get,
    path = "/api/v1/packages/{sscc}",
    tag = "packages",
    params(("sscc" = String, Path, description = "SSCC, 18 digits")),
    responses((status = 200, description = "The package", body = PackageResponse))
)]
pub(crate) async fn get(
    State(api): State<Api>,
    Caller(caller): Caller,
    Segments(sscc): Segments<String>,
) -> Result<Response, Refused> {
    let package = api
        .blocking(move |api| {
            let (package, record) = seen(api, caller.party, &sscc)?;
            let state = record.unit.state;
            let outermost = record.unit.outermost.filter(|outermost| state.package != Some(*outermost));
            Ok(PackageResponse {
                sscc: sscc_of(package).unwrap_or(sscc),
                status: state.status,
                level: state.level,
                owner: record.unit.owner.0,
                package: state.package.and_then(sscc_of),
                outermost: outermost.and_then(sscc_of),
                transfer: state.transfer.map(|document| document.0),
                blocked: state.blocked.map(|(document, _)| document.0),
                contents: counted(api, &record.contents)?,
                merkle_root: super::proof::root(api, &record.contents)?,
            })
        })
        .await?;
    crate::answer::json(&package)
}

fn counted(api: &Api, contents: &Items) -> Result<ContentsBody, Refused> {
    Ok(ContentsBody {
        units: contents.units.iter().map(|range| range.count).sum(),
        products: by_product(&mut Names::new(api), contents)?,
        packages: contents.packages.iter().take(LISTED).copied().filter_map(sscc_of).collect(),
        packages_count: contents.packages.len() as u64,
    })
}
