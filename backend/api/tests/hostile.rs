//! Every route with malformed, oversized and hostile input: a problem document with its number, never a 500.

#![cfg(test)]

mod support;

use axum::body::Body;
use axum::http::Request;
use backend_api::{Access, MATRIX};
use serde_json::{Value, json};
use shared::party::Role;
use support::{EDGE_KEY, NOW, SHOES, World, key_of};

/// A role that may use the route.
fn role_of(access: Access) -> Role {
    match access {
        Access::Roles(roles) => roles[0],
        Access::Public | Access::Edge => Role::Producer,
    }
}

async fn ask(
    world: &World,
    access: Access,
    method: &str,
    path: &str,
    media_type: &str,
    body: Vec<u8>,
) -> support::Answer {
    let signature = shared::edge_auth::sign(&EDGE_KEY, method, path, NOW.0 / 1000, &body);
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", format!("Bearer {}", key_of(role_of(access))))
        .header("tanba-signature", signature)
        .header("content-type", media_type)
        .header("idempotency-key", format!("hostile-{}", body.len()));
    world.send(request.body(Body::from(body)).unwrap()).await
}

/// Bodies that no route takes, with the number of their refusal if it is the same everywhere.
fn bodies() -> Vec<(&'static str, Vec<u8>, Option<u64>)> {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000)).into_bytes();
    vec![
        ("nothing", vec![], Some(1001)),
        ("no JSON", b"hello".to_vec(), Some(1001)),
        ("cut", b"{\"gtin\": \"048".to_vec(), Some(1001)),
        ("null", b"null".to_vec(), Some(1001)),
        ("a number", b"1e999999".to_vec(), Some(1001)),
        ("a list", b"[]".to_vec(), Some(1001)),
        ("an empty object", b"{}".to_vec(), Some(1001)),
        ("an unknown field", b"{\"__proto__\": {\"admin\": true}}".to_vec(), Some(1001)),
        ("deep lists", deep("[", "]"), Some(1001)),
        ("deep objects", deep("{\"a\":", "}"), Some(1001)),
        ("deep units", deep("{\"units\":", "}"), Some(1001)),
        ("no UTF-8", b"{\"code\": \"\xff\xfe\"}".to_vec(), Some(1001)),
        ("half a surrogate", b"{\"code\": \"\\ud800\"}".to_vec(), Some(1001)),
        ("zero bytes", vec![0; 1000], Some(1001)),
        ("a long field name", format!("{{\"{}\": 1}}", "x".repeat(100_000)).into_bytes(), Some(1001)),
        ("too large", vec![b' '; 5_000_001], Some(1002)),
        ("two values", b"{} {}".to_vec(), Some(1001)),
    ]
}

#[tokio::test]
async fn no_route_takes_a_hostile_body() {
    let world = World::new();
    for row in MATRIX.iter().filter(|row| row.method == "POST") {
        for (name, body, expected) in bodies() {
            let path = row.path.replace("{sscc}", "048704020000000016");
            let answer = ask(&world, row.access, "POST", &path, "application/json", body).await;
            let number = answer.refusal();
            assert!(answer.bytes.len() < 2_000, "{} with {name}: a refusal does not repeat what it got", row.path);
            if let Some(expected) = expected {
                assert_eq!(number, expected, "{} with {name}: {}", row.path, answer.text());
            }
        }
        for media_type in ["text/plain", "multipart/form-data; boundary=x", "application/xml", "", "json"] {
            let path = row.path.replace("{sscc}", "048704020000000016");
            let answer = ask(&world, row.access, "POST", &path, media_type, b"{}".to_vec()).await;
            assert_eq!(answer.refusal(), 1003, "{} as {media_type:?}", row.path);
        }
    }
}

#[tokio::test]
async fn writes_need_a_well_formed_idempotency_key() {
    let world = World::new();
    for row in MATRIX.iter().filter(|row| row.writes) {
        let long = "k".repeat(65);
        for (keys, number) in [
            (vec![], 1008),
            (vec![""], 1010),
            (vec!["two words"], 1010),
            (vec![long.as_str()], 1010),
            (vec!["a", "b"], 1010),
        ] {
            let mut request = Request::builder()
                .method("POST")
                .uri(row.path)
                .header("authorization", format!("Bearer {}", key_of(role_of(row.access))))
                .header("content-type", "application/json");
            for key in &keys {
                request = request.header("idempotency-key", *key);
            }
            let answer = world.send(request.body(Body::from("{}")).unwrap()).await;
            assert_eq!(answer.refusal(), number, "{} with {keys:?}", row.path);
        }
    }
}

