//! The list from which the service worker fills its cache, so that the app starts without a network.
//!
//! It is written twice: as `/precache.json`, and into `sw.js` in place of `/* tanba:precache */ null`, so that the
//! service worker's own bytes change with any file and the browser notices.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::super::files::{self, fingerprint, walk};

const MARKER: &str = "/* tanba:precache */ null";

/// Files that the list does not name: itself, the one that reads it, and what the host keeps to itself.
const UNLISTED: [&str; 4] = ["_headers", "_redirects", "precache.json", "sw.js"];

/// Writes the list into a site that is otherwise complete.
pub(super) fn write(site: &Path) -> Result<()> {
    let list = list(site)?;
    files::write(&site.join("precache.json"), serde_json::to_string_pretty(&list)?)?;
    let worker = site.join("sw.js");
    if worker.is_file() {
        let text = fs::read_to_string(&worker)?;
        files::write(&worker, with_list(&text, &list))?;
    }
    Ok(())
}

fn list(site: &Path) -> Result<Value> {
    let mut entries = Vec::new();
    for file in walk(site)? {
        let below = file.strip_prefix(site)?.to_str().context("names are UTF-8")?;
        if UNLISTED.contains(&below) {
            continue;
        }
        let bytes = fs::read(&file)?;
        let url = if below == "index.html" { "/".to_owned() } else { format!("/{below}") };
        entries.push(json!({
            "url": url,
            "hash": fingerprint([&bytes[..]]),
            "bytes": bytes.len(),
        }));
    }
    let whole = serde_json::to_vec(&entries)?;
    Ok(json!({ "version": fingerprint([&whole[..]]), "files": entries }))
}

fn with_list(worker: &str, list: &Value) -> String {
    worker.replace(MARKER, &list.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_listed_but_the_worker_and_the_list() {
        let site = std::env::temp_dir().join(format!("xtask-precache-{}", std::process::id()));
        for name in ["index.html", "icons/a.svg", "sw.js"] {
            files::write(&site.join(name), "const LIST = /* tanba:precache */ null;").unwrap();
        }
        write(&site).unwrap();
        let list: Value = serde_json::from_slice(&fs::read(site.join("precache.json")).unwrap()).unwrap();
        let urls: Vec<&str> =
            list["files"].as_array().unwrap().iter().map(|file| file["url"].as_str().unwrap()).collect();
        assert_eq!(urls, ["/icons/a.svg", "/"]);
        let worker = fs::read_to_string(site.join("sw.js")).unwrap();
        assert!(worker.starts_with("const LIST = {"), "{worker}");
        assert!(worker.contains(list["version"].as_str().unwrap()));
        fs::remove_dir_all(site).unwrap();
    }
}
