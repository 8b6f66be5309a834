//! The life of a report, from the phone that seals it to the state body that reads it. The edge holds ciphertext and
//! nothing else (invariant 8).

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use shared::report::{Place, Report};
use shared::seal::envelope::EnvelopeKey;
use std::path::Path;
use std::time::Duration;
use tests::backend::{Backend, Who};
use tests::edge::Edge;
use tests::mail::{self, Letter};
use tests::ring::{Ring, now};

/// Something that stands nowhere but in the note.
const NOTE: &str = "Дүкенде көрдім: таңба жалған сияқты, қорап ашылған.";

#[test]
fn a_report_reaches_state_bodies_and_nobody_else() {
    let mut backend = Backend::start("reports");
    let edge = Edge::start(&backend);
    let ring = Ring::of(&backend);
    // The phone's way to the key: the signed set from the edge.
    let keys = edge.client().get("/v1/keys").ok();
    assert_eq!(keys["payload"].as_str(), Some(ring.signed.payload.as_str()));
    let to = ring.keys.report_key;

    delivered_at_once(&backend, &edge, &to);
    refused_for_good(&backend, &edge, &to);
    kept_while_the_backend_is_gone(&mut backend, &edge, &to);
    only_the_edge_may_deliver(&backend, &ring, &to);
    nothing_was_said(&backend, &edge);
}

/// Posts a report to the edge; what the phone is told.
fn post(edge: &Edge, letter: &Letter) -> Value {
    let answer = edge.client().ask("/v1/reports", &letter.body);
    assert_eq!(answer.status, 202, "{}", answer.json());
    let body = answer.json();
    assert_eq!(body["ticket"], letter.ticket, "{body}");
    body
}

