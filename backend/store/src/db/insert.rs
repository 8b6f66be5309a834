//! Many rows of a table at once, described so that each driver can write them its own way.

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

/// A column: name and what it holds.
pub(crate) type Column = (&'static str, Kind);

/// What happens to a row whose key is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OnConflict {
    /// [`crate::StoreError::Conflict`].
    Fail,
    /// Its other columns are overwritten. The rows of one call must not hold a key twice.
    Replace(&'static [&'static str]),
}

/// Rows of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Insert {
    /// The table.
    pub(crate) table: &'static str,
    /// Its columns, in the order of the values.
    pub(crate) columns: &'static [Column],
    /// What happens to a row whose key is there.
    pub(crate) conflict: OnConflict,
}

impl Insert {
    /// `INSERT INTO … (…)`.
    pub(crate) fn head(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        format!("INSERT INTO {} ({})", self.table, names.join(", "))
    }

    /// ` ON CONFLICT …`, or nothing.
    pub(crate) fn tail(&self) -> String {
        match self.conflict {
            OnConflict::Fail => String::new(),
            OnConflict::Replace(key) => {
                let names = self.columns.iter().map(|(name, _)| *name).filter(|name| !key.contains(name));
                let set: Vec<String> = names.map(|name| format!("{name} = excluded.{name}")).collect();
                format!(" ON CONFLICT ({}) DO UPDATE SET {}", key.join(", "), set.join(", "))
            }
        }
    }
}
