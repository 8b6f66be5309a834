//! Shipments: sent, answered, overdue.

use super::{acts, pallet, participant, shoes, sscc, state};
use crate::support::{World, key_of};
use serde_json::json;
use shared::party::Role::{self, Inspector, Producer, Seller};

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
    let key = key_of(Seller);
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
