//! Where bars may be: places whose gradients all point one way.

use crate::frame::Frame;

/// Side of the squares in which gradients are summed, in pixels.
const BLOCK: usize = 16;
/// Mean square of a gradient below which a square is blank, in levels: bars of 20 levels give more.
const LEAST_ENERGY: f32 = 30.0;
/// Share of the gradients' energy that must lie in one direction; paper, text and matrix symbols have less.
const LEAST_COHERENCE: f32 = 0.5;
/// Cosine of twice the angle by which neighbouring squares may differ.
const SAME_WAY: f32 = 0.8;
/// Tangent of the angle between the bars and the upright of their row, at most: beyond 45° a symbol is hardly seen.
const MOST_SLOPE: f32 = 1.0;
/// Share of the mean energy of a symbol's squares that each has: bars may be wide, and a square may be half outside.
const LEAST_SHARE: f32 = 0.1;
/// Squares that a symbol covers at least.
const LEAST_BLOCKS: usize = 5;

/// A place that may hold bars, in coordinates across and along them. Both axes are those of the picture of the symbol: seen
/// from the side, they are not at right angles, and bars lean the more the further they are from the middle.
#[derive(Clone, Copy, Debug)]
pub(super) struct Region {
    /// The pixel from which both coordinates count.
    middle: (f32, f32),
    /// Unit vector from bar to bar, in the direction in which the symbol goes on.
    across: (f32, f32),
    /// The direction of the bars; its part at right angles to what the gradients say is 1.
    along: (f32, f32),
    /// How much more the bars lean for each pixel across.
    fan: f32,
    /// From where to where it goes across the bars.
    pub(super) width: (f32, f32),
    /// From where to where it goes along the bars.
    pub(super) height: (f32, f32),
    /// How much there is of it: squares times their mean gradient, so that a striped table comes after what lies on it.
    weight: f32,
}

/// Heights over which the lean of bars is measured, in pixels: each time as far as the one before allows.
const LEANS: [f32; 4] = [3.0, 10.0, 30.0, 90.0];
/// The height from which on the lean of either half is measured.
const FAN_FROM: f32 = 30.0;
/// Steps of half a pixel by which bars may be shifted over such a height.
const SHIFTS: i32 = 4;
/// Pairs of lines whose shifts are taken together, against noise.
const PAIRS: usize = 4;

impl Region {
    /// The pixel at `u` across the bars and `v` along them.
    pub(super) fn pixel(&self, u: f32, v: f32) -> (f32, f32) {
        let u = u + self.fan * u * v;
        (self.middle.0 + u * self.across.0 + v * self.along.0, self.middle.1 + u * self.across.1 + v * self.along.1)
    }

    /// The region leaned to where its bars are upright: the sums of gradients are off by some degrees where bars are
    /// as thin as a pixel or two.
    pub(super) fn straightened(mut self, frame: &Frame) -> Self {
        let (left, right) = self.width;
        for distance in LEANS {
            if distance * 1.5 > self.height.1 - self.height.0 {
                break;
            }
            let leaning = |width| self.shift(frame, width, distance) / distance;
            if distance < FAN_FROM {
                let lean = leaning((left, right));
                self.lean(lean);
            } else {
                let middle = (left + right) / 2.0;
                let (first, last) = (leaning((left, middle)), leaning((middle, right)));
                self.lean((first + last) / 2.0);
                self.fan += (last - first) / (right - middle);
            }
        }
        self
    }

    fn lean(&mut self, by: f32) {
        self.along = (self.along.0 + by * self.across.0, self.along.1 + by * self.across.1);
    }

