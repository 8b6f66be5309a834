//! Corrections of what was done to packages: for each package named all of it is taken back, where nothing has followed.
//!
//! A document that forms, opens or takes apart packages is taken back with everything that it put into them and took out of
//! them, so that contents, which are folded from the documents that stand, and the states of what is inside agree again. A
//! package whose forming is taken back never was: its SSCC may be used. A withdrawal is taken back with all that is inside.

use super::correct::earlier;
use super::expand::{depth, expand};
use crate::book::Book;
use crate::decision::{Also, Decision, Undecided};
use crate::sense::CORRECTION_LIMIT;
use crate::work::{Step, Work};
use shared::act::{Act, Effect};
use shared::document::{DocumentKind, Range};
use shared::party::PartyId;
use shared::refusal::{Refusal, RefusalCode};
use shared::series::{PACKAGE_DEPTH, PackageId, SeriesId, SeriesKind};
use shared::state::{DocumentNo, Status, UnitState, standing};
use std::collections::{BTreeMap, BTreeSet};

/// Where a unit or package is kept.
type At = (SeriesId, u64);

/// The packages named, with their indices.
type Named = BTreeMap<At, (u32, PackageId)>;

/// What is to be taken back: of each unit and package the index of the package for which, and the acts in order.
type Acts = BTreeMap<At, (u32, Vec<Act>)>;

/// The packages named as they are when it is taken back.
type After = BTreeMap<PackageId, (u32, UnitState)>;

/// Why a package may not be as it was, with the argument of the refusal.
type Unfit = (RefusalCode, Option<u64>);

/// Takes back what `document` did to the packages named and to what it moved into and out of them.
pub(super) fn correct<B: Book>(
    mut work: Work<'_, B>,
    document: DocumentNo,
    number: DocumentNo,
    packages: &[PackageId],
) -> Step<Decision, B> {
    let (kind, effects) = earlier(&mut work, document, number)?;
    if !is_correctable(kind) {
        return Err(Refusal::new(RefusalCode::NotCorrectable).at("/document").into());
    }
    let mark = work.mark();
    let mut named = Named::new();
    for (index, package) in (0_u32..).zip(packages) {
        if work.book.package(*package).map_err(Undecided::Book)?.is_none() {
            work.refuse_package(index, RefusalCode::PackageUnknown, None);
            continue;
        }
        named.insert((work.package_series(package.prefix())?, package.number()), (index, *package));
    }
    let acts = match kind {
        DocumentKind::Withdraw => withdrawn(&mut work, &effects, &named, document)?,
        _ => moved(&mut work, &effects, &named, document)?,
    };
    let after = take_back(&mut work, document, &acts, &named)?;
    // What was withdrawn is in no package around it, and stays its owner's.
    if kind != DocumentKind::Withdraw && !work.is_refused_since(&mark) {
        for (package, (index, state)) in &after {
            if let Err((code, limit)) = fits(&mut work, *package, (*index, state), &acts, &after)? {
                work.refuse_package(*index, code, limit);
            }
        }
    }
    work.finish(Also::Nothing)
}

/// Documents that act on packages alone, and those that take goods out of circulation with the packages they are in.
fn is_correctable(kind: DocumentKind) -> bool {
    matches!(
        kind,
        DocumentKind::Withdraw
            | DocumentKind::Aggregate
            | DocumentKind::Disaggregate
            | DocumentKind::TakeOut
            | DocumentKind::Add
            | DocumentKind::Replace
    )
}

/// What was withdrawn with the packages: they and all that is in them.
fn withdrawn<B: Book>(
    work: &mut Work<'_, B>,
    effects: &[Effect],
    named: &Named,
    document: DocumentNo,
) -> Step<Acts, B> {
    let mut acts = Acts::new();
    let is_withdrawal = |act: &Act| matches!(act, Act::Withdraw(_));
    let Some(act) = effects.iter().map(|effect| effect.act).find(is_withdrawal) else { return Ok(acts) };
    for (place, (index, package)) in named {
        acts.insert(*place, (*index, vec![act]));
        let inside = expand(work, *package)?;
        for range in inside.units {
            few(acts.len() as u64 + range.count)?;
            acts.extend((range.first..range.end()).map(|number| ((range.series, number), (*index, vec![act]))));
        }
        for inner in inside.packages {
            let place = (work.package_series(inner.prefix())?, inner.number());
            let events = work.book.events(place.0, place.1).map_err(Undecided::Book)?;
            // One that had left circulation before was left as it was.
            if standing(&events).iter().any(|event| event.document == document) {
                acts.insert(place, (*index, vec![act]));
            }
        }
    }
    Ok(acts)
}

/// What was done to the packages as such, and what was put into them and taken out.
fn moved<B: Book>(work: &mut Work<'_, B>, effects: &[Effect], named: &Named, document: DocumentNo) -> Step<Acts, B> {
    let indices: BTreeMap<PackageId, u32> = named.values().map(|(index, package)| (*package, *index)).collect();
    let mut acts = Acts::new();
    let mut looked_at = 0;
    for Effect { range, act } in effects {
        if let Act::Pack(into) = act
            && !indices.contains_key(into)
        {
            continue;
        }
        looked_at += range.count;
        few(looked_at)?;
        for number in range.first..range.end() {
            let index = match act {
                Act::Pack(into) => indices.get(into).copied(),
                Act::Unpack(_) => {
                    let events = work.book.events(range.series, number).map_err(Undecided::Book)?;
                    let mut before = standing(&events);
                    before.retain(|event| event.document < document);
                    UnitState::of(&before).package.and_then(|package| indices.get(&package).copied())
                }
                _ => named.get(&(range.series, number)).map(|(index, _)| *index),
            };
            if let Some(index) = index {
                let (_, acts) = acts.entry((range.series, number)).or_insert((index, Vec::new()));
                acts.push(*act);
            }
        }
    }
    Ok(acts)
}

