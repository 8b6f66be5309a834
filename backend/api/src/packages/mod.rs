//! Packages.

pub(crate) mod get;
pub(crate) mod history;
pub(crate) mod proof;

use crate::Api;
use crate::codes::{Names, package_of};
use crate::problem::Refused;
use crate::sight::may_see;
use backend_ledger::Party;
use backend_store::PackageRecord;
use shared::document::Items;
use shared::gs1::Gtin;
use shared::refusal::RefusalCode;
use shared::series::PackageId;
use shared::wire::v1::packages::ProductCount;
use std::collections::BTreeMap;

/// The package of an address, if the participant may see it. To all others it does not exist.
fn seen(api: &Api, by: Party, sscc: &str) -> Result<(PackageId, PackageRecord), Refused> {
    let package = package_of(sscc).map_err(|_| RefusalCode::NotFound)?;
    let record = api.store().package(package)?.ok_or(RefusalCode::NotFound)?;
    if !may_see(api, by, &record.unit)? {
        return Err(RefusalCode::NotFound.into());
    }
    Ok((package, record))
}

/// Units counted by product.
pub(crate) fn by_product(names: &mut Names<'_>, items: &Items) -> Result<Vec<ProductCount>, Refused> {
    let mut products: BTreeMap<Gtin, u64> = BTreeMap::new();
    for range in &items.units {
        if let Some((_, gtin)) = names.of_series(range.series)? {
            *products.entry(gtin).or_default() += range.count;
        }
    }
    let product = |(gtin, count): (Gtin, u64)| ProductCount { gtin: gtin.to_string(), count };
    Ok(products.into_iter().map(product).collect())
}
