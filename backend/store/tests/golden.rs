//! Published bytes of the columns never change: files under `tests/golden/store` are append-only.

#![cfg(test)]

mod coding_support;

use backend_store::coding::block::{Block, BlockKey, as_of, events_at};
use backend_store::coding::log::{decode_effects, decode_heads, effects_of, encode_effects, encode_heads, head_of};
use coding_support::text;
use shared::block::BLOCK_LEN;
use shared::series::SeriesId;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden/store");

fn rows<const COLUMNS: usize>(file: &str) -> Vec<[String; COLUMNS]> {
    let text = std::fs::read_to_string(format!("{FOLDER}/{file}")).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let row = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>().try_into().unwrap();
    lines.map(row).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

#[test]
fn blocks() {
    for [series, number, upto, events, bytes] in rows("blocks2.tsv") {
        let key = BlockKey { series: SeriesId(series.parse().unwrap()), block: number.parse().unwrap() };
        let block = text::block(&upto, &events);
        assert_eq!(hex(&block.encode(key)), bytes, "{events}");
        let bytes = unhex(&bytes);
        assert_eq!(Block::decode(key, &bytes), Ok(block.clone()), "{events}");
        assert_eq!(as_of(&bytes), Ok(block.as_of()), "{events}");
        for offset in 0..BLOCK_LEN as u32 {
            assert_eq!(events_at(key, &bytes, offset), Ok(block.events(offset)), "{offset} of {events}");
        }
    }
}

#[test]
fn heads() {
    for [heads, bytes] in rows("heads.tsv") {
        let parsed = text::heads(&heads);
        assert_eq!(hex(&encode_heads(&parsed)), bytes, "{heads}");
        let bytes = unhex(&bytes);
        for head in &parsed {
            assert_eq!(head_of(&bytes, head.document), Ok(Some(*head)), "{heads}");
        }
        assert_eq!(decode_heads(&bytes), Ok(parsed), "{heads}");
    }
}

#[test]
fn effects() {
    for [effects, bytes] in rows("effects.tsv") {
        let parsed = text::effects(&effects);
        assert_eq!(hex(&encode_effects(&parsed)), bytes, "{effects}");
        let bytes = unhex(&bytes);
        let mut read = Vec::new();
        decode_effects(&bytes, &mut |document, effect| read.push((document, effect))).unwrap();
        let mut flat = Vec::new();
        for (document, effects) in parsed {
            assert_eq!(effects_of(&bytes, document), Ok(effects.clone()), "{document:?}");
            flat.extend(effects.into_iter().map(|effect| (document, effect)));
        }
        assert_eq!(read, flat, "{effects}");
    }
}
