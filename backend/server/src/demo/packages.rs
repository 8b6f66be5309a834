//! The demo's packages: boots in boxes on a pallet, which a shop has accepted, and beer that is still under way.

use anyhow::{Context, Result};
use shared::party::Role;
use shared::series::{PackageId, PackageLevel};
use shared::wire::v1::history::sscc_of;
use shared::wire::v1::packages::{AggregationRequest, PackingBody};
use shared::wire::v1::service::Participant;
use shared::wire::v1::shipments::{AcceptanceRequest, ShipmentRequest};
use shared::wire::v1::units::ItemsBody;

use super::seed::{Batch, Seeding};

/// First ten digits of the demo's SSCCs: extension 0, the company prefix of the boots.
const PREFIX: u64 = 487_040_200;

/// The SSCC of a package of the demo.
fn sscc(number: u64) -> Result<String> {
    PackageId::at(PREFIX, number).and_then(sscc_of).context("the number makes no SSCC")
}

fn packing(number: u64, level: PackageLevel, contents: ItemsBody) -> Result<PackingBody> {
    Ok(PackingBody { sscc: sscc(number)?, level, contents })
}

fn package(number: u64) -> Result<ItemsBody> {
    Ok(ItemsBody { packages: vec![sscc(number)?], ..ItemsBody::default() })
}

/// Packs and ships. Boots 12 to 19 and beer 12 to 23 are on no label.
pub(super) async fn seed(seeding: &Seeding<'_>, boots: &Batch, beer: &Batch) -> Result<()> {
    let seller: Participant = seeding.client.get(Role::Seller, "participant").await?;
    let on_pallet = ItemsBody { packages: vec![sscc(1)?, sscc(2)?], ..ItemsBody::default() };
    let packages = vec![
        packing(1, PackageLevel::Transport, boots.units(12, 4).into())?,
        packing(2, PackageLevel::Transport, boots.units(16, 4).into())?,
        packing(3, PackageLevel::Pallet, on_pallet)?,
    ];
    seeding.document(Role::Producer, "aggregations", "boots-packed", &AggregationRequest { packages }).await?;
    let shipped = ShipmentRequest { units: package(3)?, to: seller.participant };
    let shipment = seeding.document(Role::Producer, "shipments", "boots-shipped", &shipped).await?;
    let accepted = AcceptanceRequest { shipment, differing: Vec::new() };
    seeding.document(Role::Seller, "acceptances", "boots-accepted", &accepted).await?;

    let packages = vec![packing(4, PackageLevel::Group, beer.units(12, 12).into())?];
    seeding.document(Role::Producer, "aggregations", "beer-packed", &AggregationRequest { packages }).await?;
    let shipped = ShipmentRequest { units: package(4)?, to: seller.participant };
    seeding.document(Role::Producer, "shipments", "beer-shipped", &shipped).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packages_have_the_company_prefix_of_the_boots() {
        assert_eq!(sscc(1).unwrap(), "048704020000000016");
        assert!(sscc(1).unwrap().parse::<shared::gs1::Sscc>().is_ok());
    }
}
