//! From a place in the ledger to the name of the unit.

use crate::Api;
use crate::problem::Refused;
use shared::gs1::Gtin;
use shared::seal::Permutation;
use shared::series::{SeriesId, SeriesKind};
use shared::wire::v1::units::UnitName;
use std::collections::BTreeMap;

/// Names units. Keeps the series that one answer met.
pub(crate) struct Names<'a> {
    api: &'a Api,
    known: BTreeMap<SeriesId, Option<Series>>,
}

/// A series of units.
struct Series {
    kind: SeriesKind,
    gtin: Gtin,
    /// What makes the serials, if they are computed.
    serials: Option<Permutation>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(api: &'a Api) -> Self {
        Self { api, known: BTreeMap::new() }
    }

    /// The name of a unit; nothing for what is none.
    pub(crate) fn unit(&mut self, id: SeriesId, number: u64) -> Result<Option<UnitName>, Refused> {
        let api = self.api;
        let Some(series) = self.series(id)? else { return Ok(None) };
        let serial = match &series.serials {
            Some(serials) => serials.serial(number),
            None => api.store().serial_of(id, number)?,
        };
        Ok(serial.map(|serial| UnitName { gtin: series.gtin.to_string(), serial }))
    }

    /// Whose serials a series has, and of which product; nothing for one of packages.
    pub(crate) fn of_series(&mut self, id: SeriesId) -> Result<Option<(SeriesKind, Gtin)>, Refused> {
        Ok(self.series(id)?.map(|series| (series.kind, series.gtin)))
    }

    fn series(&mut self, id: SeriesId) -> Result<Option<&Series>, Refused> {
        use std::collections::btree_map::Entry;
        let known = match self.known.entry(id) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(read(self.api, id)?),
        };
        Ok(known.as_ref())
    }
}

fn read(api: &Api, id: SeriesId) -> Result<Option<Series>, Refused> {
    let Some(series) = api.store().series_by_id(id)? else { return Ok(None) };
    if series.kind == SeriesKind::Packages {
        return Ok(None);
    }
    // The key of a series of units is its GTIN.
    let Ok(gtin) = format!("{:014}", series.key).parse::<Gtin>() else { return Ok(None) };
    let group = series.product.as_ref().map(|product| product.group);
    let serials = match series.kind {
        SeriesKind::Issued => group.map(|group| api.keyring().series(gtin, group)),
        SeriesKind::Own | SeriesKind::Foreign | SeriesKind::Packages => None,
    };
    Ok(Some(Series { kind: series.kind, gtin, serials }))
}
