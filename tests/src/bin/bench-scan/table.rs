//! The long table: every class by every reader.

use crate::outcome::{Group, Outcomes, Score};

/// Corpora one after the other, in each a table for each symbology.
pub(crate) fn text(outcomes: &Outcomes) -> String {
    let mut tables: Vec<(String, String)> =
        outcomes.groups().map(|group| (group.corpus.clone(), group.symbol.clone())).collect();
    tables.dedup();
    let tables = tables.iter().map(|(corpus, symbol)| table(outcomes, corpus, symbol));
    tables.collect::<Vec<_>>().join("\n")
}

fn table(outcomes: &Outcomes, corpus: &str, symbol: &str) -> String {
    let of = |group: &Group| group.corpus == corpus && group.symbol == symbol;
    let readers = outcomes.readers(of);
    let mut lines =
        vec![format!("\n{corpus}, {symbol}: per cent read (wrong texts) median and p95 in ms of the processor")];
    let cells = |name: &str, frames: usize, cells: Vec<String>| {
        let cells: String = cells.iter().map(|cell| format!(" {cell:>24}")).collect();
        format!("{name:<16} {frames:>5}{cells}")
    };
    lines.push(cells("", 0, readers.clone()).replacen('0', " ", 1));
    let mut classes: Vec<Option<&str>> =
        outcomes.groups().filter(|group| of(group)).map(|group| Some(&*group.class)).collect();
    classes.push(None);
    for class in classes {
        let of = |group: &Group| of(group) && class.is_none_or(|class| group.class == class);
        let scores: Vec<Option<Score>> = readers.iter().map(|reader| outcomes.score(reader, of)).collect();
        let frames = scores.iter().flatten().map(|score| score.frames).max().unwrap_or(0);
        let cell = |score: &Option<Score>| {
            score.map_or_else(
                || "–".to_owned(),
                |Score { read, wrong, median, p95, .. }| format!("{read:.0} ({wrong}) {median:.1} {p95:.1}"),
            )
        };
        lines.push(cells(class.unwrap_or("all"), frames, scores.iter().map(cell).collect()));
    }
    lines.join("\n")
}
