//! The log of applied documents: pages of heads, and for each part pages of effects.

use crate::StoreError;
use crate::coding::Damaged;
use crate::coding::log::{Head, decode_effects, decode_heads, effects_of, head_of};
use crate::db::{Session, Value};
use shared::act::Effect;
use shared::series::SeriesId;
use shared::state::DocumentNo;

/// Into how many parts the ledger is cut: the distribution column of the large tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Parts(pub(crate) u32);

/// Documents that share a part of the tables keyed by document: 2¹².
const DOCUMENTS_SHIFT: u32 = 12;

impl Parts {
    /// Most parts: a head names its parts in 64 bits.
    pub(crate) const MOST: u32 = 64;

    /// The part of what is kept by series.
    pub(crate) fn of_series(self, series: SeriesId) -> i64 {
        i64::from(series.0 % self.0)
    }

    /// The part of what is kept by document.
    pub(crate) fn of_document(self, document: DocumentNo) -> i64 {
        // Below 64.
        ((document.0 >> DOCUMENTS_SHIFT) % u64::from(self.0)) as i64
    }

    /// The part of what is kept by a number that is neither.
    pub(crate) fn of_number(self, number: u64) -> i64 {
        (number % u64::from(self.0)) as i64
    }

    /// Document after which a page of heads must end: those behind it are of another part.
    pub(crate) fn page_end(self, first: DocumentNo) -> u64 {
        ((first.0 >> DOCUMENTS_SHIFT) + 1) << DOCUMENTS_SHIFT
    }
}

/// Documents are far below 2⁶³.
pub(crate) fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

fn number(value: i64) -> Result<u64, StoreError> {
    u64::try_from(value).map_err(|_| StoreError::corrupt(format!("number {value}")))
}

/// Writes a page of heads.
pub(crate) fn put_heads(
    session: &mut dyn Session,
    parts: Parts,
    first: DocumentNo,
    count: usize,
    bytes: &[u8],
) -> Result<(), StoreError> {
    let (part, first) = (parts.of_document(first), signed(first.0));
    if parts.0 > 1 {
        // The one key that two processes cannot both write, whatever their parts.
        session.execute("INSERT INTO sequence (first_document) VALUES ($1)", &[Value::Int(first)])?;
    }
    let values = [Value::Int(part), Value::Int(first), Value::Int(signed(count as u64)), Value::Bytes(bytes)];
    session.execute("INSERT INTO head (part, first_document, count, bytes) VALUES ($1, $2, $3, $4)", &values)?;
    Ok(())
}

/// Writes a page of effects of one part.
pub(crate) fn put_effects(
    session: &mut dyn Session,
    part: i64,
    first: DocumentNo,
    bytes: &[u8],
) -> Result<(), StoreError> {
    let values = [Value::Int(part), Value::Int(signed(first.0)), Value::Bytes(bytes)];
    session.execute("INSERT INTO page (part, first_document, bytes) VALUES ($1, $2, $3)", &values)?;
    Ok(())
}

/// The last page at or before a document, of heads or of effects.
fn page_before(
    session: &mut dyn Session,
    sql: &str,
    part: i64,
    document: DocumentNo,
) -> Result<Option<Vec<u8>>, StoreError> {
    let mut page = None;
    session.query(sql, &[Value::Int(part), Value::Int(signed(document.0))], &mut |row| {
        page = Some(row.bytes(0)?);
        Ok(())
    })?;
    Ok(page)
}

fn damaged(document: DocumentNo, what: &str, damage: Damaged) -> StoreError {
    StoreError::corrupt(format!("{what} of document {} ({damage})", document.0))
}

/// The head of a document; nothing if there is no such document.
pub(crate) fn head(session: &mut dyn Session, parts: Parts, document: DocumentNo) -> Result<Option<Head>, StoreError> {
    let sql = "SELECT bytes FROM head WHERE part = $1 AND first_document <= $2 ORDER BY first_document DESC LIMIT 1";
    match page_before(session, sql, parts.of_document(document), document)? {
        Some(bytes) => head_of(&bytes, document).map_err(|damage| damaged(document, "the head", damage)),
        None => Ok(None),
    }
}

/// Heads that are read from a page where they stand; for more of them it is worth decoding.
const FEW: usize = 8;

