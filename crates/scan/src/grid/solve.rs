//! Linear equations of least squares.

/// Normal equations that grow by observations.
pub(super) struct Normal<const N: usize> {
    matrix: Vec<[f32; N]>,
    right: [f32; N],
}

impl<const N: usize> Normal<N> {
    /// Begins with a weight that draws each unknown to zero.
    pub(super) fn new(ridge: &[f32; N]) -> Self {
        let mut matrix = vec![[0.0; N]; N];
        for (index, &weight) in ridge.iter().enumerate() {
            matrix[index][index] = weight;
        }
        Self { matrix, right: [0.0; N] }
    }

    /// Adds that the unknowns with these factors are to give a value.
    pub(super) fn add(&mut self, factors: &[f32; N], value: f32, weight: f32) {
        for (index, &factor) in factors.iter().enumerate() {
            let scaled = factor * weight;
            if scaled == 0.0 {
                continue;
            }
            self.right[index] += scaled * value;
            for (cell, other) in self.matrix[index].iter_mut().zip(factors) {
                *cell += scaled * other;
            }
        }
    }

    /// The unknowns, by Cholesky's decomposition; `None` if the equations do not determine them.
    pub(super) fn solve(mut self) -> Option<[f32; N]> {
        let matrix = &mut self.matrix;
        for i in 0..N {
            for j in 0..=i {
                let dot: f32 = (0..j).map(|k| matrix[i][k] * matrix[j][k]).sum();
                let rest = matrix[i][j] - dot;
                if i == j {
                    if rest.is_nan() || rest <= 1e-9 {
                        return None;
                    }
                    matrix[i][i] = rest.sqrt();
                } else {
                    matrix[i][j] = rest / matrix[j][j];
                }
            }
        }
        let mut unknowns = self.right;
        for i in 0..N {
            let dot: f32 = (0..i).map(|k| matrix[i][k] * unknowns[k]).sum();
            unknowns[i] = (unknowns[i] - dot) / matrix[i][i];
        }
        for i in (0..N).rev() {
            let dot: f32 = (i + 1..N).map(|k| matrix[k][i] * unknowns[k]).sum();
            unknowns[i] = (unknowns[i] - dot) / matrix[i][i];
        }
        Some(unknowns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_through_points() {
        let mut normal = Normal::new(&[0.0; 2]);
        for x in [0.0, 1.0, 2.0, 5.0] {
            normal.add(&[1.0, x], 3.0 - 0.5 * x, 2.0);
        }
        let [offset, slope] = normal.solve().expect("is determined");
        assert!((offset - 3.0).abs() < 1e-4 && (slope + 0.5).abs() < 1e-4);
    }

    #[test]
    fn too_few_observations() {
        let mut normal = Normal::new(&[0.0; 2]);
        normal.add(&[1.0, 1.0], 3.0, 1.0);
        assert!(normal.solve().is_none());
    }
}
