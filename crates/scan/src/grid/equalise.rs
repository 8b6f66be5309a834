//! Undoes blur between modules.
//!
//! Blur, a camera's small pixels and a lattice a little off all do the same: a module's level is a sum over its
//! neighbourhood. The weights of that sum are estimated from the symbol itself, first with what a threshold makes of it,
//! then with what the estimate makes of it; the modules are those values between light and dark that explain the levels
//! best (least squares in a box, which for two-valued unknowns is nearly exact).

use super::Known;
use super::solve::Normal;

/// Modules around the symbol that the sum can reach; they are light.
const PAD: usize = 2;
const SIDE: usize = 2 * PAD + 1;
/// Weights of the sum, and one more for its offset.
const TAPS: usize = SIDE * SIDE;
/// Modules to each side over which light and dark are averaged.
const REACH: usize = 5;
/// Steps of least squares, and rounds of estimating the weights anew.
const STEPS: usize = 24;
const ROUNDS: usize = 7;
/// Share of the middle tap below which another makes no difference.
const LEAST_TAP: f32 = 0.004;
/// Modules whose sums are made together.
const LANES: usize = 8;

/// The soft values of sampled grey levels: positive is dark, negative light, about 1 certain. Empty if the sizes do not
/// agree.
pub(crate) fn equalise(columns: usize, rows: usize, grey: &[f32], known: &Known) -> Vec<f32> {
    if columns == 0 || rows == 0 || grey.len() != columns.saturating_mul(rows) {
        return Vec::new();
    }
    let seen = contrast(columns, rows, grey, known);
    let field = Field::new(columns, rows, &seen, known);
    field.solved()
}

/// Levels relative to light and dark nearby: −1 light, 1 dark.
fn contrast(columns: usize, rows: usize, grey: &[f32], known: &Known) -> Vec<f32> {
    let polarity = polarity(columns, rows, grey, known);
    let dark: Vec<f32> = grey.iter().map(|&level| -level * polarity).collect();
    let mean = Means::new(columns, rows, dark.iter().map(|&value| (value, 1.0)));
    let mut threshold: Vec<f32> = (0..dark.len()).map(|index| mean.at(index % columns, index / columns, 0.0)).collect();
    let mut half = vec![1.0; dark.len()];
    for _ in 0..3 {
        let class = |wanted: bool| {
            let chosen = dark
                .iter()
                .zip(&threshold)
                .map(|(&value, &limit)| if (value > limit) == wanted { (value, 1.0) } else { (0.0, 0.0) });
            let chosen: Vec<_> = chosen.collect();
            let (sum, count) = chosen.iter().fold((0.0, 1e-6), |(sum, count), (value, one)| (sum + value, count + one));
            (Means::new(columns, rows, chosen.into_iter()), sum / count)
        };
        let ((ink, ink_mean), (paper, paper_mean)) = (class(true), class(false));
        for index in 0..dark.len() {
            let (x, y) = (index % columns, index / columns);
            let (high, low) = (ink.at(x, y, ink_mean), paper.at(x, y, paper_mean));
            threshold[index] = high.midpoint(low);
            half[index] = ((high - low) / 2.0).max(0.5);
        }
    }
    let (threshold, half) = smooth(columns, threshold, half);
    dark.iter().zip(&threshold).zip(&half).map(|((value, middle), half)| (value - middle) / half).collect()
}

/// Levels of the second degree in place of those measured around each module, if they are near enough: what modules happen
/// to lie around one changes what is measured there, and blur makes that larger than what it leaves of a single module.
fn smooth(columns: usize, threshold: Vec<f32>, half: Vec<f32>) -> (Vec<f32>, Vec<f32>) {
    let factors = |index: usize| {
        let (x, y) = ((index % columns) as f32 / columns as f32 - 0.5, (index / columns) as f32 / columns as f32 - 0.5);
        [1.0, x, y, x * x, x * y, y * y]
    };
    let fit = |levels: &[f32]| -> Option<Vec<f32>> {
        let mut normal = Normal::new(&[1e-3; 6]);
        for (index, &level) in levels.iter().enumerate() {
            normal.add(&factors(index), level, 1.0);
        }
        let surface = normal.solve()?;
        let level = |index| factors(index).iter().zip(&surface).map(|(factor, weight)| factor * weight).sum();
        Some((0..levels.len()).map(level).collect())
    };
    let (Some(smooth_threshold), Some(smooth_half)) = (fit(&threshold), fit(&half)) else {
        return (threshold, half);
    };
    let apart = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f32>();
    let power: f32 = half.iter().map(|half| half * half).sum();
    let difference = apart(&threshold, &smooth_threshold) + apart(&half, &smooth_half);
    if difference > 0.06 * power || smooth_half.iter().any(|&half| half < 0.5) {
        return (threshold, half);
    }
    (smooth_threshold, smooth_half)
}

