//! Rows of every table, by the functions that read and write them.

use super::super::{Database, Session};
use crate::tables::{body, orders, party, product, report, request, sender, serial, series, shipment};
use crate::{ApiKeyHash, NewReport, Response, StoreError};
use backend_ledger::Series;
use shared::date::Timestamp;
use shared::document::ShipmentState;
use shared::party::{PartyId, Role};
use shared::product::{Names, Product};
use shared::report::{Report, ViolationKind};
use shared::seal::Profile;
use shared::series::{Range, SeriesId, SeriesKind};
use shared::state::DocumentNo;
use shared::ticket::ReportId;
use std::sync::Arc;

fn card(gtin: &str, importer: Option<&str>) -> Product {
    Product {
        gtin: gtin.parse().unwrap(),
        group: shared::group::ProductGroup::ALL[0],
        name: Names { kk: "Су".into(), ru: "Вода".into(), en: importer.map(str::to_owned) },
        manufacturer: "Зауыт".into(),
        importer: importer.map(str::to_owned),
        country: "KZ".into(),
    }
}

fn made(kind: SeriesKind, key: u64, owner: u64, product: Option<&Product>) -> Series {
    let product = product.cloned().map(Arc::new);
    Series { kind, key, owner: PartyId(owner), issued: 0, product }
}

/// A series of a card.
pub(super) fn with_card(session: &mut dyn Session, id: u32, gtin: &str, owner: u64) -> Product {
    let product = card(gtin, (id % 2 == 1).then_some("Importer"));
    let key = gtin.parse().unwrap();
    series::insert(session, SeriesId(id), &made(SeriesKind::Issued, key, owner, None)).unwrap();
    product::insert(session, SeriesId(id), &product, DocumentNo(u64::from(id) + 1)).unwrap();
    product
}

pub(super) const GTINS: [&str; 3] = ["04870000000012", "04870000000029", "04870000000036"];

pub(super) fn series_and_cards(database: &dyn Database) {
    let session = &mut *database.session().unwrap();
    assert_eq!(series::next(session).unwrap(), 0);
    let cards: Vec<Product> =
        (0..).zip(GTINS).map(|(id, gtin)| with_card(session, id, gtin, 5 + u64::from(id % 2))).collect();
    assert_eq!(series::next(session).unwrap(), 3);
    let key: u64 = GTINS[1].parse().unwrap();
    let issued = made(SeriesKind::Issued, key, 6, Some(&cards[1]));
    assert_eq!(series::get(session, SeriesId(1)).unwrap(), Some(issued.clone()));
    assert_eq!(series::by_key(session, SeriesKind::Issued, key).unwrap(), Some((SeriesId(1), issued)));
    assert_eq!(series::by_key(session, SeriesKind::Own, key).unwrap(), None);
    assert_eq!(series::get(session, SeriesId(9)).unwrap(), None);
    // Serials of others share the card; packages whose digits look like its GTIN do not.
    for (id, kind, product) in [(3, SeriesKind::Foreign, Some(&cards[1])), (4, SeriesKind::Packages, None)] {
        let added = made(kind, key, 0, product);
        series::insert(session, SeriesId(id), &added).unwrap();
        assert_eq!(series::get(session, SeriesId(id)).unwrap(), Some(added));
    }
    let taken = series::insert(session, SeriesId(5), &made(SeriesKind::Packages, key, 0, None));
    assert!(matches!(taken, Err(StoreError::Conflict)), "{taken:?}");
    let taken = product::insert(session, SeriesId(5), &cards[1], DocumentNo(9));
    assert!(matches!(taken, Err(StoreError::Conflict)), "{taken:?}");
    series::set_issued(session, SeriesId(1), 1 << 39).unwrap();
    assert_eq!(series::get(session, SeriesId(1)).unwrap().unwrap().issued, 1 << 39);
    assert!(matches!(series::set_issued(session, SeriesId(99), 1), Err(StoreError::Damaged { .. })));

    for (owner, after, limit, expected) in [
        (None, None, 9, &[0, 1, 2][..]),
        (None, None, 2, &[0, 1]),
        (None, Some(1), 9, &[2]),
        (Some(5), None, 9, &[0, 2]),
        (Some(5), Some(0), 9, &[2]),
        (Some(6), None, 9, &[1]),
        (Some(7), None, 9, &[]),
    ] {
        let after = after.map(|at: usize| GTINS[at].parse().unwrap());
        let listed = product::list(session, owner.map(PartyId), after, limit).unwrap();
        let ids: Vec<u32> = listed.iter().map(|record| record.id.0).collect();
        assert_eq!(ids, expected, "{owner:?} {after:?}");
        assert!(listed.iter().all(|record| record.product == cards[record.id.0 as usize]));
        assert!(listed.iter().all(|record| record.owner.0 == 5 + u64::from(record.id.0 % 2)));
    }
    clear(session, &["series", "product"]);
}

