//! Every row of the state machine: status × flag × act.
//!
//! `UPDATE=1 cargo test -p backend-ledger` writes the golden table anew; its diff is what is reviewed.

use crate::support::golden;
use backend_ledger::transition;
use shared::act::Act;
use shared::party::PartyId;
use shared::refusal::RefusalCode;
use shared::series::{PackageId, PackageLevel, SeriesId};
use shared::state::{BlockReason, DocumentNo, Status, UnitState, WithdrawalReason};
use std::fmt::Write;

const PAST: DocumentNo = DocumentNo(5);

/// Flags beside the status.
pub(crate) const FLAGS: [&str; 6] = ["blocked", "recalled", "transfer", "customs", "packed", "partial"];

pub(crate) fn with_flag(mut state: UnitState, flag: &str) -> UnitState {
    match flag {
        "blocked" => state.blocked = Some((PAST, BlockReason::Unsafe)),
        "recalled" => state.recalled = Some(PAST),
        "transfer" => state.transfer = Some(PAST),
        "customs" => state.customs = Some(PAST),
        "packed" => state.package = PackageId::new(7),
        "partial" => state.inner_sold = 3,
        _ => panic!("{flag}"),
    }
    state
}

/// A unit in each status; withdrawn both for a reason that lets it return and for one that does not.
pub(crate) fn units() -> Vec<(&'static str, UnitState)> {
    use Status::{Annulled, Applied, Emitted, InCirculation, Withdrawn, WrittenOff};
    let of = |status, withdrawn: Option<WithdrawalReason>| UnitState {
        status,
        applied: (!matches!(status, Emitted | Annulled)).then_some(PAST),
        introduced: matches!(status, InCirculation | Withdrawn).then_some(PAST),
        withdrawn: withdrawn.map(|reason| (PAST, Some(reason))),
        ..UnitState::EMITTED
    };
    vec![
        ("emitted", of(Emitted, None)),
        ("applied", of(Applied, None)),
        ("in_circulation", of(InCirculation, None)),
        ("withdrawn:retail_sale", of(Withdrawn, Some(WithdrawalReason::RetailSale))),
        ("withdrawn:destruction", of(Withdrawn, Some(WithdrawalReason::Destruction))),
        ("written_off", of(WrittenOff, Some(WithdrawalReason::Loss))),
        ("annulled", UnitState { withdrawn: Some((PAST, None)), ..of(Annulled, None) }),
    ]
}

/// A package in each status.
pub(crate) fn packages() -> Vec<(&'static str, UnitState)> {
    use Status::{Applied, Dissolved, Formed, InCirculation, Withdrawn};
    [
        ("package:formed", Formed),
        ("package:applied", Applied),
        ("package:in_circulation", InCirculation),
        ("package:withdrawn", Withdrawn),
        ("package:dissolved", Dissolved),
    ]
    .into_iter()
    .map(|(name, status)| {
        let owner = Some(PartyId(1));
        (name, UnitState { status, owner, level: Some(PackageLevel::Transport), ..UnitState::EMITTED })
    })
    .collect()
}

/// Every act; those with a reason once for each.
pub(crate) fn acts() -> Vec<(String, Act)> {
    let (package, party) = (PackageId::new(8).unwrap(), PartyId(2));
    let mut acts = vec![Act::Apply, Act::Introduce];
    acts.extend(WithdrawalReason::ALL.iter().map(|reason| Act::Withdraw(*reason)));
    acts.extend([Act::Return, Act::Annul]);
    acts.extend(WithdrawalReason::ALL.iter().map(|reason| Act::WriteOff(*reason)));
    acts.extend([
        Act::Block(BlockReason::Investigation),
        Act::Unblock,
        Act::Recall,
        Act::LiftRecall,
        Act::Ship,
        Act::Accept(party),
        Act::EndTransfer,
        Act::AwaitCustoms,
        Act::ClearCustoms,
        Act::SellInner(1),
        Act::Pack(package),
        Act::Unpack(party),
        Act::ReplacedBy(SeriesId(1), 1),
        Act::Replaces(SeriesId(1), 1),
        Act::Form(party, PackageLevel::Pallet),
        Act::Dissolve,
        Act::Repack,
        Act::Register,
        Act::Recognise,
        Act::Undo,
    ]);
    let name = |act: &Act| match act {
        Act::Withdraw(reason) | Act::WriteOff(reason) => format!("{}:{reason}", act.name()),
        _ => act.name().to_owned(),
    };
    acts.iter().map(|act| (name(act), *act)).collect()
}