/// 1 if the known dark modules are darker than the known light ones, else −1.
fn polarity(columns: usize, rows: usize, grey: &[f32], known: &Known) -> f32 {
    let (mut dark, mut light) = ((0.0, 0.0), (0.0, 0.0));
    for (index, is_dark) in inside(columns, rows, known) {
        let sum = if is_dark { &mut dark } else { &mut light };
        *sum = (sum.0 + grey[index], sum.1 + 1.0);
    }
    if dark.1 > 0.0 && light.1 > 0.0 && dark.0 / dark.1 > light.0 / light.1 { -1.0 } else { 1.0 }
}

/// The known modules that lie in the symbol, by their index.
fn inside(columns: usize, rows: usize, known: &Known) -> impl Iterator<Item = (usize, bool)> {
    known.modules().iter().filter_map(move |&(x, y, dark)| {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        (x < columns && y < rows).then_some((y * columns + x, dark))
    })
}

/// Weighted means over neighbourhoods, by summed areas.
struct Means {
    columns: usize,
    rows: usize,
    sums: Vec<(f32, f32)>,
}

impl Means {
    fn new(columns: usize, rows: usize, values: impl Iterator<Item = (f32, f32)>) -> Self {
        let stride = columns + 1;
        let mut sums = vec![(0.0, 0.0); stride * (rows + 1)];
        let mut row = (0.0, 0.0);
        for (index, (value, weight)) in values.enumerate() {
            let (x, y) = (index % columns, index / columns);
            row = if x == 0 { (value, weight) } else { (row.0 + value, row.1 + weight) };
            let above = sums[y * stride + x + 1];
            sums[(y + 1) * stride + x + 1] = (above.0 + row.0, above.1 + row.1);
        }
        Self { columns, rows, sums }
    }

    /// The mean around a module, drawn a little to a value that holds where there is nothing.
    fn at(&self, x: usize, y: usize, otherwise: f32) -> f32 {
        let (left, right) = (x.saturating_sub(REACH), (x + REACH + 1).min(self.columns));
        let (top, bottom) = (y.saturating_sub(REACH), (y + REACH + 1).min(self.rows));
        let cell = |x: usize, y: usize| self.sums[y * (self.columns + 1) + x];
        let (a, b, c, d) = (cell(left, top), cell(right, top), cell(left, bottom), cell(right, bottom));
        let prior = if otherwise == 0.0 { 0.0 } else { 2.0 };
        (d.0 - b.0 - c.0 + a.0 + prior * otherwise) / (d.1 - b.1 - c.1 + a.1 + prior).max(1e-3)
    }
}

/// The symbol inside a margin, so that a shift by a module is a shift of the whole field.
struct Field {
    columns: usize,
    rows: usize,
    stride: usize,
    seen: Vec<f32>,
    /// 1 for modules to be found, 0 for those that are known and for the margin.
    free: Vec<f32>,
    values: Vec<f32>,
}

impl Field {
    fn new(columns: usize, rows: usize, seen: &[f32], known: &Known) -> Self {
        let stride = columns + 2 * PAD;
        // Two more modules at either end let the first and the last row be shifted as well, and sums are made by lanes.
        let length = stride * (rows + 2 * PAD) + 2 * PAD + LANES;
        let mut field = Self {
            columns,
            rows,
            stride,
            seen: vec![0.0; length],
            free: vec![0.0; length],
            values: vec![-1.0; length],
        };
        for y in 0..rows {
            for x in 0..columns {
                let (target, value) = (field.place(x, y), seen[y * columns + x]);
                field.seen[target] = value;
                field.free[target] = 1.0;
                field.values[target] = value.signum();
            }
        }
        for (index, dark) in inside(columns, rows, known) {
            let target = field.place(index % columns, index / columns);
            field.free[target] = 0.0;
            field.values[target] = if dark { 1.0 } else { -1.0 };
        }
        field
    }

    fn place(&self, x: usize, y: usize) -> usize {
        PAD + (y + PAD) * self.stride + x + PAD
    }

    /// The rows of the symbol with their margins left and right, as one range of the field.
    fn body(&self) -> std::ops::Range<usize> {
        let first = PAD + PAD * self.stride;
        first..first + self.rows * self.stride
    }

    fn solved(mut self) -> Vec<f32> {
        let mut answer = self.output(&self.seen);
        for round in 0..ROUNDS {
            let wide = round > 0 && self.columns * self.rows >= 300;
            let Some((weights, offset)) = self.weights(wide) else { break };
            let middle = weights[TAPS / 2];
            let around = weights.iter().map(|weight| weight.abs()).sum::<f32>() - middle.abs();
            if middle <= 0.05 || around < 0.2 * middle {
                break;
            }
            let before = self.values.clone();
            let soft = self.least_squares(&weights, offset);
            answer = self.output(&soft);
            let changed = before.iter().zip(&self.values).filter(|(a, b)| (**a > 0.0) != (**b > 0.0)).count();
            if changed == 0 && wide {
                break;
            }
        }
        answer
    }

    fn output(&self, values: &[f32]) -> Vec<f32> {
        let row = |y: usize| &values[self.place(0, y)..][..self.columns];
        (0..self.rows).flat_map(|y| row(y).iter().copied()).collect()
    }