pub(super) fn orders(database: &dyn Database) {
    let session = &mut *database.session().unwrap();
    let product = with_card(session, 0, GTINS[0], 5);
    for (at, profile) in [(1, Profile::Signed), (2, Profile::Mac), (3, Profile::Short)] {
        let range = Range { series: SeriesId(0), first: at * 100, count: 50 };
        let moment = Timestamp(1000 - at as i64);
        orders::insert(session, DocumentNo(at), range, profile, "KEY1".parse().unwrap(), PartyId(5), moment).unwrap();
        let order = orders::get(session, DocumentNo(at)).unwrap().unwrap();
        assert_eq!((order.order, order.range, order.profile, order.at), (DocumentNo(at), range, profile, moment));
        assert_eq!((order.key.as_str(), order.party, order.swept), ("KEY1", PartyId(5), false));
        assert_eq!(order.product, product);
    }
    assert_eq!(orders::get(session, DocumentNo(4)).unwrap(), None);
    for (number, order) in [(99, None), (100, Some(1)), (149, Some(1)), (150, None), (349, Some(3)), (350, None)] {
        let found = orders::of_number(session, SeriesId(0), number).unwrap();
        assert_eq!(found.map(|found| found.order.0), order, "{number}");
    }
    assert_eq!(orders::of_number(session, SeriesId(1), 100).unwrap(), None);
    orders::set_swept(session, DocumentNo(2)).unwrap();
    assert!(orders::get(session, DocumentNo(2)).unwrap().unwrap().swept);
    for (before, limit, expected) in [(1000, 9, &[3, 1][..]), (1000, 1, &[3]), (999, 9, &[3]), (997, 9, &[])] {
        let found = orders::unswept(session, Timestamp(before), limit).unwrap();
        assert_eq!(found.iter().map(|order| order.order.0).collect::<Vec<_>>(), expected, "{before}");
    }
    clear(session, &["orders", "series", "product"]);
}

pub(super) fn shipments(database: &dyn Database) {
    let session = &mut *database.session().unwrap();
    let due = "2026-12-31".parse().unwrap();
    for document in 1..=4 {
        let (from, to) = (PartyId(document % 2), PartyId(7));
        shipment::insert(session, DocumentNo(document), from, to, Timestamp(5), due).unwrap();
    }
    let ended = ShipmentState::AcceptedWithDiscrepancy;
    shipment::end(session, DocumentNo(3), ended, DocumentNo(9)).unwrap();
    // One that has ended cannot end again, nor one that never was.
    for document in [3, 5] {
        let again = shipment::end(session, DocumentNo(document), ShipmentState::Refused, DocumentNo(10));
        assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
    }
    let third = shipment::get(session, DocumentNo(3)).unwrap().unwrap();
    assert_eq!((third.sender, third.receiver, third.at, third.due), (PartyId(1), PartyId(7), Timestamp(5), due));
    assert_eq!((third.state, third.answer), (ended, Some(DocumentNo(9))));
    assert_eq!(shipment::get(session, DocumentNo(5)).unwrap(), None);
    let open = Some(ShipmentState::Open);
    for (party, sent, state, before, limit, expected) in [
        (7, false, None, None, 9, &[4, 3, 2, 1][..]),
        (7, false, None, Some(3), 9, &[2, 1]),
        (7, false, open, None, 2, &[4, 2]),
        (7, true, None, None, 9, &[]),
        (1, true, None, None, 9, &[3, 1]),
        (1, true, open, None, 9, &[1]),
        (1, true, Some(ended), Some(3), 9, &[]),
    ] {
        let found = shipment::list(session, PartyId(party), sent, state, before.map(DocumentNo), limit).unwrap();
        assert_eq!(found.iter().map(|found| found.document.0).collect::<Vec<_>>(), expected, "{party} {state:?}");
    }
    clear(session, &["shipment"]);
}

pub(super) fn parties(database: &dyn Database) {
    let session = &mut *database.session().unwrap();
    let (one, two) = (ApiKeyHash::of("one"), ApiKeyHash::of("two"));
    let first = party::put(session, "Зауыт", Role::Producer, one).unwrap();
    assert_eq!((first.party.id, first.party.role, first.name.as_str()), (PartyId(1), Role::Producer, "Зауыт"));
    let second = party::put(session, "Дүкен", Role::Seller, two).unwrap();
    assert_eq!(second.party.id, PartyId(2));
    // A key that is known leads to whom it led.
    assert_eq!(party::put(session, "Other", Role::Inspector, one).unwrap(), first);
    assert_eq!(party::get(session, PartyId(2)).unwrap(), Some(second.clone()));
    assert_eq!(party::by_key(session, two).unwrap(), Some(second));
    assert_eq!(party::get(session, PartyId(3)).unwrap(), None);
    assert_eq!(party::by_key(session, ApiKeyHash::of("three")).unwrap(), None);
    clear(session, &["party"]);
}

