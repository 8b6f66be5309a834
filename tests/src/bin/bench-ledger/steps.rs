//! Steps of a measurement that takes hours. What each gave is kept beside the ledger, so that a run that was cut off goes on
//! where it was.

use crate::measure::progress;
use ::tests::row::Row;
use anyhow::{Context as _, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// The steps of one ledger.
pub(crate) struct Steps {
    folder: PathBuf,
    rows: Vec<Value>,
}

impl Steps {
    pub(crate) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), rows: Vec::new() }
    }

    /// The rows of all steps.
    pub(crate) fn into_rows(self) -> Vec<Value> {
        self.rows
    }

    /// Whether a step was done.
    pub(crate) fn is_done(&self, name: &str) -> bool {
        self.file(name).exists()
    }

    /// What a step gives, or gave in an earlier run.
    pub(crate) fn once<T: Serialize + DeserializeOwned>(
        &self,
        name: &str,
        work: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        let file = self.file(name);
        if file.exists() {
            progress(&format!("{name}: done before"));
            let text = fs::read_to_string(&file)?;
            return serde_json::from_str(&text).with_context(|| format!("{} is of another program", file.display()));
        }
        let given = work()?;
        // Whole or not at all.
        let unfinished = file.with_extension("new");
        fs::write(&unfinished, serde_json::to_vec(&given)?)?;
        fs::rename(unfinished, file)?;
        Ok(given)
    }

    /// Adds the rows of a step that can be done again.
    pub(crate) fn rows(&mut self, name: &str, work: impl FnOnce() -> Result<Vec<Row>>) -> Result<()> {
        let rows = self.once(name, || Ok(work()?.iter().map(Row::to_json).collect::<Vec<_>>()))?;
        self.rows.extend(rows);
        Ok(())
    }

    /// The same of a step that uses up what it does it to: if it was cut off, its figures are lost and those that follow
    /// are not.
    pub(crate) fn changes(&mut self, name: &str, work: impl FnOnce() -> Result<Vec<Row>>) -> Result<()> {
        let begun = self.folder.join(name).with_extension("begun");
        if begun.exists() && !self.is_done(name) {
            self.rows.push(Row::new(format!("{name}: cut off, not measured"), 0.0, "").to_json());
            return Ok(());
        }
        fs::write(begun, "")?;
        self.rows(name, work)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name).with_extension("json")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::tests::place::Folder;
    use anyhow::bail;

    fn names(steps: Steps) -> Vec<String> {
        steps.into_rows().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn what_was_done_is_not_done_again() {
        let folder = Folder::new("steps");
        let mut first = Steps::new(folder.path());
        first.rows("reading", || Ok(vec![Row::new("look-ups", 1.0, "s")])).unwrap();
        assert!(first.changes("sales", || bail!("cut off")).is_err());
        assert!(first.rows("audit", || bail!("cut off")).is_err());
        let mut second = Steps::new(folder.path());
        second.rows("reading", || bail!("done twice")).unwrap();
        second.changes("sales", || bail!("sold twice")).unwrap();
        second.rows("audit", || Ok(vec![Row::new("audit", 2.0, "s")])).unwrap();
        assert_eq!(names(second), ["look-ups", "sales: cut off, not measured", "audit"]);
    }
}
