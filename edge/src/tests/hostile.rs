//! Hostile requests: always a numbered problem.

use crate::router;
use crate::testing::{Bytes, Edge, head, json, run};

#[test]
fn routes_and_methods_that_are_not_there_are_refused() {
    let edge = Edge::new();
    for (method, path, status, allow) in [
        ("GET", "/v1/nothing", 404, None),
        ("GET", "/v1/keys/", 404, None),
        ("GET", "/01/04870001234560", 404, None),
        ("GET", "//v1/keys", 404, None),
        ("GET", "/v1/check", 405, Some("POST, OPTIONS")),
        ("DELETE", "/v1/reports", 405, Some("POST, OPTIONS")),
        ("POST", "/v1/keys", 405, Some("GET, HEAD, OPTIONS")),
        ("BREW", "/v1/health", 405, Some("GET, HEAD, OPTIONS")),
    ] {
        let response = edge.request(method, path, "");
        assert_eq!((response.status, response.header("allow")), (status, allow), "{method} {path}");
        assert_eq!(response.header("content-type"), Some("application/problem+json"), "{method} {path}");
    }
}

#[test]
fn bodies_are_bounded_and_json() {
    let edge = Edge::new();
    let mut xml = head("POST", "/v1/check");
    xml.content_type = Some("application/xml".to_owned());
    assert_eq!(edge.send(&xml, b"<code/>").status, 415);
    xml.content_type = None;
    assert_eq!(edge.send(&xml, b"{}").status, 415);
    let mut said = head("POST", "/v1/check");
    said.content_type = Some("Application/JSON; charset=utf-8".to_owned());
    said.content_length = Some(usize::MAX);
    assert_eq!(edge.send(&said, b"{}").status, 413);
    said.content_length = None;
    assert_eq!(edge.send(&said, &[b' '; 4097]).status, 413, "without saying so beforehand");
    assert_eq!(json(&edge.send(&said, &[b' '; 4097]))["args"]["limit"], "4096");
}

#[test]
fn no_input_is_our_fault() {
    let edge = Edge::new();
    let long = format!(r#"{{"code":"{}"}}"#, "0".repeat(513));
    for (body, number) in [
        (&b""[..], 1001),
        (b"{", 1001),
        (b"null", 1001),
        (b"[]", 1001),
        (b"{\"code\":5}", 1001),
        (b"{\"code\":\"\xff\xfe\"}", 1001),
        (b"{\"code\":\"\\ud800\"}", 1001),
        (b"{\"code\":\"\"}", 6001),
        (b"{\"code\":\" \\n\\u001d \"}", 0),
        (long.as_bytes(), 6002),
    ] {
        let response = edge.send(&head("POST", "/v1/check"), body);
        assert!(response.status < 500, "{body:?}: {}", response.body);
        let got = json(&response)["code"]["number"].as_u64().unwrap_or(0);
        assert_eq!(got, number, "{}", String::from_utf8_lossy(body));
    }
    let nested = [b"{\"code\":".as_slice(), &[b'['; 4000]].concat();
    assert_eq!(edge.send(&head("POST", "/v1/check"), &nested).status, 400);
    // Every cut and every changed byte of a code is read as something; only what holds all of it, and
    // something beside it, can be genuine: a repair counts when the tail then verifies.
    let code = crate::testing::code(3, "F001", shared::seal::Profile::Signed);
    for at in 0..code.len() {
        for text in [&code[..at], &code[at..], &format!("{}\u{1f98a}{}", &code[..at], &code[at..])] {
            let verdict = edge.check(text);
            assert!(!verdict.starts_with("genuine") || text.replace('\u{1f98a}', "") == code, "{at}: {verdict}");
        }
    }
}

#[test]
fn a_refusal_speaks_the_language_that_was_asked_for() {
    let edge = Edge::new();
    let titles = ["kk", "ru", "en"].map(|tag| {
        let mut asked = head("GET", "/v1/nothing");
        asked.accept_language = Some(format!("{tag}-KZ,{tag};q=0.9,de;q=0.1"));
        let response = edge.send(&asked, b"");
        assert_eq!(response.header("content-language"), Some(tag));
        json(&response)["title"].as_str().unwrap().to_owned()
    });
    assert!(titles.iter().all(|title| !title.is_empty()));
    assert!(titles[0] != titles[1] && titles[1] != titles[2]);
}

#[test]
fn pages_of_other_origins_may_ask_without_credentials() {
    let edge = Edge::new();
    for path in ["/v1/check", "/v1/keys", "/v1/reports"] {
        let response = edge.request("OPTIONS", path, "");
        assert_eq!(response.status, 204);
        assert_eq!(response.header("access-control-allow-origin"), Some("*"));
        assert_eq!(response.header("access-control-allow-credentials"), None);
        assert!(response.header("access-control-allow-headers").unwrap().contains("content-type"));
    }
    let answer = edge.request("HEAD", "/v1/keys", "");
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
}

#[test]
fn without_settings_every_answer_is_a_refusal() {
    let edge = Edge::new();
    let response = run(router::answer(None, &edge.ports, &head("GET", "/v1/health"), Bytes(Vec::new())));
    assert_eq!(response.status, 503);
}
