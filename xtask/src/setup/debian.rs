//! Packages of the system.

use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::process::{command, output, run, which};

/// The compiler that builds WASM where rustup's target cannot be downloaded, with its library's source.
pub(super) const WASM_COMPILER: [Package; 4] = [
    Package::always("rustc-web"),
    Package::always("cargo-web"),
    Package::always("rust-web-src"),
    Package::always("lld"),
];

/// Debian's server, 15 or later.
const POSTGRESQL: &str = "postgresql";

/// A package, and the programs that make it unnecessary when they are there already.
pub(super) struct Package {
    name: &'static str,
    instead: &'static [&'static str],
}

impl Package {
    const fn always(name: &'static str) -> Self {
        Self { name, instead: &[] }
    }

    const fn unless(name: &'static str, instead: &'static [&'static str]) -> Self {
        Self { name, instead }
    }

    fn replaced(&self) -> bool {
        self.instead.iter().any(|program| which(program).is_some())
    }
}

/// Packages that every machine needs: a browser with a font that has Kazakh letters, a C compiler for SQLite, what
/// draws a printed page for the test that films it, what kills a process at a chosen system call, and the web view in which
/// the app draws as a program of its own, with what shows films there and a screen that nobody looks at.
pub(super) fn always() -> [Package; 11] {
    [
        Package::unless("chromium", &["chromium", "chromium-browser", "google-chrome"]),
        Package::unless("fonts-dejavu-core", &[]),
        Package::unless("build-essential", &["cc"]),
        Package::unless("poppler-utils", &["pdftoppm"]),
        Package::always(POSTGRESQL),
        Package::unless("strace", &["strace"]),
        Package::always("libwebkit2gtk-4.1-dev"),
        Package::always("libxdo-dev"),
        Package::always("gstreamer1.0-plugins-base"),
        Package::always("gstreamer1.0-plugins-good"),
        Package::unless("xvfb", &["Xvfb"]),
    ]
}

/// Installs the packages that are missing.
pub(super) fn ensure(packages: &[Package]) -> Result<()> {
    let wanted: Vec<&str> = packages.iter().filter(|package| !package.replaced()).map(|package| package.name).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    if which("dpkg-query").is_none() || which("apt-get").is_none() {
        bail!("this is no Debian: please install what corresponds to {}", wanted.join(", "));
    }
    let missing = missing(&wanted);
    if missing.is_empty() {
        return Ok(());
    }
    println!("setup: installing Debian packages: {}", missing.join(", "));
    run(apt()?.args(["-qq", "update"]))?;
    if missing.contains(&POSTGRESQL) {
        without_service()?;
    }
    run(apt()?.args(["-qq", "install", "--yes", "--no-install-recommends"]).args(&missing).stdout(Stdio::null()))
}

/// The settings that Debian's scripts ask before they make a server of their own.
const CLUSTERS: &str = "/etc/postgresql-common/createcluster.d/tanba.conf";

/// Keeps Debian from making and starting a server when the package is installed: nobody asked for one, and tests start
/// their own in folders of their own (pg_createcluster(1), `create_main_cluster`).
fn without_service() -> Result<()> {
    let script = format!("mkdir -p \"$(dirname {CLUSTERS})\" && echo 'create_main_cluster = false' > {CLUSTERS}");
    run(as_root("sh")?.args(["-c", &script]))
}

fn missing<'a>(wanted: &[&'a str]) -> Vec<&'a str> {
    // Fails when a package is unknown, and prints the known ones all the same.
    let listed = command("dpkg-query")
        .args(["-W", "-f", "${db:Status-Status} ${Package}\n"])
        .args(wanted)
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    not_listed(wanted, &listed)
}

fn not_listed<'a>(wanted: &[&'a str], listed: &str) -> Vec<&'a str> {
    wanted.iter().copied().filter(|name| !listed.lines().any(|line| line == format!("installed {name}"))).collect()
}

fn apt() -> Result<Command> {
    let mut apt = as_root("env")?;
    apt.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"]);
    Ok(apt)
}

/// A command run as root: by sudo, if we are not.
pub(super) fn as_root(program: &str) -> Result<Command> {
    if output(command("id").arg("-u"))?.trim() == "0" {
        return Ok(command(program));
    }
    if which("sudo").is_none() {
        bail!("`{program}` must run as root, and there is no sudo");
    }
    let mut sudo = command("sudo");
    sudo.arg(program);
    Ok(sudo)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_installed_packages_count() {
        let listed = "installed lld\nconfig-files chromium\nnot-installed rustc-web\n";
        assert_eq!(
            not_listed(&["lld", "chromium", "rustc-web", "unknown"], listed),
            ["chromium", "rustc-web", "unknown"]
        );
    }

    #[test]
    fn a_program_in_place_makes_its_package_unnecessary() {
        assert!(Package::unless("dash", &["sh"]).replaced());
        assert!(!Package::always("dash").replaced());
    }
}
