//! Straight sides between dark and light, by votes of signed gradients (R. Duda, P. Hart, "Use of the Hough
//! Transformation to Detect Lines and Curves in Pictures", 1972).

use crate::frame::Frame;
use std::cell::OnceCell;

/// Half of the range of angles around the main direction, and the step, in degrees: a symbol seen from an angle has no
/// parallel sides.
const SPREAD: i32 = 16;
const STEP: i32 = 2;
const ANGLES: usize = (2 * SPREAD / STEP + 1) as usize;
/// Places that vote, at most: of a long side every third is enough.
const VOTERS: usize = 3000;
/// About how many places are looked at for the directions, and for those who vote.
const DIRECTED: usize = 60_000;
const ASKED: usize = 150_000;
/// Sides kept for each direction and sign.
const KEPT: usize = 4;

/// A part of a frame and its gradients.
pub(super) struct Field {
    pub(super) left: usize,
    pub(super) top: usize,
    pub(super) width: usize,
    pub(super) height: usize,
    /// Horizontal and vertical derivative; positive towards light.
    across: Vec<i16>,
    down: Vec<i16>,
    /// The same made smaller, once it was asked for.
    half: OnceCell<Box<Field>>,
}

/// A straight stretch along which the image is lighter on one side.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment {
    pub(super) from: (f32, f32),
    pub(super) to: (f32, f32),
    /// The unit vector towards light.
    pub(super) normal: (f32, f32),
    /// Sum of the gradients along it.
    pub(super) strength: f32,
}

impl Field {
    /// The gradients (Sobel) of a rectangle, cut to the frame.
    pub(super) fn new(frame: &Frame, left: usize, top: usize, right: usize, bottom: usize) -> Self {
        let (right, bottom) = (right.min(frame.width()), bottom.min(frame.height()));
        let (left, top) = (left.min(right), top.min(bottom));
        let (width, height) = (right - left, bottom - top);
        let (mut across, mut down) = (vec![0; width * height], vec![0; width * height]);
        let stride = frame.width();
        let (first, last) = (left.max(1), right.min(stride - 1));
        let count = last.saturating_sub(first);
        for y in top.max(1)..bottom.min(frame.height() - 1) {
            if count == 0 {
                break;
            }
            let row = |y: usize| &frame.pixels()[y * stride + first - 1..][..count + 2];
            let target = (y - top) * width + first - left;
            let (across, down) = (&mut across[target..][..count], &mut down[target..][..count]);
            derive(row(y - 1), row(y), row(y + 1), across, down);
        }
        Self { left, top, width, height, across, down, half: OnceCell::new() }
    }

    /// Forgets the gradients outside of a part of the frame.
    pub(super) fn keep(&mut self, inside: impl Fn(f32, f32) -> bool) {
        for index in 0..self.across.len() {
            let (x, y) = (index % self.width + self.left, index / self.width + self.top);
            if !inside(x as f32 + 0.5, y as f32 + 0.5) {
                (self.across[index], self.down[index]) = (0, 0);
            }
        }
    }

    /// The field at half its size: mean gradients of four places each.
    pub(super) fn half(&self) -> &Self {
        self.half.get_or_init(|| {
            let (width, height) = (self.width / 2, self.height / 2);
            let means = |whole: &[i16]| -> Vec<i16> {
                let rows = whole.chunks_exact((2 * self.width).max(1)).take(height);
                let means = |rows: &[i16]| {
                    let (one, other) = rows.split_at(self.width);
                    let pairs = one.chunks_exact(2).zip(other.chunks_exact(2));
                    pairs.map(|(one, other)| (one[0] + one[1] + other[0] + other[1]) / 4).collect::<Vec<_>>()
                };
                rows.flat_map(means).collect()
            };
            let (across, down) = (means(&self.across), means(&self.down));
            let (left, top) = (self.left / 2, self.top / 2);
            Box::new(Self { left, top, width, height, across, down, half: OnceCell::new() })
        })
    }

