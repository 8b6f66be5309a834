//! Which of the codes in view is meant: the one that is aimed at.

use super::meaning::{self, Kind, Meaning};
use crate::device::scanning::{Found, Look, Quad, Stand, Symbology};
use shared::seal::KeySet;
use std::collections::BTreeMap;

/// A code that was read stays in view for so long after it was read last: not every picture gives every code.
const LINGER_MS: i64 = 500;
/// …and for so many looks that do not give it, however long a slow phone takes for them: at least one in four looks for all
/// symbologies.
const MISSES: u32 = 3;

/// Two marks whose distances differ by less are both aimed at.
const NEAR: f32 = 0.35;

/// A mark waits for so long for another one that is seen nearer to the middle and not read yet.
const RIVAL_MS: i64 = 800;

/// So many looks confirm what no signature does…
const CONFIRMED: u32 = 2;
/// …and a mark that does not cover the middle: one beside it may be read in the next look only…
const BESIDE: u32 = 3;
/// …and one outside the place where it is to be held.
const ASIDE: u32 = 6;

/// What is no mark is believed after so long: the mark may be beside it.
const OTHER_MS: i64 = 1_500;
/// A plain barcode is on all goods, so that it is what comes into view first.
const BARCODE_MS: i64 = 3_000;

/// Texts whose meaning is kept.
const KNOWN: usize = 64;

/// What is meant, as far as it is clear.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Choice {
    /// Nothing yet.
    Nothing,
    /// This text.
    Take(String),
    /// One of several marks.
    Several,
    /// Perhaps this, which is no mark.
    Other(Kind),
}

/// A code in view that was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Track {
    pub(super) meaning: Meaning,
    pub(super) corners: Quad,
    first: i64,
    last: i64,
    looks: u32,
    misses: u32,
}

/// Chooses over several pictures.
#[derive(Default)]
pub(super) struct Chooser {
    known: BTreeMap<String, Meaning>,
    tracks: Vec<Track>,
}

impl Chooser {
    /// The codes in view that were read.
    pub(super) fn tracks(&self) -> &[Track] {
        &self.tracks
    }

    /// What is meant after another look. `proposals` are of the platform's own reader, whose word counts only if the
    /// signature bears it out; what it reads rightly otherwise, ours reads too.
    pub(super) fn see(&mut self, look: &Look, proposals: &[Found], stand: &Stand, keys: &KeySet, now: i64) -> Choice {
        for track in &mut self.tracks {
            track.misses += 1;
        }
        for found in &look.found {
            let meaning = self.meaning(found, keys);
            self.follow(meaning, found.corners, now);
        }
        for found in proposals {
            let meaning = self.meaning(found, keys);
            if meaning.is_sure {
                self.follow(meaning, found.corners, now);
            }
        }
        self.tracks.retain(|track| now - track.last <= LINGER_MS || track.misses <= MISSES);
        self.choose(look, stand, now)
    }

    fn meaning(&mut self, found: &Found, keys: &KeySet) -> Meaning {
        if self.known.len() >= KNOWN {
            self.known.clear();
        }
        self.known.entry(found.text.clone()).or_insert_with(|| meaning::of(found, keys)).clone()
    }

    fn follow(&mut self, meaning: Meaning, corners: Quad, now: i64) {
        match self.tracks.iter_mut().find(|track| track.meaning.text == meaning.text) {
            Some(track) => {
                (track.corners, track.last, track.looks, track.misses) = (corners, now, track.looks + 1, 0);
            }
            None => self.tracks.push(Track { meaning, corners, first: now, last: now, looks: 1, misses: 0 }),
        }
    }

    fn choose(&self, look: &Look, stand: &Stand, now: i64) -> Choice {
        let unread = self.unread(look, stand);
        if let Some((distance, mark)) = self.nearest(stand, |track| track.meaning.kind == Kind::Mark) {
            let others = |track: &Track| track.meaning.kind == Kind::Mark && track.meaning.text != mark.meaning.text;
            let second = self.nearest(stand, others).map(|(distance, _)| distance);
            return among_marks(distance, mark, second, unread, now);
        }
        if let Some((_, part)) = self.nearest(stand, |track| track.meaning.kind == Kind::Part) {
            let needed = if unread.is_some() { ASIDE } else { CONFIRMED };
            return if part.looks >= needed { Choice::Take(part.meaning.text.clone()) } else { Choice::Nothing };
        }
        let Some((distance, other)) = self.nearest(stand, |_| true) else { return Choice::Nothing };
        let patience = if other.meaning.kind == Kind::Barcode { BARCODE_MS } else { OTHER_MS };
        let is_aside = distance > 1.0 || unread.is_some();
        if now - other.first >= if is_aside { 2 * patience } else { patience } {
            Choice::Take(other.meaning.text.clone())
        } else {
            Choice::Other(other.meaning.kind)
        }
    }

