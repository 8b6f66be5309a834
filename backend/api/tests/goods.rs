//! Packages, shipments, and everything else that happens to goods, over the interface.

#![cfg(test)]

#[path = "goods/packages.rs"]
mod packages;
#[path = "goods/shipments.rs"]
mod shipments;
mod support;

use serde_json::{Value, json};
use shared::gs1::Sscc;
use shared::party::Role::{self, Inspector, Producer, Seller};
use shared::series::PackageId;
use support::{SHOES, World, facts, units};

/// The SSCC of a package.
fn sscc(number: u64) -> String {
    let package = PackageId::at(48_704_020, number).unwrap();
    package.sscc().map(|sscc: Sscc| sscc.to_string()).unwrap()
}

/// Shoes in circulation: their order and codes.
async fn shoes(world: &World, count: u64) -> (u64, Vec<String>) {
    let order = world.order(count).await;
    world.post(Producer, "/api/v1/applications", &json!({"units": units(order)})).await.ok();
    let body = json!({"units": units(order), "facts": facts()});
    world.post(Producer, "/api/v1/introductions", &body).await.ok();
    (order, world.codes(Producer, order).await)
}

async fn participant(world: &World, role: Role) -> u64 {
    world.get(role, "/api/v1/participant").await.ok()["participant"].as_u64().unwrap()
}

async fn state(world: &World, role: Role, code: &str) -> Value {
    world.post(role, "/api/v1/units/lookup", &json!({"code": code})).await.ok()
}

/// The acts of a history, in order.
fn acts(history: &Value) -> Vec<&str> {
    history["events"].as_array().unwrap().iter().map(|event| event["act"].as_str().unwrap()).collect()
}

/// Two boxes of three on a pallet: boxes 1 and 2, pallet 3.
async fn pallet(world: &World, order: u64) {
    let box_of = |number: u64, first: u64| {
        let contents = json!({"orders": [{"order": order, "first": first, "count": 3}]});
        json!({"sscc": sscc(number), "level": "transport", "contents": contents})
    };
    let on_pallet = json!({"packages": [sscc(1), format!("00{}", sscc(2))]});
    let pallet = json!({"sscc": sscc(3), "level": "pallet", "contents": on_pallet});
    let body = json!({"packages": [box_of(1, 0), box_of(2, 3), pallet]});
    world.post(Producer, "/api/v1/aggregations", &body).await.ok();
}

