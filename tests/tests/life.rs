//! The life of units, from the card to the sale, for domestic and imported goods, over the public interface.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use shared::code::TailCheck;
use std::collections::BTreeSet;
use tests::backend::{Backend, Who};
use tests::client::Client;
use tests::facts;
use tests::ring::Ring;

const QUANTITY: u64 = 60;

#[test]
fn goods_are_coded_introduced_and_sold() {
    let backend = Backend::start("life");
    let ring = Ring::of(&backend);
    let producer = backend.client(Who::Producer);
    for (item, (group, profile, by_anyone)) in [
        ("footwear", "signed", TailCheck::Valid),
        ("footwear", "mac", TailCheck::NeedsSecret),
        ("footwear", "short", TailCheck::NeedsSecret),
        ("medicine", "signed", TailCheck::Valid),
        ("beer", "mac", TailCheck::NeedsSecret),
        ("tobacco", "signed", TailCheck::Valid),
        ("tobacco", "short", TailCheck::NeedsSecret),
        ("motor-oil", "signed", TailCheck::Valid),
        ("light-industry", "signed", TailCheck::Valid),
    ]
    .into_iter()
    .enumerate()
    {
        let gtin = facts::gtin(u32::try_from(item).unwrap());
        producer.register(&facts::domestic(&gtin, group));
        let first = producer.order(&gtin, QUANTITY, profile);
        let second = producer.order(&gtin, QUANTITY, profile);
        let codes = [producer.codes(first), producer.codes(second)].concat();
        let place = format!("{group}, {profile}");
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 2 * QUANTITY as usize, "{place}: codes repeat");
        for (number, code) in codes.iter().enumerate() {
            assert_eq!(ring.tail(code), Some(TailCheck::Valid), "{place}: {code}");
            assert_eq!(ring.public_tail(code), Some(by_anyone), "{place}: {code}");
            assert_eq!(ring.number(code), number as u64, "{place}: the second order goes on where the first ended");
        }
        the_same_in_every_form(&producer, first, &codes[..QUANTITY as usize]);
        let expected = facts::batch();
        life_of(&backend, &producer, first, &codes[..QUANTITY as usize], &expected);
        assert!(producer.statuses(&codes[QUANTITY as usize..]).iter().all(|status| status == "emitted"), "{place}");
    }
}

/// NDJSON, CSV, and the label sheets have the same codes in the same order, however often they are asked for.
fn the_same_in_every_form(owner: &Client, order: u64, codes: &[String]) {
    assert_eq!(owner.codes(order), codes, "a second download differs");
    let csv = owner.get(&format!("/api/v1/orders/{order}/codes?format=csv"));
    assert_eq!((csv.status, csv.media_type.as_str()), (200, "text/csv"));
    let text = String::from_utf8(csv.bytes).unwrap();
    let mut lines = text.split_terminator("\r\n");
    assert_eq!(lines.next(), Some("code,gtin,serial"));
    let listed: Vec<String> = lines.map(|line| line.split(',').next().unwrap().to_owned()).collect();
    assert!(listed == codes, "CSV differs from NDJSON");

    let sheet = owner.get(&format!("/api/v1/orders/{order}/labels.pdf"));
    assert_eq!((sheet.status, sheet.media_type.as_str()), (200, "application/pdf"));
    assert!(sheet.bytes.starts_with(b"%PDF-1.") && sheet.bytes.trim_ascii_end().ends_with(b"%%EOF"));
    assert!(sheet.bytes.windows(5).any(|five| five == b"/Page"), "a sheet without pages");
    if let Some(text) = text_of(&sheet.bytes) {
        for code in codes {
            let serial = code.split('\u{1d}').next().unwrap().get(18..).unwrap();
            assert!(text.contains(serial), "the sheet has no label of serial {serial}");
        }
    }
}

