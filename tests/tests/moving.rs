//! A ledger moved from one database to another is the same ledger: to the byte of its export, and in every answer.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use backend_audit::{Options, audit};
use backend_store::export::{Home, MoveError, Moved, export, import};
use backend_store::{Raw, Settings, Store};
use rusqlite::Connection;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use tests::ledger::cards::{domestic, gtin};
use tests::ledger::life::ALL;
use tests::ledger::look::look;
use tests::ledger::variant::{Base, Folding, Home as Kept, Variant};
use tests::ledger::world::World;
use tests::place::Folder;
use tests::postgres::Cluster;

/// A copy of the file of a ledger that is open.
fn copy(world: &World, path: &Path) {
    let Kept::Sqlite(home) = world.home() else { panic!("a ledger in a file") };
    let db = Connection::open(home.path().join("ledger.sqlite")).unwrap();
    db.execute("VACUUM INTO ?1", [path.to_str().unwrap()]).unwrap();
}

fn exported(from: Home<'_>) -> (Vec<u8>, Moved) {
    let mut file = Vec::new();
    let moved = export(from, &mut file).unwrap();
    assert_eq!(moved.bytes, file.len() as u64);
    assert_eq!(file[file.len() - 32..], moved.checksum);
    (file, moved)
}

fn clean(mut raw: Raw) {
    let report = audit(&mut raw, Options::default()).unwrap();
    assert!(report.is_clean(), "{:?}", report.mismatches);
}

/// One of the stories, with what a ledger has besides.
fn told(name: &str, folding: Folding) -> World {
    let mut world = World::new(Variant { folding, ..Variant::plain(Base::Sqlite) });
    let (_, story) = ALL.iter().find(|(held, _)| *held == name).unwrap();
    story(&mut world);
    world
}

/// From a file to a server and back, into as many parts as you like: the exports are equal, and so are the answers.
#[test]
fn there_and_back() {
    let cluster = Cluster::shared();
    let foldings = [Folding::Never, Folding::EachStep, Folding::At(9)];
    for ((name, _), folding) in ALL.iter().zip(foldings.into_iter().cycle()) {
        let mut world = told(name, folding);
        // Some of it folded, some of it not.
        let by = world.parties.producer;
        world.ok(by, shared::document::Document::RegisterProduct(domestic(900, shared::group::ProductGroup::Footwear)));
        let folder = Folder::new("moving");
        let path = |name: &str| -> PathBuf { folder.path().join(name) };
        copy(&world, &path("first"));
        let (first, moved) = exported(Home::Sqlite(&path("first")));
        assert!(moved.documents > 0 && moved.rows > 0);
        let url = cluster.database("moving");
        let taken = import(&mut Cursor::new(&first), Home::Postgres(&url), 16).unwrap();
        assert_eq!(taken, moved, "{name}");
        clean(Raw::postgres(&url).unwrap());
        let (second, _) = exported(Home::Postgres(&url));
        assert!(first == second, "{name}: another file");
        import(&mut Cursor::new(&second), Home::Sqlite(&path("last")), 1).unwrap();
        let (third, _) = exported(Home::Sqlite(&path("last")));
        assert!(first == third, "{name}: another file at the end");
        clean(Raw::open(&path("last")).unwrap());
        // It answers as it did, and goes on.
        let expected = look(world.store(), &world.model);
        for store in [Store::open(&path("last")).unwrap(), Store::postgres(&url, Settings::default()).unwrap()] {
            assert!(look(&store, &world.model) == expected, "{name}: another answer");
            store.fold().unwrap();
            assert!(look(&store, &world.model) == expected, "{name}: another answer after a fold");
            assert!(store.series(gtin(900)).unwrap().is_some());
        }
        clean(Raw::open(&path("last")).unwrap());
    }
}

#[test]
fn a_file_that_was_cut_or_changed_makes_no_ledger() {
    let world = told("units", Folding::EachStep);
    let folder = Folder::new("cut");
    let path = |name: &str| folder.path().join(name);
    copy(&world, &path("first"));
    let (file, _) = exported(Home::Sqlite(&path("first")));
    let refused = |at: usize, file: &[u8]| {
        let target = folder.path().join(format!("target-{at}"));
        let error = import(&mut Cursor::new(file), Home::Sqlite(&target), 1).unwrap_err();
        assert!(matches!(error, MoveError::Altered | MoveError::NotAnExport), "{error:?}");
        // Nothing was made.
        assert!(!target.exists());
    };
    for at in (0..file.len()).step_by(file.len() / 40) {
        refused(at, &file[..at]);
        let mut changed = file.clone();
        changed[at] ^= 1;
        refused(at, &changed);
    }
    refused(file.len(), &[file.as_slice(), b"more"].concat());
}

/// A file with a right checksum and a wrong content leaves something that does not open.
#[test]
fn an_import_that_fails_leaves_no_ledger() {
    use sha2::Digest as _;
    let world = told("packages", Folding::EachStep);
    let folder = Folder::new("failed");
    let path = |name: &str| folder.path().join(name);
    copy(&world, &path("first"));
    let (file, _) = exported(Home::Sqlite(&path("first")));
    let content = &file[..file.len() - 32];
    for at in 1..8 {
        let mut wrong = content[..content.len() * at / 8].to_vec();
        let checksum: [u8; 32] = sha2::Sha256::digest(&wrong).into();
        wrong.extend(checksum);
        let target = path(&format!("target-{at}"));
        import(&mut Cursor::new(&wrong), Home::Sqlite(&target), 1).unwrap_err();
        assert!(Store::open(&target).is_err(), "half a ledger opens");
        let again = import(&mut Cursor::new(&file), Home::Sqlite(&target), 1);
        assert!(matches!(again, Err(MoveError::NotEmpty)), "{again:?}");
    }
}

#[test]
fn only_an_empty_ledger_is_imported_into() {
    let world = told("units", Folding::Never);
    let folder = Folder::new("full");
    let path = |name: &str| folder.path().join(name);
    copy(&world, &path("first"));
    copy(&world, &path("other"));
    let (file, moved) = exported(Home::Sqlite(&path("first")));
    let refused = import(&mut Cursor::new(&file), Home::Sqlite(&path("other")), 1);
    assert!(matches!(refused, Err(MoveError::NotEmpty)), "{refused:?}");
    // One that was opened and never used is empty.
    drop(Store::open(&path("unused")).unwrap());
    assert_eq!(import(&mut Cursor::new(&file), Home::Sqlite(&path("unused")), 4).unwrap(), moved);
    // What is not there is not exported, nor made by that.
    assert!(export(Home::Sqlite(&path("nowhere")), &mut Vec::new()).is_err());
    assert!(!path("nowhere").exists());
    // A ledger that is open is nobody else's.
    let _open = Store::open(&path("first")).unwrap();
    assert!(export(Home::Sqlite(&path("first")), &mut Vec::new()).is_err());
}
