//! Which libraries of others the packages may use.
//!
//! The pure packages have a closed list: each library on it was looked at for clocks, randomness and I/O. Everywhere
//! else only those libraries are bound to a place that would carry a whole layer with them.

use super::Finding;
use super::edges::Package;

const RULE: &str = "library";

/// Everything that a pure package may use, apart from its tests.
const PURE: &[(&str, &[&str])] = &[
    ("gs1", &["datamatrix", "png", "serde", "thiserror"]),
    (
        "seal",
        &[
            "aes",
            "base64",
            "curve25519-dalek",
            "ed25519-dalek",
            "fpe",
            "hmac",
            "hpke",
            // The trait of generators, without a generator.
            "rand_core",
            "serde",
            "serde_json",
            "sha2",
            "subtle",
            "thiserror",
            "zeroize",
        ],
    ),
    (
        "scan",
        &[
            "datamatrix",
            "image",
            "rqrr",
            "rxing",
            "serde",
            "serde_json",
            "thiserror",
            // In src/web.rs, on WASM.
            "wasm-bindgen",
        ],
    ),
    ("shared", &["base64", "rand_core", "serde", "serde_json", "sha2", "thiserror", "time", "utoipa", "zeroize"]),
    // sha2: the Merkle root of a package.
    ("backend-ledger", &["serde", "serde_json", "sha2", "thiserror", "time"]),
];

/// Libraries that belong to some packages only. A name ending in `*` stands for all that start so.
const BOUND: &[(&str, &[&str])] = &[
    ("rusqlite", &["backend-store", "tests"]),
    ("sqlx*", &["backend-store"]),
    ("postgres*", &["backend-store", "tests"]),
    ("tokio-postgres", &["backend-store"]),
    ("worker*", &["edge"]),
    ("dioxus*", &["app", "assets"]),
    ("manganis*", &["app", "assets"]),
    ("web-sys", &["app", "edge", "scan"]),
    ("js-sys", &["app", "edge", "scan"]),
    ("wasm-bindgen*", &["app", "edge", "scan"]),
    ("axum*", &["backend-api", "backend-server", "tests"]),
    ("tower*", &["backend-api", "backend-server", "tests"]),
    ("hyper*", &["backend-api", "backend-server", "tests"]),
];

/// Libraries out of their place.
pub(super) fn check(packages: &[Package]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in packages {
        let pure = PURE.iter().find(|(name, _)| *name == package.name);
        let place = format!("{}/Cargo.toml", package.folder);
        for dependency in package.dependencies.iter().filter(|dependency| !dependency.ours) {
            let library = dependency.name.as_str();
            if let Some((_, allowed)) = pure.filter(|_| !dependency.dev)
                && !allowed.contains(&library)
            {
                findings.push(Finding::new(
                    RULE,
                    &place,
                    format!("`{library}` is not on the list of the pure package `{}`", package.name),
                ));
            }
            let bound = BOUND.iter().find(|(pattern, _)| matches(pattern, library));
            if let Some((_, owners)) = bound
                && !owners.contains(&package.name.as_str())
            {
                findings.push(Finding::new(RULE, &place, format!("`{library}` belongs to {} only", owners.join(", "))));
            }
        }
    }
    findings
}

fn matches(pattern: &str, library: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => library.starts_with(start),
        None => library == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::super::edges::Dependency;
    use super::*;

    fn count(package: &str, library: &str, dev: bool) -> usize {
        let dependency = Dependency { name: library.to_owned(), ours: false, dev };
        check(&[Package { name: package.to_owned(), folder: package.to_owned(), dependencies: vec![dependency] }]).len()
    }

    #[test]
    fn a_pure_package_uses_its_list_only() {
        assert_eq!(count("shared", "serde", false), 0);
        assert_eq!(count("shared", "tokio", false), 1);
        assert_eq!(count("backend-ledger", "rand", false), 1);
        assert_eq!(count("shared", "proptest", true), 0);
    }

    #[test]
    fn a_library_bound_to_a_layer_stays_in_it() {
        assert_eq!(count("backend-store", "rusqlite", false), 0);
        assert_eq!(count("backend-api", "rusqlite", false), 1);
        assert_eq!(count("backend-api", "worker-macros", false), 1);
        assert_eq!(count("backend-server", "dioxus-web", true), 1);
    }
}
