//! Hostile bodies, and the one judge of the answers to them.

use crate::client::{Answer, Client};
use serde_json::{Value, json};
use shared::refusal::RefusalCode;

/// What was wrong with answers, so that one run tells all.
#[derive(Default)]
pub struct Findings(Vec<String>);

impl Findings {
    /// An answer to something hostile: a success if it was harmless after all, else a problem document.
    pub fn judge(&mut self, place: &str, answer: &Answer) {
        if (200..400).contains(&answer.status) {
            return;
        }
        self.refused(place, answer);
    }

    /// An answer that must be a problem document with a number of ours and the status that belongs to it.
    pub fn refused(&mut self, place: &str, answer: &Answer) {
        let body = answer.json();
        let number = body["code"]["number"].as_u64().unwrap_or_default();
        let known = RefusalCode::ALL.iter().find(|code| u64::from(code.number()) == number);
        let sound = answer.media_type == "application/problem+json"
            && known.is_some_and(|code| code.status() == answer.status && body["code"]["name"] == code.name())
            && (400..500).contains(&answer.status)
            && body["title"].as_str().is_some_and(|title| !title.is_empty() && !title.contains("{$"));
        if !sound {
            let bytes = String::from_utf8_lossy(&answer.bytes[..answer.bytes.len().min(200)]).into_owned();
            self.0.push(format!("{place}: {} {} {bytes}", answer.status, answer.media_type));
        }
    }

    /// A refusal with this number.
    pub fn numbered(&mut self, place: &str, answer: &Answer, number: u64) {
        self.refused(place, answer);
        let found = &answer.json()["code"]["number"];
        if *found != number {
            self.0.push(format!("{place}: {found}, expected {number}"));
        }
    }

    /// No answer at all, or one of the server below us, which speaks no JSON: a 4xx will do.
    pub fn transport(&mut self, place: &str, answer: Option<&Answer>) {
        match answer {
            None => {}
            Some(answer) if (400..500).contains(&answer.status) || answer.status == 501 || answer.status == 505 => {}
            Some(answer) => self.0.push(format!("{place}: {} {}", answer.status, answer.media_type)),
        }
    }

    /// Fails the test with all that was found.
    pub fn none(&self) {
        assert!(self.0.is_empty(), "{} findings:\n{}", self.0.len(), self.0.join("\n"));
    }
}

/// Bodies that are no JSON, or none that any route asks for.
pub fn bodies() -> Vec<(&'static str, Vec<u8>)> {
    let deep = |open: &str, close: &str, len: usize| format!("{}1{}", open.repeat(len), close.repeat(len)).into_bytes();
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
        (
            "many fields",
            format!("{{{}}}", (0..20_000).map(|n| format!("\"f{n}\":0")).collect::<Vec<_>>().join(",")).into(),
        ),
        ("same field twice", b"{\"gtin\":\"1\",\"gtin\":\"2\",\"code\":\"1\",\"code\":\"2\"}".to_vec()),
        ("xml", b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>".to_vec()),
    ]
}

/// Values put in the place of each value of a good body.
pub fn values() -> Vec<Value> {
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
pub fn mutants(good: &Value) -> Vec<Value> {
    let mut pointers = Vec::new();
    collect(good, String::new(), &mut pointers);
    let mutants = pointers.iter().flat_map(|pointer| {
        values().into_iter().map(|value| {
            let mut body = good.clone();
            *body.pointer_mut(pointer).expect("the pointer leads to a value") = value;
            body
        })
    });
    mutants.collect()
}

fn collect(value: &Value, at: String, pointers: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, field)| collect(field, format!("{at}/{name}"), pointers))
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| collect(item, format!("{at}/{index}"), pointers));
        }
        _ => {}
    }
    pointers.push(at);
}

/// A body at a route, each with its own key.
pub fn send(client: &Client, route: &str, media_type: &str, body: Vec<u8>) -> Answer {
    let key = format!("{:x}", getrandom::u64().expect("the system gives random numbers"));
    let headers = [("content-type", media_type), ("idempotency-key", key.as_str())];
    client.request("POST", route, &headers, Some(body)).unwrap_or_else(|error| panic!("{route}: {error}"))
}
