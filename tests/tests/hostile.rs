//! Hostile input, at every route of the backend and of the edge, gets a problem document with its number: never a 5xx of
//! ours, never a panic, and the server lives on (invariant 10).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use shared::gs1::{ElementString, digital_link};
use shared::refusal::RefusalCode;
use tests::backend::{Backend, Who};
use tests::client::{Answer, Client};
use tests::edge::Edge;
use tests::ring::{Ring, now};
use tests::{facts, mail, raw};

/// What was wrong with answers, so that one run tells all.
#[derive(Default)]
struct Findings(Vec<String>);

impl Findings {
    /// An answer to something hostile: a success if it was harmless after all, else a problem document.
    fn judge(&mut self, place: &str, answer: &Answer) {
        if (200..400).contains(&answer.status) {
            return;
        }
        self.refused(place, answer);
    }

    /// An answer that must be a problem document with a number of ours and the status that belongs to it.
    fn refused(&mut self, place: &str, answer: &Answer) {
        let body = answer.json();
        let number = body["code"]["number"].as_u64().unwrap_or_default();
        let known = RefusalCode::ALL
            .iter()
            .find(|code| u64::from(code.number()) == number);
        let sound = answer.media_type == "application/problem+json"
            && known.is_some_and(|code| {
                code.status() == answer.status && body["code"]["name"] == code.name()
            })
            && (400..500).contains(&answer.status)
            && body["title"]
                .as_str()
                .is_some_and(|title| !title.is_empty() && !title.contains("{$"));
        if !sound {
            let bytes =
                String::from_utf8_lossy(&answer.bytes[..answer.bytes.len().min(200)]).into_owned();
            self.0.push(format!(
                "{place}: {} {} {bytes}",
                answer.status, answer.media_type
            ));
        }
    }

    /// A refusal with this number.
    fn numbered(&mut self, place: &str, answer: &Answer, number: u64) {
        self.refused(place, answer);
        let found = &answer.json()["code"]["number"];
        if *found != number {
            self.0.push(format!("{place}: {found}, expected {number}"));
        }
    }

    /// No answer at all, or one of the server below us, which speaks no JSON: a 4xx will do.
    fn transport(&mut self, place: &str, answer: Option<&Answer>) {
        match answer {
            None => {}
            Some(answer)
                if (400..500).contains(&answer.status)
                    || answer.status == 501
                    || answer.status == 505 => {}
            Some(answer) => self
                .0
                .push(format!("{place}: {} {}", answer.status, answer.media_type)),
        }
    }

    fn none(&self) {
        assert!(
            self.0.is_empty(),
            "{} findings:\n{}",
            self.0.len(),
            self.0.join("\n")
        );
    }
}

