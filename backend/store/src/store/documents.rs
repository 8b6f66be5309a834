//! Applied documents, shipments, orders.

use super::Store;
use crate::engine::head;
use crate::{DocumentRecord, OrderRecord, ShipmentRecord, StoreError, tables};
use shared::act::Effect;
use shared::date::Timestamp;
use shared::document::ShipmentState;
use shared::party::PartyId;
use shared::state::DocumentNo;

impl Store {
    /// The document with this number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn document(&self, number: DocumentNo) -> Result<Option<DocumentRecord>, StoreError> {
        self.read(|view| {
            let Some(head) = head(view.session, view.engine.parts, number)? else { return Ok(None) };
            let body = tables::body::get(view.session, view.engine.parts.of_document(number), number)?;
            let body = body.ok_or_else(|| StoreError::corrupt(format!("the body of document {}", number.0)))?;
            Ok(Some(DocumentRecord {
                document: number,
                kind: head.kind,
                party: head.party,
                at: head.at,
                units: head.units,
                body,
            }))
        })
    }

    /// What a document did; nothing if there is no such document.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn effects(&self, number: DocumentNo) -> Result<Option<Vec<Effect>>, StoreError> {
        self.read(|view| {
            let head = head(view.session, view.engine.parts, number)?;
            head.map(|head| crate::engine::effects(view.session, &head)).transpose()
        })
    }

    /// The number of the last document; 0 if there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn last_document(&self) -> Result<DocumentNo, StoreError> {
        self.read(|view| Ok(DocumentNo(view.until.0.saturating_sub(1))))
    }

    /// The order with this number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn order(&self, order: DocumentNo) -> Result<Option<OrderRecord>, StoreError> {
        self.read(|view| tables::orders::get(view.session, order))
    }

    /// Orders made before a moment whose codes have not been looked through for those that were not applied in time.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn unswept_orders(&self, before: Timestamp, limit: usize) -> Result<Vec<OrderRecord>, StoreError> {
        self.read(|view| tables::orders::unswept(view.session, before, limit))
    }

    /// Notes that the codes of an order have been looked through.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn set_swept(&self, order: DocumentNo) -> Result<(), StoreError> {
        self.0.writer.change(move |session| tables::orders::set_swept(session, order))
    }

    /// The shipment with this number.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn shipment(&self, document: DocumentNo) -> Result<Option<ShipmentRecord>, StoreError> {
        self.read(|view| tables::shipment::get(view.session, document))
    }

    /// Shipments that a party sent or received, newest first, before one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn shipments(
        &self,
        party: PartyId,
        sent: bool,
        state: Option<ShipmentState>,
        before: Option<DocumentNo>,
        limit: usize,
    ) -> Result<Vec<ShipmentRecord>, StoreError> {
        self.read(|view| tables::shipment::list(view.session, party, sent, state, before, limit))
    }
}
