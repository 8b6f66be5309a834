//! What may not follow what: every numbered refusal that a participant can meet, and that a refused document leaves no
//! trace (invariant 3).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use shared::gs1::GS;
use tests::backend::{Backend, Who};
use tests::facts;
use tests::place::tanba;

const APPLY: &str = "/api/v1/applications";
const INTRODUCE: &str = "/api/v1/introductions";
const WITHDRAW: &str = "/api/v1/withdrawals";
const BLOCK: &str = "/api/v1/blocks";
const UNBLOCK: &str = "/api/v1/unblocks";
const ORDERS: &str = "/api/v1/orders";
const PRODUCTS: &str = "/api/v1/products";

/// Units of one order, one or more in each state that matters.
struct Units {
    order: u64,
    codes: Vec<String>,
    /// An order of another product.
    tobacco: u64,
}

const EMITTED: usize = 0;
const APPLIED: usize = 1;
const CIRCULATING: usize = 2;
const SOLD: usize = 3;
const LOST: usize = 4;
const CIRCULATING_BLOCKED: usize = 5;
const APPLIED_BLOCKED: usize = 6;
const EMITTED_BLOCKED: usize = 7;
const FREE: usize = 8;

fn units(backend: &Backend) -> Units {
    let producer = backend.client(Who::Producer);
    let order = producer.shoes(1, 20);
    let codes = producer.codes(order);
    let some = |indices: &[usize]| {
        facts::codes(
            &indices
                .iter()
                .map(|index| codes[*index].clone())
                .collect::<Vec<_>>(),
        )
    };
    producer.apply(&some(&[
        APPLIED,
        CIRCULATING,
        SOLD,
        CIRCULATING_BLOCKED,
        APPLIED_BLOCKED,
    ]));
    producer.introduce(&some(&[CIRCULATING, SOLD, CIRCULATING_BLOCKED]));
    backend.client(Who::Seller).sell(&some(&[SOLD]));
    producer.withdraw(&some(&[LOST]), "loss");
    let inspector = backend.client(Who::Inspector);
    inspector.block(
        &some(&[CIRCULATING_BLOCKED, APPLIED_BLOCKED, EMITTED_BLOCKED]),
        "investigation",
    );
    producer.register(&facts::domestic(&facts::gtin(2), "tobacco"));
    let tobacco = producer.order(&facts::gtin(2), 5, "signed");
    producer.apply(&facts::whole(tobacco));
    Units {
        order,
        codes,
        tobacco,
    }
}

impl Units {
    fn one(&self, index: usize) -> Value {
        json!({"units": facts::codes(&self.codes[index..=index])})
    }

    fn introduction(&self, index: usize) -> Value {
        json!({"units": facts::codes(&self.codes[index..=index]), "facts": facts::batch()})
    }

    fn withdrawal(&self, index: usize, reason: &str) -> Value {
        json!({"units": facts::codes(&self.codes[index..=index]), "reason": reason})
    }

    fn block(&self, index: usize) -> Value {
        json!({"units": facts::codes(&self.codes[index..=index]), "reason": "unsafe"})
    }

    fn facts(&self, path: &str, value: Value) -> Value {
        let mut body = self.introduction(APPLIED);
        *body["facts"].pointer_mut(path).unwrap() = value;
        body
    }

    fn without_fact(&self, name: &str) -> Value {
        let mut body = self.introduction(APPLIED);
        body["facts"].as_object_mut().unwrap().remove(name);
        body
    }
}

