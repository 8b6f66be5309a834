//! What the block writer writes is what the engine folds of the log.

use super::fill_with;
use crate::world::{Size, World};
use backend_store::Store;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::Path;
use tests::place::Folder;

fn blocks(path: &Path) -> BTreeMap<i64, Vec<u8>> {
    let connection = Connection::open(path).unwrap();
    let mut statement = connection.prepare("SELECT place, bytes FROM block").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn the_engine_folds_the_same_blocks() {
    let world = World::new(Size::small());
    let folder = Folder::new("fill");
    let (written, folded) = (folder.path().join("written.sqlite"), folder.path().join("folded.sqlite"));
    fill_with(&written, &world, true).unwrap();
    fill_with(&folded, &world, false).unwrap();
    Store::open(&folded).unwrap().fold().unwrap();
    let (written, folded) = (blocks(&written), blocks(&folded));
    assert_eq!(written.keys().collect::<Vec<_>>(), folded.keys().collect::<Vec<_>>());
    for (place, bytes) in &written {
        assert_eq!(Some(bytes), folded.get(place), "{place:?}");
    }
}
