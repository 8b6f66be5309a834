//! Photos drawn anew: what comes out has the pixels and nothing else of the file, no place, time or name of the phone.

use super::{PhotoError, Unavailable};
use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap};

/// Longest sides in pixels and qualities to try, from the best.
const TRIES: [(f64, f64); 5] = [(1920.0, 0.85), (1600.0, 0.8), (1280.0, 0.75), (1024.0, 0.65), (800.0, 0.5)];

/// A JPEG of at most `limit` bytes with the pixels of a picture file.
pub(crate) async fn to_jpeg(file: &[u8], limit: usize) -> Result<Vec<u8>, PhotoError> {
    let bitmap = decode(file).await.map_err(|_| PhotoError::Unreadable)?;
    for (side, quality) in TRIES {
        let jpeg = encode(&bitmap, side, quality).await.map_err(|_| PhotoError::Unreadable)?;
        if jpeg.len() <= limit {
            bitmap.close();
            return Ok(jpeg);
        }
    }
    bitmap.close();
    Err(PhotoError::TooLarge)
}

async fn decode(file: &[u8]) -> Result<ImageBitmap, Unavailable> {
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(file)))?;
    let bitmap = JsFuture::from(super::window()?.create_image_bitmap_with_blob(&blob)?).await?;
    Ok(bitmap.unchecked_into())
}

async fn encode(bitmap: &ImageBitmap, side: f64, quality: f64) -> Result<Vec<u8>, Unavailable> {
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let scale = (side / width.max(height)).min(1.0);
    let (width, height) = ((width * scale).round().max(1.0), (height * scale).round().max(1.0));
    let canvas: HtmlCanvasElement = super::document()?.create_element("canvas")?.unchecked_into();
    // Both are between 1 and the longest side.
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(Unavailable)?.unchecked_into();
    // JPEG has no transparency; without this, transparent pictures turn black.
    context.set_fill_style_str("#ffffff");
    context.fill_rect(0.0, 0.0, width, height);
    context.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, width, height)?;
    let mut on = |resolve: js_sys::Function, reject: js_sys::Function| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            // Calling a promise's own function does not throw.
            let _ = resolve.call1(&JsValue::NULL, &blob);
        });
        let quality = JsValue::from_f64(quality);
        if canvas.to_blob_with_type_and_encoder_options(done.unchecked_ref(), "image/jpeg", &quality).is_err() {
            let _ = reject.call0(&JsValue::NULL);
        }
    };
    let blob: Blob = JsFuture::from(Promise::new(&mut on)).await?.dyn_into()?;
    let buffer = JsFuture::from(blob.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
