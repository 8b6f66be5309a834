//! Lists the `.ftl` files of every language, so that a new screen needs no line of code here.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let wanted: fn(&Path) -> bool = match env::var_os("CARGO_FEATURE_SCREENS") {
        Some(_) => |file| file.extension().is_some_and(|extension| extension == "ftl"),
        None => |file| file.ends_with("refusals.ftl"),
    };
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let mut code =
        String::from("/// Language tag and text of every file.\npub(crate) const FILES: &[(&str, &str)] = &[\n");
    for tag in ["kk", "ru", "en"] {
        let folder = Path::new(&root).join(tag);
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut files: Vec<_> = fs::read_dir(&folder)?.collect::<Result<_, _>>()?;
        files.sort_by_key(fs::DirEntry::file_name);
        for file in files.iter().map(fs::DirEntry::path).filter(|file| wanted(file)) {
            writeln!(code, "    ({tag:?}, include_str!({:?})),", file.display().to_string())
                .map_err(io::Error::other)?;
        }
    }
    code.push_str("];\n");
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("files.rs"), code)
}
