//! Cards, facts, packages that scenarios of the ledger use.

use crate::facts;
use shared::document::{Items, Packing};
use shared::group::ProductGroup;
use shared::gs1::Gtin;
use shared::product::{Facts, Names, Paper, Product};
use shared::series::{PackageId, PackageLevel, Range, SeriesId};

/// A GTIN of Kazakhstan's prefix with this item number.
pub fn gtin(item: u32) -> Gtin {
    facts::gtin(item).parse().expect("the check digit is right")
}

/// The card of a domestic product.
pub fn domestic(item: u32, group: ProductGroup) -> Product {
    Product {
        gtin: gtin(item),
        group,
        name: Names { kk: format!("Етік {item}"), ru: format!("Ботинки {item}"), en: None },
        manufacturer: "«Алатау аяқ киім» ЖШС".into(),
        importer: None,
        country: "KZ".into(),
    }
}

/// The card of an imported product.
pub fn imported(item: u32, group: ProductGroup) -> Product {
    Product { importer: Some("«Дала Импорт» ЖШС".into()), country: "DE".into(), ..domestic(item, group) }
}

fn paper(number: &str) -> Paper {
    Paper { number: number.into(), date: "2026-02-20".parse().expect("a date") }
}

/// Facts of a batch made in a place, good for years.
pub fn batch(place: &str) -> Facts {
    Facts {
        place: place.into(),
        produced: "2026-03-02".parse().expect("a date"),
        expires: Some("2040-01-01".parse().expect("a date")),
        conformity: paper("KZ.7500361.01.01.00123"),
        test: paper("ИЛ-2026/118"),
        customs: None,
        price_tiyn: 1_899_000,
    }
}

/// Facts of an imported batch.
pub fn imported_batch(place: &str) -> Facts {
    Facts { customs: Some(declaration()), ..batch(place) }
}

/// A customs declaration.
pub fn declaration() -> Paper {
    paper("50421/120226/0012345")
}

/// Consecutive numbers of a series.
pub fn range(series: SeriesId, first: u64, count: u64) -> Range {
    Range { series, first, count }
}

/// The package with this number among those of a prefix.
pub fn package(prefix: u64, number: u64) -> PackageId {
    PackageId::at(prefix, number).expect("seven digits")
}

/// Units as goods.
pub fn units(units: &[Range]) -> Items {
    Items { units: units.to_vec(), packages: Vec::new() }
}

/// Packages as goods.
pub fn packages(packages: &[PackageId]) -> Items {
    Items { units: Vec::new(), packages: packages.to_vec() }
}

/// A package to be made.
pub fn packing(package: PackageId, level: PackageLevel, contents: Items) -> Packing {
    Packing { package, level, contents }
}
