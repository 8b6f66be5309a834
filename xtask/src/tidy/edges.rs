//! Which package may depend on which: the table of the design, read against `cargo metadata`.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Finding;
use crate::process::{cargo, output};
use crate::repo::Repo;

const RULE: &str = "dependency";

/// The floors, from the standards up. A package may depend on what its row names and on nothing else of ours.
const TABLE: &[(&str, &[&str])] = &[
    ("gs1", &[]),
    ("seal", &[]),
    ("scan", &[]),
    ("shared", &["gs1", "seal"]),
    ("locales", &[]),
    ("assets", &[]),
    ("app", &["shared", "locales", "assets", "scan"]),
    ("edge", &["shared", "locales"]),
    ("backend-ledger", &["shared"]),
    ("backend-store", &["backend-ledger", "shared"]),
    // Reads again what the store has written: of the ledger's own rules it may know nothing.
    ("backend-audit", &["backend-store", "shared"]),
    ("backend-api", &["backend-ledger", "backend-store", "shared", "locales"]),
    ("backend-server", &["backend-api", "backend-audit", "backend-ledger", "backend-store", "shared", "locales"]),
    (
        "tests",
        &[
            "app",
            "assets",
            "backend-api",
            "backend-audit",
            "backend-ledger",
            "backend-server",
            "backend-store",
            "edge",
            "gs1",
            "locales",
            "scan",
            "seal",
            "shared",
        ],
    ),
    ("xtask", &[]),
];

/// What only the tests of a package may use in addition.
const IN_TESTS: &[(&str, &[&str])] = &[
    // Symbols to scan are drawn by the one who draws labels.
    ("scan", &["gs1"]),
];

/// A package of the workspace.
pub(super) struct Package {
    /// Its name.
    pub(super) name: String,
    /// Its folder below the root.
    pub(super) folder: String,
    /// What it depends on.
    pub(super) dependencies: Vec<Dependency>,
}

/// One line of a manifest.
pub(super) struct Dependency {
    /// The package depended on.
    pub(super) name: String,
    /// Whether it is one of ours.
    pub(super) ours: bool,
    /// Whether only tests use it.
    pub(super) dev: bool,
}

/// The workspace as cargo reads it. Nothing is downloaded for that.
pub(super) fn packages(repo: &Repo) -> Result<Vec<Package>> {
    let text =
        output(cargo().current_dir(repo.root()).args(["metadata", "--no-deps", "--offline", "--format-version", "1"]))?;
    let metadata: Value = serde_json::from_str(&text)?;
    from_metadata(&metadata, repo.root())
}

fn from_metadata(metadata: &Value, root: &Path) -> Result<Vec<Package>> {
    let list = metadata["packages"].as_array().context("no packages in the metadata")?;
    list.iter().map(|package| from_package(package, root)).collect()
}

fn from_package(package: &Value, root: &Path) -> Result<Package> {
    let text =
        |value: &Value| -> Result<String> { Ok(value.as_str().context("the metadata has another form")?.to_owned()) };
    let manifest = text(&package["manifest_path"])?;
    let folder = Path::new(&manifest)
        .parent()
        .and_then(|folder| folder.strip_prefix(root).ok())
        .context("a package lies outside of the repository")?;
    let dependencies = package["dependencies"]
        .as_array()
        .context("no dependencies in the metadata")?
        .iter()
        .map(|dependency| {
            Ok(Dependency {
                name: text(&dependency["name"])?,
                ours: dependency["path"].is_string(),
                dev: dependency["kind"] == "dev",
            })
        })
        .collect::<Result<_>>()?;
    Ok(Package { name: text(&package["name"])?, folder: folder.to_string_lossy().into_owned(), dependencies })
}

/// Names follow folders, every package has a row, and every dependency of ours is in it.
pub(super) fn check(packages: &[Package]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in packages {
        let named = name_of(&package.folder);
        if package.name != named {
            findings.push(Finding::new(
                RULE,
                &package.folder,
                format!("package `{}` must be called `{named}`", package.name),
            ));
        }
        let Some((_, allowed)) = TABLE.iter().find(|(name, _)| *name == package.name) else {
            findings.push(Finding::new(
                RULE,
                &package.folder,
                "this package has no row in the table of xtask/src/tidy/edges.rs",
            ));
            continue;
        };
        for dependency in package.dependencies.iter().filter(|dependency| dependency.ours) {
            let name = dependency.name.as_str();
            let in_tests = dependency.dev && allowed_in_tests(&package.name, name);
            if !(in_tests || allowed.contains(&name)) {
                findings.push(Finding::new(
                    RULE,
                    format!("{}/Cargo.toml", package.folder),
                    format!("`{}` may not depend on `{}`", package.name, dependency.name),
                ));
            }
        }
    }
    findings
}

/// A package may name itself, to turn on its own features in its tests.
fn allowed_in_tests(package: &str, dependency: &str) -> bool {
    package == dependency || IN_TESTS.iter().any(|(name, more)| *name == package && more.contains(&dependency))
}

fn name_of(folder: &str) -> String {
    folder.strip_prefix("crates/").unwrap_or(folder).replace('/', "-")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(folder: &str, name: &str, dependency: &Value) -> Vec<String> {
        let metadata = json!({ "packages": [{
            "name": name,
            "manifest_path": format!("/repo/{folder}/Cargo.toml"),
            "dependencies": [dependency],
        }] });
        let packages = from_metadata(&metadata, Path::new("/repo")).unwrap();
        check(&packages).into_iter().map(|finding| finding.what).collect()
    }

    #[test]
    fn an_edge_that_the_table_lacks_is_found() {
        let api = json!({ "name": "backend-api", "path": "/repo/backend/api", "kind": null });
        assert_eq!(
            found("backend/ledger", "backend-ledger", &api),
            ["`backend-ledger` may not depend on `backend-api`"]
        );
        assert!(found("backend/server", "backend-server", &api).is_empty());
    }

    #[test]
    fn tests_keep_to_the_table_too_but_a_package_may_name_itself() {
        let server = json!({ "name": "backend-server", "path": "/repo/backend/server", "kind": "dev" });
        assert_eq!(found("shared", "shared", &server).len(), 1);
        let itself = json!({ "name": "gs1", "path": "/repo/crates/gs1", "kind": "dev" });
        assert!(found("crates/gs1", "gs1", &itself).is_empty());
        let drawn = |kind: Option<&str>| json!({ "name": "gs1", "path": "/repo/crates/gs1", "kind": kind });
        assert!(found("crates/scan", "scan", &drawn(Some("dev"))).is_empty());
        assert_eq!(found("crates/scan", "scan", &drawn(None)).len(), 1);
    }

    #[test]
    fn an_unknown_package_and_a_wrong_name_are_found() {
        let serde = json!({ "name": "serde", "path": null, "kind": null });
        assert_eq!(found("backend/gateway", "backend-gateway", &serde).len(), 1);
        assert_eq!(found("backend/api", "api", &serde)[0], "package `api` must be called `backend-api`");
    }

    #[test]
    fn the_table_names_only_packages_that_have_a_row() {
        for (_, allowed) in TABLE {
            for name in *allowed {
                assert!(TABLE.iter().any(|(row, _)| row == name), "{name}");
            }
        }
    }
}
