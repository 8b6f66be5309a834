//! Packages of goods that are not in circulation: when all that is left in one is introduced, so is the package.

use crate::book::Book;
use crate::decision::Undecided;
use crate::ranges;
use crate::work::{STAGES, Step, Work};
use shared::act::{Act, Effect};
use shared::document::Range;
use shared::series::PackageId;
use shared::state::{Status, UnitState};
use std::collections::BTreeSet;

/// Which numbers the document introduces and which leave their package.
struct Moved {
    introduced: Vec<Range>,
    gone: Vec<Range>,
}

impl<B: Book> Work<'_, B> {
    /// Introduces the packages whose goods are all in circulation now: those touched and those around them.
    pub(crate) fn settle(&mut self) -> Step<(), B> {
        let mut moved = None;
        let mut done = BTreeSet::new();
        let mut left: Vec<PackageId> = self.touched.clone();
        left.extend(std::mem::take(&mut self.introduced_in));
        left.sort_unstable();
        left.dedup();
        // The last is looked at first; what is around it comes after.
        while let Some(package) = left.pop() {
            let state = self.book.package(package).map_err(Undecided::Book)?;
            let Some(state) = state.filter(|state| state.status == Status::Applied) else { continue };
            if self.applied_into == Some(package) {
                continue;
            }
            let moved = moved.get_or_insert_with(|| self.moved());
            if !done.contains(&package) && self.is_introduced(package, moved, &done)? {
                self.push_package(STAGES - 1, package, Act::Introduce)?;
                done.insert(package);
                left.extend(state.package);
            }
        }
        Ok(())
    }

    fn moved(&self) -> Moved {
        let effects = || (0..STAGES).flat_map(|stage| self.stage(stage));
        let of = |is: fn(&&Effect) -> bool| ranges::in_order(effects().filter(is).map(|effect| effect.range).collect());
        Moved {
            introduced: of(|effect| effect.act == Act::Introduce),
            gone: of(|effect| matches!(effect.act, Act::Unpack(_))),
        }
    }

    fn is_introduced(&mut self, package: PackageId, moved: &Moved, done: &BTreeSet<PackageId>) -> Step<bool, B> {
        let contents = self.book.contents(package).map_err(Undecided::Book)?;
        let mut rest = Vec::new();
        for range in contents.units {
            ranges::without(range, &moved.introduced, |part| {
                ranges::without(part, &moved.gone, |part| rest.push(part))
            });
        }
        let mut is_all = true;
        for range in rest {
            let mut hear = |_: Range, state: &UnitState| is_all &= state.status != Status::Applied;
            self.book.states(range, &mut hear).map_err(Undecided::Book)?;
        }
        for inner in contents.packages {
            let series = self.package_series(inner.prefix())?;
            let is_gone = ranges::hold(&moved.gone, Range::one(series, inner.number()));
            if is_all && !is_gone && !done.contains(&inner) {
                let state = self.book.package(inner).map_err(Undecided::Book)?;
                is_all = state.is_none_or(|state| state.status != Status::Applied);
            }
        }
        Ok(is_all)
    }
}
