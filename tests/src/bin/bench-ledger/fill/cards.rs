//! Series with their cards, and bodies with the facts of introductions.

use crate::world::{Section, World};
use anyhow::{Context as _, Result};
use backend_ledger::Series;
use backend_store::Bulk;
use shared::act::Effect;
use shared::date::Date;
use shared::document::DocumentKind;
use shared::group::ProductGroup;
use shared::gs1::{Gtin, check_digit};
use shared::party::PartyId;
use shared::product::{Facts, Names, Paper, Product};
use shared::series::{SeriesId, SeriesKind};
use shared::wire::v1::products::FactsBody;
use std::sync::Arc;

/// The GTIN of a series with lots, or of the consecutive units.
fn gtin(series: SeriesId) -> Result<Gtin> {
    let digits = format!("0487{:09}", series.0);
    let check = check_digit(&digits).context("digits alone have a check digit")?;
    format!("{digits}{check}").parse().ok().context("a GTIN with its check digit")
}

fn card(gtin: Gtin) -> Product {
    Product {
        gtin,
        group: ProductGroup::LightIndustry,
        name: Names { kk: format!("Көйлек {gtin}"), ru: format!("Рубашка {gtin}"), en: None },
        manufacturer: "«Тігін» ЖШС".to_owned(),
        importer: None,
        country: "KZ".to_owned(),
    }
}

/// Facts of an introduction on a day.
pub(crate) fn facts(produced: Date) -> Facts {
    let paper = |number: &str| Paper { number: number.to_owned(), date: produced };
    Facts {
        place: "Шымкент".to_owned(),
        produced,
        expires: None,
        conformity: paper("KZ.7500317.01.01.12345"),
        test: paper("1234-И"),
        customs: None,
        price_tiyn: 1_499_000,
    }
}

pub(super) fn series(bulk: &mut Bulk, world: &World) -> Result<()> {
    for at in 0..=world.unit_series() {
        let id = SeriesId(at as u32);
        let (owner, issued) = if id == world.consecutive() {
            (world.wholesaler(0), world.size().consecutive)
        } else {
            (world.producer(at), world.issued(at))
        };
        let gtin = gtin(id)?;
        let product = Some(Arc::new(card(gtin)));
        let series = Series { kind: SeriesKind::Issued, key: gtin.as_str().parse()?, owner, issued, product };
        bulk.series(id, &series, world.registered(id))?;
    }
    for at in 0..world.package_series() {
        let (kind, key) = (SeriesKind::Packages, World::prefix(at));
        let series = Series { kind, key, owner: PartyId(0), issued: 0, product: None };
        bulk.series(world.package_series_id(at), &series, world.last())?;
    }
    Ok(())
}

/// Facts of all introductions: a sale asks for them, and so does every check.
pub(super) fn bodies(bulk: &mut Bulk, world: &World) -> Result<()> {
    let mut failed = None;
    let mut each = |paper: &crate::world::Paper, _: &[Effect]| {
        if paper.kind != DocumentKind::Introduce || failed.is_some() {
            return;
        }
        let facts = FactsBody::from(&facts(paper.at.date()));
        let written = serde_json::to_string(&facts)
            .map_err(anyhow::Error::from)
            .and_then(|facts| Ok(bulk.body(paper.document, "{}", Some(&facts))?));
        failed = written.err();
    };
    world.first_documents(&mut each);
    for day in 0..world.size().days {
        world.of_section(Section::Introduce, day, &mut each);
    }
    failed.map_or(Ok(()), Err)
}
