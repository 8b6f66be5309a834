//! Any sequence of documents leaves the store as it leaves a plain map of units.

#![cfg(test)]

mod support;

use backend_ledger::{Command, Party, transition};
use backend_store::SubmitError;
use proptest::prelude::*;
use shared::document::{Document, Range};
use shared::refusal::RefusalCode;
use shared::seal::Profile;
use shared::state::{BlockReason, DocumentNo, Status, UnitState, WithdrawalReason};
use std::collections::HashMap;
use support::{GTINS, World, facts, gtin, range};

#[derive(Clone, Debug)]
enum Step {
    Order(usize, u64),
    Apply(Vec<(usize, u64, u64)>),
    Introduce(usize, Vec<(u64, u64)>),
    Withdraw(Vec<(usize, u64, u64)>, usize),
    Block(Vec<(usize, u64, u64)>),
    Unblock(Vec<(usize, u64, u64)>),
}

fn units() -> impl Strategy<Value = Vec<(usize, u64, u64)>> {
    let one = (0_usize..2, 0_u64..9_000, prop_oneof![Just(1_u64), 1_u64..50, 1_u64..5_000]);
    proptest::collection::vec(one, 1..4)
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => (0_usize..2, 1_u64..5_000).prop_map(|(of, quantity)| Step::Order(of, quantity)),
        3 => units().prop_map(Step::Apply),
        3 => (0_usize..2, proptest::collection::vec((0_u64..9_000, 1_u64..4_000), 1..3))
            .prop_map(|(of, ranges)| Step::Introduce(of, ranges)),
        3 => (units(), 0..WithdrawalReason::ALL.len()).prop_map(|(units, reason)| Step::Withdraw(units, reason)),
        1 => units().prop_map(Step::Block),
        1 => units().prop_map(Step::Unblock),
    ]
}

/// The map of units, one entry each.
#[derive(Clone, Default)]
struct Model(HashMap<(usize, u64), UnitState>);

impl Model {
    fn issued(&self, of: usize) -> u64 {
        self.0.keys().filter(|(series, _)| *series == of).count() as u64
    }

    /// Applies a command to units one by one; nothing if one of them refuses or stands twice.
    fn change(&self, units: &[(usize, u64, u64)], command: Command) -> Option<Self> {
        let mut next = self.clone();
        let mut seen = std::collections::HashSet::new();
        for (of, first, count) in units {
            for number in *first..first + count {
                let state = next.0.get_mut(&(*of, number))?;
                *state = transition(state, &command).ok()?;
                if !seen.insert((*of, number)) {
                    return None;
                }
            }
        }
        Some(next)
    }
}

fn ranges(units: &[(usize, u64, u64)]) -> Vec<Range> {
    units.iter().map(|(of, first, count)| range(GTINS[*of], *first, *count)).collect()
}

/// The document of a step, who sends it, and the model after it.
fn prepare(world: &World, model: &Model, step: &Step, number: DocumentNo) -> (Party, Document, Option<Model>) {
    match step {
        Step::Order(of, quantity) => {
            let mut next = model.clone();
            let issued = model.issued(*of);
            next.0.extend((issued..issued + quantity).map(|at| ((*of, at), UnitState::EMITTED)));
            let document =
                Document::OrderCodes { gtin: gtin(GTINS[*of]), quantity: *quantity, profile: Profile::Signed };
            (world.producer, document, Some(next))
        }
        Step::Apply(units) => {
            (world.producer, Document::Apply { units: ranges(units) }, model.change(units, Command::Apply))
        }
        Step::Introduce(of, parts) => {
            let units: Vec<_> = parts.iter().map(|(first, count)| (*of, *first, *count)).collect();
            let document = Document::Introduce { units: ranges(&units), facts: facts() };
            (world.producer, document, model.change(&units, Command::Introduce(number)))
        }
        Step::Withdraw(units, reason) => {
            let reason = WithdrawalReason::ALL[*reason];
            let is_sale = reason == WithdrawalReason::RetailSale;
            let document = Document::Withdraw { units: ranges(units), reason, region: None };
            let by = if is_sale { world.seller } else { world.producer };
            (by, document, model.change(units, Command::Withdraw(number, reason)))
        }
        Step::Block(units) => {
            let document = Document::Block { units: ranges(units), reason: BlockReason::Unsafe };
            (world.inspector, document, model.change(units, Command::Block(number)))
        }
        Step::Unblock(units) => {
            (world.inspector, Document::Unblock { units: ranges(units) }, model.change(units, Command::Unblock))
        }
    }
}