    /// How far bars are shifted, in pixels, from one line to another at the given distance.
    fn shift(&self, frame: &Frame, width: (f32, f32), distance: f32) -> f32 {
        let length = (width.1 - width.0) as usize;
        let line = |v: f32, reach: i32| -> Vec<f32> {
            let at = |index: i32| {
                let (x, y) = self.pixel(width.0 + index as f32 / 2.0, v);
                frame.at(x, y)
            };
            let levels: Vec<f32> = (-reach..2 * length as i32 + reach).map(at).collect();
            // Slow changes of light would agree with themselves wherever they are.
            levels.iter().zip(&levels[1..]).map(|(a, b)| b - a).collect()
        };
        let mut likeness = [0.0; 2 * SHIFTS as usize + 1];
        let room = self.height.1 - self.height.0 - distance;
        for pair in 0..PAIRS {
            let v = self.height.0 + room * (pair as f32 + 0.5) / PAIRS as f32;
            let (upper, lower) = (line(v, 0), line(v + distance, SHIFTS));
            for (shift, likeness) in likeness.iter_mut().enumerate() {
                *likeness += upper.iter().zip(&lower[shift..]).map(|(a, b)| a * b).sum::<f32>();
            }
        }
        let best = (0..likeness.len()).max_by(|&a, &b| likeness[a].total_cmp(&likeness[b])).unwrap_or(0);
        // Between steps, by the parabola through three of them.
        let vertex = match likeness.get(best.wrapping_sub(1)).zip(likeness.get(best + 1)) {
            Some((before, after)) => {
                let bend = before + after - 2.0 * likeness[best];
                if bend < 0.0 { 0.5 * (before - after) / bend } else { 0.0 }
            }
            None => 0.0,
        };
        (best as f32 + vertex - SHIFTS as f32) / 2.0
    }
}

/// Sums of products of gradients in one square.
#[derive(Clone, Copy, Debug, Default)]
struct Tensor {
    xx: f32,
    yy: f32,
    xy: f32,
}

impl Tensor {
    fn add(&mut self, other: Self) {
        self.xx += other.xx;
        self.yy += other.yy;
        self.xy += other.xy;
    }

    fn energy(self) -> f32 {
        self.xx + self.yy
    }

    /// The direction of the gradients with its angle doubled, so that opposite ones agree; its length is the coherence.
    fn direction(self) -> (f32, f32) {
        let energy = self.energy().max(1.0);
        ((self.xx - self.yy) / energy, 2.0 * self.xy / energy)
    }
}

/// The places that may hold bars, the largest first, at most `limit`.
pub(super) fn regions(frame: &Frame, limit: usize) -> Vec<Region> {
    let (columns, rows) = ((frame.width().max(2) - 2) / BLOCK, (frame.height().max(2) - 2) / BLOCK);
    let tensors = tensors(frame, columns, rows);
    let least = LEAST_ENERGY * (BLOCK * BLOCK / 2) as f32;
    let clear = |tensor: &Tensor| {
        let (cosine, sine) = tensor.direction();
        tensor.energy() >= least && cosine.hypot(sine) >= LEAST_COHERENCE
    };
    let mut free: Vec<bool> = tensors.iter().map(clear).collect();
    let mut found = Vec::new();
    // The strongest first: what is pale beside something strong is another thing.
    let mut seeds: Vec<usize> = (0..free.len()).filter(|&seed| free[seed]).collect();
    seeds.sort_by(|&a, &b| tensors[b].energy().total_cmp(&tensors[a].energy()));
    for seed in seeds {
        if free[seed] {
            let blocks = grown(seed, columns, &tensors, &mut free);
            if blocks.len() >= LEAST_BLOCKS {
                found.push(region(&blocks, columns, &tensors));
            }
        }
    }
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    found.truncate(limit);
    found
}