pub(super) fn reports(database: &dyn Database) {
    let session = &mut *database.session().unwrap();
    let new = |id: u8, received: i64, photo: &[u8]| NewReport {
        id: ReportId([id; 16]),
        received: Timestamp(received),
        report: Report {
            kind: ViolationKind::NoMark,
            note: format!("ескерту {id}"),
            code: None,
            verdict: None,
            at: Timestamp(1),
            place: None,
            language: "kk".into(),
        },
        photo: photo.to_vec(),
    };
    for (id, received) in [(1, 10), (2, 20), (3, 10)] {
        assert_eq!(report::put(session, &new(id, received, b"\xff\xd8\xff")).unwrap(), (Timestamp(received), true));
    }
    // A second delivery changes nothing.
    assert_eq!(report::put(session, &new(1, 99, &[])).unwrap(), (Timestamp(10), false));
    assert_eq!(report::received(session, ReportId([1; 16])).unwrap(), Some(Timestamp(10)));
    assert_eq!(report::received(session, ReportId([9; 16])).unwrap(), None);
    let ticket = |id: u8| ReportId([id; 16]).ticket();
    let kept = report::get(session, ticket(2)).unwrap().unwrap();
    assert_eq!((kept.ticket, kept.received, kept.photo_bytes), (ticket(2), Timestamp(20), 3));
    assert_eq!(kept.report, new(2, 0, &[]).report);
    assert_eq!(report::photo(session, ticket(3)).unwrap().as_deref(), Some(&b"\xff\xd8\xff"[..]));
    assert_eq!(report::photo(session, ticket(9)).unwrap(), None);
    for (before, limit, expected) in
        [(None, 9, &[2, 3, 1][..]), (None, 1, &[2]), (Some(2), 9, &[3, 1]), (Some(3), 9, &[1])]
    {
        let listed = report::list(session, before.map(ticket), limit).unwrap();
        let tickets: Vec<_> = listed.iter().map(|report| report.ticket).collect();
        assert_eq!(tickets, expected.iter().map(|id| ticket(*id)).collect::<Vec<_>>());
    }
    clear(session, &["report"]);
}

pub(super) fn bodies_and_requests(database: &dyn Database) {
    let session = &mut *database.session().unwrap();
    body::insert(session, 1, DocumentNo(5), Some("{\"a\": 1}"), None).unwrap();
    body::insert(session, 1, DocumentNo(6), None, Some("[]")).unwrap();
    assert_eq!(body::get(session, 1, DocumentNo(5)).unwrap().as_deref(), Some("{\"a\": 1}"));
    for missing in [6, 7] {
        assert_eq!(body::get(session, 1, DocumentNo(missing)).unwrap(), None);
    }
    assert_eq!(body::facts(session, 1, DocumentNo(5)).unwrap(), None);
    assert!(matches!(body::facts(session, 1, DocumentNo(6)), Err(StoreError::Damaged { .. })));

    let answer = Response { status: 201, body: "{\"document\": 5}".into() };
    request::insert(session, 1, PartyId(2), "ключ", &[7; 32], DocumentNo(5), &answer).unwrap();
    assert_eq!(request::get(session, 1, PartyId(2), "ключ").unwrap(), Some(([7; 32], answer.clone())));
    for (party, key) in [(2, "ключ "), (3, "ключ")] {
        assert_eq!(request::get(session, 1, PartyId(party), key).unwrap(), None);
    }
    let again = request::insert(session, 1, PartyId(2), "ключ", &[8; 32], DocumentNo(6), &answer);
    assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
    clear(session, &["body", "request"]);
}

pub(super) fn registers_and_serials(database: &dyn Database) {
    let session = &mut *database.session().unwrap();
    for (number, document) in [(1, 10), (2, 11)] {
        sender::put(session, &[(0, u64::MAX, number, DocumentNo(document))]).unwrap();
        sender::put(session, &[(3, 7, number, DocumentNo(document + 10))]).unwrap();
    }
    let mut seen = Vec::new();
    sender::all(session, &mut |sender, number, document| seen.push((sender, number, document.0))).unwrap();
    seen.sort_unstable();
    assert_eq!(seen, [(7, 2, 21), (u64::MAX, 2, 11)]);

    let mut insert = |series, texts: &[&str], first| {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        serial::insert(session, 0, SeriesId(series), &texts, first)
    };
    insert(1, &["aB", "ab"], 0).unwrap();
    insert(2, &["aB"], 0).unwrap();
    for (series, text, number) in [(1, "ab", 2), (1, "new", 1)] {
        let taken = insert(series, &[text], number);
        assert!(matches!(taken, Err(StoreError::Conflict)), "{taken:?}");
    }
    assert_eq!(serial::get(session, 0, SeriesId(1), "ab").unwrap(), Some(1));
    assert_eq!(serial::get(session, 0, SeriesId(1), "AB").unwrap(), None);
    assert_eq!(serial::of_number(session, 0, SeriesId(2), 0).unwrap().as_deref(), Some("aB"));
    assert_eq!(serial::of_number(session, 0, SeriesId(2), 1).unwrap(), None);
    clear(session, &["sender", "serial"]);
}

pub(super) fn clear(session: &mut dyn Session, tables: &[&str]) {
    for table in tables {
        session.execute(&format!("DELETE FROM {table}"), &[]).unwrap();
    }
}
