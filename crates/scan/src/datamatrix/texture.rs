//! Where a frame is textured in two directions at once, as a symbol is and a bar code, an edge or a shadow is not.

use crate::frame::Frame;

/// Pixels along the side of a block.
pub(super) const BLOCK: usize = 4;

/// Blocks that are taken from every side of a texture so that lines of text fall away.
const DEEP: usize = 2;
/// Blocks along the shorter side beyond which larger is no likelier.
const LARGE: f32 = 24.0;

/// A connected part of the frame with texture, in pixels of that frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Region {
    pub(super) left: usize,
    pub(super) top: usize,
    pub(super) right: usize,
    pub(super) bottom: usize,
    /// How much like a symbol it is: filled, about as wide as high, large.
    pub(super) rank: f32,
}

/// The textured regions, the likeliest first.
pub(super) fn regions(frame: &Frame, limit: usize) -> Vec<Region> {
    above(frame, limit, 0.5)
}

/// The same in a frame of which at least such a share has no texture of its own.
fn above(frame: &Frame, limit: usize, share: f32) -> Vec<Region> {
    let map = Map::new(frame);
    let Some(floor) = map.floor(share) else {
        return Vec::new();
    };
    let mut regions = Vec::new();
    for factor in [1.0, 12.0, 144.0] {
        map.components(floor * factor, 1, &mut regions);
    }
    // A line of text that leads to a symbol is thinner than it.
    for factor in [1.0, 12.0] {
        map.components(floor * factor, DEEP, &mut regions);
    }
    regions.sort_by(|a: &Region, b: &Region| b.rank.total_cmp(&a.rank));
    let mut kept: Vec<Region> = Vec::new();
    for region in regions {
        if kept.len() == limit {
            break;
        }
        if kept.iter().all(|other| !alike(other, &region)) {
            kept.push(region);
        }
    }
    kept
}

/// Where a frame is most like a symbol from afar: the corners, in its pixels, of what is textured, filled and compact,
/// however blurred.
pub(super) fn place(frame: &Frame) -> Option<[(f32, f32); 4]> {
    /// Pixels along the side of the squares that are taken as one.
    const FACTOR: usize = 4;
    /// Share that is filled times the shorter side by the longer, of a symbol that lies askew.
    const COMPACT: f32 = 0.35;
    let small = frame.shrunk(FACTOR);
    // One that is too near fills most of the frame.
    let region = above(&small, 1, 0.25).into_iter().next()?;
    let (width, height) = ((region.right - region.left) / BLOCK, (region.bottom - region.top) / BLOCK);
    if region.rank < COMPACT * (width.min(height) as f32).min(LARGE) {
        return None;
    }
    // Summing over squares has made it a block wider each way.
    let [left, top] = [region.left, region.top].map(|at| ((at + BLOCK) * FACTOR) as f32);
    let [right, bottom] = [region.right, region.bottom].map(|at| ((at - BLOCK) * FACTOR) as f32);
    Some([(left, top), (right, top), (right, bottom), (left, bottom)])
}

/// Whether two regions are nearly the same.
fn alike(a: &Region, b: &Region) -> bool {
    let near = |a: usize, b: usize| a.abs_diff(b) <= 2 * BLOCK;
    near(a.left, b.left) && near(a.top, b.top) && near(a.right, b.right) && near(a.bottom, b.bottom)
}

/// The smaller eigenvalue of the structure tensor around each block (J. Shi, C. Tomasi, "Good Features to Track", 1994).
struct Map {
    columns: usize,
    rows: usize,
    texture: Vec<f32>,
}

