//! From what a document names to numbers of series and to packages.

use super::find::{Finder, Named, name_of, names_of, unit_of};
use super::packages::package_of;
use crate::Api;
use crate::problem::Refused;
use backend_ledger::{Party, Place};
use shared::document::{Items, LISTED_CODES_LIMIT, Range};
use shared::party::Role;
use shared::refusal::{Refusal, RefusalCode};
use shared::seal::KeyId;
use shared::series::PackageId;
use shared::state::DocumentNo;
use shared::wire::v1::units::{ItemsBody, OrderUnits, UnitsBody};

/// The lists of a body that name goods: JSON Pointers, in which `*` stands for an index in the list around them.
pub(crate) struct Lists {
    orders: &'static str,
    codes: &'static str,
    packages: &'static str,
}

/// Declares the lists below a field.
macro_rules! lists {
    ($($name:ident = $field:literal;)+) => {
        $(pub(crate) const $name: Lists = Lists {
            orders: concat!($field, "/orders"),
            codes: concat!($field, "/codes"),
            packages: concat!($field, "/packages"),
        };)+
    };
}

lists! {
    UNITS = "/units";
    FROM = "/from";
    TO = "/to";
    OUT = "/out";
    INTO = "/into";
    CONTENTS = "/packages/*/contents";
    DIFFERING = "/differing/*/units";
}

/// Reads the goods of one document, and remembers where each stands in the body. Reads the store and checks every
/// tail: for a thread that may block.
pub(crate) struct Resolver<'a> {
    pub(crate) api: &'a Api,
    pub(crate) by: Party,
    /// Whether what cannot be changed may be left out.
    pub(crate) partial: bool,
    /// The key that makes the tails, for an order.
    pub(crate) key: Option<KeyId>,
    places: Vec<Place>,
    refused: Vec<Refusal>,
    finder: Finder,
}

/// What a resolver gathered.
pub(crate) struct Resolved {
    pub(crate) places: Vec<Place>,
    pub(crate) refused: Vec<Refusal>,
    pub(crate) partial: bool,
    pub(crate) key: Option<KeyId>,
}

impl<'a> Resolver<'a> {
    pub(crate) fn new(api: &'a Api, by: Party) -> Self {
        Self { api, by, partial: false, key: None, places: Vec::new(), refused: Vec::new(), finder: Finder::default() }
    }

    /// The places of what was named, and the refusals of what could not be read, if they may be left out.
    ///
    /// # Errors
    /// The refusals, if they may not, or if nothing is left.
    pub(crate) fn finish(self) -> Result<Resolved, Refused> {
        if !self.refused.is_empty() && (!self.partial || self.places.is_empty()) {
            return Err(Refused::many(self.refused));
        }
        Ok(Resolved { places: self.places, refused: self.refused, partial: self.partial, key: self.key })
    }

    /// Units, in the order of the body.
    pub(crate) fn units(&mut self, lists: &Lists, units: &UnitsBody) -> Result<Vec<Range>, Refused> {
        self.units_at(lists, 0, &units.orders, &units.codes)
    }

    /// Goods, in the order of the body.
    pub(crate) fn items(&mut self, lists: &Lists, items: &ItemsBody) -> Result<Items, Refused> {
        self.items_at(lists, 0, items)
    }

    /// Goods in a list below another.
    pub(crate) fn items_at(&mut self, lists: &Lists, outer: u32, items: &ItemsBody) -> Result<Items, Refused> {
        let units = self.units_at(lists, outer, &items.orders, &items.codes)?;
        let packages = self.packages_at(lists.packages, outer, &items.packages)?;
        Ok(Items { units, packages })
    }

    fn units_at(
        &mut self,
        lists: &Lists,
        outer: u32,
        orders: &[OrderUnits],
        codes: &[String],
    ) -> Result<Vec<Range>, Refused> {
        check_len(lists.orders, outer, orders.len())?;
        check_len(lists.codes, outer, codes.len())?;
        let mut ranges = Vec::with_capacity(orders.len() + codes.len());
        for (named, index) in orders.iter().zip(0..) {
            let place = Place::Listed { list: lists.orders, outer, index };
            match range_of(self.api, self.by, named)? {
                Ok((range, base)) => {
                    ranges.push(range);
                    let of_units = lists.orders == UNITS.orders;
                    self.places.push(if of_units { Place::Order { index: index as usize, base } } else { place });
                }
                Err((code, field)) => self.refuse(Refusal::new(code).at(format!("{}{field}", place.pointer()))),
            }
        }
        for (named, index) in names_of(self.api, codes).into_iter().zip(0..) {
            let place = match index {
                index if lists.codes == UNITS.codes => Place::Code { index: index as usize },
                index => Place::Listed { list: lists.codes, outer, index },
            };
            ranges.extend(self.found(place, named)?);
        }
        Ok(ranges)
    }