/// Asks what became of a report until it is delivered.
fn wait_until_delivered(edge: &Edge, ticket: &str) {
    for _ in 0..600 {
        let body = edge.client().get(&format!("/v1/reports/{ticket}")).ok();
        if body["status"] == "delivered" {
            return;
        }
        assert_eq!(body["status"], "stored", "{body}");
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("not delivered; the edge says:\n{}", std::fs::read_to_string(edge.log()).unwrap_or_default());
}

fn listed(backend: &Backend) -> Vec<Value> {
    backend.client(Who::Inspector).get("/api/v1/reports").ok()["reports"].as_array().unwrap().clone()
}

fn delivered_at_once(backend: &Backend, edge: &Edge, to: &[u8; 32]) {
    let somewhere = Place { latitude: 49.806, longitude: 73.085134, accuracy_m: 25.0 };
    for (place, photo_len) in [(None, 0), (None, 60_000), (Some(somewhere), 700_000)] {
        let report = Report { place, ..mail::report(NOTE) };
        let photo = if photo_len == 0 { Vec::new() } else { mail::photo(photo_len) };
        let letter = mail::seal(to, &report, &photo);
        let before = listed(backend).len();
        post(edge, &letter);
        wait_until_delivered(edge, &letter.ticket);
        // A phone that lost the answer sends again: the same ticket, and still one report.
        assert_eq!(post(edge, &letter)["status"], "delivered");
        let list = listed(backend);
        assert_eq!(list.len(), before + 1, "a second delivery made a second report");

        let path = format!("/api/v1/reports/{}", letter.ticket);
        let inspector = backend.client(Who::Inspector);
        let read = inspector.get(&path).ok();
        assert_eq!(list[0], read, "newest first");
        assert_eq!(read["report"], serde_json::to_value(&report).unwrap());
        assert_eq!(read["report"].get("place").is_some(), place.is_some(), "a place nobody agreed to");
        assert_eq!(read["photo_bytes"], photo.len() as u64);
        let picture = inspector.get(&format!("{path}/photo"));
        if photo.is_empty() {
            assert_eq!(picture.refusal(), 1006);
        } else {
            assert_eq!((picture.status, picture.media_type.as_str()), (200, "image/jpeg"));
            assert!(picture.bytes == photo, "another picture");
        }
        for path in ["/api/v1/reports", &path, &format!("{path}/photo")] {
            for who in [Who::Producer, Who::Rival, Who::Importer, Who::Seller] {
                assert_eq!(backend.client(who).get(path).refusal(), 1005, "{who:?} {path}");
            }
            assert_eq!(backend.nobody().get(path).refusal(), 1004, "{path}");
        }
    }
}

/// A report that no key of ours opens is taken, since the edge cannot tell, tried once, and left alone.
fn refused_for_good(backend: &Backend, edge: &Edge, to: &[u8; 32]) {
    let stranger = EnvelopeKey::from_bytes(&[7; 32]).public();
    let unreadable = mail::seal(&stranger, &mail::report(NOTE), &[]);
    let before = listed(backend).len();
    post(edge, &unreadable);
    let refusals = || std::fs::read_to_string(edge.log()).unwrap().matches("refuses a report for good: 5001").count();
    for _ in 0..600 {
        if refusals() > 0 {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(refusals(), 1, "the edge does not say that the backend refused");
    assert_eq!(edge.client().get(&format!("/v1/reports/{}", unreadable.ticket)).ok()["status"], "refused");
    // Others pass it meanwhile, and asking for it again does not wake it.
    post(edge, &unreadable);
    let good = mail::seal(to, &mail::report(NOTE), &[]);
    post(edge, &good);
    wait_until_delivered(edge, &good.ticket);
    assert_eq!(refusals(), 1, "it was tried again");
    assert_eq!(listed(backend).len(), before + 1);
}

fn kept_while_the_backend_is_gone(backend: &mut Backend, edge: &Edge, to: &[u8; 32]) {
    backend.stop();
    let letters: Vec<Letter> = (0..3).map(|_| mail::seal(to, &mail::report(NOTE), &mail::photo(30_000))).collect();
    for letter in &letters {
        assert_eq!(post(edge, letter)["status"], "stored");
        assert_eq!(post(edge, letter)["status"], "stored");
    }
    // What lies at the edge: the ciphertext, to the letter, and not a word of what it says.
    for letter in &letters {
        let ciphertext = letter.body["ciphertext"].as_str().unwrap();
        assert!(holds(&edge.data(), &ciphertext.as_bytes()[..60]), "the edge does not hold the report");
    }
    for secret in [NOTE, "қорап ашылған", "0104870000000012213ABC", "not_issued"] {
        assert!(!holds(&edge.data(), secret.as_bytes()), "the edge holds `{secret}`");
    }
    backend.resume();
    for letter in &letters {
        wait_until_delivered(edge, &letter.ticket);
        let read = backend.client(Who::Inspector).get(&format!("/api/v1/reports/{}", letter.ticket)).ok();
        assert_eq!(read["report"]["note"], NOTE);
    }
}

/// Whether any file below `folder` has these bytes.
fn holds(folder: &Path, bytes: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        // A file may go while we look: then it holds nothing.
        let held = || std::fs::read(&path).unwrap_or_default();
        if path.is_dir() { holds(&path, bytes) } else { held().windows(bytes.len()).any(|window| window == bytes) }
    })
}

fn only_the_edge_may_deliver(backend: &Backend, ring: &Ring, to: &[u8; 32]) {
    const ROUTE: &str = "/edge/v1/reports";
    let before = listed(backend).len();
    let letter = mail::seal(to, &mail::report(NOTE), &[]);
    let body = letter.body.to_string().into_bytes();
    let good = |at: i64| ring.signature("POST", ROUTE, at, &body);
    let rows = [
        None,
        Some(String::new()),
        Some(good(now() - 400)),
        Some(good(now() + 400)),
        Some(ring.signature("GET", ROUTE, now(), &body)),
        Some(ring.signature("POST", "/edge/v1/keys", now(), &body)),
        Some(ring.signature("POST", ROUTE, now(), b"{}")),
        Some(good(now()).replace("s=", "s=0")),
    ];
    for signature in rows {
        let mut headers = vec![("content-type", "application/json")];
        headers.extend(signature.as_deref().map(|value| ("tanba-signature", value)));
        let answer = backend.nobody().request("POST", ROUTE, &headers, Some(body.clone())).unwrap();
        assert_eq!(answer.refusal(), 1015, "{signature:?}");
    }
    // An API key is no signature, whoever's it is.
    let answer = backend.client(Who::Inspector).ask(ROUTE, &letter.body);
    assert_eq!(answer.refusal(), 1015);

    let with = |field: &str, value: Value| {
        let mut body = letter.body.clone();
        body[field] = value;
        body.to_string()
    };
    let other = mail::seal(to, &mail::report("another"), &[]);
    for (body, number) in [
        (with("id", other.body["id"].clone()), 5001),
        (with("enc", other.body["enc"].clone()), 5001),
        (with("ciphertext", other.body["ciphertext"].clone()), 5001),
        (with("ciphertext", json!("")), 5001),
        (with("ciphertext", json!("not base64!")), 5001),
        (with("enc", json!("AAAA")), 5001),
        (with("enc", json!(mail::base64url(&[0; 32]))), 5001),
        (with("id", json!("XYZ")), 1011),
        (with("note", json!("plain")), 1001),
    ] {
        assert_eq!(ring.send("POST", ROUTE, body.as_bytes()).refusal(), number, "{body}");
    }
    assert_eq!(listed(backend).len(), before, "a refused report is there");
    let taken = ring.send("POST", ROUTE, &body).ok();
    assert_eq!((&taken["ticket"], &taken["status"]), (&json!(letter.ticket), &json!("delivered")));
    assert_eq!(listed(backend).len(), before + 1);
}

/// Neither process has written down what a report says or whose it is.
fn nothing_was_said(backend: &Backend, edge: &Edge) {
    for log in [backend.log(), edge.log()] {
        let text = std::fs::read_to_string(&log).unwrap();
        for secret in [NOTE, "қорап ашылған", "0104870000000012213ABC", "73.085134"] {
            assert!(!text.contains(secret), "{} has `{secret}`", log.display());
        }
    }
    assert!(!std::fs::read_to_string(backend.log()).unwrap().contains("TB-"), "the backend's log has a ticket");
}
