//! Cards, orders, serials of participants and of other states.

use crate::support::*;
use RefusalCode as R;
use backend_ledger::{Also, Party};
use shared::document::{Document, Range};
use shared::group::ProductGroup;
use shared::product::Product;
use shared::refusal::RefusalCode;
use shared::seal::Profile;
use shared::series::{SeriesId, SeriesKind};
use shared::state::{Status, WithdrawalReason};

const NEW: &str = "04870001234584";

#[test]
fn cards_and_orders() {
    let mut book = Memory::new();
    let order = |of: &str, quantity| Document::OrderCodes { gtin: gtin(of), quantity, profile: Profile::Signed };
    let card = product(NEW, ProductGroup::Tobacco, "DE");
    let unnamed = Product { importer: None, ..card.clone() };
    let rows = [
        (SELLER, order(SHOES, 1), R::Forbidden, ""),
        (MAKER, order(NEW, 1), R::ProductUnknown, "/gtin"),
        (IMPORTER, order(SHOES, 1), R::ProductNotYours, "/gtin"),
        (MAKER, order(SHOES, 0), R::QuantityOutOfRange, "/quantity"),
        (MAKER, order(SHOES, 10_000_001), R::QuantityOutOfRange, "/quantity"),
        (MAKER, Document::RegisterProduct(product(SHOES, ProductGroup::Beer, "KZ")), R::ProductExists, "/gtin"),
        (IMPORTER, Document::RegisterProduct(unnamed), R::ImporterMismatch, "/importer"),
        (INSPECTOR, Document::RegisterProduct(card.clone()), R::Forbidden, ""),
    ];
    for (by, document, code, at) in rows {
        assert_eq!(book.refusals(by, document.clone()), [(code, at.to_owned())], "{document:?}");
    }
    let (_, decision) = book.ok(MAKER, order(SHOES, 5));
    let next = Range { series: SeriesId(0), first: 1_000, count: 5 };
    assert_eq!(decision.also, Also::Order { range: next, profile: Profile::Signed });
    assert!(decision.effects.is_empty(), "a code costs nothing until something happens to it");
}

#[test]
fn a_series_ends_at_its_capacity() {
    let mut book = Memory::new();
    book.ok(IMPORTER, Document::RegisterProduct(product(NEW, ProductGroup::Tobacco, "DE")));
    book.series[3].issued = ProductGroup::Tobacco.serial_format().capacity() - 3;
    let order = |quantity| Document::OrderCodes { gtin: gtin(NEW), quantity, profile: Profile::Signed };
    let asked = book.ask(IMPORTER, order(4), false);
    let refusals = book.submit(asked).unwrap_err();
    assert_eq!(refusals[0].code, R::SeriesExhausted);
    assert_eq!(refusals[0].args.get("left").map(String::as_str), Some("3"));
    book.ok(IMPORTER, order(3));
}

fn own(serials: &[&str]) -> Document {
    Document::RegisterSerials { gtin: gtin(SHOES), serials: serials.iter().map(|&one| one.into()).collect() }
}

fn foreign(state: &str, serials: &[&str]) -> Document {
    let serials = serials.iter().map(|&one| one.into()).collect();
    Document::RecogniseSerials { gtin: gtin(SHOES), state: state.into(), serials }
}

#[test]
fn serials_are_registered_once() {
    let mut book = Memory::new();
    book.ok(MAKER, own(&["A1", "A2"]));
    book.ok(IMPORTER, foreign("RU", &["RU-1"]));
    let long = "X".repeat(21);
    let rows: [(Party, Document, RefusalCode, &str); 12] = [
        (MAKER, own(&["B1", "A2"]), R::SerialExists, "/serials/1"),
        (MAKER, own(&["RU-1"]), R::SerialExists, "/serials/0"),
        (IMPORTER, foreign("BY", &["A1"]), R::SerialExists, "/serials/0"),
        (MAKER, own(&["B1", "B1"]), R::CodeRepeated, "/serials/1"),
        (MAKER, own(&["B 1"]), R::SerialInvalid, "/serials/0"),
        (MAKER, own(&[""]), R::SerialInvalid, "/serials/0"),
        (MAKER, own(&["B1", &long]), R::SerialInvalid, "/serials/1"),
        (MAKER, own(&["3ABCDEFGHJKMN"]), R::SerialReserved, "/serials/0"),
        (IMPORTER, foreign("RU", &["3ABCDEFGHJKMN"]), R::SerialReserved, "/serials/0"),
        (IMPORTER, foreign("KZ", &["B1"]), R::StateInvalid, "/state"),
        (IMPORTER, own(&["B1"]), R::ProductNotYours, "/gtin"),
        (MAKER, own(&[]), R::NoUnits, "/serials"),
    ];
    for (by, document, code, at) in rows {
        assert_eq!(book.refusals(by, document.clone()), [(code, at.to_owned())], "{document:?}");
    }
    assert_eq!(book.refused(SELLER, own(&["B1"])), R::Forbidden);
}

#[test]
fn registered_serials_live_as_issued_codes_do() {
    let mut book = Memory::new();
    let (_, registered) = book.ok(MAKER, own(&["A1", "A2", "A3"]));
    let Also::Serials { kind: SeriesKind::Own, .. } = registered.also else { panic!("{registered:?}") };
    let series = SeriesId(book.series.iter().position(|series| series.kind == SeriesKind::Own).unwrap() as u32);
    // The test's book has no card on that series, a store does.
    book.series[series.0 as usize].product = book.series[0].product.clone();
    let unit = |first, count| Range { series, first, count };
    book.circulate(MAKER, unit(0, 2));
    book.ok(SELLER, withdraw(units([unit(0, 1)]), WithdrawalReason::RetailSale));
    assert_eq!(book.refused(MAKER, Document::Apply { units: vec![unit(0, 1)] }), R::AlreadyWithdrawn);
    book.ok(MAKER, Document::Annul { units: vec![unit(2, 1)] });
    // An issued code goes on for one of the participant's own: they are of one product.
    book.ok(MAKER, Document::Remark { pairs: vec![(unit(1, 1), shoes(0, 1))] });
}

#[test]
fn recognised_codes_are_in_circulation_and_their_importers() {
    let mut book = Memory::new();
    book.ok(IMPORTER, foreign("RU", &["RU-1", "RU-2"]));
    book.ok(MAKER, foreign("BY", &["BY-1"]));
    let series = SeriesId(book.series.iter().position(|series| series.kind == SeriesKind::Foreign).unwrap() as u32);
    let unit = |first| Range { series, first, count: 1 };
    assert_eq!(book.state(unit(0)).status, Status::InCirculation);
    assert_eq!([book.owner(unit(0)), book.owner(unit(2))], [IMPORTER.id, MAKER.id]);
    book.ok(MAKER, Document::Ship { items: units([unit(2)]), to: SELLER.id });
    assert_eq!(book.refused(MAKER, Document::Ship { items: units([unit(1)]), to: SELLER.id }), R::UnitNotYours);
}