impl Map {
    fn new(frame: &Frame) -> Self {
        let (columns, rows) = (frame.width() / BLOCK, frame.height() / BLOCK);
        let mut tensors = vec![[0.0_f32; 3]; columns * rows];
        let width = frame.width();
        let used = columns * BLOCK;
        let mut sums = [vec![0_i32; used], vec![0_i32; used], vec![0_i32; used]];
        for block_row in 0..rows {
            sums.iter_mut().for_each(|sum| sum.fill(0));
            for y in block_row * BLOCK..(block_row + 1) * BLOCK {
                let y = y.min(frame.height() - 2);
                let (here, below) = frame.pixels()[y * width..].split_at(width);
                gradients(&here[..used], &below[..used], &mut sums);
            }
            for (column, tensor) in tensors[block_row * columns..][..columns].iter_mut().enumerate() {
                let total = |sum: &[i32]| sum[column * BLOCK..][..BLOCK].iter().sum::<i32>() as f32;
                *tensor = [total(&sums[0]), total(&sums[1]), total(&sums[2])];
            }
        }
        Self { columns, rows, texture: smaller_eigenvalues(&tensors, columns, rows) }
    }

    /// What counts as texture: well above the noise that such a share of a frame is.
    fn floor(&self, share: f32) -> Option<f32> {
        let mut sorted: Vec<f32> = self.texture.iter().step_by(3).copied().collect();
        if sorted.is_empty() {
            return None;
        }
        let at = (sorted.len() as f32 * share) as usize;
        let (_, noise, _) = sorted.select_nth_unstable_by(at, f32::total_cmp);
        // A symbol that fills the picture is the noise itself.
        Some((*noise * 3.0).clamp(900.0, 60_000.0))
    }

    /// Whether a block and all around it, so many blocks deep, have texture. Summing over squares has made every texture a
    /// block wider than it is, and joined what lies close.
    fn eroded(&self, floor: f32, depth: usize) -> Vec<bool> {
        let mut eroded: Vec<bool> = self.texture.iter().map(|&texture| texture > floor).collect();
        for _ in 0..depth {
            eroded = self.eroded_once(&eroded);
        }
        eroded
    }

    fn eroded_once(&self, mask: &[bool]) -> Vec<bool> {
        let columns = self.columns;
        let three = |at: usize| mask[at - 1] && mask[at] && mask[at + 1];
        let mut eroded = vec![false; mask.len()];
        for y in 1..self.rows.saturating_sub(1) {
            for x in 1..columns - 1 {
                let at = y * columns + x;
                eroded[at] = three(at) && three(at - columns) && three(at + columns);
            }
        }
        eroded
    }

    fn components(&self, floor: f32, depth: usize, regions: &mut Vec<Region>) {
        let mut waiting = self.eroded(floor, depth);
        let mut stack = Vec::new();
        for start in 0..waiting.len() {
            if !waiting[start] {
                continue;
            }
            waiting[start] = false;
            stack.push(start);
            let (mut left, mut top, mut right, mut bottom) = (usize::MAX, usize::MAX, 0, 0);
            let mut area = 0;
            while let Some(index) = stack.pop() {
                let (x, y) = (index % self.columns, index / self.columns);
                (left, right) = (left.min(x), right.max(x));
                (top, bottom) = (top.min(y), bottom.max(y));
                area += 1;
                let mut visit = |next: usize| {
                    if waiting[next] {
                        waiting[next] = false;
                        stack.push(next);
                    }
                };
                if x > 0 {
                    visit(index - 1);
                }
                if x + 1 < self.columns {
                    visit(index + 1);
                }
                if y > 0 {
                    visit(index - self.columns);
                }
                if y + 1 < self.rows {
                    visit(index + self.columns);
                }
            }
            let fill = area as f32 / ((right - left + 2) * (bottom - top + 2)) as f32;
            let (left, top) = (left.saturating_sub(depth), top.saturating_sub(depth));
            let (right, bottom) = ((right + depth).min(self.columns - 1), (bottom + depth).min(self.rows - 1));
            let (width, height) = (right - left + 1, bottom - top + 1);
            let (shorter, longer) = (width.min(height) as f32, width.max(height) as f32);
            if shorter < 4.0 || longer > 12.0 * shorter {
                continue;
            }
            let rank = fill * (shorter / longer).min(0.7) * shorter.min(LARGE);
            let (left, top) = (left * BLOCK, top * BLOCK);
            regions.push(Region { left, top, right: (right + 1) * BLOCK, bottom: (bottom + 1) * BLOCK, rank });
        }
    }
}

