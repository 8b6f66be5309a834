//! What a web worker calls (see `web/worker.js`).

use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Effort, Found, Look, Scanner};

/// The answer to the worker about a still picture, as JSON.
#[derive(Serialize)]
struct Answer {
    found: Vec<Found>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
}

/// Reads the pixels of a still picture, RGBA, with more effort than a frame gets:
/// `{"found": [{"text", "gs1", "symbology", "corners"}]}`.
#[wasm_bindgen]
pub fn read_picture(width: u32, height: u32, pixels: &[u8]) -> String {
    let found = crate::read_rgba_with(width, height, pixels, Effort::Picture);
    json(&Answer { found, error: None })
}

/// Reads the bytes of a JPEG, PNG or WebP file; `error` is one of `unknown_format`, `too_large`, `damaged`.
#[wasm_bindgen]
pub fn read_image(bytes: &[u8]) -> String {
    json(&match crate::read_image(bytes) {
        Ok(found) => Answer { found, error: None },
        Err(error) => Answer { found: Vec::new(), error: Some(word(&error)) },
    })
}

/// A camera whose frames follow one another. The worker writes each into [`Camera::input`], in the module's own
/// memory, so that its pixels are copied once.
#[wasm_bindgen]
#[derive(Default)]
pub struct Camera {
    scanner: Scanner,
    input: Vec<u8>,
}

#[wasm_bindgen]
impl Camera {
    /// A camera that has shown nothing yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Where the next frame's bytes go: an address in the module's memory with room for `length` of them. It holds until
    /// the next call of anything.
    pub fn input(&mut self, length: usize) -> *mut u8 {
        if self.input.len() < length {
            self.input.resize(length, 0);
        }
        self.input.as_mut_ptr()
    }

    /// Looks at a frame of one byte per pixel that was written into [`Camera::input`]; it may be followed by planes of
    /// colour. `scale` is the whole number of pixels to take as one. The answer is
    /// `{"found": [{"text", "gs1", "symbology", "corners"}],
    /// "seen": [{"symbology", "corners", "module", "sharpness", "contrast", "glare"}], "light", "glare"}`.
    pub fn see_luma(&mut self, width: u32, height: u32, scale: u32) -> String {
        let look = |pixels: &[u8]| self.scanner.see_luma_scaled(width, height, pixels, scale);
        json(&taken(&self.input, width, height, 1).map_or_else(Look::default, look))
    }

    /// The same for four bytes per pixel: red first, or blue first if `swapped`.
    pub fn see_rgba(&mut self, width: u32, height: u32, scale: u32, swapped: bool) -> String {
        if swapped {
            self.input.chunks_exact_mut(4).for_each(|pixel| pixel.swap(0, 2));
        }
        let look = |pixels: &[u8]| self.scanner.see_rgba_scaled(width, height, pixels, scale);
        json(&taken(&self.input, width, height, 4).map_or_else(Look::default, look))
    }

    /// Forgets the earlier frames.
    pub fn reset(&mut self) {
        self.scanner.reset();
    }
}

/// The bytes of a frame at the beginning of a buffer that may be larger.
fn taken(input: &[u8], width: u32, height: u32, depth: usize) -> Option<&[u8]> {
    let length = usize::try_from(width).ok()?.checked_mul(usize::try_from(height).ok()?)?.checked_mul(depth)?;
    input.get(..length)
}

fn json(answer: &impl Serialize) -> String {
    serde_json::to_string(answer).unwrap_or_else(|_| r#"{"found":[]}"#.to_owned())
}

fn word(error: &crate::ImageError) -> &'static str {
    match error {
        crate::ImageError::UnknownFormat => "unknown_format",
        crate::ImageError::TooLarge => "too_large",
        crate::ImageError::Damaged(_) => "damaged",
    }
}
