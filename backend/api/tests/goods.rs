//! Packages, shipments, and everything else that happens to goods, over the interface.

#![cfg(test)]

mod support;

use serde_json::{Value, json};
use shared::gs1::Sscc;
use shared::party::Role::{self, Inspector, Producer, Seller};
use shared::series::PackageId;
use std::collections::BTreeSet;
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
async fn the_life_of_a_package() {
    let world = World::new();
    let (order, codes) = shoes(&world, 8).await;
    pallet(&world, order).await;

    let unit = state(&world, Producer, &codes[4]).await;
    assert_eq!((&unit["package"], &unit["outermost"]), (&json!(sscc(2)), &json!(sscc(3))));
    let path = |number: u64| format!("/api/v1/packages/{}", sscc(number));
    let package = world.get(Producer, &path(3)).await.ok();
    assert_eq!((&package["level"], &package["contents"]["packages"]), (&json!("pallet"), &json!([sscc(1), sscc(2)])));
    let inner = world.get(Producer, &path(2)).await.ok();
    assert_eq!(inner["contents"]["products"], json!([{"gtin": SHOES, "count": 3}]));
    for role in [Role::Importer, Seller] {
        assert_eq!(world.get(role, &path(3)).await.refusal(), 1006, "a package is its owner's business");
        assert_eq!(world.get(role, &format!("{}/history", path(3))).await.refusal(), 1006);
    }

    // An SSCC is used once, and what is in a package is not packed again.
    let again = json!({"packages": [{"sscc": sscc(3), "level": "group", "contents": {"codes": [codes[6]]}}]});
    assert_eq!(world.post(Producer, "/api/v1/aggregations", &again).await.refusal(), 7002);
    let again = json!({"packages": [{"sscc": sscc(4), "level": "group", "contents": {"codes": [codes[6], codes[0]]}}]});
    let answer = world.post(Producer, "/api/v1/aggregations", &again).await;
    assert_eq!(answer.refusal_at(), (7003, "/packages/0/contents/codes/1".to_owned()));

    // Contents change, and with them the root.
    let add = json!({"package": sscc(2), "units": {"codes": [codes[6]]}});
    world.post(Producer, "/api/v1/additions", &add).await.ok();
    let replace = json!({"package": sscc(2), "out": {"codes": [codes[3]]}, "into": {"codes": [codes[7]]}});
    world.post(Producer, "/api/v1/replacements", &replace).await.ok();
    let changed = world.get(Producer, &path(2)).await.ok();
    assert_eq!(changed["contents"]["units"], 4);
    assert_ne!(changed["merkle_root"], inner["merkle_root"]);
    assert_eq!(state(&world, Producer, &codes[3]).await.get("package"), None);
    let out = json!({"package": sscc(2), "units": {"codes": [codes[3]]}});
    assert_eq!(world.post(Producer, "/api/v1/removals", &out).await.refusal_at(), (7004, "/units/codes/0".to_owned()));
    let out = json!({"package": sscc(2), "units": {"codes": [codes[6]]}});
    world.post(Producer, "/api/v1/removals", &out).await.ok();
    children_are_told(&world, 2, &[&codes[4], &codes[5], &codes[7]]).await;

    world.post(Producer, "/api/v1/disaggregations", &json!({"packages": [sscc(3)]})).await.ok();
    let gone = world.get(Producer, &path(3)).await.ok();
    assert_eq!((&gone["status"], &gone["contents"]["packages_count"]), (&json!("dissolved"), &json!(0)));
    assert!(gone.get("merkle_root").is_none());
    let inner = world.get(Producer, &path(2)).await.ok();
    assert!(inner.get("package").is_none());

    let history = world.get(Producer, &format!("{}/history", path(3))).await.ok();
    let history = acts(&history);
    assert_eq!((history.first(), history.last()), (Some(&"form"), Some(&"dissolve")), "{history:?}");
}