/// Adds the products of the differences to the right and below.
fn gradients(here: &[u8], below: &[u8], sums: &mut [Vec<i32>; 3]) {
    let count = here.len() - 1;
    let [across, down, mixed] = sums;
    let (across, down, mixed) = (&mut across[..count], &mut down[..count], &mut mixed[..count]);
    let (next, below, here) = (&here[1..=count], &below[..count], &here[..count]);
    for x in 0..count {
        let dx = i32::from(i16::from(next[x]) - i16::from(here[x]));
        let dy = i32::from(i16::from(below[x]) - i16::from(here[x]));
        across[x] += dx * dx;
        down[x] += dy * dy;
        mixed[x] += dx * dy;
    }
}

/// Over squares of three blocks.
fn smaller_eigenvalues(tensors: &[[f32; 3]], columns: usize, rows: usize) -> Vec<f32> {
    let mut texture = vec![0.0; tensors.len()];
    if columns < 3 || rows < 3 {
        return texture;
    }
    let add = |a: [f32; 3], b: [f32; 3]| [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
    let mut down = vec![[0.0; 3]; columns];
    for y in 1..rows - 1 {
        for (x, sum) in down.iter_mut().enumerate() {
            let at = y * columns + x;
            *sum = add(add(tensors[at - columns], tensors[at]), tensors[at + columns]);
        }
        for x in 1..columns - 1 {
            let [xx, yy, xy] = add(add(down[x - 1], down[x]), down[x + 1]);
            texture[y * columns + x] = (xx + yy - ((xx - yy) * (xx - yy) + 4.0 * xy * xy).sqrt()) / 2.0;
        }
    }
    texture
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_are_texture_and_stripes_are_not() {
        let (width, height) = (200_usize, 120_usize);
        let inside = |x: usize, y: usize, left: usize| (left..left + 60).contains(&x) && (30..90).contains(&y);
        let pixels: Vec<u8> = (0..width * height)
            .map(|index| match (index % width, index / width) {
                (x, y) if inside(x, y, 20) && (x / 3 + y / 3) % 2 == 0 => 30,
                (x, y) if inside(x, y, 120) && x / 3 % 2 == 0 => 30,
                _ => 220,
            })
            .collect();
        let frame = Frame::from_luma(width as u32, height as u32, &pixels).expect("sizes agree");
        let found = regions(&frame, 8);
        let first = found.first().expect("the checks");
        assert!(first.left.abs_diff(20) <= 8 && first.right.abs_diff(80) <= 8, "{first:?}");
        assert!(first.top.abs_diff(30) <= 8 && first.bottom.abs_diff(90) <= 8, "{first:?}");
        assert!(found[1..].iter().all(|region| region.rank < first.rank / 4.0), "{found:?}");
        let blank = Frame::from_luma(10, 10, &[7; 100]).expect("sizes agree");
        assert!(regions(&blank, 8).is_empty());
    }

    #[test]
    fn a_symbol_at_the_end_of_a_line_of_text_is_a_region_of_its_own() {
        let (width, height) = (300_usize, 120_usize);
        let inside = |x: usize, y: usize| {
            (220..280).contains(&x) && (30..90).contains(&y) || (20..220).contains(&x) && (56..64).contains(&y)
        };
        let level = |x: usize, y: usize| if inside(x, y) && (x / 3 + y / 3).is_multiple_of(2) { 30 } else { 220 };
        let pixels: Vec<u8> = (0..width * height).map(|at| level(at % width, at / width)).collect();
        let frame = Frame::from_luma(width as u32, height as u32, &pixels).expect("sizes agree");
        let found = regions(&frame, 8);
        let is_it = |region: &Region| {
            let near = |at: usize, is: usize| at.abs_diff(is) <= 12;
            near(region.left, 220) && near(region.right, 280) && near(region.top, 30) && near(region.bottom, 90)
        };
        assert!(found.first().is_some_and(is_it), "{found:?}");
    }
}
