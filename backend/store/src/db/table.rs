//! A table, described so that each driver can write many of its rows its own way, and so that a row that has changed in
//! the store is found when it is read.

use super::{Row, Session, Value};
use crate::StoreError;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An integer.
    Int,
    /// A text.
    Text,
    /// Bytes.
    Bytes,
}

impl Kind {
    /// The value of a column of this kind.
    pub(crate) fn value(self, row: &dyn Row, at: usize) -> Result<Value<'_>, StoreError> {
        Ok(match self {
            Self::Int => row.opt_int(at)?.into(),
            Self::Text => row.str(at)?.into(),
            Self::Bytes => row.slice(at)?.into(),
        })
    }
}

/// A column: name and what it holds.
pub(crate) type Column = (&'static str, Kind);

/// A column that holds an integer.
pub(crate) const fn integer(name: &'static str) -> Column {
    (name, Kind::Int)
}

/// A column that holds a text.
pub(crate) const fn text(name: &'static str) -> Column {
    (name, Kind::Text)
}

/// A column that holds bytes.
pub(crate) const fn bytes(name: &'static str) -> Column {
    (name, Kind::Bytes)
}

/// What happens to a row whose key is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnConflict {
    /// [`crate::StoreError::Conflict`].
    Fail,
    /// The row that is there stays.
    Keep(&'static [&'static str]),
    /// Its other columns are overwritten. The rows of one call must not hold a key twice.
    Replace(&'static [&'static str]),
}

/// Checksums beside the columns of a row (docs/internals/ledger.md, section 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sums {
    /// None: the bytes carry their own, or the key says all.
    None,
    /// One, in column `sum`.
    Row,
    /// One, in column `sum`, and another in this column for that column which is too large to be read with each row.
    RowAndLarge(&'static str, &'static str),
}

/// A table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its columns, in the order of the values.
    pub(crate) columns: &'static [Column],
    /// What happens to a row whose key is there.
    pub(crate) conflict: OnConflict,
    /// Its checksums.
    pub(crate) sums: Sums,
}

impl Table {
    /// Columns written: those of the values, and the checksums.
    pub(crate) fn written(&self) -> impl Iterator<Item = Column> + Clone {
        self.columns.iter().copied().chain(self.sum_names().into_iter().flatten().map(integer))
    }

    /// `INSERT INTO … (…)`.
    pub(crate) fn head(&self) -> String {
        let names: Vec<&str> = self.written().map(|(name, _)| name).collect();
        format!("INSERT INTO {} ({})", self.name, names.join(", "))
    }

    /// ` ON CONFLICT …`, or nothing.
    pub(crate) fn tail(&self) -> String {
        match self.conflict {
            OnConflict::Fail => String::new(),
            OnConflict::Keep(key) => format!(" ON CONFLICT ({}) DO NOTHING", key.join(", ")),
            OnConflict::Replace(key) => {
                let names = self.written().map(|(name, _)| name).filter(|name| !key.contains(name));
                let set: Vec<String> = names.map(|name| format!("{name} = excluded.{name}")).collect();
                format!(" ON CONFLICT ({}) DO UPDATE SET {}", key.join(", "), set.join(", "))
            }
        }
    }

    /// Names of the columns of checksums: of the row, and of what is large in it.
    pub(crate) fn sum_names(&self) -> [Option<&'static str>; 2] {
        match self.sums {
            Sums::None => [None, None],
            Sums::Row => [Some("sum"), None],
            Sums::RowAndLarge(_, sum) => [Some("sum"), Some(sum)],
        }
    }

    /// Checksums of a row whose values are in the order of the columns.
    pub(crate) fn sums_of(&self, values: &[Value<'_>]) -> [Option<i64>; 2] {
        if self.sums == Sums::None {
            return [None, None];
        }
        let named = self.columns.iter().zip(values).map(|((column, _), value)| (*column, *value));
        let (covered, others): (Vec<_>, Vec<_>) = named.partition(|(column, _)| self.covers(column));
        let large = others.into_iter().find(|(column, _)| self.is_large(column));
        [Some(self.sum(&covered)), large.map(|large| self.sum(&[large]))]
    }

    fn is_large(&self, column: &str) -> bool {
        matches!(self.sums, Sums::RowAndLarge(large, _) if large == column)
    }

    /// Whether the checksum of a row stands for a column. The part follows from the key, and another ledger has others.
    fn covers(&self, column: &str) -> bool {
        column != "part" && !self.is_large(column)
    }

    fn covered(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|(name, _)| self.covers(name))
    }

