//! Which blocks there are. Their bytes go through [`Session::blocks`] and [`Session::put_blocks`].

use crate::StoreError;
use crate::coding::block::BlockKey;
use crate::db::{Session, Value, all};
use shared::series::SeriesId;

/// Numbers of the blocks of a series that have a row, in order.
pub(crate) fn numbers(session: &mut dyn Session, part: i64, series: SeriesId) -> Result<Vec<u32>, StoreError> {
    let sql = "SELECT place FROM block WHERE part = $1 AND place >= $2 AND place < $3 ORDER BY place";
    let first = BlockKey { series, block: 0 }.place();
    let end = first + BlockKey::MOST;
    all(session, sql, &[Value::Int(part), Value::Int(first), Value::Int(end)], |row| {
        let key = BlockKey::at_place(row.int(0)?).ok_or_else(|| StoreError::corrupt("the key of a block"))?;
        Ok(key.block)
    })
}
