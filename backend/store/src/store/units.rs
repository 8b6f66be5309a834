//! Single units and packages.

use super::Store;
use crate::{PackageRecord, StoreError, UnitRecord};
use shared::gs1::Gtin;
use shared::series::{PackageId, SeriesId, SeriesKind};
use shared::state::UnitState;

impl Store {
    /// The unit with this number of the codes issued for a GTIN; nothing if it was never issued.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn unit(&self, gtin: Gtin, number: u64) -> Result<Option<UnitRecord>, StoreError> {
        self.read_units(|view| match view.issued(gtin)? {
            Some((id, series)) if number < series.issued => {
                let state = UnitState::of(&view.events(id, number)?);
                view.placed(id, state).map(Some)
            }
            _ => Ok(None),
        })
    }

    /// Units by series and number, in the order asked for; those that do not exist are nothing.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn units(&self, places: &[(SeriesId, u64)]) -> Result<Vec<Option<UnitRecord>>, StoreError> {
        self.read_units(|view| {
            let histories = view.events_of_many(places)?;
            let each = places.iter().zip(histories).map(|(&(id, number), events)| {
                let state = UnitState::of(&events);
                let exists = view.series(id)?.is_some_and(|series| match series.kind {
                    SeriesKind::Packages => state.is_package(),
                    SeriesKind::Issued | SeriesKind::Own | SeriesKind::Foreign => number < series.issued,
                });
                Ok(exists.then_some((id, state)))
            });
            let states = each.collect::<Result<Vec<_>, StoreError>>()?;
            view.placed_many(&states)
        })
    }

    /// A package with what is directly in it; nothing if it was never formed, or if that was taken back.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn package(&self, id: PackageId) -> Result<Option<PackageRecord>, StoreError> {
        self.read(|view| {
            let Some(series) = view.series_of(SeriesKind::Packages, id.prefix())? else { return Ok(None) };
            let state = UnitState::of(&view.events(series, id.number())?);
            if !state.is_package() {
                return Ok(None);
            }
            let unit = view.placed(series, state)?;
            Ok(Some(PackageRecord { unit, contents: view.contents(id)? }))
        })
    }
}
