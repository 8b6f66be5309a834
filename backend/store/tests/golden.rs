//! Published bytes of the columns never change: files under `tests/golden/store` are append-only.

#![cfg(test)]

use backend_store::coding::{Damaged, ranges, runs};
use proptest::prelude::*;
use shared::block::{BLOCK_LEN, Run, Runs};
use shared::document::Range;
use shared::gs1::Gtin;
use shared::state::{DocumentNo, Status, UnitState};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden/store");

fn rows(file: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(format!("{FOLDER}/{file}")).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// `<len>x<status>[+i<introduced>][+w<withdrawn>][+b<blocked>]`, separated by spaces.
fn runs_of(text: &str) -> Runs<UnitState> {
    Runs::from_runs(text.split_whitespace().map(|run| {
        let (len, rest) = run.split_once('x').unwrap();
        let mut parts = rest.split('+');
        let mut state = UnitState { status: parts.next().unwrap().parse().unwrap(), ..UnitState::EMITTED };
        for part in parts {
            let number = Some(DocumentNo(part[1..].parse().unwrap()));
            match &part[..1] {
                "i" => state.introduced = number,
                "w" => state.withdrawn = number,
                _ => state.blocked = number,
            }
        }
        Run { len: len.parse().unwrap(), state }
    }))
}

#[test]
fn blocks() {
    for row in rows("blocks.tsv") {
        let [gtin, block, text, bytes] = &row[..] else { panic!("{row:?}") };
        let (gtin, block): (Gtin, u64) = (gtin.parse().unwrap(), block.parse().unwrap());
        assert_eq!(&hex(&runs::encode(gtin, block, &runs_of(text))), bytes, "{text}");
        assert_eq!(runs::decode(gtin, block, &unhex(bytes)), Ok(runs_of(text)), "{text}");
    }
}

#[test]
fn document_ranges() {
    for row in rows("ranges.tsv") {
        let [text, bytes] = &row[..] else { panic!("{row:?}") };
        let parsed: Vec<Range> = text
            .split_whitespace()
            .map(|range| {
                let parts: Vec<&str> = range.split(':').collect();
                let number = |at: usize| parts[at].parse::<u64>().unwrap();
                Range { gtin: parts[0].parse().unwrap(), first: number(1), count: number(2) }
            })
            .collect();
        assert_eq!(&hex(&ranges::encode(&parsed)), bytes, "{text}");
        assert_eq!(ranges::decode(&unhex(bytes)), Ok(parsed), "{text}");
    }
}

#[test]
fn damage_is_seen() {
    let gtin: Gtin = "04870001234560".parse().unwrap();
    let good = runs::encode(gtin, 3, &runs_of("7xapplied 2xwithdrawn+i4+w9"));
    assert!(runs::decode(gtin, 3, &good).is_ok());
    assert_eq!(runs::decode(gtin, 4, &good), Err(Damaged::Checksum), "another block");
    assert_eq!(runs::decode("04870001234577".parse().unwrap(), 3, &good), Err(Damaged::Checksum), "another series");
    for at in 0..good.len() * 8 {
        let mut bad = good.clone();
        bad[at / 8] ^= 1 << (at % 8);
        assert!(runs::decode(gtin, 3, &bad).is_err(), "bit {at}");
    }
    for len in 0..good.len() {
        assert!(runs::decode(gtin, 3, &good[..len]).is_err(), "cut at {len}");
    }
}

fn state() -> impl Strategy<Value = UnitState> {
    let number = || proptest::option::of((0_u64..9).prop_map(DocumentNo));
    (0_usize..4, number(), number(), number()).prop_map(|(status, introduced, withdrawn, blocked)| UnitState {
        status: Status::ALL[status],
        introduced,
        withdrawn,
        blocked,
    })
}

proptest! {
    #[test]
    fn any_block_comes_back(lens in proptest::collection::vec((1_u32..30, state()), 0..100), block: u64) {
        let gtin: Gtin = "04870001234560".parse().unwrap();
        let block_runs = Runs::from_runs(lens.into_iter().map(|(len, state)| Run { len, state }));
        prop_assume!(u64::from(block_runs.len()) <= BLOCK_LEN);
        let bytes = runs::encode(gtin, block, &block_runs);
        prop_assert_eq!(runs::decode(gtin, block, &bytes), Ok(block_runs));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
        let _ = runs::decode("04870001234560".parse().unwrap(), 0, &bytes);
        let _ = ranges::decode(&bytes);
    }
}

/// The costly case of DESIGN §6: every unit of a block sold alone, in no order.
#[test]
fn a_block_sold_one_by_one_stays_within_eight_bytes_a_code() {
    let gtin: Gtin = "04870001234560".parse().unwrap();
    let sold = |number: u64| UnitState {
        status: Status::Withdrawn,
        introduced: Some(DocumentNo(1_000_000)),
        withdrawn: Some(DocumentNo(2_000_000 + number.wrapping_mul(0x9e37_79b9_7f4a_7c15) % 4_000_000_000)),
        blocked: None,
    };
    let block = Runs::from_runs((0..BLOCK_LEN).map(|number| Run { len: 1, state: sold(number) }));
    let bytes = runs::encode(gtin, 0, &block).len() as u64;
    assert!(bytes <= 8 * BLOCK_LEN, "{bytes} bytes");
}
