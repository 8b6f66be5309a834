//! The rows: who sends what, and the number of the refusal.

use crate::units::*;
use serde_json::{Value, json};
use shared::gs1::GS;
use tests::backend::Who;
use tests::facts;

/// Sender, route, body, number of the refusal.
pub(crate) type Row = (Who, &'static str, Value, u64);

/// What the state of a unit forbids.
pub(crate) fn rows_of_states(units: &Units) -> Vec<Row> {
    use Who::{Inspector, Producer, Seller};
    let mut rows = vec![
        (Producer, APPLY, units.one(APPLIED), 4001),
        (Producer, APPLY, units.one(CIRCULATING), 4003),
        (Producer, APPLY, units.one(SOLD), 4005),
        (Producer, APPLY, units.one(LOST), 4013),
        (Producer, APPLY, units.one(EMITTED_BLOCKED), 4006),
        (Producer, INTRODUCE, units.introduction(EMITTED), 4002),
        (Producer, INTRODUCE, units.introduction(CIRCULATING), 4003),
        (Producer, INTRODUCE, units.introduction(SOLD), 4005),
        (Producer, INTRODUCE, units.introduction(LOST), 4013),
        (Producer, INTRODUCE, units.introduction(APPLIED_BLOCKED), 4006),
        (Inspector, UNBLOCK, units.one(CIRCULATING), 4007),
        (Inspector, UNBLOCK, units.one(SOLD), 4007),
    ];
    for (index, number) in [(EMITTED, 4004), (APPLIED, 4004), (SOLD, 4005), (LOST, 4013), (CIRCULATING_BLOCKED, 4006)] {
        rows.push((Seller, WITHDRAW, units.withdrawal(index, "retail_sale"), number));
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
pub(crate) fn rows_of_people(units: &Units) -> Vec<Row> {
    use Who::{Importer, Inspector, Producer, Rival, Seller};
    let card = facts::domestic(&facts::gtin(77), "footwear");
    let mine = json!({"gtin": facts::gtin(1), "quantity": 5});
    vec![
        (Rival, APPLY, units.one(EMITTED), 4012),
        (Rival, INTRODUCE, units.introduction(APPLIED), 4012),
        (Rival, WITHDRAW, units.withdrawal(CIRCULATING, "export"), 4012),
        (Importer, WITHDRAW, units.withdrawal(EMITTED, "loss"), 4012),
        (Rival, APPLY, json!({"units": facts::whole(units.order)}), 3003),
        (Rival, ORDERS, mine.clone(), 2004),
        (Seller, PRODUCTS, card.clone(), 1005),
        (Inspector, PRODUCTS, card, 1005),
        (Seller, ORDERS, mine.clone(), 1005),
        (Inspector, ORDERS, mine, 1005),
        (Seller, APPLY, units.one(EMITTED), 1005),
        (Seller, INTRODUCE, units.introduction(APPLIED), 1005),
        (Inspector, WITHDRAW, units.withdrawal(CIRCULATING, "loss"), 1005),
        (Producer, BLOCK, units.block(CIRCULATING), 1005),
        (Seller, BLOCK, units.block(CIRCULATING), 1005),
        (Producer, UNBLOCK, units.one(CIRCULATING_BLOCKED), 1005),
    ]
}

/// What the facts of a batch forbid.
pub(crate) fn rows_of_facts(units: &Units) -> Vec<Row> {
    use Who::Producer;
    let mut rows = vec![
        (Producer, INTRODUCE, units.facts("/produced", json!("2999-01-01")), 4010),
        (Producer, INTRODUCE, units.facts("/conformity/date", json!("2999-01-01")), 4010),
        (Producer, INTRODUCE, units.facts("/test/date", json!("2999-01-01")), 4010),
        (Producer, INTRODUCE, units.facts("/expires", json!("2020-01-01")), 4011),
        (Producer, INTRODUCE, units.facts("/produced", json!("2026-02-30")), 1001),
        (Producer, INTRODUCE, units.facts("/price_tiyn", json!(-1)), 1001),
        (Producer, INTRODUCE, units.facts("/place", json!("я".repeat(201))), 1011),
        (Producer, INTRODUCE, units.facts("/place", json!("a\u{0}b")), 1011),
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
pub(crate) fn rows_of_cards() -> Vec<Row> {
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
        (Producer, PRODUCTS, facts::domestic(&facts::gtin(1), "beer"), 2001),
        (Importer, PRODUCTS, facts::domestic(&facts::gtin(1), "footwear"), 2001),
        (Producer, PRODUCTS, with("gtin", json!("4870000000013")), 2003),
        (Producer, PRODUCTS, with("gtin", json!("487")), 2003),
        (Producer, PRODUCTS, with("gtin", json!("")), 2003),
        (Producer, PRODUCTS, with("gtin", json!("٤٨٧٠٠٠٠٠٠٠٠١٣")), 2003),
        (Producer, PRODUCTS, with("importer", json!("Somebody")), 2005),
        (Importer, PRODUCTS, no_importer, 2005),
        (Producer, PRODUCTS, with("country", json!("Kazakhstan")), 1011),
        (Producer, PRODUCTS, with("group", json!("weapons")), 1001),
        (Producer, PRODUCTS, with("name", json!({"kk": "", "ru": "Ботинки"})), 4008),
        (Producer, PRODUCTS, with("name", json!({"ru": "Ботинки"})), 1001),
        (Producer, PRODUCTS, with("colour", json!("red")), 1001),
        (Producer, ORDERS, order(&facts::gtin(99), json!(1)), 2002),
        (Producer, ORDERS, order("4870000000013", json!(1)), 2003),
        (Producer, ORDERS, order(&facts::gtin(1), json!(0)), 3001),
        (Producer, ORDERS, order(&facts::gtin(1), json!(10_000_001)), 3001),
        (Producer, ORDERS, order(&facts::gtin(1), json!(u64::MAX)), 3001),
        (Producer, ORDERS, order(&facts::gtin(1), json!(-1)), 1001),
        (Producer, ORDERS, order(&facts::gtin(1), json!(1.5)), 1001),
        // 72⁷ serials of tobacco, of which one in 2²⁰ may be used, are fewer than the largest order.
        (Producer, ORDERS, order(&facts::gtin(2), json!(10_000_000)), 3002),
    ]
}

/// What is wrong with the units that a document names.
pub(crate) fn rows_of_units(units: &Units) -> Vec<Row> {
    use Who::{Producer, Rival, Seller};
    let code = &units.codes[FREE];
    let apply = |list: &[&str]| json!({"units": {"codes": list}});
    let ranges = |list: Value| json!({"units": {"orders": list}});
    let order = units.order;
    let altered = altered(code);
    let unknown_key = code.replacen(&format!("{GS}91F"), &format!("{GS}91X"), 1);
    let forged = format!("010{}213ZZZZZZZZZZZZ{GS}91FS01{GS}92{}", facts::gtin(1), "A".repeat(83));
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
        (Seller, WITHDRAW, json!({"units": {"codes": [altered]}, "reason": "retail_sale"}), 3005),
        (Producer, APPLY, apply(&[&unknown_key]), 3005),
        (Producer, APPLY, apply(&[code, code]), 3006),
        (Producer, APPLY, other, 3006),
        (
            Producer,
            APPLY,
            ranges(json!([{"order": order, "first": 8, "count": 4}, {"order": order, "first": 11}])),
            3006,
        ),
        (Producer, APPLY, apply(&many), 3007),
        (Producer, APPLY, ranges(json!([{"order": order, "first": 19, "count": 2}])), 3009),
        (Producer, APPLY, ranges(json!([{"order": order, "first": 20}])), 3009),
        (Producer, APPLY, ranges(json!([{"order": order, "first": u64::MAX, "count": u64::MAX}])), 3009),
        (Producer, APPLY, ranges(json!([{"order": 999_999}])), 3003),
        (Producer, APPLY, ranges(json!([{"order": u64::MAX}])), 3003),
        (Rival, APPLY, ranges(json!([{"order": order}])), 3003),
        (Producer, APPLY, json!({"units": {}}), 3010),
        (Producer, APPLY, json!({"units": {"codes": [], "orders": []}}), 3010),
        (Producer, INTRODUCE, of_two_products, 1011),
    ]
}

/// The code with the last character of its tail changed.
fn altered(code: &str) -> String {
    let (rest, last) = code.split_at(code.len() - 1);
    format!("{rest}{}", if last == "A" { "B" } else { "A" })
}
