//! Acts that are in no block yet, in the order of blocks, one portion of them at a time.

use std::collections::BTreeMap;

/// An act on a part of a block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Waiting {
    pub(crate) document: u64,
    pub(crate) arg: u64,
    pub(crate) first: u16,
    /// After the last, at most 4096.
    pub(crate) end: u16,
    pub(crate) earlier: u32,
    pub(crate) act: u8,
}

/// Part, series and block: the order in which blocks are read.
pub(crate) type Key = (u32, u32, u32);

/// Places of a series: numbers of units have 40 bits, those in a block 12.
pub(crate) const PLACES: i64 = 1 << 28;

/// The place of a block, by which its row is found.
pub(crate) fn place(series: u32, block: u32) -> i64 {
    i64::from(series) * PLACES + i64::from(block)
}

/// The portion at hand: all acts of blocks from `from` on and before `to`.
pub(crate) struct Pending {
    most: usize,
    held: usize,
    from: Key,
    to: Option<Key>,
    blocks: BTreeMap<Key, Vec<Waiting>>,
}

impl Pending {
    pub(crate) fn new(memory: usize) -> Self {
        // A vector has up to twice the room that it needs.
        let most = (memory / (2 * size_of::<Waiting>())).max(1);
        Self { most, held: 0, from: (0, 0, 0), to: None, blocks: BTreeMap::new() }
    }

    /// Adds an act, unless its block is of another portion.
    pub(crate) fn add(&mut self, key: Key, waiting: Waiting) {
        if key < self.from || self.to.is_some_and(|to| key >= to) {
            return;
        }
        self.blocks.entry(key).or_default().push(waiting);
        self.held += 1;
        // The block that is read last waits for the next portion, unless it is the only one.
        while self.held > self.most && self.blocks.len() > 1 {
            let Some((last, acts)) = self.blocks.pop_last() else { return };
            self.held -= acts.len();
            self.to = Some(last);
        }
    }

    /// The first block of the portion that has not been taken.
    pub(crate) fn next(&self) -> Option<Key> {
        self.blocks.first_key_value().map(|(key, _)| *key)
    }

    /// Takes what waits for a block.
    pub(crate) fn take(&mut self, key: Key) -> Vec<Waiting> {
        self.blocks.remove(&key).unwrap_or_default()
    }

    /// Where the portion begins and ends.
    pub(crate) const fn bounds(&self) -> (Key, Option<Key>) {
        (self.from, self.to)
    }

    /// Goes on to the next portion, which is to be read; whether there is one.
    pub(crate) fn next_portion(&mut self) -> bool {
        self.blocks.clear();
        self.held = 0;
        match self.to.take() {
            Some(from) => {
                self.from = from;
                true
            }
            None => false,
        }
    }
}