#[tokio::test]
async fn hostile_paths_and_queries() {
    let world = World::new();
    let order = world.order(3).await;
    let base = format!("/api/v1/orders/{order}");
    let rows = [
        (Role::Producer, "/".to_owned(), 1006),
        (Role::Producer, "/api/v1".to_owned(), 1006),
        (Role::Producer, "/api/v1/products/".to_owned(), 1006),
        (Role::Producer, "/api/v1/../../etc/passwd".to_owned(), 1006),
        (Role::Producer, format!("/{}", "a/".repeat(4_000)), 1006),
        (Role::Producer, "/api/v1/products/%ff".to_owned(), 1006),
        (Role::Producer, "/api/v1/products/%00".to_owned(), 2003),
        (Role::Producer, "/api/v1/products/04870001234561".to_owned(), 2003),
        (Role::Producer, "/api/v1/products/%27%20OR%201=1".to_owned(), 2003),
        (Role::Producer, "/api/v1/products/04600000000008".to_owned(), 2002),
        (Role::Producer, "/api/v1/products?after=x".to_owned(), 1016),
        (Role::Producer, "/api/v1/products?limit=0".to_owned(), 1016),
        (Role::Producer, "/api/v1/products?limit=101".to_owned(), 1016),
        (Role::Producer, "/api/v1/products?limit=1&limit=2".to_owned(), 1016),
        (Role::Producer, "/api/v1/products?unknown=1".to_owned(), 1016),
        (Role::Producer, format!("/api/v1/products?{}=1", "x".repeat(10_000)), 1016),
        (Role::Producer, "/api/v1/products?limit=%ff".to_owned(), 1016),
        (Role::Producer, "/api/v1/orders/x".to_owned(), 3003),
        (Role::Producer, "/api/v1/orders/-1".to_owned(), 3003),
        (Role::Producer, "/api/v1/orders/18446744073709551615".to_owned(), 3003),
        (Role::Producer, "/api/v1/orders/99999999999999999999".to_owned(), 3003),
        (Role::Producer, format!("{base}/codes?format=xml"), 1016),
        (Role::Producer, format!("{base}/codes?first=-1"), 1016),
        (Role::Producer, format!("{base}/codes?first=4"), 3009),
        (Role::Producer, format!("{base}/codes?first=18446744073709551615&count=2"), 3009),
        (Role::Producer, format!("{base}/codes?first=1&count=3"), 3009),
        (Role::Producer, format!("{base}/labels.pdf?count=4"), 3009),
        (Role::Producer, "/api/v1/documents/0".to_owned(), 1006),
        (Role::Producer, "/api/v1/documents/abc".to_owned(), 1006),
        (Role::Producer, "/api/v1/packages/048704020000000016".to_owned(), 1006),
        (Role::Producer, "/api/v1/packages/048704020000000017".to_owned(), 1006),
        (Role::Producer, "/api/v1/packages/%00/history".to_owned(), 1006),
        (Role::Producer, format!("/api/v1/packages/{}", "0".repeat(5_000)), 1006),
        (Role::Producer, "/api/v1/packages/048704020000000016/history?format=xml".to_owned(), 1016),
        (Role::Producer, "/api/v1/shipments/x".to_owned(), 7101),
        (Role::Producer, "/api/v1/shipments/99999999999999999999".to_owned(), 7101),
        (Role::Producer, "/api/v1/shipments?way=lost".to_owned(), 1016),
        (Role::Producer, "/api/v1/shipments?state=eaten".to_owned(), 1016),
        (Role::Producer, "/api/v1/shipments?before=-1".to_owned(), 1016),
        (Role::Producer, "/api/v1/shipments?limit=101".to_owned(), 1016),
        (Role::Inspector, "/api/v1/reports/TB-0000".to_owned(), 5003),
        (Role::Inspector, "/api/v1/reports/TB-0000-0000-0000-0000".to_owned(), 5002),
        (Role::Inspector, "/api/v1/reports/TB-0000-0000-0000-0000/photo".to_owned(), 5002),
        (Role::Inspector, "/api/v1/reports?before=x".to_owned(), 1016),
    ];
    for (role, path, number) in rows {
        let answer = world.get(role, &path).await;
        assert_eq!(answer.refusal(), number, "{}", &path[..path.len().min(80)]);
        assert!(answer.bytes.len() < 2_000);
    }
    let edge = [
        ("/edge/v1/projections/x/0".to_owned(), 2003),
        (format!("/edge/v1/projections/{SHOES}/x"), 1006),
        (format!("/edge/v1/projections/{SHOES}/268435456"), 1006),
        (format!("/edge/v1/projections/{SHOES}/18446744073709551615"), 1006),
        ("/edge/v1/reports/x".to_owned(), 5003),
        ("/edge/v1/reports/TB-0000-0000-0000-0000".to_owned(), 5002),
        ("/edge/v1/nothing".to_owned(), 1006),
    ];
    for (path, number) in edge {
        assert_eq!(world.edge("GET", &path, "").await.refusal(), number, "{path}");
    }
    let beyond = world.edge("GET", &format!("/edge/v1/projections/{SHOES}/268435455"), "").await.ok();
    assert_eq!(beyond["runs"], json!([]));
}

