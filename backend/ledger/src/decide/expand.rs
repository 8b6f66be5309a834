//! What is in a package, and in the packages in it.

use crate::book::Book;
use crate::decision::Undecided;
use crate::plan::UNITS_LIMIT;
use crate::work::{Step, Work};
use shared::document::Items;
use shared::refusal::{Refusal, RefusalCode};
use shared::series::{PACKAGE_DEPTH, PackageId};

/// All units in `package` and all packages in it, at any depth; itself is not among them.
pub(super) fn expand<B: Book>(work: &mut Work<'_, B>, package: PackageId) -> Step<Items, B> {
    let mut all = Items::default();
    let mut total = 0_u64;
    let mut left = vec![(package, 1)];
    while let Some((at, depth)) = left.pop() {
        let contents = work.book.contents(at).map_err(Undecided::Book)?;
        total = contents.units.iter().fold(total, |sum, range| sum.saturating_add(range.count));
        if total > UNITS_LIMIT {
            return Err(Refusal::new(RefusalCode::TooManyCodes).at("/units").with("limit", UNITS_LIMIT).into());
        }
        all.units.extend(contents.units);
        if depth < PACKAGE_DEPTH {
            left.extend(contents.packages.iter().map(|inner| (*inner, depth + 1)));
        }
        all.packages.extend(contents.packages);
    }
    Ok(all)
}

/// How many packages deep `package` is: 1 if it holds units alone.
pub(super) fn depth<B: Book>(work: &mut Work<'_, B>, package: PackageId) -> Step<usize, B> {
    let mut deepest = 1;
    let mut left = vec![(package, 1)];
    while let Some((at, depth)) = left.pop() {
        deepest = deepest.max(depth);
        if depth <= PACKAGE_DEPTH {
            let contents = work.book.contents(at).map_err(Undecided::Book)?;
            left.extend(contents.packages.iter().map(|inner| (*inner, depth + 1)));
        }
    }
    Ok(deepest)
}
