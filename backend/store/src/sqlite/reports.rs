//! Reports of violations, opened.

use super::Store;
use super::convert::{parsed, signed, unsigned};
use crate::{NewReport, ReportRecord, StoreError};
use rusqlite::{OptionalExtension, Row, params};
use shared::date::Timestamp;
use shared::ticket::{ReportId, Ticket};

const COLUMNS: &str = "ticket, received, report, length(photo)";

type Columns = (String, i64, String, i64);

fn of_row(row: &Row<'_>) -> rusqlite::Result<Columns> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

fn record((ticket, received, report, photo_bytes): Columns) -> Result<ReportRecord, StoreError> {
    Ok(ReportRecord {
        report: serde_json::from_str(&report).map_err(|_| StoreError::corrupt(format!("report {ticket}")))?,
        ticket: parsed(&ticket)?,
        received: Timestamp(received),
        photo_bytes: unsigned(photo_bytes)?,
    })
}

impl Store {
    /// Keeps a report; a second delivery of one changes nothing. Returns when it first came, and whether that is now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn put_report(&self, new: NewReport) -> Result<(Timestamp, bool), StoreError> {
        let report = serde_json::to_string(&new.report)?;
        self.0.writer.write(move |db| {
            let written = db
                .prepare_cached(
                    "INSERT INTO report (id, ticket, received, report, photo) VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT (id) DO NOTHING",
                )?
                .execute(params![
                    new.id.0.as_slice(),
                    new.id.ticket().to_string(),
                    new.received.0,
                    report,
                    new.photo
                ])?;
            let mut statement = db.prepare_cached("SELECT received FROM report WHERE id = ?1")?;
            let received = statement.query_row([new.id.0.as_slice()], |row| row.get(0))?;
            Ok((Timestamp(received), written == 1))
        })
    }

    /// When the report with this id came, if it did.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn report_received(&self, id: ReportId) -> Result<Option<Timestamp>, StoreError> {
        self.0.readers.read(|db| {
            let mut statement = db.prepare_cached("SELECT received FROM report WHERE id = ?1")?;
            let received = statement.query_row([id.0.as_slice()], |row| row.get(0)).optional()?;
            Ok(received.map(Timestamp))
        })
    }

    /// The report with this ticket.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn report(&self, ticket: Ticket) -> Result<Option<ReportRecord>, StoreError> {
        self.0.readers.read(|db| {
            let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM report WHERE ticket = ?1"))?;
            statement.query_row([ticket.to_string()], of_row).optional()?.map(record).transpose()
        })
    }

    /// The photo of the report with this ticket, empty if it has none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn report_photo(&self, ticket: Ticket) -> Result<Option<Vec<u8>>, StoreError> {
        self.0.readers.read(|db| {
            let mut statement = db.prepare_cached("SELECT photo FROM report WHERE ticket = ?1")?;
            Ok(statement.query_row([ticket.to_string()], |row| row.get(0)).optional()?)
        })
    }

    /// Reports, newest first, before one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn reports(&self, before: Option<Ticket>, limit: usize) -> Result<Vec<ReportRecord>, StoreError> {
        self.0.readers.read(|db| {
            let before = before.map(|ticket| ticket.to_string());
            let filter = match before {
                Some(_) => "(received, id) < (SELECT received, id FROM report WHERE ticket = ?1)",
                None => "?1 IS NULL",
            };
            let mut statement = db.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM report WHERE {filter} ORDER BY received DESC, id DESC LIMIT ?2"
            ))?;
            let rows = statement.query_map(params![before, signed(limit as u64)], of_row)?;
            rows.map(|row| record(row?)).collect()
        })
    }
}
