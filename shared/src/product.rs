//! The product card and the facts of a batch: what R5 asks a check to show.

use crate::date::Date;
use crate::group::ProductGroup;
use crate::refusal::{Refusal, RefusalCode};
use gs1::Gtin;

/// Longest name or fact, in characters.
pub const TEXT_LIMIT: usize = 200;

/// A text in the three languages of the system. Kazakh and Russian are required (R16).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// Kazakh.
    pub kk: String,
    /// Russian.
    pub ru: String,
    /// English, if there is one.
    pub en: Option<String>,
}

impl Names {
    /// The text in the language `tag`; Russian for a language without text.
    pub fn get(&self, tag: &str) -> &str {
        match tag {
            "kk" => &self.kk,
            "en" => self.en.as_deref().unwrap_or(&self.ru),
            _ => &self.ru,
        }
    }
}

/// What a GTIN is, the same for every unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Its GTIN.
    pub gtin: Gtin,
    /// Its group.
    pub group: ProductGroup,
    /// Trade name.
    pub name: Names,
    /// Who made it.
    pub manufacturer: String,
    /// Who brought it into the country; nothing for domestic goods.
    pub importer: Option<String>,
    /// Country of origin, ISO 3166-1 alpha-2.
    pub country: String,
}

impl Product {
    /// Whether it is made in Kazakhstan.
    pub fn is_domestic(&self) -> bool {
        self.country == "KZ"
    }

    /// Checks what holds across fields: imported goods have an importer, domestic ones none.
    ///
    /// # Errors
    /// [`RefusalCode::ImporterMismatch`].
    pub fn check(&self) -> Result<(), Refusal> {
        if self.is_domestic() == self.importer.is_some() {
            return Err(Refusal::new(RefusalCode::ImporterMismatch).at("/importer"));
        }
        Ok(())
    }
}

/// Number and date of a document that proves a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// Its number.
    pub number: String,
    /// Its date.
    pub date: Date,
}

/// Facts of a batch, given when its units are introduced (R5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Place of production.
    pub place: String,
    /// Date of production.
    pub produced: Date,
    /// Best before or use by, for groups that expire.
    pub expires: Option<Date>,
    /// Certificate or declaration of conformity.
    pub conformity: Paper,
    /// Test certificate.
    pub test: Paper,
    /// Customs declaration, for imported goods.
    pub customs: Option<Paper>,
    /// Price for the consumer, in tiyn (1/100 tenge).
    pub price_tiyn: u64,
}

impl Facts {
    /// Checks the facts against the product and the day they are given on.
    ///
    /// # Errors
    /// [`RefusalCode::CustomsDeclarationMissing`], [`RefusalCode::FactMissing`], [`RefusalCode::DateInFuture`],
    /// [`RefusalCode::Expired`].
    pub fn check(&self, product: &Product, today: Date) -> Result<(), Refusal> {
        if !product.is_domestic() && self.customs.is_none() {
            return Err(Refusal::new(RefusalCode::CustomsDeclarationMissing).at("/facts/customs"));
        }
        if product.group.expires() && self.expires.is_none() {
            return Err(Refusal::new(RefusalCode::FactMissing).at("/facts/expires").with("field", "expires"));
        }
        let dates = [
            ("/facts/produced", Some(self.produced)),
            ("/facts/conformity/date", Some(self.conformity.date)),
            ("/facts/test/date", Some(self.test.date)),
            ("/facts/customs/date", self.customs.as_ref().map(|paper| paper.date)),
        ];
        for (field, date) in dates {
            if date.is_some_and(|date| date > today) {
                return Err(Refusal::new(RefusalCode::DateInFuture).at(field).with("field", field));
            }
        }
        if self.expires.is_some_and(|date| date < today) {
            return Err(Refusal::new(RefusalCode::Expired).at("/facts/expires"));
        }
        Ok(())
    }
}
