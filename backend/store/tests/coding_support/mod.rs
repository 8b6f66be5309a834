//! Acts, heads and blocks for tests of the bytes.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod text;

use backend_store::coding::block::Block;
use backend_store::coding::log::{Head, Key};
use proptest::prelude::*;
use shared::act::{Act, Event};
use shared::date::Timestamp;
use shared::document::DocumentKind;
use shared::party::PartyId;
use shared::region::Region;
use shared::state::DocumentNo;

/// Any act, those of one unit alone more often.
pub(crate) fn act() -> impl Strategy<Value = Act> {
    let any = (1_u8..=26, prop_oneof![0_u64..20, 0_u64..1 << 57, any::<u64>()])
        .prop_map(|(code, arg)| Act::from_code(code, arg).or(Act::from_code(code, 0)).unwrap_or(Act::Ship));
    let common = prop_oneof![Just(Act::Apply), Just(Act::Introduce), Just(Act::Ship), Just(Act::Undo)];
    prop_oneof![any, common, (0_u64..20).prop_map(|reason| Act::from_code(3, reason).unwrap())]
}

/// Any head but for its number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unnumbered(Head);

impl Unnumbered {
    pub(crate) fn numbered(self, number: u64) -> Head {
        Head { document: DocumentNo(number), ..self.0 }
    }
}

/// Any head.
pub(crate) fn head() -> impl Strategy<Value = Unnumbered> {
    let key = prop_oneof![
        Just(Key::None),
        Just(Key::Named),
        (0_u64..1_000_000, any::<u64>()).prop_map(|(sender, number)| Key::Counted { sender, number }),
    ];
    let region = proptest::option::of(prop::sample::select(Region::ALL));
    let numbers = (any::<u64>(), any::<i64>(), any::<u64>(), 0_u64..4);
    (prop::sample::select(DocumentKind::ALL), region, key, numbers).prop_map(
        |(kind, region, key, (party, at, units, parts))| {
            let (party, at) = (PartyId(party), Timestamp(at));
            Unnumbered(Head { document: DocumentNo(0), kind, party, at, units, region, key, parts })
        },
    )
}

/// A number that looks random, below a limit.
pub(crate) fn noise(seed: u64, below: u64) -> u64 {
    // The finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
    let mut mixed = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ mixed >> 31) % below
}

/// The head of a receipt from one of a million registers of a hundred thousand sellers, a few thousand a second.
pub(crate) fn receipt(number: u64) -> Head {
    let sender = noise(number, 1_000_000);
    Head {
        document: DocumentNo(5_000_000_000 + number),
        kind: DocumentKind::Withdraw,
        party: PartyId(sender / 10),
        at: Timestamp(1_795_341_600_000 + number as i64 / 5),
        units: 1 + noise(number + 1, 10),
        region: Region::ALL.get(sender as usize % Region::ALL.len()).copied(),
        key: Key::Counted { sender, number: 500 + noise(number + 2, 100_000) },
        parts: 1,
    }
}

/// The history of each unit of a block.
pub(crate) fn histories(block: &Block) -> Vec<Vec<Event>> {
    block.runs().flat_map(|(_, len, events)| std::iter::repeat_n(events, len as usize)).collect()
}

/// Bytes with the form before them and the right checksum after them.
pub(crate) fn sealed(place: &[u8], form: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = [&[form], content].concat();
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(place);
    hasher.update(&bytes);
    bytes.extend_from_slice(&hasher.finalize().to_le_bytes());
    bytes
}
