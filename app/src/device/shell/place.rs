//! Where the phone is: the page's Geolocation API. Called only after the reporter has agreed in the form; the system then
//! asks once more by itself.

use super::{PlaceError, ask as ask_page};
use serde::Deserialize;
use shared::report::Place;

const PATIENCE_MS: u32 = 15_000;

/// What the page says.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    At { latitude: f64, longitude: f64, accuracy: f64 },
    Denied,
    Unknown,
}

/// Asks for the place.
pub(crate) async fn ask() -> Result<Place, PlaceError> {
    let body = "const options = { enableHighAccuracy: true, timeout: given };
        try {
          const { coords } = await new Promise((done, failed) => navigator.geolocation.getCurrentPosition(done, failed, options));
          return { at: { latitude: coords.latitude, longitude: coords.longitude, accuracy: coords.accuracy } };
        } catch (error) {
          return error.code === 1 ? 'denied' : 'unknown';
        }";
    match ask_page(body, &PATIENCE_MS).await {
        Ok(Answer::At { latitude, longitude, accuracy }) => Ok(Place { latitude, longitude, accuracy_m: accuracy }),
        Ok(Answer::Denied) => Err(PlaceError::Denied),
        Ok(Answer::Unknown) | Err(_) => Err(PlaceError::Unknown),
    }
}
