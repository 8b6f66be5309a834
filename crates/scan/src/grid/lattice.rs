//! Where the modules lie.

use crate::homography::Homography;

/// Functions that a bend is made of, for each of its two directions.
pub(crate) const BENDS: usize = 8;

/// How a symbol departs from a plane: a displacement within the unit square, zero in its corners.
///
/// The label on a bottle is a cylinder: modules draw together towards its sides (second and third degree along one
/// direction) and, seen from above, its straight lines bow (second and third degree across it).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Bend {
    pub(crate) along_u: [f32; BENDS],
    pub(crate) along_v: [f32; BENDS],
}

impl Bend {
    /// The functions at a point: spacing along the direction `s` of the displacement, then bowing across it, each even,
    /// odd, and changing from one side to the other.
    pub(crate) fn functions(s: f32, t: f32) -> [f32; BENDS] {
        let (a, b) = (2.0 * s - 1.0, 2.0 * t - 1.0);
        let (along, across) = (s * (1.0 - s), t * (1.0 - t));
        [along, along * a, along * b, along * a * b, across, across * b, across * a, across * a * b]
    }

    fn moved(&self, u: f32, v: f32) -> (f32, f32) {
        let sum = |weights: &[f32; BENDS], functions: &[f32; BENDS]| {
            weights.iter().zip(functions).map(|(weight, value)| weight * value).sum::<f32>()
        };
        let du = sum(&self.along_u, &Self::functions(u, v));
        let dv = sum(&self.along_v, &Self::functions(v, u));
        (u + du, v + dv)
    }
}

/// The places of the modules of a symbol in a frame.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lattice {
    pub(crate) columns: usize,
    pub(crate) rows: usize,
    pub(crate) homography: Homography,
    pub(crate) bend: Bend,
}

impl Lattice {
    /// A flat symbol by its outer corners, from its top left in the order in which the outline is walked.
    pub(crate) fn flat(columns: usize, rows: usize, corners: &[(f32, f32); 4]) -> Option<Self> {
        let homography = Homography::onto(corners)?;
        (columns > 0 && rows > 0).then_some(Self { columns, rows, homography, bend: Bend::default() })
    }

    /// The pixel of a place in modules: (0, 0) is the outer corner of the top left module.
    pub(crate) fn at(&self, x: f32, y: f32) -> (f32, f32) {
        let (u, v) = self.bent(x, y);
        self.homography.map(u, v)
    }

    /// The place in the unit square that the homography maps.
    pub(crate) fn bent(&self, x: f32, y: f32) -> (f32, f32) {
        let (u, v) = (x / self.columns as f32, y / self.rows as f32);
        if self.bend == Bend::default() { (u, v) } else { self.bend.moved(u, v) }
    }

    /// Outer corners in pixels, from the top left in the order in which the outline is walked.
    pub(crate) fn corners(&self) -> [(f32, f32); 4] {
        let (right, bottom) = (self.columns as f32, self.rows as f32);
        [(0.0, 0.0), (right, 0.0), (right, bottom), (0.0, bottom)].map(|(x, y)| self.at(x, y))
    }

    /// Pixels a module in the middle of the symbol, along its shorter direction.
    pub(crate) fn module(&self) -> f32 {
        let (x, y) = (self.columns as f32 / 2.0, self.rows as f32 / 2.0);
        let (left, right) = (self.at(x - 0.5, y), self.at(x + 0.5, y));
        let (top, bottom) = (self.at(x, y - 0.5), self.at(x, y + 0.5));
        let across = (right.0 - left.0).hypot(right.1 - left.1);
        across.min((bottom.0 - top.0).hypot(bottom.1 - top.1))
    }
}