/// The flag that an act needs.
pub(crate) fn needs(act: Act) -> Option<&'static str> {
    match act {
        Act::Unblock => Some("blocked"),
        Act::LiftRecall => Some("recalled"),
        Act::Accept(_) | Act::EndTransfer => Some("transfer"),
        Act::ClearCustoms => Some("customs"),
        Act::Unpack(_) => Some("packed"),
        Act::Withdraw(WithdrawalReason::SoldOut) => Some("partial"),
        _ => None,
    }
}

fn answer(from: &UnitState, act: Act) -> String {
    match transition(from, &act) {
        Ok(next) => {
            let flags = [
                ("blocked", next.blocked.is_some()),
                ("recalled", next.recalled.is_some()),
                ("transfer", next.transfer.is_some()),
                ("customs", next.customs.is_some()),
                ("packed", next.package.is_some()),
                ("partial", next.inner_sold > 0),
            ];
            let set = flags.iter().filter(|(_, is_set)| *is_set);
            set.fold(format!("→ {}", next.status), |text, (flag, _)| text + " +" + flag)
        }
        Err(code) => code.name().to_owned(),
    }
}

#[test]
fn every_row() {
    let mut table = format!("from\tact\tplain\t{}\n", FLAGS.join("\t"));
    for (from, state) in units().into_iter().chain(packages()) {
        for (name, act) in acts() {
            write!(table, "{from}\t{name}\t{}", answer(&state, act)).unwrap();
            for flag in FLAGS {
                write!(table, "\t{}", answer(&with_flag(state, flag), act)).unwrap();
            }
            table.push('\n');
        }
    }
    golden("tests/golden/ledger/transitions.tsv", &table);
}

#[test]
fn every_status_act_and_set_of_flags_follows_from_the_rows() {
    for (from, state) in units().into_iter().chain(packages()) {
        for (name, act) in acts() {
            let needed = needs(act);
            if state.level.is_some() && transition(&needed.map_or(state, |flag| with_flag(state, flag)), &act).is_err()
            {
                // A package has fewer acts and flags: what is refused without others is refused with them.
                let all = FLAGS.into_iter().fold(state, with_flag);
                assert!(transition(&all, &act).is_err(), "{from} {name}");
                continue;
            }
            let base = needed.map_or(state, |flag| with_flag(state, flag));
            for set in 0..1_u32 << FLAGS.len() {
                let flags: Vec<&str> = FLAGS
                    .into_iter()
                    .enumerate()
                    .filter(|(bit, _)| set >> bit & 1 == 1)
                    .map(|(_, flag)| flag)
                    .collect();
                let whole = transition(&flags.iter().fold(state, |state, flag| with_flag(state, flag)), &act);
                let singles: Vec<RefusalCode> =
                    flags.iter().filter_map(|flag| transition(&with_flag(base, flag), &act).err()).collect();
                let lacks = needed.is_some_and(|needed| !flags.contains(&needed));
                let plain = transition(&base, &act).err();
                match whole {
                    Ok(_) => assert!(singles.is_empty() && !lacks && plain.is_none(), "{from} {name} {flags:?}"),
                    Err(code) => {
                        let lacking = lacks.then(|| transition(&state, &act).err()).flatten();
                        let told = singles.contains(&code) || plain == Some(code) || lacking == Some(code);
                        assert!(told, "{from} {name} {flags:?}: {code:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn an_act_names_its_document_and_keeps_the_rest() {
    let introduced = units()[2].1;
    let sold = transition(&introduced, &Act::Withdraw(WithdrawalReason::RetailSale)).unwrap();
    let withdrawn = Some((DocumentNo(0), Some(WithdrawalReason::RetailSale)));
    assert_eq!(sold, UnitState { status: Status::Withdrawn, withdrawn, ..introduced });
    let blocked = transition(&sold, &Act::Block(BlockReason::Unsafe)).unwrap();
    let again = transition(&blocked, &Act::Block(BlockReason::Recalled)).unwrap();
    assert_eq!(again.blocked, Some((DocumentNo(0), BlockReason::Recalled)), "the newer block takes the place");
    assert_eq!(transition(&again, &Act::Unblock).unwrap(), sold);
    assert_eq!(transition(&sold, &Act::Return).unwrap(), introduced);
}
