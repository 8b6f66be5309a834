//! `docs/reference/lifecycle.md`, printed from the state machine: `UPDATE=1 cargo test -p backend-ledger` writes it anew.

use crate::support::{golden, instant, shoes};
use crate::table::{FLAGS, acts, needs, packages, units, with_flag};
use backend_ledger::{Asked, Party, Plan, TRANSFER_WORKING_DAYS, may_be_partial, transition};
use shared::act::Act;
use shared::document::{Document, DocumentKind};
use shared::group::ProductGroup;
use shared::package::{capacity, may_hold};
use shared::refusal::RefusalCode;
use shared::series::{PACKAGE_DEPTH, PackageLevel};
use shared::state::{Status, UnitState, WithdrawalReason};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Withdrawn for this reason in the tables that have no row for each.
const REASON: WithdrawalReason = WithdrawalReason::RetailSale;

/// Acts with one reason for all, so that a table is read at a glance.
fn plain_acts() -> Vec<Act> {
    let of_one_reason = |act: &Act| match act {
        Act::Withdraw(reason) => *reason == REASON,
        Act::WriteOff(reason) => *reason == WithdrawalReason::Loss,
        Act::Undo => false,
        _ => true,
    };
    acts().into_iter().map(|(_, act)| act).filter(of_one_reason).collect()
}

/// The state with the flag that an act needs.
fn ready(state: UnitState, act: Act) -> UnitState {
    needs(act).map_or(state, |flag| with_flag(state, flag))
}

fn cell(answer: Result<UnitState, RefusalCode>) -> String {
    match answer {
        Ok(next) => format!("**{}**", next.status),
        Err(code) => code.number().to_string(),
    }
}

/// Statuses and the acts that lead from one to another.
fn diagram(states: &[(&str, UnitState)], births: &[(Act, Status)]) -> String {
    let mut edges: BTreeMap<(Status, Status), Vec<&str>> = BTreeMap::new();
    for (_, state) in states {
        for act in plain_acts().into_iter().filter(|act| !births.iter().any(|(birth, _)| birth == act)) {
            if let Ok(next) = transition(&ready(*state, act), &act)
                && next.status != state.status
            {
                let names = edges.entry((state.status, next.status)).or_default();
                if !names.contains(&act.name()) {
                    names.push(act.name());
                }
            }
        }
    }
    let mut text = String::from("```mermaid\nstateDiagram-v2\n");
    for (act, status) in births {
        writeln!(text, "    [*] --> {status} : {}", act.name()).unwrap();
    }
    for ((from, to), names) in edges {
        writeln!(text, "    {from} --> {to} : {}", names.join(" / ")).unwrap();
    }
    text + "```\n"
}

/// A row for each act, a column for each state.
fn statuses(states: &[(&str, UnitState)]) -> String {
    let names: Vec<&str> = states.iter().map(|(name, _)| name.trim_start_matches("package:")).collect();
    let mut text = format!("| act | {} |\n|---|{}\n", names.join(" | "), "---|".repeat(names.len()));
    for act in plain_acts() {
        let cells = states.iter().map(|(_, state)| cell(transition(&ready(*state, act), &act)));
        writeln!(text, "| `{}` | {} |", act.name(), cells.collect::<Vec<_>>().join(" | ")).unwrap();
    }
    text
}

/// Which flag stops which act, in the first state from which it may follow.
fn flags(states: &[(&str, UnitState)], flags: &[&str]) -> String {
    let mut text = format!("| act | {} |\n|---|{}\n", flags.join(" | "), "---|".repeat(flags.len()));
    let each_reason =
        acts().into_iter().filter(|(_, act)| !matches!(act, Act::WriteOff(_)) || plain_acts().contains(act));
    let mut rows: Vec<(String, String)> = Vec::new();
    for (name, act) in each_reason {
        let Some((_, from)) = states.iter().find(|(_, state)| transition(&ready(*state, act), &act).is_ok()) else {
            continue;
        };
        let from = ready(*from, act);
        let cells = flags.iter().map(|flag| match transition(&with_flag(from, flag), &act) {
            _ if needs(act) == Some(flag) => "needed".to_owned(),
            Ok(_) => "·".to_owned(),
            Err(code) => code.number().to_string(),
        });
        let cells = cells.collect::<Vec<_>>().join(" | ");
        match rows.last_mut() {
            // Reasons that differ in nothing stand in one row.
            Some((names, last)) if *last == cells && name.contains(':') && names.contains("withdraw:") => {
                write!(names, ", `{}`", name.trim_start_matches("withdraw:")).unwrap();
            }
            _ => rows.push((format!("`{name}`"), cells)),
        }
    }
    for (names, cells) in rows {
        writeln!(text, "| {names} | {cells} |").unwrap();
    }
    text
}

