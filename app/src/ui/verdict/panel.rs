//! The verdict as the first thing on the screen.

use super::face_of;
use crate::state::{Answer, Entry, Text, use_text};
use crate::ui::head::{HEADING, use_title};
use crate::ui::icon::Glyph;
use assets::Icon;
use dioxus::prelude::*;
use shared::verdict::Stop;
use shared::wire::v1::check::CheckResponse;

/// The verdict: its mark, what it means, and how it was learned.
#[component]
pub(crate) fn Panel(entry: Entry) -> Element {
    let text = use_text();
    let face = face_of(&entry);
    let title = text.of(face.title);
    use_title(&title);
    let facts = match &entry.answer {
        Answer::Judged(response) => facts(text, response, entry.offline),
        Answer::NeedsNetwork { .. } => Vec::new(),
    };
    rsx! {
        section { class: "verdict verdict-appear {face.tone.class()}", "aria-labelledby": HEADING,
            div { class: "verdict-head",
                span { class: "verdict-mark",
                    Glyph { icon: face.icon }
                }
                h1 { id: HEADING, tabindex: "-1", "{title}" }
            }
            for fact in facts {
                p { key: "{fact}", class: "verdict-lead",
                    strong { "{fact}" }
                }
            }
            p { class: "verdict-lead", {text.of(face.lead)} }
            if entry.offline {
                div {
                    span { class: "chip",
                        Glyph { icon: Icon::Offline }
                        {text.of("result-offline")}
                    }
                }
            }
            p { class: "small", {text.with("result-checked", &[("moment", &text.moment(entry.at))])} }
        }
    }
}

/// What makes this verdict special, in bold: when and where sold, why blocked, how much of it is gone, what is missing.
fn facts(text: Text, response: &CheckResponse, offline: bool) -> Vec<String> {
    let mut facts = Vec::new();
    let state = response.state.as_ref();
    if let (true, Some(at), Some(state)) = (offline, response.as_of, state) {
        let status = text.named("status", state.status.as_str());
        facts.push(text.with("result-known-earlier", &[("moment", &text.moment(at)), ("status", &status)]));
    }
    if let Some(stop) = response.evidence.stop {
        facts.push(text.named("stop", stop.as_str()));
    } else if let Some(block) = state.and_then(|state| state.block) {
        facts.push(text.named("stop", block.reason.as_str()));
    } else if state.is_some_and(|state| state.recalled.is_some()) {
        facts.push(text.named("stop", Stop::Recalled.as_str()));
    }
    if let Some(state) = state.filter(|state| state.inner_sold > 0) {
        facts.push(text.with("result-inner-sold-count", &[("count", &state.inner_sold.to_string())]));
    }
    if let Some(withdrawal) = state.and_then(|state| state.withdrawal) {
        let reason = text.named("withdrawal", withdrawal.reason.as_str());
        let date = text.day(withdrawal.date);
        facts.push(match withdrawal.region {
            Some(region) => {
                let region = text.named("region", region.as_str());
                text.with("result-withdrawn-where", &[("reason", &reason), ("date", &date), ("region", &region)])
            }
            None => text.with("result-withdrawn", &[("reason", &reason), ("date", &date)]),
        });
    }
    if let Some(issuer) = response.code.issuer {
        facts.push(text.named("result-issuer", issuer.as_str()));
    }
    if let Some(missing) = response.code.missing {
        facts.push(text.named("result-missing", missing.as_str()));
    }
    if let Some(other) = response.code.other {
        facts.push(text.named("result-other", other.as_str()));
    }
    facts
}
