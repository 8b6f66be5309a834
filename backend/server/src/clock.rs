//! The one place where the backend's program reads the clock.

use std::time::SystemTime;

use shared::date::Timestamp;

/// Now.
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Now, in whole seconds since 1970-01-01 UTC.
pub(crate) fn now_seconds() -> i64 {
    now().0.div_euclid(1000)
}