    fn offset(&self, tap: usize) -> isize {
        let (dx, dy) = ((tap % SIDE) as isize - PAD as isize, (tap / SIDE) as isize - PAD as isize);
        dy * self.stride as isize + dx
    }

    /// The weights by which the decided modules make up what is seen, 3×3 or 5×5.
    fn weights(&self, wide: bool) -> Option<([f32; TAPS], f32)> {
        let ridge: [f32; TAPS + 1] = std::array::from_fn(|tap| {
            let (dx, dy) = ((tap % SIDE).abs_diff(PAD), (tap / SIDE).abs_diff(PAD));
            match dx.max(dy) {
                _ if tap == TAPS => 1.0,
                0 => 0.1,
                1 => 1.0,
                _ if wide => 10.0,
                _ => 1e6,
            }
        });
        let mut normal = Normal::new(&ridge);
        for y in 0..self.rows {
            for x in 0..self.columns {
                let at = self.place(x, y);
                let mut factors = [1.0; TAPS + 1];
                for (dy, row) in factors[..TAPS].chunks_exact_mut(SIDE).enumerate() {
                    let from = at + dy * self.stride - PAD * self.stride - PAD;
                    row.copy_from_slice(&self.values[from..from + SIDE]);
                }
                // A level far outside is glare or dirt and tells nothing of the blur.
                let seen = self.seen[at].clamp(-3.0, 3.0);
                normal.add(&factors, seen, 1.0);
            }
        }
        let solved = normal.solve()?;
        let mut weights = [0.0; TAPS];
        weights.copy_from_slice(&solved[..TAPS]);
        Some((weights, solved[TAPS]))
    }

    /// The values in the box that explain what is seen, left in `self.values`; given with what they would be outside it.
    fn least_squares(&mut self, weights: &[f32; TAPS], offset: f32) -> Vec<f32> {
        let gain = weights.iter().map(|weight| weight.abs()).sum::<f32>();
        let rate = 1.0 / (gain * gain);
        let power = weights.iter().map(|weight| weight * weight).sum::<f32>();
        let length = self.values.len();
        let mut ahead = self.values.clone();
        let mut soft = vec![0.0; length];
        let (mut residual, mut slope) = (vec![0.0; length], vec![0.0; length]);
        // A tap that is next to nothing is left out: most of the outer ones are.
        let least = LEAST_TAP * weights[TAPS / 2];
        let counts = (0..TAPS).filter(|&tap| weights[tap].abs() > least);
        let taps: Vec<(isize, f32)> = counts.map(|tap| (self.offset(tap), weights[tap])).collect();
        let back: Vec<(isize, f32)> = taps.iter().map(|&(offset, weight)| (-offset, weight)).collect();
        let mut momentum = 1.0_f32;
        for step in 0..=STEPS {
            let last = step == STEPS;
            self.sums(&taps, if last { &self.values } else { &ahead }, &mut residual);
            self.change_modules(&mut residual, |index, sum| self.seen[index] - offset - sum);
            self.sums(&back, &residual, &mut slope);
            if last {
                for index in self.body() {
                    soft[index] = self.values[index] + slope[index] / power * 0.5;
                }
                break;
            }
            let next = (1.0 + (1.0 + 4.0 * momentum * momentum).sqrt()) / 2.0;
            let push = (momentum - 1.0) / next;
            momentum = next;
            for index in self.body() {
                let target = (ahead[index] + rate * slope[index]).clamp(-1.0, 1.0);
                let moved = (target - self.values[index]) * self.free[index];
                self.values[index] += moved;
                ahead[index] = self.values[index] + push * moved;
            }
        }
        soft
    }

    /// What taps, each an offset and a weight, make of the values around each module: sums of the rows of the symbol. What
    /// is left and right of a row is none.
    fn sums(&self, taps: &[(isize, f32)], values: &[f32], sums: &mut [f32]) {
        for y in 0..self.rows {
            let row = self.place(0, y);
            for at in (row..row + self.columns).step_by(LANES) {
                let mut lanes = [0.0_f32; LANES];
                for &(offset, weight) in taps {
                    let from = at.wrapping_add_signed(offset);
                    for (lane, value) in lanes.iter_mut().zip(&values[from..from + LANES]) {
                        *lane += weight * value;
                    }
                }
                sums[at..at + LANES].copy_from_slice(&lanes);
            }
        }
    }

    /// Changes the values of a symbol's modules, and leaves 0 around them.
    fn change_modules(&self, values: &mut [f32], change: impl Fn(usize, f32) -> f32) {
        let mut end = 0;
        for y in 0..self.rows {
            let row = self.place(0, y);
            values[end..row].fill(0.0);
            end = row + self.columns;
            for (index, value) in (row..end).zip(&mut values[row..end]) {
                *value = change(index, *value);
            }
        }
        values[end..].fill(0.0);
    }
}

#[cfg(test)]
mod tests;
