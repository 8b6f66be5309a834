//! Changes that are on disk in the log and not yet folded into blocks: kept in memory by block, rebuilt from the log.

use crate::coding::block::{Block, BlockKey};
use shared::act::{Act, Effect, Event};
use shared::block::place_of;
use shared::state::DocumentNo;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// One change of consecutive units of a block, in as little memory as it takes: millions wait for a fold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    document: u64,
    arg: u64,
    first: u16,
    /// The last unit, inclusive.
    last: u16,
    code: u8,
}

impl Entry {
    fn new(document: DocumentNo, act: Act, first: u32, len: u32) -> Self {
        let (code, arg) = act.code();
        // Offsets are below 4096.
        Self { document: document.0, arg, first: first as u16, last: (first + len - 1) as u16, code }
    }

    pub(crate) fn document(&self) -> DocumentNo {
        DocumentNo(self.document)
    }

    pub(crate) fn touches(&self, offset: u32) -> bool {
        (u32::from(self.first)..=u32::from(self.last)).contains(&offset)
    }

    /// The event it adds.
    pub(crate) fn event(&self) -> Event {
        // It was made of an act.
        Event { document: self.document(), act: Act::from_code(self.code, self.arg).unwrap_or(Act::Repack) }
    }

    /// Adds it to a block that does not hold it yet.
    pub(crate) fn push_to(&self, block: &mut Block) {
        if self.document() > block.as_of() {
            block.push(u32::from(self.first), u32::from(self.last - self.first) + 1, self.event());
        }
    }
}

/// Cuts an effect at the borders of blocks.
pub(crate) fn entries(document: DocumentNo, effect: &Effect) -> impl Iterator<Item = (BlockKey, Entry)> + use<> {
    let Effect { range, act } = *effect;
    let mut at = range.first;
    std::iter::from_fn(move || {
        if at >= range.end() {
            return None;
        }
        let (block, first) = place_of(at);
        let len = (range.end() - at).min(shared::block::BLOCK_LEN - u64::from(first));
        at += len;
        // Numbers are below 2⁴⁰, so blocks are below 2²⁸.
        let key = BlockKey { series: range.series, block: block as u32 };
        Some((key, Entry::new(document, act, first, len as u32)))
    })
}

/// Entries by block, in the order of documents.
pub(crate) type Entries = HashMap<BlockKey, Vec<Entry>, Hasher>;

/// Keys are numbers that nobody chooses to collide; a cheap mix does.
#[derive(Clone, Default)]
pub(crate) struct Hasher;

impl std::hash::BuildHasher for Hasher {
    type Hasher = Mix;
    fn build_hasher(&self) -> Mix {
        Mix(0)
    }
}

pub(crate) struct Mix(u64);

