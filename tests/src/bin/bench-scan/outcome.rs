//! What each reader made of each frame.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::corpus::Entry;

/// Ours, by the name in outcomes.
pub(crate) const OURS: &str = "ours";
/// Ours with the effort of a still picture, which photographs are read with.
pub(crate) const OURS_PICTURE: &str = "ours, picture";
/// Ours as browsers run it, without and in one.
pub(crate) const OURS_WASM: &str = "ours wasm, node";
pub(crate) const OURS_CHROMIUM: &str = "ours wasm, Chromium";
/// The same, of up to six looks at a frame together; of the others an outcome is one look.
pub(crate) const OURS_STILL: &str = "ours wasm, Chromium, held still";
/// Ours over the frames of a video.
pub(crate) const OURS_VIDEO: &str = "ours, video";

/// One frame, read by one.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Outcome {
    /// The folder that the frame is of: what was drawn by whom.
    #[serde(default)]
    pub(crate) corpus: String,
    #[serde(rename = "dec")]
    pub(crate) reader: String,
    #[serde(rename = "cls")]
    pub(crate) class: String,
    #[serde(rename = "sym")]
    pub(crate) symbol: String,
    #[serde(default)]
    pub(crate) clip: Option<String>,
    pub(crate) ms: f64,
    pub(crate) got: Vec<String>,
    pub(crate) want: Option<String>,
}

impl Outcome {
    pub(crate) fn new(corpus: &str, reader: &str, entry: &Entry, got: Option<Vec<String>>, ms: f64) -> Self {
        Self {
            corpus: corpus.to_owned(),
            reader: reader.to_owned(),
            class: entry.class.clone(),
            symbol: entry.symbol.clone(),
            clip: entry.clip.clone(),
            ms,
            got: got.unwrap_or_default(),
            want: entry.text.clone(),
        }
    }

    /// Whether one of the texts is the truth, separators included.
    pub(crate) fn is_read(&self) -> bool {
        let Some(want) = &self.want else {
            return false;
        };
        let (plain, want) = (plain(want), want);
        // libdmtx drops separators: it is not held to them.
        let loose = self.reader.starts_with("libdmtx");
        self.got.iter().any(|got| {
            self::plain(got) == plain || loose && self::plain(got) == self::plain(&want.replace('\u{1d}', ""))
        })
    }

    /// Whether a text was given that is not there.
    pub(crate) fn is_wrong(&self) -> bool {
        !self.got.is_empty() && !self.is_read()
    }
}

/// What readers and files of text write differently: a symbology identifier, FNC1 in front, ends of lines.
fn plain(text: &str) -> String {
    let identifiers = ["]d2", "]d1", "]Q3", "]Q1", "]C1", "]C0", "]E0"];
    let text = identifiers.iter().find_map(|identifier| text.strip_prefix(identifier)).unwrap_or(text);
    let text = text.trim_start_matches(['\u{1d}', '\0', '\u{e8}']).replace("\r\n", "\n");
    text.trim_end_matches(['\n', '\0']).to_owned()
}

/// What other programs have written.
pub(crate) fn load(files: &[PathBuf]) -> Result<Vec<Outcome>> {
    let mut outcomes = Vec::new();
    for file in files {
        let text = fs::read(file).with_context(|| format!("opening {}", file.display()))?;
        let read: Vec<Outcome> =
            serde_json::from_slice(&text).with_context(|| format!("reading {}", file.display()))?;
        outcomes.extend(read);
    }
    Ok(outcomes)
}

/// The name of a corpus: where it comes from, without its seed.
pub(crate) fn source(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    name.split('-').next().unwrap_or_default().to_owned()
}

/// The corpus of what was photographed and not drawn.
pub(crate) const PHOTOGRAPHS: &str = "photographs";

/// All of them, by what they are compared in.
pub(crate) struct Outcomes(BTreeMap<Group, BTreeMap<String, Vec<Outcome>>>);

/// Frames of one kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Group {
    pub(crate) corpus: String,
    pub(crate) symbol: String,
    pub(crate) class: String,
}

/// What a reader reached in a group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Score {
    pub(crate) frames: usize,
    /// Per cent read.
    pub(crate) read: f64,
    pub(crate) wrong: usize,
    pub(crate) median: f64,
    pub(crate) p95: f64,
}

