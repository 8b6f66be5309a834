//! Columns (section 2).

use super::{Wrong, byte, unzigzag, varint};

const STEPS: u8 = 65;
const RUNS: u8 = 66;
const EXCEPTIONS: u8 = 128;

/// Takes a column of `len` values into `values`, which is emptied first, and gives its base.
pub(super) fn column(bytes: &mut &[u8], len: usize, reference: u64, values: &mut Vec<u64>) -> Result<u64, Wrong> {
    values.clear();
    let form = byte(bytes)?;
    if form != RUNS {
        return plain(form, bytes, len, reference, true, values);
    }
    let runs = usize::try_from(varint(bytes)?).unwrap_or(usize::MAX);
    if runs < 2 || runs > len {
        return Err(Wrong("a column has more runs than values"));
    }
    let (mut lengths, mut of_runs) = (Vec::new(), Vec::new());
    let form = byte(bytes)?;
    plain(form, bytes, runs - 1, 0, true, &mut lengths)?;
    let form = byte(bytes)?;
    let base = plain(form, bytes, runs, reference, true, &mut of_runs)?;
    let last = of_runs.pop().unwrap_or_default();
    for (value, length) in of_runs.into_iter().zip(lengths) {
        // The last run has at least one.
        let left = (len - values.len()) as u64;
        if length.checked_add(1).is_none_or(|length| length >= left) {
            return Err(Wrong("the runs of a column are longer than it"));
        }
        values.resize(values.len() + length as usize + 1, value);
    }
    values.resize(len, last);
    Ok(base)
}

/// Any form but runs, after its first byte.
fn plain(
    form: u8,
    bytes: &mut &[u8],
    len: usize,
    reference: u64,
    may_except: bool,
    values: &mut Vec<u64>,
) -> Result<u64, Wrong> {
    let excepted = form >= EXCEPTIONS;
    let form = form & !EXCEPTIONS;
    if form > STEPS || (excepted && (form > 63 || !may_except)) {
        return Err(Wrong("the form of a column is not known"));
    }
    let base = unzigzag(reference, varint(bytes)?);
    if form == STEPS {
        if !may_except {
            return Err(Wrong("the form of a column is not known"));
        }
        let step = unzigzag(0, varint(bytes)?);
        values.extend((0..len as u64).map(|at| base.wrapping_add(at.wrapping_mul(step))));
        return Ok(base);
    }
    let width = u32::from(form);
    fields(bytes, len, width, base, values)?;
    if excepted {
        let count = usize::try_from(varint(bytes)?).unwrap_or(usize::MAX);
        if count == 0 || count > len {
            return Err(Wrong("a column has more exceptions than values"));
        }
        let (mut gaps, mut highs) = (Vec::new(), Vec::new());
        let form = byte(bytes)?;
        plain(form, bytes, count, 0, false, &mut gaps)?;
        let form = byte(bytes)?;
        plain(form, bytes, count, 0, false, &mut highs)?;
        let mut next = 0_u64;
        for (gap, high) in gaps.into_iter().zip(highs) {
            let place = next.checked_add(gap).filter(|place| *place < len as u64);
            let place = place.ok_or(Wrong("an exception stands outside of its column"))?;
            next = place + 1;
            if let Some(value) = values.get_mut(place as usize) {
                *value = value.wrapping_add(unzigzag(0, high) << width);
            }
        }
    }
    Ok(base)
}

/// Takes fields of `width` bits, each added to `base`.
fn fields(bytes: &mut &[u8], len: usize, width: u32, base: u64, values: &mut Vec<u64>) -> Result<(), Wrong> {
    if width == 0 {
        values.resize(values.len() + len, base);
        return Ok(());
    }
    let taken = (len * width as usize).div_ceil(8);
    let (held, rest) = bytes.split_at_checked(taken).ok_or(Wrong("the bytes end too early"))?;
    *bytes = rest;
    let mask = u64::MAX >> (64 - width);
    values.extend((0..len).map(|at| {
        let bit = at * width as usize;
        let from = bit / 8;
        let word = match held.get(from..from + 16).and_then(|window| window.first_chunk::<16>()) {
            Some(window) => u128::from_le_bytes(*window),
            None => {
                let mut window = [0; 16];
                for (into, from) in window.iter_mut().zip(held.get(from..).unwrap_or_default()) {
                    *into = *from;
                }
                u128::from_le_bytes(window)
            }
        };
        // The low 64 bits of what is left are wanted.
        base.wrapping_add((word >> (bit % 8)) as u64 & mask)
    }));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(mut bytes: &[u8], len: usize, reference: u64) -> Result<Vec<u64>, Wrong> {
        let mut values = Vec::new();
        column(&mut bytes, len, reference, &mut values)?;
        assert!(bytes.is_empty());
        Ok(values)
    }

    #[test]
    fn forms_of_the_description() {
        assert_eq!(read(&[0, 0xd8, 4], 2, 0).unwrap(), [300, 300]);
        assert_eq!(read(&[4, 6, 0x0f], 2, 0).unwrap(), [18, 3]);
        assert_eq!(read(&[0, 0x0d], 2, 12).unwrap(), [5, 5]);
        assert_eq!(read(&[65, 4, 3], 3, 0).unwrap(), [2, 0, u64::MAX - 1]);
        assert_eq!(read(&[66, 2, 0, 2, 1, 2, 0b10], 5, 0).unwrap(), [1, 1, 2, 2, 2]);
        let ones = read(&[0x80, 0, 2, 0, 0, 0, 4], 4096, 0).unwrap();
        assert_eq!(ones.iter().sum::<u64>(), 2);
        assert_eq!(ones[..2], [1, 1]);
        assert_eq!(read(&[64, 0, 255, 255, 255, 255, 255, 255, 255, 255], 1, 0).unwrap(), [u64::MAX]);
    }

    #[test]
    fn nothing_outside_of_the_description_is_taken() {
        for (bytes, len) in [
            (&[67, 0][..], 1),
            (&[66, 1, 0, 0], 4),
            (&[66, 5, 0, 0, 0, 0], 4),
            (&[66, 2, 0, 8, 0, 0], 4),
            (&[0x80, 0, 1, 0, 8, 0, 4], 4),
            (&[0x80, 0, 0], 4),
            (&[0x80, 0, 1, 65, 0, 0, 0, 4], 4),
            (&[8, 0, 1], 2),
            (&[0xc0, 0], 1),
            (&[0, 0x80, 0], 1),
            (&[], 1),
        ] {
            assert!(read(bytes, len, 0).is_err(), "{bytes:?}");
        }
    }
}