/// Bodies that are no JSON, or none that any route asks for.
fn bodies() -> Vec<(&'static str, Vec<u8>)> {
    let deep = |open: &str, close: &str, len: usize| {
        format!("{}1{}", open.repeat(len), close.repeat(len)).into_bytes()
    };
    vec![
        ("empty", Vec::new()),
        ("blank", b" \n\t ".to_vec()),
        ("cut", b"{\"gtin\": \"48".to_vec()),
        ("null", b"null".to_vec()),
        ("true", b"true".to_vec()),
        ("number", b"12".to_vec()),
        ("huge number", b"1e999999".to_vec()),
        ("long number", vec![b'9'; 10_000]),
        ("string", b"\"text\"".to_vec()),
        ("array", b"[]".to_vec()),
        ("empty object", b"{}".to_vec()),
        ("two objects", b"{}{}".to_vec()),
        ("trailing comma", b"{\"a\":1,}".to_vec()),
        ("nul", b"\0".to_vec()),
        ("nul inside", b"{\"gtin\":\"\0\"}".to_vec()),
        ("not utf-8", b"{\"gtin\":\"\xff\xfe\"}".to_vec()),
        ("overlong utf-8", b"{\"gtin\":\"\xc0\xaf\"}".to_vec()),
        ("surrogate in utf-8", b"{\"gtin\":\"\xed\xa0\x80\"}".to_vec()),
        ("lone surrogate", b"{\"gtin\":\"\\ud800\"}".to_vec()),
        ("byte order mark", b"\xef\xbb\xbf{}".to_vec()),
        ("utf-16", "{}".encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("deep arrays", deep("[", "]", 100_000)),
        ("deep objects", deep("{\"a\":", "}", 50_000)),
        ("open arrays", vec![b'['; 500_000]),
        ("many fields", format!("{{{}}}", (0..20_000).map(|n| format!("\"f{n}\":0")).collect::<Vec<_>>().join(",")).into()),
        ("same field twice", b"{\"gtin\":\"1\",\"gtin\":\"2\",\"code\":\"1\",\"code\":\"2\"}".to_vec()),
        ("xml", b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>".to_vec()),
    ]
}

/// Values put in the place of each value of a good body.
fn values() -> Vec<Value> {
    vec![
        Value::Null,
        json!(true),
        json!([]),
        json!({}),
        json!([[[[[[]]]]]]),
        json!(-1),
        json!(0),
        json!(1.5),
        json!(1e308),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(""),
        json!(" "),
        json!("\u{0}"),
        json!("\u{1d}\u{1d}\u{1d}"),
        json!("\u{202e}\u{feff}\u{200b}"),
        json!("a\r\nset-cookie: x=y"),
        json!("'; DROP TABLE document; --"),
        json!("../../../../etc/passwd"),
        json!("{{7*7}}${7*7}<script>alert(1)</script>"),
        json!("%00%n%s"),
        json!("é".repeat(10_000)),
        json!("0".repeat(600)),
        json!("9999-99-99"),
        json!("+262143-01-01"),
        json!("0000-00-00"),
        json!("-0001-01-01T00:00:00Z"),
    ]
}

/// Every body that differs from a good one in one value.
fn mutants(good: &Value) -> Vec<Value> {
    let mut pointers = Vec::new();
    collect(good, String::new(), &mut pointers);
    let mutants = pointers.iter().flat_map(|pointer| {
        values().into_iter().map(|value| {
            let mut body = good.clone();
            *body.pointer_mut(pointer).unwrap() = value;
            body
        })
    });
    mutants.collect()
}

fn collect(value: &Value, at: String, pointers: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields
            .iter()
            .for_each(|(name, field)| collect(field, format!("{at}/{name}"), pointers)),
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, item)| collect(item, format!("{at}/{index}"), pointers));
        }
        _ => {}
    }
    pointers.push(at);
}

/// Who may use a route, and a good body for it.
fn good_bodies(order: u64, codes: &[String]) -> Vec<(&'static str, Who, Value)> {
    let code = &codes[0];
    let units = json!({"codes": [code], "orders": [{"order": order, "first": 1, "count": 2}]});
    vec![
        (
            "/api/v1/products",
            Who::Producer,
            facts::imported(&facts::gtin(50), "medicine"),
        ),
        (
            "/api/v1/orders",
            Who::Producer,
            json!({"gtin": facts::gtin(1), "quantity": 1, "profile": "short"}),
        ),
        (
            "/api/v1/applications",
            Who::Producer,
            json!({"units": units}),
        ),
        (
            "/api/v1/introductions",
            Who::Producer,
            json!({"units": units, "facts": facts::imported_batch()}),
        ),
        (
            "/api/v1/withdrawals",
            Who::Producer,
            json!({"units": units, "reason": "damage", "region": "35"}),
        ),
        (
            "/api/v1/blocks",
            Who::Inspector,
            json!({"units": units, "reason": "unsafe"}),
        ),
        ("/api/v1/unblocks", Who::Inspector, json!({"units": units})),
        ("/api/v1/units/lookup", Who::Producer, json!({"code": code})),
    ]
}

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
        assert!(
            known || item.get("post").is_none(),
            "{path} is not attacked"
        );
        methods(&mut findings, &backend, path, item);
    }
    for (route, who, good) in &writes {
        let client = backend.client(*who);
        writes_of(&mut findings, &client, route, good);
    }
    edge_routes(&mut findings, &backend, &ring);
    targets(&mut findings, &backend, order);
    headers(&mut findings, &backend);
    transport(&mut findings, &backend.url());
    findings.none();

    assert_eq!(backend.nobody().get("/api/v1/health").ok()["status"], "ok");
    assert_eq!(producer.codes(order), codes);
    let log = std::fs::read_to_string(backend.log()).unwrap();
    assert!(
        !log.contains("panicked") && !log.contains("the store failed"),
        "{log}"
    );
}

