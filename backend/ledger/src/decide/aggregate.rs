//! Packages are made.

use super::fill::{Formed, Into, fill};
use crate::book::Book;
use crate::decision::{Also, Decision, Undecided};
use crate::work::{Step, Work};
use shared::act::Act;
use shared::document::Packing;
use shared::refusal::RefusalCode;
use shared::series::PackageId;
use std::collections::BTreeMap;

/// Forms packages, each of which may hold those before it.
pub(super) fn aggregate<B: Book>(mut work: Work<'_, B>, packages: &[Packing]) -> Step<Decision, B> {
    let mut formed: BTreeMap<PackageId, Formed> = BTreeMap::new();
    let mut index = 0_u32;
    for Packing { package, level, contents } in packages {
        if work.book.package(*package).map_err(Undecided::Book)?.is_some() {
            work.refuse_package(index, RefusalCode::PackageExists, None);
        }
        work.push_package(0, *package, Act::Form(work.asked.by.id, *level))?;
        let into = Into { package: *package, level: *level, index, above: 1, held: 0 };
        let filled = fill(&mut work, &into, contents, index + 1, &mut formed)?;
        if filled.is_applied {
            work.push_package(1, *package, Act::Apply)?;
        }
        let depth = filled.depth + 1;
        formed.insert(*package, Formed { level: *level, depth, is_applied: filled.is_applied, is_packed: false });
        index += 1 + (contents.units.len() + contents.packages.len()) as u32;
    }
    work.finish(Also::Nothing)
}
