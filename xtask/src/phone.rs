//! `phone`: bundles the app with the Dioxus command line. For releases; neither `up` nor `test` needs it.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::build;
use crate::process::{command, run as run_command, which};
use crate::repo::Repo;
use crate::setup::{self, DIOXUS, WASM_BINDGEN};
use crate::toolchain::{Wasm, cargo_tool};

/// Bundles for one platform.
pub(crate) fn run(repo: &Repo, args: &[&str]) -> Result<()> {
    let [platform] = args else {
        bail!("say which platform: android, ios or web");
    };
    // Before twenty minutes of building the tool, not after.
    check_sdk(platform)?;
    setup::run(repo)?;
    setup::ensure_tool(repo, &DIOXUS)?;
    let dx = cargo_tool(repo, DIOXUS.program, DIOXUS.version).context("no dx")?;
    let bindgen = cargo_tool(repo, WASM_BINDGEN.program, WASM_BINDGEN.version).context("no wasm-bindgen")?;
    build::app::scanner_for_bundle(repo)?;
    let mut bundle = command(dx);
    Wasm::required(repo)?.prepare(repo, &mut bundle);
    let path = path_with_tools(repo, &bundle, &bindgen)?;
    run_command(bundle.current_dir(repo.path("app")).env("PATH", path).env("NO_DOWNLOADS", "1").args([
        "bundle",
        "--release",
        "--platform",
        platform,
    ]))
}

/// `dx` finds its helpers on `PATH`: those of npm, and our wasm-bindgen, after the compiler's own folder.
fn path_with_tools(repo: &Repo, bundle: &std::process::Command, bindgen: &Path) -> Result<std::ffi::OsString> {
    let given = bundle
        .get_envs()
        .find(|(name, _)| *name == "PATH")
        .and_then(|(_, value)| value.map(ToOwned::to_owned))
        .or_else(|| std::env::var_os("PATH"))
        .unwrap_or_default();
    let mut folders: Vec<_> = std::env::split_paths(&given).collect();
    let after_first = folders.len().min(1);
    folders.insert(after_first, repo.path("node_modules/.bin"));
    folders.extend(bindgen.parent().map(Path::to_path_buf));
    Ok(std::env::join_paths(folders)?)
}

/// Says what is missing on this machine for a platform.
fn check_sdk(platform: &str) -> Result<()> {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| Path::new(&value).is_dir());
    match platform {
        "web" => Ok(()),
        "android" => {
            if !set("ANDROID_HOME") {
                bail!("for Android, ANDROID_HOME must name the folder of the Android SDK");
            }
            if !set("ANDROID_NDK_HOME") && !set("NDK_HOME") {
                bail!("for Android, ANDROID_NDK_HOME must name the folder of the Android NDK");
            }
            if which("java").is_none() {
                bail!("for Android, a JDK (17 or newer) must be on PATH");
            }
            Ok(())
        }
        "ios" if !cfg!(target_os = "macos") => {
            bail!("for iOS, this must run on macOS with Xcode: Apple ships its SDK for nothing else")
        }
        "ios" if which("xcrun").is_none() => {
            bail!("for iOS, Xcode with its command line tools is needed")
        }
        "ios" => Ok(()),
        other => bail!("no platform `{other}`; there are android, ios and web"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_web_needs_nothing_and_an_unknown_platform_is_refused() {
        assert!(check_sdk("web").is_ok());
        assert!(check_sdk("watch").is_err());
    }

    #[test]
    #[cfg(not(target_os = "macos"))]
    fn ios_is_refused_in_clear_words_where_it_cannot_be_built() {
        assert!(check_sdk("ios").unwrap_err().to_string().contains("macOS"));
    }
}
