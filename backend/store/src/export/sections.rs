//! The sections of a file that are tables, and the order of their rows.

use crate::db::{Column, OnConflict, Sums, Table, bytes, integer};
use crate::tables::{body, orders, party, product, report, request, sender, serial, series, shipment};

/// Whose number a row's part is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartOf {
    /// The table has no parts.
    Nothing,
    /// The first column: a series.
    Series,
    /// The first column: a document. SQLite keeps the whole table in the order of documents.
    Document,
    /// The first column: the place of a block. SQLite keeps the whole table in the order of places.
    Block,
    /// The first column: another number.
    Number,
}

/// A section.
pub(super) struct Section {
    pub(super) tag: u8,
    pub(super) part_of: PartOf,
    /// Columns that order the rows: the first so many.
    pub(super) key: usize,
    /// Rows read at once.
    pub(super) page: usize,
    /// The table: the part, if there is one, and then the columns of the file. Checksums are not in the file, which has its own.
    pub(super) table: Table,
}

impl Section {
    /// The columns of the file.
    pub(super) fn columns(&self) -> &'static [Column] {
        self.table.columns.get(self.skipped()..).unwrap_or_default()
    }

    /// Columns of the table that the file leaves out: the part.
    pub(super) fn skipped(&self) -> usize {
        usize::from(self.part_of != PartOf::Nothing)
    }
}

const fn section(tag: u8, table: Table, part_of: PartOf, key: usize, page: usize) -> Section {
    // A key that comes twice is no ledger's.
    Section { tag, part_of, key, page, table: Table { conflict: OnConflict::Fail, ..table } }
}

/// Section of heads and effects.
pub(super) const LOG: u8 = 8;

/// Section of settings.
pub(super) const META: u8 = 1;

/// The sections before the log.
pub(super) const BEFORE: &[Section] = &[
    section(2, party::ROWS, PartOf::Nothing, 1, 1024),
    section(3, series::ROWS, PartOf::Nothing, 1, 4096),
    section(4, product::ROWS, PartOf::Nothing, 1, 1024),
    section(5, orders::ROWS, PartOf::Nothing, 1, 4096),
    section(6, serial::ROWS, PartOf::Series, 2, 4096),
    section(7, shipment::ROWS, PartOf::Nothing, 1, 4096),
];

/// The sections between log and blocks.
pub(super) const BETWEEN: &[Section] = &[
    section(9, body::ROWS, PartOf::Document, 1, 512),
    section(10, request::ROWS, PartOf::Number, 2, 512),
    section(11, sender::ROWS, PartOf::Number, 1, 4096),
];

/// Blocks.
pub(super) const OF_BLOCKS: Section = section(
    12,
    Table {
        name: "block",
        columns: &[integer("part"), integer("place"), bytes("bytes")],
        conflict: OnConflict::Fail,
        sums: Sums::None,
    },
    PartOf::Block,
    1,
    128,
);

/// The section after the blocks.
pub(super) const REPORTS: Section = section(13, report::ROWS, PartOf::Nothing, 1, 8);
