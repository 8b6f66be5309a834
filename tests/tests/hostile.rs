//! Hostile input, at every route of the backend, gets a problem document with its number: never a 5xx, never a panic, and
//! the server lives on (invariant 10).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use tests::backend::{Backend, Who};
use tests::client::Client;
use tests::hostile::{Findings, bodies, mutants, send};
use tests::ring::{Ring, now};
use tests::{facts, mail, raw};

/// Who may use a route, and a good body for it.
fn good_bodies(order: u64, codes: &[String]) -> Vec<(&'static str, Who, Value)> {
    let code = &codes[0];
    let units = json!({"codes": [code], "orders": [{"order": order, "first": 1, "count": 2}]});
    vec![
        ("/api/v1/products", Who::Producer, facts::imported(&facts::gtin(50), "medicine")),
        ("/api/v1/orders", Who::Producer, json!({"gtin": facts::gtin(1), "quantity": 1, "profile": "short"})),
        ("/api/v1/applications", Who::Producer, json!({"units": units})),
        ("/api/v1/introductions", Who::Producer, json!({"units": units, "facts": facts::imported_batch()})),
        ("/api/v1/withdrawals", Who::Producer, json!({"units": units, "reason": "damage", "region": "35"})),
        ("/api/v1/blocks", Who::Inspector, json!({"units": units, "reason": "unsafe"})),
        ("/api/v1/unblocks", Who::Inspector, json!({"units": units})),
        ("/api/v1/units/lookup", Who::Producer, json!({"code": code})),
        ("/api/v1/units/lookups", Who::Producer, json!({"codes": [code]})),
        ("/api/v1/units/history", Who::Producer, json!({"code": code})),
        ("/api/v1/returns", Who::Seller, json!({"units": units})),
        ("/api/v1/annulments", Who::Producer, json!({"units": units})),
        ("/api/v1/write-offs", Who::Producer, json!({"units": units, "reason": "loss"})),
        ("/api/v1/recalls", Who::Producer, json!({"units": units})),
        ("/api/v1/recall-lifts", Who::Inspector, json!({"units": units})),
        ("/api/v1/customs-holds", Who::Importer, json!({"units": units})),
        (
            "/api/v1/customs-releases",
            Who::Importer,
            json!({"units": units, "declaration": {"number": "1", "date": "2026-11-01"}}),
        ),
        ("/api/v1/inner-sales", Who::Seller, json!({"code": code, "count": 1})),
        ("/api/v1/remarkings", Who::Producer, json!({"pairs": [[code, codes[1]]]})),
        (
            "/api/v1/aggregations",
            Who::Producer,
            json!({"packages": [{"sscc": facts::SSCC, "level": "group", "contents": units}]}),
        ),
        ("/api/v1/disaggregations", Who::Producer, json!({"packages": [facts::SSCC]})),
        ("/api/v1/removals", Who::Producer, json!({"package": facts::SSCC, "units": units})),
        ("/api/v1/additions", Who::Producer, json!({"package": facts::SSCC, "units": units})),
        (
            "/api/v1/replacements",
            Who::Producer,
            json!({"package": facts::SSCC, "out": units, "into": {"codes": [codes[5]]}}),
        ),
        (
            "/api/v1/transformations",
            Who::Producer,
            json!({"from": units, "to": {"codes": [codes[5]]}, "facts": facts::batch()}),
        ),
        ("/api/v1/shipments", Who::Producer, json!({"units": units, "to": 2})),
        ("/api/v1/acceptances", Who::Seller, json!({"shipment": 1, "differing": [{"units": units, "how": "damaged"}]})),
        ("/api/v1/shipment-refusals", Who::Seller, json!({"shipment": 1})),
        ("/api/v1/shipment-cancellations", Who::Producer, json!({"shipment": 1})),
        ("/api/v1/corrections", Who::Producer, json!({"document": 1, "units": units})),
        ("/api/v1/serials", Who::Producer, json!({"gtin": facts::gtin(1), "serials": ["OWN-1"]})),
        ("/api/v1/recognitions", Who::Importer, json!({"gtin": facts::gtin(1), "state": "RU", "serials": ["5Abcdef"]})),
        (PROOF, Who::Producer, json!({"code": code})),
    ]
}