/// A body at a route, each with its own key.
fn send(client: &Client, route: &str, media_type: &str, body: Vec<u8>) -> Answer {
    let key = format!("{:x}", getrandom::u64().unwrap());
    let headers = [
        ("content-type", media_type),
        ("idempotency-key", key.as_str()),
    ];
    client
        .request("POST", route, &headers, Some(body))
        .unwrap_or_else(|error| panic!("{route}: {error}"))
}

fn writes_of(findings: &mut Findings, client: &Client, route: &str, good: &Value) {
    for (name, body) in bodies() {
        findings.refused(
            &format!("{route} {name}"),
            &send(client, route, "application/json", body),
        );
    }
    for body in mutants(good) {
        let answer = send(
            client,
            route,
            "application/json",
            body.to_string().into_bytes(),
        );
        findings.judge(&format!("{route} {:.200}", body.to_string()), &answer);
    }
    let bytes = good.to_string().into_bytes();
    for media_type in [
        "",
        "text/plain",
        "text/json",
        "application/xml",
        "multipart/form-data; boundary=a",
        "json",
        ";;",
    ] {
        let answer = send(client, route, media_type, bytes.clone());
        findings.numbered(&format!("{route} as `{media_type}`"), &answer, 1003);
    }
    let large = [
        b"{\"a\":\"".to_vec(),
        vec![b'a'; 5_100_000],
        b"\"}".to_vec(),
    ]
    .concat();
    findings.numbered(
        &format!("{route} oversized"),
        &send(client, route, "application/json", large),
        1002,
    );
}

/// Methods that a path does not have.
fn methods(findings: &mut Findings, backend: &Backend, path: &str, item: &Value) {
    let target = path.replace(['{', '}'], "");
    for method in [
        "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", "X",
    ] {
        let has = item.get(method.to_ascii_lowercase()).is_some() && method != "get";
        if !has {
            let bytes = raw::request(&backend.url(), method, target.as_bytes(), &[], b"");
            let answer = raw::send(&backend.url(), &bytes)
                .unwrap_or_else(|| panic!("{method} {target}: no answer"));
            findings.numbered(&format!("{method} {target}"), &answer, 1007);
        }
    }
}

