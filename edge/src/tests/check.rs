//! Checks: verdicts with and without a backend.

use crate::isolate::Thing;
use crate::ports::Clock as _;
use crate::testing::{Edge, GTIN, code, json, projection, signed_keys};
use shared::group::ProductGroup;
use shared::seal::Profile;

#[test]
fn a_code_is_answered_from_the_ledger_with_its_card() {
    let edge = Edge::new();
    for (number, verdict) in [(3, "genuine"), (13, "genuine_sold"), (23, "genuine_not_introduced"), (30, "not_issued")]
    {
        assert_eq!(edge.check(&code(number, "F001", Profile::Signed)), verdict, "{number}");
        assert_eq!(edge.check(&code(number, "FM01", Profile::Mac)), verdict, "{number}");
    }
    let body = serde_json::json!({ "code": code(13, "F001", Profile::Signed) }).to_string();
    let response = edge.request("POST", "/v1/check", &body);
    let answer = json(&response);
    assert_eq!(response.status, 200);
    assert_eq!(answer["card"]["product"]["name"]["kk"], "Аяқ киім");
    assert_eq!(answer["card"]["facts"]["place"], "Almaty");
    assert_eq!(answer["state"]["withdrawal"]["reason"], "retail_sale");
    assert_eq!(answer["as_of"], "2026-11-22T10:00:00Z");
    assert_eq!(answer["evidence"]["ledger"], true);
}

#[test]
fn a_forged_tail_is_answered_without_asking_for_its_state() {
    let edge = Edge::new();
    let mut forged = code(3, "F001", Profile::Signed);
    let last = if forged.ends_with('A') { 'B' } else { 'A' };
    forged.pop();
    forged.push(last);
    assert_eq!(edge.check(&forged), "not_issued");
    assert_eq!(edge.ports.count("projections"), 0);
    assert_eq!(edge.ports.count("keys"), 1);
}

#[test]
fn a_fresh_projection_is_asked_for_once() {
    let mut edge = Edge::new();
    for _ in 0..3 {
        assert_eq!(edge.check(&code(3, "F001", Profile::Signed)), "genuine");
    }
    edge.restart();
    assert_eq!(edge.check(&code(4, "F001", Profile::Signed)), "genuine");
    assert_eq!(edge.ports.count("projections"), 1, "another isolate has the shared cache");
    edge.ports.pass(31);
    assert_eq!(edge.check(&code(5, "F001", Profile::Signed)), "genuine");
    assert_eq!(edge.ports.count("projections"), 1);
}

#[test]
fn what_was_sold_is_seen_when_the_projection_is_old() {
    let edge = Edge::new();
    assert_eq!(edge.check(&code(3, "F001", Profile::Signed)), "genuine");
    let sold = projection(ProductGroup::Footwear).replacen("\"in_circulation\"", "\"withdrawn\"", 1);
    *edge.ports.projection.borrow_mut() = sold;
    assert_eq!(edge.check(&code(3, "F001", Profile::Signed)), "genuine", "still fresh");
    edge.ports.pass(31);
    assert_eq!(edge.check(&code(3, "F001", Profile::Signed)), "genuine_withdrawn");
}

#[test]
fn without_the_backend_old_projections_answer_with_their_time() {
    let mut edge = Edge::new();
    assert_eq!(edge.check(&code(13, "F001", Profile::Signed)), "genuine_sold");
    edge.ports.up.set(false);
    edge.ports.pass(3600);
    edge.restart();
    assert_eq!(edge.check(&code(13, "F001", Profile::Signed)), "genuine_sold");
    assert_eq!(edge.check(&code(13, "FM01", Profile::Mac)), "genuine_sold");
    // Nothing is held of another block, nor of units that may have been issued since.
    for number in [30, 5000] {
        assert_eq!(edge.check(&code(number, "F001", Profile::Signed)), "genuine_offline", "{number}");
    }
    // A compromised key needs the ledger; a key that is not known may be new.
    assert_eq!(edge.check(&code(5000, "FC01", Profile::Signed)), "6003");
    assert_eq!(edge.check(&code(3, "F777", Profile::Signed)), "6003");
}

#[test]
fn a_backend_that_failed_is_left_alone_for_a_while() {
    let edge = Edge::new();
    assert_eq!(edge.check(&code(3, "F001", Profile::Signed)), "genuine");
    edge.ports.up.set(false);
    edge.ports.pass(600);
    edge.ports.calls.borrow_mut().clear();
    for _ in 0..50 {
        assert_eq!(edge.check(&code(3, "F001", Profile::Signed)), "genuine");
    }
    assert_eq!(edge.ports.count(""), 1);
    edge.ports.up.set(true);
    edge.ports.pass(4);
    assert_eq!(edge.check(&code(3, "F001", Profile::Signed)), "genuine");
    assert!(edge.ports.count("projections") == 1, "asked again after the rest");
}

