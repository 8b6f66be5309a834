//! Finder patterns on a line.
//!
//! Edges are looked for between the extremes of the line, not at a threshold: blur, noise and low contrast move levels
//! but leave the order of dark and light.

/// Pixels that are passed over at once where nothing changes, and those that are looked at one by one before.
const STRIDE: usize = 32;
const NEAR: usize = 8;

/// Extremes of a line: each differs from the one before by more than noise.
#[derive(Default)]
pub(super) struct Walk {
    rising: bool,
    value: i16,
    at: usize,
    /// Up to seven last extremes (position, level), the newest last.
    extremes: [(u32, i16); 7],
    pub(super) count: usize,
}

/// A place where a line crosses something like a finder pattern.
pub(super) struct Hit {
    /// Position of its centre on the line, and the length of a module.
    pub(super) centre: f32,
    pub(super) module: f32,
    /// Whether the pattern is light on dark.
    pub(super) light: bool,
    /// Difference of its dark and light levels.
    pub(super) contrast: i16,
}

impl Walk {
    /// Begins with the end of a line as its first extreme; gives where to go on from.
    pub(super) fn start(&mut self, line: &[u8]) -> Option<usize> {
        let first = i16::from(*line.first()?);
        *self = Self { value: first, ..Self::default() };
        self.remember(0, first);
        Some(1)
    }

    /// Goes on to the next extreme and remembers it, at last the other end of the line; gives where to go on from.
    pub(super) fn advance(&mut self, line: &[u8], from: usize, rise: i16) -> Option<usize> {
        let turned = if self.rising { self.ascend(line, from, rise) } else { self.descend(line, from, rise) };
        self.remember(self.at, self.value);
        let next = turned?;
        (self.value, self.at, self.rising) = (i16::from(line[next]), next, !self.rising);
        Some(next + 1)
    }

    /// Where the line has risen from its lowest level.
    fn descend(&mut self, line: &[u8], mut from: usize, rise: i16) -> Option<usize> {
        if let Some(near) = line.get(from..from + NEAR) {
            if let Some(turned) = self.descend_slowly(near, from, rise) {
                return Some(turned);
            }
            from += NEAR;
        }
        while let Some(chunk) = line.get(from..).and_then(|rest| rest.first_chunk::<STRIDE>()) {
            let (low, high) = range(chunk);
            if high - self.value.min(low) < rise {
                if low < self.value {
                    let at = chunk.iter().position(|&level| i16::from(level) == low).unwrap_or(0);
                    (self.value, self.at) = (low, from + at);
                }
                from += STRIDE;
                continue;
            }
            if let Some(turned) = self.descend_slowly(chunk, from, rise) {
                return Some(turned);
            }
            from += STRIDE;
        }
        self.descend_slowly(line.get(from..)?, from, rise)
    }

    fn descend_slowly(&mut self, levels: &[u8], from: usize, rise: i16) -> Option<usize> {
        for (x, &level) in levels.iter().enumerate() {
            let level = i16::from(level);
            if level < self.value {
                (self.value, self.at) = (level, from + x);
            } else if level - self.value >= rise {
                return Some(from + x);
            }
        }
        None
    }

    /// Where the line has fallen from its highest level.
    fn ascend(&mut self, line: &[u8], mut from: usize, rise: i16) -> Option<usize> {
        if let Some(near) = line.get(from..from + NEAR) {
            if let Some(turned) = self.ascend_slowly(near, from, rise) {
                return Some(turned);
            }
            from += NEAR;
        }
        while let Some(chunk) = line.get(from..).and_then(|rest| rest.first_chunk::<STRIDE>()) {
            let (low, high) = range(chunk);
            if self.value.max(high) - low < rise {
                if high > self.value {
                    let at = chunk.iter().position(|&level| i16::from(level) == high).unwrap_or(0);
                    (self.value, self.at) = (high, from + at);
                }
                from += STRIDE;
                continue;
            }
            if let Some(turned) = self.ascend_slowly(chunk, from, rise) {
                return Some(turned);
            }
            from += STRIDE;
        }
        self.ascend_slowly(line.get(from..)?, from, rise)
    }

