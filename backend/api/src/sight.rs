//! Who may see goods.

use crate::Api;
use crate::problem::Refused;
use backend_ledger::Party;
use backend_store::UnitRecord;
use shared::party::Role;

/// Whether a participant may see a unit or package: its owner, the receiver to whom it is under way, a state body.
pub(crate) fn may_see(api: &Api, by: Party, record: &UnitRecord) -> Result<bool, Refused> {
    if record.owner == by.id || by.role == Role::Inspector {
        return Ok(true);
    }
    let Some(document) = record.state.transfer else { return Ok(false) };
    Ok(api.store().shipment(document)?.is_some_and(|shipment| shipment.receiver == by.id))
}