/// Who folds the events of a package, ours or those of EPCIS, knows what is in it.
async fn children_are_told(world: &World, package: u64, codes: &[&String]) {
    let serials = codes.iter().map(|code| code.split('\u{1d}').next().unwrap()[18..].to_owned());
    let expected: BTreeSet<String> = serials.collect();
    let path = format!("/api/v1/packages/{}/history", sscc(package));
    let history = world.get(Producer, &path).await.ok();
    let mut inside = BTreeSet::new();
    for event in history["events"].as_array().unwrap() {
        let names = |of: &Value| -> Vec<String> {
            let units = of["units"].as_array().into_iter().flatten();
            units.map(|unit| unit["serial"].as_str().unwrap().to_owned()).collect()
        };
        inside.extend(names(&event["packed"]));
        let gone = names(&event["unpacked"]);
        inside.retain(|serial| !gone.contains(serial));
    }
    assert_eq!(inside, expected);
    let epcis = world.get(Producer, &format!("{path}?format=epcis")).await.ok();
    let mut inside = BTreeSet::new();
    for event in epcis["epcisBody"]["eventList"].as_array().unwrap() {
        let children = event["childEPCs"].as_array().into_iter().flatten();
        let serials: Vec<String> =
            children.map(|child| child.as_str().unwrap().split("/21/").last().unwrap().to_owned()).collect();
        // Put into another itself, the package is a child and has none.
        let is_own = event["parentID"].as_str().unwrap_or_default().ends_with(&sscc(package));
        // What did not occur is told once more, with an error declaration.
        match (event["action"].as_str().filter(|_| is_own), event.get("errorDeclaration").is_some()) {
            (Some("ADD"), false) | (Some("DELETE"), true) => inside.extend(serials),
            (Some("DELETE"), false) | (Some("ADD"), true) => inside.retain(|serial| !serials.contains(serial)),
            _ => {}
        }
    }
    assert_eq!(inside, expected);
}

#[tokio::test]
async fn a_member_is_proved_without_the_rest() {
    let world = World::new();
    let (order, codes) = shoes(&world, 8).await;
    pallet(&world, order).await;
    let ask = async |package: u64, body: Value| {
        world.post(Producer, &format!("/api/v1/packages/{}/proof", sscc(package)), &body).await
    };
    for (package, body) in [
        (1, json!({"code": codes[0]})),
        (1, json!({"code": codes[2]})),
        (2, json!({"code": codes[4]})),
        (3, json!({"package": sscc(2)})),
    ] {
        let proof = ask(package, body).await.ok();
        let kept = world.get(Producer, &format!("/api/v1/packages/{}", sscc(package))).await.ok();
        assert_eq!(proof["root"], kept["merkle_root"]);
        let hash = |text: &str| -> backend_ledger::merkle::Hash {
            let byte = |at: usize| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap();
            std::array::from_fn(byte)
        };
        let path = proof["path"].as_array().unwrap().iter().map(|text| hash(text.as_str().unwrap()));
        let read = backend_ledger::merkle::Proof {
            index: proof["index"].as_u64().unwrap(),
            leaves: proof["size"].as_u64().unwrap(),
            path: path.collect(),
        };
        let (root, member) = (hash(proof["root"].as_str().unwrap()), proof["member"].as_str().unwrap());
        assert!(backend_ledger::merkle::verify(&root, member.as_bytes(), &read));
        assert!(!backend_ledger::merkle::verify(&root, b"0104870001234560213", &read));
    }
    assert_eq!(ask(1, json!({"code": codes[4]})).await.refusal_at(), (7004, "/code".to_owned()));
    assert_eq!(ask(1, json!({"package": sscc(2)})).await.refusal_at(), (7004, "/package".to_owned()));
    assert_eq!(ask(1, json!({"package": "1"})).await.refusal_at(), (1011, "/package".to_owned()));
    assert_eq!(ask(1, json!({"code": "x"})).await.refusal_at(), (3004, "/code".to_owned()));
    for body in [json!({}), json!({"code": codes[0], "package": sscc(2)})] {
        assert_eq!(ask(1, body).await.refusal(), 1001);
    }
    assert_eq!(ask(9, json!({"code": codes[0]})).await.refusal(), 1006);
}

