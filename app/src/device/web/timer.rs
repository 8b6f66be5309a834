//! Waiting.

use wasm_bindgen_futures::JsFuture;

/// Waits.
pub(crate) async fn sleep(millis: u32) {
    let wait = js_sys::Promise::new(&mut |done, _| {
        let millis = i32::try_from(millis).unwrap_or(i32::MAX);
        if let Ok(window) = super::window() {
            // If the timer cannot be set, the promise stays open and nothing is done too early.
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&done, millis);
        }
    });
    // It resolves or stays open; it is never rejected.
    let _ = JsFuture::from(wait).await;
}
