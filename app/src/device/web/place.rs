//! Where the phone is: the Geolocation API. Called only after the reporter has agreed in the form; the browser then asks
//! once more by itself.

use super::PlaceError;
use js_sys::Promise;
use shared::report::Place;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Position, PositionError, PositionOptions};

const PATIENCE_MS: u32 = 15_000;

/// Asks for the place.
pub(crate) async fn ask() -> Result<Place, PlaceError> {
    let geolocation =
        super::window().and_then(|window| Ok(window.navigator().geolocation()?)).map_err(|_| PlaceError::Unknown)?;
    let options = PositionOptions::new();
    options.set_enable_high_accuracy(true);
    options.set_timeout(PATIENCE_MS);
    let mut on = |resolve: js_sys::Function, reject: js_sys::Function| {
        // If the call itself fails, the promise would stay open: reject it.
        if let Err(error) =
            geolocation.get_current_position_with_error_callback_and_options(&resolve, Some(&reject), &options)
        {
            let _ = reject.call1(&wasm_bindgen::JsValue::NULL, &error);
        }
    };
    match JsFuture::from(Promise::new(&mut on)).await {
        Ok(position) => {
            let coords = position.unchecked_into::<Position>().coords();
            Ok(Place { latitude: coords.latitude(), longitude: coords.longitude(), accuracy_m: coords.accuracy() })
        }
        Err(error) => match error.dyn_into::<PositionError>() {
            Ok(error) if error.code() == PositionError::PERMISSION_DENIED => Err(PlaceError::Denied),
            _ => Err(PlaceError::Unknown),
        },
    }
}
