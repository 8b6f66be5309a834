//! Tests that cargo builds.
//!
//! All are built in one go, and run from the list that cargo gives: choosing packages on cargo's command line would
//! give libraries other features and compile them again.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::counts::Counts;
use super::with_places;
use crate::process::{cargo, command, words};
use crate::repo::Repo;

/// A program full of tests.
pub(super) struct Program {
    package: String,
    target: String,
    file: PathBuf,
    folder: PathBuf,
}

/// Builds all of them.
pub(super) fn build(repo: &Repo) -> Result<Vec<Program>> {
    let mut build = cargo();
    build
        .current_dir(repo.root())
        .args(["test", "--workspace", "--no-run"])
        .arg("--message-format=json-render-diagnostics")
        .stdout(Stdio::piped());
    println!("  $ {}", words(&build));
    let mut child = build.spawn().context("could not start cargo")?;
    let stdout = child.stdout.take().context("cargo has an output")?;
    let mut programs = Vec::new();
    for line in BufReader::new(stdout).lines() {
        programs.extend(program(&line?));
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("the tests do not build ({status})");
    }
    Ok(programs)
}

/// The program that a message of cargo announces, if it is one with tests.
fn program(message: &str) -> Option<Program> {
    let message: Value = serde_json::from_str(message).ok()?;
    if message["reason"] != "compiler-artifact" || message["profile"]["test"] != true {
        return None;
    }
    let file = PathBuf::from(message["executable"].as_str()?);
    let manifest = PathBuf::from(message["manifest_path"].as_str()?);
    Some(Program {
        // `path+file:///…/tests#0.1.0` or `path+file:///…/api#backend-api@0.1.0`
        package: package_name(message["package_id"].as_str()?),
        target: message["target"]["name"].as_str()?.to_owned(),
        file,
        folder: manifest.parent()?.to_path_buf(),
    })
}

fn package_name(id: &str) -> String {
    let (path, rest) = id.rsplit_once('#').unwrap_or((id, ""));
    match rest.split_once('@') {
        Some((name, _)) => name.to_owned(),
        None => path.rsplit('/').next().unwrap_or(path).to_owned(),
    }
}

/// Runs those of some packages, one after the other, and counts.
pub(super) fn run(repo: &Repo, programs: &[Program], chosen: impl Fn(&str) -> bool, counts: &mut Counts) -> Result<()> {
    let mut failed = Vec::new();
    for program in programs.iter().filter(|program| chosen(&program.package)) {
        println!("  {} {}", program.package, program.target);
        let mut test = command(&program.file);
        test.current_dir(&program.folder).env("CARGO_MANIFEST_DIR", &program.folder);
        with_places(repo, &mut test)?;
        if !counted(&mut test, |line| counts.read_cargo(line))? {
            failed.push(format!("{} {}", program.package, program.target));
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    bail!("failed: {}", failed.join(", "))
}

/// Runs the examples in comments.
pub(super) fn examples(repo: &Repo, counts: &mut Counts) -> Result<()> {
    let mut test = cargo();
    test.current_dir(repo.root()).args(["test", "--workspace", "--doc", "--quiet"]);
    if !counted(&mut test, |line| counts.read_cargo(line))? {
        bail!("an example in a comment fails");
    }
    Ok(())
}

/// Runs a program whose output is shown and read; whether it succeeded.
pub(super) fn counted(program: &mut Command, mut read: impl FnMut(&str)) -> Result<bool> {
    let mut child = program
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not start `{}`", words(program)))?;
    let stdout = child.stdout.take().context("a child has an output")?;
    for line in BufReader::new(stdout).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        // Hundreds of tests that pass are no news.
        let passed = line.starts_with("test ") && line.ends_with(" ok");
        if !passed && !line.trim().is_empty() {
            println!("    {line}");
        }
        read(&line);
    }
    Ok(child.wait()?.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_named_by_either_form_of_their_id() {
        assert_eq!(package_name("path+file:///a/tests#0.1.0"), "tests");
        assert_eq!(package_name("path+file:///a/backend/api#backend-api@0.1.0"), "backend-api");
    }

    #[test]
    fn only_programs_with_tests_are_taken() {
        let message = |test: bool| {
            format!(
                r#"{{"reason":"compiler-artifact","package_id":"path+file:///a/gs1#0.1.0","manifest_path":"/a/gs1/Cargo.toml","target":{{"name":"gs1"}},"profile":{{"test":{test}}},"executable":"/a/target/gs1-1"}}"#
            )
        };
        let found = program(&message(true)).unwrap();
        assert_eq!((found.package.as_str(), found.target.as_str()), ("gs1", "gs1"));
        assert!(program(&message(false)).is_none());
        assert!(program("not a message").is_none());
    }

    #[test]
    fn a_failing_program_is_noticed() {
        let mut lines = 0;
        let passed = counted(command("sh").args(["-c", "echo a; echo b; exit 1"]), |_| lines += 1);
        assert!(!passed.unwrap());
        assert_eq!(lines, 2);
    }
}
