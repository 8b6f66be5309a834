//! Contents of a package: the fold of the effects of the documents that its own history names.

use super::book::changes_contents;
use crate::StoreError;
use backend_ledger::Series;
use shared::act::{Act, Effect, Event};
use shared::document::Items;
use shared::series::{PackageId, Range, SeriesId};
use shared::state::{DocumentNo, standing};
use std::collections::BTreeMap;

/// The documents of a package's history that changed what is in it and stand, in order.
pub(crate) fn documents(events: &[Event]) -> Vec<DocumentNo> {
    let events = standing(events);
    let latest_form = events.iter().rposition(|event| matches!(event.act, Act::Form(..))).unwrap_or(0);
    let since = events.get(latest_form..).unwrap_or_default();
    let mut documents: Vec<DocumentNo> =
        since.iter().filter(|event| changes_contents(event.act)).map(|event| event.document).collect();
    documents.dedup();
    documents
}

/// Numbers in a package, by series: first number → count, without overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Contents(BTreeMap<(SeriesId, u64), u64>);

/// What one document put into a package and took out of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) packed: Contents,
    pub(crate) unpacked: Contents,
}

impl Contents {
    /// Folds the effects of one document.
    pub(crate) fn add(&mut self, package: PackageId, effects: &[Effect]) -> Change {
        let mut change = Change::default();
        for effect in effects {
            match effect.act {
                Act::Pack(into) if into == package => {
                    self.insert(effect.range);
                    change.packed.insert(effect.range);
                }
                Act::Unpack(_) => self.remove(effect.range, &mut change.unpacked),
                _ => {}
            }
        }
        change
    }

    /// Takes back what a document did, after which nothing was changed.
    pub(crate) fn take_back(&mut self, change: &Change) {
        for (&(series, first), &count) in &change.packed.0 {
            self.remove(Range { series, first, count }, &mut Self::default());
        }
        self.0.extend(&change.unpacked.0);
    }

    fn insert(&mut self, range: Range) {
        self.0.insert((range.series, range.first), range.count);
    }

    /// Takes numbers out, those of them that are in, and puts them into `gone`.
    fn remove(&mut self, out: Range, gone: &mut Contents) {
        let before = self.0.range(..=(out.series, out.first)).next_back();
        let within = self.0.range((out.series, out.first)..(out.series, out.end()));
        let touched: Vec<((SeriesId, u64), u64)> = before.into_iter().chain(within).map(|(k, v)| (*k, *v)).collect();
        for ((series, first), count) in touched {
            let end = first + count;
            if series != out.series || end <= out.first || first >= out.end() {
                continue;
            }
            self.0.remove(&(series, first));
            let from = first.max(out.first);
            gone.insert(Range { series, first: from, count: end.min(out.end()) - from });
            if first < out.first {
                self.0.insert((series, first), out.first - first);
            }
            if end > out.end() {
                self.0.insert((series, out.end()), end - out.end());
            }
        }
    }

    /// Units and packages, told apart by `packages`, which gives the series of a number if it is one of packages.
    pub(crate) fn items(
        &self,
        mut packages: impl FnMut(SeriesId) -> Result<Option<Series>, StoreError>,
    ) -> Result<Items, StoreError> {
        let mut items = Items::default();
        for (&(series, first), &count) in &self.0 {
            match packages(series)? {
                Some(of) => {
                    items.packages.extend((first..first + count).filter_map(|number| PackageId::at(of.key, number)));
                }
                None => match items.units.last_mut() {
                    Some(last) if last.series == series && last.end() == first => last.count += count,
                    _ => items.units.push(Range { series, first, count }),
                },
            }
        }
        Ok(items)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use shared::party::PartyId;

    const BOX: PackageId = match PackageId::new(4_870_001_230_000_001) {
        Some(id) => id,
        None => panic!("seventeen digits"),
    };

    proptest! {
        /// Contents equal a plain set under the same packing and taking out.
        #[test]
        fn contents_equal_a_plain_set(steps in proptest::collection::vec((any::<bool>(), 0_u64..60, 1_u64..20), 0..40)) {
            let mut contents = Contents::default();
            let mut plain = std::collections::BTreeSet::new();
            for (into, first, count) in steps {
                let range = Range { series: SeriesId(3), first, count };
                // What is in a package is not packed again.
                if into && !range_is_free(&plain, range) {
                    continue;
                }
                let before = plain.clone();
                let act = if into { Act::Pack(BOX) } else { Act::Unpack(PartyId(1)) };
                let change = contents.add(BOX, &[Effect { range, act }]);
                if into {
                    plain.extend(first..first + count);
                } else {
                    plain.retain(|number| !(first..first + count).contains(number));
                }
                prop_assert_eq!(numbers(&contents), plain.iter().copied().collect::<Vec<_>>());
                let came: Vec<u64> = plain.difference(&before).copied().collect();
                let went: Vec<u64> = before.difference(&plain).copied().collect();
                prop_assert_eq!((numbers(&change.packed), numbers(&change.unpacked)), (came, went));
            }
        }
    }

    fn numbers(contents: &Contents) -> Vec<u64> {
        contents.items(|_| Ok(None)).unwrap().units.iter().flat_map(|range| range.first..range.end()).collect()
    }

    fn range_is_free(plain: &std::collections::BTreeSet<u64>, range: Range) -> bool {
        plain.range(range.first..range.end()).next().is_none()
    }
}
