//! Whether two sites are the same app: the one of `build app` and the one that `dx` gave.
//!
//! The script and the module may differ in their bytes, since `dx` wraps the compiler and passes wasm-bindgen other
//! switches; so may what follows from them, their fingerprints. Everything else may not.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::build::files::walk;

/// The list that the service worker reads.
const LIST: &str = "precache.json";

/// The files whose text names the program.
const TEXTS: [&str; 2] = ["index.html", "sw.js"];

/// What the build must have replaced everywhere.
const MARKS: [&str; 2] = ["tanba:boot", "tanba:precache"];

/// By how many hundredths the modules may differ in size. Another profile would make it more than twice as large.
const TOLERANCE: u64 = 2;

/// A site's files by their paths, with `#` for the fingerprints of the program.
struct Site {
    files: BTreeMap<String, Vec<u8>>,
    /// Each file of the program: its path, and the same with `#`.
    program: Vec<(String, String)>,
}

impl Site {
    fn read(folder: &Path) -> Result<Self> {
        let mut files = BTreeMap::new();
        let mut program = Vec::new();
        for file in walk(folder)? {
            let path = below(folder, &file)?;
            let masked = masked(&path);
            if masked != path {
                program.push((path, masked.clone()));
            }
            files.insert(masked, fs::read(&file)?);
        }
        Ok(Self { files, program })
    }

    /// A text with `#` for fingerprints of the program and without the list, which is compared by itself.
    fn text(&self, name: &str, list: &Value) -> Result<String> {
        let bytes = self.files.get(name).with_context(|| format!("there is no {name}"))?;
        let mut text = std::str::from_utf8(bytes)?.replace(&list.to_string(), "#");
        for (path, masked) in &self.program {
            text = text.replace(path, masked);
        }
        Ok(text)
    }

    fn list(&self) -> Result<Value> {
        let bytes = self.files.get(LIST).with_context(|| format!("there is no {LIST}"))?;
        Ok(serde_json::from_slice(bytes)?)
    }

    /// What the list says of each file; of the program and of the page that names it, only that they are there.
    fn listed(&self, list: &Value) -> Result<BTreeMap<String, String>> {
        let files = list["files"].as_array().context("a list of files")?;
        let entry = |file: &Value| {
            let url = file["url"].as_str()?;
            let path = masked(url.strip_prefix('/')?);
            let may_differ = path.is_empty() || path.contains('#');
            let said = if may_differ { String::new() } else { format!("{} {}", file["hash"], file["bytes"]) };
            Some((path, said))
        };
        files.iter().map(|file| entry(file).context("a file has an address")).collect()
    }

    fn module(&self) -> Result<u64> {
        let bytes = self.files.get("app/app-#.wasm").context("there is no module")?;
        Ok(bytes.len().try_into()?)
    }
}

/// Fails, and says where, unless both folders hold the same app.
pub(super) fn check(ours: &Path, theirs: &Path) -> Result<()> {
    let found = differences(ours, theirs)?;
    if !found.is_empty() {
        bail!("{} and {} are not the same app:\n  {}", ours.display(), theirs.display(), found.join("\n  "));
    }
    let (a, b) = (Site::read(ours)?, Site::read(theirs)?);
    println!("phone: the same {} files; module {} bytes here, {} by dx", a.files.len(), a.module()?, b.module()?);
    Ok(())
}

/// Fails unless `dx` bundled the very files that the site has beside the program and the list.
pub(super) fn check_bundle(bundle: &Path, site: &Path) -> Result<()> {
    let bundled = paths(bundle, |path| !path.starts_with("assets/"))?;
    let wanted = paths(site, |path| path != LIST && masked(path) == path)?;
    if bundled != wanted {
        let apart: Vec<_> = bundled.symmetric_difference(&wanted).cloned().collect();
        bail!("only one of dx's bundle and our site has {}", apart.join(", "));
    }
    Ok(())
}

fn differences(ours: &Path, theirs: &Path) -> Result<Vec<String>> {
    let (ours, theirs) = (Site::read(ours)?, Site::read(theirs)?);
    let mut found = Vec::new();
    for path in ours.files.keys().filter(|path| !theirs.files.contains_key(*path)) {
        found.push(format!("only the first has {path}"));
    }
    for (path, bytes) in &theirs.files {
        match ours.files.get(path) {
            None => found.push(format!("only the second has {path}")),
            Some(same) if same == bytes || path.contains('#') => {}
            Some(_) if path == LIST || TEXTS.contains(&path.as_str()) => {}
            Some(_) => found.push(format!("{path} has other bytes")),
        }
    }
    let lists = (ours.list()?, theirs.list()?);
    if ours.listed(&lists.0)? != theirs.listed(&lists.1)? {
        found.push(format!("{LIST} lists other files"));
    }
    for name in TEXTS {
        let (a, b) = (ours.text(name, &lists.0)?, theirs.text(name, &lists.1)?);
        if a != b {
            found.push(format!("{name} says something else"));
        }
        if let Some(mark) = MARKS.iter().find(|mark| a.contains(*mark) || b.contains(*mark)) {
            found.push(format!("{name} still has its mark {mark}"));
        }
    }
    let (a, b) = (ours.module()?, theirs.module()?);
    if a.abs_diff(b) * 100 > a.max(b) * TOLERANCE {
        found.push(format!("the module has {a} bytes in the first and {b} in the second"));
    }
    Ok(found)
}

