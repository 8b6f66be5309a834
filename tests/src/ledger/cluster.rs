//! A private PostgreSQL for the tests of one program: a cluster in a folder, on a socket there, gone when the program is.

use crate::place::Folder;
use postgres::{Client, NoTls};
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// How long the server may take until it answers.
const READY_WITHIN: Duration = Duration::from_secs(120);

/// Runs a server until its own standard input ends, as it does when whoever started it is gone, however; then ends the
/// server and removes its folder.
const KEEPER: &str = r#"folder=$1; shift
"$@" & server=$!
cat >/dev/null
kill -QUIT $server; wait $server
[ -e "$folder/stay" ] || rm -rf "$folder""#;

/// Enough for tests; nothing here cuts the power.
const SETTINGS: &[&str] = &["listen_addresses=", "fsync=off", "max_connections=120", "shared_buffers=64MB"];

/// A running cluster.
pub struct Cluster {
    folder: PathBuf,
    server: Mutex<Child>,
}

/// A database of a cluster, dropped with this.
pub struct Database {
    cluster: &'static Cluster,
    name: String,
    url: String,
}

impl Cluster {
    /// The cluster of this program, started at the first call.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// A cluster of a test's own, to be struck. It is not shared, and lives as long as the program.
    pub fn own() -> &'static Self {
        Box::leak(Box::new(Self::start()))
    }

    fn start() -> Self {
        let folder = Folder::new("postgres");
        let path = folder.path().to_owned();
        // The keeper removes it.
        std::mem::forget(folder);
        if is_root() {
            chown(&path, Some(id_of("-u")), Some(id_of("-g"))).expect("root may give a folder away");
        }
        let made = program("initdb")
            .args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--data-checksums"])
            .args(["--no-sync", "--pgdata"])
            .arg(path.join("data"))
            .current_dir(&path)
            .stdout(Stdio::null())
            .status()
            .expect("initdb can be started");
        assert!(made.success(), "initdb ended with {made}");
        let server = Mutex::new(serve(&path));
        let cluster = Self { folder: path, server };
        cluster.wait();
        cluster
    }

    /// Waits until the server answers.
    pub fn wait(&self) {
        let begin = Instant::now();
        loop {
            match Client::connect(&self.url("postgres"), NoTls) {
                Ok(_) => return,
                Err(error) if begin.elapsed() > READY_WITHIN => {
                    let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                    panic!("PostgreSQL does not answer ({error}); its log says:\n{log}");
                }
                Err(_) => std::thread::sleep(Duration::from_millis(50)),
            }
        }
    }

    /// Kills all of the server's processes at once, and starts it again.
    pub fn strike(&self) {
        let mut server = self.server.lock().unwrap_or_else(PoisonError::into_inner);
        std::fs::write(self.folder.join("stay"), "").expect("the folder is there");
        let pid = std::fs::read_to_string(self.folder.join("data/postmaster.pid")).expect("the server runs");
        let pid = pid.lines().next().expect("the first line is its number").to_owned();
        // Its processes end when it has; none of them finishes what it was at.
        let killed = Command::new("kill").args(["-KILL", &pid]).status().expect("kill can be run");
        assert!(killed.success());
        drop(server.stdin.take());
        let _ = server.wait();
        std::fs::remove_file(self.folder.join("stay")).expect("it was written above");
        *server = serve(&self.folder);
        drop(server);
        self.wait();
    }

    fn url(&self, database: &str) -> String {
        format!("host={} user=postgres dbname={database}", self.folder.display())
    }

    fn run(&self, sql: &str) -> Result<(), postgres::Error> {
        Client::connect(&self.url("postgres"), NoTls)?.batch_execute(sql)
    }

    /// A new, empty database.
    pub fn database(&'static self) -> Database {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("ledger_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        self.run(&format!("CREATE DATABASE {name}")).expect("a database can be made");
        Database { cluster: self, url: self.url(&name), name }
    }
}

impl Database {
    /// How to reach it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A connection past the store, to damage what is there.
    pub fn client(&self) -> Client {
        Client::connect(&self.url, NoTls).expect("the database answers")
    }

    /// Its server.
    pub fn cluster(&self) -> &'static Cluster {
        self.cluster
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // One that cannot be dropped goes with the cluster.
        let _ = self.cluster.run(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}

fn serve(folder: &Path) -> Child {
    let log = std::fs::File::options().create(true).append(true).open(folder.join("log")).expect("a log can be made");
    let both = log.try_clone().expect("the log can be opened twice");
    let server = program("postgres");
    let mut keeper = Command::new("sh");
    keeper.args(["-c", KEEPER, "sh"]).arg(folder).arg(server.get_program()).args(server.get_args());
    keeper.arg("-D").arg(folder.join("data")).arg("-k").arg(folder).current_dir(folder);
    for setting in SETTINGS {
        keeper.args(["-c", setting]);
    }
    // In a group of its own: what ends the test at a terminal does not end the keeper before its work.
    keeper.process_group(0).stdin(Stdio::piped()).stdout(log).stderr(both).spawn().expect("a shell can be started")
}

/// PostgreSQL refuses to run as root.
fn program(name: &str) -> Command {
    let path = programs().join(name);
    if !is_root() {
        return Command::new(path);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(path);
    command
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").expect("this is Linux").uid() == 0
}

/// Number of the user (`-u`) or group (`-g`) that Debian's package makes.
fn id_of(which: &str) -> u32 {
    let output = Command::new("id").args([which, "postgres"]).output().expect("id can be run");
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    text.parse().unwrap_or_else(|_| panic!("there is no user postgres: run `cargo xtask setup`"))
}

/// The folder with the programs of the newest PostgreSQL.
fn programs() -> PathBuf {
    let versions = Path::new("/usr/lib/postgresql");
    let entries = std::fs::read_dir(versions).expect("PostgreSQL is installed by `cargo xtask setup`");
    let found = entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok());
    let newest = found.max().expect("PostgreSQL is installed by `cargo xtask setup`");
    versions.join(newest.to_string()).join("bin")
}