    fn ascend_slowly(&mut self, levels: &[u8], from: usize, rise: i16) -> Option<usize> {
        for (x, &level) in levels.iter().enumerate() {
            let level = i16::from(level);
            if level > self.value {
                (self.value, self.at) = (level, from + x);
            } else if self.value - level >= rise {
                return Some(from + x);
            }
        }
        None
    }

    fn remember(&mut self, at: usize, value: i16) {
        let [_, rest @ ..] = self.extremes;
        self.extremes[..6].copy_from_slice(&rest);
        self.extremes[6] = (at as u32, value);
        self.count += 1;
    }

    /// Whether the last extremes are those of a finder pattern.
    pub(super) fn pattern(&self, line: &[u8], modules: (f32, f32)) -> Option<Hit> {
        if self.count < 7 {
            return None;
        }
        // From ring to ring there are five to seven modules; what does not fit is not worth a look at its edges.
        let [first, middle, last] = [1, 3, 5].map(|index| self.extremes[index].0);
        let (left, right) = ((middle - first) as f32, (last - middle) as f32);
        let across = left + right;
        if across < 3.5 * modules.0 || across > 7.5 * modules.1 || left > 4.0 * right || right > 4.0 * left {
            return None;
        }
        let levels = self.extremes.map(|(_, level)| level);
        let light = levels[3] > levels[2];
        let inner = [levels[2] - levels[1], levels[3] - levels[2], levels[4] - levels[3], levels[5] - levels[4]];
        let (left_ring, right_ring) = (self.outer_level(0, 2) - levels[1], levels[5] - self.outer_level(6, 4));
        let steps = inner.into_iter().chain([left_ring, right_ring]);
        let (least, most) =
            steps.fold((i16::MAX, 0), |(least, most), step| (least.min(step.abs()), most.max(step.abs())));
        if least * 6 < most {
            return None;
        }
        let edge = |index: usize| self.edge(line, index, index + 1);
        let (first, second, third, fourth) = (edge(1), edge(2), edge(3), edge(4));
        let module = (fourth - first) / 5.0;
        let narrow = |run: f32| run > 0.35 * module && run < 1.9 * module;
        let middle = third - second;
        if !narrow(second - first) || !narrow(fourth - third) || middle < 1.75 * module || middle > 4.1 * module {
            return None;
        }
        let (before, after) = (self.outer_edge(line, 0, 1), self.outer_edge(line, 6, 5));
        let whole = (after - before) / 7.0;
        let fits = narrow(first - before) && narrow(after - fourth) && whole >= modules.0 && whole <= modules.1;
        fits.then_some(Hit { centre: second.midpoint(third), module: whole, light, contrast: most })
    }

    /// Where the line crosses the level halfway between two extremes that follow each other.
    pub(super) fn edge(&self, line: &[u8], from: usize, to: usize) -> f32 {
        let ((from, start), (to, end)) = (self.extremes[from], self.extremes[to]);
        crossing(line, from, to, start, end)
    }

    /// The level outside of a pattern. What lies beyond the quiet zone may differ from the ring much more than
    /// the quiet zone does, so no more counts than the light ring shows.
    fn outer_level(&self, outside: usize, inner: usize) -> i16 {
        let (level, inner) = (self.extremes[outside].1, self.extremes[inner].1);
        let dark = inner > self.extremes[3].1;
        if dark { level.min(inner) } else { level.max(inner) }
    }

    /// Where the outer ring ends.
    pub(super) fn outer_edge(&self, line: &[u8], outside: usize, ring: usize) -> f32 {
        let level = self.outer_level(outside, if outside == 0 { 2 } else { 4 });
        let ((outside, _), (at, ring)) = (self.extremes[outside], self.extremes[ring]);
        if outside < at { crossing(line, outside, at, level, ring) } else { crossing(line, at, outside, ring, level) }
    }
}

