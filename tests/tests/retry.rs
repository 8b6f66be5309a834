//! A write sent again under its Idempotency-Key changes nothing and has the same answer.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use tests::backend::{Backend, Who};
use tests::facts;

/// Sender, route, body, another body of the same form.
type Row = (Who, &'static str, Value, Value);

/// Every kind of write, in the order of a unit's life; `order` is of 20 codes.
fn writes(order: u64, codes: &[String]) -> Vec<Row> {
    use Who::{Inspector, Producer, Seller};
    let units = |first: u64| json!({"units": facts::part(order, first, 5)});
    let with = |mut body: Value, field: &str, value: Value| {
        body[field] = value;
        body
    };
    let single = |index: usize| json!({"units": facts::codes(&codes[index..=index])});
    let card = |item| facts::domestic(&facts::gtin(item), "beer");
    let quantity = |quantity: u64| json!({"gtin": facts::gtin(1), "quantity": quantity, "profile": "mac"});
    vec![
        (Producer, "/api/v1/products", card(2), card(3)),
        (Producer, "/api/v1/orders", quantity(7), quantity(8)),
        (Producer, "/api/v1/applications", units(0), units(5)),
        (
            Producer,
            "/api/v1/introductions",
            with(units(0), "facts", facts::batch()),
            with(units(5), "facts", facts::batch()),
        ),
        (
            Seller,
            "/api/v1/withdrawals",
            with(single(0), "reason", json!("retail_sale")),
            with(single(1), "reason", json!("retail_sale")),
        ),
        (
            Inspector,
            "/api/v1/blocks",
            with(single(1), "reason", json!("unsafe")),
            with(single(1), "reason", json!("recalled")),
        ),
        (Inspector, "/api/v1/unblocks", single(1), single(0)),
    ]
}

#[test]
fn a_write_sent_again_changes_nothing() {
    let backend = Backend::start("retry");
    let producer = backend.client(Who::Producer);
    let order = producer.shoes(1, 20);
    let codes = producer.codes(order);
    let states = || codes.iter().map(|code| producer.unit(code)).collect::<Vec<_>>();
    for (index, (who, route, body, other)) in writes(order, &codes).into_iter().enumerate() {
        let client = backend.client(who);
        let key = format!("write-{index}");
        // All at once: one of them is the first.
        let send = || client.post_with_key(route, &body, &key);
        let answers = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..6).map(|_| scope.spawn(send)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        });
        let first = &answers[0];
        assert_eq!(first.status, 201, "{route}: {}", first.json());
        let after = states();
        for again in answers[1..].iter().chain(&[send(), send()]) {
            assert_eq!((again.status, &again.bytes), (first.status, &first.bytes), "{route}: another answer");
        }
        assert_eq!(states(), after, "{route}: a retry changed a unit");
        assert_eq!(client.post_with_key(route, &other, &key).refusal(), 1009, "{route}: another body");
        let elsewhere = if route.ends_with("blocks") { "/api/v1/blocks" } else { "/api/v1/applications" };
        if elsewhere != route {
            let refused = client.post_with_key(elsewhere, &body, &key);
            assert!([1001, 1005, 1009].contains(&refused.refusal()), "{route}: its key was taken at {elsewhere}");
        }
        assert_eq!(states(), after, "{route}: a refused request changed a unit");
    }
    let next = producer.order(&facts::gtin(1), 1, "short");
    let made = next - order - 1;
    assert_eq!(made, 7, "retries made documents");
}

#[test]
fn a_key_belongs_to_its_participant_and_to_what_succeeded() {
    let backend = Backend::start("keys-of-writes");
    let (producer, rival) = (backend.client(Who::Producer), backend.client(Who::Rival));
    let card = |item| facts::domestic(&facts::gtin(item), "footwear");
    let key = "k".repeat(64);
    let mine = producer.post_with_key("/api/v1/products", &card(1), &key);
    let theirs = rival.post_with_key("/api/v1/products", &card(2), &key);
    assert_eq!((mine.status, theirs.status), (201, 201));
    assert_ne!(mine.bytes, theirs.bytes);
    // A refusal leaves no trace: its key is free.
    let order = |quantity: u64| json!({"gtin": facts::gtin(1), "quantity": quantity});
    assert_eq!(producer.post_with_key("/api/v1/orders", &order(0), "order").refusal(), 3001);
    assert_eq!(producer.post_with_key("/api/v1/orders", &order(3), "order").status, 201);
    assert_eq!(producer.post_with_key("/api/v1/orders", &order(0), "order").refusal(), 1009);
}

#[test]
fn a_write_needs_a_key_of_the_right_form() {
    let backend = Backend::start("forms-of-keys");
    let producer = backend.client(Who::Producer);
    let body = facts::domestic(&facts::gtin(1), "footwear").to_string().into_bytes();
    let long = "k".repeat(65);
    let rows: [(&[&str], u64); 7] = [
        (&[], 1008),
        (&[""], 1010),
        (&[&long], 1010),
        (&["two words"], 1010),
        (&["ключ"], 1010),
        (&["a", "b"], 1010),
        (&["a", "a"], 1010),
    ];
    for (keys, number) in rows {
        let mut headers = vec![("content-type", "application/json")];
        headers.extend(keys.iter().map(|key| ("idempotency-key", *key)));
        let answer = producer.request("POST", "/api/v1/products", &headers, Some(body.clone())).unwrap();
        assert_eq!(answer.refusal(), number, "{keys:?}");
    }
    let order = producer.post("/api/v1/orders", &json!({"gtin": facts::gtin(1), "quantity": 1}));
    assert_eq!(order.refusal(), 2002, "a refused card is there");
}
