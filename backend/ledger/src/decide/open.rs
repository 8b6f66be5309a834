//! Packages are opened: taken apart, or their contents changed.

use super::fill::{Into, fill};
use crate::book::Book;
use crate::decision::{Also, Decision, Undecided};
use crate::packages::may_open;
use crate::work::{Step, Work};
use shared::act::Act;
use shared::document::{Items, Range};
use shared::party::PartyId;
use shared::refusal::RefusalCode;
use shared::series::{PACKAGE_DEPTH, PackageId, PackageLevel};
use shared::state::{Status, UnitState};
use std::collections::{BTreeMap, BTreeSet};

/// Takes packages apart, one level: what was in them is on its own.
pub(super) fn disaggregate<B: Book>(mut work: Work<'_, B>, packages: &[PackageId]) -> Step<Decision, B> {
    let apart: BTreeSet<PackageId> = packages.iter().copied().collect();
    for (index, package) in (0_u32..).zip(packages) {
        let Some((state, owner)) = opened(&mut work, *package, index)? else { continue };
        // A package around it that is taken apart as well lets it go by itself.
        if let Some(outer) = state.package.filter(|outer| !apart.contains(outer)) {
            work.push_package(0, *package, Act::Unpack(owner))?;
            work.touched.push(outer);
        }
        let contents = work.book.contents(*package).map_err(Undecided::Book)?;
        for range in contents.units {
            work.push(0, range, Act::Unpack(owner));
            work.units += range.count;
        }
        for inner in contents.packages {
            work.push_package(0, inner, Act::Unpack(owner))?;
        }
        work.push_package(1, *package, Act::Dissolve)?;
    }
    work.finish(Also::Nothing)
}

/// Takes goods out of a package.
pub(super) fn take_out<B: Book>(mut work: Work<'_, B>, package: PackageId, items: &Items) -> Step<Decision, B> {
    if let Some((_, owner)) = opened(&mut work, package, 0)? {
        out(&mut work, package, owner, items)?;
    }
    work.finish(Also::Nothing)
}

/// Puts more into a package.
pub(super) fn add<B: Book>(mut work: Work<'_, B>, package: PackageId, items: &Items) -> Step<Decision, B> {
    if let Some((state, _)) = opened(&mut work, package, 0)? {
        into(&mut work, package, &state, items, 1, 0)?;
    }
    work.finish(Also::Nothing)
}

/// Exchanges contents of a package.
pub(super) fn replace<B: Book>(
    mut work: Work<'_, B>,
    package: PackageId,
    old: &Items,
    new: &Items,
) -> Step<Decision, B> {
    if let Some((state, owner)) = opened(&mut work, package, 0)? {
        let index = 1 + (old.units.len() + old.packages.len()) as u32;
        out(&mut work, package, owner, old)?;
        let gone = count(old);
        into(&mut work, package, &state, new, index, gone)?;
    }
    work.finish(Also::Nothing)
}

/// A package that its owner may open, with the owner; refused otherwise.
fn opened<B: Book>(work: &mut Work<'_, B>, package: PackageId, index: u32) -> Step<Option<(UnitState, PartyId)>, B> {
    let Some(state) = work.book.package(package).map_err(Undecided::Book)? else {
        work.refuse_package(index, RefusalCode::PackageUnknown, None);
        return Ok(None);
    };
    let (owner, seen) = work.seen(&state, PartyId(0))?;
    if owner != work.asked.by.id {
        work.refuse_package(index, RefusalCode::UnitNotYours, None);
        return Ok(None);
    }
    if let Err(code) = may_open(&seen) {
        work.refuse_package(index, code, None);
        return Ok(None);
    }
    Ok(Some((state, owner)))
}

/// Takes out what is directly in the package; it is named from index 1 on.
fn out<B: Book>(work: &mut Work<'_, B>, package: PackageId, owner: PartyId, items: &Items) -> Step<(), B> {
    for (index, range) in (1_u32..).zip(&items.units) {
        work.each_state(*range, index, |work, run, state, _| {
            if state.package == Some(package) {
                work.push(0, run, Act::Unpack(owner));
                work.units += run.count;
            } else {
                work.refuse(index, run, RefusalCode::NotInPackage);
            }
            Ok(())
        })?;
    }
    for (index, inner) in (1 + items.units.len() as u32..).zip(&items.packages) {
        match work.book.package(*inner).map_err(Undecided::Book)? {
            Some(state) if state.package == Some(package) => work.push_package(0, *inner, Act::Unpack(owner))?,
            Some(_) => work.refuse_package(index, RefusalCode::NotInPackage, None),
            None => work.refuse_package(index, RefusalCode::PackageUnknown, None),
        }
    }
    work.touched.push(package);
    Ok(())
}

/// Puts in what is named from `index` on; `gone` are taken out before.
fn into<B: Book>(
    work: &mut Work<'_, B>,
    package: PackageId,
    state: &UnitState,
    items: &Items,
    index: u32,
    gone: u64,
) -> Step<(), B> {
    let contents = work.book.contents(package).map_err(Undecided::Book)?;
    let mut above = 1;
    let mut at = state.package;
    while let Some(id) = at.filter(|_| above <= PACKAGE_DEPTH) {
        at = work.book.package(id).map_err(Undecided::Book)?.and_then(|state| state.package);
        above += 1;
    }
    // A formed package has a level.
    let level = state.level.unwrap_or(PackageLevel::Container);
    let held = count(&contents).saturating_sub(gone);
    let filled = fill(work, &Into { package, level, index: 0, above, held }, items, index, &mut BTreeMap::new())?;
    if filled.is_applied {
        work.applied_into = Some(package);
        if state.status != Status::Applied {
            // What is in a package that may be shipped is in circulation.
            work.refuse_package(0, RefusalCode::NotInCirculation, None);
        }
    }
    work.touched.push(package);
    Ok(())
}

/// Units and packages directly named.
fn count(items: &Items) -> u64 {
    let units = items.units.iter().map(|range: &Range| range.count);
    units.fold(items.packages.len() as u64, u64::saturating_add)
}
