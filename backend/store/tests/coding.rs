//! Blocks and pages of the log against plain lists, damaged bytes, and bytes of strangers.

#![cfg(test)]

mod coding_support;

use backend_store::coding::block::{Block, BlockKey, View, as_of, events_at};
use backend_store::coding::log::{decode_effects, decode_heads, effects_of, encode_effects, encode_heads, head_of};
use coding_support::{act, head, histories, sealed};
use proptest::prelude::*;
use shared::act::{Act, Effect, Event};
use shared::block::BLOCK_LEN;
use shared::series::{Range, SeriesId};
use shared::state::DocumentNo;

const KEY: BlockKey = BlockKey { series: SeriesId(7), block: 3 };

/// One push of a block.
type Push = (u32, u32, Event);

/// Pushes in the order of documents: units of their own, long runs, the same again beside and over others.
fn pushes() -> impl Strategy<Value = Vec<Push>> {
    let place = prop_oneof![
        (0..BLOCK_LEN as u32, 1_u32..4),
        (0_u32..40, 1_u32..40),
        (0..BLOCK_LEN as u32, 1..=BLOCK_LEN as u32),
        Just((0, BLOCK_LEN as u32)),
    ];
    proptest::collection::vec((place, act(), 0_u64..3, any::<bool>()), 0..60).prop_map(|pushes| {
        let mut document = 1 << 30;
        let mut all = Vec::new();
        for ((first, len), act, gap, scattered) in pushes {
            document += gap * gap * gap * 1_000_003;
            let len = len.min(BLOCK_LEN as u32 - first);
            if scattered && len > 2 {
                // As receipts do: each unit its own document, in no order.
                for at in (0..len).step_by(3) {
                    let event = Event { document: DocumentNo(document + u64::from(at * 7919 % len)), act };
                    all.push((first + at, 1, event));
                }
                document += u64::from(len);
            } else {
                all.push((first, len, Event { document: DocumentNo(document), act }));
            }
        }
        all
    })
}

fn pushed(pushes: &[Push]) -> Block {
    let mut block = Block::new();
    pushes.iter().for_each(|(first, len, event)| block.push(*first, *len, *event));
    block
}

fn plain(pushes: &[Push]) -> Vec<Vec<Event>> {
    let mut units = vec![Vec::new(); BLOCK_LEN as usize];
    for (first, len, event) in pushes {
        units[*first as usize..(*first + *len) as usize].iter_mut().for_each(|unit| unit.push(*event));
    }
    units
}

