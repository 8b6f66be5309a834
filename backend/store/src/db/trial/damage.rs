//! Rows that something else than a statement of ours has changed.

use super::super::{Database, Kind, OwnedValue, Session, Table, one};
use super::rows::{GTINS, clear, with_card};
use crate::tables::{body, meta, orders, party, product, report, request, sender, serial, series, shipment};
use crate::{ApiKeyHash, NewReport, Response, StoreError};
use shared::date::Timestamp;
use shared::document::ShipmentState;
use shared::party::{PartyId, Role};
use shared::report::{Report, ViolationKind};
use shared::seal::Profile;
use shared::series::{Range, SeriesId, SeriesKind};
use shared::state::DocumentNo;
use shared::ticket::ReportId;

/// A value with another lowest bit, at the end; something where there was nothing.
fn flipped(value: &OwnedValue, kind: Kind) -> OwnedValue {
    let flip = |mut bytes: Vec<u8>| {
        *bytes.last_mut().unwrap() ^= 1;
        bytes
    };
    match (value, kind) {
        (OwnedValue::Int(value), _) => OwnedValue::Int(value ^ 1),
        (OwnedValue::Text(text), _) => OwnedValue::Text(String::from_utf8(flip(text.clone().into_bytes())).unwrap()),
        (OwnedValue::Bytes(bytes), _) => OwnedValue::Bytes(flip(bytes.clone())),
        (OwnedValue::Null, Kind::Int) => OwnedValue::Int(0),
        (OwnedValue::Null, Kind::Text) => OwnedValue::Text(String::new()),
        (OwnedValue::Null, Kind::Bytes) => OwnedValue::Bytes(Vec::new()),
    }
}

type Reading = fn(&mut dyn Session) -> Result<bool, StoreError>;

/// Every column of a row, flipped and put right again: whoever looks for the row is told that it is damaged, or, if it was
/// looked for by that column, that there is none. A row without checksums is one from before there were any.
fn every_column(session: &mut dyn Session, table: &Table, readings: &[Reading]) {
    let whole = |session: &mut dyn Session| readings.iter().all(|read| matches!(read(session), Ok(true)));
    assert!(whole(session), "{}", table.name);
    for (column, kind) in table.written() {
        let select = format!("SELECT {column} FROM {}", table.name);
        let was = one(session, &select, &[], |row| Ok(OwnedValue::from(kind.value(row, 0)?))).unwrap().unwrap();
        let set = |session: &mut dyn Session, to: &OwnedValue| {
            let sql = format!("UPDATE {} SET {column} = $1", table.name);
            assert_eq!(session.execute(&sql, &[to.value()]).unwrap(), 1);
        };
        set(session, &flipped(&was, kind));
        let mut seen = Vec::new();
        for read in readings {
            match read(session) {
                Err(StoreError::Damaged { what }) => {
                    assert!(what.contains(table.name), "{what}");
                    seen.push(true);
                }
                // Not looked at by this reading, or the key that it was asked for.
                Ok(_) => seen.push(false),
                other => panic!("{}.{column}: {other:?}", table.name),
            }
        }
        let is_key = column == "part" || readings.iter().any(|read| matches!(read(session), Ok(false)));
        assert!(is_key || seen.contains(&true), "{}.{column} is read flipped", table.name);
        set(session, &was);
        assert!(whole(session), "{}.{column} put right again", table.name);
    }
    for sum in table.sum_names().into_iter().flatten() {
        session.execute(&format!("UPDATE {} SET {sum} = NULL", table.name), &[]).unwrap();
    }
    assert!(whole(session), "{} without checksums", table.name);
    clear(session, &[table.name]);
}

