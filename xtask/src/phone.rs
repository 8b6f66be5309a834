//! `phone`: bundles the app with the Dioxus command line. For releases; neither `up` nor `test` needs it.
//!
//! For the web it then puts a site together from what `dx` made, by the rules of `build app`, and proves that it is the
//! same app: file by file, and screen by screen in a browser. For Android and iOS `dx` makes a program of its own, with the
//! platform of `app/src/device/shell` (`docs/guides/building.md`).

mod same;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::build::wasm::PROFILE;
use crate::build::{self, Part};
use crate::process::{command, run as run_command, which};
use crate::repo::Repo;
use crate::setup::{self, DIOXUS, WASM_BINDGEN};
use crate::test;
use crate::toolchain::{Wasm, cargo_tool};

/// Where `dx` leaves its bundle for the web.
const BUNDLE: &str = "target/wasm/dx/app/release/web/public";

/// Where the site is put together from it.
const SITE: &str = "target/web/phone";

/// The browser test that compares two sites.
const SCREENS: &str = "tests/browser/same-app.mjs";

/// Bundles for one platform.
pub(crate) fn run(repo: &Repo, args: &[&str]) -> Result<()> {
    let [platform] = args else {
        bail!("say which platform: android, ios or web");
    };
    // Before twenty minutes of building the tool, not after.
    check_sdk(platform)?;
    if *platform != "web" && std::env::var_os("TANBA_URL").is_none() {
        bail!("TANBA_URL must be the address of the service that the app is for, such as https://tanba.example");
    }
    setup::run(repo)?;
    setup::ensure_tool(repo, &DIOXUS)?;
    bundle(repo, platform)?;
    if *platform == "web" {
        return finish_web(repo);
    }
    Ok(())
}

fn bundle(repo: &Repo, platform: &str) -> Result<()> {
    let dx = cargo_tool(repo, DIOXUS.program, DIOXUS.version).context("no dx")?;
    let bindgen = cargo_tool(repo, WASM_BINDGEN.program, WASM_BINDGEN.version).context("no wasm-bindgen")?;
    build::app::scanner_for_bundle(repo)?;
    // `dx` leaves the programs of earlier runs beside the new one.
    let earlier = repo.path(BUNDLE);
    if platform == "web" && earlier.exists() {
        fs::remove_dir_all(earlier)?;
    }
    let mut bundle = command(dx);
    Wasm::required(repo)?.prepare(repo, &mut bundle);
    let path = path_with_tools(repo, &bundle, &bindgen)?;
    bundle.current_dir(repo.path("app")).env("PATH", path).env("NO_DOWNLOADS", "1");
    run_command(bundle.args(["bundle", "--platform", platform]).args(choices(platform)))
}

/// Makes the bundle a site like ours, and shows that it is the same app.
fn finish_web(repo: &Repo) -> Result<()> {
    let bundle = repo.path(BUNDLE);
    let site = repo.path(SITE);
    build::app::assemble_bundle(repo, &bundle, &site)?;
    Part::App.build(repo)?;
    same::check_bundle(&bundle, &site)?;
    same::check(&repo.site(), &site)?;
    build::server(repo, false)?;
    Part::Edge.build(repo)?;
    test::browser_file(repo, SCREENS, &[("TANBA_BUNDLE", &site)])?;
    println!("phone: {SITE} is the same app as that of `build app`");
    Ok(())
}

/// What `dx` is told beside the platform. For the web: the profile of `build app`, no names of functions, and no flag of
/// the compiler, since `Cargo.toml` already says where random numbers come from.
fn choices(platform: &str) -> &'static [&'static str] {
    match platform {
        "web" => &["--profile", PROFILE, "--debug-symbols", "false", "--wasm-js-cfg", "false"],
        _ => &["--release"],
    }
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
    use crate::build::wasm::FEATURES;

    #[test]
    fn the_web_is_built_by_the_profile_of_build_app() {
        let manifest = include_str!("../../Cargo.toml");
        assert!(manifest.contains(&format!("[profile.{PROFILE}]")));
        assert!(choices("web").windows(2).any(|pair| pair == ["--profile", PROFILE]));
        assert_eq!(choices("android"), ["--release"]);
    }

    #[test]
    fn dx_gives_wasm_opt_what_build_app_gives_it() {
        let theirs = include_str!("../../app/Dioxus.toml");
        // What `dx` 0.7.10 says to wasm-opt by itself (`src/wasm_opt.rs` of dioxus-cli).
        let itself = ["bulk-memory", "reference-types", "nontrapping-float-to-int", "mutable-globals"];
        for feature in FEATURES {
            let known = itself.iter().any(|name| feature == format!("--enable-{name}"));
            assert!(known || theirs.contains(feature), "app/Dioxus.toml lacks {feature}");
        }
        let effort = build::app::MODULE.effort.trim_start_matches("-O");
        assert!(theirs.contains(&format!("level = \"{effort}\"")));
    }

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
