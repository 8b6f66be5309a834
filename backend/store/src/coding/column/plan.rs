//! Writes a column in the smallest of its forms. What is chosen follows from the values and the reference alone.

use super::super::{bits, varint};
use super::{EXCEPTIONS, LINEAR, MAX_WIDTH, RUNS, Runs};

/// Appends the values; gives the base, which what follows may take as its reference.
pub(in super::super) fn put(bytes: &mut Vec<u8>, values: &Runs, reference: u64) -> u64 {
    let flat = Flat::plan(values, reference);
    if let Some(runs) = RunsPlan::plan(values, reference, flat.size) {
        return runs.write(bytes);
    }
    flat.write(bytes, values)
}

const fn bit_len(value: u64) -> u32 {
    64 - value.leading_zeros()
}

fn varint_len(value: u64) -> usize {
    (bit_len(value).max(1)).div_ceil(7) as usize
}

/// Base and fields.
#[derive(Clone, Copy)]
struct Fields {
    base: u64,
    reference: u64,
    width: u32,
}

impl Fields {
    /// Of values between two, in the order of signed numbers.
    fn between(min: u64, max: u64, reference: u64) -> Self {
        Self { base: min, reference, width: bit_len(max.wrapping_sub(min)) }
    }

    fn size(self, count: usize) -> usize {
        1 + varint_len(varint::zigzag(self.reference, self.base)) + bits::len(count, self.width)
    }

    fn write(self, bytes: &mut Vec<u8>, flags: u8, values: impl Iterator<Item = (u64, u32)>) {
        // At most 64.
        bytes.push(self.width as u8 | flags);
        varint::put(bytes, varint::zigzag(self.reference, self.base));
        if self.width == 0 {
            return;
        }
        let (mask, mut writer) = (bits::mask(self.width), bits::Writer::new(bytes));
        for (value, len) in values {
            let field = value.wrapping_sub(self.base) & mask;
            for _ in 0..len {
                writer.put(field, self.width);
            }
        }
        writer.finish();
    }
}

/// Values that do not fit their field: the gap before each, and what is to be added above the field, zigzag.
struct Exceptions {
    gaps: Vec<u64>,
    highs: Vec<u64>,
}

impl Exceptions {
    fn of(values: &Runs, fields: Fields) -> Self {
        let (mut gaps, mut highs) = (Vec::new(), Vec::new());
        let mut gap = 0;
        for (value, len) in values.as_slice() {
            let above = value.wrapping_sub(fields.base) as i64;
            // A width of 64 has no exceptions and is not asked for.
            let high = varint::zigzag(0, (above >> fields.width) as u64);
            if high == 0 {
                gap += u64::from(*len);
                continue;
            }
            for _ in 0..*len {
                gaps.push(gap);
                highs.push(high);
                gap = 0;
            }
        }
        Self { gaps, highs }
    }

    fn fields(values: &[u64]) -> Fields {
        let (min, max) = (values.iter().min(), values.iter().max());
        Fields::between(min.copied().unwrap_or(0), max.copied().unwrap_or(0), 0)
    }

    fn size(&self) -> usize {
        let columns = [&self.gaps, &self.highs].map(|values| Self::fields(values).size(values.len()));
        varint_len(self.gaps.len() as u64) + columns.iter().sum::<usize>()
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        varint::put(bytes, self.gaps.len() as u64);
        for values in [&self.gaps, &self.highs] {
            Self::fields(values).write(bytes, 0, values.iter().map(|value| (*value, 1)));
        }
    }
}

/// Every form but runs.
struct Flat {
    size: usize,
    form: Form,
}

enum Form {
    Fields(Fields),
    Patched(Fields, Exceptions),
    Linear { base: u64, reference: u64, step: u64 },
}

impl Flat {
    fn plan(values: &Runs, reference: u64) -> Self {
        let (runs, count) = (values.as_slice(), values.len());
        let first = runs.first().map_or(0, |run| run.0 as i64);
        let between = |(min, max): (i64, i64), run: &(u64, u32)| (min.min(run.0 as i64), max.max(run.0 as i64));
        let (min, max) = runs.iter().fold((first, first), between);
        let (min, max) = (min as u64, max as u64);
        let plain = Fields::between(min, max, reference);
        let mut best = Self { size: plain.size(count), form: Form::Fields(plain) };
        if runs.len() < 2 {
            return best;
        }
        if let Some(step) = step(values) {
            let (base, from) = (runs.first().map_or(0, |run| run.0), reference);
            let size = 1 + varint_len(varint::zigzag(from, base)) + varint_len(varint::zigzag(0, step));
            best.improve(size, || Form::Linear { base, reference, step });
        }
        if let Some(base) = majority(values, plain.width) {
            best.try_exceptions(values, Fields { base, reference, width: 0 });
        }
        if let Some(width) = narrower(values, min, plain.width) {
            best.try_exceptions(values, Fields { base: min, reference, width });
        }
        best
    }