/// A path with `#` for the fingerprint of a file of the program.
fn masked(path: &str) -> String {
    let fingerprinted = path.strip_prefix("app/app-").and_then(|rest| rest.rsplit_once('.'));
    match fingerprinted {
        Some((_, extension)) => format!("app/app-#.{extension}"),
        None => path.to_owned(),
    }
}

fn paths(folder: &Path, wanted: impl Fn(&str) -> bool) -> Result<BTreeSet<String>> {
    let all = walk(folder)?.into_iter().map(|file| below(folder, &file)).collect::<Result<BTreeSet<_>>>()?;
    Ok(all.into_iter().filter(|path| wanted(path)).collect())
}

fn below(folder: &Path, file: &Path) -> Result<String> {
    Ok(file.strip_prefix(folder)?.to_str().context("names are UTF-8")?.to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use serde_json::json;

    use super::*;
    use crate::build::files::write;

    /// A small site whose program has this fingerprint.
    fn site(name: &str, fingerprint: &str, module: usize) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-same-{name}-{}", std::process::id()));
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        let script = format!("app/app-{fingerprint}.js");
        let wasm = format!("app/app-{fingerprint}.wasm");
        let files: Vec<Value> = ["icons/a.svg", "", &script, &wasm]
            .iter()
            .map(|path| {
                let hash = if *path == "icons/a.svg" { "a" } else { fingerprint };
                json!({ "url": format!("/{path}"), "hash": hash, "bytes": 1 })
            })
            .collect();
        let list = json!({ "version": fingerprint, "files": files });
        write(&folder.join(&script), format!("load('/{wasm}')")).unwrap();
        write(&folder.join(&wasm), vec![0; module]).unwrap();
        write(&folder.join("icons/a.svg"), "<svg/>").unwrap();
        write(&folder.join("index.html"), format!("<script src=\"/{script}\">")).unwrap();
        write(&folder.join("sw.js"), format!("const LIST = {list};")).unwrap();
        write(&folder.join(LIST), serde_json::to_string_pretty(&list).unwrap()).unwrap();
        folder
    }

    fn found(ours: &Path, theirs: &Path) -> Vec<String> {
        differences(ours, theirs).unwrap()
    }

    #[test]
    fn fingerprints_of_the_program_make_no_difference() {
        let (one, two) = (site("one", "0123", 1000), site("two", "4567", 1010));
        assert_eq!(found(&one, &two), Vec::<String>::new());
        assert!(check(&one, &two).is_ok());
        fs::remove_dir_all(one).unwrap();
        fs::remove_dir_all(two).unwrap();
    }

    #[test]
    fn anything_else_does() {
        let one = site("ours", "0123", 1000);
        let two = site("theirs", "4567", 2400);
        write(&two.join("icons/a.svg"), "<svg></svg>").unwrap();
        write(&two.join("more.txt"), "").unwrap();
        write(&two.join("index.html"), "<!-- tanba:boot -->").unwrap();
        write(&two.join("sw.js"), "const LIST = null;").unwrap();
        let told = found(&one, &two).join("\n");
        for part in ["icons/a.svg has other", "more.txt", "index.html says", "mark tanba:boot", "sw.js says", "2400"] {
            assert!(told.contains(part), "{part} is not in\n{told}");
        }
        assert!(check(&one, &two).is_err());
        fs::remove_dir_all(one).unwrap();
        fs::remove_dir_all(two).unwrap();
    }

    #[test]
    fn a_list_of_other_files_is_another_app() {
        let (one, two) = (site("list-one", "0123", 10), site("list-two", "4567", 10));
        let list = json!({ "version": "4567", "files": [{ "url": "/", "hash": "4567", "bytes": 1 }] });
        write(&two.join(LIST), list.to_string()).unwrap();
        write(&two.join("sw.js"), format!("const LIST = {list};")).unwrap();
        assert_eq!(found(&one, &two), [format!("{LIST} lists other files")]);
        fs::remove_dir_all(one).unwrap();
        fs::remove_dir_all(two).unwrap();
    }

    #[test]
    fn the_bundle_must_have_every_file_of_the_site() {
        let site = site("bundled", "0123", 10);
        let bundle = site.with_extension("bundle");
        for path in ["index.html", "sw.js", "icons/a.svg", "assets/app-dxh1.js"] {
            write(&bundle.join(path), "").unwrap();
        }
        assert!(check_bundle(&bundle, &site).is_ok());
        fs::remove_file(bundle.join("sw.js")).unwrap();
        assert!(check_bundle(&bundle, &site).unwrap_err().to_string().contains("sw.js"));
        fs::remove_dir_all(site).unwrap();
        fs::remove_dir_all(bundle).unwrap();
    }
}
