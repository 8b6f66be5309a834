//! The decision: effects or refusals.

mod accept;
mod aggregate;
mod correct;
mod correct_packages;
mod expand;
mod fill;
mod goods;
mod open;
mod registers;
mod remark;
mod ship;
mod transform;
mod units;

pub use ship::TRANSFER_WORKING_DAYS;

use crate::book::Book;
use crate::decision::{Decision, Undecided};
use crate::plan::Plan;
use crate::roles;
use crate::work::Work;
use shared::act::Act;
use shared::document::Document;
use shared::refusal::Refusal;
use shared::state::DocumentNo;

impl Plan {
    /// Decides the document as number `number` of the book.
    ///
    /// # Errors
    /// Why it is refused, in the order of its body, or why the book cannot be read.
    pub fn decide<B: Book>(&self, number: DocumentNo, book: &mut B) -> Result<Decision, Undecided<B::Error>> {
        let asked = &self.asked;
        roles::check(asked).map_err(Refusal::from)?;
        let work = Work::new(asked, book);
        match &asked.document {
            Document::RegisterProduct(product) => registers::product(work, product),
            Document::OrderCodes { gtin, quantity, profile } => registers::order(work, *gtin, *quantity, *profile),
            Document::RegisterSerials { gtin, serials } => registers::own_serials(work, *gtin, serials),
            Document::RecogniseSerials { gtin, serials, .. } => registers::foreign_serials(work, *gtin, serials),
            Document::Apply { .. } => self.units(work, Act::Apply),
            Document::Introduce { facts, .. } => self.introduce(work, facts),
            Document::Return { .. } => self.units(work, Act::Return),
            Document::Annul { .. } => self.annul(work),
            Document::WriteOff { reason, .. } => self.units(work, Act::WriteOff(*reason)),
            Document::Recall { .. } => self.units(work, Act::Recall),
            Document::LiftRecall { .. } => self.units(work, Act::LiftRecall),
            Document::AwaitCustoms { .. } => self.units(work, Act::AwaitCustoms),
            Document::ClearCustoms { declaration, .. } => {
                if declaration.date > asked.at.date() {
                    let refusal = Refusal::new(shared::refusal::RefusalCode::DateInFuture).at("/declaration/date");
                    return Err(refusal.with("field", "/declaration/date").into());
                }
                self.units(work, Act::ClearCustoms)
            }
            Document::SellInner { count, .. } => self.units(work, Act::SellInner(*count)),
            Document::Withdraw { items, reason, .. } => self.goods(work, items, Act::Withdraw(*reason)),
            Document::Block { items, reason } => self.goods(work, items, Act::Block(*reason)),
            Document::Unblock { items } => self.goods(work, items, Act::Unblock),
            Document::Remark { pairs } => remark::remark(work, pairs),
            Document::Aggregate { packages } => aggregate::aggregate(work, packages),
            Document::Disaggregate { packages } => open::disaggregate(work, packages),
            Document::TakeOut { package, items } => open::take_out(work, *package, items),
            Document::Add { package, items } => open::add(work, *package, items),
            Document::Replace { package, out, into } => open::replace(work, *package, out, into),
            Document::Transform { from, to, facts } => self.transform(work, from, to, facts),
            Document::Ship { items, to } => self.ship(work, items, *to),
            Document::Accept { shipment, differing } => accept::accept(work, *shipment, differing),
            Document::RefuseShipment { shipment } => accept::refuse(work, *shipment),
            Document::CancelShipment { shipment } => accept::cancel(work, *shipment),
            Document::Correct { document, .. } => self.correct(work, *document, number),
            Document::CorrectPackages { document, packages } => {
                correct_packages::correct(work, *document, number, packages)
            }
        }
    }
}
