//! What a reading worker says, as the app knows it. It is taken as the objects that they are: numbers are never text.

use super::{PictureError, property};
use crate::device::scanning::{Found, Look, Quad, Seen, Symbology};
use js_sys::Array;
use wasm_bindgen::JsValue;

/// What a picture shows; whatever is not as it should be is left out.
pub(super) fn look(said: &JsValue) -> Look {
    let list = |name| property(said, name).map(|list| Array::from(&list)).unwrap_or_default();
    Look {
        found: list("found").iter().filter_map(|one| found(&one)).collect(),
        seen: list("seen").iter().filter_map(|one| seen(&one)).collect(),
        light: number(said, "light"),
        glare: number(said, "glare").unwrap_or_default(),
    }
}

/// What a picture file shows, or why it was not looked at.
pub(super) fn file(said: &JsValue) -> Result<Look, PictureError> {
    match property(said, "error").and_then(|error| error.as_string()).as_deref() {
        None => Ok(look(said)),
        Some("unknown_format") => Err(PictureError::UnknownFormat),
        Some("too_large") => Err(PictureError::TooLarge),
        Some("damaged") => Err(PictureError::Damaged),
        // It stopped, and starts again with the next picture.
        Some(_) => Err(PictureError::NoScanner),
    }
}

fn found(one: &JsValue) -> Option<Found> {
    Some(Found {
        text: property(one, "text")?.as_string()?,
        gs1: property(one, "gs1")?.is_truthy(),
        symbology: symbology(one)?,
        corners: corners(one)?,
    })
}

fn seen(one: &JsValue) -> Option<Seen> {
    Some(Seen {
        symbology: symbology(one)?,
        corners: corners(one)?,
        module: number(one, "module")?,
        sharpness: number(one, "sharpness")?,
        contrast: number(one, "contrast")?,
        glare: number(one, "glare")?,
    })
}

fn symbology(one: &JsValue) -> Option<Symbology> {
    Some(match property(one, "symbology")?.as_string()?.as_str() {
        "data_matrix" => Symbology::DataMatrix,
        "qr" => Symbology::Qr,
        _ => Symbology::Bars,
    })
}

fn number(of: &JsValue, name: &str) -> Option<f32> {
    // A place on a picture, a level, a share: all are small.
    property(of, name)?.as_f64().map(|number| number as f32)
}

fn corners(one: &JsValue) -> Option<Quad> {
    let all = Array::from(&property(one, "corners")?);
    let mut quad = Quad::default();
    for (corner, at) in quad.iter_mut().zip(all.iter()) {
        let point = Array::from(&at);
        *corner = (point.get(0).as_f64()? as f32, point.get(1).as_f64()? as f32);
    }
    (all.length() == 4).then_some(quad)
}