/// Every unit by its own look-up in the projection's source, and the counts.
fn check(world: &World, model: &Model) -> Result<(), TestCaseError> {
    for (of, text) in GTINS.iter().enumerate() {
        let issued = model.issued(of);
        let counts = world.store.counts(gtin(text)).unwrap().unwrap();
        let of_status = |status| {
            model.0.iter().filter(|((series, _), state)| *series == of && state.status == status).count() as u64
        };
        prop_assert_eq!(counts.issued, issued);
        prop_assert_eq!(counts.by_status.iter().sum::<u64>(), issued, "issued is the sum of the statuses");
        for (at, status) in Status::ALL.iter().enumerate() {
            prop_assert_eq!(counts.by_status[at], of_status(*status), "{}", status);
        }
        for number in (0..issued + 2).step_by(7) {
            let unit = world.store.unit(gtin(text), number).unwrap().map(|unit| unit.state);
            prop_assert_eq!(unit, model.0.get(&(of, number)).copied(), "{} of {}", number, text);
        }
    }
    Ok(())
}

/// Redoes the fold of the documents from their ranges alone, as a second reader would.
fn refold(world: &World) -> HashMap<(String, u64), Status> {
    let mut units = HashMap::new();
    for document in world.store.documents(DocumentNo(0), 1_000).unwrap() {
        for range in &document.ranges {
            for number in range.first..range.first + range.count {
                let status = match document.kind.as_str() {
                    "order_codes" => Status::Emitted,
                    "apply" => Status::Applied,
                    "introduce" => Status::InCirculation,
                    "withdraw" => Status::Withdrawn,
                    _ => continue,
                };
                units.insert((range.gtin.to_string(), number), status);
            }
        }
    }
    units
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_store_is_a_plain_map(steps in proptest::collection::vec(step(), 1..16)) {
        let mut world = World::new();
        let mut model = Model::default();
        let mut applied = GTINS.len() as u64;
        for step in &steps {
            let (by, document, next) = prepare(&world, &model, step, DocumentNo(applied + 1));
            match (world.send(by, document), next) {
                (Ok(receipt), Some(next)) => {
                    applied += 1;
                    prop_assert!(receipt.response.body.starts_with(&format!("{applied} ")), "numbers have no gaps");
                    model = next;
                }
                (Err(SubmitError::Refused(_)), None) => {}
                (got, expected) => {
                    return Err(TestCaseError::fail(format!("{step:?}: {got:?}, model took it: {}", expected.is_some())));
                }
            }
        }
        check(&world, &model)?;
        let folded = refold(&world);
        prop_assert_eq!(folded.len(), model.0.len());
        for ((of, number), state) in &model.0 {
            prop_assert_eq!(folded.get(&(GTINS[*of].to_owned(), *number)), Some(&state.status));
        }
    }
}

#[test]
fn a_refused_document_takes_no_number() {
    let mut world = World::new();
    let refused = world.send(world.producer, Document::Apply { units: vec![range(GTINS[0], 0, 1)] });
    let Err(SubmitError::Refused(refusal)) = refused else { panic!() };
    assert_eq!(refusal.code, RefusalCode::CodeNotIssued);
    assert_eq!(world.store.documents(DocumentNo(0), 9).unwrap().len(), GTINS.len());
}
