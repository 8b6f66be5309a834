//! A map bounded by weight that forgets what was used longest ago.

use std::collections::HashMap;
use std::hash::Hash;

struct Entry<V> {
    value: V,
    weight: usize,
    used: u64,
}

/// The map.
pub struct Lru<K, V> {
    entries: HashMap<K, Entry<V>>,
    limit: usize,
    weight: usize,
    uses: u64,
}

impl<K: Eq + Hash + Copy, V: Clone> Lru<K, V> {
    /// An empty map that keeps at most `limit` of weight.
    pub fn new(limit: usize) -> Self {
        Self { entries: HashMap::new(), limit, weight: 0, uses: 0 }
    }

    /// The value of a key, which counts as used.
    pub fn get(&mut self, key: &K) -> Option<V> {
        self.uses += 1;
        let entry = self.entries.get_mut(key)?;
        entry.used = self.uses;
        Some(entry.value.clone())
    }

    /// Keeps a value. What is heavier than the whole map is not kept.
    pub fn put(&mut self, key: K, value: V, weight: usize) {
        if let Some(old) = self.entries.remove(&key) {
            self.weight -= old.weight;
        }
        if weight > self.limit {
            return;
        }
        if self.weight + weight > self.limit {
            self.shrink(self.limit - weight);
        }
        self.uses += 1;
        self.weight += weight;
        self.entries.insert(key, Entry { value, weight, used: self.uses });
    }

    /// Forgets until at most `target` is left, and a quarter of the limit is free, so that this is seldom done.
    fn shrink(&mut self, target: usize) {
        let target = target.min(self.limit / 4 * 3);
        let mut by_use: Vec<(u64, K)> = self.entries.iter().map(|(key, entry)| (entry.used, *key)).collect();
        by_use.sort_unstable_by_key(|(used, _)| *used);
        for (_, key) in by_use {
            if self.weight <= target {
                break;
            }
            if let Some(old) = self.entries.remove(&key) {
                self.weight -= old.weight;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weight_is_bounded_and_what_is_used_stays() {
        let mut lru = Lru::new(100);
        for key in 0..1000 {
            lru.put(key, key, 10);
            assert_eq!(lru.get(&0), Some(0), "the one in use was forgotten at {key}");
            assert!(lru.weight <= 100);
            assert_eq!(lru.weight, lru.entries.values().map(|entry| entry.weight).sum::<usize>());
        }
        lru.put(0, 7, 101);
        assert_eq!(lru.get(&0), None, "heavier than the map");
    }
}
