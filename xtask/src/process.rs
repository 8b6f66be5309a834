//! Running other programs.

use std::ffi::OsStr;
use std::io::Read;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// What `cargo run` and rustup leave in the environment for the programs they start. Passed on, it would
/// make the compilers of two toolchains load each other's libraries, and fresh builds look stale.
const LEFT_BY_CARGO: &[&str] =
    &["CARGO", "CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "LD_LIBRARY_PATH", "RUST_RECURSION_COUNT"];

/// A command with an environment free of what started this program.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for name in LEFT_BY_CARGO {
        command.env_remove(name);
    }
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_")) {
            command.env_remove(name);
        }
    }
    command
}

/// The native cargo.
pub(crate) fn cargo() -> Command {
    command("cargo")
}

/// A command as a person would type it.
pub(crate) fn words(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|arg| arg.to_string_lossy().into_owned()));
    words.join(" ")
}

/// Shows a command, runs it with our own output, and fails if it fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    println!("  $ {}", words(command));
    let status = command.status().with_context(|| format!("could not start `{}`", words(command)))?;
    if !status.success() {
        bail!("`{}` ended with {status}", words(command));
    }
    Ok(())
}

/// Runs a command quietly and gives its standard output; its error output becomes part of the failure.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output =
        command.stdin(Stdio::null()).output().with_context(|| format!("could not start `{}`", words(command)))?;
    if !output.status.success() {
        bail!("`{}` ended with {}\n{}", words(command), output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a command for at most `limit`, then ends it with everything it started. `None`: it did not finish.
pub(crate) fn run_limited(command: &mut Command, limit: Duration) -> Result<Option<ExitStatus>> {
    println!("  $ {}   (at most {} s)", words(command), limit.as_secs());
    let mut child = command
        .process_group(0)
        .stdin(Stdio::null())
        .spawn()
        .with_context(|| format!("could not start `{}`", words(command)))?;
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if start.elapsed() >= limit {
            end_group(&mut child, Duration::from_secs(2))?;
            return Ok(None);
        }
        sleep(Duration::from_millis(50));
    }
}

/// Asks a child's process group to end, waits, then insists. The child must lead its group.
pub(crate) fn end_group(child: &mut Child, patience: Duration) -> Result<()> {
    if child.try_wait()?.is_some() {
        return Ok(());
    }
    signal_group(child.id(), "TERM");
    let start = Instant::now();
    while start.elapsed() < patience {
        if child.try_wait()?.is_some() {
            return Ok(());
        }
        sleep(Duration::from_millis(25));
    }
    signal_group(child.id(), "KILL");
    child.wait()?;
    Ok(())
}

/// Sends a signal to a process group, by the id of its leader. A group that is gone is no failure.
pub(crate) fn signal_group(leader: u32, signal: &str) {
    let sent = Command::new("kill")
        .args([format!("-{signal}"), "--".into(), format!("-{leader}")])
        .stderr(Stdio::null())
        .status();
    if let Err(error) = sent {
        eprintln!("could not run kill: {error}");
    }
}

/// Whether a process with this id is there.
pub(crate) fn alive(id: u32) -> bool {
    Command::new("kill")
        .args(["-0", &id.to_string()])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Finds a program on `PATH`.
pub(crate) fn which(name: &str) -> Option<std::path::PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

/// Runs a node script given as text; its standard output.
pub(crate) fn node(script: &str, args: &[&OsStr]) -> Result<String> {
    let mut node = command("node");
    node.args(["--input-type=module", "-e", script, "--"]).args(args);
    output(&mut node)
}

/// Everything from a reader, as text; for the tail of a log.
pub(crate) fn tail(mut reader: impl Read, lines: usize) -> String {
    let mut bytes = Vec::new();
    if reader.read_to_end(&mut bytes).is_err() {
        return String::new();
    }
    let text = String::from_utf8_lossy(&bytes);
    let all: Vec<&str> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_hangs_is_ended_with_its_children() {
        let ended = run_limited(command("sh").args(["-c", "sleep 30 & wait"]), Duration::from_millis(200));
        assert!(ended.unwrap().is_none());
    }

    #[test]
    fn a_command_that_ends_gives_its_status() {
        let ended = run_limited(command("sh").args(["-c", "exit 3"]), Duration::from_secs(20));
        assert_eq!(ended.unwrap().unwrap().code(), Some(3));
    }

    #[test]
    fn a_failure_tells_what_the_program_said() {
        let error = output(command("sh").args(["-c", "echo because >&2; exit 1"])).unwrap_err();
        assert!(error.to_string().contains("because"));
    }

    #[test]
    fn the_tail_is_the_last_lines() {
        assert_eq!(tail(&b"one\ntwo\nthree\n"[..], 2), "two\nthree");
        assert_eq!(tail(&b"one\n"[..], 2), "one");
    }
}