    /// The code nearest to where one is to be held, with its distance.
    fn nearest(&self, stand: &Stand, is_meant: impl Fn(&Track) -> bool) -> Option<(f32, &Track)> {
        let meant = self.tracks.iter().filter(|track| is_meant(track));
        meant.map(|track| (stand.distance(&track.corners), track)).min_by(|a, b| a.0.total_cmp(&b.0))
    }

    /// How near the nearest symbol is that may be a mark and was not read.
    fn unread(&self, look: &Look, stand: &Stand) -> Option<f32> {
        let may_be = look.seen.iter().filter(|seen| seen.symbology == Symbology::DataMatrix);
        may_be.map(|seen| stand.distance(&seen.corners)).min_by(f32::total_cmp)
    }
}

/// What the nearest mark is to become, given how far the second and the nearest unread symbol are.
fn among_marks(distance: f32, mark: &Track, second: Option<f32>, unread: Option<f32>, now: i64) -> Choice {
    let is_aimed_at = distance == 0.0;
    if !is_aimed_at && second.is_some_and(|second| second - distance < NEAR) {
        return Choice::Several;
    }
    if !is_aimed_at && unread.is_some_and(|unread| unread - distance < NEAR) && now - mark.first < RIVAL_MS {
        return Choice::Nothing;
    }
    let needed = match mark.meaning.is_sure {
        _ if distance > 1.0 => ASIDE,
        _ if !is_aimed_at => BESIDE,
        false => CONFIRMED,
        true => 1,
    };
    if mark.looks >= needed { Choice::Take(mark.meaning.text.clone()) } else { Choice::Nothing }
}