proptest! {
    /// Places are in the order of series and blocks.
    #[test]
    fn a_place_is_one_block(series: [u32; 2], block in [0_u32..1 << 28, 0_u32..1 << 28]) {
        let keys = [0, 1].map(|at| BlockKey { series: SeriesId(series[at]), block: block[at] });
        prop_assert_eq!(keys[0].place().cmp(&keys[1].place()), keys[0].cmp(&keys[1]));
        for key in keys {
            prop_assert_eq!(BlockKey::at_place(key.place()), Some(key));
            prop_assert_eq!(BlockKey::at_place(-1 - key.place()), None);
        }
    }

    #[test]
    fn a_block_equals_a_plain_list(pushes in pushes(), as_of_document: u64, offsets in proptest::collection::vec(0..BLOCK_LEN as u32, 8)) {
        let (mut block, plain) = (pushed(&pushes), plain(&pushes));
        block.set_as_of(DocumentNo(as_of_document));
        prop_assert_eq!(&histories(&block), &plain);
        let bytes = block.encode(KEY);
        prop_assert_eq!(as_of(&bytes), Ok(DocumentNo(as_of_document)));
        let back = Block::decode(KEY, &bytes).unwrap();
        prop_assert_eq!(&histories(&back), &plain);
        prop_assert_eq!(back.as_of(), DocumentNo(as_of_document));
        prop_assert_eq!(&back, &block);
        prop_assert_eq!(back.encode(KEY), bytes.clone());
        let view = View::new(KEY, &bytes).unwrap();
        for offset in offsets {
            let unit = &plain[offset as usize];
            prop_assert_eq!(&events_at(KEY, &bytes, offset).unwrap(), unit);
            prop_assert_eq!(&view.events(offset).unwrap(), unit);
            prop_assert_eq!(&back.events(offset), unit);
        }
        prop_assert_eq!(events_at(KEY, &bytes, BLOCK_LEN as u32), Ok(vec![]));
    }

    /// Equal neighbours are one run, and runs cover the block.
    #[test]
    fn runs_cover_the_block(pushes in pushes()) {
        let runs: Vec<_> = pushed(&pushes).runs().collect();
        let mut end = 0;
        for (first, len, _) in &runs {
            prop_assert!(*first == end && *len > 0);
            end += len;
        }
        prop_assert_eq!(end, BLOCK_LEN as u32);
        prop_assert!(runs.windows(2).all(|pair| pair[0].2 != pair[1].2));
    }

    /// However the same histories came about, the bytes are the same.
    #[test]
    fn equal_histories_are_equal_bytes(pushes in pushes(), cuts in proptest::collection::vec(1_u32..BLOCK_LEN as u32, 4), folds in proptest::collection::vec(0_usize..60, 3)) {
        let whole = pushed(&pushes).encode(KEY);
        // Each push cut in pieces, closed and opened in between.
        let mut block = Block::new();
        for (at, (first, len, event)) in pushes.iter().enumerate() {
            let mut from = *first;
            let mut borders: Vec<u32> = cuts.iter().copied().filter(|cut| (*first + 1..*first + *len).contains(cut)).collect();
            borders.sort_unstable();
            borders.dedup();
            for to in borders.into_iter().chain([*first + *len]) {
                block.push(from, to - from, *event);
                from = to;
            }
            if folds.contains(&at) {
                block = Block::decode(KEY, &block.encode(KEY)).unwrap();
            }
        }
        prop_assert_eq!(&block.encode(KEY), &whole);
        // Unit by unit, last to first.
        let mut block = Block::new();
        for (offset, events) in (0..).zip(plain(&pushes)).collect::<Vec<(u32, Vec<Event>)>>().into_iter().rev() {
            events.into_iter().for_each(|event| block.push(offset, 1, event));
        }
        prop_assert_eq!(&block.encode(KEY), &whole);
    }

    #[test]
    fn heads_come_back(heads in proptest::collection::vec((head(), 1_u64..1000), 0..40), long in 0_usize..9000) {
        let mut number = 1 << 33;
        let mut all: Vec<_> = heads.iter().map(|(head, gap)| { number += gap; head.numbered(number) }).collect();
        // Enough of them to need more than one chunk, at times.
        if let Some((last, _)) = heads.last() && long > 8000 {
            all.extend((1..long as u64).map(|next| last.numbered(number + next)));
        }
        let bytes = encode_heads(&all);
        prop_assert_eq!(decode_heads(&bytes), Ok(all.clone()));
        for head in all.iter().step_by(all.len() / 20 + 1) {
            prop_assert_eq!(head_of(&bytes, head.document), Ok(Some(*head)));
        }
        for document in [DocumentNo(0), DocumentNo(1 << 33), DocumentNo(u64::MAX)] {
            prop_assert_eq!(head_of(&bytes, document), Ok(None));
        }
    }

    #[test]
    fn effects_come_back(lists in proptest::collection::vec((1_u64..1000, proptest::collection::vec(effect(), 0..20)), 0..40), long in 0_u64..20_000) {
        let mut number = 1 << 33;
        let mut documents: Vec<(DocumentNo, Vec<Effect>)> =
            lists.into_iter().map(|(gap, mut effects)| {
                number += gap;
                if gap % 2 == 0 {
                    // Twice the same ranges, as in a sale out of packages.
                    let again: Vec<Effect> = effects.iter().map(|effect| Effect { act: Act::Ship, ..*effect }).collect();
                    effects.extend(again);
                }
                (DocumentNo(number), effects)
            }).collect();
        if long > 10_000 {
            let one = |at: u64| Effect { range: Range::one(SeriesId(at as u32 / 1000), at * at), act: Act::Ship };
            documents.push((DocumentNo(number + 1), (0..long).map(one).collect()));
        }
        let bytes = encode_effects(&documents);
        let mut back = Vec::new();
        decode_effects(&bytes, &mut |document, effect| back.push((document, effect))).unwrap();
        let all: Vec<_> = documents.iter().flat_map(|(document, effects)| effects.iter().map(|effect| (*document, *effect))).collect();
        prop_assert_eq!(back, all);
        for (document, effects) in &documents {
            prop_assert_eq!(effects_of(&bytes, *document), Ok(effects.clone()));
        }
        prop_assert_eq!(effects_of(&bytes, DocumentNo(1)), Ok(vec![]));
        prop_assert_eq!(effects_of(&bytes, DocumentNo(u64::MAX)), Ok(vec![]));
    }

    /// Bytes that nobody wrote are refused or read, with a right checksum too, and never more than they can hold.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(prop_oneof![0_u8..8, any::<u8>(), 64_u8..67], 0..60), offset: u32) {
        for (form, place) in [(2, &[0, 0, 0, 7, 0, 0, 0, 3][..]), (1, b"heads"), (1, b"effects")] {
            let sealed = sealed(place, form, &bytes);
            for bytes in [&bytes, &sealed] {
                let _ = (as_of(bytes), Block::decode(KEY, bytes), events_at(KEY, bytes, offset));
                let _ = (events_at(KEY, bytes, offset % 4096), decode_heads(bytes), head_of(bytes, DocumentNo(u64::from(offset))));
                let _ = (decode_effects(bytes, &mut |_, _| ()), effects_of(bytes, DocumentNo(u64::from(offset))));
            }
        }
    }

    /// Blocks with one value of their own changed and the checksum made right again: no reader panics, and what one
    /// unit's reader finds without opening the block is what the open block says, if it can be opened.
    #[test]
    fn changed_blocks_are_read_or_refused(pushes in pushes(), at: prop::sample::Index, value: u8, offset in 0..BLOCK_LEN as u32) {
        let bytes = pushed(&pushes).encode(KEY);
        let mut content = bytes[1..bytes.len() - 4].to_vec();
        let at = at.index(content.len());
        content[at] = value;
        let changed = sealed(&[0, 0, 0, 7, 0, 0, 0, 3], 2, &content);
        let one = events_at(KEY, &changed, offset);
        if let Ok(block) = Block::decode(KEY, &changed) {
            prop_assert_eq!(one, Ok(block.events(offset)));
        }
    }
}

