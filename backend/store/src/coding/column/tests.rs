//! Columns against plain lists.

use super::{Column, Runs, put};
use proptest::prelude::*;

fn written(values: &[u64], reference: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    put(&mut bytes, &values.iter().copied().collect(), reference);
    bytes
}

fn checked(values: &[u64], reference: u64) -> usize {
    let bytes = written(values, reference);
    let mut rest = &bytes[..];
    let column = Column::take(&mut rest, values.len(), reference).unwrap();
    assert!(rest.is_empty());
    assert_eq!(column.runs().unwrap(), values.iter().copied().collect::<Runs>());
    for (place, value) in values.iter().enumerate() {
        assert_eq!(column.get(place), *value, "at {place}");
        let before = values[..place].iter().filter(|other| *other == value).count();
        assert_eq!(column.count(place, *value), before, "before {place}");
    }
    bytes.len()
}

/// Values of every character: equal, few different, growing, wide, and lists put together of such.
fn values() -> impl Strategy<Value = Vec<u64>> {
    let piece = (0_u8..6, any::<u64>(), 0_u32..64, 1_usize..40, proptest::collection::vec(any::<u64>(), 40)).prop_map(
        |(kind, base, shift, len, random)| {
            let value = |(at, random): (usize, u64)| match kind {
                0 => base,
                1 => base.wrapping_add(random % 2),
                2 => base.wrapping_add(at as u64 * (random >> 63)),
                3 => base.wrapping_add((base >> shift).wrapping_mul(at as u64)),
                4 => base.wrapping_add(random >> shift),
                _ => {
                    if random % 16 == 0 {
                        random >> shift
                    } else {
                        base >> shift
                    }
                }
            };
            random.into_iter().take(len).enumerate().map(value).collect::<Vec<_>>()
        },
    );
    proptest::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn columns_come_back(values in values(), reference: u64) {
        checked(&values, reference);
    }

    #[test]
    fn any_bytes_are_a_column_or_refused(bytes: Vec<u8>, len in 1_usize..5000, place in 0_usize..5000, head in 0_u8..=66) {
        for bytes in [&bytes[..], &[&[head][..], &bytes].concat(), &[&[head | 0x80][..], &bytes].concat()] {
            if let Ok(column) = Column::take(&mut &*bytes, len, 0) {
                let place = place.min(len - 1);
                let value = column.get(place);
                prop_assert!(column.count(place, value) <= place);
                if let Ok(runs) = column.runs() {
                    prop_assert_eq!(runs.len(), len);
                    prop_assert_eq!(runs.values().nth(place), Some(value));
                }
            }
        }
    }
}

/// What each form is for, with its price in bytes.
#[test]
fn each_form_has_its_price() {
    let noise = |at: u64| at.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 11;
    let rows: [(&str, Vec<u64>, usize); 7] = [
        ("all equal", vec![7_000_000; 4096], 2),
        ("growing by one", (7_000_000..7_000_205).collect(), 3),
        ("twenty of each", (14..4110).map(|at| at / 20).collect(), 16),
        ("one bit each", (0..4096).map(|at| noise(at) % 2).collect(), 2 + 512),
        ("two of a thousand differ", (0..1000).map(|at| u64::from(at % 500 == 9)).collect(), 12),
        ("thirty bits each", (0..4096).map(|at| noise(at) % (1 << 30)).collect(), 7 + 4096 * 30 / 8),
        ("little above a power of two", (0..4096).map(|at| noise(at) % 545_000_000).collect(), 14_930),
    ];
    for (name, values, limit) in rows {
        let len = checked(&values, 7_000_000);
        assert!(len <= limit + 4, "{name}: {len} bytes");
    }
}
