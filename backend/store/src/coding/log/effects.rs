//! Effects of documents.

use super::super::{Damaged, seal, unseal};
use super::{CHUNK, Column, put_chunk, put_values, take_chunk, take_runs, take_values};
use shared::act::{Act, Effect};
use shared::series::{Range, SeriesId};
use shared::state::DocumentNo;

const FORM: u8 = 1;
const PLACE: &[u8] = b"effects";

/// Series and first numbers as they are.
const ABSOLUTE: u8 = 0;
/// Series as differences to the row before, first numbers as differences to its end if the series is the same.
const RELATIVE: u8 = 1;

/// One effect, with its act in two numbers.
#[derive(Clone, Copy)]
struct Row {
    document: u64,
    code: u8,
    arg: u64,
    range: Range,
}

/// A page of effects, in order of their documents and in the order in which each was applied.
pub fn encode_effects(documents: &[(DocumentNo, Vec<Effect>)]) -> Vec<u8> {
    let mut rows = documents.iter().flat_map(|(document, effects)| {
        effects.iter().map(|Effect { range, act }| {
            let (code, arg) = act.code();
            Row { document: document.0, code, arg, range: *range }
        })
    });
    let mut bytes = vec![FORM];
    let (mut chunk, mut content) = (Vec::with_capacity(CHUNK), Vec::new());
    loop {
        chunk.clear();
        chunk.extend(rows.by_ref().take(CHUNK));
        if chunk.is_empty() {
            break;
        }
        content.clear();
        encode_chunk(&chunk, &mut content);
        put_chunk(&mut bytes, chunk.len(), &content);
    }
    seal(PLACE, &mut bytes);
    bytes
}

fn encode_chunk(rows: &[Row], bytes: &mut Vec<u8>) {
    put_values(bytes, rows.iter().map(|row| row.document));
    put_values(bytes, rows.iter().map(|row| u64::from(row.code)));
    let mut codes = [false; 256];
    for row in rows {
        if let Some(code) = codes.get_mut(usize::from(row.code)) {
            *code = true;
        }
    }
    let mut group = Vec::with_capacity(rows.len());
    for (code, _) in codes.iter().enumerate().filter(|(_, used)| **used) {
        group.clear();
        group.extend(rows.iter().filter(|row| usize::from(row.code) == code));
        encode_group(&group, bytes);
    }
}

/// Rows of one act.
fn encode_group(rows: &[Row], bytes: &mut Vec<u8>) {
    put_values(bytes, rows.iter().map(|row| row.arg));
    put_values(bytes, rows.iter().map(|row| row.range.count));
    let (mut absolute, mut relative) = (vec![ABSOLUTE], vec![RELATIVE]);
    put_values(&mut absolute, rows.iter().map(|row| u64::from(row.range.series.0)));
    put_values(&mut absolute, rows.iter().map(|row| row.range.first));
    let ranges = || rows.iter().map(|row| row.range);
    let origin = Range { series: SeriesId(0), first: 0, count: 0 };
    let pairs = || std::iter::once(origin).chain(ranges()).zip(ranges());
    put_values(&mut relative, pairs().map(|(before, range)| series_from(before, range)));
    put_values(&mut relative, pairs().map(|(before, range)| range.first.wrapping_sub(start(before, range.series))));
    bytes.extend_from_slice(if relative.len() < absolute.len() { &relative } else { &absolute });
}

fn series_from(before: Range, range: Range) -> u64 {
    u64::from(range.series.0).wrapping_sub(u64::from(before.series.0))
}

/// Where the next range of a series is counted from.
fn start(before: Range, series: SeriesId) -> u64 {
    if before.series == series { before.first.wrapping_add(before.count) } else { 0 }
}

