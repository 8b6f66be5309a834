//! What may go into a package, and that it goes.

use super::expand::depth;
use crate::book::Book;
use crate::decision::Undecided;
use crate::transition::allow;
use crate::work::{Step, Work};
use shared::act::Act;
use shared::document::{Items, Range};
use shared::package::{capacity, may_hold};
use shared::refusal::RefusalCode;
use shared::series::{PACKAGE_DEPTH, PackageId, PackageLevel};
use shared::state::{Status, UnitState};
use std::collections::BTreeMap;

/// A package that this document forms.
#[derive(Clone, Copy, Debug)]
pub(super) struct Formed {
    pub(super) level: PackageLevel,
    pub(super) depth: usize,
    pub(super) is_applied: bool,
    pub(super) is_packed: bool,
}

/// The package to be filled.
pub(super) struct Into {
    pub(super) package: PackageId,
    pub(super) level: PackageLevel,
    /// Its index among what the document names.
    pub(super) index: u32,
    /// Packages around it, itself among them.
    pub(super) above: usize,
    /// Units and packages that stay in it.
    pub(super) held: u64,
}

/// What has gone in.
#[derive(Default)]
pub(super) struct Filled {
    /// Whether some of it is not in circulation.
    pub(super) is_applied: bool,
    /// Deepest nesting of the packages among it.
    pub(super) depth: usize,
}

/// Puts `items`, named from `index` on, into a package. `formed` are the packages of this document so far.
pub(super) fn fill<B: Book>(
    work: &mut Work<'_, B>,
    into: &Into,
    items: &Items,
    mut index: u32,
    formed: &mut BTreeMap<PackageId, Formed>,
) -> Step<Filled, B> {
    let mut filled = Filled::default();
    let mut limit = capacity(into.level, None);
    let mut count = into.held;
    for range in &items.units {
        if let Some(product) = work.series(range.series)?.and_then(|series| series.product.as_ref()) {
            limit = limit.min(capacity(into.level, Some(product.group)));
        }
        work.each_state(*range, index, |work, run, state, owner| {
            filled.is_applied |= state.status == Status::Applied;
            let owner = state.owner.unwrap_or(owner);
            unit(work, into.package, index, run, state, owner == work.asked.by.id);
            Ok(())
        })?;
        work.units += range.count;
        count = count.saturating_add(range.count);
        index += 1;
    }
    for package in &items.packages {
        let inner = inner(work, into, *package, index, formed)?;
        if let Some(inner) = inner {
            filled.is_applied |= inner.is_applied;
            filled.depth = filled.depth.max(inner.depth);
            work.push_package(2, *package, Act::Pack(into.package))?;
        }
        count = count.saturating_add(1);
        index += 1;
    }
    if count > limit {
        work.refuse_package(into.index, RefusalCode::PackageFull, Some(limit));
    }
    if into.above + filled.depth > PACKAGE_DEPTH {
        work.refuse_package(into.index, RefusalCode::PackageTooDeep, Some(PACKAGE_DEPTH as u64));
    }
    Ok(filled)
}

/// Puts units of equal state in.
fn unit<B: Book>(work: &mut Work<'_, B>, into: PackageId, index: u32, run: Range, state: &UnitState, is_theirs: bool) {
    let act = Act::Pack(into);
    if state.package.is_some() {
        // Whose it is, the packages around it say: it is told first that it is in one.
        work.refuse(index, run, RefusalCode::AlreadyPacked);
    } else if !is_theirs {
        work.refuse(index, run, RefusalCode::UnitNotYours);
    } else if let Err(code) = allow(state, act) {
        work.refuse(index, run, code);
    } else {
        work.push(2, run, act);
    }
}

/// A package to be put in: one that this document has formed, or one of the book.
fn inner<B: Book>(
    work: &mut Work<'_, B>,
    into: &Into,
    package: PackageId,
    index: u32,
    formed: &mut BTreeMap<PackageId, Formed>,
) -> Step<Option<Formed>, B> {
    let inner = match formed.get_mut(&package) {
        _ if package == into.package => Err(RefusalCode::PackageInItself),
        Some(formed) if formed.is_packed => Err(RefusalCode::AlreadyPacked),
        Some(formed) => {
            formed.is_packed = true;
            Ok(*formed)
        }
        None => of_book(work, into, package)?,
    };
    let inner = inner.and_then(|inner| match may_hold(into.level, inner.level) {
        true => Ok(inner),
        false => Err(RefusalCode::PackageLevelMismatch),
    });
    match inner {
        Ok(inner) => Ok(Some(inner)),
        Err(code) => {
            work.refuse_package(index, code, None);
            Ok(None)
        }
    }
}

fn of_book<B: Book>(work: &mut Work<'_, B>, into: &Into, package: PackageId) -> Step<Result<Formed, RefusalCode>, B> {
    let Some(state) = work.book.package(package).map_err(Undecided::Book)? else {
        return Ok(Err(RefusalCode::PackageUnknown));
    };
    if state.package.is_some() {
        return Ok(Err(RefusalCode::AlreadyPacked));
    }
    if state.owner != Some(work.asked.by.id) {
        return Ok(Err(RefusalCode::UnitNotYours));
    }
    if let Err(code) = allow(&state, Act::Pack(into.package)) {
        return Ok(Err(code));
    }
    let mut at = Some(into.package);
    for _ in 0..PACKAGE_DEPTH {
        let Some(id) = at else { break };
        if id == package {
            return Ok(Err(RefusalCode::PackageInItself));
        }
        at = work.book.package(id).map_err(Undecided::Book)?.and_then(|state| state.package);
    }
    // A formed package has a level.
    let level = state.level.unwrap_or(PackageLevel::Container);
    let depth = depth(work, package)?;
    Ok(Ok(Formed { level, depth, is_applied: state.status == Status::Applied, is_packed: true }))
}
