//! Rows of the scanner.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::build::{Part, scan};
use crate::process::{cargo, command, run, which};
use crate::repo::Repo;

/// What the measurement is made of, in the repository.
const SOURCE: &str = "tests/src/bin/bench-scan";
/// Where its tools and frames are kept; they are made once.
const TOOLS: &str = "target/tools/scan";
/// Frames and programs of others beside this checkout, which may be absent.
const SHARED_TOOL: &str = "../shared/tools/scan";
const FIXTURES: &str = "../shared/fixtures";

/// How much is measured.
struct Extent {
    seeds: &'static [u64],
    shared_seeds: &'static [u64],
    /// Frames of each class and clips of each kind, by seed.
    frames: u32,
    clips: u32,
    /// Frames in which wrong texts are looked for.
    many: u32,
}

const WHOLE: Extent = Extent { seeds: &[1, 2], shared_seeds: &[20_260_101, 7], frames: 12, clips: 3, many: 10_000 };
const QUICK: Extent = Extent { seeds: &[1], shared_seeds: &[7], frames: 4, clips: 1, many: 600 };

/// Draws frames, has them read by all readers and compares; `--quick` takes fewer of all.
pub(super) fn measured(repo: &Repo, options: &[&str]) -> Result<Vec<Value>> {
    let extent = match options {
        [] => WHOLE,
        ["--quick"] => QUICK,
        _ => bail!("`bench scan` has one option, --quick"),
    };
    Part::Scan.build(repo)?;
    run(cargo().current_dir(repo.root()).args(["build", "--release", "--package", "tests", "--bin", "bench-scan"]))?;
    let bench = Bench::prepare(repo)?;
    let mut singles = Vec::new();
    let mut clips = Vec::new();
    for seed in extent.seeds {
        bench.draw(*seed, &extent)?;
        singles.push(bench.corpus(&format!("own-{seed}")));
        clips.push(bench.corpus(&format!("clips-{seed}")));
    }
    singles.extend(bench.shared(&extent)?);
    bench.read_by_others(&singles, &clips)?;
    bench.compare(&singles, &clips, &extent)
}

/// The places of the tools.
struct Bench<'a> {
    repo: &'a Repo,
    folder: PathBuf,
}

impl<'a> Bench<'a> {
    /// Installs what is pinned in `requirements.txt` and in the lock, if that has changed.
    fn prepare(repo: &'a Repo) -> Result<Self> {
        let bench = Self { repo, folder: repo.path(TOOLS) };
        fs::create_dir_all(bench.corpus(""))?;
        fs::create_dir_all(bench.folder.join("results"))?;
        bench.once("requirements.txt", || {
            run(command("python3").args(["-m", "venv"]).arg(bench.folder.join("venv")))?;
            run(bench
                .python()
                .args(["-m", "pip", "install", "--quiet", "--requirement"])
                .arg(bench.source("requirements.txt")))
        })?;
        bench.once("package-lock.json", || {
            for file in ["package.json", "package-lock.json"] {
                fs::copy(bench.source(file), bench.folder.join(file))?;
            }
            let install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
            run(command("npm").current_dir(&bench.folder).args(install))
        })?;
        bench.site()?;
        Ok(bench)
    }

    /// Does something again only after a file of ours has changed.
    fn once(&self, file: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
        let wanted = fs::read_to_string(self.source(file))?;
        let stamp = self.folder.join(format!(".{file}"));
        if fs::read_to_string(&stamp).is_ok_and(|text| text == wanted) {
            return Ok(());
        }
        work()?;
        fs::write(&stamp, wanted).context("could not note what was installed")
    }

    /// The module with its worker, as the app serves them.
    fn site(&self) -> Result<()> {
        let site = self.folder.join("site");
        fs::create_dir_all(&site)?;
        for file in ["scan.js", "scan_bg.wasm"] {
            fs::copy(self.modules().join(file), site.join(file))
                .with_context(|| format!("the build gave no {file}"))?;
        }
        fs::copy(self.repo.path(scan::WORKER), site.join("worker.js"))?;
        Ok(())
    }

    fn modules(&self) -> PathBuf {
        scan::MODULE.folder(self.repo)
    }

