//! Documents that cannot be: each field of each kind with what it may not hold.

#![cfg(test)]

mod support;

use serde_json::{Value, json};
use shared::party::Role::{self, Importer, Inspector, Producer, Seller};
use support::{SHOES, World, facts};

const PALLET: &str = "048704020000000016";

/// Route, sender, a body whose form is right, and the pointer below which it names goods.
fn documents() -> Vec<(&'static str, Role, Value, &'static str)> {
    let goods = || json!({"codes": ["x"]});
    let units = || json!({"units": goods()});
    let repack = || json!({"package": PALLET, "units": goods()});
    vec![
        ("applications", Producer, units(), "/units"),
        ("introductions", Producer, json!({"units": goods(), "facts": facts()}), "/units"),
        ("withdrawals", Seller, json!({"units": goods(), "reason": "retail_sale"}), "/units"),
        ("returns", Seller, units(), "/units"),
        ("annulments", Producer, units(), "/units"),
        ("write-offs", Producer, json!({"units": goods(), "reason": "loss"}), "/units"),
        ("blocks", Inspector, json!({"units": goods(), "reason": "unsafe"}), "/units"),
        ("unblocks", Inspector, units(), "/units"),
        ("recalls", Producer, units(), "/units"),
        ("recall-lifts", Inspector, units(), "/units"),
        ("customs-holds", Importer, units(), "/units"),
        (
            "customs-releases",
            Importer,
            json!({"units": goods(), "declaration": {"number": "1", "date": "2026-11-01"}}),
            "/units",
        ),
        (
            "aggregations",
            Producer,
            json!({"packages": [{"sscc": PALLET, "level": "pallet", "contents": goods()}]}),
            "/packages/0/contents",
        ),
        ("removals", Producer, repack(), "/units"),
        ("additions", Producer, repack(), "/units"),
        ("replacements", Producer, json!({"package": PALLET, "out": goods(), "into": {}}), "/out"),
        ("replacements", Producer, json!({"package": PALLET, "out": {}, "into": goods()}), "/into"),
        ("transformations", Producer, json!({"from": goods(), "to": {}, "facts": facts()}), "/from"),
        ("transformations", Producer, json!({"from": {}, "to": goods(), "facts": facts()}), "/to"),
        ("shipments", Producer, json!({"units": goods(), "to": 2}), "/units"),
        (
            "acceptances",
            Seller,
            json!({"shipment": 1, "differing": [{"units": goods(), "how": "damaged"}]}),
            "/differing/0/units",
        ),
        ("corrections", Producer, json!({"document": 1, "units": goods()}), "/units"),
    ]
}

/// Documents that speak of packages too.
const WITH_PACKAGES: [&str; 11] = [
    "corrections",
    "withdrawals",
    "blocks",
    "unblocks",
    "aggregations",
    "removals",
    "additions",
    "replacements",
    "shipments",
    "acceptances",
    "transformations",
];

#[tokio::test]
async fn goods_that_cannot_be() {
    let world = World::new();
    world.cards().await;
    for (route, role, body, at) in documents() {
        let send = async |goods: Value| {
            let mut body = body.clone();
            *body.pointer_mut(at).unwrap() = goods;
            world.post(role, &format!("/api/v1/{route}"), &body).await
        };
        let below = |rest: &str| format!("{at}/{rest}");
        for (goods, number, place) in [
            (json!({"codes": ["", "x"]}), 6001, below("codes/0")),
            (json!({"codes": ["x"]}), 3004, below("codes/0")),
            (json!({"codes": ["\u{0}\u{1d}\u{10ffff}"]}), 3004, below("codes/0")),
            (json!({"codes": ["y".repeat(513)]}), 6002, below("codes/0")),
            (json!({"codes": [format!("01{SHOES}213000000000000")]}), 3004, below("codes/0")),
            (json!({"codes": vec!["1"; 30_001]}), 3007, below("codes")),
            (json!({"orders": [{"order": 999}]}), 3003, below("orders/0/order")),
            (json!({"orders": vec![json!({"order": 1}); 30_001]}), 3007, below("orders")),
            (json!({"goods": []}), 1001, String::new()),
            (json!({"codes": "x"}), 1001, String::new()),
        ] {
            let answer = send(goods).await;
            assert_eq!(answer.refusal_at(), (number, place), "{route}");
            assert!(answer.bytes.len() < 2_000, "{route}");
        }
        let packages = send(json!({"packages": ["1"]})).await;
        if WITH_PACKAGES.contains(&route) && at != "/to" {
            assert_eq!(packages.refusal_at(), (1011, below("packages/0")), "{route}");
            assert_eq!(send(json!({"packages": vec!["1"; 30_001]})).await.refusal(), 3007, "{route}");
            let unknown = send(json!({"packages": [format!("00{PALLET}")]})).await;
            assert!((400..500).contains(&unknown.status), "{route}: {}", unknown.text());
        } else {
            assert_eq!(packages.refusal(), 1001, "{route} takes no packages");
        }
        let many = send(json!({"codes": vec!["x"; 2_000]})).await;
        assert_eq!(many.refusal(), 3004);
        assert_eq!(many.json()["errors"].as_array().unwrap().len(), 1_000, "{route}");
    }
}

