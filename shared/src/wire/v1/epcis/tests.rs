//! Histories and what EPCIS makes of them. The official schema reads the same files in `tests/browser/epcis.test.mjs`.

use super::*;
use crate::act::Act;
use crate::party::PartyId;
use crate::series::{PackageId, PackageLevel, SeriesId};
use crate::state::BlockReason;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/golden/epcis/");

fn at(hour: i64) -> Timestamp {
    Timestamp(1_795_341_600_000 + hour * 3_600_000)
}

fn boots(serial: &str) -> UnitName {
    UnitName { gtin: "04870402000016".to_owned(), serial: serial.to_owned() }
}

const PALLET: &str = "048704020000000016";

fn event(document: u64, kind: DocumentKind, act: Act) -> EventBody {
    EventBody::new(act.name(), document, kind, at(document as i64)).with(act)
}

/// A code from its order to the shop, with a package, a correction, a new label.
fn life() -> HistoryResponse {
    use DocumentKind as K;
    let pallet = PackageId::of(PALLET.parse().unwrap());
    let through = |event: EventBody| EventBody { through: Some(PALLET.to_owned()), ..event };
    let events = vec![
        EventBody::new(ISSUE, 2, K::OrderCodes, at(2)),
        event(3, K::Apply, Act::Apply),
        event(4, K::Introduce, Act::Introduce),
        event(5, K::Aggregate, Act::Pack(pallet)),
        through(event(6, K::Ship, Act::Ship)),
        through(event(7, K::Accept, Act::Accept(PartyId(2)))),
        EventBody { package: Some(PALLET.to_owned()), ..event(8, K::TakeOut, Act::Unpack(PartyId(2))) },
        event(9, K::Withdraw, Act::Withdraw(WithdrawalReason::RetailSale)),
        event(10, K::Correct, Act::Undo),
        event(11, K::SellInner, Act::SellInner(2)),
        EventBody { other: Some(boots("3NEW/1")), ..event(12, K::Remark, Act::ReplacedBy(SeriesId(0), 7)) },
        event(12, K::Remark, Act::Withdraw(WithdrawalReason::Remarking)),
    ];
    HistoryResponse { unit: Some(boots("3A7K9M2PQ4XY1")), package: None, events }
}

fn package() -> HistoryResponse {
    use DocumentKind as K;
    let events = vec![
        event(5, K::Aggregate, Act::Form(PartyId(1), PackageLevel::Pallet)),
        event(6, K::Ship, Act::Ship),
        event(7, K::RefuseShipment, Act::EndTransfer),
        event(8, K::Add, Act::Repack),
        event(9, K::Disaggregate, Act::Dissolve),
    ];
    HistoryResponse { unit: None, package: Some(PALLET.to_owned()), events }
}

/// A package whose contents change: by name, by quantity, all of it gone, and a correction of that.
fn packing() -> HistoryResponse {
    use DocumentKind as K;
    let children = |serials: &[&str], packages: &[&str]| {
        let packages = packages.iter().map(|sscc| (*sscc).to_owned()).collect();
        ChildrenBody {
            units: serials.iter().map(|serial| boots(serial)).collect(),
            packages,
            ..ChildrenBody::default()
        }
    };
    let counted = |count| ProductCount { gtin: "04870402000016".to_owned(), count };
    let many = ChildrenBody { products: vec![counted(2_000)], ..ChildrenBody::default() };
    let formed = event(5, K::Aggregate, Act::Form(PartyId(1), PackageLevel::Pallet));
    let outer = PackageId::of("048704020000000023".parse().unwrap());
    let events = vec![
        EventBody { packed: Some(children(&["3A7K9M2PQ4XY1", "3B/1"], &["048704020000000030"])), ..formed },
        event(5, K::Aggregate, Act::Pack(outer)),
        EventBody { packed: Some(many.clone()), ..event(6, K::Add, Act::Repack) },
        EventBody {
            unpacked: Some(children(&["3B/1"], &["048704020000000030"])),
            packed: Some(children(&["3C"], &[])),
            ..event(7, K::Replace, Act::Repack)
        },
        event(8, K::Correct, Act::Undo),
        EventBody { unpacked: Some(many), ..event(9, K::Disaggregate, Act::Dissolve) },
    ];
    HistoryResponse { unit: None, package: Some(PALLET.to_owned()), events }
}