/// A route with a package in its path.
const PROOF: &str = "/api/v1/packages/{sscc}/proof";

#[test]
fn the_backend_survives_hostile_input() {
    let backend = Backend::start("hostile");
    let ring = Ring::of(&backend);
    let producer = backend.client(Who::Producer);
    let order = producer.shoes(1, 10);
    let codes = producer.codes(order);
    let mut findings = Findings::default();

    let writes = good_bodies(order, &codes);
    let described = backend.nobody().get("/api/openapi.json").ok();
    for (path, item) in described["paths"].as_object().unwrap() {
        let known = path.starts_with("/edge/") || writes.iter().any(|(route, _, _)| route == path);
        assert!(known || item.get("post").is_none(), "{path} is not attacked");
        methods(&mut findings, &backend, path, item);
    }
    for (route, who, good) in &writes {
        let client = backend.client(*who);
        writes_of(&mut findings, &client, &route.replace("{sscc}", facts::SSCC), good);
    }
    edge_routes(&mut findings, &backend, &ring);
    targets(&mut findings, &backend, order);
    headers(&mut findings, &backend);
    transport(&mut findings, &backend.url());
    findings.none();

    assert_eq!(backend.nobody().get("/api/v1/health").ok()["status"], "ok");
    assert_eq!(producer.codes(order), codes);
    let log = std::fs::read_to_string(backend.log()).unwrap();
    assert!(!log.contains("panicked") && !log.contains("the store failed"), "{log}");
}

fn writes_of(findings: &mut Findings, client: &Client, route: &str, good: &Value) {
    for (name, body) in bodies() {
        findings.refused(&format!("{route} {name}"), &send(client, route, "application/json", body));
    }
    for body in mutants(good) {
        let answer = send(client, route, "application/json", body.to_string().into_bytes());
        findings.judge(&format!("{route} {:.200}", body.to_string()), &answer);
    }
    let bytes = good.to_string().into_bytes();
    for media_type in
        ["", "text/plain", "text/json", "application/xml", "multipart/form-data; boundary=a", "json", ";;"]
    {
        let answer = send(client, route, media_type, bytes.clone());
        findings.numbered(&format!("{route} as `{media_type}`"), &answer, 1003);
    }
    let large = [b"{\"a\":\"".to_vec(), vec![b'a'; 5_100_000], b"\"}".to_vec()].concat();
    findings.numbered(&format!("{route} oversized"), &send(client, route, "application/json", large), 1002);
}

/// Methods that a path does not have.
fn methods(findings: &mut Findings, backend: &Backend, path: &str, item: &Value) {
    let target = path.replace(['{', '}'], "");
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", "X"] {
        let has = item.get(method.to_ascii_lowercase()).is_some() && method != "get";
        if !has {
            let bytes = raw::request(&backend.url(), method, target.as_bytes(), &[], b"");
            let answer = raw::send(&backend.url(), &bytes).unwrap_or_else(|| panic!("{method} {target}: no answer"));
            findings.numbered(&format!("{method} {target}"), &answer, 1007);
        }
    }
}

/// Routes for the edge, asked by one who holds the key, and by others.
fn edge_routes(findings: &mut Findings, backend: &Backend, ring: &Ring) {
    let letter = mail::seal(&ring.keys.report_key, &mail::report("note"), &mail::photo(10));
    for (name, body) in bodies() {
        findings.refused(&format!("/edge/v1/reports {name}"), &ring.send("POST", "/edge/v1/reports", &body));
    }
    for body in mutants(&letter.body) {
        let answer = ring.send("POST", "/edge/v1/reports", body.to_string().as_bytes());
        findings.judge(&format!("/edge/v1/reports {:.200}", body.to_string()), &answer);
    }
    let large = json!({"id": letter.body["id"], "enc": letter.body["enc"], "ciphertext": "A".repeat(1_100_000)});
    let answer = ring.send("POST", "/edge/v1/reports", large.to_string().as_bytes());
    findings.numbered("/edge/v1/reports oversized", &answer, 1002);
    for target in [
        "/edge/v1/projections/x/y",
        "/edge/v1/projections/04870000000012/-1",
        "/edge/v1/projections/04870000000012/99999999999999999999999",
        "/edge/v1/projections/04870000000012/18446744073709551615",
        "/edge/v1/projections/%00/0",
        "/edge/v1/projections/%F0%9F%91%9F/0",
        "/edge/v1/reports/..%2f..%2fkeys.json",
        "/edge/v1/nothing",
    ] {
        findings.refused(target, &ring.send("GET", target, b""));
    }
    for (target, signature) in [
        ("/edge/v1/keys", "t=99999999999999999999,s=00"),
        ("/edge/v1/keys", "t=-1,s="),
        ("/edge/v1/keys", "é"),
        ("/edge/v1/keys", ",,,,=,="),
        ("/edge/v1/projections/04870000000012/0", &"t=1,s=".repeat(500)),
    ] {
        let answer = backend.nobody().request("GET", target, &[("tanba-signature", signature)], None).unwrap();
        findings.numbered(&format!("{target} signed {signature:.40}"), &answer, 1015);
    }
    // A signature is of one target: its query is part of it.
    let signature = ring.signature("GET", "/edge/v1/keys", now(), b"");
    let answer =
        backend.nobody().request("GET", "/edge/v1/keys?x=1", &[("tanba-signature", &signature)], None).unwrap();
    findings.numbered("a signature of another target", &answer, 1015);
}

