//! Remembers: the book, kept by SQLite. The only crate that holds SQL (ARCHITECTURE, invariant 6).
//!
//! Codes are not stored. A series is kept as blocks of [`shared::block::BLOCK_LEN`] numbers, each a row of encoded runs
//! ([`coding::runs`]), and a block has no row until something happens to one of its units: an order of a million codes
//! is one row of `orders` and a number in `product`.
//!
//! Every change is a document, written in one transaction with its effects and its answer. The database's write-ahead
//! log is the only acknowledgement: nothing is answered before the transaction is committed and synced.

pub mod coding;
mod db;
mod error;
mod records;
mod sqlite;

pub use error::{StoreError, SubmitError};
pub use records::{
    ApiKeyHash, Applied, Counts, DocumentRecord, Idempotency, NewReport, OrderRecord, PartyRecord, Receipt,
    ReportRecord, Response, SeriesRecord, Submission, UnitRecord,
};
pub use sqlite::Store;
