//! Where a ray from the camera meets the label, and how much light comes back from there.

use super::random::Random;

/// The shape of what the label is on. Lengths are in modules.
#[derive(Clone, Debug, Default)]
pub(crate) enum Bend {
    #[default]
    Flat,
    /// A can or a bottle; the axis is turned from upright by so many degrees.
    Cylinder { radius: f32, axis: f32 },
    /// Foil that was crumpled.
    Crumpled(Crumple),
}

/// Dents that move the print, and folds that turn the surface to and from the light.
#[derive(Clone, Debug)]
pub(crate) struct Crumple {
    /// Place, width and displacement.
    dents: Vec<(f32, f32, f32, f32, f32)>,
    /// Direction across, distance from the middle, slope.
    folds: Vec<(f32, f32, f32, f32)>,
}

impl Crumple {
    /// Over a symbol of so many modules.
    pub(crate) fn new(side: f32, depth: f32, random: &mut Random) -> Self {
        let place = |random: &mut Random| random.range(-0.6, 0.6) * side;
        let dents = (0..random.whole(3, 6))
            .map(|_| {
                let (x, y, width) = (place(random), place(random), random.range(0.12, 0.3) * side);
                (x, y, width, depth * random.normal(), depth * random.normal())
            })
            .collect();
        let folds = (0..random.whole(4, 8))
            .map(|_| {
                let (sin, cos) = random.range(0.0, std::f32::consts::TAU).sin_cos();
                (cos, sin, place(random), random.range(-0.25, 0.25))
            })
            .collect();
        Self { dents, folds }
    }
}

/// A label in front of the camera.
#[derive(Clone, Debug)]
pub(crate) struct Pose {
    /// Pixels a module in the middle, and the pixel that it is at.
    pub(crate) module: f32,
    pub(crate) at: (f32, f32),
    /// Degrees in the plane of the picture, about the upright and about the level axis.
    pub(crate) turn: f32,
    pub(crate) yaw: f32,
    pub(crate) pitch: f32,
    /// Focal length in pixels: what is near in relation to it is seen in perspective.
    pub(crate) focal: f32,
    pub(crate) bend: Bend,
}

/// Where a ray meets the label: modules from its middle, and the slope of the surface there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) x: f32,
    pub(crate) y: f32,
    /// The normal of the surface, against the camera's axis.
    pub(crate) slope: (f32, f32),
}

impl Pose {
    fn rotation(&self) -> [[f32; 3]; 3] {
        let ((sa, ca), (sy, cy), (sp, cp)) =
            (self.turn.to_radians().sin_cos(), self.yaw.to_radians().sin_cos(), self.pitch.to_radians().sin_cos());
        let turn = [[ca, -sa, 0.0], [sa, ca, 0.0], [0.0, 0.0, 1.0]];
        let yaw = [[cy, 0.0, sy], [0.0, 1.0, 0.0], [-sy, 0.0, cy]];
        let pitch = [[1.0, 0.0, 0.0], [0.0, cp, -sp], [0.0, sp, cp]];
        product(&pitch, &product(&yaw, &turn))
    }

    /// The way from a pixel to the label.
    pub(crate) fn caster(&self) -> Caster<'_> {
        let rotation = self.rotation();
        let distance = self.focal / self.module;
        let origin = back(&rotation, [0.0, 0.0, -distance]);
        Caster { pose: self, rotation, origin }
    }
}

fn product(a: &[[f32; 3]; 3], b: &[[f32; 3]; 3]) -> [[f32; 3]; 3] {
    std::array::from_fn(|row| std::array::from_fn(|column| (0..3).map(|index| a[row][index] * b[index][column]).sum()))
}

/// By the inverse of a rotation.
fn back(rotation: &[[f32; 3]; 3], [x, y, z]: [f32; 3]) -> [f32; 3] {
    std::array::from_fn(|index| rotation[0][index] * x + rotation[1][index] * y + rotation[2][index] * z)
}

/// Rays to one label.
pub(crate) struct Caster<'a> {
    pose: &'a Pose,
    rotation: [[f32; 3]; 3],
    origin: [f32; 3],
}

impl Caster<'_> {
    pub(crate) fn hit(&self, x: f32, y: f32) -> Option<Hit> {
        let pose = self.pose;
        let ray = [(x - pose.at.0) / pose.focal, (y - pose.at.1) / pose.focal, 1.0];
        let ray = back(&self.rotation, ray);
        let [ox, oy, oz] = self.origin;
        match &pose.bend {
            Bend::Flat => {
                let reach = -oz / ray[2];
                (reach > 0.0).then(|| Hit { x: ox + reach * ray[0], y: oy + reach * ray[1], slope: (0.0, 0.0) })
            }
            Bend::Cylinder { radius, axis } => {
                let (sin, cos) = axis.to_radians().sin_cos();
                let (dx, dy) = (ray[0] * cos + ray[1] * sin, ray[1] * cos - ray[0] * sin);
                let (px, py) = (ox * cos + oy * sin, oy * cos - ox * sin);
                // The axis lies one radius behind the plane that touches the label's middle.
                let pz = oz - radius;
                let (a, half, c) =
                    (dx * dx + ray[2] * ray[2], px * dx + pz * ray[2], px * px + pz * pz - radius * radius);
                let root = half * half - a * c;
                if root <= 0.0 {
                    return None;
                }
                let reach = (-half - root.sqrt()) / a;
                let angle = (px + reach * dx).atan2(-(pz + reach * ray[2]));
                let (along, across) = (py + reach * dy, angle * radius);
                let (x, y) = (across * cos - along * sin, across * sin + along * cos);
                Some(Hit { x, y, slope: (angle.sin() * cos, angle.sin() * sin) })
            }
            Bend::Crumpled(crumple) => {
                let reach = -oz / ray[2];
                let (x, y) = (ox + reach * ray[0], oy + reach * ray[1]);
                let (mut u, mut v, mut slope) = (x, y, (0.0, 0.0));
                for (cx, cy, width, dx, dy) in &crumple.dents {
                    let near = (-((x - cx).powi(2) + (y - cy).powi(2)) / (2.0 * width * width)).exp();
                    u += dx * near;
                    v += dy * near;
                    slope = (slope.0 + 0.6 * near * (x - cx) / width, slope.1 + 0.6 * near * (y - cy) / width);
                }
                for (nx, ny, distance, steep) in &crumple.folds {
                    // A fold is a little round.
                    let side = ((x * nx + y * ny - distance) / 0.7).clamp(-1.0, 1.0);
                    slope = (slope.0 + side * steep * nx, slope.1 + side * steep * ny);
                }
                Some(Hit { x: u, y: v, slope })
            }
        }
    }
}
