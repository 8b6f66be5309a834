//! Ranges in order, as sets.

use shared::document::Range;

/// Puts ranges in order; neighbours become one.
pub(crate) fn in_order(mut ranges: Vec<Range>) -> Vec<Range> {
    ranges.sort_unstable();
    ranges.dedup_by(|after, before| {
        let touch = after.series == before.series && after.first <= before.end();
        if touch {
            before.count = after.end().max(before.end()) - before.first;
        }
        touch
    });
    ranges
}

/// The parts of `range` that are not in `ranges`, which are in order.
pub(crate) fn without(range: Range, ranges: &[Range], mut each: impl FnMut(Range)) {
    let mut at = range.first;
    for hole in overlapping(range, ranges) {
        if hole.first > at {
            each(Range { first: at, count: hole.first - at, ..range });
        }
        at = at.max(hole.end());
    }
    if at < range.end() {
        each(Range { first: at, count: range.end() - at, ..range });
    }
}

/// Whether all of `range` is in `ranges`, which are in order.
pub(crate) fn hold(ranges: &[Range], range: Range) -> bool {
    let mut missing = false;
    without(range, ranges, |_| missing = true);
    !missing
}

/// Those of `ranges` that share a number with `range`.
pub(crate) fn overlapping(range: Range, ranges: &[Range]) -> impl Iterator<Item = Range> + '_ {
    let from = ranges.partition_point(|other| (other.series, other.end()) <= (range.series, range.first));
    let rest = ranges.get(from..).unwrap_or_default().iter().copied();
    rest.take_while(move |other| other.series == range.series && other.first < range.end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use shared::series::SeriesId;
    use std::collections::BTreeSet;

    fn set(ranges: &[Range]) -> BTreeSet<(SeriesId, u64)> {
        ranges.iter().flat_map(|range| (range.first..range.end()).map(|number| (range.series, number))).collect()
    }

    fn ranges() -> impl Strategy<Value = Vec<Range>> {
        let range = (0_u32..3, 0_u64..50, 1_u64..8);
        let range = range.prop_map(|(series, first, count)| Range { series: SeriesId(series), first, count });
        proptest::collection::vec(range, 0..12)
    }

    proptest! {
        #[test]
        fn ranges_are_sets(some in ranges(), others in ranges()) {
            let ordered = in_order(others.clone());
            prop_assert_eq!(set(&ordered), set(&others));
            for range in some {
                let mut left = Vec::new();
                without(range, &ordered, |part| left.push(part));
                let expected: BTreeSet<_> = set(&[range]).difference(&set(&others)).copied().collect();
                prop_assert_eq!(set(&left), expected);
                prop_assert_eq!(hold(&ordered, range), left.is_empty());
            }
        }
    }
}