#[tokio::test]
async fn fields_that_cannot_be() {
    let world = World::new();
    world.cards().await;
    let goods = || json!({"codes": ["x"]});
    let rows = [
        (Seller, "withdrawals", json!({"units": goods(), "reason": "magic"}), 1001, ""),
        (Seller, "withdrawals", json!({"units": goods(), "reason": "loss", "region": "99"}), 1001, ""),
        (Seller, "withdrawals", json!({"units": goods(), "reason": "loss", "partial": 1}), 1001, ""),
        (Producer, "corrections", json!({"document": -1, "units": goods()}), 1001, ""),
        (Producer, "shipments", json!({"units": goods(), "to": 2, "partial": true}), 1001, ""),
        (Producer, "shipments", json!({"units": {}, "to": 2}), 3010, "/units"),
        (Seller, "acceptances", json!({"shipment": 999_999}), 7101, "/shipment"),
        (Seller, "acceptances", json!({"shipment": 1, "differing": [{"units": {}, "how": "eaten"}]}), 1001, ""),
        (Seller, "shipment-refusals", json!({"shipment": u64::MAX}), 7101, "/shipment"),
        (Producer, "shipment-cancellations", json!({"shipment": 0}), 7101, "/shipment"),
        (Producer, "aggregations", json!({"packages": []}), 3010, "/packages"),
        (Producer, "aggregations", json!({"packages": vec![json!({}); 3]}), 1001, ""),
        (
            Producer,
            "aggregations",
            json!({"packages": [{"sscc": "1", "level": "pallet", "contents": {}}]}),
            1011,
            "/packages/0",
        ),
        (Producer, "aggregations", json!({"packages": [{"sscc": PALLET, "level": "shelf", "contents": {}}]}), 1001, ""),
        (Producer, "disaggregations", json!({"packages": []}), 3010, "/packages"),
        (Producer, "disaggregations", json!({"packages": ["x", PALLET, ""]}), 1011, "/packages/0"),
        (Producer, "disaggregations", json!({"packages": vec!["x"; 30_001]}), 3007, "/packages"),
        (Producer, "additions", json!({"package": "x", "units": {}}), 1011, "/package"),
        (Seller, "inner-sales", json!({"code": "x", "count": 1}), 3004, "/code"),
        (Seller, "inner-sales", json!({"code": "", "count": 1}), 6001, "/code"),
        (Seller, "inner-sales", json!({"code": "x", "count": -1}), 1001, ""),
        (Producer, "remarkings", json!({"pairs": []}), 3010, "/pairs"),
        (Producer, "remarkings", json!({"pairs": [["x"]]}), 1001, ""),
        (Producer, "remarkings", json!({"pairs": [["x", "x"]]}), 3004, "/pairs/0/0"),
        (Producer, "remarkings", json!({"pairs": vec![["", ""]; 30_001]}), 3007, "/pairs"),
        (Producer, "serials", json!({"gtin": "x", "serials": ["a"]}), 2003, "/gtin"),
        (Producer, "serials", json!({"gtin": SHOES, "serials": vec!["a"; 30_001]}), 3007, "/serials"),
        (Producer, "serials", json!({"gtin": SHOES, "serials": ["a\u{0}"]}), 7202, "/serials/0"),
        (
            Importer,
            "customs-releases",
            json!({"units": goods(), "declaration": {"number": " ", "date": "2026-11-01"}}),
            4008,
            "/declaration/number",
        ),
    ];
    for (role, route, body, number, at) in rows {
        let answer = world.post(role, &format!("/api/v1/{route}"), &body).await;
        let body: String = body.to_string().chars().take(120).collect();
        assert_eq!(answer.refusal_at(), (number, at.to_owned()), "{route} {body}: {}", answer.text());
        assert!(answer.bytes.len() < 2_000);
    }
}
