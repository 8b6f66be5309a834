//! Which modules a codeword is drawn with (ISO/IEC 16022, annex F).

use super::size::Size;

/// For each codeword the indices of its eight modules in the symbol, highest bit first.
pub(super) fn modules(size: &Size) -> Vec<[usize; 8]> {
    let (width, height) = size.mapping();
    let mut walk =
        Walk { width: width as isize, height: height as isize, taken: vec![false; width * height], drawn: Vec::new() };
    walk.all();
    let index = |(x, y): (usize, usize)| {
        let (x, y) = size.place(x, y);
        y * size.columns + x
    };
    walk.drawn.into_iter().map(|places| places.map(index)).collect()
}

struct Walk {
    width: isize,
    height: isize,
    taken: Vec<bool>,
    drawn: Vec<[(usize, usize); 8]>,
}

impl Walk {
    /// Diagonals up and down, with the four corner shapes where the matrix calls for them (figures F.1 to F.6).
    fn all(&mut self) {
        let (width, height) = (self.width, self.height);
        let (mut row, mut column) = (4, 0);
        while row < height || column < width {
            if row == height && column == 0 {
                self.corner([(-1, 0), (-1, 1), (-1, 2), (0, -2), (0, -1), (1, -1), (2, -1), (3, -1)]);
            }
            if row == height - 2 && column == 0 && width % 4 != 0 {
                self.corner([(-3, 0), (-2, 0), (-1, 0), (0, -4), (0, -3), (0, -2), (0, -1), (1, -1)]);
            }
            if row == height - 2 && column == 0 && width % 8 == 4 {
                self.corner([(-3, 0), (-2, 0), (-1, 0), (0, -2), (0, -1), (1, -1), (2, -1), (3, -1)]);
            }
            if row == height + 4 && column == 2 && width % 8 == 0 {
                self.corner([(-1, 0), (-1, -1), (0, -3), (0, -2), (0, -1), (1, -3), (1, -2), (1, -1)]);
            }
            while row >= 0 && column < width {
                if row < height && column >= 0 {
                    self.utah(row, column);
                }
                row -= 2;
                column += 2;
            }
            row += 1;
            column += 3;
            while row < height && column >= 0 {
                if row >= 0 && column < width {
                    self.utah(row, column);
                }
                row += 2;
                column -= 2;
            }
            row += 3;
            column += 1;
        }
    }

    /// A codeword whose modules are counted from the bottom and from the right where negative.
    fn corner(&mut self, places: [(isize, isize); 8]) {
        let counted = |value: isize, limit: isize| if value < 0 { value + limit } else { value };
        self.draw(places.map(|(row, column)| (counted(row, self.height), counted(column, self.width))));
    }

    /// The ordinary shape, which ends at the given module.
    fn utah(&mut self, row: isize, column: isize) {
        if self.taken[(row * self.width + column) as usize] {
            return;
        }
        const SHAPE: [(isize, isize); 8] = [(-2, -2), (-2, -1), (-1, -2), (-1, -1), (-1, 0), (0, -2), (0, -1), (0, 0)];
        let (width, height) = (self.width, self.height);
        self.draw(SHAPE.map(|(down, right)| {
            let (mut row, mut column) = (row + down, column + right);
            if row < 0 {
                row += height;
                column += 4 - (height + 4) % 8;
            }
            if column < 0 {
                column += width;
                row += 4 - (width + 4) % 8;
            }
            (row, column)
        }));
    }

    fn draw(&mut self, places: [(isize, isize); 8]) {
        for (row, column) in places {
            self.taken[(row * self.width + column) as usize] = true;
        }
        self.drawn.push(places.map(|(row, column)| (column as usize, row as usize)));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::size::SIZES;
    use super::*;

    #[test]
    fn every_codeword_has_modules_of_its_own() {
        for size in SIZES {
            let drawn = modules(&size);
            assert_eq!(drawn.len(), size.data + size.check, "{size:?}");
            let places: BTreeSet<_> = drawn.iter().flatten().collect();
            assert_eq!(places.len(), 8 * drawn.len(), "{size:?}");
        }
    }
}
