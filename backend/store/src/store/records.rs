//! Participants, cards, serials, reports: rows of small tables.

use super::Store;
use crate::engine::gtin_key;
use crate::{ApiKeyHash, NewReport, PartyRecord, ReportRecord, SeriesRecord, StoreError, tables};
use backend_ledger::Series;
use shared::date::Timestamp;
use shared::gs1::Gtin;
use shared::party::{PartyId, Role};
use shared::series::{SeriesId, SeriesKind};
use shared::ticket::{ReportId, Ticket};

impl Store {
    /// The participant with this API key.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn party_by_key(&self, key: ApiKeyHash) -> Result<Option<PartyRecord>, StoreError> {
        self.read(|view| tables::party::by_key(view.session, key))
    }

    /// The participant with this number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn party(&self, id: PartyId) -> Result<Option<PartyRecord>, StoreError> {
        self.read(|view| tables::party::get(view.session, id))
    }

    /// Registers a participant with an API key. One whose key is known already stays as it is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn put_party(&self, name: &str, role: Role, key: ApiKeyHash) -> Result<PartyRecord, StoreError> {
        let name = name.to_owned();
        self.0.writer.change(move |session| tables::party::put(session, &name, role, key))
    }

    /// The series of codes issued for a GTIN: its card, owner and how far it is issued.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn series(&self, of: Gtin) -> Result<Option<SeriesRecord>, StoreError> {
        self.read(|view| {
            let found = view.issued(of)?;
            Ok(found.and_then(|(id, series)| record(id, series)))
        })
    }

    /// A series by its number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn series_by_id(&self, id: SeriesId) -> Result<Option<Series>, StoreError> {
        self.read(|view| view.series(id))
    }

    /// The number of a series by kind and key: a GTIN as a number, or the first ten digits of SSCCs.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn series_id(&self, kind: SeriesKind, key: u64) -> Result<Option<SeriesId>, StoreError> {
        self.read(|view| view.series_of(kind, key))
    }

    /// The series and number of a registered serial: a participant's own, or another state's.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn serial(&self, of: Gtin, serial: &str) -> Result<Option<(SeriesId, u64)>, StoreError> {
        self.read(|view| {
            for kind in [SeriesKind::Own, SeriesKind::Foreign] {
                let Some(id) = view.series_of(kind, gtin_key(of))? else { continue };
                let part = view.engine.parts.of_series(id);
                if let Some(number) = tables::serial::get(view.session, part, id, serial)? {
                    return Ok(Some((id, number)));
                }
            }
            Ok(None)
        })
    }

    /// The registered serial with this number; nothing for series whose serials are computed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn serial_of(&self, id: SeriesId, number: u64) -> Result<Option<String>, StoreError> {
        self.read(|view| tables::serial::of_number(view.session, view.engine.parts.of_series(id), id, number))
    }

    /// Cards by GTIN, after one, of one owner or of all.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn list_series(
        &self,
        owner: Option<PartyId>,
        after: Option<Gtin>,
        limit: usize,
    ) -> Result<Vec<SeriesRecord>, StoreError> {
        self.read(|view| tables::product::list(view.session, owner, after, limit))
    }

    /// Keeps a report; a second delivery of one changes nothing. Returns when it first came, and whether that is now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn put_report(&self, new: NewReport) -> Result<(Timestamp, bool), StoreError> {
        self.0.writer.change(move |session| tables::report::put(session, &new))
    }

    /// When a report came, if it did.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn report_received(&self, id: ReportId) -> Result<Option<Timestamp>, StoreError> {
        self.read(|view| tables::report::received(view.session, id))
    }

    /// The report with this ticket.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn report(&self, ticket: Ticket) -> Result<Option<ReportRecord>, StoreError> {
        self.read(|view| tables::report::get(view.session, ticket))
    }

    /// The photo of the report with this ticket, empty if it has none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn report_photo(&self, ticket: Ticket) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|view| tables::report::photo(view.session, ticket))
    }

    /// Reports, newest first, before one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn reports(&self, before: Option<Ticket>, limit: usize) -> Result<Vec<ReportRecord>, StoreError> {
        self.read(|view| tables::report::list(view.session, before, limit))
    }
}

fn record(id: SeriesId, series: Series) -> Option<SeriesRecord> {
    let product = series.product.as_deref()?.clone();
    Some(SeriesRecord { id, product, owner: series.owner, issued: series.issued })
}
