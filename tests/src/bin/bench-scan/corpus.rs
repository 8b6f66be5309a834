//! Folders of frames: grey PNG files and a manifest.

use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;

use anyhow::{Context as _, Result};
use image::ExtendedColorType;
use serde::{Deserialize, Serialize};

/// One frame.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Entry {
    pub(crate) file: String,
    #[serde(rename = "cls")]
    pub(crate) class: String,
    /// `dm`, `qr`, `bars` or `none`.
    #[serde(rename = "sym")]
    pub(crate) symbol: String,
    pub(crate) text: Option<String>,
    /// The clip it is of.
    #[serde(default)]
    pub(crate) clip: Option<String>,
}

/// A grey picture.
pub(crate) struct Grey {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) levels: Vec<u8>,
}

pub(crate) fn manifest(folder: &Path) -> Result<Vec<Entry>> {
    let file = folder.join("manifest.json");
    let reader = BufReader::new(File::open(&file).with_context(|| format!("opening {}", file.display()))?);
    serde_json::from_reader(reader).with_context(|| format!("reading {}", file.display()))
}

pub(crate) fn write_manifest(folder: &Path, entries: &[Entry]) -> Result<()> {
    Ok(fs::write(folder.join("manifest.json"), serde_json::to_vec(entries)?)?)
}

pub(crate) fn picture(file: &Path) -> Result<Grey> {
    let picture = image::open(file).with_context(|| format!("opening {}", file.display()))?.into_luma8();
    Ok(Grey { width: picture.width(), height: picture.height(), levels: picture.into_raw() })
}

pub(crate) fn write_picture(file: &Path, (width, height): (usize, usize), levels: &[u8]) -> Result<()> {
    image::save_buffer(file, levels, width as u32, height as u32, ExtendedColorType::L8)
        .with_context(|| format!("writing {}", file.display()))
}
