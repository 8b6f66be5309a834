//! Documents that do one thing to units and to all that is in packages.

use super::expand::expand;
use super::units::check_act;
use crate::book::Book;
use crate::decision::{Also, Decision, Undecided};
use crate::plan::Plan;
use crate::ranges;
use crate::roles::may_speak_of;
use crate::transition::allow;
use crate::work::{Step, Work};
use shared::act::Act;
use shared::document::{Items, Range};
use shared::party::PartyId;
use shared::refusal::RefusalCode;
use shared::series::PackageId;
use std::collections::BTreeSet;

impl Plan {
    /// Does `act` to units and packages.
    pub(super) fn goods<B: Book>(&self, mut work: Work<'_, B>, items: &Items, act: Act) -> Step<Decision, B> {
        self.each_unit(&mut work, act, 0..u32::MAX)?;
        self.each_package(&mut work, items, act)?;
        work.finish(Also::Nothing)
    }

    /// Does `act` to what is in the packages, which stay whole. They are the first that the document names, after units.
    pub(super) fn each_package<B: Book>(&self, work: &mut Work<'_, B>, items: &Items, act: Act) -> Step<(), B> {
        let packages = &items.packages;
        if packages.is_empty() {
            return Ok(());
        }
        let listed: Vec<Range> = ranges::in_order(self.ranges().collect());
        let mut seen: BTreeSet<PackageId> = packages.iter().copied().collect();
        for (index, package) in (items.units.len() as u32..).zip(packages) {
            let mark = work.mark();
            self.one_package(work, *package, index, act, &listed, &mut seen)?;
            if work.is_refused_since(&mark) {
                // A package is a whole: it is refused with all that is in it.
                work.back_to(&mark);
            }
        }
        Ok(())
    }

    fn one_package<B: Book>(
        &self,
        work: &mut Work<'_, B>,
        package: PackageId,
        index: u32,
        act: Act,
        listed: &[Range],
        seen: &mut BTreeSet<PackageId>,
    ) -> Step<(), B> {
        let Some(state) = work.book.package(package).map_err(Undecided::Book)? else {
            work.refuse_package(index, RefusalCode::PackageUnknown, None);
            return Ok(());
        };
        let (owner, around) = work.seen(&state, PartyId(0))?;
        if !may_speak_of(work.asked, owner, owner, &around) {
            work.refuse_package(index, RefusalCode::UnitNotYours, None);
            return Ok(());
        }
        if let Err(code) = allow(&around, act) {
            work.refuse_package(index, code, None);
            return Ok(());
        }
        if let Some(outer) = state.package {
            work.push_package(0, package, Act::Unpack(owner))?;
            work.touched.push(outer);
        }
        let inside = expand(work, package)?;
        for inner in &inside.packages {
            if !seen.insert(*inner) {
                work.refuse_package(index, RefusalCode::CodeRepeated, None);
                return Ok(());
            }
        }
        for range in ranges::in_order(inside.units) {
            if let Some(twice) = ranges::overlapping(range, listed).next() {
                work.refuse(index, twice, RefusalCode::CodeRepeated);
                return Ok(());
            }
            work.each_state(range, index, |work, run, state, _| {
                match check_act(work, state, act)? {
                    Err(code) => work.refuse(index, run, code),
                    Ok(()) => {
                        work.push(1, run, act);
                        work.units += run.count;
                    }
                }
                Ok(())
            })?;
        }
        work.push_package(1, package, act)?;
        for inner in inside.packages {
            let state = work.book.package(inner).map_err(Undecided::Book)?;
            if state.is_some_and(|state| allow(&state, act).is_ok()) {
                work.push_package(1, inner, act)?;
            }
        }
        Ok(())
    }
}