    /// The gradient at a place of the field, along a unit vector; 0 outside.
    pub(super) fn along(&self, x: f32, y: f32, normal: (f32, f32)) -> f32 {
        if x < 0.0 || y < 0.0 {
            return 0.0;
        }
        let (x, y) = (x as usize, y as usize);
        if x >= self.width || y >= self.height {
            return 0.0;
        }
        let index = y * self.width + x;
        f32::from(self.across[index]) * normal.0 + f32::from(self.down[index]) * normal.1
    }

    /// How steep the image is at a place of the field; 0 outside.
    pub(super) fn size(&self, x: f32, y: f32) -> f32 {
        self.along(x, y, (1.0, 0.0)).abs() + self.along(x, y, (0.0, 1.0)).abs()
    }

    /// The mean of that on the way from one place to another.
    pub(super) fn mean_size(&self, from: (f32, f32), to: (f32, f32)) -> f32 {
        const COUNT: usize = 24;
        let place = |t: f32| (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t);
        let sizes = (0..COUNT).map(|index| {
            let (x, y) = place((index as f32 + 0.5) / COUNT as f32);
            self.size(x, y)
        });
        sizes.sum::<f32>() / COUNT as f32
    }

    /// Mean gradient along a unit vector, over the way from one place to another.
    pub(super) fn mean_along(&self, from: (f32, f32), to: (f32, f32), normal: (f32, f32)) -> f32 {
        // Every other pixel: a gradient reaches over three.
        let count = ((to.0 - from.0).hypot(to.1 - from.1) / 1.7).clamp(1.0, 1000.0) as usize;
        // Places in 65536ths of a pixel, which saves conversions: thousands of lines are tried for a symbol.
        let fixed = |value: f32| (value * 65536.0) as i32;
        let step = (fixed((to.0 - from.0) / count as f32), fixed((to.1 - from.1) / count as f32));
        let (mut x, mut y) = (fixed(from.0).wrapping_add(step.0 / 2), fixed(from.1).wrapping_add(step.1 / 2));
        let (mut across, mut down) = (0_i32, 0_i32);
        for _ in 0..count {
            let (column, row) = ((x >> 16) as usize, (y >> 16) as usize);
            if column < self.width && row < self.height {
                let index = row * self.width + column;
                across += i32::from(self.across[index]);
                down += i32::from(self.down[index]);
            }
            (x, y) = (x.wrapping_add(step.0), y.wrapping_add(step.1));
        }
        (across as f32 * normal.0 + down as f32 * normal.1) / count as f32
    }

    /// Every how many places are looked at for about so many: an odd number, so that rows differ.
    fn every(&self, count: usize) -> usize {
        (self.across.len() / count).max(1) | 1
    }

    /// The two directions, in degrees below 180, that most gradients have.
    fn directions(&self) -> Option<[i32; 2]> {
        let mut histogram = [0.0_f32; 180];
        let every = self.every(DIRECTED);
        for (&dx, &dy) in self.across.iter().zip(&self.down).step_by(every) {
            let (x, y) = (f32::from(dx), f32::from(dy));
            let power = x * x + y * y;
            if power > 400.0 {
                histogram[degrees(x, y)] += power.sqrt();
            }
        }
        let around = |angle: i32| -> f32 {
            (-5..=5_i32)
                .map(|offset| histogram[(angle + offset).rem_euclid(180) as usize] * (6 - offset.abs()) as f32)
                .sum()
        };
        let smooth: Vec<f32> = (0..180).map(around).collect();
        // A pair of directions across each other, so that a bar code or a line of text nearby does not win with one.
        let (first, second, weight) = (0..180_i32)
            .map(|angle| {
                let across = (60..=120).map(|turn| (angle + turn) % 180);
                let other = across.max_by(|&a, &b| smooth[a as usize].total_cmp(&smooth[b as usize])).unwrap_or(angle);
                let weight = smooth[angle as usize].min(smooth[other as usize]) * 2.0
                    + smooth[angle as usize].max(smooth[other as usize]);
                (angle, other, weight)
            })
            .max_by(|a, b| a.2.total_cmp(&b.2))?;
        (weight > 0.0).then_some([first, second])
    }