#[tokio::test]
async fn the_life_of_a_shipment() {
    let world = World::new();
    let (order, codes) = shoes(&world, 8).await;
    pallet(&world, order).await;
    let (producer, seller) = (participant(&world, Producer).await, participant(&world, Seller).await);

    let ship = json!({"units": {"packages": [sscc(3)], "codes": [codes[7]]}, "to": seller});
    let sent = world.post(Producer, "/api/v1/shipments", &ship).await.ok();
    let shipment = sent["document"].as_u64().unwrap();
    let path = format!("/api/v1/shipments/{shipment}");
    let open = world.get(Seller, &path).await.ok();
    assert_eq!(
        (&open["sender"], &open["receiver"], &open["state"]),
        (&json!(producer), &json!(seller), &json!("open"))
    );
    assert_eq!(world.get(Role::Importer, &path).await.refusal(), 7101);
    assert_eq!(world.get(Seller, "/api/v1/shipments").await.ok()["shipments"], json!([open]));
    assert_eq!(world.get(Producer, "/api/v1/shipments?way=sent&state=open").await.ok()["shipments"], json!([open]));
    for query in ["", "?way=sent&state=accepted"] {
        let none = world.get(Producer, &format!("/api/v1/shipments{query}")).await.ok();
        assert_eq!(none["shipments"], json!([]));
    }
    // The receiver sees what is under way to it, and what was announced.
    assert_eq!(state(&world, Seller, &codes[7]).await["transfer"], shipment);
    assert_eq!(world.get(Seller, &format!("/api/v1/documents/{shipment}")).await.ok()["body"], ship);
    assert_eq!(world.get(Role::Importer, &format!("/api/v1/documents/{shipment}")).await.refusal(), 1006);
    world.get(Seller, &format!("/api/v1/packages/{}", sscc(3))).await.ok();

    // While they are under way, the goods stay where they are.
    let sale = json!({"units": {"codes": [codes[7]]}, "reason": "retail_sale"});
    assert_eq!(world.post(Seller, "/api/v1/withdrawals", &sale).await.refusal(), 4019);
    assert_eq!(world.post(Producer, "/api/v1/acceptances", &json!({"shipment": shipment})).await.refusal(), 7101);
    assert_eq!(
        world.post(Seller, "/api/v1/shipment-cancellations", &json!({"shipment": shipment})).await.refusal(),
        7101
    );

    let differing = json!([{"units": {"codes": [codes[7]]}, "how": "shortage"}]);
    let accept = json!({"shipment": shipment, "differing": differing});
    world.post(Seller, "/api/v1/acceptances", &accept).await.ok();
    let ended = world.get(Seller, &path).await.ok();
    assert_eq!(ended["state"], "accepted_with_discrepancy");
    assert!(ended["answer"].is_u64());
    assert_eq!(state(&world, Seller, &codes[0]).await["owner"], seller);
    assert_eq!(state(&world, Producer, &codes[7]).await["owner"], producer);
    let answer = world.post(Producer, "/api/v1/units/lookup", &json!({"code": codes[0]})).await;
    assert_eq!(answer.refusal(), 4012, "the goods have a new owner");
    assert_eq!(world.post(Seller, "/api/v1/acceptances", &json!({"shipment": shipment})).await.refusal(), 7102);

    // Refused and cancelled: the goods stay with their sender.
    for (role, route, state_after) in
        [(Seller, "shipment-refusals", "refused"), (Producer, "shipment-cancellations", "cancelled")]
    {
        let body = json!({"units": {"codes": [codes[7]]}, "to": seller});
        let shipment = world.post(Producer, "/api/v1/shipments", &body).await.ok()["document"].clone();
        world.post(role, &format!("/api/v1/{route}"), &json!({"shipment": shipment})).await.ok();
        let ended = world.get(Producer, &format!("/api/v1/shipments/{shipment}")).await.ok();
        assert_eq!(ended["state"], state_after);
        assert_eq!(state(&world, Producer, &codes[7]).await.get("transfer"), None);
    }
    let nobody = json!({"units": {"codes": [codes[7]]}, "to": 999});
    assert_eq!(world.post(Producer, "/api/v1/shipments", &nobody).await.refusal(), 7104);

    // A pair is sold out of its box, and the box is taken apart in the same document.
    let sale = json!({"units": {"codes": [codes[0]]}, "reason": "retail_sale"});
    world.post(Seller, "/api/v1/withdrawals", &sale).await.ok();
    let history = world.post(Seller, "/api/v1/units/history", &json!({"code": codes[0]})).await.ok();
    let told = acts(&history);
    for act in ["issue", "apply", "introduce", "pack", "ship", "accept", "unpack", "withdraw"] {
        assert!(told.contains(&act), "{act}: {told:?}");
    }
    assert_eq!((told[0], *told.last().unwrap()), ("issue", "withdraw"));
    let events = history["events"].as_array().unwrap();
    assert!(events.windows(2).all(|pair| pair[0]["document"].as_u64() <= pair[1]["document"].as_u64()));
    let shipped = events.iter().find(|event| event["act"] == "ship").unwrap();
    assert_eq!((&shipped["through"], &shipped["type"]), (&json!(sscc(3)), &json!("ship")));
    assert!(shipped.get("sender").is_none(), "who else had the goods is for state bodies");
    let all = world.post(Inspector, "/api/v1/units/history", &json!({"code": codes[0]})).await.ok();
    assert!(all["events"].as_array().unwrap().iter().all(|event| event["sender"].is_u64()));
    let other = world.post(Role::Importer, "/api/v1/units/history", &json!({"code": codes[0]})).await;
    assert_eq!(other.refusal_at(), (4012, "/code".to_owned()));

    // The same as EPCIS, by parameter and by header.
    let body = json!({"code": codes[0]}).to_string();
    let key = support::key_of(Seller);
    let epcis = world.ask(&key, "POST", "/api/v1/units/history?format=epcis", &body).await;
    assert_eq!(epcis.header("content-type"), "application/ld+json");
    let document = epcis.ok();
    assert_eq!((&document["type"], &document["schemaVersion"]), (&json!("EPCISDocument"), &json!("2.0")));
    let list = document["epcisBody"]["eventList"].as_array().unwrap();
    assert_eq!(list.len(), events.len());
    let kinds: std::collections::BTreeSet<_> = list.iter().map(|event| event["type"].as_str().unwrap()).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["AggregationEvent", "ObjectEvent"]);
    let unpacked = list.iter().find(|event| event["bizStep"] == "unpacking").unwrap();
    assert!(unpacked["parentID"].as_str().unwrap().starts_with("https://id.gs1.org/00/"), "{unpacked}");
    let request = axum::http::Request::builder()
        .uri(format!("/api/v1/packages/{}/history", sscc(3)))
        .header("authorization", format!("Bearer {key}"))
        .header("accept", "application/ld+json");
    let answer = world.send(request.body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!(answer.header("content-type"), "application/ld+json", "{}", answer.text());
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
async fn what_was_done_to_packages_is_corrected() {
    let world = World::new();
    let (order, codes) = shoes(&world, 8).await;
    let contents = |first: u64| json!({"orders": [{"order": order, "first": first, "count": 3}]});
    let form = |first: u64| json!({"packages": [{"sscc": sscc(1), "level": "group", "contents": contents(first)}]});
    let wrong = world.post(Producer, "/api/v1/aggregations", &form(0)).await.ok()["document"].clone();
    let correct = async |role: Role, units: Value| {
        world.post(role, "/api/v1/corrections", &json!({"document": wrong, "units": units})).await
    };
    let both = json!({"packages": [sscc(1)], "codes": [codes[0]]});
    assert_eq!(correct(Producer, both).await.refusal_at(), (1011, "/units/packages".to_owned()));
    let known = |number: u64| json!({"packages": [sscc(number)]});
    assert_eq!(correct(Seller, known(1)).await.refusal_at(), (7301, "/document".to_owned()));
    assert_eq!(correct(Producer, known(2)).await.refusal_at(), (7001, "/units/packages/0".to_owned()));
    let corrected = correct(Producer, known(1)).await.ok();
    assert_eq!(corrected["units"], 3);
    assert_eq!(state(&world, Producer, &codes[0]).await.get("package"), None);
    let path = format!("/api/v1/packages/{}", sscc(1));
    assert_eq!(world.get(Producer, &path).await.refusal(), 1006, "it never was");
    // The same SSCC with the right goods.
    world.post(Producer, "/api/v1/aggregations", &form(3)).await.ok();
    assert_eq!(correct(Producer, known(1)).await.refusal_at(), (7303, "/units/packages/0".to_owned()));
    children_are_told(&world, 1, &[&codes[3], &codes[4], &codes[5]]).await;
    let history = world.get(Producer, &format!("{path}/history")).await.ok();
    assert_eq!(acts(&history), ["form", "undo", "form"]);
    let unit = world.post(Producer, "/api/v1/units/history", &json!({"code": codes[0]})).await.ok();
    assert_eq!(acts(&unit), ["issue", "apply", "introduce", "pack", "undo"]);
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
