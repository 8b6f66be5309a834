//! What is seen where there is no symbol.

use std::f32::consts::FRAC_PI_2;

use super::canvas::Canvas;
use super::random::Random;

/// What lies behind a label, or fills a frame without one.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Background {
    Plain(f32),
    /// Blocks, text and stripes, as packages have them.
    Clutter,
    /// A page of small print.
    Page,
    /// Dots of a printed picture.
    Halftone,
    /// Fine lines across the pixels of the camera.
    Moire,
    Keyboard,
    Bricks,
    /// Bars that are no code.
    Stripes,
    /// Squares that are dark by chance: a texture like a symbol that is none.
    Squares,
    /// Leaves, gravel, cloth: light and dark at every size.
    Texture,
}

/// Those that a reader may take for a symbol.
pub(crate) const EMPTY: [(&str, Background); 9] = [
    ("clutter", Background::Clutter),
    ("page", Background::Page),
    ("halftone", Background::Halftone),
    ("moire", Background::Moire),
    ("keyboard", Background::Keyboard),
    ("bricks", Background::Bricks),
    ("stripes", Background::Stripes),
    ("squares", Background::Squares),
    ("texture", Background::Texture),
];

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ";

impl Background {
    pub(crate) fn draw(self, width: usize, height: usize, random: &mut Random) -> Canvas {
        let mut canvas = Canvas::new(width, height, 0.8);
        match self {
            Self::Plain(level) => canvas.levels.fill(level),
            Self::Clutter => clutter(&mut canvas, random),
            Self::Page => page(&mut canvas, random),
            Self::Halftone => halftone(&mut canvas, random),
            Self::Moire => moire(&mut canvas, random),
            Self::Keyboard => keyboard(&mut canvas, random),
            Self::Bricks => bricks(&mut canvas, random),
            Self::Stripes => stripes(&mut canvas, random),
            Self::Squares => squares(&mut canvas, random),
            Self::Texture => texture(&mut canvas, random),
        }
        canvas
    }
}

fn clutter(canvas: &mut Canvas, random: &mut Random) {
    let (width, height) = (canvas.width as f32, canvas.height as f32);
    let (left, right, fall) = (random.range(0.47, 0.9), random.range(0.47, 0.9), random.range(-0.08, 0.08));
    for (y, row) in canvas.rows() {
        let down = fall * (2.0 * y as f32 / height - 1.0);
        for (x, level) in row.iter_mut().enumerate() {
            *level = left + (right - left) * x as f32 / width + down;
        }
    }
    for _ in 0..random.whole(3, 7) {
        let (x, y) = (random.range(0.0, width), random.range(0.0, height));
        let (w, h) = (random.range(40.0, 300.0), random.range(20.0, 160.0));
        canvas.rectangle((x, y), (x + w, y + h), random.range(0.24, 0.98));
    }
    for _ in 0..random.whole(4, 10) {
        let length = random.whole(5, 18);
        let text = random.text(LETTERS, length);
        let at = (random.range(0.0, width - 200.0), random.range(20.0, height));
        let size = random.range(11.0, 36.0);
        canvas.text(&text, at, size, random.range(1.0, 3.0), random.range(0.04, 0.47));
    }
    if random.chance(0.4) {
        let (x, y) = (random.range(0.0, width - 220.0), random.range(0.0, height - 120.0));
        for bar in (0..40).filter(|_| random.chance(0.5)) {
            let left = x + 4.0 * bar as f32;
            canvas.rectangle((left, y), (left + 4.0, y + 90.0), 0.08);
        }
    }
}

