//! `up`: prepares, builds and starts everything with demo data, and stays until it is told to stop.
//!
//! | where | what |
//! |---|---|
//! | `.run/backend` | the backend's data |
//! | `.run/accounts.json` | API keys of the demo's participants |
//! | `.run/edge`, `.run/edge.vars` | the Worker's data and secrets |
//! | `.run/site` | what the Worker serves as files: the built app, and the demo page |
//! | `.run/endpoints.json`, `.run/demo.json` | for tests: where everything is, and codes with their verdicts |
//! | `.run/logs` | what the processes say |

mod child;
mod http;
mod options;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::bench::times;
use crate::build::{self, Part, files};
use crate::process::{alive, command, run as run_command, signal_group};
use crate::repo::Repo;
use crate::setup;
use crate::steps::seconds;
use child::Child;
use options::Options;

/// How long a process may take until it answers.
const PATIENCE: Duration = Duration::from_secs(120);

/// Where everything is, once it runs.
pub(crate) struct Endpoints {
    /// The backend's origin.
    pub(crate) backend: String,
    /// The origin of edge and app.
    pub(crate) edge: String,
}

/// The folder of what `up` starts.
const FOLDER: &str = ".run";

/// Runs the command.
pub(crate) fn run(repo: &Repo, args: &[&str]) -> Result<()> {
    let options = Options::parse(args)?;
    if options.stop {
        return stop(repo);
    }
    let start = Instant::now();
    let fresh = times::is_fresh(repo);
    let stopped = Arc::new(AtomicBool::new(false));
    setup::run(repo)?;
    build::server(repo, options.release)?;
    Part::App.build(repo)?;
    Part::Edge.build(repo)?;
    // Only now: during a build, ctrl-C should end the build.
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&stopped))?;
    }
    stop(repo)?;
    let mut up = Up::new(repo, repo.path(FOLDER), options.release, options.ports, stopped);
    if let Err(error) = up.start() {
        up.end();
        return Err(error);
    }
    if fresh {
        times::note(repo, "up", start.elapsed())?;
    }
    up.announce(start.elapsed());
    if options.detach {
        return up.detach();
    }
    let ended = up.watch();
    up.end();
    ended
}

/// Runs a release backend and the edge in a folder of their own while something is done with them.
pub(crate) fn with_servers(
    repo: &Repo,
    folder: PathBuf,
    ports: (u16, u16),
    then: impl FnOnce(&Endpoints) -> Result<()>,
) -> Result<()> {
    let mut up = Up::new(repo, folder, true, ports, Arc::new(AtomicBool::new(false)));
    let done = up.start().and_then(|()| then(&up.endpoints));
    up.end();
    done
}

/// What is running.
struct Up<'a> {
    repo: &'a Repo,
    folder: PathBuf,
    tanba: PathBuf,
    endpoints: Endpoints,
    edge_port: u16,
    listen: String,
    stopped: Arc<AtomicBool>,
    children: Vec<Child>,
}

impl<'a> Up<'a> {
    fn new(
        repo: &'a Repo,
        folder: PathBuf,
        release: bool,
        (backend, edge): (u16, u16),
        stopped: Arc<AtomicBool>,
    ) -> Self {
        Self {
            repo,
            folder,
            tanba: repo.tanba(release),
            endpoints: Endpoints {
                backend: format!("http://127.0.0.1:{backend}"),
                edge: format!("http://127.0.0.1:{edge}"),
            },
            edge_port: edge,
            listen: format!("127.0.0.1:{backend}"),
            stopped,
            children: Vec::new(),
        }
    }

    fn start(&mut self) -> Result<()> {
        let data = self.folder.join("backend");
        let site = self.folder.join("site");
        let vars = self.folder.join("edge.vars");
        let accounts = self.folder.join("accounts.json");
        remove(&self.folder.join("endpoints.json"))?;
        fs::create_dir_all(&data)?;
        // The demo page, if one was written before, stays until it is written anew.
        files::copy_all(&self.repo.site(), &site)?;
        self.spawn(
            "backend",
            command(&self.tanba)
                .arg("serve")
                .arg("--data")
                .arg(&data)
                .args(["--listen", &self.listen])
                .arg("--demo-accounts")
                .arg(&accounts),
        )?;
        self.wait("backend", &format!("{}/api/openapi.json", self.endpoints.backend))?;
        run_command(command(&self.tanba).args(["keys", "edge"]).arg("--data").arg(&data).arg("--out").arg(&vars))?;
        run_command(
            command(&self.tanba)
                .arg("demo")
                .args(["--backend", &self.endpoints.backend])
                .args(["--edge", &self.endpoints.edge])
                .arg("--accounts")
                .arg(&accounts)
                .arg("--out")
                .arg(site.join("demo"))
                .arg("--codes")
                .arg(self.folder.join("demo.json")),
        )?;
        // After the demo, whose page is among the files that the Worker serves.
        self.spawn_edge(&site, &vars)?;
        self.wait("edge", &format!("{}/v1/health", self.endpoints.edge))?;
        let endpoints = json!({
            "app": format!("{}/", self.endpoints.edge),
            "edge": self.endpoints.edge,
            "backend": self.endpoints.backend,
        });
        files::write(&self.folder.join("endpoints.json"), serde_json::to_string_pretty(&endpoints)?)
    }

