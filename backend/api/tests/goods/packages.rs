//! Packages: formed, changed, proved, corrected.

use super::{acts, pallet, shoes, sscc, state};
use crate::support::{SHOES, World};
use serde_json::{Value, json};
use shared::party::Role::{self, Producer, Seller};
use std::collections::BTreeSet;

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
