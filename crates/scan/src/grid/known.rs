//! The modules that a standard fixes.

/// The boundary between a known dark module and a known light one beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Edge {
    /// Its middle, in modules.
    pub(crate) x: f32,
    pub(crate) y: f32,
    /// Whether the neighbours lie left and right of it rather than above and below.
    pub(crate) across: bool,
    /// 1 if the light module is the one to the right or below, −1 if it is the one to the left or above.
    pub(crate) sign: f32,
}

/// Modules whose value is fixed, in module coordinates; those of the quiet zone lie outside the symbol.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    modules: Vec<(i16, i16, bool)>,
    edges: Vec<Edge>,
}

impl Known {
    /// Takes columns, rows and whether the module is dark, each module once.
    pub(crate) fn new(mut modules: Vec<(i16, i16, bool)>) -> Self {
        modules.sort_unstable_by_key(|&(x, y, _)| (y, x));
        let mut edges = Vec::new();
        let value = |x: i16, y: i16| {
            modules.binary_search_by_key(&(y, x), |&(x, y, _)| (y, x)).ok().map(|index| modules[index].2)
        };
        for &(x, y, dark) in &modules {
            let sign = if dark { 1.0 } else { -1.0 };
            let (left, top) = (f32::from(x), f32::from(y));
            if value(x + 1, y) == Some(!dark) {
                edges.push(Edge { x: left + 1.0, y: top + 0.5, across: true, sign });
            }
            if value(x, y + 1) == Some(!dark) {
                edges.push(Edge { x: left + 0.5, y: top + 1.0, across: false, sign });
            }
        }
        Self { modules, edges }
    }

    /// The modules, row by row.
    pub(crate) fn modules(&self) -> &[(i16, i16, bool)] {
        &self.modules
    }

    pub(crate) fn edges(&self) -> &[Edge] {
        &self.edges
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_lie_between_unlike_neighbours() {
        let known = Known::new(vec![(0, 0, true), (1, 0, false), (0, 1, true), (3, 0, true), (0, -1, false)]);
        let expected =
            [Edge { x: 0.5, y: 0.0, across: false, sign: -1.0 }, Edge { x: 1.0, y: 0.5, across: true, sign: 1.0 }];
        assert_eq!(known.edges(), expected);
    }
}
