//! The app's program: a script and the module that it loads.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::super::files::{fingerprint, walk, write};
use super::page::Names;
use crate::process::{command, output};
use crate::repo::Repo;

/// The module's address in our own script, until its fingerprint is known.
const ADDRESS: &str = "/app/app.wasm";

/// Where `dx` puts the program in its bundle, and how its script names that folder.
const DX_FOLDER: &str = "assets";
const DX_ADDRESS: &str = "/./assets/";

/// A script and the module that it loads.
pub(super) struct Program {
    script: String,
    module: Vec<u8>,
    /// How the script names the module.
    address: String,
}

impl Program {
    /// From what wasm-bindgen and wasm-opt left in a folder; its scripts become one.
    pub(super) fn own(repo: &Repo, folder: &Path) -> Result<Self> {
        let module = fs::read(folder.join("app_bg.wasm"))?;
        let start = format!("import init from \"./app.js\";\ninit({{ module_or_path: \"{ADDRESS}\" }});\n");
        write(&folder.join("start.js"), start)?;
        let script = output(
            command(repo.npm_bin("esbuild"))
                .current_dir(folder)
                .args(["start.js", "--bundle", "--format=esm", "--minify"])
                .args(["--target=es2022", "--log-level=warning"]),
        )?;
        Self::new(script, module, ADDRESS.to_owned())
    }

    /// From a bundle of the Dioxus command line. Anything else among its assets would be lost, and is refused.
    pub(super) fn of_dx(bundle: &Path) -> Result<Self> {
        let folder = bundle.join(DX_FOLDER);
        let files: Vec<PathBuf> =
            walk(&folder)?.into_iter().filter(|file| file.file_name().is_some_and(|name| !is_hidden(name))).collect();
        let [script, module] = &files[..] else {
            bail!("dx should have made one script and one module, and made {files:?}");
        };
        if script.extension().is_none_or(|extension| extension != "js") {
            bail!("{} is no script", script.display());
        }
        let name = module.file_name().and_then(|name| name.to_str()).context("names are UTF-8")?;
        if !name.ends_with(".wasm") {
            bail!("{} is no module", module.display());
        }
        Self::new(fs::read_to_string(script)?, fs::read(module)?, format!("{DX_ADDRESS}{name}"))
    }

    fn new(script: String, module: Vec<u8>, address: String) -> Result<Self> {
        if script.matches(&address).count() != 1 {
            bail!("the app's script must name its module, {address}, exactly once");
        }
        Ok(Self { script, module, address })
    }

    /// Writes both into a site, under names that change with their content.
    pub(super) fn put(&self, site: &Path) -> Result<Names> {
        let wasm = format!("/app/app-{}.wasm", fingerprint([&self.module[..]]));
        let script = self.script.replace(&self.address, &wasm);
        let js = format!("/app/app-{}.js", fingerprint([script.as_bytes()]));
        write(&site.join(&wasm[1..]), &self.module)?;
        write(&site.join(&js[1..]), &script)?;
        Ok(Names { js, wasm })
    }
}

fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("xtask-program-{name}-{}", std::process::id()));
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        for (file, content) in files {
            write(&folder.join(file), content).unwrap();
        }
        folder
    }

    #[test]
    fn a_bundle_of_dx_gets_our_names() {
        let script = ("assets/app-dxh1.js", "load(\"/./assets/app_bg-dxh2.wasm\")");
        let module = ("assets/app_bg-dxh2.wasm", "\0asm");
        let folder = bundle("names", &[script, module, ("assets/.manifest.json", "{}"), ("sw.js", "")]);
        let site = folder.join("site");
        let names = Program::of_dx(&folder).unwrap().put(&site).unwrap();
        assert!(names.wasm.starts_with("/app/app-") && names.wasm.ends_with(".wasm"));
        assert_eq!(fs::read(site.join(&names.wasm[1..])).unwrap(), b"\0asm");
        assert_eq!(fs::read_to_string(site.join(&names.js[1..])).unwrap(), format!("load(\"{}\")", names.wasm));
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_bundle_with_more_or_less_than_the_program_is_refused() {
        let script = ("assets/app-dxh1.js", "load(\"/./assets/app_bg-dxh2.wasm\")");
        let module = ("assets/app_bg-dxh2.wasm", "");
        let picture = ("assets/mark-dxh3.png", "");
        let lost = ("assets/app-dxh1.js", "load(\"/elsewhere.wasm\")");
        for (name, files) in [
            ("more", vec![script, module, picture]),
            ("less", vec![script]),
            ("lost", vec![lost, module]),
            ("none", vec![]),
        ] {
            let folder = bundle(name, &files);
            assert!(Program::of_dx(&folder).is_err(), "{name}");
            if folder.exists() {
                fs::remove_dir_all(folder).unwrap();
            }
        }
    }
}