fn effect() -> impl Strategy<Value = Effect> {
    let series = prop_oneof![0_u32..3, any::<u32>()];
    let range = prop_oneof![
        (series.clone(), 0_u64..100_000, Just(1_u64)),
        (series.clone(), 0_u64..1 << 40, 1_u64..5000),
        (series, any::<u64>(), any::<u64>())
    ];
    (range, act()).prop_map(|((series, first, count), act)| {
        let count = count.clamp(1, (u64::MAX - first).max(1));
        Effect { range: Range { series: SeriesId(series), first: first.min(u64::MAX - count), count }, act }
    })
}

/// A block with a little of everything: runs, packages, own sales, corrections, an outlier.
fn sample() -> Vec<u8> {
    let mut block = Block::new();
    let at = |document: u64, act| Event { document: DocumentNo(document), act };
    block.push(0, 600, at(1_000_000, Act::Apply));
    block.push(0, 590, at(1_000_007, Act::Introduce));
    for package in 0..29 {
        let id = shared::series::PackageId::new(48_700_000_000_000_000 + u64::from(package)).unwrap();
        block.push(package * 20, 20, at(1_000_100 + u64::from(package), Act::Pack(id)));
    }
    let reason = shared::state::WithdrawalReason::RetailSale;
    for unit in (0..580).step_by(3) {
        let document = 2_000_000 + u64::from(unit * 7919 % 65_521);
        block.push(unit, 1, at(document, Act::Unpack(shared::party::PartyId(9))));
        block.push(unit, 1, at(document, Act::Withdraw(reason)));
    }
    block.push(33, 1, at(3_000_000, Act::Undo));
    block.push(36, 1, at(3_000_001, Act::Return));
    block.set_as_of(DocumentNo(3_000_002));
    block.encode(KEY)
}

#[test]
fn every_flipped_bit_and_every_cut_is_seen() {
    let heads = encode_heads(&(1..40).map(coding_support::receipt).collect::<Vec<_>>());
    let effects: Vec<(DocumentNo, Vec<Effect>)> = (1..40)
        .map(|number| {
            let one =
                |at| Effect { range: Range::one(SeriesId(at * 7919 % 1000), u64::from(at) * 104_729), act: Act::Ship };
            (DocumentNo(number), (0..number as u32 % 9).map(one).collect())
        })
        .collect();
    let effects = encode_effects(&effects);
    type Reads = fn(&[u8]) -> bool;
    let rows: [(&str, Vec<u8>, &[Reads]); 3] = [
        ("block", sample(), &[|bytes| Block::decode(KEY, bytes).is_ok(), |bytes| events_at(KEY, bytes, 33).is_ok()]),
        ("heads", heads, &[|bytes| decode_heads(bytes).is_ok(), |bytes| head_of(bytes, DocumentNo(9)).is_ok()]),
        (
            "effects",
            effects,
            &[|bytes| decode_effects(bytes, &mut |_, _| ()).is_ok(), |bytes| effects_of(bytes, DocumentNo(9)).is_ok()],
        ),
    ];
    for (name, good, readers) in rows {
        for reads in readers {
            assert!(reads(&good), "{name}");
            let mut bad = good.clone();
            for bit in 0..good.len() * 8 {
                bad[bit / 8] ^= 1 << (bit % 8);
                assert!(!reads(&bad), "{name}: bit {bit}");
                bad[bit / 8] ^= 1 << (bit % 8);
            }
            for len in 0..good.len() {
                assert!(!reads(&good[..len]), "{name}: cut at {len}");
            }
        }
    }
}

#[test]
fn bytes_of_another_place_are_seen() {
    let bytes = sample();
    for key in [BlockKey { block: 4, ..KEY }, BlockKey { series: SeriesId(8), ..KEY }] {
        assert!(Block::decode(key, &bytes).is_err(), "{key:?}");
        assert!(events_at(key, &bytes, 0).is_err(), "{key:?}");
    }
    // A page of one kind is none of the other.
    assert!(decode_heads(&encode_effects(&[])).is_err());
    assert!(decode_effects(&encode_heads(&[]), &mut |_, _| ()).is_err());
}
