//! How long `up` and `test` took from a fresh clone: noted when it happens, reported by `bench first`.

use std::fs;
use std::time::Duration;

use anyhow::Result;
use serde_json::{Value, json};

use crate::build::files;
use crate::repo::Repo;

const FILE: &str = ".run/times.json";

/// Goals in seconds.
const GOALS: [(&str, u64); 2] = [("up", 25 * 60), ("test", 35 * 60)];

/// Whether nothing of the product was built yet.
pub(crate) fn is_fresh(repo: &Repo) -> bool {
    !repo.tanba(false).exists() && !repo.site().exists()
}

/// Notes the time of a command that started fresh.
pub(crate) fn note(repo: &Repo, name: &str, took: Duration) -> Result<()> {
    let mut all = read(repo);
    all[name] = json!(took.as_secs());
    files::write(&repo.path(FILE), serde_json::to_string_pretty(&all)?)
}

fn read(repo: &Repo) -> Value {
    fs::read_to_string(repo.path(FILE))
        .ok()
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_else(|| json!({}))
}

/// Rows for what was noted.
pub(super) fn rows(repo: &Repo) -> Vec<Value> {
    rows_of(&read(repo))
}

fn rows_of(times: &Value) -> Vec<Value> {
    GOALS
        .iter()
        .filter_map(|(name, goal)| {
            let seconds = times[name].as_u64()?;
            Some(json!({
                "name": format!("`{name}` from a fresh clone"),
                "value": seconds,
                "unit": "s",
                "baseline": null,
                "baseline_value": null,
                "ratio": null,
                "goal": goal,
                "met": seconds <= *goal,
            }))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_noted_is_reported() {
        let rows = rows_of(&json!({ "up": 1501 }));
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0]["met"], false);
        assert!(rows_of(&json!({})).is_empty());
    }
}
