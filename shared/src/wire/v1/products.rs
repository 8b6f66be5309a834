//! Product cards and facts of batches.

use crate::date::Date;
use crate::group::ProductGroup;
use crate::product::{Facts, Names, Paper, Product, TEXT_LIMIT};
use crate::refusal::{Refusal, RefusalCode};
use gs1::Gtin;
use serde::{Deserialize, Serialize};

/// A text in three languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NamesBody {
    /// Kazakh.
    pub kk: String,
    /// Russian.
    pub ru: String,
    /// English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

/// A product card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProductBody {
    /// GTIN, 8, 12, 13 or 14 digits.
    pub gtin: String,
    /// Product group.
    pub group: ProductGroup,
    /// Trade name.
    pub name: NamesBody,
    /// Manufacturer.
    pub manufacturer: String,
    /// Importer, for goods made abroad.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub importer: Option<String>,
    /// Country of origin, ISO 3166-1 alpha-2.
    pub country: String,
}

/// `GET /api/v1/products`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductList {
    /// Cards by GTIN.
    pub products: Vec<ProductBody>,
}

/// A document that proves a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PaperBody {
    /// Its number.
    pub number: String,
    /// Its date.
    pub date: Date,
}

/// Facts of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FactsBody {
    /// Place of production.
    pub place: String,
    /// Date of production.
    pub produced: Date,
    /// Date after which it may not be sold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
    /// Certificate or declaration of conformity.
    pub conformity: PaperBody,
    /// Test certificate.
    pub test: PaperBody,
    /// Customs declaration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customs: Option<PaperBody>,
    /// Price for the consumer, in tiyn (1/100 tenge).
    pub price_tiyn: u64,
}

/// A text that is there, not too long, and without control characters.
pub(crate) fn text(pointer: &str, value: &str) -> Result<String, Refusal> {
    let value = value.trim();
    if value.is_empty() {
        return Err(Refusal::new(RefusalCode::FactMissing).at(pointer).with("field", pointer));
    }
    if value.chars().count() > TEXT_LIMIT {
        return Err(Refusal::field(pointer, format!("> {TEXT_LIMIT}")));
    }
    if value.chars().any(char::is_control) {
        return Err(Refusal::field(pointer, "control character"));
    }
    Ok(value.to_owned())
}

/// A GTIN from a request.
///
/// # Errors
/// [`RefusalCode::GtinInvalid`] at `pointer`.
pub fn gtin(pointer: &str, value: &str) -> Result<Gtin, Refusal> {
    value.parse().map_err(|_| Refusal::new(RefusalCode::GtinInvalid).at(pointer))
}

impl TryFrom<ProductBody> for Product {
    type Error = Refusal;
    fn try_from(body: ProductBody) -> Result<Self, Refusal> {
        let is_country = body.country.len() == 2 && body.country.bytes().all(|byte| byte.is_ascii_uppercase());
        if !is_country {
            return Err(Refusal::field("/country", "ISO 3166-1 alpha-2"));
        }
        let product = Self {
            gtin: gtin("/gtin", &body.gtin)?,
            group: body.group,
            name: Names {
                kk: text("/name/kk", &body.name.kk)?,
                ru: text("/name/ru", &body.name.ru)?,
                en: body.name.en.as_deref().map(|en| text("/name/en", en)).transpose()?,
            },
            manufacturer: text("/manufacturer", &body.manufacturer)?,
            importer: body.importer.as_deref().map(|name| text("/importer", name)).transpose()?,
            country: body.country,
        };
        product.check()?;
        Ok(product)
    }
}

impl From<&Product> for ProductBody {
    fn from(product: &Product) -> Self {
        Self {
            gtin: product.gtin.to_string(),
            group: product.group,
            name: NamesBody { kk: product.name.kk.clone(), ru: product.name.ru.clone(), en: product.name.en.clone() },
            manufacturer: product.manufacturer.clone(),
            importer: product.importer.clone(),
            country: product.country.clone(),
        }
    }
}

/// Number and date of a document from a request.
///
/// # Errors
/// A refusal below `pointer`.
pub fn paper(pointer: &str, body: PaperBody) -> Result<Paper, Refusal> {
    Ok(Paper { number: text(&format!("{pointer}/number"), &body.number)?, date: body.date })
}

impl TryFrom<FactsBody> for Facts {
    type Error = Refusal;
    fn try_from(body: FactsBody) -> Result<Self, Refusal> {
        Ok(Self {
            place: text("/facts/place", &body.place)?,
            produced: body.produced,
            expires: body.expires,
            conformity: paper("/facts/conformity", body.conformity)?,
            test: paper("/facts/test", body.test)?,
            customs: body.customs.map(|body| paper("/facts/customs", body)).transpose()?,
            price_tiyn: body.price_tiyn,
        })
    }
}

impl From<&Facts> for FactsBody {
    fn from(facts: &Facts) -> Self {
        let paper = |paper: &Paper| PaperBody { number: paper.number.clone(), date: paper.date };
        Self {
            place: facts.place.clone(),
            produced: facts.produced,
            expires: facts.expires,
            conformity: paper(&facts.conformity),
            test: paper(&facts.test),
            customs: facts.customs.as_ref().map(paper),
            price_tiyn: facts.price_tiyn,
        }
    }
}