#[tokio::test]
async fn goods_come_back_and_labels_are_replaced() {
    let world = World::new();
    let (_, codes) = shoes(&world, 6).await;
    let of = |code: &str| json!({"units": {"codes": [code]}});
    let withdraw = async |role: Role, code: &str, reason: &str| {
        let body = json!({"units": {"codes": [code]}, "reason": reason});
        world.post(role, "/api/v1/withdrawals", &body).await.ok()
    };
    withdraw(Seller, &codes[0], "retail_sale").await;
    world.post(Seller, "/api/v1/returns", &of(&codes[0])).await.ok();
    assert_eq!(state(&world, Producer, &codes[0]).await["status"], "in_circulation");
    withdraw(Producer, &codes[1], "destruction").await;
    assert_eq!(world.post(Producer, "/api/v1/returns", &of(&codes[1])).await.refusal(), 4015);
    assert_eq!(world.post(Producer, "/api/v1/returns", &of(&codes[0])).await.refusal(), 4016);

    // A new label.
    let body = json!({"gtin": SHOES, "quantity": 3});
    let order = world.post(Producer, "/api/v1/orders", &body).await.ok()["order"].as_u64().unwrap();
    let fresh = world.codes(Producer, order).await;
    let pairs = json!({"pairs": [[codes[2], fresh[0]]]});
    world.post(Producer, "/api/v1/remarkings", &pairs).await.ok();
    let (old, new) = (state(&world, Producer, &codes[2]).await, state(&world, Producer, &fresh[0]).await);
    assert_eq!((&old["replaced_by"]["serial"], &new["replaces"]["serial"]), (&new["serial"], &old["serial"]));
    assert_eq!(new["status"], "in_circulation");
    let wrong = json!({"pairs": [[codes[3], fresh[1]], ["x", ""]]});
    let answer = world.post(Producer, "/api/v1/remarkings", &wrong).await;
    let at = |index: usize| answer.json()["errors"][index]["at"].clone();
    assert_eq!((at(0), at(1)), (json!("/pairs/1/0"), json!("/pairs/1/1")));

    // Given up before use, recalled, blocked, corrected, sold in parts.
    world.post(Producer, "/api/v1/annulments", &of(&fresh[1])).await.ok();
    world.post(Producer, "/api/v1/applications", &of(&fresh[2])).await.ok();
    let lost = json!({"units": {"codes": [fresh[2]]}, "reason": "loss"});
    world.post(Producer, "/api/v1/write-offs", &lost).await.ok();
    let lost = json!({"units": {"codes": [codes[3]]}, "reason": "retail_sale"});
    assert_eq!(world.post(Producer, "/api/v1/write-offs", &lost).await.refusal(), 4024);
    world.post(Producer, "/api/v1/recalls", &of(&codes[3])).await.ok();
    assert!(state(&world, Producer, &codes[3]).await["recalled"].is_u64());
    world.post(Inspector, "/api/v1/recall-lifts", &of(&codes[3])).await.ok();
    let sold = withdraw(Seller, &codes[4], "retail_sale").await;
    let correct = json!({"document": sold["document"], "units": {"codes": [codes[4]]}});
    world.post(Seller, "/api/v1/corrections", &correct).await.ok();
    assert_eq!(state(&world, Producer, &codes[4]).await["status"], "in_circulation");
    let inner = json!({"code": codes[5], "count": 2, "region": "75"});
    world.post(Seller, "/api/v1/inner-sales", &inner).await.ok();
    assert_eq!(state(&world, Producer, &codes[5]).await["inner_sold"], 2);
}

#[tokio::test]
async fn a_document_is_applied_in_part_where_that_is_asked_for() {
    let world = World::new();
    let (_, codes) = shoes(&world, 4).await;
    let sale = json!({"units": {"codes": [codes[1]]}, "reason": "retail_sale"});
    world.post(Seller, "/api/v1/withdrawals", &sale).await.ok();
    let listed = json!({"codes": [codes[0], codes[1], "x", codes[2]]});
    let whole = json!({"units": {"codes": [codes[0], codes[1], codes[2]]}, "reason": "retail_sale"});
    let refused = world.post(Seller, "/api/v1/withdrawals", &whole).await;
    assert_eq!(refused.refusal_at(), (4005, "/units/codes/1".to_owned()));
    assert_eq!(refused.json()["errors"].as_array().unwrap().len(), 1);

    let part = json!({"units": listed, "reason": "retail_sale", "partial": true});
    let applied = world.post(Seller, "/api/v1/withdrawals", &part).await.ok();
    assert_eq!(applied["units"], 2);
    let rejected = applied["rejected"].as_array().unwrap();
    let mut told: Vec<_> =
        rejected.iter().map(|one| (one["at"].as_str().unwrap(), one["code"]["number"].as_u64().unwrap())).collect();
    told.sort_unstable();
    assert_eq!(told, [("/units/codes/1", 4005), ("/units/codes/2", 3004)]);
    assert_eq!(state(&world, Producer, &codes[3]).await["status"], "in_circulation");
    let none = json!({"units": {"codes": ["x", "y"]}, "reason": "retail_sale", "partial": true});
    assert_eq!(world.post(Seller, "/api/v1/withdrawals", &none).await.refusal(), 3004);
}

