//! Draws what is to be read.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::corpus::{Entry, write_manifest, write_picture};
use crate::options::Draw;
use crate::scene::classes::FRAME;
use crate::scene::clip::{CLIPS, LENGTH};
use crate::scene::{self, Set};

/// Single frames into `own-<seed>`, clips into `clips-<seed>`.
pub(crate) fn corpora(options: &Draw) -> Result<()> {
    frames(&options.folder.join(format!("own-{}", options.seed)), options)?;
    clips(&options.folder.join(format!("clips-{}", options.seed)), options)
}

/// What a frame of a set shows, in a manifest.
fn symbol(set: Set) -> &'static str {
    match set {
        Set::DataMatrix | Set::Packages => "dm",
        Set::Qr => "qr",
        Set::Bars => "bars",
        Set::Empty => "none",
    }
}

fn frames(folder: &Path, options: &Draw) -> Result<()> {
    fs::create_dir_all(folder)?;
    let mut entries = Vec::new();
    for set in Set::ALL {
        for class in set.classes() {
            for index in 0..options.frames {
                let (levels, code) = set.frame(class, options.seed, index);
                let file = format!("{}-{class}-{index:02}.png", format!("{set:?}").to_lowercase());
                write_picture(&folder.join(&file), FRAME, &levels)?;
                let (class, symbol) = (class.to_owned(), symbol(set).to_owned());
                entries.push(Entry { file, class, symbol, text: code.map(|code| code.text), clip: None });
            }
        }
    }
    println!("{} frames in {}", entries.len(), folder.display());
    write_manifest(folder, &entries)
}

fn clips(folder: &Path, options: &Draw) -> Result<()> {
    fs::create_dir_all(folder)?;
    let mut entries = Vec::new();
    for class in CLIPS {
        for index in 0..options.clips {
            let (clip, code) = scene::clip(class, options.seed, index);
            for number in 0..LENGTH {
                let file = format!("{class}-{index:02}-{number:02}.png");
                write_picture(&folder.join(&file), FRAME, &clip.frame(number))?;
                let (class, symbol) = (format!("clip {class}"), "dm".to_owned());
                let clip = Some(format!("{class} {index}"));
                entries.push(Entry { file, class, symbol, text: Some(code.text.clone()), clip });
            }
        }
    }
    println!("{} frames of clips in {}", entries.len(), folder.display());
    write_manifest(folder, &entries)
}