    /// The strongest sides in the two main directions, lighter to one side or to the other.
    pub(super) fn segments(&self) -> Vec<Segment> {
        let Some(directions) = self.directions() else {
            return Vec::new();
        };
        let mut segments = Vec::new();
        for direction in directions {
            self.vote(direction, &mut segments);
        }
        segments
    }

    fn vote(&self, direction: i32, segments: &mut Vec<Segment>) {
        let reach = (self.width as f32).hypot(self.height as f32).ceil() as usize + 2;
        let angles: [(f32, f32); ANGLES] = std::array::from_fn(|index| {
            let angle = (direction - SPREAD + index as i32 * STEP) as f32;
            (angle.to_radians().cos(), angle.to_radians().sin())
        });
        let mut votes = Votes { angles, reach, sums: vec![0.0; ANGLES * 2 * reach] };
        let mut voters = self.voters(angles[ANGLES / 2]);
        for voter in &voters {
            votes.add(voter, 1.0);
        }
        for sign in [1.0, -1.0] {
            let mut first = 0.0;
            for _ in 0..KEPT {
                let (index, bin, weight) = votes.highest(sign);
                if weight < first * 0.15 || weight <= 0.0 {
                    break;
                }
                first = weight.max(first);
                let (cos, sin) = angles[index];
                let offset = bin as f32 + 0.5 - reach as f32;
                segments.extend(self.stretch((cos * sign, sin * sign), offset * sign));
                // Those who voted for this line would otherwise vote for all lines like it.
                voters.retain(|voter| {
                    let is_near = voter.weight * sign > 0.0 && (voter.x * cos + voter.y * sin - offset).abs() < 1.6;
                    if is_near {
                        votes.add(voter, -1.0);
                    }
                    !is_near
                });
            }
        }
    }

    /// The places whose gradient is within 31° of a direction, each with a weight that a strong edge does not exceed much.
    fn voters(&self, (cos, sin): (f32, f32)) -> Vec<Voter> {
        let mut voters = Vec::new();
        let mut total = 0.0;
        let width = self.width.max(1);
        let mut row = vec![0.0; width];
        let every = self.every(ASKED);
        for (y, (dx, dy)) in self.across.chunks_exact(width).zip(self.down.chunks_exact(width)).enumerate() {
            for ((weight, &dx), &dy) in row.iter_mut().zip(dx).zip(dy) {
                let (dx, dy) = (f32::from(dx), f32::from(dy));
                let (along, across) = (dx * cos + dy * sin, dy * cos - dx * sin);
                let is_voter = along.abs() >= (1.66 * across.abs()).max(16.0);
                *weight = if is_voter { along } else { 0.0 };
            }
            for (x, &weight) in row.iter().enumerate().skip(y % every).step_by(every) {
                if weight != 0.0 {
                    total += weight.abs();
                    voters.push(Voter { x: x as f32 + 0.5, y: y as f32 + 0.5, weight });
                }
            }
        }
        let most = 1.3 * total / voters.len().max(1) as f32;
        let stride = voters.len().div_ceil(VOTERS).max(1);
        if stride > 1 {
            voters = voters.into_iter().step_by(stride).collect();
        }
        voters.iter_mut().for_each(|voter| voter.weight = voter.weight.clamp(-most, most));
        voters
    }

    /// The stretch of a line, given by its normal and distance, along which the gradients agree.
    fn stretch(&self, normal: (f32, f32), offset: f32) -> Option<Segment> {
        let along = (-normal.1, normal.0);
        let foot = (normal.0 * offset, normal.1 * offset);
        let middle = (self.width as f32 / 2.0 - foot.0) * along.0 + (self.height as f32 / 2.0 - foot.1) * along.1;
        let half = ((self.width as f32).hypot(self.height as f32) / 2.0) as i32;
        let place = |s: f32| (foot.0 + along.0 * s, foot.1 + along.1 * s);
        let profile: Vec<f32> = (-half..half)
            .map(|step| {
                let (x, y) = place(middle + step as f32 + 0.5);
                (-1..=1)
                    .map(|side| {
                        let side = side as f32;
                        self.along(x + normal.0 * side, y + normal.1 * side, normal)
                    })
                    .fold(0.0, f32::max)
            })
            .collect();
        if profile.is_empty() {
            return None;
        }
        let mut sorted = profile.clone();
        // A side that counts takes a third of the field or more.
        let (_, &mut typical, _) = sorted.select_nth_unstable_by(profile.len() * 82 / 100, f32::total_cmp);
        let threshold = typical * 0.45;
        let (mut best, mut start, mut sum) = ((0, 0, 0.0), 0, 0.0_f32);
        for (index, value) in profile.iter().enumerate() {
            sum += value.min(typical * 1.3) - threshold;
            if sum <= 0.0 {
                (start, sum) = (index + 1, 0.0);
            } else if sum > best.2 {
                best = (start, index + 1, sum);
            }
        }
        let (start, end, strength) = best;
        (end - start >= 8).then(|| Segment {
            from: place(middle + (start as i32 - half) as f32),
            to: place(middle + (end as i32 - half) as f32),
            normal,
            strength,
        })
    }
}

