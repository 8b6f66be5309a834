//! What was promised, and whether it is kept.

use ::tests::row::Row;

use crate::clips;
use crate::outcome::{
    Group, OURS, OURS_CHROMIUM, OURS_PICTURE, OURS_STILL, OURS_VIDEO, OURS_WASM, Outcomes, PHOTOGRAPHS,
};

/// Per cent of the frames that must be read: drawn ones, and photographs.
const GOALS: [(&str, &str, f64, f64); 2] = [("dm", "DataMatrix", 93.0, 97.0), ("qr", "QR", 92.0, 93.0)];

/// Frames with a symbol, each of them alone.
fn is_single(group: &Group) -> bool {
    group.symbol != "none" && group.corpus != "clips"
}

/// The classes of goods, which are drawn in one way only.
fn is_goods(group: &Group) -> bool {
    crate::scene::packages::PACKAGES.contains(&group.class.as_str())
}

pub(crate) fn all(outcomes: &Outcomes) -> Vec<Row> {
    let mut rows = Vec::new();
    for (symbol, name, goal, photographs) in GOALS {
        let drawn = |group: &Group| is_single(group) && group.symbol == symbol && group.corpus != PHOTOGRAPHS;
        for corpus in ["shared", "own"] {
            let of = |group: &Group| drawn(group) && group.corpus == corpus && !is_goods(group);
            let whose = if corpus == "own" { "own frames" } else { "shared frames" };
            rows.extend(share(outcomes, &format!("{name}, {whose}, read"), Some(goal), of));
            for group in outcomes.groups().filter(|group| of(group)) {
                rows.extend(share(outcomes, &format!("{name}, {whose}, {}", group.class), None, |other| {
                    other == group
                }));
            }
        }
        let photographed = |group: &Group| group.corpus == PHOTOGRAPHS && group.symbol == symbol;
        rows.extend(read_by(
            OURS_PICTURE,
            outcomes,
            &format!("{name}, photographs, read"),
            Some(photographs),
            photographed,
        ));
        if let Some(score) = outcomes.score(OURS, photographed) {
            rows.push(Row::new(format!("{name}, photographs, as a camera frame"), score.read, "%"));
        }
        rows.extend(time(outcomes, &format!("{name}, median"), drawn));
    }
    for group in outcomes.groups().filter(|group| is_goods(group)) {
        rows.extend(share(outcomes, &format!("DataMatrix on goods, {}", group.class), None, |other| other == group));
    }
    rows.extend(share(outcomes, "DataMatrix on goods, read", None, is_goods));
    rows.extend(share(outcomes, "bars, read", None, |group| group.symbol == "bars"));
    rows.extend(empty(outcomes));
    rows.extend(video(outcomes));
    rows.extend(browsers(outcomes));
    rows
}

/// What is read beside the best other; without a goal of its own a class may not be below that.
fn share(outcomes: &Outcomes, name: &str, goal: Option<f64>, of: impl Fn(&Group) -> bool + Copy) -> Option<Row> {
    read_by(OURS, outcomes, name, goal, of)
}

fn read_by(
    reader: &str,
    outcomes: &Outcomes,
    name: &str,
    goal: Option<f64>,
    of: impl Fn(&Group) -> bool + Copy,
) -> Option<Row> {
    let ours = outcomes.score(reader, of)?;
    let other = outcomes.best_other(of);
    let row = Row::new(format!("{name} ({} frames)", ours.frames), ours.read, "%");
    let goal = goal.or(other.as_ref().map(|(_, score)| score.read));
    let row = match goal {
        Some(goal) => row.at_least(goal),
        None => row,
    };
    Some(match other {
        Some((reader, score)) => row.beside(known(&reader), score.read),
        None => row,
    })
}

fn time(outcomes: &Outcomes, name: &str, of: impl Fn(&Group) -> bool + Copy) -> Option<Row> {
    let ours = outcomes.score(OURS, of)?;
    let row = Row::new(name, ours.median, "ms");
    Some(match outcomes.best_other(of) {
        Some((reader, score)) => row.beside(known(&reader), score.median),
        None => row,
    })
}

