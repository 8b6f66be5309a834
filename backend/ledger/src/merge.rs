//! Changes many ranges of a block in one pass over its runs.

use shared::block::Runs;

/// A range inside a block, with what the caller knows of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slice<T> {
    /// Offset of its first unit.
    pub(crate) first: u32,
    /// How many units; never 0.
    pub(crate) len: u32,
    /// Whatever `change` needs to know.
    pub(crate) what: T,
}

/// The runs with `change` applied to the units of `slices`, which are in order, do not overlap and lie within the runs.
/// `change` gets the slice, the offset and the state of the units; its first error stops.
///
/// One pass, whatever the number of slices: a receipt of thousands of single codes costs as much as one range.
pub(crate) fn merge<S: PartialEq + Clone, T: Copy, E>(
    runs: &Runs<S>,
    slices: &[Slice<T>],
    mut change: impl FnMut(T, u32, &S) -> Result<S, E>,
) -> Result<Runs<S>, E> {
    let mut next = Runs::default();
    let mut slices = slices.iter().copied().peekable();
    let mut at = 0_u32;
    for run in runs.as_slice() {
        let run_end = at + run.len;
        while at < run_end {
            let Some(slice) = slices.peek().copied().filter(|slice| slice.first < run_end) else {
                next.append(run_end - at, run.state.clone());
                at = run_end;
                break;
            };
            if slice.first > at {
                next.append(slice.first - at, run.state.clone());
                at = slice.first;
            }
            let slice_end = slice.first + slice.len;
            let end = slice_end.min(run_end);
            next.append(end - at, change(slice.what, at, &run.state)?);
            at = end;
            if slice_end <= run_end {
                slices.next();
            }
        }
    }
    Ok(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use shared::block::{OutOfBlock, Run};

    proptest! {
        /// One pass gives what one change after the other gives.
        #[test]
        fn one_pass_equals_one_by_one(
            lens in proptest::collection::vec((1_u32..20, 0_u8..4), 1..20),
            cuts in proptest::collection::btree_set(0_u32..100, 0..40),
        ) {
            let runs = Runs::from_runs(lens.into_iter().map(|(len, state)| Run { len, state }));
            let cuts: Vec<u32> = cuts.into_iter().filter(|cut| *cut < runs.len()).collect();
            let slices: Vec<Slice<u8>> = cuts
                .chunks_exact(2)
                .enumerate()
                .map(|(i, pair)| Slice { first: pair[0], len: pair[1] - pair[0], what: i as u8 })
                .collect();
            let merged = merge(&runs, &slices, |what, _, state| Ok::<u8, ()>(state ^ what)).unwrap();
            let mut plain = runs;
            for slice in slices {
                plain.update::<OutOfBlock>(slice.first, slice.len, |_, state| Ok(state ^ slice.what)).unwrap();
            }
            prop_assert_eq!(merged, plain);
        }
    }

    #[test]
    fn the_first_error_stops() {
        let runs = Runs::from_runs([Run { len: 5, state: 0_u8 }, Run { len: 5, state: 1 }]);
        let slices = [Slice { first: 1, len: 2, what: () }, Slice { first: 3, len: 4, what: () }];
        let seen = std::cell::RefCell::new(Vec::new());
        let result = merge(&runs, &slices, |(), at, state| {
            seen.borrow_mut().push(at);
            if *state == 1 { Err(at) } else { Ok(7) }
        });
        assert_eq!(result, Err(5));
        assert_eq!(seen.into_inner(), [1, 3, 5]);
    }
}
