//! Blur that is known, undone.

use super::*;

/// A grid of pseudo-random modules inside a known frame.
fn grid(side: usize) -> (Vec<f32>, Known) {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut known = Vec::new();
    let values = (0..side * side)
        .map(|index| {
            let (x, y) = (index % side, index / side);
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let border = x == 0 || y == 0 || x == side - 1 || y == side - 1;
            let dark = if border { (x + y) % 2 == 0 || x == 0 } else { state >> 40 & 1 == 1 };
            if border {
                known.push((x as i16, y as i16, dark));
            }
            if dark { 1.0 } else { -1.0 }
        })
        .collect();
    (values, Known::new(known))
}

/// Each value mixed with its neighbours by a Gaussian of so many modules; light outside.
fn blurred(values: &[f32], side: usize, sigma: f32) -> Vec<f32> {
    let value = |x: i32, y: i32| {
        let inside = (0..side as i32).contains(&x) && (0..side as i32).contains(&y);
        if inside { values[y as usize * side + x as usize] } else { -1.0 }
    };
    let weight = |d: i32| (-(d * d) as f32 / (2.0 * sigma * sigma)).exp();
    let total: f32 = (-3..=3).map(weight).sum();
    (0..(side * side) as i32)
        .map(|index| {
            let (x, y) = (index % side as i32, index / side as i32);
            let row = |dy: i32| (-3..=3).map(|dx| weight(dx) * value(x + dx, y + dy)).sum::<f32>();
            (-3..=3).map(|dy| weight(dy) * row(dy)).sum::<f32>() / (total * total)
        })
        .collect()
}

#[test]
fn blur_is_undone() {
    for (side, sigma, paper, ink, bound) in
        [(22, 0.3, 235.0, 25.0, 0), (22, 0.65, 235.0, 25.0, 3), (40, 0.6, 140.0, 118.0, 8), (40, 0.75, 235.0, 25.0, 48)]
    {
        let (values, known) = grid(side);
        let grey: Vec<f32> = blurred(&values, side, sigma)
            .iter()
            .map(|value| (paper + ink) / 2.0 - value * (paper - ink) / 2.0)
            .collect();
        let wrong = |soft: &[f32]| soft.iter().zip(&values).filter(|(a, b)| *a * *b <= 0.0).count();
        let soft = equalise(side, side, &grey, &known);
        let plain = wrong(&contrast(side, side, &grey, &known));
        let count = wrong(&soft);
        assert!(count <= bound, "{side} σ {sigma}: {count} wrong, {plain} before");
        let inverted: Vec<f32> = grey.iter().map(|level| 255.0 - level).collect();
        let inverted = equalise(side, side, &inverted, &known);
        assert!(wrong(&inverted) <= bound, "{side} σ {sigma} light on dark");
    }
}

#[test]
fn hostile_sizes() {
    let known = Known::new(vec![(0, 0, true), (30_000, 2, false), (-3, -3, false)]);
    assert!(equalise(0, 0, &[], &known).is_empty());
    assert!(equalise(2, 2, &[1.0; 3], &known).is_empty());
    assert!(equalise(usize::MAX, 2, &[1.0; 3], &known).is_empty());
    assert_eq!(equalise(1, 1, &[3.0], &known).len(), 1);
    assert_eq!(equalise(3, 2, &[0.0; 6], &known).len(), 6);
    assert_eq!(equalise(10, 10, &[f32::NAN; 100], &known).len(), 100);
}
