//! A child process in a group of its own, ended with its test.

use std::fs::File;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a server may take until it answers. Generous: a slow machine is no failure.
const READY_WITHIN: Duration = Duration::from_secs(120);

/// A running server.
pub struct Server {
    child: Child,
    log: PathBuf,
}

impl Server {
    /// Starts it; what it prints goes to `log`.
    pub fn start(command: &mut Command, log: PathBuf) -> Self {
        let file = File::options().create(true).append(true).open(&log).expect("the log can be opened");
        let both = file.try_clone().expect("the log can be opened twice");
        let child = command
            .stdin(Stdio::null())
            .stdout(file)
            .stderr(both)
            .process_group(0)
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
        Self { child, log }
    }

    /// Waits until `url` answers with success.
    pub fn wait_for(&mut self, url: &str) {
        let client = reqwest::blocking::Client::builder()
            .timeout(Duration::from_secs(5))
            .build()
            .expect("a client without options can be built");
        let begin = Instant::now();
        loop {
            let answers = client.get(url).send().is_ok_and(|response| response.status().is_success());
            // Somebody else may answer at the port of a server that could not have it.
            let ended = self.child.try_wait().expect("the child can be asked");
            if answers && ended.is_none() {
                return;
            }
            if ended.is_some() || begin.elapsed() > READY_WITHIN {
                let log = std::fs::read_to_string(&self.log).unwrap_or_default();
                panic!("{url} does not answer ({ended:?}); the log says:\n{log}");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Waits until `url` answers with success, or the process has ended; whether it answers.
    pub fn answers(&mut self, url: &str) -> bool {
        let client = reqwest::blocking::Client::new();
        let begin = Instant::now();
        while !self.has_ended() {
            if client.get(url).send().is_ok_and(|response| response.status().is_success()) {
                return !self.has_ended();
            }
            assert!(begin.elapsed() < READY_WITHIN, "{url} does not answer");
            std::thread::sleep(Duration::from_millis(10));
        }
        false
    }

    /// Whether the process has ended.
    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().expect("the child can be asked").is_some()
    }

    fn signal(&self, signal: &str) {
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args([signal, "--", &group]).stderr(Stdio::null()).status();
    }

    /// `kill -9`: the process gets no chance to finish anything.
    pub fn strike(&self) {
        self.signal("-KILL");
    }

    /// `kill -9`, and waits until it is gone, with all that it had started.
    pub fn kill(mut self) {
        self.strike();
        let _ = self.child.wait();
        while is_left(self.child.id()) {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

/// Whether a process of this group still runs, or a thread of one: the first thread may have ended before the others, and
/// files are closed by the last.
fn is_left(group: u32) -> bool {
    let processes = std::fs::read_dir("/proc").expect("this is Linux").flatten();
    processes.map(|process| process.path()).any(|process| {
        let Ok(stat) = std::fs::read_to_string(process.join("stat")) else { return false };
        // State and group are the first and the third field behind the name in parentheses (proc_pid_stat(5)).
        let mut fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields).split(' ');
        let is_over = fields.next() == Some("Z");
        let threads = || std::fs::read_dir(process.join("task")).map_or(0, Iterator::count);
        fields.nth(1) == Some(&group.to_string()) && (!is_over || threads() > 1)
    })
}

impl Drop for Server {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.signal("-TERM");
            let begin = Instant::now();
            while matches!(self.child.try_wait(), Ok(None)) && begin.elapsed() < Duration::from_secs(10) {
                std::thread::sleep(Duration::from_millis(20));
            }
            self.signal("-KILL");
            let _ = self.child.wait();
        }
    }
}