#[tokio::test]
async fn a_page_of_codes_is_looked_up_at_once() {
    let world = World::new();
    let (_, codes) = shoes(&world, 3).await;
    let ask =
        async |role: Role, codes: Value| world.post(role, "/api/v1/units/lookups", &json!({"codes": codes})).await;
    let page = ask(Producer, json!([codes[2], "x", codes[0], codes[0]])).await.ok();
    let answers = page["units"].as_array().unwrap();
    assert_eq!(answers.len(), 4);
    assert_eq!(answers[0]["unit"], state(&world, Producer, &codes[2]).await);
    assert_eq!(
        (&answers[1]["refused"]["at"], &answers[1]["refused"]["code"]["number"]),
        (&json!("/codes/1"), &json!(3004))
    );
    assert_eq!(answers[2], answers[3]);
    let others = ask(Role::Importer, json!([codes[0]])).await.ok();
    assert_eq!(others["units"][0]["refused"]["code"]["number"], 4012);
    assert_eq!(ask(Producer, json!([])).await.refusal_at(), (3010, "/codes".to_owned()));
    assert_eq!(ask(Producer, json!(vec!["x"; 1001])).await.refusal_at(), (3007, "/codes".to_owned()));
    let most = ask(Producer, json!(vec!["x"; 1000])).await.ok();
    assert_eq!(most["units"].as_array().unwrap().len(), 1000);
}

#[tokio::test]
async fn serials_of_others_live_under_the_same_rules() {
    let world = World::new();
    world.cards().await;
    let serials = json!({"gtin": SHOES, "serials": ["OWN-1", "OWN-2", "own/3"]});
    world.post(Producer, "/api/v1/serials", &serials).await.ok();
    assert_eq!(world.post(Producer, "/api/v1/serials", &serials).await.refusal(), 7201);
    let code = |serial: &str| format!("01{SHOES}21{serial}");
    let body = json!({"units": {"codes": [code("OWN-1"), code("own/3")]}});
    assert_eq!(state(&world, Producer, &code("OWN-1")).await["kind"], "own");
    world.post(Producer, "/api/v1/applications", &body).await.ok();
    let introduce = json!({"units": body["units"], "facts": facts()});
    world.post(Producer, "/api/v1/introductions", &introduce).await.ok();
    let sale = json!({"units": {"codes": [code("own/3")]}, "reason": "retail_sale"});
    world.post(Seller, "/api/v1/withdrawals", &sale).await.ok();
    assert_eq!(state(&world, Producer, &code("own/3")).await["status"], "withdrawn");
    let unknown = json!({"units": {"codes": [code("OWN-9")]}});
    assert_eq!(world.post(Producer, "/api/v1/applications", &unknown).await.refusal(), 3004);

    let foreign = json!({"gtin": SHOES, "state": "RU", "serials": ["5Rq7mWz!c4KdH"]});
    world.post(Producer, "/api/v1/recognitions", &foreign).await.ok();
    let tail = "k3VhT8sN1bQyXf0uLw9ZpRj5AeGmC2oDi7tHrUaJsEY=";
    let code = format!("01{SHOES}215Rq7mWz!c4KdH\u{1d}91EE06\u{1d}92{tail}");
    let unit = state(&world, Producer, &code).await;
    assert_eq!((&unit["kind"], &unit["status"]), (&json!("foreign"), &json!("in_circulation")));
    let history = world.post(Producer, "/api/v1/units/history", &json!({"code": code})).await.ok();
    assert_eq!(acts(&history), ["recognise"]);
    for (field, value, number, at) in [
        ("state", json!("KZ"), 7204, "/state"),
        ("gtin", json!("1"), 2003, "/gtin"),
        ("serials", json!(["a b"]), 7202, "/serials/0"),
        ("serials", json!(vec!["a"; 30_001]), 3007, "/serials"),
    ] {
        let mut body = foreign.clone();
        body[field] = value;
        let answer = world.post(Producer, "/api/v1/recognitions", &body).await;
        assert_eq!(answer.refusal_at(), (number, at.to_owned()));
    }
}
