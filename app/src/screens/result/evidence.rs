//! What the verdict rests on: for those who want to know.

use crate::state::{Answer, Entry, Text, use_app, use_text};
use crate::ui::icon::Glyph;
use assets::Icon;
use dioxus::prelude::*;
use shared::code::TailCheck;

/// What the verdict rests on.
#[component]
pub(super) fn Evidence(entry: Entry) -> Element {
    let app = use_app();
    let text = use_text();
    let rows = rows(text, &entry, app.keys.read().set().version);
    rsx! {
        details { class: "card more",
            summary {
                {text.of("result-evidence")}
                Glyph { icon: Icon::Down }
            }
            dl { class: "facts",
                for (label , value , is_code) in rows {
                    div { key: "{label}",
                        dt { {text.of(label)} }
                        dd { class: if is_code { "code" }, "{value}" }
                    }
                }
            }
        }
    }
}

fn rows(text: Text, entry: &Entry, keys: u64) -> Vec<(&'static str, String, bool)> {
    let code = entry.code();
    let (tail, ledger, repaired) = match &entry.answer {
        Answer::Judged(response) => {
            let evidence = &response.evidence;
            (evidence.tail, Some(evidence.ledger), evidence.repaired)
        }
        Answer::NeedsNetwork { tail, .. } => (*tail, Some(false), false),
    };
    let mut rows = Vec::new();
    if let Some(gtin) = &code.gtin {
        rows.push(("result-gtin", gtin.clone(), true));
    }
    if let Some(serial) = &code.serial {
        rows.push(("result-serial", serial.clone(), true));
    }
    if let Some(key) = &code.key {
        rows.push(("result-key", key.clone(), true));
    }
    if let Some(tail) = tail {
        rows.push(("result-tail", text.named("result-tail", tail.as_str()), false));
    }
    if tail.is_some_and(|tail| tail != TailCheck::Absent) {
        rows.push(("result-keys", keys.to_string(), false));
    }
    if let Some(ledger) = ledger {
        let id = if ledger { "result-ledger-heard" } else { "result-ledger-silent" };
        rows.push(("result-ledger", text.of(id), false));
    }
    if repaired {
        rows.push(("result-repaired", text.of("result-repaired-text"), false));
    }
    rows.push(("result-raw", shown(&entry.raw), true));
    rows
}

/// The text as it was read, separators made visible.
fn shown(raw: &str) -> String {
    raw.replace('\u{1d}', "<GS>").replace(char::is_control, "·")
}