/// Sender, route, body, number of the refusal.
type Row = (Who, &'static str, Value, u64);

/// What the state of a unit forbids.
fn rows_of_states(units: &Units) -> Vec<Row> {
    use Who::{Inspector, Producer, Seller};
    let mut rows = vec![
        (Producer, APPLY, units.one(APPLIED), 4001),
        (Producer, APPLY, units.one(CIRCULATING), 4003),
        (Producer, APPLY, units.one(SOLD), 4005),
        (Producer, APPLY, units.one(LOST), 4005),
        (Producer, APPLY, units.one(EMITTED_BLOCKED), 4006),
        (Producer, INTRODUCE, units.introduction(EMITTED), 4002),
        (Producer, INTRODUCE, units.introduction(CIRCULATING), 4003),
        (Producer, INTRODUCE, units.introduction(SOLD), 4005),
        (Producer, INTRODUCE, units.introduction(LOST), 4005),
        (
            Producer,
            INTRODUCE,
            units.introduction(APPLIED_BLOCKED),
            4006,
        ),
        (Inspector, UNBLOCK, units.one(CIRCULATING), 4007),
        (Inspector, UNBLOCK, units.one(SOLD), 4007),
    ];
    for (index, number) in [
        (EMITTED, 4004),
        (APPLIED, 4004),
        (SOLD, 4005),
        (LOST, 4005),
        (CIRCULATING_BLOCKED, 4006),
    ] {
        rows.push((
            Seller,
            WITHDRAW,
            units.withdrawal(index, "retail_sale"),
            number,
        ));
        for reason in ["retail_sale", "own_use", "export"] {
            rows.push((Producer, WITHDRAW, units.withdrawal(index, reason), number));
        }
    }
    for reason in ["loss", "damage", "destruction"] {
        rows.push((Producer, WITHDRAW, units.withdrawal(SOLD, reason), 4005));
    }
    rows
}

/// What roles and ownership forbid.
fn rows_of_people(units: &Units) -> Vec<Row> {
    use Who::{Importer, Inspector, Producer, Rival, Seller};
    let card = facts::domestic(&facts::gtin(77), "footwear");
    let mine = json!({"gtin": facts::gtin(1), "quantity": 5});
    vec![
        (Rival, APPLY, units.one(EMITTED), 4012),
        (Rival, INTRODUCE, units.introduction(APPLIED), 4012),
        (
            Rival,
            WITHDRAW,
            units.withdrawal(CIRCULATING, "export"),
            4012,
        ),
        (Importer, WITHDRAW, units.withdrawal(EMITTED, "loss"), 4012),
        (
            Rival,
            APPLY,
            json!({"units": facts::whole(units.order)}),
            3003,
        ),
        (Rival, ORDERS, mine.clone(), 2004),
        (Seller, PRODUCTS, card.clone(), 1005),
        (Inspector, PRODUCTS, card, 1005),
        (Seller, ORDERS, mine.clone(), 1005),
        (Inspector, ORDERS, mine, 1005),
        (Seller, APPLY, units.one(EMITTED), 1005),
        (Seller, INTRODUCE, units.introduction(APPLIED), 1005),
        (
            Inspector,
            WITHDRAW,
            units.withdrawal(CIRCULATING, "loss"),
            1005,
        ),
        (Producer, BLOCK, units.block(CIRCULATING), 1005),
        (Seller, BLOCK, units.block(CIRCULATING), 1005),
        (Producer, UNBLOCK, units.one(CIRCULATING_BLOCKED), 1005),
    ]
}

/// What the facts of a batch forbid.
fn rows_of_facts(units: &Units) -> Vec<Row> {
    use Who::Producer;
    let mut rows = vec![
        (
            Producer,
            INTRODUCE,
            units.facts("/produced", json!("2999-01-01")),
            4010,
        ),
        (
            Producer,
            INTRODUCE,
            units.facts("/conformity/date", json!("2999-01-01")),
            4010,
        ),
        (
            Producer,
            INTRODUCE,
            units.facts("/test/date", json!("2999-01-01")),
            4010,
        ),
        (
            Producer,
            INTRODUCE,
            units.facts("/expires", json!("2020-01-01")),
            4011,
        ),
        (
            Producer,
            INTRODUCE,
            units.facts("/produced", json!("2026-02-30")),
            1001,
        ),
        (
            Producer,
            INTRODUCE,
            units.facts("/price_tiyn", json!(-1)),
            1001,
        ),
        (
            Producer,
            INTRODUCE,
            units.facts("/place", json!("я".repeat(201))),
            1011,
        ),
        (
            Producer,
            INTRODUCE,
            units.facts("/place", json!("a\u{0}b")),
            1011,
        ),
    ];
    for text in ["/place", "/conformity/number", "/test/number"] {
        rows.push((Producer, INTRODUCE, units.facts(text, json!("  ")), 4008));
    }
    for fact in ["place", "produced", "conformity", "test", "price_tiyn"] {
        rows.push((Producer, INTRODUCE, units.without_fact(fact), 1001));
    }
    rows
}

/// What is wrong with cards and orders by themselves.
fn rows_of_cards() -> Vec<Row> {
    use Who::{Importer, Producer};
    let good = || facts::domestic(&facts::gtin(78), "footwear");
    let with = |field: &str, value: Value| {
        let mut card = good();
        card[field] = value;
        card
    };
    let mut no_importer = facts::imported(&facts::gtin(78), "footwear");
    no_importer.as_object_mut().unwrap().remove("importer");
    let order = |gtin: &str, quantity: Value| json!({"gtin": gtin, "quantity": quantity});
    vec![
        (
            Producer,
            PRODUCTS,
            facts::domestic(&facts::gtin(1), "beer"),
            2001,
        ),
        (
            Importer,
            PRODUCTS,
            facts::domestic(&facts::gtin(1), "footwear"),
            2001,
        ),
        (
            Producer,
            PRODUCTS,
            with("gtin", json!("4870000000013")),
            2003,
        ),
        (Producer, PRODUCTS, with("gtin", json!("487")), 2003),
        (Producer, PRODUCTS, with("gtin", json!("")), 2003),
        (
            Producer,
            PRODUCTS,
            with("gtin", json!("٤٨٧٠٠٠٠٠٠٠٠١٣")),
            2003,
        ),
        (
            Producer,
            PRODUCTS,
            with("importer", json!("Somebody")),
            2005,
        ),
        (Importer, PRODUCTS, no_importer, 2005),
        (
            Producer,
            PRODUCTS,
            with("country", json!("Kazakhstan")),
            1011,
        ),
        (Producer, PRODUCTS, with("group", json!("weapons")), 1001),
        (
            Producer,
            PRODUCTS,
            with("name", json!({"kk": "", "ru": "Ботинки"})),
            4008,
        ),
        (
            Producer,
            PRODUCTS,
            with("name", json!({"ru": "Ботинки"})),
            1001,
        ),
        (Producer, PRODUCTS, with("colour", json!("red")), 1001),
        (Producer, ORDERS, order(&facts::gtin(99), json!(1)), 2002),
        (Producer, ORDERS, order("4870000000013", json!(1)), 2003),
        (Producer, ORDERS, order(&facts::gtin(1), json!(0)), 3001),
        (
            Producer,
            ORDERS,
            order(&facts::gtin(1), json!(10_000_001)),
            3001,
        ),
        (
            Producer,
            ORDERS,
            order(&facts::gtin(1), json!(u64::MAX)),
            3001,
        ),
        (Producer, ORDERS, order(&facts::gtin(1), json!(-1)), 1001),
        (Producer, ORDERS, order(&facts::gtin(1), json!(1.5)), 1001),
        // 72⁷ serials of tobacco, of which one in 2²⁰ may be used, are fewer than the largest order.
        (
            Producer,
            ORDERS,
            order(&facts::gtin(2), json!(10_000_000)),
            3002,
        ),
    ]
}

/// What is wrong with the units that a document names.
fn rows_of_units(units: &Units) -> Vec<Row> {
    use Who::{Producer, Rival, Seller};
    let code = &units.codes[FREE];
    let apply = |list: &[&str]| json!({"units": {"codes": list}});
    let ranges = |list: Value| json!({"units": {"orders": list}});
    let order = units.order;
    let altered = altered(code);
    let unknown_key = code.replacen(&format!("{GS}91F"), &format!("{GS}91X"), 1);
    let forged = format!(
        "010{}213ZZZZZZZZZZZZ{GS}91FS01{GS}92{}",
        facts::gtin(1),
        "A".repeat(83)
    );
    let many: Vec<&str> = vec![code; 30_001];
    let other = json!({"units": {"codes": [code], "orders": [{"order": order, "first": FREE, "count": 1}]}});
    let of_two_products = json!({
        "units": {"codes": [units.codes[APPLIED]], "orders": [{"order": units.tobacco}]},
        "facts": facts::batch()
    });
    vec![
        (Producer, APPLY, apply(&["hello"]), 3004),
        (Producer, APPLY, apply(&[""]), 6001),
        (Producer, APPLY, apply(&[&"0".repeat(513)]), 6002),
        (Producer, APPLY, apply(&["4870000000017"]), 3004),
        (Producer, APPLY, apply(&[&code[..code.len() - 9]]), 3004),
        (Producer, APPLY, apply(&[&altered]), 3005),
        (Producer, APPLY, apply(&[&forged]), 3005),
        (
            Seller,
            WITHDRAW,
            json!({"units": {"codes": [altered]}, "reason": "retail_sale"}),
            3005,
        ),
        (Producer, APPLY, apply(&[&unknown_key]), 3005),
        (Producer, APPLY, apply(&[code, code]), 3006),
        (Producer, APPLY, other, 3006),
        (
            Producer,
            APPLY,
            ranges(
                json!([{"order": order, "first": 8, "count": 4}, {"order": order, "first": 11}]),
            ),
            3006,
        ),
        (Producer, APPLY, apply(&many), 3007),
        (
            Producer,
            APPLY,
            ranges(json!([{"order": order, "first": 19, "count": 2}])),
            3009,
        ),
        (
            Producer,
            APPLY,
            ranges(json!([{"order": order, "first": 20}])),
            3009,
        ),
        (
            Producer,
            APPLY,
            ranges(json!([{"order": order, "first": u64::MAX, "count": u64::MAX}])),
            3009,
        ),
        (Producer, APPLY, ranges(json!([{"order": 999_999}])), 3003),
        (Producer, APPLY, ranges(json!([{"order": u64::MAX}])), 3003),
        (Rival, APPLY, ranges(json!([{"order": order}])), 3003),
        (Producer, APPLY, json!({"units": {}}), 3010),
        (
            Producer,
            APPLY,
            json!({"units": {"codes": [], "orders": []}}),
            3010,
        ),
        (Producer, INTRODUCE, of_two_products, 1011),
    ]
}

/// The code with the last character of its tail changed.
fn altered(code: &str) -> String {
    let (rest, last) = code.split_at(code.len() - 1);
    format!("{rest}{}", if last == "A" { "B" } else { "A" })
}

#[test]
fn a_refused_document_has_its_number_and_leaves_no_trace() {
    let backend = Backend::start("transitions");
    let producer = backend.client(Who::Producer);
    let units = units(&backend);
    let before = producer
        .codes(units.order)
        .iter()
        .map(|code| producer.unit(code))
        .collect::<Vec<_>>();
    let last = producer.order(&facts::gtin(1), 1, "short");

    let tables = [
        rows_of_states(&units),
        rows_of_people(&units),
        rows_of_facts(&units),
        rows_of_cards(),
        rows_of_units(&units),
    ];
    let mut wrong = Vec::new();
    for (who, route, body, number) in tables.into_iter().flatten() {
        let answer = backend.client(who).post(route, &body);
        if answer.status < 400 {
            wrong.push(format!(
                "{who:?} {route}: accepted, expected {number}: {}",
                short(&body)
            ));
            continue;
        }
        let found = answer.refusal();
        if found != number {
            wrong.push(format!(
                "{who:?} {route}: {found}, expected {number}: {}",
                short(&body)
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} rows:\n{}",
        wrong.len(),
        wrong.join("\n")
    );

    let after = producer
        .codes(units.order)
        .iter()
        .map(|code| producer.unit(code))
        .collect::<Vec<_>>();
    assert_eq!(before, after, "a refused document changed a unit");
    assert_eq!(
        producer.order(&facts::gtin(1), 1, "short"),
        last + 1,
        "a refused document took a number"
    );
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
    let (producer, inspector) = (
        backend.client(Who::Producer),
        backend.client(Who::Inspector),
    );
    let of = |index: usize| facts::codes(&units.codes[index..=index]);
    // A unit that left circulation can be blocked, to warn who holds it; it does not come back.
    inspector.block(&of(SOLD), "unsafe");
    assert_eq!(producer.status(&units.codes[SOLD]), "withdrawn");
    // A newer block takes the place of the one that stands.
    let newer = inspector.block(&of(CIRCULATING_BLOCKED), "recalled")["document"].clone();
    assert_eq!(
        producer.unit(&units.codes[CIRCULATING_BLOCKED])["blocked"],
        newer
    );
    inspector
        .post(UNBLOCK, &json!({"units": of(CIRCULATING_BLOCKED)}))
        .ok();
    assert_eq!(
        producer.unit(&units.codes[CIRCULATING_BLOCKED])["blocked"],
        Value::Null
    );
    backend.client(Who::Seller).sell(&of(CIRCULATING_BLOCKED));
    producer.withdraw(&of(APPLIED_BLOCKED), "destruction");
    assert_eq!(producer.status(&units.codes[APPLIED_BLOCKED]), "withdrawn");
}

#[test]
fn an_order_needs_an_active_key() {
    let mut backend = Backend::start("keys");
    let producer = backend.client(Who::Producer);
    let order = producer.shoes(1, 5);
    let codes = producer.codes(order);
    backend.stop();
    let mut command = std::process::Command::new(tanba());
    let output = command
        .args(["keys", "state", "FS01", "verify_only", "--data"])
        .arg(backend.data())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    backend.resume();
    let body = json!({"gtin": facts::gtin(1), "quantity": 5, "profile": "signed"});
    assert_eq!(producer.post(ORDERS, &body).refusal(), 3008);
    assert_eq!(
        producer.codes(order),
        codes,
        "codes made before are still to be had"
    );
    producer.apply(&facts::codes(&codes));
    producer.order(&facts::gtin(1), 5, "mac");
}