/// Takes back what stands last in each history. Gives the packages named as they are after that.
fn take_back<B: Book>(work: &mut Work<'_, B>, document: DocumentNo, acts: &Acts, named: &Named) -> Step<After, B> {
    let mut after = After::new();
    // Of a package to which the document did nothing, nothing can be taken back.
    let untouched = named.iter().filter(|(place, _)| !acts.contains_key(place)).map(|(_, (index, _))| *index);
    let mut refused: BTreeSet<u32> = untouched.collect();
    for ((series, number), (index, acts)) in acts {
        let events = work.book.events(*series, *number).map_err(Undecided::Book)?;
        let mut before = standing(&events);
        let last = before.split_off(before.len().saturating_sub(acts.len()));
        let is_last = last.iter().all(|event| event.document == document)
            && last.iter().map(|event| event.act).eq(acts.iter().copied());
        if !is_last {
            refused.insert(*index);
            continue;
        }
        for stage in 0..acts.len() {
            work.push(stage, Range::one(*series, *number), Act::Undo);
        }
        if work.series(*series)?.is_some() {
            work.units += 1;
        }
        if let Some((index, package)) = named.get(&(*series, *number)) {
            after.insert(*package, (*index, UnitState::of(&before)));
        }
    }
    for index in refused {
        work.refuse_package(index, RefusalCode::ChangedSince, None);
    }
    Ok(after)
}

/// Whether a package may be again as it was: nothing has happened to the packages around it either.
fn fits<B: Book>(
    work: &mut Work<'_, B>,
    package: PackageId,
    (index, state): (u32, &UnitState),
    acts: &Acts,
    after: &After,
) -> Step<Result<(), Unfit>, B> {
    let now = work.book.package(package).map_err(Undecided::Book)?.unwrap_or(UnitState::EMITTED);
    let (owner, seen) = work.seen(&now, PartyId(0))?;
    if owner != work.asked.by.id || seen.transfer.is_some() {
        return Ok(Err((RefusalCode::ChangedSince, None)));
    }
    if state.status == Status::Applied && !waits(work, package, index, acts, after)? {
        // What it waited for beside what came and went has been introduced since.
        return Ok(Err((RefusalCode::ChangedSince, None)));
    }
    // Packages around it, itself among them.
    let mut above = 1;
    let mut inner = *state;
    while let Some(outer) = inner.package.filter(|_| above <= PACKAGE_DEPTH) {
        let around = match after.get(&outer) {
            Some((_, state)) => *state,
            None => work.book.package(outer).map_err(Undecided::Book)?.unwrap_or(UnitState::EMITTED),
        };
        if inner.status == Status::Applied && around.status != Status::Applied {
            // What is in a package that may be shipped is in circulation.
            return Ok(Err((RefusalCode::NotInCirculation, None)));
        }
        (inner, above) = (around, above + 1);
    }
    for (series, number) in put_back(acts, index) {
        if let Some(inner) = package_at(work, series, number)?
            && above + depth(work, inner)? > PACKAGE_DEPTH
        {
            return Ok(Err((RefusalCode::PackageTooDeep, Some(PACKAGE_DEPTH as u64))));
        }
    }
    Ok(Ok(()))
}

/// Whether a package will hold goods that are only applied.
fn waits<B: Book>(work: &mut Work<'_, B>, package: PackageId, index: u32, acts: &Acts, after: &After) -> Step<bool, B> {
    let leaves = |at: &At| acts.get(at).is_some_and(|(_, acts)| acts.contains(&Act::Pack(package)));
    let inside = work.book.contents(package).map_err(Undecided::Book)?;
    let mut stay: Vec<At> = put_back(acts, index).collect();
    for inner in inside.packages {
        stay.push((work.package_series(inner.prefix())?, inner.number()));
    }
    let mut applied = Vec::new();
    for range in inside.units {
        let mut hear = |run: Range, state: &UnitState| applied.extend((state.status == Status::Applied).then_some(run));
        work.book.states(range, &mut hear).map_err(Undecided::Book)?;
    }
    if applied.iter().any(|run| (run.first..run.end()).any(|number| !leaves(&(run.series, number)))) {
        return Ok(true);
    }
    for (series, number) in stay.into_iter().filter(|at| !leaves(at)) {
        let state = match package_at(work, series, number)?.and_then(|inner| after.get(&inner)) {
            Some((_, state)) => *state,
            None => UnitState::of(&work.book.events(series, number).map_err(Undecided::Book)?),
        };
        if state.status == Status::Applied {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What comes back into the package with this index.
fn put_back(acts: &Acts, index: u32) -> impl Iterator<Item = At> + '_ {
    let was_taken_out = |act: &Act| matches!(act, Act::Unpack(_));
    let of = move |(_, (of, acts)): &(&At, &(u32, Vec<Act>))| *of == index && acts.iter().any(was_taken_out);
    acts.iter().filter(of).map(|(at, _)| *at)
}

/// The package that is kept there, if it is one.
fn package_at<B: Book>(work: &mut Work<'_, B>, series: SeriesId, number: u64) -> Step<Option<PackageId>, B> {
    let series = work.book.series(series).map_err(Undecided::Book)?;
    let packages = series.filter(|series| series.kind == SeriesKind::Packages);
    Ok(packages.and_then(|series| PackageId::at(series.key, number)))
}

/// As many as one correction may take back.
fn few(count: u64) -> Result<(), Refusal> {
    if count > CORRECTION_LIMIT {
        return Err(Refusal::new(RefusalCode::TooManyCodes).at("/units").with("limit", CORRECTION_LIMIT));
    }
    Ok(())
}
