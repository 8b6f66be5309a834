//! From a file to a database.

use super::file::{In, take_value};
use super::sections::{BEFORE, BETWEEN, LOG, META, OF_BLOCKS, PartOf, REPORTS, Section};
use super::{MoveError, Moved, log as record};
use crate::Bulk;
use crate::coding::block::{BlockKey, View};
use crate::coding::log::Head;
use crate::db::{Database, Kind, Session, Value, one};
use crate::engine::Parts;
use crate::tables;
use shared::act::Effect;
use shared::series::SeriesId;
use shared::state::DocumentNo;
use std::io::Read;

/// What stands in place of the number of parts while the import goes on: no ledger opens with it.
const UNFINISHED: &str = "import";

/// Bytes of rows that are written at once, and effects of a page of the log.
const BATCH: usize = 4 << 20;
const EFFECTS: usize = 16_384;

/// Documents of a page of the log.
const DOCUMENTS: usize = 1024;

pub(super) fn ledger<F: Read>(from: &mut F, database: Box<dyn Database>, parts: u32) -> Result<Moved, MoveError> {
    mark(&mut *database.session()?)?;
    let parts = Parts(parts.clamp(1, Parts::MOST));
    let mut reading = Reading { file: In::new(from), bulk: Bulk::over(database, parts)?, parts };
    let mut moved = Moved { documents: 0, blocks: 0, rows: 0, bytes: 0, checksum: [0; 32] };
    let floor = reading.meta()?;
    for section in BEFORE {
        moved.rows += reading.section(section)?;
    }
    moved.documents = reading.log(floor)?;
    for section in BETWEEN {
        moved.rows += reading.section(section)?;
    }
    moved.blocks = reading.section(&OF_BLOCKS)?;
    moved.rows += reading.section(&REPORTS)?;
    (moved.bytes, moved.checksum) = reading.file.finish()?;
    if floor.0 > moved.documents {
        return Err(MoveError::Content("a floor after the last document"));
    }
    // With the floor, in one transaction: from here on it is a ledger.
    reading.bulk.meta("parts", &parts.0.to_string())?;
    reading.bulk.finish(floor)?;
    Ok(moved)
}

/// Sees that the ledger is empty, and marks it as one that is not whole.
fn mark(session: &mut dyn Session) -> Result<(), MoveError> {
    session.begin(true)?;
    let parts = tables::meta::get(session, "parts")?;
    let mut is_empty = parts.is_none_or(|parts| parts != UNFINISHED);
    let tables = BEFORE.iter().chain(BETWEEN).chain([&OF_BLOCKS, &REPORTS]).map(|section| section.table.name);
    for table in tables.chain(["head", "page", "sequence"]) {
        is_empty &= one(session, &format!("SELECT 1 FROM {table} LIMIT 1"), &[], |_| Ok(()))?.is_none();
    }
    if !is_empty {
        session.rollback()?;
        return Err(MoveError::NotEmpty);
    }
    tables::meta::put(session, "parts", UNFINISHED)?;
    Ok(session.commit()?)
}

struct Reading<'a, F> {
    file: In<'a, F>,
    bulk: Bulk,
    parts: Parts,
}