impl Outcomes {
    pub(crate) fn new(all: Vec<Outcome>) -> Self {
        let mut groups: BTreeMap<Group, BTreeMap<String, Vec<Outcome>>> = BTreeMap::new();
        for outcome in all {
            let Outcome { corpus, symbol, class, .. } = outcome.clone();
            groups
                .entry(Group { corpus, symbol, class })
                .or_default()
                .entry(outcome.reader.clone())
                .or_default()
                .push(outcome);
        }
        Self(groups)
    }

    pub(crate) fn groups(&self) -> impl Iterator<Item = &Group> {
        self.0.keys()
    }

    /// The readers of some groups, ours first.
    pub(crate) fn readers(&self, of: impl Fn(&Group) -> bool) -> Vec<String> {
        let mut readers: Vec<String> =
            self.0.iter().filter(|(group, _)| of(group)).flat_map(|(_, readers)| readers.keys().cloned()).collect();
        readers.sort_by_key(|reader| (!reader.starts_with(OURS), reader.clone()));
        readers.dedup();
        readers
    }

    pub(crate) fn of(&self, reader: &str, of: impl Fn(&Group) -> bool) -> Vec<&Outcome> {
        let groups = self.0.iter().filter(|(group, _)| of(group));
        groups.filter_map(|(_, readers)| readers.get(reader)).flatten().collect()
    }

    pub(crate) fn score(&self, reader: &str, of: impl Fn(&Group) -> bool) -> Option<Score> {
        let outcomes = self.of(reader, of);
        if outcomes.is_empty() {
            return None;
        }
        let mut times: Vec<f64> = outcomes.iter().map(|outcome| outcome.ms).collect();
        times.sort_by(f64::total_cmp);
        let read = outcomes.iter().filter(|outcome| outcome.is_read()).count();
        Some(Score {
            frames: outcomes.len(),
            read: 100.0 * read as f64 / outcomes.len() as f64,
            wrong: outcomes.iter().filter(|outcome| outcome.is_wrong()).count(),
            median: ::tests::row::percentile(&times, 0.5),
            p95: ::tests::row::percentile(&times, 0.95),
        })
    }

    /// The best of the others, by what it reads and then by its time.
    pub(crate) fn best_other(&self, of: impl Fn(&Group) -> bool + Copy) -> Option<(String, Score)> {
        let others = self.readers(of).into_iter().filter(|reader| !reader.starts_with(OURS));
        let scores = others.filter_map(|reader| Some((reader.clone(), self.score(&reader, of)?)));
        scores.max_by(|(_, a), (_, b)| a.read.total_cmp(&b.read).then(b.median.total_cmp(&a.median)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(reader: &str, got: &str, want: Option<&str>) -> Outcome {
        let want = want.map(str::to_owned);
        let entry = Entry { file: "f".into(), class: "clean".into(), symbol: "dm".into(), text: want, clip: None };
        let got = if got.is_empty() { Vec::new() } else { vec![got.to_owned()] };
        Outcome::new("own", reader, &entry, Some(got), 1.0)
    }

    #[test]
    fn a_text_is_held_to_its_separators() {
        let truth = Some("01x21a\u{1d}93b");
        assert!(outcome(OURS, "01x21a\u{1d}93b", truth).is_read());
        assert!(outcome("zxing-cpp", "]d201x21a\u{1d}93b", truth).is_read());
        assert!(outcome(OURS, "01x21a93b", truth).is_wrong());
        assert!(outcome("libdmtx", "01x21a93b", truth).is_read());
        assert!(!outcome(OURS, "", truth).is_wrong() && !outcome(OURS, "", truth).is_read());
        assert!(outcome(OURS, "x", None).is_wrong());
    }

    #[test]
    fn the_best_other_reads_most_and_is_not_ours() {
        let all = [("a", "t"), ("b", ""), (OURS, "t"), (OURS_WASM, "t")];
        let outcomes = Outcomes::new(all.iter().map(|(reader, got)| outcome(reader, got, Some("t"))).collect());
        let (name, score) = outcomes.best_other(|_| true).unwrap();
        assert_eq!((name.as_str(), score.read), ("a", 100.0));
        assert_eq!(outcomes.readers(|_| true)[0], OURS);
    }
}
