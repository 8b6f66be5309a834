//! `tidy`: the rules of the tree, each a function that fails on a small example in its tests.

mod docs;
mod edges;
mod externals;
mod locales;
mod marks;
mod modules;
mod places;
mod purity;
mod sizes;
mod source;
mod tree;

use std::fmt;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::repo::Repo;
use crate::steps::seconds;
use tree::Tree;

/// Something that breaks a rule, or soon will.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    rule: &'static str,
    place: String,
    what: String,
    only_warns: bool,
}

impl Finding {
    fn new(rule: &'static str, place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { rule, place: place.into(), what: what.into(), only_warns: false }
    }

    fn warning(rule: &'static str, place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { only_warns: true, ..Self::new(rule, place, what) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.only_warns { "warning" } else { "error" };
        write!(f, "{mark}[{}] {}: {}", self.rule, self.place, self.what)
    }
}

/// Checks every rule; warnings do not fail.
pub(crate) fn run(repo: &Repo) -> Result<()> {
    let start = Instant::now();
    let tree = Tree::read(repo)?;
    let packages = edges::packages(repo)?;
    let mut findings = Vec::new();
    findings.extend(edges::check(&packages));
    findings.extend(externals::check(&packages));
    findings.extend(locales::check(&tree));
    findings.extend(modules::check(&tree));
    for file in tree.files() {
        findings.extend(sizes::check(file));
        findings.extend(docs::check(file));
        findings.extend(marks::check(file));
        findings.extend(places::check(file));
        findings.extend(purity::check(file));
    }
    for finding in &findings {
        println!("{finding}");
    }
    let errors = findings.iter().filter(|finding| !finding.only_warns).count();
    println!(
        "tidy: {} files, {errors} errors, {} warnings ({})",
        tree.files().len(),
        findings.len() - errors,
        seconds(start.elapsed())
    );
    if errors > 0 {
        bail!("the tree is not tidy");
    }
    Ok(())
}
