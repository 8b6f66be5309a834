//! `tanba demo`: invented products with codes in every state, a page of their labels and a list of their codes.

mod catalogue;
mod client;
mod facts;
mod forms;
mod packages;
mod page;
mod seed;
mod specimens;
#[cfg(test)]
mod tests;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Serialize;
use shared::verdict::Verdict;

use crate::accounts::Accounts;
use crate::args::DemoOptions;
use specimens::Specimen;

/// Where a phone would look a Digital Link up, if no edge is named.
const DEFAULT_EDGE: &str = "http://127.0.0.1:8787";

/// An entry of the list of codes.
#[derive(Serialize)]
struct Entry<'a> {
    /// What the symbol says.
    code: &'a str,
    /// What a check answers.
    verdict: Verdict,
    /// Which label it is, in English.
    label: String,
    /// Whether the network must be cut before the check.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    offline: bool,
    /// Its picture, below the folder of the page.
    image: String,
}

/// Fills the backend, then writes the page and the list. Run again, it changes nothing at the backend and writes the same
/// files.
///
/// # Errors
/// If the backend refuses or cannot be reached, or a file cannot be written.
pub async fn run(options: &DemoOptions) -> Result<()> {
    let accounts = Accounts::read(&options.accounts)?;
    let client = client::Client::new(&options.backend, &accounts)?;
    let seeded = seed::seed(&client).await?;
    let edge = options.edge.as_deref().unwrap_or(DEFAULT_EDGE).trim_end_matches('/');
    let specimens = specimens::of(&seeded, edge)?;
    write_page(&options.out, &specimens)?;
    write_list(&options.codes, &specimens)
}

fn write_page(folder: &Path, specimens: &[Specimen]) -> Result<()> {
    let labels = folder.join("labels");
    fs::create_dir_all(&labels).with_context(|| format!("cannot make {}", labels.display()))?;
    let mut drawn = Vec::with_capacity(specimens.len());
    for (index, specimen) in specimens.iter().enumerate() {
        let svg = specimen.svg().with_context(|| format!("label {index} cannot be drawn"))?;
        write(&folder.join(image(index)), &svg)?;
        drawn.push((specimen, svg));
    }
    write(&folder.join("style.css"), &page::style())?;
    write(&folder.join("page.js"), page::SCRIPT)?;
    write(&folder.join("index.html"), &page::html(&drawn))
}

fn write_list(path: &Path, specimens: &[Specimen]) -> Result<()> {
    let entries = specimens.iter().enumerate().map(|(index, specimen)| Entry {
        code: specimen.code(),
        verdict: specimen.verdict,
        label: specimen.label(),
        offline: specimen.offline(),
        image: image(index),
    });
    let list: Vec<Entry<'_>> = entries.collect();
    let mut text = serde_json::to_string_pretty(&list)?;
    text.push('\n');
    write(path, &text)
}

/// The picture of the label at `index`, below the folder of the page.
fn image(index: usize) -> String {
    format!("labels/{}.svg", index + 1)
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
