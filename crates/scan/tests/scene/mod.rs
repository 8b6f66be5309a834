//! Draws a symbol as a camera would see it.

use gs1::ElementString;
use gs1::symbol::Symbol;

/// Light modules around the symbol, all of which are paper.
const QUIET: f64 = 4.0;

/// A symbol on paper in front of a camera. Sizes are in pixels, angles in degrees, brightness in 0 to 255.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scene {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Side of a module where the paper is not tilted.
    pub(crate) module: f64,
    pub(crate) turn: f64,
    /// How much the far edge is shorter than the near one, as a share.
    pub(crate) tilt: f64,
    /// Standard deviation of the blur.
    pub(crate) blur: f64,
    /// Largest deviation of the noise.
    pub(crate) noise: i32,
    pub(crate) ink: f64,
    pub(crate) paper: f64,
    /// Brightness of what lies around the paper.
    pub(crate) desk: f64,
    /// Share of the light that is missing at the right edge.
    pub(crate) shadow: f64,
    /// Where the middle of the symbol lies, as shares of the sides.
    pub(crate) at: (f64, f64),
    pub(crate) mirrored: bool,
}

impl Default for Scene {
    fn default() -> Self {
        Self {
            width: 640,
            height: 480,
            module: 6.0,
            turn: 0.0,
            tilt: 0.0,
            blur: 0.6,
            noise: 0,
            ink: 30.0,
            paper: 225.0,
            desk: 190.0,
            shadow: 0.0,
            at: (0.5, 0.5),
            mirrored: false,
        }
    }
}

/// The symbol of a bracketed element string.
pub(crate) fn symbol(bracketed: &str) -> (Symbol, String) {
    let code = ElementString::parse_bracketed(bracketed).expect("a code");
    (Symbol::encode(&code).expect("fits"), code.to_string())
}

impl Scene {
    /// The frame, one byte per pixel.
    pub(crate) fn draw(&self, symbol: &Symbol) -> Vec<u8> {
        const RAYS: usize = 3;
        let sharp: Vec<f64> = (0..self.width * self.height)
            .map(|index| {
                let (x, y) = (index % self.width, index / self.width);
                let rays = (0..RAYS * RAYS).map(|ray| {
                    let offset = |step: usize| (step as f64 + 0.5) / RAYS as f64;
                    self.brightness(symbol, x as f64 + offset(ray % RAYS), y as f64 + offset(ray / RAYS))
                });
                rays.sum::<f64>() / (RAYS * RAYS) as f64
            })
            .collect();
        let mut state = 0x2545_f491_u32;
        self.blurred(sharp)
            .into_iter()
            .map(|value| (value as i32 + self.deviation(&mut state)).clamp(0, 255) as u8)
            .collect()
    }

    /// Brightness along one ray.
    fn brightness(&self, symbol: &Symbol, x: f64, y: f64) -> f64 {
        let light = 1.0 - self.shadow * x / self.width as f64;
        let (u, v) = self.on_paper(x, y);
        let side = symbol.size() as f64;
        let half = side / 2.0;
        let (u, v) = (u / self.module + half, v / self.module + half);
        let surface = if (0.0..side).contains(&u) && (0.0..side).contains(&v) {
            let u = if self.mirrored { side - u } else { u };
            let last = symbol.size() - 1;
            if symbol.dark((u as usize).min(last), v as usize) { self.ink } else { self.paper }
        } else if (-QUIET..side + QUIET).contains(&u) && (-QUIET..side + QUIET).contains(&v) {
            self.paper
        } else {
            self.desk
        };
        surface * light
    }

    /// Where a pixel lies on the paper, in untilted pixels from the middle of the symbol.
    fn on_paper(&self, x: f64, y: f64) -> (f64, f64) {
        let (x, y) = (x - self.at.0 * self.width as f64, y - self.at.1 * self.height as f64);
        let depth = 1.0 - self.tilt * y / self.height as f64;
        let (x, y) = (x / depth, y / depth);
        let (sin, cos) = self.turn.to_radians().sin_cos();
        (x * cos + y * sin, y * cos - x * sin)
    }

    fn blurred(&self, image: Vec<f64>) -> Vec<f64> {
        if self.blur <= 0.0 {
            return image;
        }
        let reach = (3.0 * self.blur).ceil() as isize;
        let weights: Vec<f64> =
            (-reach..=reach).map(|step| (-(step * step) as f64 / (2.0 * self.blur * self.blur)).exp()).collect();
        let total: f64 = weights.iter().sum();
        let (width, height) = (self.width as isize, self.height as isize);
        let pass = |image: &[f64], dx: isize, dy: isize| -> Vec<f64> {
            (0..width * height)
                .map(|index| {
                    let (x, y) = (index % width, index / width);
                    let near = |step: isize| {
                        let (x, y) = ((x + dx * step).clamp(0, width - 1), (y + dy * step).clamp(0, height - 1));
                        image[(y * width + x) as usize]
                    };
                    let sum: f64 = (-reach..=reach).zip(&weights).map(|(step, weight)| near(step) * weight).sum();
                    sum / total
                })
                .collect()
        };
        pass(&pass(&image, 1, 0), 0, 1)
    }

    /// xorshift, so that a row of the table always sees the same noise.
    fn deviation(&self, state: &mut u32) -> i32 {
        *state ^= *state << 13;
        *state ^= *state >> 17;
        *state ^= *state << 5;
        (*state >> 8) as i32 % (2 * self.noise + 1) - self.noise
    }
}
