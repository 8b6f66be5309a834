//! Readers that are linked: ours, rxing and rqrr.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use anyhow::Result;
use rqrr::PreparedImage;
use rxing::{BarcodeFormat, DecodeHints};
use scan::Effort;

use crate::corpus::{Entry, Grey, manifest, picture};
use crate::cpu::timed;
use crate::outcome::{OURS, OURS_PICTURE, Outcome, PHOTOGRAPHS, source};

/// All frames of a folder by all of them.
pub(crate) fn outcomes(folder: &Path) -> Result<Vec<Outcome>> {
    let corpus = source(folder);
    let mut outcomes = Vec::new();
    for entry in manifest(folder)? {
        let grey = picture(&folder.join(&entry.file))?;
        for (name, read, of) in READERS {
            if of.contains(&entry.symbol.as_str()) {
                let (got, ms) = timed(|| catch_unwind(AssertUnwindSafe(|| read(&grey, &entry))).ok());
                outcomes.push(Outcome::new(&corpus, name, &entry, got, ms));
            }
        }
        if corpus == PHOTOGRAPHS {
            let (got, ms) = timed(|| catch_unwind(AssertUnwindSafe(|| ours_with(&grey, Effort::Picture))).ok());
            outcomes.push(Outcome::new(&corpus, OURS_PICTURE, &entry, got, ms));
        }
    }
    Ok(outcomes)
}

/// Texts of a frame. What it shows is for readers that are told which symbologies to look for.
type Reader = fn(&Grey, &Entry) -> Vec<String>;

/// By name, with what they are asked to read; rqrr takes minutes for a fine pattern without a symbol.
const READERS: [(&str, Reader, &[&str]); 3] = [
    (OURS, ours, &["dm", "qr", "bars", "none"]),
    ("rxing", rxing, &["dm", "qr", "bars", "none"]),
    ("rqrr", rqrr, &["qr"]),
];

fn ours(grey: &Grey, _: &Entry) -> Vec<String> {
    ours_with(grey, Effort::Frame)
}

fn ours_with(grey: &Grey, effort: Effort) -> Vec<String> {
    let found = scan::read_luma_with(grey.width, grey.height, &grey.levels, effort);
    found.into_iter().map(|found| found.text).collect()
}

fn rxing(grey: &Grey, entry: &Entry) -> Vec<String> {
    let formats = if entry.symbol == "bars" {
        vec![BarcodeFormat::EAN_13, BarcodeFormat::EAN_8, BarcodeFormat::UPC_A, BarcodeFormat::CODE_128]
    } else {
        vec![BarcodeFormat::DATA_MATRIX, BarcodeFormat::QR_CODE]
    };
    let mut hints = DecodeHints {
        PossibleFormats: Some(HashSet::from_iter(formats)),
        AlsoInverted: Some(true),
        TryHarder: Some(true),
        ..DecodeHints::default()
    };
    let result =
        rxing::helpers::detect_in_luma_slice_with_hints(&grey.levels, grey.width, grey.height, None, &mut hints);
    let text = |result: rxing::RXingResult| match result.getBarcodeFormat() {
        // A UPC-A is the EAN-13 that begins with 0.
        BarcodeFormat::UPC_A => format!("0{}", result.getText()),
        _ => result.getText().to_owned(),
    };
    result.into_iter().map(text).collect()
}

fn rqrr(grey: &Grey, _: &Entry) -> Vec<String> {
    let (width, height) = (grey.width as usize, grey.height as usize);
    let mut prepared = PreparedImage::prepare_from_greyscale(width, height, |x, y| grey.levels[y * width + x]);
    prepared.detect_grids().into_iter().filter_map(|grid| Some(grid.decode().ok()?.1)).collect()
}
