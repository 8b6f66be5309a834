//! Lays a lattice over the image by the modules that are known.

use super::known::Edge;
use super::lattice::BENDS;
use super::solve::Normal;
use super::{Known, Lattice};
use crate::frame::Frame;

/// Projective parameters, and all parameters.
const FLAT: usize = 8;
const ALL: usize = FLAT + 2 * BENDS;
/// Steps on the plane and steps that bend it.
const FLAT_STEPS: usize = 5;
const BENT_STEPS: usize = 4;

/// What the image shows at an edge.
#[derive(Clone, Copy, Debug, Default)]
struct Measure {
    /// How much lighter the module that should be light is.
    contrast: f32,
    /// How far the mean between the two middles is from the middle between their levels, with the edge's sign.
    excess: f32,
}

/// The lattice moved and bent until the known edges lie where the image has them, and their [`agreement`]. What is off by
/// more than half a module is not brought back.
pub(crate) fn register(frame: &Frame, lattice: &Lattice, known: &Known) -> (Lattice, f32) {
    let mut measures = vec![Measure::default(); known.edges().len()];
    let mut best = (*lattice, measure(frame, lattice, known.edges(), &mut measures));
    let mut current = *lattice;
    for step in 0..FLAT_STEPS + BENT_STEPS {
        let next = if step < FLAT_STEPS {
            flat_step(&current, known.edges(), &measures)
        } else {
            bent_step(&current, known.edges(), &measures)
        };
        let Some(next) = next else { break };
        let score = measure(frame, &next, known.edges(), &mut measures);
        current = next;
        // Contrasts say little of the last tenth of a module: a later step is closer unless it has gone astray.
        if score.abs() > best.1.abs() - 0.02 {
            best = (next, score);
        }
    }
    best
}

/// How well the image agrees with the known edges: the correlation of the contrasts across them with what they should
/// be, 1 for a symbol, −1 for one that is light on dark, about 0 where there is none.
pub(crate) fn agreement(frame: &Frame, lattice: &Lattice, known: &Known) -> f32 {
    let mut measures = vec![Measure::default(); known.edges().len()];
    measure(frame, lattice, known.edges(), &mut measures)
}

fn measure(frame: &Frame, lattice: &Lattice, edges: &[Edge], measures: &mut [Measure]) -> f32 {
    const BETWEEN: [f32; 4] = [0.125, 0.375, 0.625, 0.875];
    let (mut sum, mut squares) = (0.0, 1e-3);
    for (edge, measure) in edges.iter().zip(measures.iter_mut()) {
        let (dx, dy) = if edge.across { (0.5, 0.0) } else { (0.0, 0.5) };
        let (x0, y0) = lattice.at(edge.x - dx, edge.y - dy);
        let (x1, y1) = lattice.at(edge.x + dx, edge.y + dy);
        let (near, far) = (frame.at(x0, y0), frame.at(x1, y1));
        // For a sharp edge and for one blurred over a module alike, the mean between the middles is linear in its place.
        let mean = BETWEEN.iter().map(|&t| frame.at(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t)).sum::<f32>() / 4.0;
        *measure = Measure { contrast: (far - near) * edge.sign, excess: (mean - near.midpoint(far)) * edge.sign };
        sum += measure.contrast;
        squares += measure.contrast * measure.contrast;
    }
    sum / (squares * edges.len().max(1) as f32).sqrt()
}

/// How far each edge lies ahead of where the lattice has it, in modules, and how much that is worth.
fn displacements<'a>(edges: &'a [Edge], measures: &'a [Measure]) -> impl Iterator<Item = (&'a Edge, f32, f32)> {
    let mean = measures.iter().map(|measure| measure.contrast).sum::<f32>() / measures.len().max(1) as f32;
    edges.iter().zip(measures).map(move |(edge, measure)| {
        let relative = measure.contrast / mean;
        let weight = relative.clamp(0.0, 1.0);
        let displacement = -measure.excess / (mean * relative.max(0.5));
        (edge, displacement.clamp(-0.5, 0.5), weight)
    })
}

/// The factors of the projective parameters for a displacement along one direction.
fn flat_factors(lattice: &Lattice, edge: &Edge) -> [f32; FLAT] {
    let (u, v) = lattice.bent(edge.x, edge.y);
    if edge.across { [1.0, u, v, 0.0, 0.0, 0.0, u * u, u * v] } else { [0.0, 0.0, 0.0, 1.0, u, v, u * v, v * v] }
}

fn share(lattice: &Lattice, edge: &Edge) -> f32 {
    1.0 / if edge.across { lattice.columns } else { lattice.rows } as f32
}

fn flat_step(lattice: &Lattice, edges: &[Edge], measures: &[Measure]) -> Option<Lattice> {
    let mut normal = Normal::new(&[1e-4, 1e-4, 1e-4, 1e-4, 1e-4, 1e-4, 0.3, 0.3]);
    for (edge, displacement, weight) in displacements(edges, measures) {
        normal.add(&flat_factors(lattice, edge), displacement * share(lattice, edge), weight);
    }
    let homography = lattice.homography.moved(&normal.solve()?)?;
    Some(Lattice { homography, ..*lattice })
}

