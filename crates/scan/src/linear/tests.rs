//! Symbols drawn at angles, blurred and with noise.

use proptest::prelude::*;

use super::*;
use crate::numbers::Numbers;

const SIDE: (usize, usize) = (640, 480);

/// How a symbol is drawn.
#[derive(Clone, Copy, Debug)]
struct Scene {
    /// Pixels a module.
    module: f32,
    /// Pixels along the bars.
    height: f32,
    /// Turn in degrees.
    angle: f32,
    /// Standard deviation of the blur, in modules.
    blur: f32,
    /// Standard deviation of the noise, in levels.
    noise: f32,
    /// Levels of bars and paper.
    levels: (f32, f32),
    /// How much wider bars are than meant, in modules.
    ink: f32,
}

const PLAIN: Scene =
    Scene { module: 2.5, height: 120.0, angle: 0.0, blur: 0.2, noise: 0.0, levels: (30.0, 220.0), ink: 0.0 };

impl Scene {
    fn draw(&self, modules: &[bool], seed: u64) -> Frame {
        let (width, height) = SIDE;
        let mut numbers = Numbers(seed | 1);
        let (sine, cosine) = self.angle.to_radians().sin_cos();
        let half = modules.len() as f32 / 2.0;
        let spread = self.blur.max(0.3 / self.module);
        let mut steps = Vec::new();
        let mut level = false;
        for (at, &dark) in modules.iter().chain(&[false]).enumerate() {
            if dark != level {
                steps.push((at as f32 + if dark { -self.ink } else { self.ink } / 2.0, if dark { 1.0 } else { -1.0 }));
                level = dark;
            }
        }
        let darkness = |module: f32| -> f32 {
            let near = steps.iter().filter(|(step, _)| (step - module).abs() <= 8.0);
            let base = if steps.iter().filter(|(step, _)| *step < module - 8.0).count() % 2 == 1 { 1.0 } else { 0.0 };
            base + near.map(|(step, rise)| rise / (1.0 + (-1.702 * (module - step) / spread).exp())).sum::<f32>()
        };
        let pixels = (0..width * height)
            .map(|at| {
                let x = (at % width) as f32 + 0.5 - width as f32 / 2.0;
                let y = (at / width) as f32 + 0.5 - height as f32 / 2.0;
                let (u, v) = (x * cosine + y * sine, y * cosine - x * sine);
                let inside = v.abs() < self.height / 2.0;
                let dark = if inside { darkness(u / self.module + half).clamp(0.0, 1.0) } else { 0.0 };
                let level = self.levels.1 + (self.levels.0 - self.levels.1) * dark + numbers.normal() * self.noise;
                level.clamp(0.0, 255.0) as u8
            })
            .collect::<Vec<u8>>();
        Frame::from_luma(width as u32, height as u32, &pixels).expect("sizes agree")
    }

    /// What is read from it.
    fn texts(&self, modules: &[bool], seed: u64) -> Vec<(String, bool, Symbology)> {
        let found = read(&self.draw(modules, seed), Effort::Frame);
        found.into_iter().map(|(message, symbology, _)| (message.text, message.gs1, symbology)).collect()
    }
}

/// A GS1-128 of set C: FNC1, then pairs of digits.
fn gs1_128(digits: &str) -> Vec<bool> {
    let pairs = digits.as_bytes().chunks_exact(2).map(|pair| (pair[0] - b'0') * 10 + pair[1] - b'0');
    code128::drawn::code_128(&[105, 102].into_iter().chain(pairs).collect::<Vec<u8>>())
}

#[test]
fn symbols_are_read_at_every_angle() {
    let sscc = "00046070123456789015";
    let symbols = [
        (ean::drawn::ean("4006381333931"), "4006381333931", false, Symbology::Ean13),
        (ean::drawn::ean("0012345678905"), "0012345678905", false, Symbology::Ean13),
        (ean::drawn::ean("96385074"), "96385074", false, Symbology::Ean8),
        (gs1_128(sscc), sscc, true, Symbology::Code128),
    ];
    for (modules, text, gs1, symbology) in symbols {
        for angle in [0.0, 7.0, 25.0, 45.0, 90.0, 113.0, 180.0, 270.0, 341.0] {
            let texts = Scene { angle, ..PLAIN }.texts(&modules, 1);
            assert_eq!(texts, [(text.to_owned(), gs1, symbology)], "{angle}°");
        }
    }
}

#[test]
fn symbols_are_read_in_bad_light() {
    let modules = ean::drawn::ean("4870009990017");
    let code = gs1_128("0104870009990017");
    for (name, scene) in [
        ("blurred", Scene { blur: 0.75, ..PLAIN }),
        ("blurred and small", Scene { blur: 0.6, module: 1.6, noise: 4.0, ..PLAIN }),
        ("noisy", Scene { noise: 40.0, ..PLAIN }),
        ("pale", Scene { levels: (120.0, 145.0), noise: 3.0, ..PLAIN }),
        ("small", Scene { module: 1.4, ..PLAIN }),
        ("large", Scene { module: 4.2, height: 200.0, ..PLAIN }),
        ("low", Scene { height: 30.0, ..PLAIN }),
        ("bold", Scene { ink: 0.35, blur: 0.4, ..PLAIN }),
        ("thin", Scene { ink: -0.35, blur: 0.4, ..PLAIN }),
    ] {
        assert_eq!(scene.texts(&modules, 2).len(), 1, "EAN-13, {name}");
        assert_eq!(scene.texts(&code, 3).len(), 1, "GS1-128, {name}");
    }
}
proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Bars of other symbologies, or of none, have no text.
    #[test]
    fn other_bars_give_nothing(widths in prop::collection::vec(1_u8..=4, 41..90), module in 1.5_f32..3.0) {
        let mut modules = pattern::modules(&widths, true);
        modules.truncate(180);
        prop_assert_eq!(Scene { module, ..PLAIN }.texts(&modules, 4), vec![]);
    }

    /// What is read is what was drawn, however bad the drawing.
    #[test]
    fn no_text_is_wrong(
        number in 0_u64..1_000_000_000_000,
        kind in 0..3,
        angle in 0.0_f32..180.0,
        module in 1.1_f32..3.5,
        blur in 0.1_f32..1.1,
        noise in 0.0_f32..50.0,
        ink in -0.4_f32..0.4,
    ) {
        let with_check = |digits: String| {
            let sum: u32 = digits.bytes().rev().enumerate().map(|(at, b)| u32::from(b - b'0') * if at % 2 == 0 { 3 } else { 1 }).sum();
            format!("{digits}{}", (10 - sum % 10) % 10)
        };
        let (text, modules) = match kind {
            0 => { let text = with_check(format!("{number:012}")); (text.clone(), ean::drawn::ean(&text)) }
            1 => { let text = with_check(format!("{:07}", number % 10_000_000)); (text.clone(), ean::drawn::ean(&text)) }
            _ => { let text = format!("{number:012}"); (text.clone(), gs1_128(&text)) }
        };
        let scene = Scene { angle, module, blur, noise, ink, ..PLAIN };
        for (found, ..) in scene.texts(&modules, number) {
            prop_assert_eq!(found, text.clone());
        }
    }
}
