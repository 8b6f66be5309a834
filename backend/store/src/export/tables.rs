//! The tables of a file and the order of their rows.

use crate::db::{Column, Insert, Kind, OnConflict};

/// Whose number a row's part is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PartOf {
    /// The table has no parts.
    Nothing,
    /// The first column: a series.
    Series,
    /// The first column: a document. SQLite keeps the whole table in the order of documents.
    Document,
    /// The first column: another number.
    Number,
}

/// A table.
pub(super) struct Table {
    /// Its section.
    pub(super) tag: u8,
    pub(super) part_of: PartOf,
    /// Columns that order the rows: the first so many.
    pub(super) key: usize,
    /// Rows read at once.
    pub(super) page: usize,
    /// For writing: the part, if there is one, and then the columns of the file.
    pub(super) insert: Insert,
}

impl Table {
    /// The columns of the file.
    pub(super) fn columns(&self) -> &'static [Column] {
        let skipped = usize::from(self.part_of != PartOf::Nothing);
        self.insert.columns.get(skipped..).unwrap_or_default()
    }
}

const fn int(name: &'static str) -> Column {
    (name, Kind::Int)
}

const fn text(name: &'static str) -> Column {
    (name, Kind::Text)
}

const fn bytes(name: &'static str) -> Column {
    (name, Kind::Bytes)
}

const fn table(
    tag: u8,
    name: &'static str,
    part_of: PartOf,
    key: usize,
    page: usize,
    columns: &'static [Column],
) -> Table {
    Table { tag, part_of, key, page, insert: Insert { table: name, columns, conflict: OnConflict::Fail } }
}

/// Section of heads and effects.
pub(super) const LOG: u8 = 8;

/// Section of settings.
pub(super) const META: u8 = 1;

/// Section of blocks.
const BLOCKS: u8 = 12;

/// The tables before the log.
pub(super) const BEFORE: &[Table] = &[
    table(2, "party", PartOf::Nothing, 1, 1024, &[int("id"), text("name"), text("role"), bytes("key_hash")]),
    table(3, "series", PartOf::Nothing, 1, 4096, &[int("id"), text("kind"), int("key"), int("owner"), int("issued")]),
    table(
        4,
        "product",
        PartOf::Nothing,
        1,
        1024,
        &[
            int("gtin"),
            int("series"),
            int("document"),
            text("product_group"),
            text("name_kk"),
            text("name_ru"),
            text("name_en"),
            text("manufacturer"),
            text("importer"),
            text("country"),
        ],
    ),
    table(
        5,
        "orders",
        PartOf::Nothing,
        1,
        4096,
        &[
            int("document"),
            int("series"),
            int("first"),
            int("count"),
            text("profile"),
            text("key"),
            int("party"),
            int("at"),
            int("swept"),
        ],
    ),
    table(6, "serial", PartOf::Series, 2, 4096, &[int("part"), int("series"), int("number"), text("serial")]),
    table(
        7,
        "shipment",
        PartOf::Nothing,
        1,
        4096,
        &[int("document"), int("sender"), int("receiver"), int("at"), text("due"), text("state"), int("answer")],
    ),
];

/// The tables between log and blocks.
pub(super) const BETWEEN: &[Table] = &[
    table(9, "body", PartOf::Document, 1, 512, &[int("part"), int("document"), text("body"), text("facts")]),
    table(
        10,
        "request",
        PartOf::Number,
        2,
        512,
        &[int("part"), int("party"), text("key"), bytes("hash"), int("document"), int("status"), text("response")],
    ),
    table(11, "sender", PartOf::Number, 1, 4096, &[int("part"), int("sender"), int("number"), int("document")]),
];

/// Blocks.
pub(super) const OF_BLOCKS: Table =
    table(BLOCKS, "block", PartOf::Series, 2, 128, &[int("part"), int("series"), int("block"), bytes("bytes")]);

/// The table after the blocks.
pub(super) const REPORTS: Table = table(
    13,
    "report",
    PartOf::Nothing,
    1,
    8,
    &[bytes("id"), text("ticket"), int("received"), text("report"), bytes("photo")],
);