    /// Packages of a list.
    pub(crate) fn packages(&mut self, list: &'static str, texts: &[String]) -> Result<Vec<PackageId>, Refused> {
        self.packages_at(list, 0, texts)
    }

    fn packages_at(&mut self, list: &'static str, outer: u32, texts: &[String]) -> Result<Vec<PackageId>, Refused> {
        check_len(list, outer, texts.len())?;
        let mut packages = Vec::with_capacity(texts.len());
        for (text, index) in texts.iter().zip(0..) {
            packages.extend(self.package_at(Place::Listed { list, outer, index }, text));
        }
        Ok(packages)
    }

    /// The package that a field names.
    pub(crate) fn package(&mut self, pointer: &'static str, text: &str) -> Result<PackageId, Refused> {
        let package = package_of(text).map_err(|refusal| refusal.at(pointer))?;
        self.places.push(Place::Field(pointer));
        Ok(package)
    }

    /// The unit that a field names.
    pub(crate) fn unit(&mut self, pointer: &'static str, code: &str) -> Result<Range, Refused> {
        let found = unit_of(self.api, pointer, code)?;
        self.places.push(Place::Field(pointer));
        Ok(Range::one(found.series, found.number))
    }

    /// The package of an entry of a list; nothing if it cannot be read, which [`Self::finish`] tells.
    pub(crate) fn package_at(&mut self, place: Place, text: &str) -> Option<PackageId> {
        match package_of(text) {
            Ok(package) => {
                self.places.push(place);
                Some(package)
            }
            Err(refusal) => {
                self.refuse(refusal.at(place.pointer()));
                None
            }
        }
    }

    /// The unit of one code of a list; nothing if it cannot be found, which [`Self::finish`] tells.
    pub(crate) fn code(&mut self, place: Place, code: &str) -> Result<Option<Range>, Refused> {
        self.found(place, name_of(self.api, code))
    }

    fn found(&mut self, place: Place, named: Result<Named, Refusal>) -> Result<Option<Range>, Refused> {
        let found = match named {
            Ok(named) => self.finder.find(self.api, named)?,
            Err(refusal) => Err(refusal),
        };
        match found {
            Ok(found) => {
                self.places.push(place);
                Ok(Some(Range::one(found.series, found.number)))
            }
            Err(refusal) => {
                self.refuse(refusal.at(place.pointer()));
                Ok(None)
            }
        }
    }

    /// Notes why something that the document names cannot be meant; no more of them than an answer tells.
    fn refuse(&mut self, refusal: Refusal) {
        if self.refused.len() < shared::wire::v1::problem::ERRORS_LIMIT {
            self.refused.push(refusal);
        }
    }
}

/// Refuses a list that is longer than a document may have.
pub(crate) fn check_len(list: &'static str, outer: u32, len: usize) -> Result<(), Refusal> {
    if len > LISTED_CODES_LIMIT {
        let at = list.replacen('*', &outer.to_string(), 1);
        return Err(Refusal::new(RefusalCode::TooManyCodes).at(at).with("limit", LISTED_CODES_LIMIT));
    }
    Ok(())
}

/// The numbers of codes of an order with the number at which the order begins, or which part of the entry is wrong.
#[expect(clippy::type_complexity, reason = "taken apart where it is called")]
fn range_of(
    api: &Api,
    by: Party,
    named: &OrderUnits,
) -> Result<Result<(Range, u64), (RefusalCode, &'static str)>, Refused> {
    let order = api.store().order(DocumentNo(named.order))?;
    // State bodies speak of any order; to all others an order of somebody else does not exist.
    let Some(order) = order.filter(|order| order.party == by.id || by.role == Role::Inspector) else {
        return Ok(Err((RefusalCode::OrderUnknown, "/order")));
    };
    let left = order.range.count.checked_sub(named.first);
    let count = left.map(|left| named.count.unwrap_or(left));
    Ok(match (left, count) {
        (Some(left), Some(count)) if (1..=left).contains(&count) => {
            // Both are within the order.
            let first = order.range.first + named.first;
            Ok((Range { series: order.range.series, first, count }, order.range.first))
        }
        _ => Err((RefusalCode::UnitsOutOfOrder, "")),
    })
}
