//! The stories of [`tests::ledger::life`], told to each variant of the store.

use tests::ledger::life::{self, ALL};
use tests::ledger::variant::{Base, Folding, Variant};
use tests::ledger::world::World;

/// Plays a story in every variant. Each equals the model, and all say the same to every question.
fn play(name: &str) {
    let (_, story) = ALL.iter().find(|(held, _)| *held == name).unwrap();
    let mut first: Option<String> = None;
    for variant in Variant::all() {
        let mut world = World::new(variant);
        story(&mut world);
        world.check();
        let transcript = world.transcript();
        // What was written is what is read again, and folding it changes nothing.
        world.reopen();
        world.check();
        world.store().fold().unwrap();
        world.check();
        assert_eq!(world.transcript(), transcript, "{variant}: another answer after it was opened again and folded");
        match &first {
            None => first = Some(transcript),
            Some(first) => assert!(*first == transcript, "{variant}: {}", difference(first, &transcript)),
        }
    }
}

fn difference(one: &str, other: &str) -> String {
    let differs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    let (one, other) = differs.unwrap_or(("the longer of the two has lines that the other lacks", ""));
    format!("\n  {one}\nand\n  {other}")
}

#[test]
fn units() {
    play("units");
}

#[test]
fn blocks() {
    play("blocks");
}

#[test]
fn packages() {
    play("packages");
}

#[test]
fn opened() {
    play("opened");
}

#[test]
fn shipments() {
    play("shipments");
}

#[test]
fn serials() {
    play("serials");
}

#[test]
fn corrections() {
    play("corrections");
}

#[test]
fn repacked() {
    play("repacked");
}

#[test]
fn imports() {
    play("imports");
}

#[test]
fn every_story_is_played() {
    assert_eq!(ALL.len(), 9, "a story has no test of its own here");
}

/// A store that folds now and then, of which the log is long gone from memory, goes on as if nothing had been.
#[test]
fn parts_are_kept_as_the_ledger_was_made() {
    for base in [Base::Sqlite, Base::Postgres] {
        let mut world = World::new(Variant { parts: 16, folding: Folding::EachStep, ..Variant::plain(base) });
        let producer = world.parties.producer;
        life::ordered(&mut world, producer, 1, 100);
        world.variant.parts = 3;
        world.reopen();
        life::introduced(&mut world, producer, 2, 5_000);
        life::introduced(&mut world, producer, 3, 50);
        world.check();
    }
}
