//! The lives of the demo's units: ordered, applied, introduced, sold, destroyed, recalled.

use anyhow::{Context, Result};
use shared::party::Role;
use shared::region::Region;
use shared::state::{BlockReason, WithdrawalReason};
use shared::wire::v1::documents::{
    BlockRequest, DocumentResponse, IntroductionRequest, OrderRequest, OrderResponse, UnitsRequest, WithdrawalRequest,
};
use shared::wire::v1::products::ProductBody;
use shared::wire::v1::units::{OrderUnits, UnitsBody};

use super::catalogue::{BEER, BLOUSE, BOOTS, CIGARETTES, Item, LINEN, OIL, TABLETS};
use super::client::Client;
use super::facts::facts;
use super::packages;

/// Codes of each product. A page of labels, so that the sheets can be tried too.
const QUANTITY: u64 = 24;

/// The codes of one product, in the order of their numbers.
pub(super) struct Batch {
    pub(super) item: Item,
    pub(super) order: OrderResponse,
    pub(super) codes: Vec<String>,
}

impl Batch {
    /// A batch that no backend knows.
    #[cfg(test)]
    pub(super) fn of(item: Item, codes: Vec<String>) -> Self {
        let order = OrderResponse {
            order: 1,
            gtin: item.gtin.to_owned(),
            quantity: codes.len() as u64,
            profile: item.profile,
            at: shared::date::Timestamp(0),
        };
        Self { item, order, codes }
    }

    /// Code number `number` of the batch.
    pub(super) fn code(&self, number: usize) -> Result<&str> {
        self.codes.get(number).map(String::as_str).with_context(|| format!("{} has no code {number}", self.item.slug))
    }

    /// One unit by its code: how somebody speaks of it who holds the product and did not order the code.
    fn unit(&self, number: usize) -> Result<UnitsBody> {
        Ok(UnitsBody { orders: Vec::new(), codes: vec![self.code(number)?.to_owned()] })
    }

    pub(super) fn units(&self, first: u64, count: u64) -> UnitsBody {
        let units = OrderUnits { order: self.order.order, first, count: Some(count) };
        UnitsBody { orders: vec![units], codes: Vec::new() }
    }
}

/// What the backend holds after the seeding. Which code is in which state is said in [`seed`].
pub(super) struct Seeded {
    pub(super) boots: Batch,
    pub(super) linen: Batch,
    pub(super) beer: Batch,
    pub(super) cigarettes: Batch,
    pub(super) tablets: Batch,
    pub(super) oil: Batch,
    pub(super) blouse: Batch,
}

/// Brings every product's codes to their states. Run again, it changes nothing.
pub(super) async fn seed(client: &Client<'_>) -> Result<Seeded> {
    let seeding = Seeding { client };
    let seeded = Seeded {
        boots: seeding.order(BOOTS).await?,
        linen: seeding.order(LINEN).await?,
        beer: seeding.order(BEER).await?,
        cigarettes: seeding.order(CIGARETTES).await?,
        tablets: seeding.order(TABLETS).await?,
        oil: seeding.order(OIL).await?,
        blouse: seeding.order(BLOUSE).await?,
    };
    let Seeded { boots, linen, beer, cigarettes, tablets, oil, blouse } = &seeded;

    // Linen stays in the warehouse of its maker; blouse 0 to 3 are codes not printed yet.
    seeding.apply(linen, 0, QUANTITY).await?;
    seeding.apply(blouse, 4, QUANTITY - 4).await?;
    seeding.introduce(blouse, 4, QUANTITY - 4).await?;
    for batch in [boots, beer, cigarettes, tablets, oil] {
        seeding.apply(batch, 0, QUANTITY).await?;
        seeding.introduce(batch, 0, QUANTITY).await?;
    }

    seeding.sell(boots, 2, Region::Almaty).await?;
    seeding.sell(beer, 1, Region::Astana).await?;
    seeding.write_off(oil, 1, WithdrawalReason::Damage).await?;
    seeding.write_off(cigarettes, 1, WithdrawalReason::Destruction).await?;
    seeding.recall(tablets, 1).await?;
    // A pair of boots comes back to the shop and may be sold again.
    seeding.sell(boots, 5, Region::Almaty).await?;
    let returned = UnitsRequest { units: boots.unit(5)?, partial: false };
    seeding.document(Role::Seller, "returns", "boots-returned-5", &returned).await?;
    packages::seed(&seeding, boots, beer).await?;
    Ok(seeded)
}

/// Sends the demo's documents.
pub(super) struct Seeding<'a> {
    pub(super) client: &'a Client<'a>,
}

impl Seeding<'_> {
    /// Registers the card, orders the codes and downloads them.
    async fn order(&self, item: Item) -> Result<Batch> {
        let owner = owner(&item);
        let slug = item.slug;
        let _: ProductBody = self.client.send(owner, "products", &format!("{slug}-card"), &item.card()).await?;
        let request = OrderRequest { gtin: item.gtin.to_owned(), quantity: QUANTITY, profile: Some(item.profile) };
        let order: OrderResponse = self.client.send(owner, "orders", &format!("{slug}-order"), &request).await?;
        let codes = self.client.codes(owner, order.order).await?;
        Ok(Batch { item, order, codes })
    }

    async fn apply(&self, batch: &Batch, first: u64, count: u64) -> Result<()> {
        let request = UnitsRequest { units: batch.units(first, count), partial: false };
        let slug = format!("{}-applied", batch.item.slug);
        self.document(owner(&batch.item), "applications", &slug, &request).await.map(drop)
    }

    async fn introduce(&self, batch: &Batch, first: u64, count: u64) -> Result<()> {
        let facts = facts(&batch.item, batch.order.at);
        let request = IntroductionRequest { units: batch.units(first, count), facts, partial: false };
        let slug = format!("{}-introduced", batch.item.slug);
        self.document(owner(&batch.item), "introductions", &slug, &request).await.map(drop)
    }

    async fn sell(&self, batch: &Batch, number: usize, region: Region) -> Result<()> {
        let request = WithdrawalRequest {
            units: batch.unit(number)?.into(),
            reason: WithdrawalReason::RetailSale,
            region: Some(region),
            partial: false,
        };
        let slug = format!("{}-sold-{number}", batch.item.slug);
        self.document(Role::Seller, "withdrawals", &slug, &request).await.map(drop)
    }

    async fn write_off(&self, batch: &Batch, number: u64, reason: WithdrawalReason) -> Result<()> {
        let units = batch.units(number, 1).into();
        let request = WithdrawalRequest { units, reason, region: None, partial: false };
        let slug = format!("{}-{}-{number}", batch.item.slug, reason.as_str());
        self.document(owner(&batch.item), "withdrawals", &slug, &request).await.map(drop)
    }

    async fn recall(&self, batch: &Batch, number: usize) -> Result<()> {
        let units = batch.unit(number)?.into();
        let request = BlockRequest { units, reason: BlockReason::Recalled, partial: false };
        let slug = format!("{}-recalled-{number}", batch.item.slug);
        self.document(Role::Inspector, "blocks", &slug, &request).await.map(drop)
    }

    /// Sends a document; its number.
    pub(super) async fn document(
        &self,
        role: Role,
        route: &str,
        slug: &str,
        body: &impl serde::Serialize,
    ) -> Result<u64> {
        let applied: DocumentResponse = self.client.send(role, route, slug, body).await?;
        Ok(applied.document)
    }
}

/// Whose goods they are.
fn owner(item: &Item) -> Role {
    if item.importer.is_some() { Role::Importer } else { Role::Producer }
}
