//! Reads a ledger a second time: from the stored bytes alone, by the description of them in docs/internals/ledger.md,
//! with nothing of the program that wrote them but the way to the rows ([`backend_store::Raw`]).
//!
//! The log is read once. Every act that a document does to a unit adds to a sum of its block: a random weight of
//! (document, act, argument, order within the document) times a random weight of the unit's place, both new for every
//! audit. Then the blocks are read once: each history that is found there takes the same product away, and what is left
//! must be nothing. A block that holds other histories than the documents made passes with a probability of some 2⁻⁶⁰,
//! and nobody can prepare one, since nobody knows the weights. So a ledger of any size is audited in two readings and
//! eight bytes of memory a block; what no block holds yet waits in memory as it does in the writer, in portions that
//! [`Options::memory`] bounds.
//!
//! While the histories are at hand each is folded, by rules of this package's own: every step must follow from the one
//! before, no act comes before the number was issued, and what is counted at the end must be what was issued. Whoever
//! becomes an owner is who sent the document, and just what an open shipment has shipped is under way.

mod blocks;
mod exact;
mod histories;
mod ledger;
mod life;
mod log;
mod pending;
mod prints;
mod read;
mod report;
mod shipments;

pub use report::{Balance, Mismatch, Place, Report, What};

use backend_store::{Raw, StoreError};

/// How an audit goes about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Bytes for the acts that no block holds yet. With more of them the end of the log is read several times.
    pub memory: usize,
    /// Mismatches that are listed; all are counted.
    pub listed: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { memory: 512 << 20, listed: 1000 }
    }
}

/// Reads the whole ledger and compares.
///
/// # Errors
/// [`StoreError`] if the database cannot be read. What is read and wrong is in the report.
pub fn audit(raw: &mut Raw, options: Options) -> Result<Report, StoreError> {
    let mut report = Report::new(options.listed);
    let Some(mut ledger) = ledger::Ledger::read(raw, &mut report)? else { return Ok(report) };
    let mut pending = pending::Pending::new(options.memory);
    let (weights, mut shipments) = log::read(raw, &mut ledger, &mut pending, &mut report)?;
    let mut reader = blocks::Reader::new(weights);
    loop {
        reader.read(raw, &mut ledger, &mut pending, &mut shipments, &mut report)?;
        if !pending.next_portion() {
            break;
        }
        log::read_end(raw, &ledger, &mut pending)?;
    }
    let doubtful = reader.end(raw, &ledger, &mut report)?;
    shipments.end(&mut report);
    ledger.balance(&mut report);
    exact::name(raw, &ledger, &doubtful, &mut report)?;
    Ok(report)
}
