//! Histories as they are told: who may see what of them, and in which form.

use crate::Api;
use crate::codes::Names;
use crate::problem::Refused;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use backend_ledger::Party;
use backend_store::{History, HistoryEntry};
use shared::act::Act;
use shared::document::{DocumentKind, Items};
use shared::party::{PartyId, Role};
use shared::series::PackageId;
use shared::wire::v1::epcis::{EpcisDocument, MEDIA_TYPE};
use shared::wire::v1::history::{ChildrenBody, EventBody, HistoryResponse, ISSUE, sscc_of};
use shared::wire::v1::units::UnitName;
use std::str::FromStr;

use crate::extract::Params;

/// In which form a history is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Our own.
    Json,
    /// EPCIS 2.0 in JSON-LD.
    Epcis,
}

impl FromStr for Form {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "json" => Ok(Self::Json),
            "epcis" => Ok(Self::Epcis),
            _ => Err(()),
        }
    }
}

impl Form {
    /// The form that a request asks for: by its parameter, or by its `Accept`.
    pub(crate) fn asked(params: &mut Params, headers: &HeaderMap) -> Result<Self, Refused> {
        let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let accepts = |media_type| accept.to_ascii_lowercase().contains(media_type);
        let by_header = if accepts(MEDIA_TYPE) && !accepts("application/json") { Self::Epcis } else { Self::Json };
        Ok(params.take("format")?.unwrap_or(by_header))
    }
}

/// What a history is of.
pub(crate) enum Named {
    Unit(UnitName),
    Package(PackageId),
}

/// The history as a participant may see it: who else had the goods is told to state bodies alone.
pub(crate) fn body(api: &Api, by: Party, named: Named, history: &History) -> Result<HistoryResponse, Refused> {
    let mut names = Names::new(api);
    let mut events = Vec::with_capacity(history.entries.len() + 1);
    if let Some(order) = &history.order {
        let issue = EventBody::new(ISSUE, order.order.0, DocumentKind::OrderCodes, order.at);
        events.push(EventBody { sender: seen(by, order.party), ..issue });
    }
    for entry in &history.entries {
        events.push(event(&mut names, by, entry)?);
    }
    let (unit, package) = match named {
        Named::Unit(unit) => (Some(unit), None),
        Named::Package(package) => (None, sscc_of(package)),
    };
    Ok(HistoryResponse { unit, package, events })
}

fn event(names: &mut Names<'_>, by: Party, entry: &HistoryEntry) -> Result<EventBody, Refused> {
    let act = entry.event.act;
    let mut body = EventBody::new(act.name(), entry.event.document.0, entry.kind, entry.at).with(act);
    body.sender = seen(by, entry.party);
    body.owner = body.owner.and_then(|owner| seen(by, PartyId(owner)));
    body.through = entry.through.and_then(sscc_of);
    body.region = entry.region;
    body.packed = children(names, &entry.packed)?;
    body.unpacked = children(names, &entry.unpacked)?;
    body.package = entry.package.and_then(sscc_of);
    if let Act::ReplacedBy(series, number) | Act::Replaces(series, number) = act {
        body.other = names.unit(series, number)?;
    }
    Ok(body)
}

/// Most units of one event that are told by name.
const NAMED: u64 = 1000;

/// What one document put into a package or took out of it; nothing if nothing.
fn children(names: &mut Names<'_>, items: &Items) -> Result<Option<ChildrenBody>, Refused> {
    let mut children = ChildrenBody::default();
    if items.units.iter().map(|range| range.count).sum::<u64>() > NAMED {
        children.products = crate::packages::by_product(names, items)?;
    } else {
        for range in &items.units {
            for number in range.first..range.end() {
                children.units.extend(names.unit(range.series, number)?);
            }
        }
    }
    children.packages.extend(items.packages.iter().copied().filter_map(sscc_of));
    Ok((children != ChildrenBody::default()).then_some(children))
}

/// A participant as another may see it: itself, or any for state bodies.
fn seen(by: Party, party: PartyId) -> Option<u64> {
    (by.role == Role::Inspector || by.id == party).then_some(party.0)
}

/// The answer, in the form that was asked for.
pub(crate) fn answer(api: &Api, form: Form, history: &HistoryResponse) -> Result<Response, Refused> {
    let mut response = match form {
        Form::Json => crate::answer::json(history)?,
        Form::Epcis => crate::answer::bytes(MEDIA_TYPE, serde_json::to_vec(&EpcisDocument::of(history, api.now()))?)?,
    };
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept"));
    Ok(response)
}