/// What may be meant of a picture that is not followed by another: every mark in it, from top to bottom, or the best of what is
/// no mark.
pub(super) fn at_once(found: &[Found], keys: &KeySet) -> Vec<Meaning> {
    let mut all: Vec<_> = found.iter().map(|found| (meaning::of(found, keys), found)).collect();
    all.sort_by(|(_, one), (_, other)| one.corners[0].1.total_cmp(&other.corners[0].1));
    let mut marks: Vec<Meaning> = Vec::new();
    for (mark, _) in all.iter().filter(|(meaning, _)| meaning.kind == Kind::Mark) {
        if marks.iter().all(|other| other.text != mark.text) {
            marks.push(mark.clone());
        }
    }
    if marks.is_empty() {
        let best = all.into_iter().max_by_key(|(meaning, found)| (meaning.kind, meaning.is_sure, found.gs1));
        marks.extend(best.map(|(meaning, _)| meaning));
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::scanning::Seen;

    /// Bracket notation of a `signed` code; no key is known here, so that no signature verifies.
    fn mark(serial: &str) -> String {
        format!("010487000123456021{serial}\u{1d}91KZ01\u{1d}92{}", "a".repeat(83))
    }

    const SERIAL: &str = "300000000000A";
    const STAND: Stand = Stand { picture: (400.0, 400.0), shown: (400.0, 400.0), aim: (200.0, 200.0), reach: 100.0 };

    fn square(x: f32, y: f32) -> Quad {
        [(x - 20.0, y - 20.0), (x + 20.0, y - 20.0), (x + 20.0, y + 20.0), (x - 20.0, y + 20.0)]
    }

    fn found(text: &str, at: (f32, f32)) -> Found {
        let symbology = match text {
            _ if text.starts_with("01") => Symbology::DataMatrix,
            _ if text.contains("://") => Symbology::Qr,
            _ => Symbology::Bars,
        };
        Found { text: text.to_owned(), gs1: false, symbology, corners: square(at.0, at.1) }
    }

    fn unread(at: (f32, f32)) -> Seen {
        let corners = square(at.0, at.1);
        Seen { symbology: Symbology::DataMatrix, corners, module: 2.0, sharpness: 0.5, contrast: 0.5, glare: 0.0 }
    }

    fn no_keys() -> KeySet {
        KeySet { version: 0, issued_at: 0, keys: Vec::new(), report_key: [0; 32] }
    }

    /// What is chosen after so many looks at the same, and how many it took.
    fn after(looks: u32, found: &[Found], seen: &[Seen]) -> (Choice, u32) {
        let mut chooser = Chooser::default();
        let look = Look { found: found.to_vec(), seen: seen.to_vec(), ..Look::default() };
        let mut choice = Choice::Nothing;
        for at in 1..=looks {
            choice = chooser.see(&look, &[], &STAND, &no_keys(), i64::from(at) * 33);
            if matches!(choice, Choice::Take(_)) {
                return (choice, at);
            }
        }
        (choice, looks)
    }

    #[test]
    fn what_is_aimed_at_is_taken() {
        let (one, two) = (mark(SERIAL), mark("300000000000B"));
        let (middle, left, right, corner) = ((200.0, 200.0), (150.0, 200.0), (255.0, 200.0), (40.0, 40.0));
        let take = |text: &str| Choice::Take(text.to_owned());
        let (site, bars) = ("https://example.com", "4870001234560");
        for (case, found, seen, expected) in [
            ("a mark in the middle", vec![found(&one, middle)], vec![], (take(&one), CONFIRMED)),
            ("a mark aside", vec![found(&one, corner)], vec![], (take(&one), ASIDE)),
            (
                "of two the one in the middle",
                vec![found(&two, left), found(&one, middle)],
                vec![],
                (take(&one), CONFIRMED),
            ),
            ("of two the nearer one", vec![found(&two, corner), found(&one, left)], vec![], (take(&one), BESIDE)),
            (
                "of two that are as near none",
                vec![found(&two, right), found(&one, left)],
                vec![],
                (Choice::Several, 200),
            ),
            (
                "a mark beside an advertisement",
                vec![found(site, middle), found(&one, left)],
                vec![],
                (take(&one), BESIDE),
            ),
            ("a mark waits for one nearer", vec![found(&one, left)], vec![unread(middle)], (take(&one), 26)),
            ("an advertisement alone", vec![found(site, middle)], vec![], (take(site), 47)),
            ("an advertisement beside an unread mark", vec![found(site, middle)], vec![unread(left)], (take(site), 92)),
            ("a plain barcode, stayed on", vec![found(bars, middle)], vec![], (take(bars), 92)),
            ("nothing", vec![], vec![unread(middle)], (Choice::Nothing, 200)),
        ] {
            assert_eq!(after(200, &found, &seen), expected, "{case}");
        }
        assert_eq!(after(9, &[found(bars, middle)], &[]).0, Choice::Other(Kind::Barcode));
        assert_eq!(after(9, &[found("01048700012345602", middle)], &[]).0, take("01048700012345602"));
    }

    #[test]
    fn the_word_of_another_reader_counts_only_with_its_signature() {
        let mut chooser = Chooser::default();
        for at in 0..500 {
            let proposals = [found(&mark(SERIAL), (200.0, 200.0)), found("https://example.com", (200.0, 200.0))];
            let choice = chooser.see(&Look::default(), &proposals, &STAND, &no_keys(), at * 33);
            assert_eq!(choice, Choice::Nothing);
        }
    }

    #[test]
    fn two_marks_stay_to_be_chosen_however_slow_the_phone_is() {
        let (one, two) = (mark(SERIAL), mark("300000000000B"));
        let [left, right] = [found(&one, (150.0, 200.0)), found(&two, (255.0, 200.0))];
        let mut chooser = Chooser::default();
        for at in 0..30 {
            // One of them is missed every other time.
            let found = if at % 2 == 0 { vec![left.clone(), right.clone()] } else { vec![left.clone()] };
            let choice = chooser.see(&Look { found, ..Look::default() }, &[], &STAND, &no_keys(), at * 700);
            assert_eq!(choice, Choice::Several, "{at}");
        }
    }

    /// While a DataMatrix is seen that cannot be read, one look in four is for all symbologies.
    #[test]
    fn what_every_fourth_look_reads_is_taken_however_slow_the_phone_is() {
        let site = found("https://example.com", (200.0, 200.0));
        let mut chooser = Chooser::default();
        let choices = (0..20).map(|at| {
            let found = if at % 4 == 0 { vec![site.clone()] } else { Vec::new() };
            chooser.see(&Look { found, ..Look::default() }, &[], &STAND, &no_keys(), at * 300)
        });
        assert!(choices.into_iter().any(|choice| choice == Choice::Take(site.text.clone())));
    }

    #[test]
    fn what_has_left_the_view_is_forgotten() {
        let mut chooser = Chooser::default();
        let look = Look { found: vec![found("4870001234560", (200.0, 200.0))], ..Look::default() };
        for at in 0..500 {
            // Seen for a moment every second.
            let look = if at % 30 < 3 { &look } else { &Look::default() };
            let choice = chooser.see(look, &[], &STAND, &no_keys(), at * 33);
            assert!(!matches!(choice, Choice::Take(_)), "{at}");
        }
    }

    #[test]
    fn of_a_still_picture_all_marks_are_taken_or_the_best_of_the_rest() {
        let texts = |all: &[Found]| at_once(all, &no_keys()).into_iter().map(|one| one.text).collect::<Vec<_>>();
        let (bars, site) = (found("4870001234560", (0.0, 0.0)), found("https://a.kz", (0.0, 0.0)));
        let (low, high) = (found(&mark(SERIAL), (9.0, 99.0)), found(&mark("B"), (99.0, 9.0)));
        assert_eq!(texts(&[bars.clone(), low.clone(), site.clone()]), [mark(SERIAL)]);
        assert_eq!(texts(&[low.clone(), bars.clone(), high, low]), [mark("B"), mark(SERIAL)], "from top to bottom");
        assert_eq!(texts(&[site, bars]), ["4870001234560"]);
        assert!(texts(&[]).is_empty());
    }
}
