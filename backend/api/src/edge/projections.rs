//! `GET /edge/v1/projections/{gtin}/{block}`.

use crate::Api;
use crate::extract::Segments;
use crate::problem::Refused;
use axum::extract::State;
use axum::response::Response;
use shared::refusal::{Refusal, RefusalCode};
use shared::wire::v1::products::gtin;
use shared::wire::v1::projection::Projection;

/// Most blocks of a series: [`shared::seal::SerialFormat::capacity`] is 2⁴⁰ at most.
const BLOCKS: u64 = (1 << 40) / shared::block::BLOCK_LEN;

/// Public columns of a block of a series, with the card and the facts it needs.
///
/// Owners are not part of it: a consumer never sees them.
#[utoipa::path(
    get,
    path = "/edge/v1/projections/{gtin}/{block}",
    tag = "edge",
    params(
        ("gtin" = String, Path, description = "GTIN"),
        ("block" = u64, Path, description = "Number of the block: that of the code divided by 4096")
    ),
    responses((status = 200, description = "The block", body = Projection))
)]
pub(crate) async fn projections(
    State(api): State<Api>,
    Segments((gtin_text, block)): Segments<(String, String)>,
) -> Result<Response, Refused> {
    let of = gtin("", &gtin_text).map_err(|refusal| Refusal::new(refusal.code))?;
    let block = block.parse().ok().filter(|block| *block < BLOCKS).ok_or(RefusalCode::NotFound)?;
    // The clock before the read: what is true at that time is in the answer.
    let now = api.now();
    let projection = api.blocking(move |api| Ok(api.store().projection(of, block, now)?)).await?;
    crate::answer::json(&projection)
}