struct Voter {
    x: f32,
    y: f32,
    weight: f32,
}

/// Sums of votes by angle and distance.
struct Votes {
    angles: [(f32, f32); ANGLES],
    reach: usize,
    sums: Vec<f32>,
}

impl Votes {
    fn add(&mut self, voter: &Voter, share: f32) {
        let bins = 2 * self.reach;
        for (&(cos, sin), sums) in self.angles.iter().zip(self.sums.chunks_exact_mut(bins)) {
            let offset = voter.x * cos + voter.y * sin + self.reach as f32;
            // Narrower numbers are converted faster; none is below 0.
            sums[offset as i32 as usize] += voter.weight * share;
        }
    }

    /// Angle, distance and weight of the most votes of a sign.
    fn highest(&self, sign: f32) -> (usize, usize, f32) {
        const LANES: usize = 8;
        let highest = |sums: &[f32]| {
            let mut lanes = [0.0_f32; LANES];
            let chunks = sums.chunks_exact(LANES);
            let rest = chunks.remainder().iter().fold(0.0_f32, |most, sum| most.max(sum * sign));
            for chunk in chunks {
                for (lane, sum) in lanes.iter_mut().zip(chunk) {
                    let value = sum * sign;
                    *lane = if value > *lane { value } else { *lane };
                }
            }
            lanes.into_iter().fold(rest, f32::max)
        };
        let bins = 2 * self.reach;
        let mut best = (0, 0.0);
        for (index, sums) in self.sums.chunks_exact(bins).enumerate() {
            let most = highest(sums);
            if most > best.1 {
                best = (index, most);
            }
        }
        let bin = self.sums[best.0 * bins..][..bins].iter().position(|sum| sum * sign == best.1).unwrap_or(0);
        (best.0, bin, best.1)
    }
}

/// The derivatives (Sobel) between three rows that reach a pixel farther to each side.
fn derive(above: &[u8], here: &[u8], below: &[u8], across: &mut [i16], down: &mut [i16]) {
    let count = across.len();
    let down = &mut down[..count];
    let (above, here, below) = (&above[..count + 2], &here[..count + 2], &below[..count + 2]);
    for x in 0..count {
        let at = |row: &[u8], x: usize| i16::from(row[x]);
        let column = |x: usize| at(above, x) + 2 * at(here, x) + at(below, x);
        let line = |row: &[u8]| at(row, x) + 2 * at(row, x + 1) + at(row, x + 2);
        across[x] = column(x + 2) - column(x);
        down[x] = line(below) - line(above);
    }
}

/// The direction of a line through the origin, in whole degrees below 180 (arctangent to a tenth of a degree: S. Rajan et
/// al., "Efficient Approximations for the Arctangent Function", 2006).
fn degrees(x: f32, y: f32) -> usize {
    let (width, height) = (x.abs(), y.abs());
    let ratio = width.min(height) / width.max(height).max(1e-6);
    let acute = ratio * (45.0 + (1.0 - ratio) * (14.02 + 3.8 * ratio));
    let steep = if height > width { 90.0 - acute } else { acute };
    let angle = if (x < 0.0) == (y < 0.0) { steep } else { 180.0 - steep };
    (angle as i32 % 180) as usize
}