#[tokio::test]
async fn units_that_cannot_be() {
    let world = World::new();
    let order = world.order(10).await;
    let of_order = |first: Value, count: Value| json!({"orders": [{"order": order, "first": first, "count": count}]});
    let many: Vec<String> = (0..30_001).map(|i| i.to_string()).collect();
    let rows = [
        (json!({}), 3010, "/units"),
        (of_order(json!(0), json!(0)), 3009, "/units/orders/0"),
        (of_order(json!(5), json!(6)), 3009, "/units/orders/0"),
        (of_order(json!(u64::MAX), json!(u64::MAX)), 3009, "/units/orders/0"),
        (of_order(json!(-1), json!(1)), 1001, ""),
        (of_order(json!(0.5), json!(1)), 1001, ""),
        (json!({"orders": [{"order": 999}]}), 3003, "/units/orders/0/order"),
        (json!({"orders": [{"order": order}, {"order": order}]}), 3006, "/units/orders/1"),
        (json!({"codes": ["", "x"]}), 6001, "/units/codes/0"),
        (json!({"codes": ["x"]}), 3004, "/units/codes/0"),
        (json!({"codes": ["\u{0}\u{1d}\u{10ffff}"]}), 3004, "/units/codes/0"),
        (json!({"codes": ["y".repeat(513)]}), 6002, "/units/codes/0"),
        (json!({"codes": many}), 3007, "/units/codes"),
    ];
    for (units, number, at) in rows {
        let answer = world.post(Role::Producer, "/api/v1/applications", &json!({"units": units})).await;
        let units = units.to_string();
        assert_eq!(answer.refusal_at(), (number, at.to_owned()), "{}", &units[..units.len().min(100)]);
    }
}

#[tokio::test]
async fn cards_that_cannot_be() {
    let world = World::new();
    let card = |field: &str, value: Value| {
        let mut card = support::shoes();
        card[field] = value;
        card
    };
    let rows = [
        (card("gtin", json!("0487")), 2003, "/gtin"),
        (card("gtin", json!("04870001234560\u{0}")), 2003, "/gtin"),
        (card("name", json!({"kk": " ", "ru": "x"})), 4008, "/name/kk"),
        (card("name", json!({"kk": "a\u{7}", "ru": "x"})), 1011, "/name/kk"),
        (card("name", json!({"kk": "ұ".repeat(201), "ru": "x"})), 1011, "/name/kk"),
        (card("country", json!("kz")), 1011, "/country"),
        (card("country", json!("ҚЗ")), 1011, "/country"),
        (card("country", json!("RU")), 2005, "/importer"),
        (card("importer", json!("Somebody")), 2005, "/importer"),
        (card("group", json!("weapons")), 1001, ""),
    ];
    for (card, number, at) in rows {
        let answer = world.post(Role::Producer, "/api/v1/products", &card).await;
        assert_eq!(answer.refusal_at(), (number, at.to_owned()), "{card}");
    }
    // SQL in a name is a name.
    let name = "'); DROP TABLE product; --";
    world.post(Role::Producer, "/api/v1/products", &card("manufacturer", json!(name))).await.ok();
    let kept = world.get(Role::Seller, &format!("/api/v1/products/{SHOES}")).await.ok();
    assert_eq!(kept["manufacturer"], name);
    assert_eq!(world.post(Role::Producer, "/api/v1/products", &support::shoes()).await.refusal(), 2001);
}

#[tokio::test]
async fn orders_that_cannot_be() {
    let world = World::new();
    world.cards().await;
    for (body, number, at) in [
        (json!({"gtin": SHOES, "quantity": 0}), 3001, "/quantity"),
        (json!({"gtin": SHOES, "quantity": 10_000_001}), 3001, "/quantity"),
        (json!({"gtin": SHOES, "quantity": -1}), 1001, ""),
        (json!({"gtin": "04600000000008", "quantity": 1}), 2002, "/gtin"),
        (json!({"gtin": support::PILLS, "quantity": 1}), 2004, "/gtin"),
        (json!({"gtin": SHOES, "quantity": 1, "profile": "none"}), 1001, ""),
    ] {
        let answer = world.post(Role::Producer, "/api/v1/orders", &body).await;
        assert_eq!(answer.refusal_at(), (number, at.to_owned()), "{body}");
    }
    let order = world.post(Role::Producer, "/api/v1/orders", &json!({"gtin": SHOES, "quantity": 2001})).await.ok();
    let path = format!("/api/v1/orders/{}/labels.pdf", order["order"]);
    assert_eq!(world.get(Role::Producer, &path).await.refusal(), 3011);
}

