//! Where symbols lie.

/// Outer corners of a symbol, in the order in which its outline is walked, in either direction.
pub(crate) type Corners = [(f32, f32); 4];

/// The mean of the corners.
pub(crate) fn middle(corners: &Corners) -> (f32, f32) {
    let sum = corners.iter().fold((0.0, 0.0), |sum, corner| (sum.0 + corner.0, sum.1 + corner.1));
    (sum.0 / 4.0, sum.1 / 4.0)
}

/// Whether a place lies inside.
pub(crate) fn holds(corners: &Corners, (x, y): (f32, f32)) -> bool {
    let side = |index: usize| {
        let ((x0, y0), (x1, y1)) = (corners[index], corners[(index + 1) % 4]);
        (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)
    };
    let sides = [side(0), side(1), side(2), side(3)];
    sides.iter().all(|&side| side >= 0.0) || sides.iter().all(|&side| side <= 0.0)
}

/// Whether one of two symbols lies over the middle of the other.
pub(crate) fn overlap(one: &Corners, other: &Corners) -> bool {
    holds(one, middle(other)) || holds(other, middle(one))
}