impl<F: Read> Reading<'_, F> {
    /// Settings; gives the floor.
    fn meta(&mut self) -> Result<DocumentNo, MoveError> {
        self.file.section(META)?;
        let mut floor = None;
        while let Some(mut record) = self.file.record()? {
            let name = take_value(&mut record, Kind::Text)?;
            let value = take_value(&mut record, Kind::Text)?;
            match (name, value) {
                (Value::Text("parts"), _) => return Err(MoveError::Content("a number of parts")),
                (Value::Text("floor"), Value::Text(value)) => floor = value.parse().ok(),
                (Value::Text(name), Value::Text(value)) => self.bulk.meta(name, value)?,
                _ => return Err(MoveError::Content("a setting is none")),
            }
        }
        floor.map(DocumentNo).ok_or(MoveError::Content("no floor"))
    }

    /// The rows of a section.
    fn section(&mut self, section: &Section) -> Result<u64, MoveError> {
        self.file.section(section.tag)?;
        let (mut records, mut bytes, mut written) = (Vec::new(), 0, 0);
        loop {
            let record = self.file.record()?.map(<[u8]>::to_vec);
            let is_last = record.is_none();
            written += u64::from(!is_last);
            bytes += record.as_ref().map_or(0, Vec::len);
            records.extend(record);
            if bytes >= BATCH || records.len() >= section.page || is_last {
                self.rows(section, &records)?;
                records.clear();
                bytes = 0;
            }
            if is_last {
                return Ok(written);
            }
        }
    }

    fn rows(&mut self, section: &Section, records: &[Vec<u8>]) -> Result<(), MoveError> {
        let columns = section.columns();
        let mut values = Vec::with_capacity(records.len() * (columns.len() + 1));
        for record in records {
            let mut rest = record.as_slice();
            let begin = values.len();
            if section.part_of != PartOf::Nothing {
                values.push(Value::Null);
            }
            for (_, kind) in columns {
                values.push(take_value(&mut rest, *kind)?);
            }
            if !rest.is_empty() {
                return Err(MoveError::Content("a record is longer than its row"));
            }
            let key = values.get(begin + 1).copied();
            let part = match (section.part_of, key) {
                (PartOf::Nothing, _) => None,
                (PartOf::Series, Some(Value::Int(series))) => {
                    let series = u32::try_from(series).map_err(|_| MoveError::Content("a series is none"))?;
                    Some(self.parts.of_series(SeriesId(series)))
                }
                (PartOf::Block, Some(Value::Int(place))) => {
                    let key = BlockKey::at_place(place).ok_or(MoveError::Content("a block is none"))?;
                    Some(self.parts.of_series(key.series))
                }
                (PartOf::Document, Some(Value::Int(number))) => {
                    Some(self.parts.of_document(DocumentNo(number.cast_unsigned())))
                }
                (PartOf::Number, Some(Value::Int(number))) => Some(self.parts.of_number(number.cast_unsigned())),
                _ => return Err(MoveError::Content("a row has no key")),
            };
            if let (Some(part), Some(into)) = (part, values.get_mut(begin)) {
                *into = Value::Int(part);
            }
            if section.tag == OF_BLOCKS.tag {
                verify(values.get(begin + 1..).unwrap_or_default())?;
            }
        }
        Ok(self.bulk.rows(&section.table, &values)?)
    }

    /// The log, in pages of its own. One ends at the floor: what comes after it is read at every start, by whole pages.
    fn log(&mut self, floor: DocumentNo) -> Result<u64, MoveError> {
        self.file.section(LOG)?;
        let (mut heads, mut effects): (Vec<Head>, Vec<(DocumentNo, Vec<Effect>)>) = (Vec::new(), Vec::new());
        let (mut last, mut count) = (0, 0);
        loop {
            let document = match self.file.record()? {
                Some(mut bytes) => {
                    let document = record::take(&mut bytes)?;
                    if !bytes.is_empty() {
                        return Err(MoveError::Content("a record is longer than its document"));
                    }
                    Some(document)
                }
                None => None,
            };
            let is_last = document.is_none();
            if let Some((head, of)) = document {
                if head.document.0 != last + 1 {
                    return Err(MoveError::Content("a document is missing"));
                }
                last += 1;
                count += of.len();
                if !of.is_empty() {
                    effects.push((head.document, of));
                }
                heads.push(head);
            }
            if is_last || last == floor.0 || heads.len() >= DOCUMENTS || count >= EFFECTS {
                self.bulk.page(&mut heads, std::mem::take(&mut effects))?;
                heads.clear();
                count = 0;
            }
            if is_last {
                return Ok(last);
            }
        }
    }
}

/// A block that its row does not fit would be found damaged later.
fn verify(values: &[Value<'_>]) -> Result<(), MoveError> {
    let wrong = || MoveError::Content("a block is none");
    let [Value::Int(place), Value::Bytes(bytes)] = *values else { return Err(wrong()) };
    let key = BlockKey::at_place(place).ok_or_else(wrong)?;
    View::new(key, bytes).map(|_| ()).map_err(|_| wrong())
}