fn tensors(frame: &Frame, columns: usize, rows: usize) -> Vec<Tensor> {
    let width = frame.width();
    let mut tensors = vec![Tensor::default(); columns * rows];
    for (row, tensors) in tensors.chunks_exact_mut(columns.max(1)).enumerate() {
        // Every second row: bars are longer than that, and it is half the work.
        for y in (0..BLOCK).step_by(2).map(|y| row * BLOCK + y + 1) {
            let line = |y: usize| &frame.pixels()[y * width..][..width];
            let (above, here, below) = (&line(y - 1)[1..], line(y), &line(y + 1)[1..]);
            let blocks = above.chunks_exact(BLOCK).zip(below.chunks_exact(BLOCK));
            for (index, ((above, below), tensor)) in blocks.zip(&mut *tensors).enumerate() {
                let here = &here[index * BLOCK..][..BLOCK + 2];
                let (mut xx, mut yy, mut xy) = (0, 0, 0);
                for at in 0..BLOCK {
                    let gx = i32::from(here[at + 2]) - i32::from(here[at]);
                    let gy = i32::from(below[at]) - i32::from(above[at]);
                    xx += gx * gx;
                    yy += gy * gy;
                    xy += gx * gy;
                }
                tensor.add(Tensor { xx: xx as f32, yy: yy as f32, xy: xy as f32 });
            }
        }
    }
    tensors
}

/// The squares around a seed whose gradients point its way; gaps of one square, as in a wide bar, are crossed.
fn grown(seed: usize, columns: usize, tensors: &[Tensor], free: &mut [bool]) -> Vec<usize> {
    let rows = tensors.len() / columns;
    let mut sum = Tensor::default();
    let mut blocks = vec![seed];
    free[seed] = false;
    let mut next = 0;
    while next < blocks.len() {
        let block = blocks[next];
        next += 1;
        sum.add(tensors[block]);
        let least = sum.energy() / next as f32 * LEAST_SHARE;
        let (cosine, sine) = sum.direction();
        let length = cosine.hypot(sine);
        let (x, y) = (block % columns, block / columns);
        for row in y.saturating_sub(2)..=(y + 2).min(rows - 1) {
            for column in x.saturating_sub(2)..=(x + 2).min(columns - 1) {
                let neighbour = row * columns + column;
                if !free[neighbour] {
                    continue;
                }
                let (c, s) = tensors[neighbour].direction();
                if tensors[neighbour].energy() >= least && c * cosine + s * sine >= SAME_WAY * length * c.hypot(s) {
                    free[neighbour] = false;
                    blocks.push(neighbour);
                }
            }
        }
    }
    blocks
}

fn region(blocks: &[usize], columns: usize, tensors: &[Tensor]) -> Region {
    let mut sum = Tensor::default();
    blocks.iter().for_each(|&block| sum.add(tensors[block]));
    let (cosine, sine) = sum.direction();
    let (normal_y, normal_x) = (0.5 * sine.atan2(cosine)).sin_cos();
    let half = BLOCK as f32 / 2.0;
    let count = blocks.len() as f32;
    let place =
        |block: usize| ((block % columns * BLOCK + 1) as f32 + half, (block / columns * BLOCK + 1) as f32 + half);
    let total = blocks.iter().map(|&block| place(block)).fold((0.0, 0.0), |sum, at| (sum.0 + at.0, sum.1 + at.1));
    let middle = (total.0 / count, total.1 / count);
    // From the middle, at right angles to the bars and along them.
    let turned = |block: usize| {
        let (x, y) = place(block);
        let (x, y) = (x - middle.0, y - middle.1);
        (x * normal_x + y * normal_y, y * normal_x - x * normal_y)
    };
    // The symbol goes on where its squares do.
    let (spread, tilt) = blocks
        .iter()
        .map(|&block| turned(block))
        .fold((1.0, 0.0), |(spread, tilt), (u, v)| (spread + u * u, tilt + u * v));
    let slope: f32 = (tilt / spread).clamp(-MOST_SLOPE, MOST_SLOPE);
    let length = slope.hypot(1.0);
    let mut region = Region {
        middle,
        across: ((normal_x - slope * normal_y) / length, (normal_y + slope * normal_x) / length),
        along: (-normal_y, normal_x),
        fan: 0.0,
        width: (f32::MAX, f32::MIN),
        height: (f32::MAX, f32::MIN),
        weight: (sum.energy() * count).sqrt(),
    };
    for &block in blocks {
        let (u, v) = turned(block);
        let (u, v) = (u * length, v - slope * u);
        region.width = (region.width.0.min(u - half), region.width.1.max(u + half));
        region.height = (region.height.0.min(v - half), region.height.1.max(v + half));
    }
    region
}