/// Routes for the edge, asked by one who holds the key, and by others.
fn edge_routes(findings: &mut Findings, backend: &Backend, ring: &Ring) {
    let letter = mail::seal(
        &ring.keys.report_key,
        &mail::report("note"),
        &mail::photo(10),
    );
    for (name, body) in bodies() {
        findings.refused(
            &format!("/edge/v1/reports {name}"),
            &ring.send("POST", "/edge/v1/reports", &body),
        );
    }
    for body in mutants(&letter.body) {
        let answer = ring.send("POST", "/edge/v1/reports", body.to_string().as_bytes());
        findings.judge(
            &format!("/edge/v1/reports {:.200}", body.to_string()),
            &answer,
        );
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
        (
            "/edge/v1/projections/04870000000012/0",
            &"t=1,s=".repeat(500),
        ),
    ] {
        let answer = backend
            .nobody()
            .request("GET", target, &[("tanba-signature", signature)], None)
            .unwrap();
        findings.numbered(&format!("{target} signed {signature:.40}"), &answer, 1015);
    }
    // A signature is of one target: its query is part of it.
    let signature = ring.signature("GET", "/edge/v1/keys", now(), b"");
    let answer = backend
        .nobody()
        .request(
            "GET",
            "/edge/v1/keys?x=1",
            &[("tanba-signature", &signature)],
            None,
        )
        .unwrap();
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
            let bytes = raw::request(
                &backend.url(),
                "GET",
                target,
                &[("authorization", &authorization)],
                b"",
            );
            let place = format!("{who:?} {:.100}", String::from_utf8_lossy(target));
            let answer =
                raw::send(&backend.url(), &bytes).unwrap_or_else(|| panic!("{place}: no answer"));
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
        (
            &[
                ("x-forwarded-for", "127.0.0.1"),
                ("x-api-key", "admin"),
                ("cookie", "role=inspector"),
            ],
            1004,
        ),
    ];
    for (headers, number) in rows {
        let answer = backend
            .nobody()
            .request("GET", "/api/v1/products", headers, None)
            .unwrap();
        findings.numbered(&format!("{headers:.60?}"), &answer, number);
    }
    for language in [
        "",
        "*",
        "xx",
        "kk;q=x",
        &"kk,".repeat(1_500),
        "ru;q=9999999999999999999999",
        "é",
        "-",
        ";;;;,,,,",
    ] {
        let answer = backend
            .nobody()
            .request("GET", "/nowhere", &[("accept-language", language)], None)
            .unwrap();
        findings.numbered(&format!("accept-language {language:.40}"), &answer, 1006);
    }
}

/// Bytes that are no HTTP: whatever answers, it is no failure of the server's, and the next client is served.
fn transport(findings: &mut Findings, base: &str) {
    let host = base.strip_prefix("http://").unwrap();
    let head = |lines: &str| {
        format!("POST /api/v1/products HTTP/1.1\r\nhost: {host}\r\n{lines}\r\n").into_bytes()
    };
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
        ("huge chunk", [head("connection: close\r\ntransfer-encoding: chunked\r\n"), b"ffffffffffffffff\r\n".to_vec()].concat()),
        ("many headers", head(&"x: y\r\n".repeat(2_000))),
        ("long header", head(&format!("x: {}\r\n", "y".repeat(1_000_000)))),
        ("long target", format!("GET /{} HTTP/1.1\r\nhost: {host}\r\n\r\n", "a".repeat(200_000)).into_bytes()),
        ("absolute target", b"GET http://169.254.169.254/latest HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".to_vec()),
        ("connect", b"CONNECT example.org:443 HTTP/1.1\r\nhost: example.org:443\r\nconnection: close\r\n\r\n".to_vec()),
        ("bytes above ascii in the target", b"GET /\xff\xfe HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".to_vec()),
    ];
    for (name, bytes) in rows {
        let answer = raw::send_and_close(base, &bytes);
        findings.transport(name, answer.as_ref());
    }
}

