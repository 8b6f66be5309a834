//! Steps of a long command: announced when they start, listed with their times when all is done.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// The steps taken so far.
pub(crate) struct Steps {
    start: Instant,
    taken: Vec<Step>,
    closing: Option<String>,
}

struct Step {
    name: String,
    took: Duration,
    failure: Option<String>,
}

impl Steps {
    /// No step taken yet.
    pub(crate) fn new() -> Self {
        Self { start: Instant::now(), taken: Vec::new(), closing: None }
    }

    /// Takes a step; a failure is remembered, told at once, and does not stop the next step.
    pub(crate) fn take(&mut self, name: &str, step: impl FnOnce() -> Result<()>) -> bool {
        println!("── {name}");
        let start = Instant::now();
        let failure = step().err().map(|error| format!("{error:#}"));
        if let Some(failure) = &failure {
            eprintln!("✗ {name}: {failure}");
        }
        let passed = failure.is_none();
        self.taken.push(Step { name: name.to_owned(), took: start.elapsed(), failure });
        passed
    }

    /// Takes a step on which the rest depends.
    pub(crate) fn must(&mut self, name: &str, step: impl FnOnce() -> Result<()>) -> Result<()> {
        if self.take(name, step) {
            return Ok(());
        }
        self.print();
        bail!("{name} failed, and the rest depends on it")
    }

    /// Prints this line when all is done, after everything else.
    pub(crate) fn close_with(&mut self, line: &str) {
        self.closing = Some(line.to_owned());
    }

    fn print(&self) {
        println!("\n{}", self.table());
    }

    fn table(&self) -> String {
        let width = self.taken.iter().map(|step| step.name.chars().count()).max().unwrap_or(0);
        let mut lines = Vec::new();
        for step in &self.taken {
            let mark = if step.failure.is_some() { "✗" } else { "✓" };
            let pad = " ".repeat(width - step.name.chars().count());
            lines.push(format!("{mark} {}{pad}  {:>8}", step.name, seconds(step.took)));
        }
        lines.join("\n")
    }

    /// Prints the table and the totals; an error if any step failed.
    pub(crate) fn finish(self) -> Result<()> {
        self.print();
        let failed: Vec<&Step> = self.taken.iter().filter(|step| step.failure.is_some()).collect();
        for step in &failed {
            if let Some(failure) = &step.failure {
                let first = failure.lines().next().unwrap_or_default();
                eprintln!("✗ {}: {first}", step.name);
            }
        }
        println!(
            "{} steps in {}: {} passed, {} failed",
            self.taken.len(),
            seconds(self.start.elapsed()),
            self.taken.len() - failed.len(),
            failed.len()
        );
        if let Some(line) = &self.closing {
            println!("{line}");
        }
        if failed.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = failed.iter().map(|step| step.name.as_str()).collect();
        bail!("failed: {}", names.join(", "))
    }
}

/// A time a person reads at a glance.
pub(crate) fn seconds(took: Duration) -> String {
    let whole = took.as_secs();
    if whole >= 60 { format!("{} min {:02} s", whole / 60, whole % 60) } else { format!("{:.1} s", took.as_secs_f64()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failure_fails_the_whole_and_names_itself() {
        let mut steps = Steps::new();
        assert!(steps.take("first", || Ok(())));
        assert!(!steps.take("second", || bail!("no")));
        assert!(steps.take("third", || Ok(())));
        let error = steps.finish().unwrap_err();
        assert_eq!(error.to_string(), "failed: second");
    }

    #[test]
    fn times_are_short() {
        assert_eq!(seconds(Duration::from_millis(1234)), "1.2 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 05 s");
    }
}