    fn source(&self, file: &str) -> PathBuf {
        self.repo.path(SOURCE).join(file)
    }

    fn corpus(&self, name: &str) -> PathBuf {
        self.folder.join("frames").join(name)
    }

    fn python(&self) -> Command {
        command(self.folder.join("venv/bin/python"))
    }

    fn node(&self) -> Command {
        let mut node = command("node");
        node.env("NODE_PATH", self.folder.join("node_modules"));
        node
    }

    fn program(&self) -> Command {
        command(self.repo.path("target/release/bench-scan"))
    }

    fn draw(&self, seed: u64, extent: &Extent) -> Result<()> {
        let [seed, frames, clips] = [seed.to_string(), extent.frames.to_string(), extent.clips.to_string()];
        let args = ["draw", "--seed", &seed, "--frames", &frames, "--clips", &clips, "--folder"];
        run(self.program().args(args).arg(self.corpus("")))
    }

    /// Frames drawn by the program of others, and photographs.
    fn shared(&self, extent: &Extent) -> Result<Vec<PathBuf>> {
        let tool = self.repo.path(SHARED_TOOL);
        if !tool.join("scan_corpus.py").is_file() {
            println!("bench: {SHARED_TOOL} is absent, only our own frames are read");
            return Ok(Vec::new());
        }
        let mut folders = Vec::new();
        for seed in extent.shared_seeds {
            let folder = self.corpus(&format!("shared-{seed}-{}", extent.frames));
            if !folder.join("manifest.json").is_file() {
                let mut draw = self.python();
                draw.env("NODE_PATH", self.folder.join("node_modules")).arg(tool.join("scan_corpus.py")).arg(&folder);
                run(draw.args([extent.frames.to_string(), seed.to_string()]))?;
            }
            folders.push(folder);
        }
        let photographs = self.corpus("photographs");
        if !photographs.join("manifest.json").is_file() {
            let mut collect = self.python();
            collect.arg(tool.join("scan_blackbox.py")).arg(&photographs);
            for kind in ["datamatrix", "qrcode"] {
                collect.arg(format!("f={}", self.repo.path(FIXTURES).join(kind).display()));
            }
            run(&mut collect)?;
        }
        folders.push(photographs);
        Ok(folders)
    }

    fn result(&self, name: &str) -> PathBuf {
        self.folder.join("results").join(name)
    }

    fn read_by_others(&self, singles: &[PathBuf], clips: &[PathBuf]) -> Result<()> {
        let all = || singles.iter().chain(clips);
        run(self.python().arg(self.source("others.py")).arg(self.result("python.json")).args(all()))?;
        let node = [self.source("others.cjs"), self.result("node.json"), self.modules()];
        run(self.node().args(node).args(all()))?;
        let chromium = [self.source("chromium.mjs"), self.result("chromium.json"), self.folder.join("site")];
        // One core, as if the telephone had no other to spare.
        let mut browser = match which("taskset") {
            Some(taskset) => {
                let mut pinned = command(taskset);
                pinned.args(["--cpu-list", "0", "node"]).env("NODE_PATH", self.folder.join("node_modules"));
                pinned
            }
            None => self.node(),
        };
        run(browser.args(chromium).args(singles))
    }

    fn compare(&self, singles: &[PathBuf], clips: &[PathBuf], extent: &Extent) -> Result<Vec<Value>> {
        let out = self.result("rows.json");
        let mut measure = self.program();
        measure.arg("measure").arg("--out").arg(&out);
        measure.args(["--frames", &extent.many.to_string(), "--seed", "1000"]);
        let named = |measure: &mut Command, name: &str, files: &[PathBuf]| {
            for file in files {
                measure.arg(name).arg(file);
            }
        };
        named(&mut measure, "--corpus", singles);
        named(&mut measure, "--clips", clips);
        named(&mut measure, "--results", &["python.json", "node.json", "chromium.json"].map(|name| self.result(name)));
        run(&mut measure)?;
        rows(&out)
    }
}

fn rows(file: &Path) -> Result<Vec<Value>> {
    let text = fs::read_to_string(file).context("bench-scan has written no rows")?;
    let rows: Value = serde_json::from_str(&text)?;
    Ok(rows.as_array().context("the rows are an array")?.clone())
}