/// Every act and every reason there is, whatever may follow what.
fn everything() -> HistoryResponse {
    let mut events = Vec::new();
    let mut number = 20;
    let mut push = |kind, act: Act| {
        number += 1;
        let other = matches!(act, Act::Replaces(..) | Act::ReplacedBy(..)).then(|| boots("3B"));
        events.push(EventBody { other, ..event(number, kind, act) });
    };
    for code in 0..=u8::MAX {
        if let Some(act) = Act::from_code(code, 0).or(Act::from_code(code, 1)) {
            push(DocumentKind::Apply, act);
        }
    }
    for reason in WithdrawalReason::ALL {
        push(DocumentKind::Withdraw, Act::Withdraw(*reason));
        push(DocumentKind::WriteOff, Act::WriteOff(*reason));
    }
    for reason in BlockReason::ALL {
        push(DocumentKind::Block, Act::Block(*reason));
    }
    push(DocumentKind::Transform, Act::Withdraw(WithdrawalReason::Transformation));
    push(DocumentKind::Transform, Act::Introduce);
    HistoryResponse { unit: Some(boots("3'&/%?#\"")), package: None, events }
}

#[test]
fn histories_are_told_as_published() {
    let told = [("life", life()), ("package", package()), ("packing", packing()), ("everything", everything())];
    for (name, history) in told {
        let document = EpcisDocument::of(&history, at(100));
        let text = serde_json::to_string_pretty(&document).unwrap() + "\n";
        let path = format!("{GOLDEN}{name}.json");
        if std::env::var_os("UPDATE").is_some() && !std::path::Path::new(&path).exists() {
            std::fs::write(&path, &text).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "{name}");
    }
}

#[test]
fn every_act_is_told_and_no_two_events_have_one_id() {
    let history = everything();
    assert_eq!(EpcisDocument::of(&history, at(100)).epcis_body.event_list.len(), history.events.len());
    for history in [everything(), packing()] {
        let list = EpcisDocument::of(&history, at(100)).epcis_body.event_list;
        let stand = list.iter().filter(|event| event.error.is_none());
        let mut ids: Vec<&str> = stand.map(|event| event.id.as_str()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }
}

#[test]
fn what_came_and_went_is_told_and_taken_back() {
    let list = EpcisDocument::of(&packing(), at(100)).epcis_body.event_list;
    let of = |document: u64, action: &str| {
        let of = |event: &&EpcisEvent| event.id.starts_with(&format!("urn:tanba:event:{document}:"));
        let aggregation =
            list.iter().filter(of).filter(|event| event.parent.as_deref() == package_link(PALLET).as_deref());
        let events: Vec<_> = aggregation.filter(|event| event.action == Some(action)).collect();
        let counted: u64 = events.iter().flat_map(|event| &event.quantities).map(|of| of.quantity).sum();
        (events.iter().map(|event| event.children.len()).collect::<Vec<_>>(), counted)
    };
    assert_eq!((of(5, "ADD"), of(6, "ADD")), ((vec![3], 0), (vec![0], 2_000)));
    assert_eq!((of(7, "DELETE"), of(7, "ADD")), ((vec![2, 2], 0), (vec![1, 1], 0)), "and once more, taken back");
    assert_eq!(of(9, "DELETE"), (vec![0], 2_000));
    assert_eq!(list.iter().filter(|event| event.error.is_some()).count(), 3);
}

#[test]
fn a_correction_repeats_what_it_takes_back() {
    let list = EpcisDocument::of(&life(), at(100)).epcis_body.event_list;
    let (sale, correction) = (&list[7], &list[8]);
    assert_eq!(correction.error.as_ref().unwrap().time, at(10));
    assert_eq!(*sale, EpcisEvent { error: None, ..correction.clone() });
}
