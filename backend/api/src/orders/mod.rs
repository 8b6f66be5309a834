//! Orders of codes.

pub(crate) mod codes;
pub(crate) mod create;
pub(crate) mod get;
pub(crate) mod labels;

use crate::Api;
use crate::access::Caller;
use crate::extract::Params;
use crate::problem::Refused;
use backend_store::OrderRecord;
use shared::refusal::{Refusal, RefusalCode};
use shared::state::DocumentNo;

/// An order of the caller. To all others it does not exist: its codes are worth money.
async fn order_of(api: &Api, caller: &Caller, number: &str) -> Result<OrderRecord, Refused> {
    let number = number.parse().map_err(|_| RefusalCode::OrderUnknown)?;
    let order = api.blocking(move |api| Ok(api.store().order(DocumentNo(number))?)).await?;
    Ok(order.filter(|order| order.party == caller.0.party.id).ok_or(RefusalCode::OrderUnknown)?)
}

/// The numbers in the series that `?first=&count=` ask for, counted from the first code of the order.
fn numbers_of(order: &OrderRecord, params: &mut Params) -> Result<std::ops::Range<u64>, Refused> {
    let first = params.take::<u64>("first")?.unwrap_or(0);
    let outside = || Refusal::new(RefusalCode::UnitsOutOfOrder);
    let left = order.range.count.checked_sub(first).ok_or_else(outside)?;
    let count = params.take::<u64>("count")?.unwrap_or(left);
    if count > left {
        return Err(outside().into());
    }
    let begin = order.range.first + first;
    Ok(begin..begin + count)
}
