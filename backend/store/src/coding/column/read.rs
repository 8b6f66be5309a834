//! Reads a column: one value, all of them, or how often one stands before a place.

use super::super::{Damaged, bits, varint};
use super::{EXCEPTIONS, LINEAR, MAX_WIDTH, RUNS, Runs};

/// A column in the bytes that hold it.
pub(in super::super) enum Column<'a> {
    /// Any form but runs.
    Flat(Flat<'a>),
    /// Lengths less one of all runs but the last, values of all, length of the whole.
    Runs(Flat<'a>, Flat<'a>, usize),
}

impl<'a> Column<'a> {
    /// Takes a column of `len` values from the front.
    pub(in super::super) fn take(bytes: &mut &'a [u8], len: usize, reference: u64) -> Result<Self, Damaged> {
        if bytes.first() != Some(&RUNS) {
            return Ok(Self::Flat(Flat::take(bytes, len, reference)?));
        }
        *bytes = bytes.get(1..).unwrap_or_default();
        let runs = usize::try_from(varint::take(bytes)?).map_err(|_| Damaged::Value)?;
        if runs < 2 || runs > len {
            return Err(Damaged::Value);
        }
        let lens = Flat::take(bytes, runs - 1, 0)?;
        Ok(Self::Runs(lens, Flat::take(bytes, runs, reference)?, len))
    }

    /// What columns that follow take as their reference.
    pub(in super::super) fn base(&self) -> u64 {
        match self {
            Self::Flat(flat) | Self::Runs(_, flat, _) => flat.fields.base,
        }
    }

    /// The value at a place below the length.
    pub(in super::super) fn get(&self, place: usize) -> u64 {
        match self {
            Self::Flat(flat) => flat.get(place),
            Self::Runs(lens, values, _) => {
                let (mut end, mut run) = (0, 0);
                lens.each(|less_one, times| {
                    let len = less_one.saturating_add(1);
                    // Runs of this length that end at the place or before it.
                    let passed = ((place as u64 - end) / len).min(times as u64);
                    end += passed * len;
                    // At most `times`.
                    run += passed as usize;
                    passed == times as u64
                });
                values.get(run)
            }
        }
    }

    /// How many of the values before `place` are `value`.
    pub(in super::super) fn count(&self, place: usize, value: u64) -> usize {
        if let Self::Flat(flat) = self {
            return flat.count(place, value);
        }
        let (mut at, mut found) = (0, 0);
        // Damage stops the count, which then is no more than the place.
        let _ = self.each(|other, len| {
            let len = len.min(place - at);
            at += len;
            found += if other == value { len } else { 0 };
            at < place
        });
        found
    }

    /// Room for its runs.
    pub(in super::super) fn runs_at_most(&self) -> usize {
        match self {
            Self::Runs(_, values, _) => values.fields.len,
            Self::Flat(Flat { fields, exceptions }) if fields.width == 0 && fields.step == 0 => {
                exceptions.as_ref().map_or(1, |exceptions| exceptions.gaps.len * 2 + 1)
            }
            Self::Flat(flat) => flat.fields.len,
        }
    }

    /// All values.
    pub(in super::super) fn runs(&self) -> Result<Runs, Damaged> {
        let mut runs = Runs::new();
        runs.refill(self.runs_at_most(), std::iter::empty());
        self.each(|value, len| {
            // No column is as long as a u32.
            runs.push(value, len as u32);
            true
        })?;
        Ok(runs)
    }

    /// Gives each value and how often it stands there, in order, as long as `each` wants more.
    fn each(&self, mut each: impl FnMut(u64, usize) -> bool) -> Result<(), Damaged> {
        match self {
            Self::Flat(flat) => {
                flat.check()?;
                flat.each(each);
                Ok(())
            }
            Self::Runs(lens, values, len) => {
                lens.check()?;
                values.check()?;
                let mut ends = Vec::with_capacity(values.fields.len);
                let mut end = 0_u64;
                lens.each(|less_one, times| {
                    for _ in 0..times {
                        end = end.saturating_add(less_one).saturating_add(1);
                        ends.push(end);
                    }
                    true
                });
                if end >= *len as u64 {
                    return Err(Damaged::Value);
                }
                ends.push(*len as u64);
                let (mut ends, mut at) = (ends.into_iter(), 0);
                values.each(|value, times| {
                    ends.by_ref().take(times).all(|end| {
                        let run = end - at;
                        at = end;
                        // At most the length of the column.
                        each(value, run as usize)
                    })
                });
                Ok(())
            }
        }
    }
}

fn take_head(bytes: &mut &[u8]) -> Result<u8, Damaged> {
    let (&head, rest) = bytes.split_first().ok_or(Damaged::Length)?;
    *bytes = rest;
    Ok(head)
}

/// A column in any form but runs.
pub(in super::super) struct Flat<'a> {
    fields: Fields<'a>,
    exceptions: Option<Exceptions<'a>>,
}

struct Fields<'a> {
    len: usize,
    base: u64,
    step: u64,
    width: u32,
    bytes: &'a [u8],
}

struct Exceptions<'a> {
    gaps: Fields<'a>,
    highs: Fields<'a>,
}

