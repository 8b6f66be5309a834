//! A second of video: ours remembers what earlier frames showed, the others read each frame alone.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use crate::corpus::{Entry, manifest, picture};
use crate::cpu::timed;
use crate::outcome::{OURS_VIDEO, Outcome, source};
use crate::readers;

/// The frames of all clips, one by one by all readers, and in order by ours.
pub(crate) fn outcomes(folder: &Path) -> Result<Vec<Outcome>> {
    let mut clips: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for entry in manifest(folder)? {
        clips.entry(entry.clip.clone().unwrap_or_default()).or_default().push(entry);
    }
    let corpus = source(folder);
    let mut outcomes = readers::outcomes(folder)?;
    for frames in clips.values() {
        let mut scanner = scan::Scanner::new();
        for entry in frames {
            let grey = picture(&folder.join(&entry.file))?;
            let (look, ms) = timed(|| scanner.see_luma(grey.width, grey.height, &grey.levels));
            let got = look.found.into_iter().map(|found| found.text).collect();
            outcomes.push(Outcome::new(&corpus, OURS_VIDEO, entry, Some(got), ms));
        }
    }
    Ok(outcomes)
}

/// Clips of which any frame was read, and how many there are.
pub(crate) fn read(outcomes: &[&Outcome]) -> (usize, usize) {
    let mut clips: BTreeMap<&str, bool> = BTreeMap::new();
    for outcome in outcomes {
        *clips.entry(outcome.clip.as_deref().unwrap_or_default()).or_default() |= outcome.is_read();
    }
    (clips.values().filter(|read| **read).count(), clips.len())
}
