//! The description of the interface says what the interface does.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::backend::{Backend, Who};
use tests::client::{Answer, Client};
use tests::place::tanba;
use tests::ring::Ring;
use tests::{facts, mail};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Method, path, description of each operation.
fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().unwrap();
    let of_path = |(path, item): (&String, &Value)| {
        let methods = item.as_object().unwrap().iter().filter(|(method, _)| METHODS.contains(&method.as_str()));
        methods.map(|(method, operation)| (method.clone(), path.clone(), operation.clone())).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

#[test]
fn the_description_is_sound_and_true() {
    let backend = Backend::start("openapi");
    let document = backend.nobody().get("/api/openapi.json").ok();
    let printed = std::process::Command::new(tanba()).arg("openapi").output().unwrap();
    let printed: Value = serde_json::from_slice(&printed.stdout).unwrap();
    assert_eq!(printed, document, "`tanba openapi` prints another");

    assert!(document["openapi"].as_str().unwrap().starts_with("3."), "{}", document["openapi"]);
    assert_eq!(document["info"]["version"], env!("CARGO_PKG_VERSION"));
    let operations = operations(&document);
    assert!(operations.len() > 15, "only {} operations", operations.len());
    every_reference_leads_somewhere(&document, &document);
    let ids: BTreeSet<&str> = operations.iter().filter_map(|(_, _, about)| about["operationId"].as_str()).collect();
    assert_eq!(ids.len(), operations.len(), "an operation without an id of its own");

    let there = Examples::make(&backend);
    for (method, path, about) in &operations {
        described(method, path, about);
        there.answers(&backend, method, path);
    }
}

fn every_reference_leads_somewhere(document: &Value, value: &Value) {
    match value {
        Value::Object(fields) => {
            if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
                let pointer = reference.strip_prefix('#').unwrap_or_else(|| panic!("{reference} leads elsewhere"));
                assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
            }
            fields.values().for_each(|field| every_reference_leads_somewhere(document, field));
        }
        Value::Array(items) => items.iter().for_each(|item| every_reference_leads_somewhere(document, item)),
        _ => {}
    }
}

/// Words, an answer of success, and what a write takes.
fn described(method: &str, path: &str, about: &Value) {
    let place = format!("{method} {path}");
    assert!(about["summary"].as_str().is_some_and(|text| !text.is_empty()), "{place}: no summary");
    let statuses: Vec<&String> = about["responses"].as_object().unwrap().keys().collect();
    assert!(statuses.iter().any(|status| status.starts_with('2')), "{place}: {statuses:?}");
    let named = |name: &str, place: &str| {
        let parameters = about["parameters"].as_array().cloned().unwrap_or_default();
        let is = |parameter: &&Value| {
            parameter["name"].as_str().is_some_and(|held| held.eq_ignore_ascii_case(name)) && parameter["in"] == place
        };
        parameters.iter().find(is).cloned()
    };
    for variable in path.split('/').filter_map(|part| part.split_once('{')?.1.split_once('}')) {
        let parameter = named(variable.0, "path").unwrap_or_else(|| panic!("{place}: {} is not described", variable.0));
        assert_eq!(parameter["required"], true, "{place}: {parameter}");
    }
    // Look-ups and the edge's deliveries change nothing when they are repeated as they are.
    let asks = path.starts_with("/api/v1/units/") || path.ends_with("/proof");
    let is_write = method == "post" && path.starts_with("/api/") && !asks;
    let key = named("idempotency-key", "header");
    assert_eq!(key.is_some(), is_write, "{place}: Idempotency-Key");
    assert!(key.is_none_or(|key| key["required"] == true), "{place}: Idempotency-Key is not required");
    assert_eq!(about["requestBody"].is_object(), method == "post", "{place}: body");
}

/// One of each thing that a path may name.
struct Examples {
    ring: Ring,
    order: u64,
    shipment: u64,
    ticket: String,
}

impl Examples {
    fn make(backend: &Backend) -> Self {
        let ring = Ring::of(backend);
        let order = backend.client(Who::Producer).shoes(1, 5);
        let letter = mail::seal(&ring.keys.report_key, &mail::report("note"), &mail::photo(100));
        ring.send("POST", "/edge/v1/reports", letter.body.to_string().as_bytes()).ok();
        let producer = backend.client(Who::Producer);
        producer.apply(&facts::whole(order));
        producer.introduce(&facts::whole(order));
        let packing = json!({"sscc": facts::SSCC, "level": "group", "contents": facts::part(order, 0, 2)});
        producer.post("/api/v1/aggregations", &json!({"packages": [packing]})).ok();
        let to = backend.client(Who::Seller).get("/api/v1/participant").ok()["participant"].clone();
        let shipment =
            producer.post("/api/v1/shipments", &json!({"units": {"packages": [facts::SSCC]}, "to": to})).ok();
        let shipment = shipment["document"].as_u64().unwrap();
        Self { ring, order, shipment, ticket: letter.ticket }
    }

    /// Whether the route is there: a GET of what exists succeeds, and a write without sense is refused for its sense.
    fn answers(&self, backend: &Backend, method: &str, path: &str) {
        let (order, shipment) = (self.order.to_string(), self.shipment.to_string());
        let target = path
            .replace("{order}", &order)
            .replace("/shipments/{document}", &format!("/shipments/{shipment}"))
            .replace("{sscc}", facts::SSCC)
            .replace("{document}", &order)
            .replace("{gtin}", &facts::gtin(1))
            .replace("{block}", "0")
            .replace("{ticket}", &self.ticket);
        assert!(!target.contains('{'), "{path} has a variable that this test does not know");
        let place = format!("{method} {target}");
        if method == "get" {
            let success = if path.starts_with("/edge/") {
                self.ring.send("GET", &target, b"").status == 200
            } else {
                Who::ALL.iter().any(|who| backend.client(*who).get(&target).status == 200)
            };
            assert!(success, "{place} answers nobody");
            return;
        }
        let answers: Vec<Answer> = if path.starts_with("/edge/") {
            vec![self.ring.send("POST", &target, b"{}")]
        } else {
            Who::ALL.iter().map(|who| write_nothing(&backend.client(*who), &target)).collect()
        };
        let numbers: Vec<u64> = answers.into_iter().map(Answer::refusal).collect();
        assert!(numbers.contains(&1001), "{place} is not read: {numbers:?}");
        assert!(!numbers.iter().any(|number| [1006, 1007].contains(number)), "{place} is not there: {numbers:?}");
    }
}

fn write_nothing(client: &Client, target: &str) -> Answer {
    client.post(target, &json!({}))
}
