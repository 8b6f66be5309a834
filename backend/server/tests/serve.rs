//! The server as a process: it starts, is filled, is told to stop, and remembers.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs::{self, File};
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use shared::party::Role;
use shared::verdict::Verdict;

/// How long a step may take. Generous: a slow machine is no failure.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder of its own for each test, removed when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tanba-serve-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn tanba() -> Command {
    Command::new(env!("CARGO_BIN_EXE_tanba"))
}

/// A server on a port that the system chose.
struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    fn start(folder: &Folder) -> Self {
        let log = folder.path("log");
        let mut child = tanba()
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder.path("data"))
            .arg("--demo-accounts")
            .arg(folder.path("accounts.json"))
            .env("TANBA_LOG", "info")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let begin = Instant::now();
        loop {
            let said = fs::read_to_string(&log).unwrap();
            let address = said.lines().find_map(|line| line.split_once("address=")?.1.trim().parse().ok());
            if let Some(address) = address {
                return Self { child, address };
            }
            assert!(child.try_wait().unwrap().is_none() && begin.elapsed() < PATIENCE, "{said}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn stop(mut self, signal: &str) -> ExitStatus {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        let begin = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(begin.elapsed() < PATIENCE, "the server does not stop");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

/// Seeds the demo and returns the list of codes as written.
fn seed(folder: &Folder, server: &Server) -> String {
    let output = tanba()
        .args(["demo", "--backend", &format!("http://{}/", server.address), "--accounts"])
        .arg(folder.path("accounts.json"))
        .arg("--out")
        .arg(folder.path("site/demo"))
        .arg("--codes")
        .arg(folder.path("demo.json"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    fs::read_to_string(folder.path("demo.json")).unwrap()
}

#[test]
fn the_demo_seeded_again_and_after_a_restart_changes_nothing() {
    let folder = Folder::new("demo");
    let server = Server::start(&folder);
    let accounts = fs::read_to_string(folder.path("accounts.json")).unwrap();
    assert_eq!(mode(&folder.path("accounts.json")), 0o600);
    let first = seed(&folder, &server);
    let page = fs::read_to_string(folder.path("site/demo/index.html")).unwrap();
    assert_eq!(seed(&folder, &server), first);
    assert!(server.stop("-TERM").success());

    // The file of accounts is made again from the data folder, with the same keys.
    fs::remove_file(folder.path("accounts.json")).unwrap();
    let server = Server::start(&folder);
    assert_eq!(fs::read_to_string(folder.path("accounts.json")).unwrap(), accounts);
    assert_eq!(seed(&folder, &server), first);
    assert_eq!(fs::read_to_string(folder.path("site/demo/index.html")).unwrap(), page);
    // A second reader finds what the documents say; while the ledger is served it is not read.
    let audit = || tanba().args(["audit", "--data"]).arg(folder.path("data")).output().unwrap();
    assert!(!audit().status.success());
    assert!(server.stop("-INT").success());
    let audited = audit();
    assert!(audited.status.success(), "{}", String::from_utf8_lossy(&audited.stderr));
    let said = String::from_utf8(audited.stdout).unwrap();
    assert!(said.contains("04870402000016\t24\t0\t23\t1\t0\t0") && said.contains("clean: "), "{said}");

    // The ledger in a file, and a new ledger of it: the same.
    let moved = |command: &str, data: &str, option: &str, file: &str| {
        let mut tanba = tanba();
        tanba.args([command, "--data"]).arg(folder.path(data)).arg(option).arg(folder.path(file));
        let output = tanba.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let exported = moved("export", "data", "--out", "ledger.export");
    assert_eq!(mode(&folder.path("ledger.export")), 0o600);
    assert_eq!(moved("import", "other", "--from", "ledger.export"), exported);
    assert_eq!(moved("export", "other", "--out", "again.export"), exported);
    let bytes = |name: &str| fs::read(folder.path(name)).unwrap();
    assert!(bytes("ledger.export") == bytes("again.export"));
    let mut again = tanba();
    again.args(["import", "--data"]).arg(folder.path("other")).arg("--from").arg(folder.path("ledger.export"));
    assert!(!again.output().unwrap().status.success(), "a ledger is imported into an empty one");

    let list: Vec<serde_json::Value> = serde_json::from_str(&first).unwrap();
    for verdict in Verdict::ALL {
        assert!(list.iter().any(|entry| entry["verdict"] == verdict.as_str()), "{verdict}");
    }
    for entry in &list {
        assert!(folder.path("site/demo").join(entry["image"].as_str().unwrap()).exists());
    }
    let keys: std::collections::BTreeMap<Role, String> = serde_json::from_str(&accounts).unwrap();
    assert_eq!(keys.keys().copied().collect::<Vec<_>>(), Role::ALL);
    let log = fs::read_to_string(folder.path("log")).unwrap();
    assert!(keys.values().all(|key| !log.contains(key.as_str())), "an API key is in the log");
}

#[test]
fn a_participant_is_added_while_the_server_serves_and_a_second_server_is_refused() {
    let folder = Folder::new("party");
    let server = Server::start(&folder);
    let add = |name: &str| {
        tanba().args(["party", "add", "--role", "seller", "--name", name, "--data"]).arg(folder.path("data")).output()
    };
    let (one, other) = (add("Дүкен").unwrap(), add("Дүкен").unwrap());
    assert!(one.status.success() && other.status.success());
    let key = String::from_utf8(one.stdout).unwrap();
    assert!(key.starts_with("tb_") && key.trim().len() == 67 && key.lines().count() == 1, "{key}");
    assert_ne!(key.as_bytes(), other.stdout);
    assert!(!add(" ").unwrap().status.success());

    let second =
        tanba().args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path("data")).output().unwrap();
    assert!(!second.status.success());
    let said = String::from_utf8(second.stderr).unwrap();
    assert!(said.contains(&format!("in use by process {}", server.child.id())), "{said}");
    assert!(server.stop("-TERM").success());
}

#[test]
fn the_description_and_the_version_are_printed() {
    let output = tanba().arg("openapi").output().unwrap();
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(document["paths"]["/api/v1/orders"]["post"].is_object());
    let version = tanba().arg("--version").output().unwrap();
    assert_eq!(version.stdout, concat!("tanba ", env!("CARGO_PKG_VERSION"), "\n").as_bytes());
    assert_eq!(tanba().arg("--no-such").output().unwrap().status.code(), Some(2));
}
