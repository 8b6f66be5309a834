//! Waiting.

use std::time::Duration;

/// Waits.
pub(crate) async fn sleep(millis: u32) {
    tokio::time::sleep(Duration::from_millis(millis.into())).await;
}
