//! Goods become part of new goods.

use super::units::check_facts;
use crate::book::Book;
use crate::decision::{Also, Decision};
use crate::plan::Plan;
use crate::work::{Step, Work};
use shared::act::Act;
use shared::document::{Items, Range};
use shared::product::Facts;
use shared::state::WithdrawalReason;

impl Plan {
    /// Uses up `from` and introduces `to`, applied units of one product, with their facts.
    pub(super) fn transform<B: Book>(
        &self,
        mut work: Work<'_, B>,
        from: &Items,
        to: &[Range],
        facts: &Facts,
    ) -> Step<Decision, B> {
        let first = (from.units.len() + from.packages.len()) as u32;
        check_facts(&mut work, to.iter().copied().zip(first..), facts)?;
        let act = Act::Withdraw(WithdrawalReason::Transformation);
        self.each_unit(&mut work, act, 0..first)?;
        self.each_package(&mut work, from, act)?;
        self.each_unit(&mut work, Act::Introduce, first..u32::MAX)?;
        work.finish(Also::Nothing)
    }
}
