//! Pages of the log (section 4).

use super::column::column;
use super::{Wrong, byte, content, varint};

/// Most rows of a chunk.
const ROWS: u64 = 4096;

/// What a page of heads says of a document, of what is audited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) document: u64,
    pub(crate) kind: u64,
    pub(crate) party: u64,
    /// Milliseconds, as signed.
    pub(crate) at: u64,
    pub(crate) parts: u64,
}

/// One row of a page of effects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Effect {
    pub(crate) document: u64,
    pub(crate) series: u64,
    pub(crate) first: u64,
    pub(crate) count: u64,
    pub(crate) arg: u64,
    pub(crate) act: u8,
}

/// Takes a chunk: number of rows, bytes.
fn chunk<'a>(bytes: &mut &'a [u8]) -> Result<(usize, &'a [u8]), Wrong> {
    let rows = varint(bytes)?;
    let len = usize::try_from(varint(bytes)?).unwrap_or(usize::MAX);
    if rows == 0 || rows > ROWS {
        return Err(Wrong("a chunk has no rows or too many"));
    }
    let (chunk, rest) = bytes.split_at_checked(len).ok_or(Wrong("the bytes end too early"))?;
    *bytes = rest;
    Ok((rows as usize, chunk))
}

/// Reads a page of heads.
pub(crate) fn heads(bytes: &[u8], heads: &mut Vec<Head>) -> Result<(), Wrong> {
    heads.clear();
    let mut bytes = content(b"heads", 1, bytes)?;
    let mut columns: [Vec<u64>; 8] = Default::default();
    while !bytes.is_empty() {
        let (rows, mut chunk) = chunk(&mut bytes)?;
        for values in &mut columns {
            column(&mut chunk, rows, 0, values)?;
        }
        let [documents, kinds, parties, times, _, regions, parts, keys] = &columns;
        let counted = keys.iter().filter(|key| **key == 2).count();
        if keys.iter().any(|key| *key > 2) || regions.iter().any(|region| *region != 0 && !(10..80).contains(region)) {
            return Err(Wrong("a head has a key or a region that there is not"));
        }
        if counted > 0 {
            let mut unused = Vec::new();
            column(&mut chunk, counted, 0, &mut unused)?;
            column(&mut chunk, counted, 0, &mut unused)?;
        }
        if !chunk.is_empty() {
            return Err(Wrong("a chunk is longer than its rows"));
        }
        let rows = documents.iter().zip(kinds).zip(parties).zip(times).zip(parts);
        heads.extend(rows.map(|((((document, kind), party), at), parts)| Head {
            document: *document,
            kind: *kind,
            party: *party,
            at: *at,
            parts: *parts,
        }));
    }
    Ok(())
}

/// Columns of one act of a chunk, and how far they have been used.
#[derive(Default)]
struct OfAct {
    args: Vec<u64>,
    counts: Vec<u64>,
    series: Vec<u64>,
    firsts: Vec<u64>,
    row: usize,
    own: usize,
}

/// Reads a page of effects.
pub(crate) fn effects(bytes: &[u8], effects: &mut Vec<Effect>) -> Result<(), Wrong> {
    effects.clear();
    let mut bytes = content(b"effects", 1, bytes)?;
    let (mut documents, mut acts, mut backs) = (Vec::new(), Vec::new(), Vec::new());
    while !bytes.is_empty() {
        let (rows, mut chunk) = chunk(&mut bytes)?;
        column(&mut chunk, rows, 0, &mut documents)?;
        column(&mut chunk, rows, 0, &mut acts)?;
        column(&mut chunk, rows, 0, &mut backs)?;
        // Rows of each act, and those of them with a range of their own.
        let mut rows_of = [(0_usize, 0_usize); 256];
        for (act, back) in acts.iter().zip(&backs) {
            let of = usize::try_from(*act).ok().and_then(|act| rows_of.get_mut(act));
            let of = of.ok_or(Wrong("an act has a number that there is not"))?;
            *of = (of.0 + 1, of.1 + usize::from(*back == 0));
        }
        let mut of_acts: [Option<Box<OfAct>>; 256] = [const { None }; 256];
        for (into, (rows, own)) in of_acts.iter_mut().zip(rows_of) {
            if rows > 0 {
                *into = Some(Box::new(of_act(&mut chunk, rows, own)?));
            }
        }
        if !chunk.is_empty() {
            return Err(Wrong("a chunk is longer than its rows"));
        }
        let begin = effects.len();
        for ((document, act), back) in documents.iter().zip(&acts).zip(&backs) {
            let outside = Wrong("a row goes back beyond its chunk");
            let of = of_acts.get_mut(*act as usize).and_then(Option::as_mut).ok_or(outside)?;
            let arg = of.args.get(of.row).copied().ok_or(outside)?;
            of.row += 1;
            let (series, first, count) = if *back == 0 {
                let own = of.own;
                of.own += 1;
                let value = |values: &[u64]| values.get(own).copied().ok_or(outside);
                (value(&of.series)?, value(&of.firsts)?, value(&of.counts)?)
            } else {
                let before = usize::try_from(*back).ok().and_then(|back| effects.len().checked_sub(back));
                let before = before.filter(|before| *before >= begin).and_then(|before| effects.get(before));
                before.map(|before| (before.series, before.first, before.count)).ok_or(outside)?
            };
            // Below 256, as was seen above.
            effects.push(Effect { document: *document, series, first, count, arg, act: *act as u8 });
        }
    }
    Ok(())
}

/// Columns of one act; series and first numbers as they are.
fn of_act(chunk: &mut &[u8], rows: usize, own: usize) -> Result<OfAct, Wrong> {
    let mut of = OfAct::default();
    column(chunk, rows, 0, &mut of.args)?;
    if own == 0 {
        return Ok(of);
    }
    column(chunk, own, 0, &mut of.counts)?;
    let layout = byte(chunk)?;
    column(chunk, own, 0, &mut of.series)?;
    column(chunk, own, 0, &mut of.firsts)?;
    match layout {
        0 => {}
        1 => {
            let (mut series_before, mut end) = (0_u64, 0_u64);
            for ((series, first), count) in of.series.iter_mut().zip(&mut of.firsts).zip(&of.counts) {
                *series = series_before.wrapping_add(*series);
                if *series == series_before {
                    *first = first.wrapping_add(end);
                }
                (series_before, end) = (*series, first.wrapping_add(*count));
            }
        }
        _ => return Err(Wrong("the layout of ranges is not known")),
    }
    Ok(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_description() {
        let bytes = [
            0x01, 0x02, 0x16, 0x00, 0xd8, 0x04, 0x04, 0x06, 0x0f, 0x01, 0x00, 0x02, 0x00, 0x00, 0x00, 0x08, 0x00, 0x02,
            0x00, 0x00, 0x0e, 0x00, 0x82, 0xc0, 0x01, 0x86, 0x16, 0xfe, 0xdf,
        ];
        let mut found = Vec::new();
        effects(&bytes, &mut found).unwrap();
        let unpack = Effect { document: 300, series: 7, first: 12289, count: 1, arg: 4, act: 18 };
        assert_eq!(found, [unpack, Effect { arg: 0, act: 3, ..unpack }]);
        for at in 0..bytes.len() {
            let mut other = bytes;
            other[at] ^= 1;
            assert!(effects(&other, &mut found).is_err(), "byte {at}");
        }
    }
}