/// Paths and queries, byte for byte as they are sent.
fn targets(findings: &mut Findings, backend: &Backend, order: u64) {
    let mut rows: Vec<Vec<u8>> = [
        "/",
        "//",
        "/api",
        "/api/v1",
        "/api/v1/",
        "/api/v2/orders",
        "/API/V1/ORDERS",
        "/api/v1/orders/",
        "/api//v1/orders/1",
        "/api/v1/../v1/orders/1",
        "/api/v1/orders/../../../etc/passwd",
        "/api/v1/orders/..%2f..%2f..%2fetc%2fpasswd",
        "/api/v1/orders/%2e%2e/%2e%2e/keys.json",
        "/api/v1/orders/%00",
        "/api/v1/orders/1%00",
        "/api/v1/orders/%",
        "/api/v1/orders/%zz",
        "/api/v1/orders/%ff%fe",
        "/api/v1/orders/-1",
        "/api/v1/orders/+1",
        "/api/v1/orders/1.0",
        "/api/v1/orders/0x1",
        "/api/v1/orders/0",
        "/api/v1/orders/9223372036854775807",
        "/api/v1/orders/9223372036854775808",
        "/api/v1/orders/18446744073709551615",
        "/api/v1/orders/18446744073709551616",
        "/api/v1/orders/18446744073709551615/codes",
        "/api/v1/orders/18446744073709551615/labels.pdf",
        "/api/v1/documents/18446744073709551615",
        "/api/v1/documents/9223372036854775807",
        "/api/v1/products/1",
        "/api/v1/products/'%20OR%201=1",
        "/api/v1/products?after=x",
        "/api/v1/products?limit=0",
        "/api/v1/products?limit=-1",
        "/api/v1/products?limit=101",
        "/api/v1/products?limit=99999999999999999999",
        "/api/v1/products?limit=1&limit=2",
        "/api/v1/products?unknown=1",
        "/api/v1/products?%ff=%ff",
        "/api/v1/reports/x",
        "/.git/config",
        "/keys.json",
        "/api/openapi.json/..",
    ]
    .into_iter()
    .map(|target| target.as_bytes().to_vec())
    .collect();
    for query in [
        "first=-1",
        "first=11",
        "first=18446744073709551615",
        "first=18446744073709551615&count=18446744073709551615",
        "count=11",
        "count=x",
        "format=exe",
        "format=",
        "format=%00",
        "first=1&first=2",
        "x=1",
    ] {
        rows.push(format!("/api/v1/orders/{order}/codes?{query}").into_bytes());
        if !query.starts_with("format") {
            rows.push(format!("/api/v1/orders/{order}/labels.pdf?{query}").into_bytes());
        }
    }
    rows.push([b"/api/v1/orders/".to_vec(), vec![b'9'; 5_000]].concat());
    rows.push([b"/api/v1/products?after=".to_vec(), vec![b'a'; 5_000]].concat());
    for who in [Who::Producer, Who::Inspector] {
        let authorization = format!("Bearer {}", backend.key(who));
        for target in &rows {
            let bytes = raw::request(&backend.url(), "GET", target, &[("authorization", &authorization)], b"");
            let place = format!("{who:?} {:.100}", String::from_utf8_lossy(target));
            let answer = raw::send(&backend.url(), &bytes).unwrap_or_else(|| panic!("{place}: no answer"));
            findings.refused(&place, &answer);
        }
    }
}

