//! Goods are shipped to another participant. A package moves by one effect, however much is in it.

use crate::book::Book;
use crate::decision::{Also, Decision, Undecided};
use crate::plan::Plan;
use crate::transition::allow;
use crate::work::{Step, Work};
use shared::act::Act;
use shared::calendar::add_working_days;
use shared::document::Items;
use shared::party::{PartyId, Role};
use shared::refusal::{Refusal, RefusalCode};
use shared::state::UnitState;

/// Working days in which the receiver answers (001, annex 2: documents between participants, R7).
pub const TRANSFER_WORKING_DAYS: u32 = 15;

impl Plan {
    /// Ships goods; they are the sender's until the receiver accepts them.
    pub(super) fn ship<B: Book>(&self, mut work: Work<'_, B>, items: &Items, to: PartyId) -> Step<Decision, B> {
        let by = work.asked.by.id;
        let receiver = work.book.party(to).map_err(Undecided::Book)?;
        if to == by || receiver.is_none_or(|receiver| receiver.role == Role::Inspector) {
            return Err(Refusal::new(RefusalCode::ReceiverInvalid).at("/to").into());
        }
        self.each_unit(&mut work, Act::Ship, 0..u32::MAX)?;
        for (index, package) in (items.units.len() as u32..).zip(&items.packages) {
            let Some(state) = work.book.package(*package).map_err(Undecided::Book)? else {
                work.refuse_package(index, RefusalCode::PackageUnknown, None);
                continue;
            };
            let (owner, seen) = work.seen(&state, PartyId(0))?;
            if owner != by {
                work.refuse_package(index, RefusalCode::UnitNotYours, None);
            } else if let Err(code) = allow(&UnitState { package: None, ..seen }, Act::Ship) {
                work.refuse_package(index, code, None);
            } else {
                if let Some(outer) = state.package {
                    work.push_package(0, *package, Act::Unpack(owner))?;
                    work.touched.push(outer);
                }
                work.push_package(1, *package, Act::Ship)?;
                work.units += 1;
            }
        }
        let due = add_working_days(work.asked.at.date(), TRANSFER_WORKING_DAYS);
        work.finish(Also::Shipment { to, due })
    }
}
