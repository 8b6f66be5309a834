//! Reads symbols that another program drew: `tests/golden/scan`, made with bwip-js 4.11.

use std::fs;
use std::path::Path;

use serde_json::Value;

#[test]
fn symbols() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/scan");
    let rows: Vec<Value> = serde_json::from_slice(&fs::read(folder.join("symbols.json")).unwrap()).unwrap();
    assert!(rows.len() >= 15);
    for row in rows {
        let file = row["file"].as_str().unwrap();
        let found = scan::read_image(&fs::read(folder.join(file)).unwrap()).unwrap();
        let [one] = found.as_slice() else {
            panic!("{file}: {found:?}");
        };
        assert_eq!(one.text, row["text"], "{file}");
        assert_eq!(Value::from(one.gs1), row["gs1"], "{file}");
        assert_eq!(serde_json::to_value(one.symbology).unwrap(), row["symbology"], "{file}");
        assert_eq!(one.corners.len(), 4);
    }
}