/// Headers that lie, and headers of the wrong form.
fn headers(findings: &mut Findings, backend: &Backend) {
    let long = "a".repeat(5_000);
    let rows: [(&[(&str, &str)], u64); 10] = [
        (&[], 1004),
        (&[("authorization", "")], 1004),
        (&[("authorization", "Bearer")], 1004),
        (&[("authorization", "Bearer ")], 1004),
        (&[("authorization", "Bearer tb_0000")], 1004),
        (&[("authorization", "Basic dXNlcjpwYXNz")], 1004),
        (&[("authorization", "Bearer ключ")], 1004),
        (&[("authorization", &long)], 1004),
        (&[("authorization", "Bearer '; DROP TABLE party; --")], 1004),
        (&[("x-forwarded-for", "127.0.0.1"), ("x-api-key", "admin"), ("cookie", "role=inspector")], 1004),
    ];
    for (headers, number) in rows {
        let answer = backend.nobody().request("GET", "/api/v1/products", headers, None).unwrap();
        findings.numbered(&format!("{headers:.60?}"), &answer, number);
    }
    for language in ["", "*", "xx", "kk;q=x", &"kk,".repeat(1_500), "ru;q=9999999999999999999999", "é", "-", ";;;;,,,,"]
    {
        let answer = backend.nobody().request("GET", "/nowhere", &[("accept-language", language)], None).unwrap();
        findings.numbered(&format!("accept-language {language:.40}"), &answer, 1006);
    }
}

/// Bytes that are no HTTP: whatever answers, it is no failure of the server's, and the next client is served.
fn transport(findings: &mut Findings, base: &str) {
    let host = base.strip_prefix("http://").unwrap();
    let head = |lines: &str| format!("POST /api/v1/products HTTP/1.1\r\nhost: {host}\r\n{lines}\r\n").into_bytes();
    let rows: Vec<(&str, Vec<u8>)> = vec![
        ("nothing", b"\r\n\r\n".to_vec()),
        ("noise", vec![0xFF; 4_096]),
        ("no version", b"GET /\r\n\r\n".to_vec()),
        ("other version", format!("GET / HTTP/9.9\r\nhost: {host}\r\n\r\n").into_bytes()),
        ("bare line feeds in a header", head("x: a\nb\n: c\r\n")),
        ("nul in a header", head("x: a\0b\r\n")),
        ("header without a name", head(": x\r\n")),
        ("two lengths", head("content-length: 2\r\ncontent-length: 3\r\n")),
        ("length and chunks", head("content-length: 2\r\ntransfer-encoding: chunked\r\n")),
        ("negative length", head("content-length: -1\r\n")),
        ("huge length", head("content-length: 99999999999999999999999\r\n")),
        ("unknown coding", head("transfer-encoding: gzip\r\n")),
        ("bad chunk", [head("connection: close\r\ntransfer-encoding: chunked\r\n"), b"zz\r\n".to_vec()].concat()),
        (
            "huge chunk",
            [head("connection: close\r\ntransfer-encoding: chunked\r\n"), b"ffffffffffffffff\r\n".to_vec()].concat(),
        ),
        ("many headers", head(&"x: y\r\n".repeat(2_000))),
        ("long header", head(&format!("x: {}\r\n", "y".repeat(1_000_000)))),
        ("long target", format!("GET /{} HTTP/1.1\r\nhost: {host}\r\n\r\n", "a".repeat(200_000)).into_bytes()),
        (
            "absolute target",
            b"GET http://169.254.169.254/latest HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".to_vec(),
        ),
        ("connect", b"CONNECT example.org:443 HTTP/1.1\r\nhost: example.org:443\r\nconnection: close\r\n\r\n".to_vec()),
        ("bytes above ascii in the target", b"GET /\xff\xfe HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".to_vec()),
    ];
    for (name, bytes) in rows {
        let answer = raw::send_and_close(base, &bytes);
        findings.transport(name, answer.as_ref());
    }
}
