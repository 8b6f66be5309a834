//! A PostgreSQL server of a test's own: made in a temporary folder, reached through a socket in it, gone with it.

use crate::place::Folder;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

/// How long the server may take to start, recover or stop. Generous: a slow machine is no failure.
const WITHIN: Duration = Duration::from_secs(120);

/// The port that is a part of the socket's name.
const PORT: &str = "5432";

/// The only user, who may do everything.
const USER: &str = "tanba";

/// A server. Dropping it stops it and removes its data.
pub struct Cluster {
    folder: Folder,
    bin: PathBuf,
    as_postgres: bool,
    server: Mutex<Option<Child>>,
    databases: AtomicU32,
}

/// An empty database of the shared server, which runs as long as anybody has one. Reads as its address.
pub struct Database {
    url: String,
    _cluster: Arc<Cluster>,
}

impl Database {
    /// Makes one.
    pub fn new(name: &str) -> Self {
        let cluster = Cluster::shared();
        Self { url: cluster.database(name), _cluster: cluster }
    }
}

impl std::ops::Deref for Database {
    type Target = str;
    fn deref(&self) -> &str {
        &self.url
    }
}

impl Cluster {
    /// The server that all tests of this process share: started by the first that asks, stopped with the last.
    /// It must be held as long as its databases are used; a [`Database`] does that.
    pub fn shared() -> Arc<Self> {
        static SHARED: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let cluster = Arc::new(Self::start());
            *shared = Arc::downgrade(&cluster);
            cluster
        })
    }

    /// Makes a server of its own, for a test that ends it, and starts it.
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// The same with settings of its own (`name=value`).
    pub fn start_with(settings: &[&str]) -> Self {
        let bin = bin();
        let id = output(Command::new("id").arg("-u"));
        let as_postgres = id.trim() == "0";
        let folder = Folder::new("postgres");
        if as_postgres {
            // PostgreSQL refuses to be root. Its user may look into the folder that root has made.
            run(Command::new("chown").arg("postgres:").arg(folder.path()));
        }
        let cluster = Self { folder, bin, as_postgres, server: Mutex::new(None), databases: AtomicU32::new(0) };
        let data = cluster.data();
        // Damage of a page must be found by the server, whose pages have no checksum of ours.
        run(cluster
            .command("initdb")
            .args(["--auth=trust", "--data-checksums", "--encoding=UTF8", "--locale=C.UTF-8", "-U", USER, "-D"])
            .arg(&data));
        let mut file = String::from("\n# Of this test\nlisten_addresses = ''\n");
        file.push_str(&format!("port = {PORT}\nunix_socket_directories = '{}'\n", cluster.folder.path().display()));
        file.push_str("max_connections = 100\nshared_buffers = 128MB\n");
        for setting in settings {
            file.push_str(setting);
            file.push('\n');
        }
        let path = data.join("postgresql.conf");
        let written = std::fs::read_to_string(&path).expect("initdb writes its configuration");
        std::fs::write(&path, written + &file).expect("the configuration can be written");
        cluster.revive();
        cluster
    }

    /// Starts the server again after [`Self::crash`] or [`Self::stop`], and waits until it has recovered.
    pub fn revive(&self) {
        let mut server = self.server();
        assert!(server.is_none(), "the server runs");
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(self.folder.path().join("log"))
            .expect("the log can be opened");
        let both = log.try_clone().expect("the log can be opened twice");
        let mut command = self.command("postgres");
        command.arg("-D").arg(self.data()).stdin(Stdio::null()).stdout(log).stderr(both).process_group(0);
        let child = server.insert(spawn(command));
        let begin = Instant::now();
        while !self.answers() {
            let ended = child.try_wait().expect("the child can be asked");
            if ended.is_some() || begin.elapsed() > WITHIN {
                let log = std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
                panic!("PostgreSQL does not answer ({ended:?}); the log says:\n{log}");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn answers(&self) -> bool {
        let mut ready = Command::new(self.bin.join("pg_isready"));
        ready.arg("-q").arg("-h").arg(self.folder.path()).args(["-p", PORT]);
        ready.status().is_ok_and(|status| status.success())
    }

    /// Ends the server as a failure would: all of its processes at once, with nothing written down.
    pub fn crash(&self) {
        if let Some(mut child) = self.server().take() {
            // Its helpers see that the first of them is gone, and go as well; the folder must be theirs no more.
            signal(&child, "-KILL");
            let _ = child.wait();
            self.wait_until_left();
        }
    }

    /// Stops the server in order; connections are cut.
    pub fn stop(&self) {
        if let Some(mut child) = self.server().take() {
            signal(&child, "-INT");
            let begin = Instant::now();
            while matches!(child.try_wait(), Ok(None)) {
                if begin.elapsed() > WITHIN {
                    signal(&child, "-KILL");
                }
                std::thread::sleep(Duration::from_millis(20));
            }
        }
    }

    /// Waits until no process has the data open: a server refuses to start before.
    fn wait_until_left(&self) {
        let data = self.data();
        let begin = Instant::now();
        loop {
            let processes = std::fs::read_dir("/proc").expect("the system lists its processes");
            let inside = processes
                .flatten()
                .any(|process| std::fs::read_link(process.path().join("cwd")).is_ok_and(|cwd| cwd == data));
            if !inside {
                return;
            }
            assert!(begin.elapsed() < WITHIN, "processes of a killed server stay");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Makes an empty database, and gives its address.
    pub fn database(&self, name: &str) -> String {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        let name = format!("{name}_{number}");
        let mut create = Command::new(self.bin.join("createdb"));
        create.arg("-h").arg(self.folder.path()).args(["-p", PORT, "-U", USER, &name]);
        run(&mut create);
        self.url(&name)
    }

    /// The address of a database.
    pub fn url(&self, database: &str) -> String {
        format!("host={} port={PORT} user={USER} dbname={database}", self.folder.path().display())
    }

    /// The folder of its data, for a test that damages it.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn server(&self) -> MutexGuard<'_, Option<Child>> {
        self.server.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A program of the server, as the user that it may be.
    fn command(&self, program: &str) -> Command {
        let path = self.bin.join(program);
        let mut command = Command::new("setpriv");
        if self.as_postgres {
            command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
        }
        // A server whose test was killed stops as well.
        command.arg("--pdeathsig=INT").arg(path);
        // Where the test stands may not be for that user to see.
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Starts a server from a thread that lives as long as the process: the system takes the end of the thread that started a
/// child for the end of its parent, and the thread of a test ends with it.
fn spawn(command: Command) -> Child {
    type Order = (Command, SyncSender<std::io::Result<Child>>);
    static STARTER: LazyLock<SyncSender<Order>> = LazyLock::new(|| {
        let (orders, taken) = sync_channel::<Order>(0);
        std::thread::spawn(move || {
            for (mut command, answer) in taken {
                // Whoever asked may have gone.
                let _ = answer.send(command.spawn());
            }
        });
        orders
    });
    let (answer, answered) = sync_channel(1);
    STARTER.send((command, answer)).expect("the thread lives as long as the process");
    answered.recv().expect("every order is answered").expect("the server can be started")
}

fn signal(child: &Child, signal: &str) {
    // The server alone: it tells its helpers itself.
    let _ = Command::new("kill").args([signal, &child.id().to_string()]).stderr(Stdio::null()).status();
}

/// Where the programs are: `TANBA_POSTGRES`, or the newest that Debian has installed, 15 or later.
fn bin() -> PathBuf {
    if let Some(path) = std::env::var_os("TANBA_POSTGRES") {
        return PathBuf::from(path);
    }
    let installed = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = installed.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok()).max();
    let version = newest.filter(|version| *version >= 15);
    let version = version.expect("no PostgreSQL 15 or later: run `cargo xtask setup` first");
    Path::new("/usr/lib/postgresql").join(version.to_string()).join("bin")
}

fn run(command: &mut Command) {
    output(command);
}

fn output(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{command:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
    said
}
