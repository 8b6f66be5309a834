//! What may not follow what: every numbered refusal that a participant can meet, and that a refused document leaves no
//! trace (invariant 3).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod rows;
mod units;

use rows::{rows_of_cards, rows_of_facts, rows_of_people, rows_of_states, rows_of_units};
use serde_json::{Value, json};
use tests::backend::{Backend, Who};
use tests::facts;
use tests::place::tanba;
use units::*;

#[test]
fn a_refused_document_has_its_number_and_leaves_no_trace() {
    let backend = Backend::start("transitions");
    let producer = backend.client(Who::Producer);
    let units = units(&backend);
    let before = producer.codes(units.order).iter().map(|code| producer.unit(code)).collect::<Vec<_>>();
    let last = producer.order(&facts::gtin(1), 1, "short");

    let tables =
        [rows_of_states(&units), rows_of_people(&units), rows_of_facts(&units), rows_of_cards(), rows_of_units(&units)];
    let mut wrong = Vec::new();
    for (who, route, body, number) in tables.into_iter().flatten() {
        let answer = backend.client(who).post(route, &body);
        if answer.status < 400 {
            wrong.push(format!("{who:?} {route}: accepted, expected {number}: {}", short(&body)));
            continue;
        }
        let found = answer.refusal();
        if found != number {
            wrong.push(format!("{who:?} {route}: {found}, expected {number}: {}", short(&body)));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));

    let after = producer.codes(units.order).iter().map(|code| producer.unit(code)).collect::<Vec<_>>();
    assert_eq!(before, after, "a refused document changed a unit");
    assert_eq!(producer.order(&facts::gtin(1), 1, "short"), last + 1, "a refused document took a number");
}

fn short(body: &Value) -> String {
    body.to_string().chars().take(300).collect()
}

#[test]
fn a_document_is_applied_to_all_of_its_units_or_to_none() {
    let backend = Backend::start("whole");
    let producer = backend.client(Who::Producer);
    let order = producer.shoes(1, 10_000);
    let codes = producer.codes(order);
    // The last unit of a range that spans three blocks is in the way; so is the last of single codes.
    producer.apply(&facts::codes(&codes[9_999..]));
    let refused = producer.post(APPLY, &json!({"units": facts::whole(order)}));
    assert_eq!(refused.json()["at"], "/units/orders/0");
    assert_eq!(refused.json()["args"]["number"], "9999");
    assert_eq!(refused.refusal(), 4001);
    let listed = [&codes[..50], &codes[9_990..]].concat();
    let refused = producer.post(APPLY, &json!({"units": facts::codes(&listed)}));
    assert_eq!(refused.json()["at"], "/units/codes/59");
    assert_eq!(refused.refusal(), 4001);
    for index in [0, 1, 49, 4_095, 4_096, 8_191, 8_192, 9_990, 9_998] {
        assert_eq!(producer.status(&codes[index]), "emitted", "unit {index}");
    }
    producer.apply(&facts::part(order, 0, 9_999));
    for index in [0, 4_095, 4_096, 9_998] {
        assert_eq!(producer.status(&codes[index]), "applied", "unit {index}");
    }
}

#[test]
fn a_block_comes_and_goes_and_write_offs_pass_it() {
    let backend = Backend::start("blocks");
    let units = units(&backend);
    let (producer, inspector) = (backend.client(Who::Producer), backend.client(Who::Inspector));
    let of = |index: usize| facts::codes(&units.codes[index..=index]);
    // A unit that left circulation can be blocked, to warn who holds it; it does not come back.
    inspector.block(&of(SOLD), "unsafe");
    assert_eq!(producer.status(&units.codes[SOLD]), "withdrawn");
    // A newer block takes the place of the one that stands.
    let newer = inspector.block(&of(CIRCULATING_BLOCKED), "recalled")["document"].clone();
    assert_eq!(producer.unit(&units.codes[CIRCULATING_BLOCKED])["blocked"], newer);
    inspector.post(UNBLOCK, &json!({"units": of(CIRCULATING_BLOCKED)})).ok();
    assert_eq!(producer.unit(&units.codes[CIRCULATING_BLOCKED])["blocked"], Value::Null);
    backend.client(Who::Seller).sell(&of(CIRCULATING_BLOCKED));
    producer.write_off(&of(APPLIED_BLOCKED), "destruction");
    assert_eq!(producer.status(&units.codes[APPLIED_BLOCKED]), "written_off");
}

#[test]
fn an_order_needs_an_active_key() {
    let mut backend = Backend::start("keys");
    let producer = backend.client(Who::Producer);
    let order = producer.shoes(1, 5);
    let codes = producer.codes(order);
    backend.stop();
    let mut command = std::process::Command::new(tanba());
    let output = command.args(["keys", "state", "FS01", "verify_only", "--data"]).arg(backend.data()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    backend.resume();
    let body = json!({"gtin": facts::gtin(1), "quantity": 5, "profile": "signed"});
    assert_eq!(producer.post(ORDERS, &body).refusal(), 3008);
    assert_eq!(producer.codes(order), codes, "codes made before are still to be had");
    producer.apply(&facts::codes(&codes));
    producer.order(&facts::gtin(1), 5, "mac");
}