/// The lowest and the highest level.
fn range(levels: &[u8; STRIDE]) -> (i16, i16) {
    let low = levels.iter().fold(u8::MAX, |low, &level| low.min(level));
    let high = levels.iter().fold(0, |high: u8, &level| high.max(level));
    (i16::from(low), i16::from(high))
}

/// Where a line crosses the level halfway between two of its extremes, in pixels whose middles are at halves.
fn crossing(line: &[u8], from: u32, to: u32, start: i16, end: i16) -> f32 {
    let half = f32::from(start + end) / 2.0;
    let falls = end < start;
    let mut before = f32::from(start);
    let steep = line.get(from as usize + 1..=to as usize).unwrap_or_default();
    for (x, &level) in (from + 1..).zip(steep) {
        let level = f32::from(level);
        if (level <= half) == falls || level == half {
            let part = if level == before { 0.5 } else { (half - before) / (level - before) };
            return x as f32 - 0.5 + part.clamp(0.0, 1.0);
        }
        before = level;
    }
    to as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs of levels, blurred a little by `soften` passes of a mean of three.
    fn line(runs: &[(usize, u8)], soften: usize) -> Vec<u8> {
        let mut line: Vec<u8> = runs.iter().flat_map(|&(count, level)| vec![level; count]).collect();
        for _ in 0..soften {
            let before = line.clone();
            for (index, three) in before.windows(3).enumerate() {
                line[index + 1] = (three.iter().map(|&level| u16::from(level)).sum::<u16>() / 3) as u8;
            }
        }
        line
    }

    fn hits(line: &[u8]) -> Vec<Hit> {
        let mut walk = Walk::default();
        let mut next = walk.start(line);
        let mut hits = Vec::new();
        while let Some(from) = next {
            next = walk.advance(line, from, 10);
            hits.extend(walk.pattern(line, (1.0, 20.0)));
        }
        hits
    }

    #[test]
    fn patterns_on_a_line() {
        const D: u8 = 30;
        const L: u8 = 200;
        for (name, runs, soften, expected) in [
            ("plain", vec![(40, L), (4, D), (4, L), (12, D), (4, L), (4, D), (40, L)], 0, Some((54.0, 4.0, false))),
            ("blurred", vec![(40, L), (4, D), (4, L), (12, D), (4, L), (4, D), (40, L)], 3, Some((54.0, 4.0, false))),
            (
                "light on dark",
                vec![(40, D), (4, L), (4, D), (12, L), (4, D), (4, L), (40, D)],
                1,
                Some((54.0, 4.0, true)),
            ),
            ("at the ends", vec![(1, L), (2, D), (2, L), (6, D), (2, L), (2, D), (1, L)], 0, Some((8.0, 2.0, false))),
            (
                "pale label on a bright wall",
                vec![(90, 250), (16, 120), (4, 90), (4, 120), (12, 90), (4, 120), (4, 90), (16, 120), (50, 250)],
                1,
                Some((120.0, 4.0, false)),
            ),
            ("narrow middle", vec![(40, L), (4, D), (4, L), (4, D), (4, L), (4, D), (40, L)], 0, None),
            ("wide middle", vec![(40, L), (4, D), (4, L), (48, D), (4, L), (4, D), (40, L)], 0, None),
            ("one ring", vec![(40, L), (12, D), (4, L), (4, D), (40, L)], 0, None),
            ("flat", vec![(100, L)], 0, None),
            ("nothing", vec![], 0, None),
        ] {
            let found = hits(&line(&runs, soften));
            let found: Vec<_> = found.iter().map(|hit| (hit.centre, hit.module, hit.light)).collect();
            let fits = match (expected, &found[..]) {
                (None, found) => found.is_empty(),
                (Some((centre, module, light)), &[(x, size, is_light)]) => {
                    (x - centre).abs() < 0.3 && (size - module).abs() < 0.3 && is_light == light
                }
                _ => false,
            };
            assert!(fits, "{name}: {found:?}");
        }
    }
}
