//! A label: a symbol, its quiet zone and the print around it, by the ink.

use super::canvas::Canvas;
use super::code::Code;
use super::random::Random;

/// How the symbol came onto the label. Lengths are in modules.
#[derive(Clone, Debug)]
pub(crate) struct Print {
    /// Light of the ink and of the paper, 0 to 1.
    pub(crate) ink: f32,
    pub(crate) paper: f32,
    /// Light modules around the symbol; by default what the symbology asks for.
    pub(crate) quiet: Option<f32>,
    /// Package around the quiet zone that bears other print.
    pub(crate) margin: f32,
    /// Modules as round dots of this diameter.
    pub(crate) dots: Option<f32>,
    /// How far dots miss their place.
    pub(crate) jitter: f32,
    /// Nozzles that print nothing: rows of dots.
    pub(crate) missing: Vec<usize>,
    /// How far ink runs.
    pub(crate) spread: f32,
    /// Unevenness of the paper.
    pub(crate) grain: f32,
    /// Scratches and blots.
    pub(crate) scratches: usize,
    pub(crate) blots: usize,
    /// Sides of the quiet zone, of four, that something dark runs into, and the light that is left to them.
    pub(crate) covered: usize,
    pub(crate) left: f32,
    pub(crate) mirrored: bool,
}

impl Default for Print {
    fn default() -> Self {
        Self {
            ink: 0.1,
            paper: 0.92,
            quiet: None,
            margin: 0.0,
            dots: None,
            jitter: 0.0,
            missing: Vec::new(),
            spread: 0.0,
            grain: 0.0,
            scratches: 0,
            blots: 0,
            covered: 0,
            left: 0.0,
            mirrored: false,
        }
    }
}

/// The label as a picture, and where the symbol lies in it.
pub(crate) struct Label {
    pub(crate) canvas: Canvas,
    /// Pixels of the canvas a module.
    pub(crate) scale: f32,
}

impl Label {
    pub(crate) fn print(code: &Code, print: &Print, random: &mut Random) -> Self {
        let scale = 8.0;
        let (width, height) = code.size();
        let quiet = print.quiet.unwrap_or(code.quiet as f32);
        let edge = quiet + print.margin;
        let pixels = |modules: f32| (modules * scale).round() as usize;
        let mut canvas = Canvas::new(pixels(width + 2.0 * edge), pixels(height + 2.0 * edge), print.paper);
        if print.margin > 0.0 {
            surroundings(&mut canvas, print, scale, random);
            let (near, far) = (print.margin * scale, (print.margin + 2.0 * quiet) * scale);
            canvas.rectangle((near, near), (far + width * scale, far + height * scale), print.paper);
        }
        let place = |x: f32, y: f32| ((edge + x) * scale, (edge + y) * scale);
        for row in 0..code.rows {
            for column in 0..code.columns {
                let from = if print.mirrored { code.columns - 1 - column } else { column };
                let is_missing = print.missing.contains(&row);
                if !code.is_dark(from, row) || is_missing {
                    continue;
                }
                let (x, y) = (column as f32, row as f32 * code.row_height);
                match print.dots {
                    Some(diameter) => {
                        let off = |random: &mut Random| 0.5 + print.jitter * random.normal();
                        let at = place(x + off(random), y + off(random));
                        canvas.dot(at, diameter * scale / 2.0 * random.range(0.93, 1.07), print.ink);
                    }
                    None => canvas.rectangle(place(x, y), place(x + 1.0, y + code.row_height), print.ink),
                }
            }
        }
        damage(&mut canvas, print, (place(0.0, 0.0), place(width, height)), scale, random);
        cover(&mut canvas, print, (place(0.0, 0.0), place(width, height)), scale, random);
        canvas.blur(print.spread * scale);
        if print.grain > 0.0 {
            canvas.grain(print.grain, random);
        }
        Self { canvas, scale }
    }

    /// Half of its width and height in modules.
    pub(crate) fn half(&self) -> (f32, f32) {
        (self.canvas.width as f32 / self.scale / 2.0, self.canvas.height as f32 / self.scale / 2.0)
    }
}

/// Lines of text, a rule and a block, as on a package.
fn surroundings(canvas: &mut Canvas, print: &Print, scale: f32, random: &mut Random) {
    let (width, height) = (canvas.width as f32, canvas.height as f32);
    let mut base = scale * random.range(2.0, 4.0);
    while base < height {
        let size = scale * random.range(2.5, 5.0);
        base += size * 1.6;
        let level = print.ink + (print.paper - print.ink) * random.range(0.0, 0.3);
        let text = random.text(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789()    ", (width / size) as usize + 1);
        if random.chance(0.75) {
            canvas.text(&text, (scale * random.range(0.5, 6.0), base), size, size * 0.14, level);
        }
    }
    if random.chance(0.5) {
        let left = random.range(0.0, width);
        let level = print.paper * random.range(0.3, 0.9);
        canvas.rectangle((left, 0.0), (left + random.range(0.1, 0.3) * width, height), level);
    }
}

type Corners = ((f32, f32), (f32, f32));

/// Scratches and blots of a few per cent of the symbol, dark or light.
fn damage(canvas: &mut Canvas, print: &Print, (from, to): Corners, scale: f32, random: &mut Random) {
    let within = |random: &mut Random| (random.range(from.0, to.0), random.range(from.1, to.1));
    for _ in 0..print.scratches {
        let level = random.pick(&[print.ink, print.paper]);
        canvas.line(within(random), within(random), scale * random.range(0.25, 0.7), level);
    }
    for _ in 0..print.blots {
        let level = random.pick(&[print.ink, print.paper]);
        canvas.dot(within(random), scale * random.range(0.6, 1.4), level);
    }
}

/// Fingers, rules and borders that leave a part of a module of the quiet zone.
fn cover(canvas: &mut Canvas, print: &Print, (from, to): Corners, scale: f32, random: &mut Random) {
    let (width, height) = (canvas.width as f32, canvas.height as f32);
    let first = random.whole(0, 3);
    for side in (0..print.covered).map(|side| (first + side) % 4) {
        let left = print.left * scale;
        let level = print.ink + (print.paper - print.ink) * random.range(0.0, 0.35);
        let (start, end) = (random.range(0.0, 0.5), random.range(0.5, 1.0));
        let (start, end) = if random.chance(0.5) { (0.0, 1.0) } else { (start, end) };
        match side {
            0 => canvas.rectangle((start * width, 0.0), (end * width, from.1 - left), level),
            1 => canvas.rectangle((to.0 + left, start * height), (width, end * height), level),
            2 => canvas.rectangle((start * width, to.1 + left), (end * width, height), level),
            _ => canvas.rectangle((0.0, start * height), (from.0 - left, end * height), level),
        }
    }
}
