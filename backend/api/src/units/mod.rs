//! Single units.

pub(crate) mod history;
pub(crate) mod lookup;
pub(crate) mod lookups;

use crate::codes::{Found, Names};
use crate::problem::Refused;
use backend_store::UnitRecord;
use shared::refusal::RefusalCode;
use shared::series::SeriesId;
use shared::state::DocumentNo;
use shared::wire::v1::history::sscc_of;
use shared::wire::v1::units::{UnitName, UnitResponse};

/// The state of a unit as it is told.
fn unit_body(names: &mut Names<'_>, found: Found, record: &UnitRecord) -> Result<UnitResponse, Refused> {
    let (kind, _) = names.of_series(found.series)?.ok_or(RefusalCode::CodeNotIssued)?;
    let UnitRecord { state, owner, outermost } = record;
    let number = |document: DocumentNo| document.0;
    let mut name = |place: Option<(SeriesId, u64)>| -> Result<Option<UnitName>, Refused> {
        place.map_or(Ok(None), |(series, number)| names.unit(series, number))
    };
    Ok(UnitResponse {
        gtin: found.gtin.to_string(),
        serial: found.serial,
        kind,
        status: state.status,
        owner: owner.0,
        package: state.package.and_then(sscc_of),
        outermost: outermost.filter(|outermost| state.package != Some(*outermost)).and_then(sscc_of),
        applied: state.applied.map(number),
        introduced: state.introduced.map(number),
        withdrawn: state.withdrawn.map(|(document, _)| document.0),
        reason: state.withdrawn.and_then(|(_, reason)| reason),
        blocked: state.blocked.map(|(document, _)| document.0),
        block_reason: state.blocked.map(|(_, reason)| reason),
        recalled: state.recalled.map(number),
        transfer: state.transfer.map(number),
        customs: state.customs.map(number),
        inner_sold: state.inner_sold,
        replaced_by: name(state.replaced_by)?,
        replaces: name(state.replaces)?,
    })
}