fn page(canvas: &mut Canvas, random: &mut Random) {
    canvas.levels.fill(random.range(0.75, 0.95));
    let size = random.range(8.0, 20.0);
    let ink = random.range(0.05, 0.25);
    let mut base = 10.0 + size;
    while base < canvas.height as f32 {
        let length = random.whole(20, canvas.width / size as usize);
        let text = random.text(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789       ", length);
        canvas.text(&text, (12.0, base), size, size * 0.13, ink);
        base += size * random.range(1.5, 1.9);
    }
}

fn halftone(canvas: &mut Canvas, random: &mut Random) {
    let pitch = random.range(3.0, 9.0);
    let (sin, cos) = random.range(0.0, FRAC_PI_2).sin_cos();
    let (slow, fast) = (random.range(0.003, 0.02), random.range(0.004, 0.02));
    let (dark, light) = (random.range(0.05, 0.3), random.range(0.7, 0.95));
    for (y, row) in canvas.rows() {
        for (x, level) in row.iter_mut().enumerate() {
            let (x, y) = (x as f32, y as f32);
            let (u, v) = ((x * cos + y * sin) / pitch, (y * cos - x * sin) / pitch);
            let far = (u - u.round()).hypot(v - v.round());
            let tone = 0.35 + 0.2 * (x * slow).sin() * (y * fast).cos();
            let cover = ((tone - far) * pitch + 0.5).clamp(0.0, 1.0);
            *level = light + (dark - light) * cover;
        }
    }
}

fn moire(canvas: &mut Canvas, random: &mut Random) {
    let pitch = random.range(1.6, 5.0);
    let (sin, cos) = random.range(0.0, FRAC_PI_2).sin_cos();
    let cross = random.chance(0.6);
    let depth = random.range(0.15, 0.4);
    for (y, row) in canvas.rows() {
        for (x, level) in row.iter_mut().enumerate() {
            let (x, y) = (x as f32, y as f32);
            let wave = |value: f32| (value * std::f32::consts::TAU / pitch).sin().signum();
            let across = wave(x * cos + y * sin);
            let down = if cross { wave(y * cos - x * sin) } else { 1.0 };
            *level = 0.5 + depth * across * down;
        }
    }
}

fn keyboard(canvas: &mut Canvas, random: &mut Random) {
    let (width, height) = (canvas.width as f32, canvas.height as f32);
    let key = random.range(26.0, 90.0);
    let is_dark = random.chance(0.6);
    let (body, cap, print) = if is_dark { (0.35, 0.12, 0.9) } else { (0.45, 0.9, 0.15) };
    canvas.levels.fill(body);
    let mut top = key * 0.1;
    while top < height {
        let mut left = -key * random.unit();
        while left < width {
            let wide = key * if random.chance(0.1) { 1.6 } else { 1.0 };
            canvas.rectangle((left, top), (left + wide - key * 0.12, top + key * 0.88), cap);
            let letter = random.text(LETTERS, 1);
            canvas.text(&letter, (left + key * 0.25, top + key * 0.55), key * 0.32, key * 0.05, print);
            left += wide;
        }
        top += key;
    }
}

fn bricks(canvas: &mut Canvas, random: &mut Random) {
    let (width, height) = (canvas.width as f32, canvas.height as f32);
    let tall = random.range(12.0, 60.0);
    let long = tall * random.range(1.0, 2.6);
    let joint = tall * random.range(0.06, 0.2);
    canvas.levels.fill(random.range(0.6, 0.9));
    let mut top = 0.0;
    let mut odd = false;
    while top < height {
        let mut left = if odd { -long / 2.0 } else { 0.0 };
        while left < width {
            canvas.rectangle((left, top), (left + long - joint, top + tall - joint), random.range(0.2, 0.5));
            left += long;
        }
        top += tall;
        odd = !odd;
    }
    canvas.grain(0.05, random);
}

fn stripes(canvas: &mut Canvas, random: &mut Random) {
    let (width, height) = (canvas.width as f32, canvas.height as f32);
    for _ in 0..random.whole(2, 6) {
        let unit = random.range(1.5, 5.0);
        let (x, y) = (random.range(-50.0, width - 100.0), random.range(-20.0, height - 60.0));
        let (mut left, tall) = (x, random.range(40.0, 220.0));
        // No element is wider than a fifth of its neighbours' sum would allow: such bars belong to no symbology.
        while left < x + unit * 90.0 {
            let (bar, gap) = (unit * random.range(0.5, 7.0), unit * random.range(0.5, 7.0));
            canvas.rectangle((left, y), (left + bar, y + tall), 0.1);
            left += bar + gap;
        }
    }
}

fn squares(canvas: &mut Canvas, random: &mut Random) {
    for _ in 0..random.whole(2, 6) {
        let side = random.range(2.0, 9.0);
        let (columns, rows) = (random.whole(10, 44), random.whole(10, 44));
        let (x, y) = (random.range(0.0, canvas.width as f32 - 90.0), random.range(0.0, canvas.height as f32 - 90.0));
        let (dark, light) = (random.range(0.05, 0.3), random.range(0.7, 0.95));
        let share = random.range(0.3, 0.7);
        for cell in 0..columns * rows {
            let (left, top) = (x + side * (cell % columns) as f32, y + side * (cell / columns) as f32);
            let level = if random.chance(share) { dark } else { light };
            canvas.rectangle((left, top), (left + side + 0.99, top + side + 0.99), level);
        }
    }
}

fn texture(canvas: &mut Canvas, random: &mut Random) {
    let mut sum = vec![0.0; canvas.levels.len()];
    let mut size = random.range(1.0, 2.5);
    for _ in 0..4 {
        let mut octave = Canvas::new(canvas.width, canvas.height, 0.0);
        octave.levels.iter_mut().for_each(|level| *level = random.normal());
        octave.blur(size);
        // A blur over so many pixels leaves one part in the root of them of the deviation.
        let gain = size * 3.5 * random.range(0.05, 0.15);
        sum.iter_mut().zip(&octave.levels).for_each(|(sum, level)| *sum += gain * level);
        size *= 2.0;
    }
    canvas.levels.iter_mut().zip(&sum).for_each(|(level, sum)| *level = 0.5 + sum);
}
