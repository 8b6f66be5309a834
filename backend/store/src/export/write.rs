//! From a database to a file.

use super::file::{Out, put_value};
use super::sections::{BEFORE, BETWEEN, LOG, META, OF_BLOCKS, PartOf, REPORTS, Section};
use super::{MoveError, Moved, log as record};
use crate::StoreError;
use crate::coding::block::{BlockKey, View};
use crate::coding::log::{Head, decode_effects, decode_heads};
use crate::db::{Database, OwnedValue, Session, Value, all};
use crate::engine::{Settings, parts_of};
use crate::tables;
use shared::act::Effect;
use shared::state::DocumentNo;
use std::collections::VecDeque;
use std::io::Write;

/// Pages of the log read at once, of heads and of effects of a part.
const HEADS: i64 = 64;
const EFFECTS: i64 = 8;

pub(super) fn ledger(database: &dyn Database, to: &mut dyn Write) -> Result<Moved, MoveError> {
    let mut session = database.session()?;
    session.begin(false)?;
    let meta = tables::meta::all(&mut *session)?;
    if !meta.iter().any(|(name, _)| name == "parts") {
        return Err(StoreError::corrupt("the number of parts").into());
    }
    // It is written down, and so only read.
    let parts = parts_of(&mut *session, Settings::default())?.0;
    // A file; of a server every node has a part.
    let in_one_piece = database.single_process();
    let mut writing = Writing { session: &mut *session, parts: i64::from(parts), in_one_piece, out: Out::new(to)? };
    let mut moved = Moved { documents: 0, blocks: 0, rows: 0, bytes: 0, checksum: [0; 32] };
    writing.meta(&meta)?;
    for section in BEFORE {
        moved.rows += writing.section(section)?;
    }
    moved.documents = writing.log()?;
    for section in BETWEEN {
        moved.rows += writing.section(section)?;
    }
    moved.blocks = writing.section(&OF_BLOCKS)?;
    moved.rows += writing.section(&REPORTS)?;
    (moved.bytes, moved.checksum) = writing.out.finish()?;
    Ok(moved)
}

struct Writing<'a> {
    session: &'a mut dyn Session,
    parts: i64,
    /// Tables by document or by place are kept in that order, whatever the part of a row.
    in_one_piece: bool,
    out: Out<'a>,
}

impl Writing<'_> {
    /// All settings but the number of parts, which is each database's own.
    fn meta(&mut self, meta: &[(String, String)]) -> Result<(), MoveError> {
        self.out.section(META)?;
        // A ledger of which nothing was folded may not have it yet.
        let floor = ("floor".to_owned(), "0".to_owned());
        let has_floor = meta.iter().any(|(name, _)| name == "floor");
        let mut meta: Vec<_> = meta.iter().filter(|(name, _)| name != "parts").collect();
        if !has_floor {
            meta.push(&floor);
        }
        meta.sort_unstable();
        for (name, value) in meta {
            let mut record = Vec::new();
            put_value(&mut record, Value::Text(name));
            put_value(&mut record, Value::Text(value));
            self.out.record(&record)?;
        }
        self.out.end()
    }

    /// All rows of a section in the order of its key, of all parts side by side.
    fn section(&mut self, section: &Section) -> Result<u64, MoveError> {
        self.out.section(section.tag)?;
        let in_order = matches!(section.part_of, PartOf::Document | PartOf::Block);
        let is_whole = section.part_of == PartOf::Nothing || (in_order && self.in_one_piece);
        let mut parts: Vec<Rows> = if is_whole {
            vec![Rows::new(section, None, 1)]
        } else {
            (0..self.parts).map(|part| Rows::new(section, Some(part), self.parts)).collect()
        };
        let mut written = 0;
        loop {
            for rows in &mut parts {
                rows.fill(self.session)?;
            }
            let next = parts.iter_mut().filter(|rows| !rows.read.is_empty());
            let next =
                next.min_by(|one, other| one.read.front().map(|row| &row.0).cmp(&other.read.front().map(|row| &row.0)));
            let Some((_, record)) = next.and_then(|rows| rows.read.pop_front()) else { break };
            self.out.record(&record)?;
            written += 1;
        }
        self.out.end()?;
        Ok(written)
    }

    /// Heads and effects, document by document.
    fn log(&mut self) -> Result<u64, MoveError> {
        self.out.section(LOG)?;
        let mut parts: Vec<Effects> = (0..self.parts).map(Effects::new).collect();
        let (mut after, mut expected) = (0, 1);
        let mut buffer = Vec::new();
        loop {
            let sql = "SELECT first_document, bytes FROM head WHERE first_document > $1
                ORDER BY first_document LIMIT $2";
            let values = [Value::Int(after), Value::Int(HEADS)];
            let pages = all(self.session, sql, &values, |row| Ok((row.int(0)?, row.bytes(1)?)))?;
            let Some((last, _)) = pages.last() else { break };
            after = *last;
            for (first, bytes) in pages {
                let damaged = |damage| StoreError::corrupt(format!("the page of heads {first} ({damage})"));
                for head in decode_heads(&bytes).map_err(damaged)? {
                    if head.document.0 != expected {
                        return Err(StoreError::corrupt(format!("the log before document {}", head.document.0)).into());
                    }
                    expected += 1;
                    let mut effects = self.effects(&mut parts, &head)?;
                    buffer.clear();
                    record::put(&mut buffer, &head, &mut effects);
                    self.out.record(&buffer)?;
                }
            }
        }
        self.out.end()?;
        Ok(expected - 1)
    }

    fn effects(&mut self, parts: &mut [Effects], head: &Head) -> Result<Vec<Effect>, StoreError> {
        let mut effects = Vec::new();
        for (bit, part) in parts.iter_mut().enumerate().filter(|(bit, _)| head.parts >> bit & 1 == 1) {
            part.fill(self.session)?;
            match part.read.pop_front() {
                Some((document, of)) if document == head.document => effects.extend(of),
                _ => {
                    let what = format!("effects of document {} in part {bit}", head.document.0);
                    return Err(StoreError::corrupt(what));
                }
            }
        }
        Ok(effects)
    }
}

