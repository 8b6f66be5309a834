//! Remembers: the book, kept by SQLite or PostgreSQL. The only crate that holds SQL (ARCHITECTURE, invariant 6).
//!
//! Codes are not stored. A series is kept as blocks of [`shared::block::BLOCK_LEN`] numbers ([`coding::block`]), and a
//! block has no row until something happens to one of its units. Every change is a document, appended to a log
//! ([`coding::log`]) in one transaction with its answer; the database's write-ahead log is the only acknowledgement. Blocks
//! are folds of the log, written in the background (docs/internals/ledger.md).
//!
//! From below: [`coding`] bytes, `db` one face over two databases with `sqlite` and `postgres` behind it, `tables` rows,
//! `engine` log and folds, `store` what the rest of the backend asks.

mod bulk;
pub mod coding;
mod db;
mod engine;
mod error;
pub mod export;
mod postgres;
mod raw;
mod records;
mod sqlite;
mod store;
mod tables;

pub use bulk::Bulk;
#[cfg(any(test, feature = "trial"))]
#[doc(hidden)]
pub use db::trial;
pub use engine::Settings;
pub use error::{StoreError, SubmitError};
pub use raw::{Raw, RawBlock, RawCounts, RawEffects, RawHeads, RawOrder, RawSeries, RawShipment};
pub use records::{
    ApiKeyHash, Applied, Counts, DocumentRecord, History, HistoryEntry, Idempotency, NewReport, OrderRecord,
    PackageRecord, PartyRecord, Receipt, ReportRecord, Response, SeriesRecord, ShipmentRecord, Submission, UnitRecord,
};
pub use store::Store;