    fn improve(&mut self, size: usize, form: impl FnOnce() -> Form) {
        if size < self.size {
            *self = Self { size, form: form() };
        }
    }

    fn try_exceptions(&mut self, values: &Runs, fields: Fields) {
        let exceptions = Exceptions::of(values, fields);
        self.improve(fields.size(values.len()) + exceptions.size(), || Form::Patched(fields, exceptions));
    }

    fn write(&self, bytes: &mut Vec<u8>, values: &Runs) -> u64 {
        let runs = values.as_slice().iter().copied();
        match &self.form {
            Form::Fields(fields) => {
                fields.write(bytes, 0, runs);
                fields.base
            }
            Form::Patched(fields, exceptions) => {
                fields.write(bytes, EXCEPTIONS, runs);
                exceptions.write(bytes);
                fields.base
            }
            Form::Linear { base, reference, step } => {
                bytes.push(LINEAR);
                varint::put(bytes, varint::zigzag(*reference, *base));
                varint::put(bytes, varint::zigzag(0, *step));
                *base
            }
        }
    }
}

/// The difference of neighbours, if it is the same throughout.
fn step(values: &Runs) -> Option<u64> {
    let runs = values.as_slice();
    if runs.len() < values.len() {
        return None;
    }
    let mut steps = runs.iter().zip(runs.iter().skip(1)).map(|(before, after)| after.0.wrapping_sub(before.0));
    let first = steps.next()?;
    steps.all(|step| step == first).then_some(first)
}

/// What an exception to a field of `width` bits less takes, or about: of `exceptions` among `count` values. A gap takes
/// some two bits more than one of equal gaps would, a high part one for its sign.
fn exception_bits(count: u64, exceptions: u64, width: u32) -> u64 {
    u64::from(bit_len(count / exceptions.max(1)) + 2 + width + 1)
}

/// The value that more than half of all have (Boyer and Moore, 1981), if that promises less than fields of `width` bits.
fn majority(values: &Runs, width: u32) -> Option<u64> {
    // Whoever has more than half of all, in so many runs, is parted by too many others to gain by it.
    if values.as_slice().len() * 2 > values.len() {
        return None;
    }
    let (mut value, mut lead) = (0, 0_u64);
    for (next, len) in values.as_slice() {
        let len = u64::from(*len);
        if *next == value {
            lead += len;
        } else if len > lead {
            (value, lead) = (*next, len - lead);
        } else {
            lead -= len;
        }
    }
    let held: u64 = values.as_slice().iter().filter(|run| run.0 == value).map(|run| u64::from(run.1)).sum();
    let (count, others) = (values.len() as u64, values.len() as u64 - held);
    let gains = others * exception_bits(count, others, width) < count * u64::from(width);
    (held > others && gains).then_some(value)
}

/// The width below `width` that promises the fewest bits if values that need more are exceptions.
fn narrower(values: &Runs, min: u64, width: u32) -> Option<u32> {
    let mut lens = [0_u64; MAX_WIDTH as usize + 1];
    for (value, len) in values.as_slice() {
        if let Some(count) = lens.get_mut(bit_len(value.wrapping_sub(min)) as usize) {
            *count += u64::from(*len);
        }
    }
    let count = values.len() as u64;
    let (mut best, mut least, mut exceptions) = (None, count * u64::from(width), 0);
    for narrow in (0..width).rev() {
        exceptions += lens.get(narrow as usize + 1).copied().unwrap_or(0);
        let bits = count * u64::from(narrow) + exceptions * exception_bits(count, exceptions, width - narrow);
        if bits < least {
            (best, least) = (Some(narrow), bits);
        }
    }
    best
}

/// Runs: their lengths but the last, less one, and their values.
struct RunsPlan {
    lens: Runs,
    values: Runs,
    flat_lens: Flat,
    flat_values: Flat,
}

impl RunsPlan {
    /// Nothing if it takes `limit` bytes or more.
    fn plan(values: &Runs, reference: u64, limit: usize) -> Option<Self> {
        let runs = values.as_slice();
        // Values that mostly differ from their neighbours only cost lengths in addition, and a run costs some bits.
        if runs.len() < 2 || runs.len() * 4 > values.len() * 3 || runs.len() / 2 > limit {
            return None;
        }
        let lens: Runs = runs.iter().take(runs.len() - 1).map(|run| u64::from(run.1) - 1).collect();
        let values: Runs = runs.iter().map(|run| run.0).collect();
        let (flat_lens, flat_values) = (Flat::plan(&lens, 0), Flat::plan(&values, reference));
        let size = 1 + varint_len(runs.len() as u64) + flat_lens.size + flat_values.size;
        (size < limit).then_some(Self { lens, values, flat_lens, flat_values })
    }

    fn write(&self, bytes: &mut Vec<u8>) -> u64 {
        bytes.push(RUNS);
        varint::put(bytes, self.values.len() as u64);
        self.flat_lens.write(bytes, &self.lens);
        self.flat_values.write(bytes, &self.values)
    }
}
