//! Reads the corpus of photographed and drawn symbols, where there is one.
//!
//! The pictures come from the ZXing project's black-box tests and are not part of this repository. The floors are what
//! was measured when they were last raised; a change that reads fewer pictures fails here.

use std::fs;
use std::path::{Path, PathBuf};

use scan::{Found, Symbology};

/// The pictures of a folder with the text each must give, by name.
fn pictures(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut pictures: Vec<_> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "png" || extension == "webp"))
        .filter_map(|path| {
            let text = fs::read_to_string(path.with_extension("txt")).ok()?;
            Some((path, text))
        })
        .collect();
    pictures.sort();
    pictures
}

/// Whether a reading gives the text; the corpus writes some line ends and the last newline differently.
fn gives(found: &[Found], symbology: Symbology, expected: &str) -> bool {
    let plain = |text: &str| text.replace("\r\n", "\n").trim_end_matches('\n').to_owned();
    found.iter().any(|one| one.symbology == symbology && plain(&one.text) == plain(expected))
}

#[test]
fn corpus() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
    for (folder, symbology, floor) in [
        ("datamatrix/datamatrix-1", Symbology::DataMatrix, 28),
        ("datamatrix/datamatrix-2", Symbology::DataMatrix, 13),
        ("qrcode/qrcode-1", Symbology::Qr, 8),
        ("qrcode/qrcode-3", Symbology::Qr, 18),
    ] {
        let pictures = pictures(&corpus.join(folder));
        if pictures.is_empty() {
            println!("corpus {folder}: absent, skipped");
            continue;
        }
        let missed: Vec<_> = pictures
            .iter()
            .filter(|(path, expected)| {
                let bytes = fs::read(path).unwrap();
                let found = scan::read_image(&bytes).unwrap();
                !gives(&found, symbology, expected)
            })
            .map(|(path, _)| path.file_name().unwrap_or_default().to_string_lossy().into_owned())
            .collect();
        let read = pictures.len() - missed.len();
        println!("corpus {folder}: {read} of {} read, missed {missed:?}", pictures.len());
        assert!(read >= floor, "{folder}: {read} read, floor {floor}");
    }
}
