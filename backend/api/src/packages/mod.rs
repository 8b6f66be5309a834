//! Packages.

pub(crate) mod get;
pub(crate) mod history;
pub(crate) mod proof;

use crate::Api;
use crate::codes::package_of;
use crate::problem::Refused;
use crate::sight::may_see;
use backend_ledger::Party;
use backend_store::PackageRecord;
use shared::refusal::RefusalCode;
use shared::series::PackageId;

/// The package of an address, if the participant may see it. To all others it does not exist.
fn seen(api: &Api, by: Party, sscc: &str) -> Result<(PackageId, PackageRecord), Refused> {
    let package = package_of(sscc).map_err(|_| RefusalCode::NotFound)?;
    let record = api.store().package(package)?.ok_or(RefusalCode::NotFound)?;
    if !may_see(api, by, &record.unit)? {
        return Err(RefusalCode::NotFound.into());
    }
    Ok((package, record))
}
