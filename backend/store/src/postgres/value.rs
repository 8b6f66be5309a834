//! Values on their way to PostgreSQL and back.

use crate::StoreError;
use crate::db::{Row, Value};
use postgres::types::private::BytesMut;
use postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use std::error::Error;

type Cause = Box<dyn Error + Sync + Send>;

impl ToSql for Value<'_> {
    fn to_sql(&self, of: &Type, out: &mut BytesMut) -> Result<IsNull, Cause> {
        match (*self, of) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Int(value), &Type::INT8) => value.to_sql(of, out),
            (Value::Int(value), &Type::INT4) => i32::try_from(value)?.to_sql(of, out),
            (Value::Int(value), &Type::INT2) => i16::try_from(value)?.to_sql(of, out),
            (Value::Text(value), &Type::TEXT | &Type::VARCHAR | &Type::NAME) => value.to_sql(of, out),
            (Value::Bytes(value), &Type::BYTEA) => value.to_sql(of, out),
            _ => Err(format!("a parameter of type {of} is given something else").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        // What fits is known with the value.
        true
    }

    to_sql_checked!();
}

/// An integer of any width.
struct Int(i64);

impl<'a> FromSql<'a> for Int {
    fn from_sql(of: &Type, raw: &'a [u8]) -> Result<Self, Cause> {
        Ok(Self(match *of {
            Type::INT4 => i32::from_sql(of, raw)?.into(),
            Type::INT2 => i16::from_sql(of, raw)?.into(),
            _ => i64::from_sql(of, raw)?,
        }))
    }

    fn accepts(of: &Type) -> bool {
        matches!(*of, Type::INT8 | Type::INT4 | Type::INT2)
    }
}

impl Row for postgres::Row {
    fn opt_int(&self, column: usize) -> Result<Option<i64>, StoreError> {
        Ok(self.try_get::<_, Option<Int>>(column).map_err(|_| unfit(column))?.map(|int| int.0))
    }

    fn str(&self, column: usize) -> Result<Option<&str>, StoreError> {
        self.try_get(column).map_err(|_| unfit(column))
    }

    fn slice(&self, column: usize) -> Result<Option<&[u8]>, StoreError> {
        self.try_get(column).map_err(|_| unfit(column))
    }
}

fn unfit(column: usize) -> StoreError {
    StoreError::corrupt(format!("the type of column {column} of a row"))
}
