//! Columns: so many whole numbers, modulo 2⁶⁴, in as few bytes as one of a few forms gives.
//!
//! The number of values is known to the reader beforehand, and so is a reference that the values lie near. The first
//! byte says the form; `docs/internals/ledger.md` has the table:
//!
//! | first byte | what follows |
//! |---|---|
//! | 0–64 | base, then a field of so many bits a value: value = base + field; 0 bits: all are the base |
//! | 65 | base, step: value = base + place × step |
//! | 66 | number of runs; lengths less one of all runs but the last, and the values of the runs, a column each |
//! | 128–191 | as 0–63 with exceptions: their number, the gaps before them and what is to be added above the field |

mod plan;
mod read;

pub(super) use plan::put;
pub(super) use read::Column;

/// Width of the widest field.
const MAX_WIDTH: u8 = 64;
/// Form: a base and a step.
const LINEAR: u8 = 65;
/// Form: runs.
const RUNS: u8 = 66;
/// Flag of a form of fields: exceptions follow.
const EXCEPTIONS: u8 = 0x80;

/// Values that stand side by side, equal neighbours once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Runs {
    /// Value and how often; neighbours differ, and none is empty.
    runs: Vec<(u64, u32)>,
    /// Values in all.
    len: usize,
}

impl Runs {
    /// None.
    pub(super) const fn new() -> Self {
        Self { runs: Vec::new(), len: 0 }
    }

    /// So many times the same.
    pub(super) fn of(value: u64, len: u32) -> Self {
        Self { runs: vec![(value, len)], len: len as usize }
    }

    /// Appends `len` times `value`.
    #[inline]
    pub(super) fn push(&mut self, value: u64, len: u32) {
        match self.runs.last_mut() {
            _ if len == 0 => return,
            Some(last) if last.0 == value => last.1 += len,
            _ => self.runs.push((value, len)),
        }
        self.len += len as usize;
    }

    /// Value and how often, in order.
    pub(super) const fn as_slice(&self) -> &[(u64, u32)] {
        self.runs.as_slice()
    }

    /// Values in all.
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// Puts other values in place of these, with room for so many runs.
    pub(super) fn refill(&mut self, room: usize, runs: impl Iterator<Item = (u64, u32)>) {
        self.runs.clear();
        self.runs.reserve(room);
        self.len = 0;
        runs.for_each(|(value, len)| self.push(value, len));
    }

    /// Each value.
    pub(super) fn values(&self) -> impl Iterator<Item = u64> + '_ {
        self.runs.iter().flat_map(|(value, len)| std::iter::repeat_n(*value, *len as usize))
    }
}

impl FromIterator<u64> for Runs {
    fn from_iter<I: IntoIterator<Item = u64>>(values: I) -> Self {
        let mut runs = Self::default();
        values.into_iter().for_each(|value| runs.push(value, 1));
        runs
    }
}

#[cfg(test)]
mod tests;