pub(super) fn a_flipped_bit_is_found(database: &dyn Database) {
    let session = &mut *database.session().unwrap();
    meta::put(session, "kept", "1").unwrap();
    every_column(session, &meta::ROWS, &[|session| Ok(meta::get(session, "kept")?.is_some())]);

    party::put(session, "Дүкен", Role::Seller, ApiKeyHash::of("one")).unwrap();
    let by_key: Reading = |session| Ok(party::by_key(session, ApiKeyHash::of("one"))?.is_some());
    every_column(session, &party::ROWS, &[by_key, |session| Ok(party::get(session, PartyId(1))?.is_some())]);

    shipment::insert(session, DocumentNo(3), PartyId(1), PartyId(2), Timestamp(5), "2026-12-31".parse().unwrap())
        .unwrap();
    every_column(session, &shipment::ROWS, &[|session| Ok(shipment::get(session, DocumentNo(3))?.is_some())]);
    shipment::insert(session, DocumentNo(3), PartyId(1), PartyId(2), Timestamp(5), "2026-12-31".parse().unwrap())
        .unwrap();
    // What is changed is looked at first: damage gets no checksum of its own.
    session.execute("UPDATE shipment SET receiver = 6", &[]).unwrap();
    let ended = shipment::end(session, DocumentNo(3), ShipmentState::Accepted, DocumentNo(4));
    assert!(matches!(ended, Err(StoreError::Damaged { .. })), "{ended:?}");
    clear(session, &["shipment"]);

    body::insert(session, 0, DocumentNo(5), Some("{\"a\": 1}"), Some("{}")).unwrap();
    let facts: Reading = |session| match body::facts(session, 0, DocumentNo(5)) {
        // Facts that are none, but as they were written.
        Err(StoreError::Damaged { what }) if what.contains("facts") => Ok(true),
        other => other.map(|facts| facts.is_some()),
    };
    every_column(session, &body::ROWS, &[facts, |session| Ok(body::get(session, 0, DocumentNo(5))?.is_some())]);

    let answer = Response { status: 201, body: "{}".into() };
    request::insert(session, 0, PartyId(2), "ключ", &[7; 32], DocumentNo(5), &answer).unwrap();
    every_column(session, &request::ROWS, &[|session| Ok(request::get(session, 0, PartyId(2), "ключ")?.is_some())]);

    sender::put(session, &[(0, 7, 1, DocumentNo(10))]).unwrap();
    every_column(session, &sender::ROWS, &[|session| sender::all(session, &mut |_, _, _| ()).map(|()| true)]);

    serial::insert(session, 0, SeriesId(1), &["aB".to_owned()], 4).unwrap();
    let by_number: Reading = |session| Ok(serial::of_number(session, 0, SeriesId(1), 4)?.is_some());
    every_column(
        session,
        &serial::ROWS,
        &[by_number, |session| Ok(serial::get(session, 0, SeriesId(1), "aB")?.is_some())],
    );

    let photo = b"\xff\xd8\xff".to_vec();
    let report = Report {
        kind: ViolationKind::NoMark,
        note: "ескерту".into(),
        code: None,
        verdict: None,
        at: Timestamp(1),
        place: None,
        language: "kk".into(),
    };
    report::put(session, &NewReport { id: ReportId([1; 16]), received: Timestamp(10), report, photo }).unwrap();
    let of_photo: Reading = |session| Ok(report::photo(session, ReportId([1; 16]).ticket())?.is_some());
    let by_id: Reading = |session| Ok(report::received(session, ReportId([1; 16]))?.is_some());
    every_column(session, &report::ROWS, &[of_photo, by_id, |session| Ok(!report::list(session, None, 9)?.is_empty())]);

    // A card and an order are read with what they belong to.
    with_card(session, 0, GTINS[0], 5);
    let of_series: Reading = |session| {
        let key = GTINS[0].parse().unwrap();
        Ok(series::by_key(session, SeriesKind::Issued, key)?.is_some_and(|(_, series)| series.product.is_some()))
    };
    let by_id: Reading = |session| Ok(series::get(session, SeriesId(0))?.is_some());
    every_column(session, &series::ROWS, &[of_series, by_id]);
    clear(session, &["product"]);
    with_card(session, 0, GTINS[0], 5);
    every_column(session, &product::ROWS, &[of_series]);
    clear(session, &["series"]);

    with_card(session, 0, GTINS[0], 5);
    let range = Range { series: SeriesId(0), first: 100, count: 50 };
    let key = "KEY1".parse().unwrap();
    orders::insert(session, DocumentNo(1), range, Profile::Mac, key, PartyId(5), Timestamp(9)).unwrap();
    let by_number: Reading = |session| Ok(orders::of_number(session, SeriesId(0), 120)?.is_some());
    every_column(session, &orders::ROWS, &[by_number, |session| Ok(orders::get(session, DocumentNo(1))?.is_some())]);
    clear(session, &["series", "product"]);
}
