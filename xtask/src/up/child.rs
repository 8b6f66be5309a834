//! A process of ours, in a group of its own, so that it can be ended with everything it started.

use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::process::{end_group, tail, words};
use crate::repo::Repo;

/// How long a process may take to end before it is killed.
const PATIENCE: Duration = Duration::from_secs(25);

/// A running process.
pub(super) struct Child {
    name: &'static str,
    process: std::process::Child,
    log: PathBuf,
}

impl Child {
    /// Starts it, with everything it says going to a log.
    pub(super) fn spawn(name: &'static str, program: &mut Command, log: PathBuf) -> Result<Self> {
        if let Some(folder) = log.parent() {
            fs::create_dir_all(folder)?;
        }
        let file = File::create(&log).with_context(|| format!("could not write {}", log.display()))?;
        println!("  $ {} &", words(program));
        let process = program
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()
            .with_context(|| format!("could not start `{}`", words(program)))?;
        Ok(Self { name, process, log })
    }

    /// Its id, which is its group's too.
    pub(super) fn id(&self) -> u32 {
        self.process.id()
    }

    /// An error if it has ended.
    pub(super) fn check(&mut self) -> Result<()> {
        if let Some(status) = self.process.try_wait()? {
            bail!("{} has ended with {status}\n{}", self.name, self.last_words());
        }
        Ok(())
    }

    /// The end of its log.
    pub(super) fn last_words(&self) -> String {
        match File::open(&self.log) {
            Ok(file) => format!("{}:\n{}", self.log.display(), tail(file, 30)),
            Err(_) => String::new(),
        }
    }

    /// Ends it.
    pub(super) fn end(&mut self) {
        if let Err(error) = end_group(&mut self.process, PATIENCE) {
            eprintln!("could not end {}: {error:#}", self.name);
        }
    }
}

/// Whether a process, known by its id from an earlier time, was started from this checkout. Ids are reused, and
/// nothing of somebody else's may be ended.
pub(super) fn is_ours(repo: &Repo, id: u32) -> bool {
    let Ok(line) = fs::read(format!("/proc/{id}/cmdline")) else {
        return false;
    };
    let root = repo.root().to_string_lossy();
    String::from_utf8_lossy(&line).contains(root.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_ends_is_noticed_with_what_it_said() {
        let log = std::env::temp_dir().join(format!("xtask-child-{}.log", std::process::id()));
        let mut child =
            Child::spawn("example", crate::process::command("sh").args(["-c", "echo last words; exit 1"]), log.clone())
                .unwrap();
        child.process.wait().unwrap();
        let error = child.check().unwrap_err().to_string();
        assert!(error.contains("last words"), "{error}");
        fs::remove_file(log).unwrap();
    }

    #[test]
    fn a_process_that_runs_is_ended() {
        let log = std::env::temp_dir().join(format!("xtask-child-run-{}.log", std::process::id()));
        let mut child = Child::spawn("example", crate::process::command("sleep").arg("60"), log.clone()).unwrap();
        child.check().unwrap();
        child.end();
        assert!(child.check().is_err());
        fs::remove_file(log).unwrap();
    }

    #[test]
    fn a_process_of_another_is_not_ours() {
        let repo = Repo::here().unwrap();
        assert!(!is_ours(&repo, 1));
    }
}
