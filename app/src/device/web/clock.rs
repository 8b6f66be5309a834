//! The wall clock.

use shared::date::Timestamp;

/// Now.
pub(crate) fn now() -> Timestamp {
    // Whole milliseconds, far below 2⁵³.
    Timestamp(js_sys::Date::now() as i64)
}
