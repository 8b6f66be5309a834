//! What phones download and what the edge uploads, raw and compressed.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::build::files::walk;
use crate::process::node;
use crate::repo::Repo;

/// Node has both compressions, at the strength that a content network uses for files made ahead.
const SCRIPT: &str = "
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
const sizes = process.argv.slice(1).map((file) => {
  const bytes = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return [bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes, { params }).length];
});
console.log(JSON.stringify(sizes));
";

/// Bytes of one or more files, each compressed by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) raw: u64,
    pub(crate) gzip: u64,
    pub(crate) brotli: u64,
}

impl Size {
    fn plus(self, other: Self) -> Self {
        Self { raw: self.raw + other.raw, gzip: self.gzip + other.gzip, brotli: self.brotli + other.brotli }
    }
}

/// Files by what loads them.
pub(crate) struct Sizes {
    /// The app's WASM.
    pub(crate) app: Size,
    /// Everything the page loads before the app shows: page, scripts, styles, WASM.
    pub(crate) first_load: Size,
    /// The scanner: WASM and scripts, loaded when the camera opens.
    pub(crate) scanner: Size,
    /// The Worker's WASM.
    pub(crate) edge: Size,
}

/// Measures what was built.
pub(crate) fn measure(repo: &Repo) -> Result<Sizes> {
    let site = repo.site();
    let mut files = walk(&site)?;
    if files.is_empty() {
        bail!("the app is not built");
    }
    let worker: Vec<_> = walk(&repo.path("edge/build"))?
        .into_iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "wasm"))
        .collect();
    if worker.is_empty() {
        bail!("the edge is not built");
    }
    let site_files = files.len();
    files.extend(worker);
    let args: Vec<_> = files.iter().map(|file| file.as_os_str()).collect();
    let measured = parse(&node(SCRIPT, &args)?)?;
    let page = fs::read_to_string(site.join("index.html"))?;
    let mut sizes =
        Sizes { app: Size::default(), first_load: Size::default(), scanner: Size::default(), edge: Size::default() };
    for (at, (file, size)) in files.iter().zip(measured).enumerate() {
        if at >= site_files {
            sizes.edge = sizes.edge.plus(size);
            continue;
        }
        let below = file.strip_prefix(&site)?;
        let wasm = below.extension().is_some_and(|extension| extension == "wasm");
        if below.starts_with("scan") {
            sizes.scanner = sizes.scanner.plus(size);
        } else if below.starts_with("app") && wasm {
            sizes.app = sizes.app.plus(size);
        }
        if loaded_first(below, &page) {
            sizes.first_load = sizes.first_load.plus(size);
        }
    }
    Ok(sizes)
}

/// The page, and what it names.
fn loaded_first(below: &Path, page: &str) -> bool {
    below == Path::new("index.html") || page.contains(&format!("\"/{}\"", below.display()))
}

fn parse(text: &str) -> Result<Vec<Size>> {
    let list: Value = serde_json::from_str(text)?;
    list.as_array()
        .context("no list of sizes")?
        .iter()
        .map(|entry| {
            let number = |at: usize| entry[at].as_u64().context("a size is a number");
            Ok(Size { raw: number(0)?, gzip: number(1)?, brotli: number(2)? })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compression_is_measured_by_node() {
        let file = std::env::temp_dir().join(format!("xtask-size-{}", std::process::id()));
        fs::write(&file, "tanba ".repeat(1000)).unwrap();
        let sizes = parse(&node(SCRIPT, &[file.as_os_str()]).unwrap()).unwrap();
        assert_eq!(sizes[0].raw, 6000);
        assert!(sizes[0].gzip < 100 && sizes[0].brotli < sizes[0].gzip);
        fs::remove_file(file).unwrap();
    }

    #[test]
    fn what_the_page_names_is_loaded_first() {
        let page = "<link href=\"/app/a.wasm\"><script src=\"/app/a.js\">";
        assert!(loaded_first(Path::new("index.html"), page));
        assert!(loaded_first(Path::new("app/a.js"), page));
        assert!(!loaded_first(Path::new("scan/scan.js"), page));
    }
}
