//! Which blocks there are. Their bytes go through [`Session::blocks`] and [`Session::put_blocks`].

use super::convert::small;
use crate::StoreError;
use crate::db::{Session, Value, all};
use shared::series::SeriesId;

/// Numbers of the blocks of a series that have a row, in order.
pub(crate) fn numbers(session: &mut dyn Session, part: i64, series: SeriesId) -> Result<Vec<u32>, StoreError> {
    let sql = "SELECT block FROM block WHERE part = $1 AND series = $2 ORDER BY block";
    all(session, sql, &[Value::Int(part), Value::Int(i64::from(series.0))], |row| small(row, 0))
}
