//! Runs of equal neighbours: the form in which the ledger stores a series and the edge caches it (DESIGN §1).
//!
//! A series is cut into blocks of [`BLOCK_LEN`] consecutive numbers. Numbers are issued in order, so a block is full up
//! to some length and empty after it; a number at or beyond the length was never issued.

/// Numbers in a block. Small enough that a block changed at random is a page to rewrite and to send to the edge, large
/// enough that a quiet one costs next to nothing per code.
pub const BLOCK_LEN: u64 = 4096;

/// The block and the offset in it at which a number of a series stands.
pub fn place_of(number: u64) -> (u64, u32) {
    // The remainder is below BLOCK_LEN, which fits.
    (number / BLOCK_LEN, (number % BLOCK_LEN) as u32)
}

/// `len` consecutive units in the same state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run<S> {
    /// How many units; never 0.
    pub len: u32,
    /// Their state.
    pub state: S,
}

/// States of the units of a block, from its first number on, equal neighbours once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Runs<S> {
    runs: Vec<Run<S>>,
}

/// A change was asked for units that the runs do not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the range ends at {end}, the block holds {len}")]
pub struct OutOfBlock {
    /// End of the range, exclusive.
    pub end: u64,
    /// Units in the block.
    pub len: u32,
}

impl<S> Default for Runs<S> {
    fn default() -> Self {
        Self { runs: Vec::new() }
    }
}

impl<S: PartialEq + Clone> Runs<S> {
    /// Builds from runs in order; merges equal neighbours, drops empty ones.
    pub fn from_runs(runs: impl IntoIterator<Item = Run<S>>) -> Self {
        let mut all = Self::default();
        for run in runs {
            all.append(run.len, run.state);
        }
        all
    }

    /// The runs in order.
    pub fn as_slice(&self) -> &[Run<S>] {
        &self.runs
    }

    /// How many units are held.
    pub fn len(&self) -> u32 {
        self.runs.iter().map(|run| run.len).sum()
    }

    /// Whether nothing is held.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// State of the unit at `offset`; nothing if it was never issued.
    pub fn get(&self, offset: u32) -> Option<&S> {
        let mut end = 0_u64;
        self.runs
            .iter()
            .find(|run| {
                end += u64::from(run.len);
                u64::from(offset) < end
            })
            .map(|run| &run.state)
    }

    /// Adds `len` units after the last.
    pub fn append(&mut self, len: u32, state: S) {
        match self.runs.last_mut() {
            _ if len == 0 => {}
            Some(last) if last.state == state => last.len += len,
            _ => self.runs.push(Run { len, state }),
        }
    }

    /// Replaces the state of `len` units from `first`, run by run, by what `change` says; the first error stops and
    /// leaves everything as it was. `change` gets the offset at which its run begins.
    ///
    /// # Errors
    /// What `change` returns, or [`OutOfBlock`] if the range is not all held.
    pub fn update<E: From<OutOfBlock>>(
        &mut self,
        first: u32,
        len: u32,
        mut change: impl FnMut(u32, &S) -> Result<S, E>,
    ) -> Result<(), E> {
        let end = u64::from(first) + u64::from(len);
        if end > u64::from(self.len()) {
            return Err(OutOfBlock { end, len: self.len() }.into());
        }
        let mut next = Self::default();
        let mut at = 0_u64;
        for run in &self.runs {
            let run_end = at + u64::from(run.len);
            let cut_from = u64::from(first).clamp(at, run_end);
            let cut_to = end.clamp(cut_from, run_end);
            // Every difference lies inside a run, whose length is a u32.
            next.append((cut_from - at) as u32, run.state.clone());
            if cut_to > cut_from {
                next.append((cut_to - cut_from) as u32, change(cut_from as u32, &run.state)?);
            }
            next.append((run_end - cut_to) as u32, run.state.clone());
            at = run_end;
        }
        *self = next;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn unpacked(runs: &Runs<u8>) -> Vec<u8> {
        runs.as_slice().iter().flat_map(|run| std::iter::repeat_n(run.state, run.len as usize)).collect()
    }

    proptest! {
        /// Runs under any sequence of changes equal a plain list of states under the same changes, and stay minimal.
        #[test]
        fn runs_equal_a_plain_list(len in 1_u32..200, changes in proptest::collection::vec((0_u32..220, 0_u32..80, 0_u8..4), 0..30)) {
            let mut runs = Runs::default();
            runs.append(len, 0_u8);
            let mut plain = vec![0_u8; len as usize];
            for (first, count, add) in changes {
                let result = runs.update::<OutOfBlock>(first, count, |_, state| Ok((state + add) % 4));
                if first + count <= len {
                    prop_assert!(result.is_ok());
                    for state in &mut plain[first as usize..(first + count) as usize] {
                        *state = (*state + add) % 4;
                    }
                } else {
                    prop_assert!(result.is_err());
                }
                prop_assert_eq!(&unpacked(&runs), &plain);
                prop_assert!(runs.as_slice().windows(2).all(|pair| pair[0].state != pair[1].state));
                prop_assert!(runs.as_slice().iter().all(|run| run.len > 0));
            }
            for offset in 0..len + 2 {
                prop_assert_eq!(runs.get(offset), plain.get(offset as usize));
            }
        }
    }

    #[test]
    fn a_refused_change_leaves_no_trace() {
        let mut runs = Runs::from_runs([Run { len: 3, state: 1_u8 }, Run { len: 3, state: 2 }]);
        let before = runs.clone();
        #[derive(Debug, PartialEq)]
        struct No;
        impl From<OutOfBlock> for No {
            fn from(_: OutOfBlock) -> Self {
                No
            }
        }
        assert_eq!(runs.update(1, 4, |_, state| if *state == 2 { Err(No) } else { Ok(9) }), Err(No));
        assert_eq!(runs, before);
    }
}
