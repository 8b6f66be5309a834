//! The sizes of symbols (ISO/IEC 16022, table 7).

use crate::grid::Known;

/// One size: its modules, the data regions they are divided into, and what they hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) columns: usize,
    pub(super) rows: usize,
    /// Data regions across and down, each inside a finder of its own.
    across: usize,
    down: usize,
    /// Codewords that carry data.
    pub(super) data: usize,
    /// Codewords that carry the check.
    pub(super) check: usize,
    /// Blocks that the codewords are dealt out to.
    pub(super) blocks: usize,
}

const fn square(side: usize, regions: usize, data: usize, check: usize, blocks: usize) -> Size {
    Size { columns: side, rows: side, across: regions, down: regions, data, check, blocks }
}

const fn oblong(rows: usize, columns: usize, regions: usize, data: usize, check: usize) -> Size {
    Size { columns, rows, across: regions, down: 1, data, check, blocks: 1 }
}

/// All sizes: squares, then rectangles.
pub(super) const SIZES: [Size; 30] = [
    square(10, 1, 3, 5, 1),
    square(12, 1, 5, 7, 1),
    square(14, 1, 8, 10, 1),
    square(16, 1, 12, 12, 1),
    square(18, 1, 18, 14, 1),
    square(20, 1, 22, 18, 1),
    square(22, 1, 30, 20, 1),
    square(24, 1, 36, 24, 1),
    square(26, 1, 44, 28, 1),
    square(32, 2, 62, 36, 1),
    square(36, 2, 86, 42, 1),
    square(40, 2, 114, 48, 1),
    square(44, 2, 144, 56, 1),
    square(48, 2, 174, 68, 1),
    square(52, 2, 204, 84, 2),
    square(64, 4, 280, 112, 2),
    square(72, 4, 368, 144, 4),
    square(80, 4, 456, 192, 4),
    square(88, 4, 576, 224, 4),
    square(96, 4, 696, 272, 4),
    square(104, 4, 816, 336, 6),
    square(120, 6, 1050, 408, 6),
    square(132, 6, 1304, 496, 8),
    square(144, 6, 1558, 620, 10),
    oblong(8, 18, 1, 5, 7),
    oblong(8, 32, 2, 10, 11),
    oblong(12, 26, 1, 16, 14),
    oblong(12, 36, 2, 22, 18),
    oblong(16, 36, 2, 32, 24),
    oblong(16, 48, 2, 49, 28),
];

impl Size {
    pub(super) fn of(columns: usize, rows: usize) -> Option<&'static Self> {
        SIZES.iter().find(|size| size.columns == columns && size.rows == rows)
    }

    /// Modules of a data region with its finder, across and down.
    fn region(&self) -> (usize, usize) {
        (self.columns / self.across, self.rows / self.down)
    }

    /// Modules of the mapping matrix: all data regions put together, across and down.
    pub(super) fn mapping(&self) -> (usize, usize) {
        (self.columns - 2 * self.across, self.rows - 2 * self.down)
    }

    /// Where a module of the mapping matrix lies in the symbol.
    pub(super) fn place(&self, x: usize, y: usize) -> (usize, usize) {
        let (width, height) = self.region();
        (x + 2 * (x / (width - 2)) + 1, y + 2 * (y / (height - 2)) + 1)
    }

    /// Whether a module is dark in every symbol of the size, or light in every one; `None` if it carries data
    /// (ISO/IEC 16022, 5.1): solid left and bottom, alternating top and right around each region.
    fn fixed(&self, x: usize, y: usize) -> Option<bool> {
        let (width, height) = self.region();
        let (x, y) = (x % width, y % height);
        if x == 0 || y == height - 1 {
            Some(true)
        } else if y == 0 {
            Some(x % 2 == 0)
        } else if x == width - 1 {
            Some(y % 2 == 1)
        } else {
            None
        }
    }

    /// The finder patterns, with what was decided of the modules that carry data.
    pub(super) fn finder(&self, decided: impl Fn(usize, usize) -> Option<bool>) -> Vec<(i16, i16, bool)> {
        let places = (0..self.rows).flat_map(|y| (0..self.columns).map(move |x| (x, y)));
        places.filter_map(|(x, y)| Some((x as i16, y as i16, self.fixed(x, y).or_else(|| decided(x, y))?))).collect()
    }

    /// What alternates around the regions: what lies beside any dark box is no evidence of a symbol, this is.
    pub(super) fn clock(&self) -> Known {
        let (width, height) = self.region();
        let on_clock = |&(x, y, _): &(i16, i16, bool)| {
            let (x, y) = (x as usize % width, y as usize % height);
            y == 0 || x == width - 1
        };
        Known::new(self.finder(|_, _| None).into_iter().filter(on_clock).collect())
    }

    /// The modules that are the same in every symbol of the size, and a module of the quiet zone on each side.
    pub(super) fn known(&self) -> Known {
        let mut modules = self.finder(|_, _| None);
        let (right, bottom) = (self.columns as i16, self.rows as i16);
        modules.extend((-1..=right).flat_map(|x| [(x, -1, false), (x, bottom, false)]));
        modules.extend((0..bottom).flat_map(|y| [(-1, y, false), (right, y, false)]));
        Known::new(modules)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codewords_fill_the_mapping_matrix() {
        for size in SIZES {
            let (width, height) = size.mapping();
            assert_eq!(width * height / 8, size.data + size.check, "{size:?}");
            let (right, bottom) = size.place(width - 1, height - 1);
            assert_eq!((right + 2, bottom + 2), (size.columns, size.rows), "{size:?}");
        }
    }

    #[test]
    fn fixed_modules_are_those_that_an_encoder_draws() {
        for text in ["1", "longer text that takes a larger symbol with two regions each way, as most signed codes do"] {
            let drawn = datamatrix::DataMatrix::encode_str(text, datamatrix::SymbolList::default()).expect("fits");
            let drawn = drawn.bitmap();
            let size = Size::of(drawn.width(), drawn.height()).expect("is a size");
            let mut dark = vec![false; size.columns * size.rows];
            drawn.pixels().for_each(|(x, y)| dark[y * size.columns + x] = true);
            let known = size.known();
            let inside = known
                .modules()
                .iter()
                .filter(|(x, y, _)| (0..size.columns as i16).contains(x) && (0..size.rows as i16).contains(y));
            for &(x, y, expected) in inside {
                assert_eq!(dark[y as usize * size.columns + x as usize], expected, "{x},{y} of {size:?}");
            }
        }
    }
}