fn bent_step(lattice: &Lattice, edges: &[Edge], measures: &[Measure]) -> Option<Lattice> {
    let mut ridge = [0.05; ALL];
    ridge[..6].fill(1e-4);
    ridge[6..FLAT].fill(0.3);
    let mut normal = Normal::new(&ridge);
    for (edge, displacement, weight) in displacements(edges, measures) {
        let (u, v) = (edge.x / lattice.columns as f32, edge.y / lattice.rows as f32);
        let mut factors = [0.0; ALL];
        factors[..FLAT].copy_from_slice(&flat_factors(lattice, edge));
        if edge.across {
            factors[FLAT..FLAT + BENDS].copy_from_slice(&super::Bend::functions(u, v));
        } else {
            factors[FLAT + BENDS..].copy_from_slice(&super::Bend::functions(v, u));
        }
        normal.add(&factors, displacement * share(lattice, edge), weight);
    }
    let unknowns = normal.solve()?;
    let (flat, bends) = unknowns.split_first_chunk::<FLAT>()?;
    let mut next = Lattice { homography: lattice.homography.moved(flat)?, ..*lattice };
    for (index, change) in bends.iter().enumerate() {
        if index < BENDS {
            next.bend.along_u[index] += change;
        } else {
            next.bend.along_v[index - BENDS] += change;
        }
    }
    Some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A square symbol of a frame that alternates inside a light quiet zone.
    fn ring(side: i16) -> Known {
        let mut modules = Vec::new();
        for y in -1..=side {
            for x in -1..=side {
                let ring = x.min(y).min(side - 1 - x).min(side - 1 - y);
                if ring <= 0 {
                    modules.push((x, y, ring == 0 && (x == 0 || y == side - 1 || (x + y) % 2 == 0)));
                }
            }
        }
        Known::new(modules)
    }

    /// The known modules drawn where the lattice has them, four samples a pixel each way.
    fn drawn(lattice: &Lattice, known: &Known) -> Frame {
        let (width, height) = (240_usize, 200_usize);
        let mut sums = vec![(0.0_f32, 0.0_f32); width * height];
        for &(x, y, dark) in known.modules() {
            for step in 0..40 * 40 {
                let (dx, dy) = ((step % 40) as f32 / 40.0, (step / 40) as f32 / 40.0);
                let (px, py) = lattice.at(f32::from(x) + dx, f32::from(y) + dy);
                let sum = &mut sums[py as usize * width + px as usize];
                *sum = (sum.0 + if dark { 30.0 } else { 220.0 }, sum.1 + 1.0);
            }
        }
        let pixels: Vec<u8> =
            sums.iter().map(|&(sum, count)| if count > 0.0 { (sum / count) as u8 } else { 220 }).collect();
        Frame::from_luma(width as u32, height as u32, &pixels).expect("sizes agree")
    }

    #[test]
    fn a_perturbed_lattice_finds_back() {
        let known = ring(22);
        let corners = [(40.0, 30.0), (180.0, 38.0), (172.0, 170.0), (46.0, 160.0)];
        let mut truth = Lattice::flat(22, 22, &corners).expect("spans an area");
        for spacing in [0.0, 0.06] {
            truth.bend.along_u[1] = spacing;
            let frame = drawn(&truth, &known);
            for shift in [(0.0, 0.0), (1.5, -1.5), (-2.0, 1.0)] {
                let mut index = 0.0;
                let moved = corners.map(|(x, y)| {
                    index += 1.0;
                    (x + shift.0 * (1.0 - index / 4.0), y + shift.1 * (index / 4.0))
                });
                let start = Lattice::flat(22, 22, &moved).expect("spans an area");
                let (found, score) = register(&frame, &start, &known);
                assert!(score > 0.9, "{spacing} {shift:?}: {score}");
                for (x, y) in [(0.0, 0.0), (22.0, 0.0), (22.0, 22.0), (0.0, 22.0), (11.0, 0.0), (5.0, 21.0)] {
                    let ((ax, ay), (bx, by)) = (found.at(x, y), truth.at(x, y));
                    let off = (ax - bx).hypot(ay - by);
                    assert!(off < 1.0, "{spacing} {shift:?}: {off} px off at {x},{y}");
                }
            }
        }
    }

    #[test]
    fn light_on_dark_agrees_with_the_other_sign() {
        let known = ring(16);
        let lattice = Lattice::flat(16, 16, &[(30.0, 30.0), (150.0, 30.0), (150.0, 150.0), (30.0, 150.0)]);
        let lattice = lattice.expect("spans an area");
        let frame = drawn(&lattice, &known);
        assert!(agreement(&frame, &lattice, &known) > 0.95);
        let pixels: Vec<u8> = frame.pixels().iter().map(|level| 255 - level).collect();
        let inverted = Frame::from_luma(240, 200, &pixels).expect("sizes agree");
        assert!(agreement(&inverted, &lattice, &known) < -0.95);
        let flat = Frame::from_luma(240, 200, &[90; 48_000]).expect("sizes agree");
        let (_, score) = register(&flat, &lattice, &known);
        assert!(score.abs() < 0.1);
    }
}