#[test]
fn the_edge_survives_hostile_input() {
    let backend = Backend::start("hostile-edge");
    let edge = Edge::start(&backend);
    let ring = Ring::of(&backend);
    let producer = backend.client(Who::Producer);
    let order = producer.shoes(1, 3);
    let code = producer.codes(order).remove(0);
    let client = edge.client();
    let mut findings = Findings::default();

    let letter = mail::seal(
        &ring.keys.report_key,
        &mail::report("note"),
        &mail::photo(10),
    );
    for (route, good) in [
        ("/v1/check", json!({"code": code})),
        ("/v1/reports", letter.body),
    ] {
        for (name, body) in bodies() {
            findings.refused(
                &format!("{route} {name}"),
                &send(&client, route, "application/json", body),
            );
        }
        for body in mutants(&good) {
            let answer = send(
                &client,
                route,
                "application/json",
                body.to_string().into_bytes(),
            );
            findings.judge(&format!("{route} {:.200}", body.to_string()), &answer);
        }
        let bytes = good.to_string().into_bytes();
        for media_type in [
            "",
            "text/plain",
            "application/xml",
            "multipart/form-data; boundary=a",
            "json",
            ";;",
        ] {
            let answer = send(&client, route, media_type, bytes.clone());
            findings.numbered(&format!("{route} as `{media_type}`"), &answer, 1003);
        }
        let large = [
            b"{\"code\":\"".to_vec(),
            vec![b'a'; 1_100_000],
            b"\"}".to_vec(),
        ]
        .concat();
        findings.numbered(
            &format!("{route} oversized"),
            &send(&client, route, "application/json", large),
            1002,
        );
        for method in ["GET", "PUT", "PATCH", "DELETE"] {
            let answer = client.request(method, route, &[], None).unwrap();
            findings.numbered(&format!("{method} {route}"), &answer, 1007);
        }
    }
    edge_reads(&mut findings, &edge, &code);
    findings.none();
    assert_eq!(
        client.ask("/v1/check", &json!({"code": code})).ok()["verdict"],
        "genuine_not_introduced"
    );
    assert_eq!(client.get("/v1/health").ok()["status"], "ok");
    let log = std::fs::read_to_string(edge.log()).unwrap();
    assert!(
        !log.contains("panicked") && !log.contains("unreachable"),
        "{log}"
    );
}

fn edge_reads(findings: &mut Findings, edge: &Edge, code: &str) {
    let client = edge.client();
    let link = digital_link::print(&ElementString::parse(code).unwrap(), &edge.url()).unwrap();
    let link = link.strip_prefix(&edge.url()).unwrap();
    for path in [
        "/v1/keys",
        "/v1/health",
        "/v1/reports/TB-0000-0000-0000-0000",
        link,
    ] {
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
            let answer = client
                .request(method, path, &[], Some(b"{}".to_vec()))
                .unwrap();
            findings.numbered(&format!("{method} {path}"), &answer, 1007);
        }
    }
    for target in [
        "/v1/",
        "/v1/nothing",
        "/v1/check/",
        "/v1//check",
        "/v1/keys/x",
        "/v1/reports/TB-UUUU-UUUU-UUUU-UUUU",
        "/v1/reports/%00",
        "/v1/reports/%ff",
        "/v1/reports/..%2f..%2f",
        "/v1/reports/%F0%9F%91%9F",
        "/01/",
        "/01/x/21/y",
        "/01/04870000000012/21/",
        "/01/04870000000012/21/%00",
        "/01/04870000000012/21/%ff%fe",
        "/01/04870000000012/21/a%2Fb?91=&92=%zz",
        "/01/04870000000013/21/3ABCDEFGHJKMN",
        "/01/04870000000012/21/3ABCDEFGHJKMN?92=%1d%1d&92=x",
        "/01/99999999999999999999/21/1",
        "/01/04870000000012/10/x/21/",
    ] {
        for accept in ["application/json", "application/linkset+json"] {
            let answer = client
                .request("GET", target, &[("accept", accept)], None)
                .unwrap();
            findings.judge(&format!("{target} as {accept}"), &answer);
        }
    }
    let long = format!("/01/04870000000012/21/{}", "9".repeat(3_000));
    findings.numbered("a long link", &client.get(&long), 6002);
    for accept in [
        "",
        ";;;",
        "*/*;q=nan",
        "text/html;q=-1",
        &"a/b,".repeat(1_000),
        "é",
    ] {
        let answer = client
            .request("GET", link, &[("accept", accept)], None)
            .unwrap();
        findings.judge(&format!("accept {accept:.40}"), &answer);
    }
}
