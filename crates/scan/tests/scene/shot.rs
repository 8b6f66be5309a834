//! A picture of a label, from the light to the bytes.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageFormat};

use super::background::Background;
use super::canvas::Canvas;
use super::code::Code;
use super::label::{Label, Print};
use super::random::Random;
use super::surface::{Caster, Pose};

/// What falls onto the scene beside even light.
#[derive(Clone, Debug)]
pub(crate) enum Light {
    /// Falls to `1 - by` from one side of the picture to the other.
    Ramp { by: f32, leftward: bool },
    /// A soft spot, as of a lamp: middle, radius, light added.
    Spot { at: (f32, f32), radius: f32, add: f32 },
    /// A crease in a clear film that throws light: a point, direction, width, waviness, light added.
    Streak { at: (f32, f32), angle: f32, width: f32, wave: f32, add: f32 },
}

/// How light becomes numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sensor {
    /// Share of the light that is taken.
    pub(crate) exposure: f32,
    /// Standard deviation of noise that does not depend on light, of 1 for white.
    pub(crate) noise: f32,
    /// Electrons that white gives: few in low light.
    pub(crate) electrons: Option<f32>,
    /// Share of pixels that are dead, and that are burnt.
    pub(crate) salt: f32,
    /// Whether the light is linear and the levels are its square root.
    pub(crate) linear: bool,
    pub(crate) sharpen: f32,
    pub(crate) jpeg: Option<u8>,
}

impl Default for Sensor {
    fn default() -> Self {
        Self { exposure: 1.0, noise: 0.008, electrons: None, salt: 0.0, linear: false, sharpen: 0.0, jpeg: None }
    }
}

/// A label in front of a camera.
#[derive(Clone, Debug)]
pub(crate) struct Shot {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) print: Print,
    pub(crate) pose: Pose,
    pub(crate) background: Background,
    /// How shiny the label is, and how much of the light comes from all sides.
    pub(crate) gloss: f32,
    pub(crate) ambient: f32,
    pub(crate) lights: Vec<Light>,
    /// Standard deviation of the lens, in pixels.
    pub(crate) blur: f32,
    /// Where the picture was while the shutter was open, in pixels.
    pub(crate) path: Vec<(f32, f32)>,
    pub(crate) sensor: Sensor,
}

impl Shot {
    /// A camera frame with the symbol in the middle.
    pub(crate) fn new(width: usize, height: usize, module: f32) -> Self {
        let at = (width as f32 / 2.0, height as f32 / 2.0);
        let focal = 1000.0;
        let pose = Pose { module, at, turn: 0.0, yaw: 0.0, pitch: 0.0, focal, bend: super::surface::Bend::Flat };
        Self {
            width,
            height,
            print: Print::default(),
            pose,
            background: Background::Plain(0.75),
            gloss: 0.0,
            ambient: 1.0,
            lights: Vec::new(),
            blur: 0.0,
            path: Vec::new(),
            sensor: Sensor::default(),
        }
    }

    /// The frame, one byte per pixel.
    pub(crate) fn take(&self, code: &Code, random: &mut Random) -> Vec<u8> {
        let label = Label::print(code, &self.print, random);
        self.show(&label, random)
    }

    /// The frame of a label that was printed before.
    pub(crate) fn show(&self, label: &Label, random: &mut Random) -> Vec<u8> {
        let mut canvas = self.background.draw(self.width, self.height, random);
        self.linear(&mut canvas);
        let mut label = Label { canvas: label.canvas.clone(), ..*label };
        self.linear(&mut label.canvas);
        self.lay(&mut canvas, &label);
        self.finish(canvas, random)
    }

    /// The frame of no label at all.
    pub(crate) fn empty(&self, random: &mut Random) -> Vec<u8> {
        let mut canvas = self.background.draw(self.width, self.height, random);
        self.linear(&mut canvas);
        self.finish(canvas, random)
    }

    fn linear(&self, canvas: &mut Canvas) {
        if self.sensor.linear {
            canvas.levels.iter_mut().for_each(|level| *level *= *level);
        }
    }

    /// Pixels that the label may cover.
    fn bounds(&self, label: &Label) -> (usize, usize, usize, usize) {
        let (half_width, half_height) = label.half();
        let distance = self.pose.focal / self.pose.module;
        let radius = half_width.hypot(half_height);
        // What is tilted towards the camera looks larger.
        let near = if radius < 0.8 * distance { distance / (distance - radius) } else { 5.0 };
        let reach = radius * self.pose.module * near + 3.0;
        let clamp = |value: f32, end: usize| value.clamp(0.0, end as f32) as usize;
        let (x, y) = self.pose.at;
        (
            clamp(x - reach, self.width),
            clamp(y - reach, self.height),
            clamp(x + reach, self.width),
            clamp(y + reach, self.height),
        )
    }

    fn lay(&self, canvas: &mut Canvas, label: &Label) {
        let (left, top, right, bottom) = self.bounds(label);
        let caster = self.pose.caster();
        let rays = ((label.scale / self.pose.module).ceil() as usize + 1).clamp(2, 6);
        for y in top..bottom {
            for x in left..right {
                if let Some((light, cover)) = self.pixel(&caster, label, (x as f32, y as f32), rays) {
                    let pixel = &mut canvas.levels[y * self.width + x];
                    *pixel += (light - *pixel) * cover;
                }
            }
        }
    }