/// Gives every effect of a page with its document, in order.
///
/// # Errors
/// [`Damaged`]; the checksum is looked at first.
pub fn decode_effects(bytes: &[u8], each: &mut dyn FnMut(DocumentNo, Effect)) -> Result<(), Damaged> {
    let mut bytes = unseal(PLACE, FORM, bytes)?;
    while !bytes.is_empty() {
        let (rows, chunk) = take_chunk(&mut bytes)?;
        decode_chunk(rows, chunk, each)?;
    }
    Ok(())
}

/// The effects of one document on the numbers of this page, in order.
///
/// # Errors
/// [`Damaged`]; the checksum is looked at first.
pub fn effects_of(bytes: &[u8], document: DocumentNo) -> Result<Vec<Effect>, Damaged> {
    let mut bytes = unseal(PLACE, FORM, bytes)?;
    let mut effects = Vec::new();
    while !bytes.is_empty() {
        let (rows, chunk) = take_chunk(&mut bytes)?;
        let numbers = Column::take(&mut &*chunk, rows, 0)?;
        if numbers.get(rows - 1) < document.0 {
            continue;
        }
        if numbers.get(0) > document.0 {
            break;
        }
        decode_chunk(rows, chunk, &mut |of, effect| {
            if of == document {
                effects.push(effect);
            }
        })?;
    }
    Ok(effects)
}

fn decode_chunk(rows: usize, mut chunk: &[u8], each: &mut dyn FnMut(DocumentNo, Effect)) -> Result<(), Damaged> {
    let documents = take_values(&mut chunk, rows)?;
    let codes = take_values(&mut chunk, rows)?;
    // Where the rows of each act are, in order of the acts, as in the page.
    let mut counts = [0_usize; 256];
    for code in &codes {
        let count = usize::try_from(*code).ok().and_then(|code| counts.get_mut(code));
        *count.ok_or(Damaged::Value)? += 1;
    }
    let mut groups: Vec<std::vec::IntoIter<Effect>> = Vec::with_capacity(counts.len());
    for (code, count) in (0..=u8::MAX).zip(counts) {
        groups.push(decode_group(code, count, &mut chunk)?.into_iter());
    }
    if !chunk.is_empty() {
        return Err(Damaged::Length);
    }
    for (document, code) in documents.into_iter().zip(codes) {
        let effect = usize::try_from(code).ok().and_then(|code| groups.get_mut(code)).and_then(Iterator::next);
        each(DocumentNo(document), effect.ok_or(Damaged::Value)?);
    }
    Ok(())
}

fn decode_group(code: u8, rows: usize, chunk: &mut &[u8]) -> Result<Vec<Effect>, Damaged> {
    if rows == 0 {
        return Ok(Vec::new());
    }
    let mut acts = Vec::with_capacity(rows);
    for (arg, len) in take_runs(chunk, rows)?.as_slice() {
        let act = Act::from_code(code, *arg).ok_or(Damaged::Value)?;
        acts.extend(std::iter::repeat_n(act, *len as usize));
    }
    let counts = take_values(chunk, rows)?;
    let (&layout, rest) = chunk.split_first().ok_or(Damaged::Length)?;
    *chunk = rest;
    let (series, firsts) = (take_values(chunk, rows)?, take_values(chunk, rows)?);
    let mut before = Range { series: SeriesId(0), first: 0, count: 0 };
    let mut effects = Vec::with_capacity(rows);
    for (((act, count), number), first) in acts.into_iter().zip(counts).zip(series).zip(firsts) {
        let number = match layout {
            ABSOLUTE => number,
            RELATIVE => number.wrapping_add(u64::from(before.series.0)),
            _ => return Err(Damaged::Value),
        };
        let series = SeriesId(u32::try_from(number).map_err(|_| Damaged::Value)?);
        let first = if layout == ABSOLUTE { first } else { first.wrapping_add(start(before, series)) };
        // A range that is empty or has no end is never written.
        if count == 0 || first.checked_add(count).is_none() {
            return Err(Damaged::Value);
        }
        before = Range { series, first, count };
        effects.push(Effect { range: before, act });
    }
    Ok(effects)
}
