//! Figures over the public faces of a running backend and edge, for `cargo xtask bench first`:
//! `bench-first --backend URL --edge URL --demo FILE --out FILE`. API keys are in `accounts.json` beside the demo file, the
//! variables of the Worker in `edge.vars`; the rows are written as JSON (DESIGN §5).

mod emission;
mod latency;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use std::path::PathBuf;
use std::process::Command;
use tests::client::Client;
use tests::place::{Folder, free_port, workspace};
use tests::process::Server;

/// Where everything is.
struct Options {
    backend: String,
    edge: String,
    demo: PathBuf,
    out: PathBuf,
}

impl Options {
    fn read(mut args: impl Iterator<Item = String>) -> Result<Self> {
        let (mut backend, mut edge, mut demo, mut out) = (None, None, None, None);
        while let Some(name) = args.next() {
            let value = Some(args.next().with_context(|| format!("{name} needs a value"))?);
            match name.as_str() {
                "--backend" => backend = value,
                "--edge" => edge = value,
                "--demo" => demo = value,
                "--out" => out = value,
                other => bail!("there is no option {other}"),
            }
        }
        Ok(Self {
            backend: backend.context("--backend is missing")?,
            edge: edge.context("--edge is missing")?,
            demo: demo.context("--demo is missing")?.into(),
            out: out.context("--out is missing")?.into(),
        })
    }

    /// A client with the producer's key.
    fn producer(&self) -> Result<Client> {
        let path = self.demo.with_file_name("accounts.json");
        let text = std::fs::read_to_string(&path).with_context(|| format!("no API keys at {}", path.display()))?;
        let accounts: Value = serde_json::from_str(&text)?;
        let key = accounts["producer"].as_str().context("no API key of a producer")?;
        Ok(Client::new(&self.backend, Some(key)))
    }

    /// The Worker in workerd without wrangler's development server in front; its address.
    fn workerd(&self, folder: &Folder) -> (String, Server) {
        let port = free_port();
        let url = format!("http://127.0.0.1:{port}");
        let mut node = Command::new("node");
        node.arg(workspace().join("tests/src/bin/bench-first/workerd.mjs"))
            .arg(port.to_string())
            .arg(self.demo.with_file_name("edge.vars"))
            .arg(&self.backend);
        let mut server = Server::start(&mut node, folder.path().join("workerd.log"));
        server.wait_for(&format!("{url}/v1/health"));
        (url, server)
    }

    /// Demo codes that the ledger knows.
    fn known_codes(&self) -> Result<Vec<String>> {
        let demo: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(&self.demo)?)?;
        let known = |entry: &&Value| entry["verdict"].as_str().is_some_and(|verdict| verdict.starts_with("genuine"));
        Ok(demo.iter().filter(known).filter_map(|entry| entry["code"].as_str().map(str::to_owned)).collect())
    }
}

fn main() -> Result<()> {
    let options = Options::read(std::env::args().skip(1))?;
    let producer = options.producer()?;
    // Items of their own, so that the measurement can be repeated on the same data.
    let item = getrandom::u32()? % 800_000_000;
    let mut rows = emission::rows(&producer, item)?;
    let known = options.known_codes()?;
    let folder = Folder::new("bench-first");
    let (direct, _server) = options.workerd(&folder);
    rows.extend(latency::rows(&direct, &producer, &known, item + 10)?);
    rows.extend(latency::warm_rows(&options.edge, "through `wrangler dev`", &known, None)?);
    let rows: Vec<Value> = rows.iter().map(tests::row::Row::to_json).collect();
    std::fs::write(&options.out, serde_json::to_string_pretty(&rows)?)?;
    Ok(())
}
