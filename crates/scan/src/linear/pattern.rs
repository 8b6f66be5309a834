//! Bars as a camera sees them, to compare levels with.

use super::profile::Profile;

/// Samples of a module.
pub(super) const PER_MODULE: usize = 2;

/// Widths of the blur, as standard deviations in modules.
pub(super) const BLURS: [f32; 4] = [0.25, 0.5, 0.75, 1.05];

/// Modules with their neighbours, blurred, of mean 0 and length 1.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    samples: Vec<f32>,
}

impl Pattern {
    /// A pattern of `dark` modules, where `before` and `after` tell what lies beside it.
    pub(super) fn new(dark: &[bool], before: bool, after: bool, blur: f32) -> Self {
        let mut steps = Vec::new();
        let mut level = before;
        for (at, &module) in dark.iter().chain(&[after]).enumerate() {
            if module != level {
                steps.push((at as f32, if module { 1.0 } else { -1.0 }));
                level = module;
            }
        }
        let begin = if before { 1.0 } else { 0.0 };
        let sample = |index: usize| {
            begin + steps.iter().map(|&(step, rise)| rise * smooth((place(index) - step) / blur)).sum::<f32>()
        };
        let mut samples: Vec<f32> = (0..dark.len() * PER_MODULE).map(sample).collect();
        normalise(&mut samples);
        Self { samples }
    }

    /// How well levels agree with it, from -1 to 1.
    pub(super) fn score(&self, levels: &[f32]) -> f32 {
        self.samples.iter().zip(levels).map(|(a, b)| a * b).sum()
    }
}

/// The place of a sample in modules.
fn place(index: usize) -> f32 {
    (index as f32 + 0.5) / PER_MODULE as f32
}

/// A step seen through a Gaussian blur: the logistic curve differs from it by less than a hundredth.
fn smooth(x: f32) -> f32 {
    1.0 / (1.0 + (-1.702 * x).exp())
}

/// Takes the mean away and makes the length 1; levels that are all alike become 0.
pub(super) fn normalise(levels: &mut [f32]) {
    let mean = levels.iter().sum::<f32>() / levels.len() as f32;
    levels.iter_mut().for_each(|level| *level -= mean);
    let length = levels.iter().map(|level| level * level).sum::<f32>().sqrt();
    let scale = if length > 1e-3 { 1.0 / length } else { 0.0 };
    levels.iter_mut().for_each(|level| *level *= scale);
}

/// Darkness of `modules` modules from `start` on, each `module` wide (negative if the symbol is read from its other side),
/// normalised.
pub(super) fn darkness(profile: &Profile, start: f32, module: f32, modules: usize, samples: &mut Vec<f32>) {
    samples.clear();
    samples.extend((0..modules * PER_MODULE).map(|index| -profile.at(start + module * place(index))));
    normalise(samples);
}

/// Modules of widths of bars and spaces in turn, beginning with a bar if `dark`.
pub(super) fn modules(widths: &[u8], mut dark: bool) -> Vec<bool> {
    let mut modules = Vec::new();
    for &width in widths {
        modules.extend(std::iter::repeat_n(dark, width.into()));
        dark = !dark;
    }
    modules
}