    /// CRC-32 of the table's name and of names and values of columns.
    fn sum(&self, values: &[(&str, Value<'_>)]) -> i64 {
        let mut crc = crc32fast::Hasher::new();
        let mut text = |bytes: &[u8]| {
            crc.update(&(bytes.len() as u64).to_le_bytes());
            crc.update(bytes);
        };
        text(self.name.as_bytes());
        for (column, value) in values {
            text(column.as_bytes());
            match value {
                Value::Null => text(b"-"),
                Value::Int(value) => text(&value.to_le_bytes()),
                Value::Text(value) => text(value.as_bytes()),
                Value::Bytes(value) => text(value),
            }
        }
        crc.finalize().into()
    }

    /// What to select so that [`Self::check`] can be asked: all columns that the checksum stands for, and it.
    pub(crate) fn list(&self) -> String {
        let names: Vec<String> =
            self.covered().map(|(name, _)| *name).chain(["sum"]).map(|name| format!("{}.{name}", self.name)).collect();
        names.join(", ")
    }

    /// How many columns [`Self::list`] has.
    pub(crate) fn width(&self) -> usize {
        self.covered().count() + 1
    }

    /// Looks at the checksum of a row that has [`Self::list`] from column `at` on.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if it is not that of the row. A row from before there were checksums has none.
    pub(crate) fn check(&self, row: &dyn Row, at: usize) -> Result<(), StoreError> {
        self.values(row, at).map(|_| ())
    }

    /// Values of such a row, checked, by their columns.
    fn values<'a>(&self, row: &'a dyn Row, at: usize) -> Result<Vec<(&'static str, Value<'a>)>, StoreError> {
        let values = (at..)
            .zip(self.covered())
            .map(|(at, (name, kind))| Ok((*name, kind.value(row, at)?)))
            .collect::<Result<Vec<_>, StoreError>>()?;
        match row.opt_int(at + values.len())? {
            Some(sum) if sum != self.sum(&values) => Err(self.damaged(&values)),
            _ => Ok(values),
        }
    }

    /// Looks at the checksum of what is large: its column, and its checksum in the next.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if it is not the one. A row from before there were checksums has none.
    pub(crate) fn check_large(&self, row: &dyn Row, at: usize) -> Result<(), StoreError> {
        let Some((name, kind)) = self.columns.iter().find(|(name, _)| self.is_large(name)) else { return Ok(()) };
        match row.opt_int(at + 1)? {
            Some(sum) if sum != self.sum(&[(name, kind.value(row, at)?)]) => {
                Err(StoreError::corrupt(format!("column {name} of a row of table {}", self.name)))
            }
            _ => Ok(()),
        }
    }

    /// Looks at the checksums of a row whose values are at hand in the order of the columns.
    ///
    /// # Errors
    /// As above.
    pub(crate) fn check_values(&self, values: &[Value<'_>], sums: [Option<i64>; 2]) -> Result<(), StoreError> {
        let fits = |(is, kept): (Option<i64>, Option<i64>)| kept.is_none() || is == kept;
        if self.sums_of(values).into_iter().zip(sums).all(fits) {
            return Ok(());
        }
        let named: Vec<_> = self.columns.iter().map(|(name, _)| *name).zip(values.iter().copied()).collect();
        Err(self.damaged(&named))
    }

    /// Names the row by its first column but the part.
    fn damaged(&self, values: &[(&str, Value<'_>)]) -> StoreError {
        let key = values.iter().find(|(name, _)| *name != "part");
        let key = match key {
            Some((name, Value::Int(value))) => format!(" with {name} {value}"),
            Some((name, Value::Text(value))) => format!(" with {name} {value:?}"),
            _ => String::new(),
        };
        StoreError::corrupt(format!("a row{key} of table {}", self.name))
    }

    /// Changes columns of the row with this key, in a transaction that writes. Gives whether there is one for which
    /// `fits`, which is told the row as it stands.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if the row had changed otherwise.
    pub(crate) fn change(
        &self,
        session: &mut dyn Session,
        (key, is): (&str, Value<'_>),
        set: &[(&'static str, Value<'_>)],
        fits: impl Fn(&dyn Row) -> Result<bool, StoreError>,
    ) -> Result<bool, StoreError> {
        let mut sum = None;
        let select = format!("SELECT {} FROM {} WHERE {key} = $1", self.list(), self.name);
        session.query(&select, &[is], &mut |row| {
            let mut values = self.values(row, 0)?;
            if fits(row)? {
                for (name, value) in &mut values {
                    if let Some((_, new)) = set.iter().find(|(changed, _)| changed == name) {
                        *value = *new;
                    }
                }
                sum = Some(self.sum(&values));
            }
            Ok(())
        })?;
        let Some(sum) = sum else { return Ok(false) };
        let names = set.iter().map(|(name, _)| *name).chain(["sum"]).zip(1..);
        let set_to: Vec<String> = names.map(|(name, at)| format!("{name} = ${at}")).collect();
        let sql = format!("UPDATE {} SET {} WHERE {key} = ${}", self.name, set_to.join(", "), set.len() + 2);
        let values: Vec<Value<'_>> = set.iter().map(|(_, value)| *value).chain([Value::Int(sum), is]).collect();
        Ok(session.execute(&sql, &values)? == 1)
    }
}