/// The rows of a section in one part.
struct Rows<'a> {
    section: &'a Section,
    part: Option<i64>,
    page: usize,
    after: Option<Vec<OwnedValue>>,
    /// Key and record.
    read: VecDeque<(Vec<OwnedValue>, Vec<u8>)>,
    is_over: bool,
}

impl<'a> Rows<'a> {
    fn new(section: &'a Section, part: Option<i64>, parts: i64) -> Self {
        // At most 64.
        let page = (section.page / parts as usize).max(8);
        Self { section, part, page, after: None, read: VecDeque::new(), is_over: false }
    }

    /// Reads on if nothing is left.
    fn fill(&mut self, session: &mut dyn Session) -> Result<(), StoreError> {
        if self.is_over || !self.read.is_empty() {
            return Ok(());
        }
        let (section, columns, key) = (self.section, self.section.columns(), self.section.key);
        let table = &section.table;
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let order = names.iter().take(key).copied().collect::<Vec<_>>().join(", ");
        let mut values: Vec<Value<'_>> = Vec::new();
        let mut filters = Vec::new();
        if let Some(part) = self.part {
            values.push(Value::Int(part));
            filters.push("part = $1".to_owned());
        }
        if let Some(after) = &self.after {
            let marks: Vec<String> = (values.len() + 1..).take(key).map(|at| format!("${at}")).collect();
            filters.push(format!("({order}) > ({})", marks.join(", ")));
            values.extend(after.iter().map(OwnedValue::value));
        }
        let filter = if filters.is_empty() { String::new() } else { format!("WHERE {}", filters.join(" AND ")) };
        // A page is far below 2⁶³.
        values.push(Value::Int(self.page as i64));
        let selected: Vec<&str> = names.iter().copied().chain(table.sum_names().into_iter().flatten()).collect();
        let sql = format!(
            "SELECT {} FROM {} {filter} ORDER BY {order} LIMIT ${}",
            selected.join(", "),
            table.name,
            values.len()
        );
        let read = &mut self.read;
        session.query(&sql, &values, &mut |row| {
            // The part, which is not in the file, and in no checksum.
            let mut of_row = vec![Value::Null; section.skipped()];
            for (at, (_, kind)) in columns.iter().enumerate() {
                of_row.push(kind.value(row, at)?);
            }
            // Damage is not moved.
            let [of_all, of_large] = table.sum_names();
            let mut sums = [None, None];
            for ((sum, _), at) in
                sums.iter_mut().zip([of_all, of_large]).filter(|(_, name)| name.is_some()).zip(names.len()..)
            {
                *sum = row.opt_int(at)?;
            }
            table.check_values(&of_row, sums)?;
            let of_row = of_row.get(section.skipped()..).unwrap_or_default();
            let held: Vec<OwnedValue> = of_row.iter().take(key).map(|value| (*value).into()).collect();
            if let (OF_BLOCKS_NAME, [OwnedValue::Int(place)]) = (table.name, held.as_slice()) {
                verify(*place, row.slice(1)?.unwrap_or_default())?;
            }
            let mut record = Vec::new();
            for value in of_row {
                put_value(&mut record, *value);
            }
            read.push_back((held, record));
            Ok(())
        })?;
        self.is_over = self.read.len() < self.page;
        self.after = self.read.back().map(|(key, _)| key.clone());
        Ok(())
    }
}

const OF_BLOCKS_NAME: &str = "block";

/// Damage is not moved.
fn verify(place: i64, bytes: &[u8]) -> Result<(), StoreError> {
    let key = BlockKey::at_place(place).ok_or_else(|| StoreError::corrupt(format!("the key {place} of a block")))?;
    let damaged = || StoreError::corrupt(format!("block {} of series {}", key.block, key.series.0));
    View::new(key, bytes).map(|_| ()).map_err(|_| damaged())
}

/// The effects of one part, document by document.
struct Effects {
    part: i64,
    after: i64,
    pages: VecDeque<(i64, Vec<u8>)>,
    read: VecDeque<(DocumentNo, Vec<Effect>)>,
}

impl Effects {
    fn new(part: i64) -> Self {
        Self { part, after: 0, pages: VecDeque::new(), read: VecDeque::new() }
    }

    /// Reads on if nothing is left.
    fn fill(&mut self, session: &mut dyn Session) -> Result<(), StoreError> {
        if !self.read.is_empty() {
            return Ok(());
        }
        if self.pages.is_empty() {
            let sql = "SELECT first_document, bytes FROM page WHERE part = $1 AND first_document > $2
                ORDER BY first_document LIMIT $3";
            let values = [Value::Int(self.part), Value::Int(self.after), Value::Int(EFFECTS)];
            self.pages.extend(all(session, sql, &values, |row| Ok((row.int(0)?, row.bytes(1)?)))?);
        }
        let Some((first, bytes)) = self.pages.pop_front() else { return Ok(()) };
        self.after = first;
        let read = &mut self.read;
        let decoded = decode_effects(&bytes, &mut |document, effect| match read.back_mut() {
            Some((last, effects)) if *last == document => effects.push(effect),
            _ => read.push_back((document, vec![effect])),
        });
        decoded.map_err(|damage| StoreError::corrupt(format!("the page of effects {first} ({damage})")))
    }
}
