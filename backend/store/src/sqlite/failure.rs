//! What SQLite says, as errors of the store.

use crate::StoreError;
use rusqlite::{Error, ErrorCode, ffi};

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        match &error {
            Error::SqliteFailure(failure, _) | Error::SqlInputError { error: failure, .. } => {
                classify(*failure).unwrap_or_else(|| Self::Database(error.into()))
            }
            Error::FromSqlConversionFailure(..) | Error::InvalidColumnType(..) | Error::IntegralValueOutOfRange(..) => {
                Self::corrupt("a value")
            }
            _ => Self::Database(error.into()),
        }
    }
}

/// The meaning of SQLite's codes (sqlite.org/rescode.html).
fn classify(failure: ffi::Error) -> Option<StoreError> {
    let cause = || failure.into();
    Some(match (failure.code, failure.extended_code) {
        // A page that is not there, or not as the file system's own checksum says.
        (_, ffi::SQLITE_IOERR_SHORT_READ | ffi::SQLITE_IOERR_DATA | ffi::SQLITE_IOERR_CORRUPTFS) => {
            StoreError::corrupt("a page")
        }
        // The index of the log is grown by writing to it, which fails for want of room alone.
        (ErrorCode::DiskFull, _) | (_, ffi::SQLITE_IOERR_SHMSIZE) => StoreError::DiskFull,
        (ErrorCode::DatabaseCorrupt, _) => StoreError::corrupt("a page"),
        (ErrorCode::NotADatabase, _) => StoreError::corrupt("the header"),
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => StoreError::Conflict,
        (_, ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID) => {
            StoreError::Conflict
        }
        (
            ErrorCode::SystemIoFailure
            | ErrorCode::CannotOpen
            | ErrorCode::ReadOnly
            | ErrorCode::PermissionDenied
            | ErrorCode::FileLockingProtocolFailed,
            _,
        ) => StoreError::Io(cause()),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_their_meaning() {
        let said = |code| StoreError::from(Error::SqliteFailure(ffi::Error::new(code), None));
        for (code, meaning) in [
            (ffi::SQLITE_CORRUPT, "Damaged"),
            (ffi::SQLITE_CORRUPT_INDEX, "Damaged"),
            (ffi::SQLITE_NOTADB, "Damaged"),
            (ffi::SQLITE_IOERR_SHORT_READ, "Damaged"),
            (ffi::SQLITE_FULL, "DiskFull"),
            (ffi::SQLITE_IOERR_SHMSIZE, "DiskFull"),
            (ffi::SQLITE_IOERR_FSYNC, "Io"),
            (ffi::SQLITE_IOERR_READ, "Io"),
            (ffi::SQLITE_CANTOPEN, "Io"),
            (ffi::SQLITE_READONLY, "Io"),
            (ffi::SQLITE_BUSY, "Conflict"),
            (ffi::SQLITE_BUSY_SNAPSHOT, "Conflict"),
            (ffi::SQLITE_CONSTRAINT_PRIMARYKEY, "Conflict"),
            (ffi::SQLITE_CONSTRAINT_UNIQUE, "Conflict"),
            (ffi::SQLITE_CONSTRAINT_ROWID, "Conflict"),
            (ffi::SQLITE_CONSTRAINT_NOTNULL, "Database"),
            (ffi::SQLITE_ERROR, "Database"),
            (ffi::SQLITE_NOMEM, "Database"),
        ] {
            let error = format!("{:?}", said(code));
            assert!(error.starts_with(meaning), "{code}: {error} is not {meaning}");
        }
    }
}