fn yes(is_so: bool) -> &'static str {
    if is_so { "yes" } else { "" }
}

/// Whether a document may give the reason, found by asking.
fn may_give(document: Document) -> bool {
    let at = instant("2026-11-23T05:00:00Z");
    let asked = Asked { document, places: vec![], by: Party::OPERATOR, at, partial: false };
    Plan::new(asked).err().is_none_or(|refusal| refusal.code != RefusalCode::ReasonNotAllowed)
}

fn reasons() -> String {
    let mut text = String::from(
        "| reason | `withdraw` | `write_off` | a sale | also if blocked | may return |\n|---|---|---|---|---|---|\n",
    );
    for reason in WithdrawalReason::ALL {
        let items = shared::document::Items { units: vec![shoes(0, 1)], packages: vec![] };
        let withdraw = may_give(Document::Withdraw { items, reason: *reason, region: None });
        let write_off = may_give(Document::WriteOff { units: vec![shoes(0, 1)], reason: *reason });
        let [withdraw, write_off, sale, loss, back] =
            [withdraw, write_off, reason.is_sale(), reason.is_loss(), reason.may_return()].map(yes);
        writeln!(text, "| `{reason}` | {withdraw} | {write_off} | {sale} | {loss} | {back} |").unwrap();
    }
    text
}

fn levels() -> String {
    let mut text = String::from("| level | holds packages of | holds at most |\n|---|---|---|\n");
    for level in PackageLevel::ALL {
        let inner: Vec<&str> =
            PackageLevel::ALL.iter().filter(|inner| may_hold(*level, **inner)).map(|inner| inner.as_str()).collect();
        let general = capacity(*level, None);
        let groups: String = ProductGroup::ALL
            .iter()
            .filter(|group| capacity(*level, Some(**group)) != general)
            .map(|group| format!("; {group}: {}", capacity(*level, Some(*group))))
            .collect();
        let inner = if inner.is_empty() { "none, units alone".to_owned() } else { inner.join(", ") };
        writeln!(text, "| `{level}` | {inner} | {general}{groups} |").unwrap();
    }
    text
}

fn terms() -> String {
    let mut text = String::from("| group | days to apply a code |\n|---|---|\n");
    for group in ProductGroup::ALL {
        writeln!(text, "| `{group}` | {} |", group.application_days()).unwrap();
    }
    text
}

fn numbers() -> String {
    let mut text = String::new();
    for code in RefusalCode::ALL.iter().filter(|code| matches!(code.number() / 1000, 4 | 7)) {
        writeln!(text, "{} `{}`,", code.number(), code.name()).unwrap();
    }
    text.trim_end_matches(",\n").to_owned() + ".\n"
}

#[test]
fn the_page_is_what_the_code_does() {
    let births = [(Act::Register, Status::Emitted), (Act::Recognise, Status::InCirculation)];
    let owner = shared::party::PartyId(2);
    let form = [(Act::Form(owner, PackageLevel::Pallet), Status::Formed)];
    for (act, status) in births.into_iter().chain(form) {
        assert_eq!(transition(&UnitState::EMITTED, &act).map(|next| next.status), Ok(status));
    }
    let of_units: Vec<(Act, Status)> = births.into_iter().chain(form).collect();
    let drawn = diagram(&units(), &of_units);
    // Forming is of packages.
    let drawn = drawn.lines().filter(|line| !line.contains("formed")).collect::<Vec<_>>().join("\n");
    let partial: Vec<String> =
        DocumentKind::ALL.iter().filter(|kind| may_be_partial(**kind)).map(|kind| format!("`{kind}`")).collect();
    let page = include_str!("lifecycle.template.md")
        .replace("{units}", &drawn)
        .replace("{unit-statuses}", statuses(&units()).trim_end())
        .replace("{unit-flags}", flags(&units(), &FLAGS).trim_end())
        .replace("{reasons}", reasons().trim_end())
        .replace("{packages}", diagram(&packages(), &form).trim_end())
        .replace("{package-statuses}", statuses(&packages()).trim_end())
        .replace("{package-flags}", flags(&packages(), &["blocked", "transfer", "packed"]).trim_end())
        .replace("{levels}", levels().trim_end())
        .replace("{depth}", &PACKAGE_DEPTH.to_string())
        .replace("{terms}", terms().trim_end())
        .replace("{transfer-days}", &TRANSFER_WORKING_DAYS.to_string())
        .replace("{partial}", &partial.join(", "))
        .replace("{numbers}", numbers().trim_end());
    golden("docs/reference/lifecycle.md", &page);
}
