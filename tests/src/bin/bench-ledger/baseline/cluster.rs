//! A PostgreSQL of this run's own: a cluster in a folder, on a socket, gone at the end.

use anyhow::{Context as _, Result, bail, ensure};
use postgres::{Client, NoTls};
use std::os::unix::fs::{MetadataExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tests::place::Folder;
use tests::process::Server;

/// A running cluster.
pub(crate) struct Cluster {
    // Dropped first: the server ends before its folder goes.
    _server: Server,
    folder: Folder,
}

/// What the machine has room for; durability as it comes.
const SETTINGS: [&str; 9] = [
    "listen_addresses=",
    "shared_buffers=4GB",
    "effective_cache_size=12GB",
    "maintenance_work_mem=1GB",
    "work_mem=256MB",
    "max_wal_size=16GB",
    "checkpoint_timeout=30min",
    "max_connections=200",
    "fsync=on",
];

impl Cluster {
    /// Makes and starts one.
    pub(crate) fn start() -> Result<Self> {
        let programs = programs()?;
        let folder = Folder::new("postgres");
        let data = folder.path().join("data");
        let is_root = std::fs::metadata("/proc/self")?.uid() == 0;
        if is_root {
            chown(folder.path(), Some(number("-u")?), Some(number("-g")?))?;
        }
        // PostgreSQL refuses to run as root.
        let program = |name: &str| {
            let path = programs.join(name);
            if !is_root {
                return Command::new(path);
            }
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(path);
            command
        };
        let made = program("initdb")
            .args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--pgdata"])
            .arg(&data)
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .status()
            .context("initdb cannot be started")?;
        ensure!(made.success(), "initdb ended with {made}");
        let mut server = program("postgres");
        server.arg("-D").arg(&data).arg("-k").arg(folder.path()).current_dir(folder.path());
        for setting in SETTINGS {
            server.args(["-c", setting]);
        }
        let server = Server::start(&mut server, folder.path().join("log"));
        let cluster = Self { _server: server, folder };
        for _ in 0..300 {
            if cluster.connect().is_ok() {
                return Ok(cluster);
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        bail!("PostgreSQL does not answer: {}", std::fs::read_to_string(cluster.folder.path().join("log"))?)
    }

    /// A connection over its socket.
    pub(crate) fn connect(&self) -> Result<Client> {
        Ok(Client::connect(&self.url(), NoTls)?)
    }

    /// How to reach it.
    pub(crate) fn url(&self) -> String {
        format!("host={} user=postgres dbname=postgres", self.folder.path().display())
    }
}

/// Number of the user (`-u`) or group (`-g`) that Debian's package makes.
fn number(which: &str) -> Result<u32> {
    let output = Command::new("id").args([which, "postgres"]).output()?;
    String::from_utf8(output.stdout)?.trim().parse().context("there is no user postgres")
}

/// The folder with the programs of the newest PostgreSQL.
fn programs() -> Result<PathBuf> {
    let versions = Path::new("/usr/lib/postgresql");
    let mut found: Vec<u32> = std::fs::read_dir(versions)
        .context("PostgreSQL is not installed: run `cargo xtask setup`")?
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .collect();
    found.sort_unstable();
    let newest = found.last().context("PostgreSQL is not installed: run `cargo xtask setup`")?;
    Ok(versions.join(newest.to_string()).join("bin"))
}