impl std::hash::Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 29
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }
    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }
    fn write_u64(&mut self, value: u64) {
        // 2⁶⁴ divided by the golden ratio (Knuth, TAOCP volume 3, section 6.4).
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// Locks, so that a large document being published holds up few readers.
const SHARDS: usize = 64;

/// The entries that wait: a frozen generation that is being folded, and an active one that grows.
pub(crate) struct Pending {
    shards: Vec<RwLock<Shard>>,
}

#[derive(Default)]
struct Shard {
    active: Entries,
    frozen: Entries,
    waiting: usize,
}

impl Pending {
    pub(crate) fn new() -> Self {
        Self { shards: (0..SHARDS).map(|_| RwLock::default()).collect() }
    }

    fn shard(&self, key: BlockKey) -> &RwLock<Shard> {
        use std::hash::BuildHasher as _;
        // A power of two.
        let at = (Hasher.hash_one(key) >> 40) as usize % SHARDS;
        self.shards.get(at).unwrap_or_else(|| unreachable!("{at} of {SHARDS}"))
    }

    /// Adds entries of committed documents.
    pub(crate) fn publish(&self, entries: impl IntoIterator<Item = (BlockKey, Vec<Entry>)>) {
        for (key, added) in entries {
            let mut shard = self.shard(key).write().unwrap_or_else(PoisonError::into_inner);
            shard.waiting += added.len();
            shard.active.entry(key).or_default().extend(added);
        }
    }

    /// What waits for a block, or is being folded into it: what the block holds already is told by its `as_of`.
    pub(crate) fn of(&self, key: BlockKey) -> Vec<Entry> {
        self.of_if(key, |_| true)
    }

    /// What waits for one unit of a block.
    pub(crate) fn of_unit(&self, key: BlockKey, offset: u32) -> Vec<Entry> {
        self.of_if(key, |entry| entry.touches(offset))
    }

    fn of_if(&self, key: BlockKey, keep: impl Fn(&Entry) -> bool) -> Vec<Entry> {
        let shard = self.shard(key).read().unwrap_or_else(PoisonError::into_inner);
        let generations = [shard.frozen.get(&key), shard.active.get(&key)];
        generations.into_iter().flatten().flatten().filter(|entry| keep(entry)).copied().collect()
    }

    /// Entries in the active generation.
    pub(crate) fn waiting(&self) -> usize {
        self.shards.iter().map(|shard| shard.read().unwrap_or_else(PoisonError::into_inner).waiting).sum()
    }

    /// Blocks of a series for which something waits, in order.
    pub(crate) fn blocks_of(&self, series: shared::series::SeriesId) -> Vec<u32> {
        let mut blocks = Vec::new();
        for shard in &self.shards {
            let shard = shard.read().unwrap_or_else(PoisonError::into_inner);
            let keys = shard.frozen.keys().chain(shard.active.keys());
            blocks.extend(keys.filter(|key| key.series == series).map(|key| key.block));
        }
        blocks.sort_unstable();
        blocks.dedup();
        blocks
    }

    /// Freezes the active generation and gives its blocks, in order. Nothing must be published meanwhile, and the last
    /// generation must have been dropped.
    pub(crate) fn freeze(&self) -> Vec<BlockKey> {
        let mut keys = Vec::new();
        for shard in &self.shards {
            let mut shard = shard.write().unwrap_or_else(PoisonError::into_inner);
            shard.frozen = std::mem::take(&mut shard.active);
            shard.waiting = 0;
            keys.extend(shard.frozen.keys().copied());
        }
        keys.sort_unstable();
        keys
    }

    /// Forgets entries of documents up to `floor` that are not being folded here: another process has folded them.
    pub(crate) fn forget(&self, floor: DocumentNo) {
        for shard in &self.shards {
            let mut shard = shard.write().unwrap_or_else(PoisonError::into_inner);
            shard.active.retain(|_, entries| {
                entries.retain(|entry| entry.document() > floor);
                !entries.is_empty()
            });
            shard.waiting = shard.active.values().map(Vec::len).sum();
        }
    }

    /// What is frozen of a block.
    pub(crate) fn frozen(&self, key: BlockKey) -> Vec<Entry> {
        self.shard(key).read().unwrap_or_else(PoisonError::into_inner).frozen.get(&key).cloned().unwrap_or_default()
    }

    /// Drops the frozen generation, whose entries are in blocks now.
    pub(crate) fn thaw(&self) {
        for shard in &self.shards {
            shard.write().unwrap_or_else(PoisonError::into_inner).frozen = Entries::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::series::{Range, SeriesId};

    #[test]
    fn an_effect_is_cut_at_the_borders_of_blocks() {
        let effect = Effect { range: Range { series: SeriesId(7), first: 4090, count: 4110 }, act: Act::Apply };
        let cut: Vec<_> = entries(DocumentNo(3), &effect).collect();
        let places: Vec<_> = cut.iter().map(|(key, entry)| (key.block, entry.first, entry.last)).collect();
        assert_eq!(places, [(0, 4090, 4095), (1, 0, 4095), (2, 0, 7)]);
        assert!(cut.iter().all(|(_, entry)| entry.event() == Event { document: DocumentNo(3), act: Act::Apply }));
    }

    #[test]
    fn entries_are_seen_while_they_wait_and_while_they_are_folded() {
        let pending = Pending::new();
        let key = BlockKey { series: SeriesId(1), block: 2 };
        let add = |document: u64| {
            pending.publish([(key, vec![Entry::new(DocumentNo(document), Act::Apply, 5, 1)])]);
        };
        add(1);
        assert_eq!(pending.freeze().len(), 1);
        add(2);
        let seen = |offset| pending.of_unit(key, offset).iter().map(|entry| entry.document).collect::<Vec<_>>();
        assert_eq!((seen(5), seen(6)), (vec![1, 2], vec![]));
        assert_eq!(pending.waiting(), 1);
        pending.thaw();
        assert_eq!(seen(5), [2]);
        assert_eq!(pending.blocks_of(SeriesId(1)), [2]);
    }
}
