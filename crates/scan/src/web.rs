//! What a web worker calls (see `web/worker.js`).

use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Effort, Found};

/// The answer to the worker, as JSON.
#[derive(Serialize)]
struct Answer {
    found: Vec<Found>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
}

impl Answer {
    fn json(self) -> String {
        serde_json::to_string(&self).unwrap_or_else(|_| r#"{"found":[]}"#.to_owned())
    }
}

/// Reads a camera frame of RGBA bytes: `{"found": [{"text", "gs1", "symbology", "corners"}]}`.
#[wasm_bindgen]
pub fn read_rgba(width: u32, height: u32, pixels: &[u8]) -> String {
    let found = crate::read_rgba_with(width, height, pixels, Effort::Frame);
    Answer { found, error: None }.json()
}

/// The same for the pixels of a still picture, with more effort.
#[wasm_bindgen]
pub fn read_picture(width: u32, height: u32, pixels: &[u8]) -> String {
    let found = crate::read_rgba_with(width, height, pixels, Effort::Picture);
    Answer { found, error: None }.json()
}

/// Reads the bytes of a JPEG, PNG or WebP file; `error` is one of `unknown_format`, `too_large`, `damaged`.
#[wasm_bindgen]
pub fn read_image(bytes: &[u8]) -> String {
    match crate::read_image(bytes) {
        Ok(found) => Answer { found, error: None },
        Err(error) => Answer { found: Vec::new(), error: Some(word(&error)) },
    }
    .json()
}

fn word(error: &crate::ImageError) -> &'static str {
    match error {
        crate::ImageError::UnknownFormat => "unknown_format",
        crate::ImageError::TooLarge => "too_large",
        crate::ImageError::Damaged(_) => "damaged",
    }
}