#[tokio::test]
async fn only_a_signed_request_passes_for_the_edge() {
    let world = World::new();
    let path = "/edge/v1/keys";
    let now = NOW.0 / 1000;
    let sign = |method: &str, target: &str, at| shared::edge_auth::sign(&EDGE_KEY, method, target, at, b"");
    let other_key = shared::edge_auth::sign(&[5; 32], "GET", path, now, b"");
    for header in ["", "t=0,s=00", &other_key, &sign("POST", path, now), &sign("GET", "/", now), &sign("GET", path, 0)]
    {
        let request = Request::builder().uri(path).header("tanba-signature", header).body(Body::empty()).unwrap();
        assert_eq!(world.send(request).await.refusal(), 1015, "{header}");
    }
    // The query is signed too.
    let request = Request::builder().uri("/edge/v1/keys?x=1").header("tanba-signature", sign("GET", path, now));
    assert_eq!(world.send(request.body(Body::empty()).unwrap()).await.refusal(), 1015);
    let large = world.edge("POST", "/edge/v1/reports", &" ".repeat(1_000_001)).await;
    assert_eq!(large.refusal(), 1002);
}

#[tokio::test]
async fn refusals_speak_the_language_that_is_asked_for() {
    let world = World::new();
    let mut titles = Vec::new();
    for (asked, tag) in [("kk-KZ", "kk"), ("ru;q=0.9, en;q=0.1", "ru"), ("en", "en"), ("de", "kk"), ("\u{ff}", "kk")] {
        let request = Request::builder().uri("/nowhere").header("accept-language", asked.as_bytes());
        let answer = world.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.refusal(), 1006);
        assert_eq!(answer.header("content-language"), tag, "{asked}");
        titles.push(answer.json()["title"].clone());
    }
    assert!(titles[0] != titles[1] && titles[1] != titles[2] && titles[0] == titles[3]);
}

#[tokio::test]
async fn a_store_that_fails_is_503() {
    let world = World::new();
    let order = world.order(5).await;
    world.post(Role::Producer, "/api/v1/applications", &json!({"units": support::units(order)})).await.ok();
    // The disk gives other bytes than were written.
    for file in ["book.sqlite", "book.sqlite-wal"] {
        let path = world.folder.path().join(file);
        let len = std::fs::metadata(&path).map_or(0, |data| data.len());
        std::fs::write(&path, vec![0x5a; usize::try_from(len).unwrap()]).unwrap();
    }
    let mut failed = 0;
    for row in MATRIX.iter().filter(|row| row.access != Access::Public) {
        let path = row.path.replace("{gtin}", SHOES).replace("{block}", "0").replace("{order}", "3");
        let path = path
            .replace("{sscc}", "048704020000000016")
            .replace("{document}", "1")
            .replace("{ticket}", "TB-0000-0000-0000-0000");
        let answer = ask(&world, row.access, row.method, &path, "application/json", b"{}".to_vec()).await;
        if answer.status != 200 && answer.refusal() == 1013 {
            assert_eq!((answer.status, answer.header("retry-after")), (503, "5"), "{path}");
            failed += 1;
        }
    }
    assert!(failed > 15, "{failed} answers of a store that is gone");
}

/// More downloads at once than are served: the next is told to come again, and served when one has ended.
#[tokio::test]
async fn downloads_are_bounded() {
    use tower::ServiceExt as _;
    let world = World::new();
    let order = world.order(100_000).await;
    let request = || {
        let request = Request::builder().uri(format!("/api/v1/orders/{order}/codes"));
        request.header("authorization", format!("Bearer {}", key_of(Role::Producer))).body(Body::empty()).unwrap()
    };
    let limit = world.get(Role::Producer, "/api/v1/limits").await.ok()["downloads_at_once"].as_u64().unwrap();
    let mut open = Vec::new();
    for _ in 0..limit {
        open.push(world.router.clone().oneshot(request()).await.unwrap());
    }
    let refused = world.send(request()).await;
    assert_eq!((refused.refusal(), refused.header("retry-after")), (1012, "5"));
    open.pop();
    // Its workers end as soon as they see that nobody listens.
    for _ in 0..500 {
        if world.router.clone().oneshot(request()).await.unwrap().status() == 200 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("the place of a download that has ended is not free");
}
