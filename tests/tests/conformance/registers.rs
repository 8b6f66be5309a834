//! Cash registers number their receipts: a retry is told what was told, an older number is refused.

use backend_store::Idempotency;
use shared::document::Document;
use shared::refusal::RefusalCode;
use shared::series::Range;
use shared::state::WithdrawalReason;
use tests::ledger::cards;
use tests::ledger::life;
use tests::ledger::variant::{Base, Folding, Variant};
use tests::ledger::world::{Letter, NOW, World, plan, submit};

fn receipt(world: &World, unit: Range, sender: u64, number: u64) -> Letter {
    let items = cards::units(&[unit]);
    let document = Document::Withdraw { items, reason: WithdrawalReason::RetailSale, region: None };
    let idempotency = Some(Idempotency::Counted { sender, number });
    Letter { by: world.parties.seller, document, partial: false, idempotency }
}

/// Sends a receipt again to the store alone: told as before, and nothing changes.
fn again(world: &World, letter: &Letter, document: u64, place: &str) {
    let plan = plan(letter, NOW).unwrap();
    let told = submit(world.store(), plan, letter.idempotency.clone().unwrap(), "again").unwrap();
    assert!(told.replayed, "{}: {place}", world.variant);
    assert_eq!(told.response.body, format!("{{\"document\":{document}}}"), "{}: {place}", world.variant);
    let replayed = world.store().replay(letter.by.id, letter.idempotency.as_ref().unwrap()).unwrap();
    assert_eq!(replayed, Some(told), "{}: {place}", world.variant);
}

fn too_late(world: &World, letter: &Letter, place: &str) {
    let plan = plan(letter, NOW).unwrap();
    let told = submit(world.store(), plan, letter.idempotency.clone().unwrap(), "again");
    match told {
        Err(backend_store::SubmitError::Refused(refusals)) => {
            assert_eq!(refusals[0].code, RefusalCode::IdempotencyKeyReused, "{}: {place}", world.variant);
        }
        other => panic!("{}: {place}: {other:?}", world.variant),
    }
}

#[test]
fn receipts_are_counted() {
    for base in [Base::Sqlite, Base::Postgres] {
        for parts in [1, 16] {
            let mut world = World::new(Variant { parts, folding: Folding::Never, ..Variant::plain(base) });
            let producer = world.parties.producer;
            let all = life::introduced(&mut world, producer, 1, 100);
            let unit = |number: u64| cards::range(all.series, number, 1);
            let mut letters = Vec::new();
            for (number, sender) in (0..).zip([7, 8, 7, 1 << 40, 7]) {
                let letter = receipt(&world, unit(number), sender, 10 * (number + 1));
                let applied = world.deliver(letter.clone()).unwrap();
                letters.push((letter, applied.document.0));
            }
            let check = |world: &World, place: &str| {
                for (at, (letter, document)) in letters.iter().enumerate() {
                    // The last of each register.
                    if [1, 3, 4].contains(&at) {
                        again(world, letter, *document, place);
                    } else {
                        too_late(world, letter, place);
                    }
                }
            };
            check(&world, "at once");
            world.reopen();
            check(&world, "after a restart");
            world.store().fold().unwrap();
            check(&world, "after a fold");
            world.reopen();
            check(&world, "after a fold and a restart");
            // A refused receipt leaves its number free.
            let refused = receipt(&world, unit(0), 7, 60);
            assert_eq!(world.deliver(refused).unwrap_err()[0].code, RefusalCode::AlreadyWithdrawn);
            let next = receipt(&world, unit(50), 7, 60);
            world.deliver(next).unwrap();
            world.store().fold().unwrap();
            world.reopen();
            too_late(&world, &letters[4].0, "after another fold and restart");
            world.check();
        }
    }
}