impl Exceptions<'_> {
    /// Place and high part of each, in order.
    fn iter(&self) -> impl Iterator<Item = (u64, u64)> + '_ {
        let mut next = 0_u64;
        (0..self.gaps.len).map(move |index| {
            let place = next.saturating_add(self.gaps.get(index));
            next = place.saturating_add(1);
            (place, varint::unzigzag(0, self.highs.get(index)))
        })
    }
}

impl<'a> Fields<'a> {
    /// Takes what follows the first byte.
    fn take(head: u8, bytes: &mut &'a [u8], len: usize, reference: u64) -> Result<Self, Damaged> {
        let base = varint::unzigzag(reference, varint::take(bytes)?);
        if head == LINEAR {
            let step = varint::unzigzag(0, varint::take(bytes)?);
            return Ok(Self { len, base, step, width: 0, bytes: &[] });
        }
        if head > MAX_WIDTH {
            return Err(Damaged::Value);
        }
        let width = u32::from(head);
        let (fields, rest) = bytes.split_at_checked(bits::len(len, width)).ok_or(Damaged::Length)?;
        *bytes = rest;
        Ok(Self { len, base, step: 0, width, bytes: fields })
    }

    #[inline]
    fn get(&self, place: usize) -> u64 {
        if self.width == 0 {
            self.base.wrapping_add(self.step.wrapping_mul(place as u64))
        } else {
            self.base.wrapping_add(bits::get(self.bytes, place, self.width))
        }
    }

    /// How many of the values before `place` are `value`.
    fn count(&self, place: usize, value: u64) -> usize {
        if self.step == 0 {
            bits::count(self.bytes, place, self.width, value.wrapping_sub(self.base))
        } else {
            (0..place).filter(|other| self.get(*other) == value).count()
        }
    }

    #[inline]
    fn each(&self, from: usize, to: usize, each: &mut impl FnMut(u64, usize) -> bool) -> bool {
        if self.width == 0 {
            let equal = self.step == 0;
            return from >= to
                || (equal && each(self.base, to - from))
                || (!equal && (from..to).all(|place| each(self.get(place), 1)));
        }
        // Fields that are read together.
        let together = 57 / self.width.max(1) as usize;
        if together < 2 {
            return (from..to).all(|place| each(self.get(place), 1));
        }
        let mask = bits::mask(self.width);
        let mut at = from;
        while at < to {
            let mut word = bits::word(self.bytes, at * self.width as usize);
            let end = to.min(at + together);
            for _ in at..end {
                if !each(self.base.wrapping_add(word & mask), 1) {
                    return false;
                }
                word >>= self.width;
            }
            at = end;
        }
        true
    }
}

impl<'a> Flat<'a> {
    fn take(bytes: &mut &'a [u8], len: usize, reference: u64) -> Result<Self, Damaged> {
        let first = take_head(bytes)?;
        if first & EXCEPTIONS == 0 {
            return Ok(Self { fields: Fields::take(first, bytes, len, reference)?, exceptions: None });
        }
        let first = first & !EXCEPTIONS;
        if first >= MAX_WIDTH {
            return Err(Damaged::Value);
        }
        let fields = Fields::take(first, bytes, len, reference)?;
        let count = usize::try_from(varint::take(bytes)?).map_err(|_| Damaged::Value)?;
        if count == 0 || count > len {
            return Err(Damaged::Value);
        }
        let mut part = || {
            let head = take_head(bytes)?;
            if head == LINEAR { Err(Damaged::Value) } else { Fields::take(head, bytes, count, 0) }
        };
        Ok(Self { fields, exceptions: Some(Exceptions { gaps: part()?, highs: part()? }) })
    }

    /// Whether all exceptions stand inside.
    fn check(&self) -> Result<(), Damaged> {
        let last = self.exceptions.iter().flat_map(Exceptions::iter).last();
        if last.is_some_and(|(place, _)| place >= self.fields.len as u64) { Err(Damaged::Value) } else { Ok(()) }
    }

    fn get(&self, place: usize) -> u64 {
        let exceptions = self.exceptions.iter().flat_map(Exceptions::iter);
        let mut here = exceptions.skip_while(|(other, _)| *other < place as u64).take(1);
        let high = here.find(|(other, _)| *other == place as u64);
        // Fields of 64 bits, which leave no room above, have no exceptions.
        self.fields.get(place).wrapping_add(high.map_or(0, |(_, high)| high << self.fields.width))
    }

    fn count(&self, place: usize, value: u64) -> usize {
        let mut found = self.fields.count(place, value);
        for (other, high) in self.exceptions.iter().flat_map(Exceptions::iter) {
            if other >= place as u64 {
                break;
            }
            // Below the place, which is a usize.
            let field = self.fields.get(other as usize);
            // What was counted by its field alone is another value.
            found -= usize::from(field == value);
            found += usize::from(field.wrapping_add(high << self.fields.width) == value);
        }
        found
    }

    /// Gives each value and how often it stands there, in order, as long as `each` wants more.
    fn each(&self, mut each: impl FnMut(u64, usize) -> bool) {
        let mut at = 0;
        for (place, high) in self.exceptions.iter().flat_map(Exceptions::iter) {
            if place >= self.fields.len as u64 {
                break;
            }
            let place = place as usize;
            let value = self.fields.get(place).wrapping_add(high << self.fields.width);
            if !self.fields.each(at, place, &mut each) || !each(value, 1) {
                return;
            }
            at = place + 1;
        }
        self.fields.each(at, self.fields.len, &mut each);
    }
}