fn empty(outcomes: &Outcomes) -> Vec<Row> {
    let of = |group: &Group| group.symbol == "none";
    let Some(ours) = outcomes.score(OURS, of) else {
        return Vec::new();
    };
    let other = outcomes.score("zxing-cpp", of);
    let beside = |row: Row, value: Option<f64>| match value {
        Some(value) => row.beside("zxing-cpp", value),
        None => row,
    };
    vec![
        beside(Row::new("no symbol, median", ours.median, "ms"), other.map(|score| score.median)),
        beside(Row::new("no symbol, p95", ours.p95, "ms"), other.map(|score| score.p95)),
        Row::new(format!("no symbol, texts in {} frames", ours.frames), ours.wrong as f64, "texts").at_most(0.0),
    ]
}

fn video(outcomes: &Outcomes) -> Vec<Row> {
    let mut names: Vec<Option<&str>> =
        outcomes.groups().filter(|group| group.corpus == "clips").map(|group| Some(group.class.as_str())).collect();
    names.push(None);
    let mut rows = Vec::new();
    for class in names {
        let of = |group: &Group| group.corpus == "clips" && class.is_none_or(|class| group.class == class);
        let percent = |reader: &str| {
            let (read, clips) = clips::read(&outcomes.of(reader, of));
            100.0 * read as f64 / clips.max(1) as f64
        };
        let singles = outcomes.readers(of).into_iter().filter(|reader| !reader.starts_with(OURS));
        let Some((best, value)) =
            singles.map(|reader| (known(&reader), percent(&reader))).max_by(|a, b| a.1.total_cmp(&b.1))
        else {
            continue;
        };
        let name = format!("{}, read within a second", class.unwrap_or("clips"));
        rows.push(Row::new(name, percent(OURS_VIDEO), "%").beside(best, value).at_least(value));
    }
    if let Some(score) = outcomes.score(OURS_VIDEO, |group| group.corpus == "clips") {
        rows.push(Row::new("clips, wrong texts", score.wrong as f64, "texts").at_most(0.0));
        rows.push(Row::new("clips, median of a frame", score.median, "ms"));
    }
    rows
}

/// A name, what belongs to it, and the milliseconds that half of its frames may take.
type Set<'a> = (&'static str, &'a dyn Fn(&Group) -> bool, f64);

/// As a telephone runs it: what both generators draw in the same classes, and what is drawn here to be harder.
fn browsers(outcomes: &Outcomes) -> Vec<Row> {
    let drawn =
        |group: &Group| is_single(group) && matches!(group.symbol.as_str(), "dm" | "qr") && group.corpus != PHOTOGRAPHS;
    let none = |group: &Group, corpus: &str| group.symbol == "none" && group.corpus == corpus;
    let sets: [Set<'_>; 4] = [
        ("symbols", &|group| drawn(group) && !is_goods(group), 8.0),
        ("goods", &|group| drawn(group) && is_goods(group), 8.0),
        ("no symbol, shared frames", &|group| none(group, "shared"), 12.0),
        ("no symbol, own frames", &|group| none(group, "own"), 12.0),
    ];
    let mut rows = Vec::new();
    for reader in [OURS_WASM, OURS_CHROMIUM] {
        let limit = |row: Row, most: f64| if reader == OURS_CHROMIUM { row.at_most(most) } else { row };
        for (set, of, most) in sets {
            let Some(score) = outcomes.score(reader, of) else { continue };
            let row = Row::new(format!("{reader}, {set}, median"), score.median, "ms");
            let row = match outcomes.score("zxing-wasm", of) {
                Some(other) => row.beside("zxing-wasm", other.median),
                None => row,
            };
            rows.push(limit(row, most));
            rows.push(limit(Row::new(format!("{reader}, {set}, p95"), score.p95, "ms"), 25.0));
        }
    }
    for (set, of, _) in sets.into_iter().take(2) {
        let Some(score) = outcomes.score(OURS_STILL, of) else { continue };
        rows.push(Row::new(format!("{OURS_STILL}, {set}, read"), score.read, "%"));
        rows.push(Row::new(format!("{OURS_STILL}, {set}, until it is read or given up, median"), score.median, "ms"));
        rows.push(Row::new(format!("{OURS_STILL}, {set}, until it is read or given up, p95"), score.p95, "ms"));
    }
    rows
}

/// Names of rows last as long as the program.
fn known(reader: &str) -> &'static str {
    const KNOWN: [&str; 5] = ["zxing-cpp", "zxing-wasm", "rxing", "rqrr", "libdmtx"];
    KNOWN.into_iter().find(|known| *known == reader).unwrap_or("another")
}