#[test]
fn without_keys_nothing_is_answered() {
    let edge = Edge::new();
    edge.ports.up.set(false);
    assert_eq!(edge.check(&code(3, "F001", Profile::Signed)), "6003");
    let response = edge.request("GET", "/v1/health", "");
    assert_eq!(json(&response)["backend"], "down");
    assert_eq!(json(&response)["keys_version"], serde_json::Value::Null);
}

#[test]
fn a_unit_issued_a_moment_ago_is_not_called_forged() {
    let edge = Edge::new();
    assert_eq!(edge.check(&code(3, "F001", Profile::Signed)), "genuine");
    let grown = projection(ProductGroup::Footwear)
        .replace("{\"len\":10,\"status\":\"emitted\"}", "{\"len\":99,\"status\":\"emitted\"}");
    assert!(grown.contains("99"));
    *edge.ports.projection.borrow_mut() = grown;
    edge.ports.pass(10);
    assert_eq!(edge.check(&code(35, "F001", Profile::Signed)), "genuine_not_introduced");
}

#[test]
fn a_code_of_a_key_issued_a_moment_ago_is_checked_with_it() {
    let edge = Edge::new();
    assert_eq!(edge.check(&code(3, "F001", Profile::Signed)), "genuine");
    *edge.ports.keys.borrow_mut() = signed_keys(2, &["F002"]);
    edge.ports.pass(11);
    edge.ports.calls.borrow_mut().clear();
    assert_eq!(edge.check(&code(3, "F002", Profile::Signed)), "genuine");
    assert_eq!(edge.check(&code(3, "F777", Profile::Signed)), "not_issued");
    for _ in 0..20 {
        edge.check(&code(3, "F777", Profile::Signed));
    }
    assert_eq!(edge.ports.count("keys"), 1, "unknown keys do not make us ask more often");
}

#[test]
fn a_compromised_key_and_short_tails_depend_on_the_ledger() {
    let edge = Edge::new();
    assert_eq!(edge.check(&code(3, "FC01", Profile::Signed)), "genuine");
    assert_eq!(edge.check(&code(33, "FC01", Profile::Signed)), "not_issued");
    // The serial has seven characters: no footwear has.
    assert_eq!(edge.check(&code(3, "TS01", Profile::Short)), "not_issued");
    let tobacco = Edge::new();
    *tobacco.ports.projection.borrow_mut() = projection(ProductGroup::Tobacco);
    assert_eq!(tobacco.check(&code(3, "TS01", Profile::Short)), "genuine");
    assert_eq!(tobacco.check(&code(3, "F001", Profile::Signed)), "not_issued");
}

#[test]
fn what_is_no_code_of_ours_is_named() {
    let edge = Edge::new();
    for (text, verdict) in [
        ("4870001234566", "not_a_mark"),
        ("https://example.org/shop", "not_a_mark"),
        ("сыр", "not_a_mark"),
        ("010487000123456021", "incomplete"),
        ("0104870001234560215abcdefghijkl\u{1d}91ABCD\u{1d}92AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "foreign"),
    ] {
        assert_eq!(edge.check(text), verdict, "{text}");
    }
    assert_eq!(edge.ports.count("projections"), 0);
}

#[test]
fn a_block_that_another_request_asks_for_is_waited_for() {
    let edge = Edge::new();
    assert_eq!(edge.check(&code(3, "F001", Profile::Signed)), "genuine");
    edge.ports.calls.borrow_mut().clear();
    let block = |number| Thing::Block((GTIN.parse().unwrap(), number));
    let begin = |thing| edge.isolate.flights.begin(thing, edge.ports.now());

    // A little too old: answered at once with what is held, and not a second time asked for.
    edge.ports.pass(31);
    edge.check("4870001234566");
    edge.ports.calls.borrow_mut().clear();
    let flight = begin(block(0));
    assert_eq!(edge.check(&code(3, "F001", Profile::Signed)), "genuine");
    assert_eq!(edge.ports.count(""), 0);
    drop(flight);

    // Nothing is held, and the other never comes back: asked for by us in the end.
    let _flight = begin(block(1));
    let before = edge.ports.now();
    assert_eq!(edge.check(&code(4096, "F001", Profile::Signed)), "genuine");
    assert_eq!(edge.ports.count("projections"), 1);
    assert!(edge.ports.now().0 - before.0 >= 2000);
}