/// The text of a PDF, where there is a program that reads it.
fn text_of(pdf: &[u8]) -> Option<String> {
    let folder = tests::place::Folder::new("labels");
    let file = folder.path().join("labels.pdf");
    std::fs::write(&file, pdf).unwrap();
    let output = std::process::Command::new("pdftotext").arg("-raw").arg(&file).arg("-").output().ok()?;
    assert!(output.status.success(), "pdftotext: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

/// From applied to sold: a range of the order first, single codes then.
fn life_of(backend: &Backend, owner: &Client, order: u64, codes: &[String], batch: &Value) {
    let (seller, inspector) = (backend.client(Who::Seller), backend.client(Who::Inspector));
    let mut last = order;
    let mut by = |answer: Value, kind: &str, units: u64| {
        assert_eq!((answer["type"].as_str(), answer["units"].as_u64()), (Some(kind), Some(units)), "{answer}");
        let number = answer["document"].as_u64().unwrap();
        assert!(number > last, "document {number} after {last}");
        last = number;
        number
    };
    let applied = by(owner.apply(&facts::part(order, 0, 40)), "apply", 40);
    by(owner.apply(&facts::codes(&codes[40..])), "apply", 20);
    let body = json!({"units": facts::part(order, 0, 30), "facts": batch});
    let introduced = by(owner.post("/api/v1/introductions", &body).ok(), "introduce", 30);
    let sold = by(seller.sell(&facts::codes(&codes[..5])), "withdraw", 5);
    by(owner.withdraw(&facts::codes(&codes[5..7]), "export"), "withdraw", 2);
    by(owner.write_off(&facts::codes(&codes[58..]), "damage"), "write_off", 2);
    let blocked = by(inspector.block(&facts::codes(&codes[7..9]), "recalled"), "block", 2);

    let statuses = owner.statuses(codes);
    for (index, status) in statuses.iter().enumerate() {
        let expected = match index {
            0..7 => "withdrawn",
            58.. => "written_off",
            7..30 => "in_circulation",
            _ => "applied",
        };
        assert_eq!(status, expected, "unit {index}");
    }
    let unit = owner.unit(&codes[0]);
    assert_eq!((unit["introduced"].as_u64(), unit["withdrawn"].as_u64()), (Some(introduced), Some(sold)), "{unit}");
    let unit = inspector.unit(&codes[7]);
    assert_eq!(unit["blocked"].as_u64(), Some(blocked), "{unit}");

    // What was applied is kept for ever, for its sender and for state bodies.
    for reader in [owner, &inspector] {
        let kept = reader.get(&format!("/api/v1/documents/{introduced}")).ok();
        assert_eq!(kept["type"], "introduce", "{kept}");
        assert_eq!(kept["body"]["facts"], *batch, "{kept}");
    }
    let foreign = backend.client(Who::Rival).get(&format!("/api/v1/documents/{applied}"));
    assert!([403, 404].contains(&foreign.status), "a rival reads the document");
    foreign.refusal();
}

#[test]
fn imported_goods_need_a_customs_declaration() {
    let backend = Backend::start("import");
    let importer = backend.client(Who::Importer);
    for (item, group) in [(1, "motor-oil"), (2, "footwear"), (3, "medicine")] {
        let gtin = facts::gtin(item);
        importer.register(&facts::imported(&gtin, group));
        let order = importer.order(&gtin, QUANTITY, "signed");
        let codes = importer.codes(order);
        importer.apply(&facts::whole(order));
        let without = json!({"units": facts::whole(order), "facts": facts::batch()});
        let refused = importer.post("/api/v1/introductions", &without);
        assert_eq!(refused.json()["at"], "/facts/customs");
        assert_eq!(refused.refusal(), 4009, "{group}");
        assert!(importer.statuses(&codes).iter().all(|status| status == "applied"), "{group}: refused, yet changed");
        let body = json!({"units": facts::whole(order), "facts": facts::imported_batch()});
        importer.post("/api/v1/introductions", &body).ok();
        backend.client(Who::Seller).sell(&facts::codes(&codes[..1]));
        assert_eq!(importer.status(&codes[0]), "withdrawn");
        assert!(importer.statuses(&codes[1..]).iter().all(|status| status == "in_circulation"), "{group}");
    }
}