/// Heads of many documents, in the order asked for, each page read once if they are in order.
pub(crate) fn heads(
    session: &mut dyn Session,
    parts: Parts,
    documents: &[DocumentNo],
) -> Result<Vec<Head>, StoreError> {
    let sql = "SELECT bytes FROM head WHERE part = $1 AND first_document <= $2 ORDER BY first_document DESC LIMIT 1";
    let mut bytes: Option<Vec<u8>> = None;
    let (mut read, mut page): (usize, Vec<Head>) = (0, Vec::new());
    let mut found = Vec::with_capacity(documents.len());
    for &document in documents {
        if let Ok(at) = page.binary_search_by_key(&document, |head| head.document) {
            found.extend(page.get(at));
            continue;
        }
        let stands = |damage| damaged(document, "the head", damage);
        let mut head = match &bytes {
            Some(bytes) => head_of(bytes, document).map_err(stands)?,
            None => None,
        };
        if head.is_none() {
            let next = page_before(session, sql, parts.of_document(document), document)?;
            let next = bytes.insert(next.ok_or_else(|| StoreError::corrupt(format!("document {}", document.0)))?);
            head = head_of(next, document).map_err(stands)?;
            read = 0;
            page.clear();
        }
        read += 1;
        if let Some(bytes) = bytes.as_ref().filter(|_| read == FEW) {
            page = decode_heads(bytes).map_err(stands)?;
        }
        found.push(head.ok_or_else(|| StoreError::corrupt(format!("document {}", document.0)))?);
    }
    Ok(found)
}

/// The effects of a document, of all parts in which it has any.
pub(crate) fn effects(session: &mut dyn Session, head: &Head) -> Result<Vec<Effect>, StoreError> {
    let sql = "SELECT bytes FROM page WHERE part = $1 AND first_document <= $2 ORDER BY first_document DESC LIMIT 1";
    let mut all = Vec::new();
    for part in (0..Parts::MOST).filter(|part| head.parts >> part & 1 == 1) {
        let bytes = page_before(session, sql, i64::from(part), head.document)?;
        let bytes = bytes.ok_or_else(|| StoreError::corrupt(format!("effects of document {}", head.document.0)))?;
        all.extend(effects_of(&bytes, head.document).map_err(|damage| damaged(head.document, "effects", damage))?);
    }
    Ok(all)
}

/// The number after the last document.
pub(crate) fn end(session: &mut dyn Session) -> Result<DocumentNo, StoreError> {
    let mut end = Ok(DocumentNo(1));
    let sql = "SELECT first_document, count FROM head ORDER BY first_document DESC LIMIT 1";
    session.query(sql, &[], &mut |row| {
        end = Ok(DocumentNo(number(row.int(0)?)? + number(row.int(1)?)?));
        Ok(())
    })?;
    end
}

/// Pages read in one go while the log is followed: each is at most some megabytes.
const PAGES: i64 = 64;

/// Reads all heads from a document on, page by page, in order.
pub(crate) fn heads_from(
    session: &mut dyn Session,
    from: DocumentNo,
    each: &mut dyn FnMut(&[Head]) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut from = from;
    loop {
        let mut pages: Vec<Vec<u8>> = Vec::new();
        // Pages of all parts in the order of documents: the log is followed by those who hold all of it.
        let sql = "SELECT bytes FROM head WHERE first_document >= $1 ORDER BY first_document LIMIT $2";
        session.query(sql, &[Value::Int(signed(from.0)), Value::Int(PAGES)], &mut |row| {
            pages.push(row.bytes(0)?);
            Ok(())
        })?;
        let Some(last) = pages.len().checked_sub(1) else { return Ok(()) };
        for (at, bytes) in pages.iter().enumerate() {
            let heads = decode_heads(bytes).map_err(|damage| damaged(from, "a page of heads", damage))?;
            each(&heads)?;
            if at == last {
                let end = heads.last().ok_or_else(|| StoreError::corrupt("an empty page of heads"))?;
                from = DocumentNo(end.document.0 + 1);
            }
        }
    }
}

/// Reads all effects of a part in pages that begin at or after a document, in order.
pub(crate) fn effects_from(
    session: &mut dyn Session,
    part: i64,
    from: DocumentNo,
    each: &mut dyn FnMut(DocumentNo, Effect) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut from = signed(from.0);
    loop {
        let mut pages: Vec<(i64, Vec<u8>)> = Vec::new();
        let sql = "SELECT first_document, bytes FROM page WHERE part = $1 AND first_document >= $2
            ORDER BY first_document LIMIT $3";
        session.query(sql, &[Value::Int(part), Value::Int(from), Value::Int(PAGES)], &mut |row| {
            pages.push((row.int(0)?, row.bytes(1)?));
            Ok(())
        })?;
        let Some((last, _)) = pages.last() else { return Ok(()) };
        from = last + 1;
        for (first, bytes) in &pages {
            let first = DocumentNo(number(*first)?);
            let mut failed = None;
            let mut hear = |document, effect| {
                if failed.is_none() {
                    failed = each(document, effect).err();
                }
            };
            decode_effects(bytes, &mut hear).map_err(|damage| damaged(first, "a page of effects", damage))?;
            if let Some(error) = failed {
                return Err(error);
            }
        }
    }
}
