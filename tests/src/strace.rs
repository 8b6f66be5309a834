//! Processes run under strace, which lets system calls fail or kills at one of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The calls by which a process makes sure that its writes are on disk.
pub const SYNC: &str = "fsync,fdatasync";

/// strace, which `cargo xtask setup` installs, on a command. strace counts calls thread by thread.
pub fn strace(program: &Path, injection: Option<&str>, log: &Path) -> Command {
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-e", &format!("trace={SYNC}"), "-e", "signal=none"]);
    if let Some(injection) = injection {
        command.args(["-e", &format!("inject={injection}")]);
    }
    command.arg("-o").arg(log).arg(program);
    command
}

/// Runs it to its end.
pub fn run(command: &mut Command) -> Output {
    command.output().unwrap_or_else(|error| panic!("strace cannot be run, `cargo xtask setup` installs it: {error}"))
}

/// Calls of each thread that a log tells, threads in the order of their first call.
pub fn calls(log: &Path) -> Vec<u32> {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let (mut order, mut count): (Vec<&str>, BTreeMap<&str, u32>) = Default::default();
    for line in text.lines().filter(|line| line.contains("sync(") || line.contains("resumed")) {
        let Some(thread) = line.split_whitespace().next() else { continue };
        // A call that was interrupted by another thread's line is told in two; it began once.
        if line.contains("resumed") {
            continue;
        }
        if !count.contains_key(thread) {
            order.push(thread);
        }
        *count.entry(thread).or_default() += 1;
    }
    order.into_iter().map(|thread| count[thread]).collect()
}

/// A binary of this package, as cargo built it beside the test.
pub fn player() -> PathBuf {
    let own = std::env::current_exe().expect("a test has a path");
    let built = own.parent().and_then(Path::parent).map(|folder| folder.join("fault-player"));
    built.filter(|path| path.is_file()).expect("cargo builds the programs of this package before its tests")
}

/// A command run under strace.
pub fn around(command: &Command, injection: Option<&str>, log: &Path) -> Command {
    let mut traced = strace(Path::new(command.get_program()), injection, log);
    traced.args(command.get_args());
    traced
}
