//! What a document names, in the order of its body.

use shared::document::{Document, Items, Range};
use shared::series::PackageId;

/// A range or a package that a document names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Units.
    Units(Range),
    /// A package that is changed as such: formed, opened, taken apart.
    Opened(PackageId),
    /// A package that stands for what is in it, or is put into or taken out of another.
    Goods(PackageId),
}

/// Calls `each` with everything a document names, in the order of its body: of goods first the units, then the packages;
/// of a package first itself, then its contents; of a pair first the old code. The places of a document are in this
/// order.
pub fn named(document: &Document, each: &mut dyn FnMut(Named)) {
    match document {
        Document::RegisterProduct(_)
        | Document::OrderCodes { .. }
        | Document::RegisterSerials { .. }
        | Document::RecogniseSerials { .. }
        | Document::RefuseShipment { .. }
        | Document::CancelShipment { .. } => {}
        Document::Apply { units }
        | Document::Introduce { units, .. }
        | Document::Return { units }
        | Document::Annul { units }
        | Document::WriteOff { units, .. }
        | Document::Recall { units }
        | Document::LiftRecall { units }
        | Document::AwaitCustoms { units }
        | Document::ClearCustoms { units, .. }
        | Document::Correct { units, .. } => ranges(units, each),
        Document::Withdraw { items, .. }
        | Document::Block { items, .. }
        | Document::Unblock { items }
        | Document::Ship { items, .. } => goods(items, each),
        Document::SellInner { unit, .. } => each(Named::Units(*unit)),
        Document::Remark { pairs } => {
            for (old, new) in pairs {
                each(Named::Units(*old));
                each(Named::Units(*new));
            }
        }
        Document::Aggregate { packages } => {
            for packing in packages {
                each(Named::Opened(packing.package));
                goods(&packing.contents, each);
            }
        }
        Document::Disaggregate { packages } | Document::CorrectPackages { packages, .. } => {
            for package in packages {
                each(Named::Opened(*package));
            }
        }
        Document::TakeOut { package, items } | Document::Add { package, items } => {
            each(Named::Opened(*package));
            goods(items, each);
        }
        Document::Replace { package, out, into } => {
            each(Named::Opened(*package));
            goods(out, each);
            goods(into, each);
        }
        Document::Transform { from, to, .. } => {
            goods(from, each);
            ranges(to, each);
        }
        Document::Accept { differing, .. } => {
            for one in differing {
                goods(&one.items, each);
            }
        }
    }
}

fn goods(items: &Items, each: &mut dyn FnMut(Named)) {
    ranges(&items.units, each);
    for package in &items.packages {
        each(Named::Goods(*package));
    }
}

fn ranges(units: &[Range], each: &mut dyn FnMut(Named)) {
    for range in units {
        each(Named::Units(*range));
    }
}
