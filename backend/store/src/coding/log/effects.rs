//! Effects of documents.

use super::super::{Damaged, seal, unseal};
use super::{CHUNK, Column, Runs, put, put_chunk, put_values, take_chunk, take_runs, take_values};
use shared::act::{Act, Effect};
use shared::series::{Range, SeriesId};
use shared::state::DocumentNo;

const FORM: u8 = 1;
const PLACE: &[u8] = b"effects";

/// Series and first numbers as they are.
const ABSOLUTE: u8 = 0;
/// Series as differences to the row before, first numbers as differences to its end if the series is the same.
const RELATIVE: u8 = 1;

/// What the first range is relative to.
const ORIGIN: Range = Range { series: SeriesId(0), first: 0, count: 0 };

/// Numbers that acts may have.
const CODES: usize = 256;

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
    let mut counts = [0_usize; CODES];
    for row in rows {
        if let Some(count) = counts.get_mut(usize::from(row.code)) {
            *count += 1;
        }
    }
    let backs = if counts.contains(&rows.len()) { vec![0; rows.len()] } else { backs(rows) };
    put_values(bytes, backs.iter().copied());
    for (code, count) in (0..=u8::MAX).zip(counts).filter(|(_, count)| *count > 0) {
        let mut args = Runs::new();
        let mut ranges = Vec::with_capacity(count);
        for (row, back) in rows.iter().zip(&backs).filter(|(row, _)| row.code == code) {
            args.push(row.arg, 1);
            if *back == 0 {
                ranges.push(row.range);
            }
        }
        put(bytes, &args, 0);
        if !ranges.is_empty() {
            encode_ranges(&ranges, bytes);
        }
    }
}

/// For each row, how far back the last row of the same document with the same range is; 0 if there is none. A document
/// often does two things to a unit, such as taking it out of its package and selling it.
fn backs(rows: &[Row]) -> Vec<u64> {
    let mut order: Vec<(&Row, usize)> = rows.iter().zip(0..).collect();
    order.sort_unstable_by_key(|(row, at)| (row.range, row.document, *at));
    let mut backs = vec![0; rows.len()];
    for ((before, from), (row, at)) in order.iter().zip(order.iter().skip(1)) {
        if (before.range, before.document) == (row.range, row.document)
            && let Some(back) = backs.get_mut(*at)
        {
            *back = (at - from) as u64;
        }
    }
    backs
}

/// Ranges of one act.
fn encode_ranges(ranges: &[Range], bytes: &mut Vec<u8>) {
    put_values(bytes, ranges.iter().map(|range| range.count));
    let (mut absolute, mut relative) = (vec![ABSOLUTE], vec![RELATIVE]);
    put_values(&mut absolute, ranges.iter().map(|range| u64::from(range.series.0)));
    put_values(&mut absolute, ranges.iter().map(|range| range.first));
    let pairs = || std::iter::once(&ORIGIN).chain(ranges).zip(ranges);
    put_values(&mut relative, pairs().map(|(before, range)| series_from(*before, *range)));
    put_values(&mut relative, pairs().map(|(before, range)| range.first.wrapping_sub(start(*before, range.series))));
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
    let backs = take_values(&mut chunk, rows)?;
    // Rows of each act, and those with a range of their own.
    let mut counts = [(0_usize, 0_usize); CODES];
    for (code, back) in codes.iter().zip(&backs) {
        let count = usize::try_from(*code).ok().and_then(|code| counts.get_mut(code)).ok_or(Damaged::Value)?;
        count.0 += 1;
        count.1 += usize::from(*back == 0);
    }
    let mut groups = Vec::with_capacity(CODES);
    for (code, (rows, own)) in (0..=u8::MAX).zip(counts) {
        let acts = decode_acts(code, rows, &mut chunk)?;
        groups.push((acts.into_iter(), decode_ranges(own, &mut chunk)?.into_iter()));
    }
    if !chunk.is_empty() {
        return Err(Damaged::Length);
    }
    let mut ranges: Vec<Range> = Vec::with_capacity(rows);
    for ((document, code), back) in documents.into_iter().zip(codes).zip(backs) {
        let group = usize::try_from(code).ok().and_then(|code| groups.get_mut(code));
        let (acts, own) = group.ok_or(Damaged::Value)?;
        let range = match back {
            0 => own.next(),
            _ => usize::try_from(back).ok().and_then(|back| ranges.get(ranges.len().checked_sub(back)?)).copied(),
        };
        let (act, range) = acts.next().zip(range).ok_or(Damaged::Value)?;
        ranges.push(range);
        each(DocumentNo(document), Effect { range, act });
    }
    Ok(())
}

fn decode_acts(code: u8, rows: usize, chunk: &mut &[u8]) -> Result<Vec<Act>, Damaged> {
    let mut acts = Vec::with_capacity(rows);
    for (arg, len) in take_runs(chunk, rows)?.as_slice() {
        let act = Act::from_code(code, *arg).ok_or(Damaged::Value)?;
        acts.extend(std::iter::repeat_n(act, *len as usize));
    }
    Ok(acts)
}

fn decode_ranges(rows: usize, chunk: &mut &[u8]) -> Result<Vec<Range>, Damaged> {
    if rows == 0 {
        return Ok(Vec::new());
    }
    let counts = take_values(chunk, rows)?;
    let (&layout, rest) = chunk.split_first().ok_or(Damaged::Length)?;
    *chunk = rest;
    let (series, firsts) = (take_values(chunk, rows)?, take_values(chunk, rows)?);
    let mut before = ORIGIN;
    let mut ranges = Vec::with_capacity(rows);
    for ((count, number), first) in counts.into_iter().zip(series).zip(firsts) {
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
        ranges.push(before);
    }
    Ok(ranges)
}
