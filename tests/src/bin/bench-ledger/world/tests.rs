//! What holds of a small world: log and blocks, each computed without the other, agree.

use super::*;
use shared::act::{Act, Effect, Event};
use shared::state::UnitState;
use std::collections::BTreeMap;

type Histories = BTreeMap<(SeriesId, u64), Vec<Event>>;

fn by_log(world: &World) -> Histories {
    let mut histories = Histories::new();
    let mut next = 1;
    let mut at = shared::date::Timestamp(0);
    let mut each = |paper: &Paper, effects: &[Effect]| {
        assert_eq!(paper.document.0, next, "numbers follow one another");
        assert!(paper.at >= at, "time does not run back");
        (next, at) = (next + 1, paper.at);
        for Effect { range, act } in effects {
            for number in range.first..range.end() {
                let event = Event { document: paper.document, act: *act };
                histories.entry((range.series, number)).or_default().push(event);
            }
        }
    };
    world.first_documents(&mut each);
    for day in 0..world.size().days {
        world.documents(day, &mut each);
    }
    assert_eq!(world.last().0 + 1, next);
    histories
}

fn by_blocks(world: &World) -> Histories {
    let mut histories = Histories::new();
    let last = world.package_series_id(world.package_series()).0;
    for series in (0..last).map(SeriesId) {
        for block in 0..world.blocks_of(series).min(40) {
            world.block(series, block, &mut |first, len, event| {
                for offset in first..first + len {
                    let number = block * shared::block::BLOCK_LEN + u64::from(offset);
                    histories.entry((series, number)).or_default().push(event);
                }
            });
        }
    }
    histories
}

#[test]
fn log_and_blocks_agree() {
    let world = World::new(Size::small());
    let (log, blocks) = (by_log(&world), by_blocks(&world));
    assert_eq!(log.len(), blocks.len());
    for (place, events) in &log {
        assert_eq!(Some(events), blocks.get(place), "{place:?}");
    }
}

#[test]
fn every_step_of_every_life_is_allowed() {
    let world = World::new(Size::small());
    let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
    for (place, events) in by_log(&world) {
        let mut state = UnitState::EMITTED;
        for event in events {
            // In a box the act of taking it out comes through the package, which is allowed to be dissolved.
            state = backend_ledger::transition(&state, &event.act)
                .unwrap_or_else(|code| panic!("{place:?}: {event:?} after {state:?}: {code:?}"))
                .after(event);
            *seen.entry(event.act.name()).or_default() += 1;
        }
    }
    let expected = [
        "accept",
        "annul",
        "apply",
        "dissolve",
        "form",
        "introduce",
        "pack",
        "return",
        "ship",
        "unpack",
        "withdraw",
        "write_off",
    ];
    assert_eq!(seen.keys().copied().collect::<Vec<_>>(), expected);
}

#[test]
fn a_chain_sells_what_it_has() {
    let world = World::new(Size::small());
    let log = by_log(&world);
    let day = world.size().days;
    let mut sold = std::collections::BTreeSet::new();
    // The day that follows sells what is on the shelves, each unit once.
    for chain in 0..world.size().chains {
        for receipt in 0..world.receipts_of_chain(day) {
            for range in world.receipt(day, chain, receipt) {
                let events = &log[&(range.series, range.first)];
                assert_eq!(events.last().unwrap().act, Act::Unpack(world.chain(chain)));
                assert!(sold.insert(range));
            }
        }
    }
    assert_eq!(sold.len() as u64, world.size().chains * world.size().sold_on(day));
}

#[test]
fn what_is_left_over_is_on_the_shelves() {
    let world = World::new(Size::small());
    let log = by_log(&world);
    let mut seen = std::collections::BTreeSet::new();
    for at in 0..world.left_overs() {
        let (chain, range) = world.left_over(at);
        assert_eq!(log[&(range.series, range.first)].last().unwrap().act, Act::Unpack(world.chain(chain)));
        assert!(seen.insert(range));
    }
}
