//! Heads of documents.

use super::super::{Damaged, seal, unseal};
use super::{CHUNK, Column, put_chunk, put_values, take_chunk, take_values};
use shared::date::Timestamp;
use shared::document::DocumentKind;
use shared::party::PartyId;
use shared::region::Region;
use shared::state::DocumentNo;

const FORM: u8 = 1;
const PLACE: &[u8] = b"heads";

/// By what a document is told from a repetition of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// By nothing.
    None,
    /// By a text of its party, in the table `request`.
    Named,
    /// By a number that grows with each document of its sender.
    Counted {
        /// The sender, such as a cash register.
        sender: u64,
        /// The number.
        number: u64,
    },
}

impl Key {
    const fn code(self) -> u64 {
        match self {
            Self::None => 0,
            Self::Named => 1,
            Self::Counted { .. } => COUNTED,
        }
    }
}

const COUNTED: u64 = 2;

/// What the log says of a document beside its effects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its number.
    pub document: DocumentNo,
    /// Its type.
    pub kind: DocumentKind,
    /// Who sent it.
    pub party: PartyId,
    /// When it was applied.
    pub at: Timestamp,
    /// How many units it speaks of.
    pub units: u64,
    /// Region of a sale, if it may be published.
    pub region: Option<Region>,
    /// By what a repetition is known.
    pub key: Key,
    /// Parts of the ledger in which it has effects, a bit each.
    pub parts: u64,
}

/// A region by the two digits of its KATO code; 0 is none.
fn region_code(region: Option<Region>) -> u64 {
    region.and_then(|region| region.as_str().parse().ok()).unwrap_or(0)
}

fn region_of(code: u64) -> Result<Option<Region>, Damaged> {
    match code {
        0 => Ok(None),
        _ => format!("{code:02}").parse().map(Some).map_err(|_| Damaged::Value),
    }
}

/// A page of heads, in order of their documents.
pub fn encode_heads(heads: &[Head]) -> Vec<u8> {
    let mut bytes = vec![FORM];
    let mut chunk = Vec::new();
    for heads in heads.chunks(CHUNK) {
        chunk.clear();
        // A signed number as the one that has its bits.
        let columns: [fn(&Head) -> u64; 8] = [
            |head| head.document.0,
            |head| u64::from(head.kind.code()),
            |head| head.party.0,
            |head| head.at.0 as u64,
            |head| head.units,
            |head| region_code(head.region),
            |head| head.parts,
            |head| head.key.code(),
        ];
        for column in columns {
            put_values(&mut chunk, heads.iter().map(column));
        }
        let counted = || {
            heads.iter().filter_map(|head| match head.key {
                Key::Counted { sender, number } => Some((sender, number)),
                _ => None,
            })
        };
        if counted().next().is_some() {
            put_values(&mut chunk, counted().map(|(sender, _)| sender));
            put_values(&mut chunk, counted().map(|(_, number)| number));
        }
        put_chunk(&mut bytes, heads.len(), &chunk);
    }
    seal(PLACE, &mut bytes);
    bytes
}

/// All heads of a page.
///
/// # Errors
/// [`Damaged`]; the checksum is looked at first.
pub fn decode_heads(bytes: &[u8]) -> Result<Vec<Head>, Damaged> {
    let mut bytes = unseal(PLACE, FORM, bytes)?;
    let mut heads = Vec::new();
    while !bytes.is_empty() {
        let (rows, chunk) = take_chunk(&mut bytes)?;
        decode_chunk(rows, chunk, &mut heads)?;
    }
    Ok(heads)
}

/// The head of one document; nothing if the page does not have it.
///
/// # Errors
/// [`Damaged`]; the checksum is looked at first.
pub fn head_of(bytes: &[u8], document: DocumentNo) -> Result<Option<Head>, Damaged> {
    let mut bytes = unseal(PLACE, FORM, bytes)?;
    while !bytes.is_empty() {
        let (rows, mut chunk) = take_chunk(&mut bytes)?;
        let numbers = Column::take(&mut chunk, rows, 0)?;
        if numbers.get(rows - 1) < document.0 {
            continue;
        }
        // They ascend.
        let (mut row, mut end) = (0, rows);
        while row < end {
            let middle = row.midpoint(end);
            if numbers.get(middle) < document.0 { row = middle + 1 } else { end = middle }
        }
        if row == rows || numbers.get(row) != document.0 {
            return Ok(None);
        }
        let mut value = || Column::take(&mut chunk, rows, 0).map(|column| column.get(row));
        let [kind, party, at, units, region, parts] = [value()?, value()?, value()?, value()?, value()?, value()?];
        let keys = Column::take(&mut chunk, rows, 0)?;
        let (counted, before) = (keys.count(rows, COUNTED), keys.count(row, COUNTED));
        let key = match keys.get(row) {
            COUNTED => {
                let mut value = || Column::take(&mut chunk, counted, 0).map(|column| column.get(before));
                Key::Counted { sender: value()?, number: value()? }
            }
            other => plain_key(other)?,
        };
        return Ok(Some(head([document.0, kind, party, at, units, region, parts], key)?));
    }
    Ok(None)
}

fn plain_key(code: u64) -> Result<Key, Damaged> {
    match code {
        0 => Ok(Key::None),
        1 => Ok(Key::Named),
        _ => Err(Damaged::Value),
    }
}

fn head([document, kind, party, at, units, region, parts]: [u64; 7], key: Key) -> Result<Head, Damaged> {
    Ok(Head {
        document: DocumentNo(document),
        kind: u8::try_from(kind).ok().and_then(DocumentKind::from_code).ok_or(Damaged::Value)?,
        party: PartyId(party),
        at: Timestamp(at as i64),
        units,
        region: region_of(region)?,
        key,
        parts,
    })
}

fn decode_chunk(rows: usize, mut chunk: &[u8], heads: &mut Vec<Head>) -> Result<(), Damaged> {
    let mut column = || take_values(&mut chunk, rows);
    let columns = [column()?, column()?, column()?, column()?, column()?, column()?, column()?];
    let keys = column()?;
    let counted = keys.iter().filter(|key| **key == COUNTED).count();
    let (senders, numbers) = (take_values(&mut chunk, counted)?, take_values(&mut chunk, counted)?);
    if !chunk.is_empty() {
        return Err(Damaged::Length);
    }
    let mut counted = senders.into_iter().zip(numbers);
    let mut columns = columns.map(Vec::into_iter);
    for key in keys {
        let key = match key {
            COUNTED => counted.next().map(|(sender, number)| Key::Counted { sender, number }).ok_or(Damaged::Value)?,
            other => plain_key(other)?,
        };
        let mut row = [0; 7];
        for (value, column) in row.iter_mut().zip(&mut columns) {
            *value = column.next().ok_or(Damaged::Value)?;
        }
        heads.push(head(row, key)?);
    }
    Ok(())
}
