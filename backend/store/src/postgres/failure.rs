//! What PostgreSQL says, as errors of the store.

use crate::StoreError;
use postgres::Error;
use std::error::Error as _;

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        match error.code().map(postgres::error::SqlState::code) {
            Some(code) => meaning(code)(error),
            // Without a code, it is not the server that speaks.
            None if error.is_closed() || error.source().is_some_and(|cause| cause.is::<std::io::Error>()) => {
                Self::Unreachable(error.into())
            }
            None => Self::Database(error.into()),
        }
    }
}

/// The meaning of a code (PostgreSQL, appendix A).
fn meaning(code: &str) -> fn(Error) -> StoreError {
    match code {
        // Unique violation, serialisation failure, deadlock, lock not available in time.
        "23505" | "40001" | "40P01" | "55P03" => |_| StoreError::Conflict,
        "53100" => |_| StoreError::DiskFull,
        // Data corrupted, index corrupted.
        "XX001" | "XX002" => |_| StoreError::corrupt("a page"),
        "58030" | "58P01" => |error| StoreError::Io(error.into()),
        // Too many connections, out of memory, shutting down, starting up, a server that only reads.
        "53200" | "53300" | "57P01" | "57P02" | "57P03" | "57P05" | "25006" | "25P03" => {
            |error| StoreError::Unreachable(error.into())
        }
        code if code.starts_with("08") => |error| StoreError::Unreachable(error.into()),
        _ => |error| StoreError::Database(error.into()),
    }
}
