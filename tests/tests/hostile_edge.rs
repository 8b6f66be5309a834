//! The same as `hostile.rs` at every route of the edge, in workerd.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::json;
use shared::gs1::{ElementString, digital_link};
use tests::backend::{Backend, Who};
use tests::edge::Edge;
use tests::hostile::{Findings, bodies, mutants, send};
use tests::mail;
use tests::ring::Ring;

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

    let letter = mail::seal(&ring.keys.report_key, &mail::report("note"), &mail::photo(10));
    for (route, good) in [("/v1/check", json!({"code": code})), ("/v1/reports", letter.body)] {
        for (name, body) in bodies() {
            findings.refused(&format!("{route} {name}"), &send(&client, route, "application/json", body));
        }
        for body in mutants(&good) {
            let answer = send(&client, route, "application/json", body.to_string().into_bytes());
            findings.judge(&format!("{route} {:.200}", body.to_string()), &answer);
        }
        let bytes = good.to_string().into_bytes();
        for media_type in ["", "text/plain", "application/xml", "multipart/form-data; boundary=a", "json", ";;"] {
            let answer = send(&client, route, media_type, bytes.clone());
            findings.numbered(&format!("{route} as `{media_type}`"), &answer, 1003);
        }
        let large = [b"{\"code\":\"".to_vec(), vec![b'a'; 1_100_000], b"\"}".to_vec()].concat();
        findings.numbered(&format!("{route} oversized"), &send(&client, route, "application/json", large), 1002);
        for method in ["GET", "PUT", "PATCH", "DELETE"] {
            let answer = client.request(method, route, &[], None).unwrap();
            findings.numbered(&format!("{method} {route}"), &answer, 1007);
        }
    }
    edge_reads(&mut findings, &edge, &code);
    findings.none();
    assert_eq!(client.ask("/v1/check", &json!({"code": code})).ok()["verdict"], "genuine_not_introduced");
    assert_eq!(client.get("/v1/health").ok()["status"], "ok");
    let log = std::fs::read_to_string(edge.log()).unwrap();
    assert!(!log.contains("panicked") && !log.contains("unreachable"), "{log}");
}

fn edge_reads(findings: &mut Findings, edge: &Edge, code: &str) {
    let client = edge.client();
    let link = digital_link::print(&ElementString::parse(code).unwrap(), &edge.url()).unwrap();
    let link = link.strip_prefix(&edge.url()).unwrap();
    for path in ["/v1/keys", "/v1/health", "/v1/reports/TB-0000-0000-0000-0000", link] {
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
            let answer = client.request(method, path, &[], Some(b"{}".to_vec())).unwrap();
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
            let answer = client.request("GET", target, &[("accept", accept)], None).unwrap();
            findings.judge(&format!("{target} as {accept}"), &answer);
        }
    }
    let long = format!("/01/04870000000012/21/{}", "9".repeat(3_000));
    findings.numbered("a long link", &client.get(&long), 6002);
    for accept in ["", ";;;", "*/*;q=nan", "text/html;q=-1", &"a/b,".repeat(1_000), "é"] {
        let answer = client.request("GET", link, &[("accept", accept)], None).unwrap();
        findings.judge(&format!("accept {accept:.40}"), &answer);
    }
}
