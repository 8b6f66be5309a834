//! The report of a measurement: rows, the machine, the commit.

use std::fs;

use anyhow::Result;
use serde_json::{Value, json};

use super::{report_file, write_report};
use crate::process::{command, output};
use crate::repo::Repo;

/// What was measured, where, and of what.
pub(super) struct Report {
    rows: Vec<Value>,
    machine: Value,
    commit: String,
}

impl Report {
    pub(super) fn new(repo: &Repo, rows: Vec<Value>) -> Result<Self> {
        let commit = output(command("git").current_dir(repo.root()).args(["describe", "--always", "--dirty"]))?;
        Ok(Self { rows, machine: machine(), commit: commit.trim().to_owned() })
    }

    /// Prints it as a table and writes it.
    pub(super) fn publish(&self, repo: &Repo, name: &str) -> Result<()> {
        let report = json!({ "rows": self.rows, "machine": self.machine, "commit": self.commit });
        write_report(repo, name, &report)?;
        println!("\n{}", table(&self.rows));
        println!("machine {}, commit {}", self.machine, self.commit);
        println!("written to {}", report_file(repo, name).display());
        Ok(())
    }
}

/// What of a machine decides its speed.
fn machine() -> Value {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let gib = value(&memory, "MemTotal")
        .and_then(|text| text.trim_end_matches(" kB").trim().parse::<u64>().ok())
        .map(|kib| kib / (1 << 20));
    json!({
        "cpu": value(&cpu, "model name"),
        "cores": std::thread::available_parallelism().map(usize::from).ok(),
        "memory_gib": gib,
    })
}

/// The value of the first line `name : value`.
fn value(text: &str, name: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == name).then(|| value.trim().to_owned())
    })
}

const HEADS: [&str; 7] = ["name", "value", "unit", "baseline", "ratio", "goal", "met"];

fn table(rows: &[Value]) -> String {
    let mut lines: Vec<Vec<String>> = vec![HEADS.map(str::to_owned).to_vec()];
    for row in rows {
        lines.push(HEADS.iter().map(|head| cell(row, head)).collect());
    }
    let widths: Vec<usize> = (0..HEADS.len())
        .map(|column| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0))
        .collect();
    let text: Vec<String> = lines
        .iter()
        .map(|line| {
            let cells: Vec<String> = line
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.chars().count())))
                .collect();
            cells.join("  ").trim_end().to_owned()
        })
        .collect();
    text.join("\n")
}

fn cell(row: &Value, head: &str) -> String {
    match (head, &row[head]) {
        ("baseline", Value::String(name)) => format!("{name} {}", number(&row["baseline_value"])),
        ("met", Value::Bool(met)) => (if *met { "yes" } else { "no" }).to_owned(),
        (_, Value::String(text)) => text.clone(),
        (_, value) => number(value),
    }
}

/// A number as a person reads it: thousands apart, no more digits than matter.
fn number(value: &Value) -> String {
    let Some(number) = value.as_f64() else {
        return String::new();
    };
    if number.abs() < 100.0 && number.fract() != 0.0 {
        return format!("{number:.2}");
    }
    let digits = format!("{:.0}", number.abs());
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    if number < 0.0 { format!("-{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_aligned_columns() {
        let rows = [
            json!({ "name": "emission, signed", "value": 123456.7, "unit": "codes/s", "baseline": "row per code", "baseline_value": 6000, "ratio": 20.58, "goal": 120000, "met": true }),
            json!({ "name": "size", "value": 3, "unit": "bytes", "baseline": null, "goal": null, "met": null }),
        ];
        let table = table(&rows);
        let lines: Vec<&str> = table.lines().collect();
        assert!(lines[1].contains("123 457  codes/s  row per code 6 000  20.58  120 000  yes"), "{table}");
        assert_eq!(lines[2].find("bytes"), lines[1].find("codes/s"));
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(number(&json!(1234567)), "1 234 567");
        assert_eq!(number(&json!(0.5)), "0.50");
        assert_eq!(number(&json!(-1000)), "-1 000");
        assert_eq!(number(&Value::Null), "");
    }

    #[test]
    fn the_machine_is_read_by_lines() {
        assert_eq!(value("a : 1\nMemTotal:  24 kB\n", "MemTotal").as_deref(), Some("24 kB"));
    }
}
