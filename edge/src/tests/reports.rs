//! Sealed reports: stored, forwarded once, asked about.

use crate::testing::{Edge, json};
use shared::ticket::ReportId;

const ID: [u8; 16] = [7; 16];

fn report(id: &str, enc_bytes: usize, ciphertext: &str) -> String {
    let enc = "A".repeat(enc_bytes.div_ceil(3) * 4 - (3 - enc_bytes % 3) % 3);
    serde_json::json!({ "id": id, "enc": enc, "ciphertext": ciphertext }).to_string()
}

#[test]
fn a_report_is_stored_once_under_its_ticket() {
    let edge = Edge::new();
    let body = report(&ReportId(ID).to_string(), 32, &"A".repeat(800));
    let ticket = ReportId(ID).ticket().to_string();
    for _ in 0..2 {
        let response = edge.request("POST", "/v1/reports", &body);
        assert_eq!(response.status, 202, "{}", response.body);
        assert_eq!(json(&response)["ticket"], ticket.as_str());
        assert_eq!(json(&response)["status"], "stored");
        edge.ports.pass(5);
    }
    assert_eq!(edge.ports.letters.borrow().len(), 1);
    assert_eq!(edge.ports.letters.borrow()[&ticket].1, body, "kept as it came");
    let asked = edge.request("GET", &format!("/v1/reports/{}", ticket.to_lowercase()), "");
    assert_eq!((asked.status, json(&asked)["status"].as_str()), (200, Some("stored")));
}

#[test]
fn a_report_of_another_form_is_refused() {
    let edge = Edge::new();
    let id = ReportId(ID).to_string();
    let good = "A".repeat(800);
    for (body, number, at) in [
        (report(&id.to_uppercase().replace('0', "A"), 32, &good), 1011, "/id"),
        (report(&id, 31, &good), 1011, "/enc"),
        (report(&id, 32, "AAAA"), 1011, "/ciphertext"),
        (report(&id, 32, &"=".repeat(800)), 1011, "/ciphertext"),
        ("{}".to_owned(), 1001, ""),
        (report(&id, 32, &good).replace("\"id\"", "\"name\":\"me\",\"id\""), 1001, ""),
    ] {
        let answer = json(&edge.request("POST", "/v1/reports", &body));
        assert_eq!(answer["code"]["number"], number, "{answer}");
        assert_eq!(answer["at"].as_str().unwrap_or_default(), at, "{answer}");
    }
    assert!(edge.ports.letters.borrow().is_empty());
}

#[test]
fn a_ticket_is_ours_or_refused() {
    let edge = Edge::new();
    for (ticket, number) in [("TB-0000-0000-0000-0000", 5002), ("TB-0000", 5003), ("%F0%9F%A6%8A", 5003), ("", 5003)] {
        let answer = json(&edge.request("GET", &format!("/v1/reports/{ticket}"), ""));
        assert_eq!(answer["code"]["number"], number, "{ticket}");
    }
}

#[test]
fn a_box_that_does_not_answer_promises_nothing() {
    let edge = Edge::new();
    edge.ports.up.set(false);
    let body = report(&ReportId(ID).to_string(), 32, &"A".repeat(800));
    let response = edge.request("POST", "/v1/reports", &body);
    assert_eq!((response.status, response.header("retry-after")), (503, Some("5")));
}