    /// workerd, through wrangler: on this machine only, without an account and without reports to anybody.
    fn spawn_edge(&mut self, site: &Path, vars: &Path) -> Result<()> {
        let mut wrangler = command(self.repo.npm_bin("wrangler"));
        wrangler
            .current_dir(self.repo.path("edge"))
            .env("CI", "true")
            .env("WRANGLER_SEND_METRICS", "false")
            .env("WRANGLER_SEND_ERROR_REPORTS", "false")
            // Else it asks the outside for a request's properties at every start.
            .env("CLOUDFLARE_CF_FETCH_ENABLED", "false")
            .env("WRANGLER_LOG_PATH", self.folder.join("logs/wrangler"))
            .args(["dev", "--local", "--ip", "127.0.0.1", "--inspector-port", "0"])
            .args(["--port", &self.edge_port.to_string()])
            .args(["--show-interactive-dev-session", "false"])
            // Its usual log has the paths of requests, and a Digital Link is a code.
            .args(["--log-level", "warn"])
            .args(["--var", &format!("BACKEND_URL:{}", self.endpoints.backend)])
            .arg("--config")
            .arg(self.repo.path("edge/wrangler.toml"))
            .arg("--env-file")
            .arg(vars)
            .arg("--assets")
            .arg(site)
            .arg("--persist-to")
            .arg(self.folder.join("edge"));
        self.spawn("edge", &mut wrangler)
    }

    fn spawn(&mut self, name: &'static str, program: &mut std::process::Command) -> Result<()> {
        let log = self.folder.join(format!("logs/{name}.log"));
        self.children.push(Child::spawn(name, program, log)?);
        let list: Vec<String> = self.children.iter().map(|child| child.id().to_string()).collect();
        files::write(&self.folder.join("processes"), list.join("\n"))
    }

    /// Waits until a process answers with success; fails as soon as one has ended.
    fn wait(&mut self, name: &str, address: &str) -> Result<()> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if http::ok(address) {
                println!("up: {name} answers ({})", seconds(start.elapsed()));
                return Ok(());
            }
            self.check_children()?;
            if self.stopped.load(Ordering::Relaxed) {
                bail!("stopped");
            }
            sleep(Duration::from_millis(100));
        }
        let said = self.children.last().map(Child::last_words).unwrap_or_default();
        bail!("{name} does not answer at {address}\n{said}")
    }

    fn check_children(&mut self) -> Result<()> {
        for child in &mut self.children {
            child.check()?;
        }
        Ok(())
    }

    fn announce(&self, took: Duration) {
        println!(
            "\nready in {}\n  app      {edge}/\n  labels   {edge}/demo/\n  edge     {edge}/v1/health\n  backend  {}/api/openapi.json\n",
            seconds(took),
            self.endpoints.backend,
            edge = self.endpoints.edge,
        );
    }

    fn watch(&mut self) -> Result<()> {
        println!("ctrl-C stops everything");
        while !self.stopped.load(Ordering::Relaxed) {
            self.check_children()?;
            sleep(Duration::from_millis(200));
        }
        println!("stopping");
        Ok(())
    }

    fn end(&mut self) {
        // The edge first: it talks to the backend.
        while let Some(mut child) = self.children.pop() {
            child.end();
        }
        forget(&self.folder);
    }

    fn detach(self) -> Result<()> {
        println!("left running; `cargo xtask up --stop` stops it");
        Ok(())
    }
}

/// Stops what an earlier `up` left running.
fn stop(repo: &Repo) -> Result<()> {
    let folder = repo.path(FOLDER);
    let Ok(list) = fs::read_to_string(folder.join("processes")) else {
        return Ok(());
    };
    let ids: Vec<u32> = list.lines().filter_map(|line| line.parse().ok()).collect();
    let ours: Vec<u32> = ids.into_iter().rev().filter(|id| child::is_ours(repo, *id)).collect();
    for id in &ours {
        println!("up: stopping process {id}");
        signal_group(*id, "TERM");
    }
    let start = Instant::now();
    while ours.iter().any(|id| alive(*id)) && start.elapsed() < Duration::from_secs(10) {
        sleep(Duration::from_millis(50));
    }
    for id in ours.iter().filter(|id| alive(**id)) {
        signal_group(*id, "KILL");
    }
    forget(&folder);
    Ok(())
}

fn forget(folder: &Path) {
    for name in ["processes", "endpoints.json"] {
        if let Err(error) = remove(&folder.join(name)) {
            eprintln!("{error:#}");
        }
    }
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("could not remove {}", path.display()))
        }
        _ => Ok(()),
    }
}
