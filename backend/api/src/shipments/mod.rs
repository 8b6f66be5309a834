//! Shipments and how they stand. They are sent and answered by documents.

pub(crate) mod get;
pub(crate) mod list;

use backend_store::ShipmentRecord;
use shared::wire::v1::shipments::ShipmentResponse;

fn shipment_body(record: &ShipmentRecord) -> ShipmentResponse {
    ShipmentResponse {
        document: record.document.0,
        sender: record.sender.0,
        receiver: record.receiver.0,
        at: record.at,
        due: record.due,
        state: record.state,
        answer: record.answer.map(|document| document.0),
    }
}