    /// Light from the label to a pixel, and how much of the pixel the label covers.
    fn pixel(&self, caster: &Caster<'_>, label: &Label, (x, y): (f32, f32), rays: usize) -> Option<(f32, f32)> {
        let middle = caster.hit(x + 0.5, y + 0.5)?;
        let (half_width, half_height) = label.half();
        if middle.x.abs() > half_width + 3.0 || middle.y.abs() > half_height + 3.0 {
            return None;
        }
        let (right, below) = (caster.hit(x + 1.0, y + 0.5)?, caster.hit(x + 0.5, y + 1.0)?);
        let across = ((right.x - middle.x) * 2.0, (right.y - middle.y) * 2.0);
        let down = ((below.x - middle.x) * 2.0, (below.y - middle.y) * 2.0);
        let (mut sum, mut inside) = (0.0, 0);
        for ray in 0..rays * rays {
            let offset = |step: usize| (step as f32 + 0.5) / rays as f32 - 0.5;
            let (i, j) = (offset(ray % rays), offset(ray / rays));
            let u = middle.x + i * across.0 + j * down.0 + half_width;
            let v = middle.y + i * across.1 + j * down.1 + half_height;
            if (0.0..2.0 * half_width).contains(&u) && (0.0..2.0 * half_height).contains(&v) {
                sum += label.canvas.sample(u * label.scale, v * label.scale);
                inside += 1;
            }
        }
        if inside == 0 {
            return None;
        }
        let (sx, sy) = middle.slope;
        let facing = (1.0 - sx * sx - sy * sy).max(0.0).sqrt();
        // The lamp stands a little to the side.
        let shine = self.gloss * (-((sx - 0.12).powi(2) + (sy + 0.1).powi(2)) / 0.006).exp();
        let lit = self.ambient + (1.0 - self.ambient) * facing;
        Some((sum / inside as f32 * lit + shine, inside as f32 / (rays * rays) as f32))
    }

    fn finish(&self, mut canvas: Canvas, random: &mut Random) -> Vec<u8> {
        let width = self.width as f32;
        for light in &self.lights {
            match *light {
                Light::Ramp { by, leftward } => {
                    for (_, row) in canvas.rows() {
                        for (x, level) in row.iter_mut().enumerate() {
                            let share = x as f32 / width;
                            *level *= 1.0 - by * if leftward { 1.0 - share } else { share };
                        }
                    }
                }
                Light::Spot { at, radius, add } => canvas.add(|x, y| {
                    let far = ((x - at.0).powi(2) + (y - at.1).powi(2)) / (2.0 * radius * radius);
                    if far < 8.0 { add * (-far).exp() } else { 0.0 }
                }),
                Light::Streak { at, angle, width, wave, add } => {
                    let (sin, cos) = angle.to_radians().sin_cos();
                    canvas.add(|x, y| {
                        let (dx, dy) = (x - at.0, y - at.1);
                        let along = dx * cos + dy * sin;
                        let off = dy * cos - dx * sin + wave * (along / 60.0).sin();
                        let far = off.abs() / (width * (1.0 + 0.5 * (along / 37.0).sin()));
                        if far < 4.0 { add * (-far * far / 2.0).exp() } else { 0.0 }
                    });
                }
            }
        }
        canvas.blur(self.blur);
        canvas.smear(&self.path);
        self.sensor.levels(canvas, random)
    }
}

impl Sensor {
    fn levels(&self, mut canvas: Canvas, random: &mut Random) -> Vec<u8> {
        for level in &mut canvas.levels {
            let mut light = *level * self.exposure;
            if let Some(electrons) = self.electrons {
                // Light comes in grains; the amplifier adds two.
                let count = light.clamp(0.0, 1.5) * electrons;
                light = (count + count.sqrt() * random.normal() + 2.0 * random.normal()) / electrons;
            }
            if self.noise > 0.0 && !self.linear {
                light += self.noise * random.normal();
            }
            *level = if self.linear { light.clamp(0.0, 1.0).sqrt() } else { light };
            if self.noise > 0.0 && self.linear {
                *level += self.noise * random.normal();
            }
        }
        canvas.sharpen(self.sharpen);
        let mut levels: Vec<u8> =
            canvas.levels.iter().map(|level| (level * 255.0 + 0.5).clamp(0.0, 255.0) as u8).collect();
        if self.salt > 0.0 {
            for level in &mut levels {
                let draw = random.unit();
                if draw < self.salt {
                    *level = 0;
                } else if draw > 1.0 - self.salt {
                    *level = 255;
                }
            }
        }
        match self.jpeg {
            Some(quality) => packed(&levels, canvas.width as u32, canvas.height as u32, quality),
            None => levels,
        }
    }
}

/// What is left after a camera has packed it.
fn packed(levels: &[u8], width: u32, height: u32, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode(levels, width, height, ExtendedColorType::L8)
        .expect("a picture");
    image::load(Cursor::new(bytes), ImageFormat::Jpeg).expect("a picture").into_luma8().into_raw()
}
