//! Shipments, rebuilt from the documents: who sent each and who answered it, and that just what is under way is under way.

use crate::read::Head;
use crate::report::{Place, Report, What};
use backend_store::{Raw, RawShipment, StoreError};
use std::collections::{BTreeMap, VecDeque};

/// Numbers of kinds of documents (section 7 of docs/internals/ledger.md).
const SHIP: u64 = 25;
const ACCEPT: u64 = 26;
const REFUSE: u64 = 27;
const CANCEL: u64 = 28;

/// An answered shipment whose answer has not been met in the log yet.
struct Answered {
    shipment: u64,
    sender: u64,
    receiver: u64,
    state: String,
}

/// The shipments beside the log, which is read in order.
#[derive(Default)]
pub(crate) struct Shipments {
    after: i64,
    rows: VecDeque<RawShipment>,
    is_end: bool,
    answers: BTreeMap<u64, Answered>,
    /// Of each open shipment the units and packages that are under way by it, less those that were found.
    open: BTreeMap<u64, u64>,
}

impl Shipments {
    /// A document that has shipped so many units and packages.
    pub(crate) fn document(
        &mut self,
        raw: &mut Raw,
        head: &Head,
        shipped: u64,
        report: &mut Report,
    ) -> Result<(), StoreError> {
        let place = Place::Document(head.document);
        let row = self.row(raw, head.document, report)?;
        if row.is_some() != (head.kind == SHIP) {
            report.find(place, What::Shipment("the shipment and its document are not both there"));
        }
        if let Some(row) = row {
            self.shipped(&row, head, shipped, report);
        }
        let answered = self.answers.remove(&head.document);
        if answered.is_some() != (ACCEPT..=CANCEL).contains(&head.kind) {
            report.find(place, What::Shipment("the answer and the shipment that it answers are not both there"));
        }
        if let Some(answered) = answered {
            let whose = if head.kind == CANCEL { answered.sender } else { answered.receiver };
            let fits = match head.kind {
                ACCEPT => answered.state.starts_with("accepted"),
                REFUSE => answered.state == "refused",
                CANCEL => answered.state == "cancelled",
                _ => true,
            };
            if !fits || whose != head.party {
                let place = Place::Document(answered.shipment);
                report.find(place, What::Shipment("it was answered by another, or otherwise"));
            }
        }
        Ok(())
    }

    /// Who sent the shipment that this document answers.
    pub(crate) fn sender_of_answered(&self, document: u64) -> Option<u64> {
        self.answers.get(&document).map(|answered| answered.sender)
    }

    fn shipped(&mut self, row: &RawShipment, head: &Head, shipped: u64, report: &mut Report) {
        let mut wrong = |why| report.find(Place::Document(head.document), What::Shipment(why));
        if row.sender.cast_unsigned() != head.party || row.at.cast_unsigned() != head.at {
            wrong("it was sent by another, or at another time");
        }
        let is_known =
            ["open", "accepted", "accepted_with_discrepancy", "refused", "cancelled"].contains(&row.state.as_str());
        match row.answer {
            None if row.state == "open" => drop(self.open.insert(head.document, shipped)),
            Some(answer) if is_known && row.state != "open" && answer > row.document => {
                let answered = Answered {
                    shipment: head.document,
                    sender: row.sender.cast_unsigned(),
                    receiver: row.receiver.cast_unsigned(),
                    state: row.state.clone(),
                };
                if self.answers.insert(answer.cast_unsigned(), answered).is_some() {
                    wrong("its answer answers another too");
                }
            }
            _ => wrong("it is open with an answer, or ended without"),
        }
    }

    /// The row of a document, those before it being of none.
    fn row(&mut self, raw: &mut Raw, document: u64, report: &mut Report) -> Result<Option<RawShipment>, StoreError> {
        loop {
            if self.rows.is_empty() && !self.is_end {
                self.rows.extend(raw.shipments(self.after)?);
                self.is_end = self.rows.is_empty();
                self.after = self.rows.back().map_or(self.after, |row| row.document);
            }
            let Some(row) = self.rows.pop_front_if(|row| row.document.cast_unsigned() <= document) else {
                return Ok(None);
            };
            if row.document.cast_unsigned() == document {
                return Ok(Some(row));
            }
            report.find(Place::Document(row.document.cast_unsigned()), What::Shipment("there is no such document"));
        }
    }

    /// After the last document: rows of documents that there are not.
    pub(crate) fn end_of_log(&mut self, raw: &mut Raw, report: &mut Report) -> Result<(), StoreError> {
        self.row(raw, u64::MAX, report)?;
        for (answer, answered) in std::mem::take(&mut self.answers) {
            report.find(Place::Document(answered.shipment), What::NoAnswer(answer));
        }
        Ok(())
    }

    /// Something that is under way at the end of its history.
    #[inline]
    pub(crate) fn under_way(&mut self, place: Place, shipment: u64, report: &mut Report) {
        match self.open.get_mut(&shipment) {
            Some(left) => *left = left.wrapping_sub(1),
            None => report.find(place, What::UnderWay(shipment)),
        }
    }

    /// After the last block: open shipments of which something is under way no more, or twice.
    pub(crate) fn end(&self, report: &mut Report) {
        for (shipment, left) in self.open.iter().filter(|(_, left)| **left != 0) {
            report.find(Place::Document(*shipment), What::NotUnderWay(left.cast_signed()));
        }
    }
}
