//! The plane of a symbol seen from an angle.

/// A projective map from the unit square to a quadrilateral.
///
/// P. Heckbert, "Fundamentals of Texture Mapping and Image Warping" (1989), 2.2.3.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Homography {
    a: [f32; 8],
}

impl Homography {
    /// Maps (0,0), (1,0), (1,1), (0,1) to the four corners; `None` if they do not span an area.
    pub(crate) fn onto(corners: &[(f32, f32); 4]) -> Option<Self> {
        let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] = *corners;
        let (dx1, dy1) = (x1 - x2, y1 - y2);
        let (dx2, dy2) = (x3 - x2, y3 - y2);
        let (sx, sy) = (x0 - x1 + x2 - x3, y0 - y1 + y2 - y3);
        let area = dx1 * dy2 - dx2 * dy1;
        if area.abs() < 1e-6 || !area.is_finite() {
            return None;
        }
        let g = (sx * dy2 - dx2 * sy) / area;
        let h = (dx1 * sy - sx * dy1) / area;
        let a = [x1 - x0 + g * x1, x3 - x0 + h * x3, x0, y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h];
        a.iter().all(|value| value.is_finite()).then_some(Self { a })
    }

    /// Where (u, v) of the unit square lies in the image.
    pub(crate) fn map(&self, u: f32, v: f32) -> (f32, f32) {
        let [a, b, c, d, e, f, g, h] = self.a;
        let w = g * u + h * v + 1.0;
        ((a * u + b * v + c) / w, (d * u + e * v + f) / w)
    }

    /// The same map into an image made larger by a factor.
    pub(crate) fn scaled(&self, factor: f32) -> Self {
        let [a, b, c, d, e, f, g, h] = self.a;
        Self { a: [a * factor, b * factor, c * factor, d * factor, e * factor, f * factor, g, h] }
    }

    /// Moves the unit square within itself before it is mapped, by a small projective change: u by
    /// `d[0] + d[1]·u + d[2]·v + d[6]·u² + d[7]·uv` and v by `d[3] + d[4]·u + d[5]·v + d[6]·uv + d[7]·v²`, to first order.
    pub(crate) fn moved(&self, d: &[f32; 8]) -> Option<Self> {
        let [a, b, c, e, f, g, h, i] = self.a;
        let left = [[a, b, c], [e, f, g], [h, i, 1.0]];
        let right = [[1.0 + d[1], d[2], d[0]], [d[4], 1.0 + d[5], d[3]], [-d[6], -d[7], 1.0]];
        let cell = |row: usize, column: usize| (0..3).map(|k| left[row][k] * right[k][column]).sum::<f32>();
        let scale = cell(2, 2);
        let a = [cell(0, 0), cell(0, 1), cell(0, 2), cell(1, 0), cell(1, 1), cell(1, 2), cell(2, 0), cell(2, 1)];
        let a = a.map(|value| value / scale);
        a.iter().all(|value| value.is_finite()).then_some(Self { a })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CORNERS: [(f32, f32); 4] = [(10.0, 12.0), (90.0, 20.0), (80.0, 95.0), (5.0, 70.0)];

    #[test]
    fn corners_map_to_corners() {
        let map = Homography::onto(&CORNERS).expect("spans an area");
        for ((u, v), (x, y)) in [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].into_iter().zip(CORNERS) {
            let (mx, my) = map.map(u, v);
            assert!((mx - x).abs() < 1e-3 && (my - y).abs() < 1e-3, "{u},{v} → {mx},{my}");
        }
    }

    #[test]
    fn a_small_move_is_that_of_its_polynomial() {
        let map = Homography::onto(&CORNERS).expect("spans an area");
        let d = [1e-3, -2e-3, 1.5e-3, 2e-3, 1e-3, -1e-3, 3e-3, -2e-3];
        let moved = map.moved(&d).expect("is finite");
        for (u, v) in [(0.0, 0.0), (1.0, 0.0), (0.5, 0.5), (0.2, 0.9)] {
            let du = d[0] + d[1] * u + d[2] * v + d[6] * u * u + d[7] * u * v;
            let dv = d[3] + d[4] * u + d[5] * v + d[6] * u * v + d[7] * v * v;
            let ((x, y), (mx, my)) = (map.map(u + du, v + dv), moved.map(u, v));
            assert!((mx - x).hypot(my - y) < 5e-3, "{u},{v}: {mx},{my} is not {x},{y}");
        }
    }

    #[test]
    fn degenerate_corners_have_no_map() {
        assert!(Homography::onto(&[(1.0, 1.0); 4]).is_none());
        assert!(Homography::onto(&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (3.0, 3.0)]).is_none());
        assert!(Homography::onto(&[(f32::NAN, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]).is_none());
    }
}
