//! A history as EPCIS 2.0 events in JSON-LD (GS1 EPCIS Standard 2.0, ISO/IEC 19987; words of CBV 2.0, ISO/IEC 19988).
//!
//! Things are named by GS1 Digital Link URIs under `https://id.gs1.org`, documents as `urn:tanba:document:<number>`. An
//! event that reached a unit through its package is told of the package, as EPCIS does; a correction repeats the events
//! that it takes back with an error declaration (EPCIS 2.0, section 7.4.1.2). What came into a package and what went is
//! told by aggregation events of its own, by EPC or, of very many units, by class and quantity (section 7.3.3.3).

use super::history::{ChildrenBody, EventBody, HistoryResponse, ISSUE};
use super::packages::ProductCount;
use super::units::UnitName;
use crate::date::Timestamp;
use crate::document::DocumentKind;
use crate::state::WithdrawalReason;
use gs1::{ElementString, digital_link};
use serde::Serialize;
use std::collections::HashMap;
use std::ops::Range;

/// Media type of an EPCIS document in JSON-LD.
pub const MEDIA_TYPE: &str = "application/ld+json";

/// The context that gives the words of EPCIS and CBV their meaning.
const CONTEXT: &str = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

/// Where the canonical Digital Link URIs of GS1 lead.
const LINKS: &str = "https://id.gs1.org";

/// Kazakhstan keeps one time.
const OFFSET: &str = "+05:00";

/// An EPCIS document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EpcisDocument {
    #[serde(rename = "@context")]
    context: [&'static str; 1],
    #[serde(rename = "type")]
    kind: &'static str,
    schema_version: &'static str,
    creation_date: Timestamp,
    epcis_body: EpcisBody,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
struct EpcisBody {
    event_list: Vec<EpcisEvent>,
}

/// One event: of objects, of an aggregation or of a transformation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct EpcisEvent {
    #[serde(rename = "eventID")]
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "eventTime")]
    time: Timestamp,
    #[serde(rename = "eventTimeZoneOffset")]
    offset: &'static str,
    #[serde(rename = "epcList", skip_serializing_if = "Vec::is_empty")]
    epcs: Vec<String>,
    #[serde(rename = "parentID", skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
    #[serde(rename = "childEPCs", skip_serializing_if = "Vec::is_empty")]
    children: Vec<String>,
    #[serde(rename = "childQuantityList", skip_serializing_if = "Vec::is_empty")]
    quantities: Vec<Quantity>,
    #[serde(rename = "inputEPCList", skip_serializing_if = "Vec::is_empty")]
    inputs: Vec<String>,
    #[serde(rename = "outputEPCList", skip_serializing_if = "Vec::is_empty")]
    outputs: Vec<String>,
    #[serde(rename = "transformationID", skip_serializing_if = "Option::is_none")]
    transformation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<&'static str>,
    #[serde(rename = "bizStep")]
    step: &'static str,
    disposition: &'static str,
    #[serde(rename = "bizTransactionList")]
    transactions: [Transaction; 1],
    #[serde(rename = "errorDeclaration", skip_serializing_if = "Option::is_none")]
    error: Option<ErrorDeclaration>,
}

/// So many units of a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Quantity {
    #[serde(rename = "epcClass")]
    class: String,
    quantity: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Transaction {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(rename = "bizTransaction")]
    id: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct ErrorDeclaration {
    #[serde(rename = "declarationTime")]
    time: Timestamp,
    reason: &'static str,
}

/// What an event says in the words of EPCIS and CBV.
enum Said {
    /// Something happened to the object itself: action, business step, disposition.
    Object(&'static str, &'static str, &'static str),
    /// It was put into a package.
    Packed,
    /// It was taken out of one.
    Unpacked,
    /// All that was in it was taken out.
    Emptied,
    /// It became part of something else.
    UsedUp,
    /// It was made of something else.
    Made,
    /// It goes on under another code.
    ReplacedBy,
    /// It goes on for another code.
    Replaces,
}

impl EpcisDocument {
    /// The events of a history.
    pub fn of(history: &HistoryResponse, created: Timestamp) -> Self {
        let mut list: Vec<EpcisEvent> = Vec::with_capacity(history.events.len());
        // Places in the list of what the events that stand became, for corrections: those of the unit, and of packages.
        let mut standing: HashMap<Option<&str>, Vec<Range<usize>>> = HashMap::new();
        let own = history.unit.as_ref().and_then(unit_link).or(history.package.as_deref().and_then(package_link));
        let own = own.as_deref().unwrap_or(LINKS);
        for event in &history.events {
            let standing = standing.entry(event.through.as_deref()).or_default();
            if event.act == "undo" {
                let undone = standing.pop().and_then(|places| list.get(places)).unwrap_or_default().to_vec();
                list.extend(undone.into_iter().map(|undone| EpcisEvent {
                    error: Some(ErrorDeclaration { time: event.at, reason: "did_not_occur" }),
                    ..undone
                }));
                continue;
            }
            // A package that is said to be applied or introduced holds goods that are: their own events tell it.
            let of_goods = history.package.is_some() && matches!(event.act.as_str(), "apply" | "introduce");
            let first = list.len();
            list.extend(said(event).filter(|_| !of_goods).map(|said| epcis_event(own, event, &said)));
            list.extend(repacked(own, event));
            standing.push(first..list.len());
        }
        Self {
            context: [CONTEXT],
            kind: "EPCISDocument",
            schema_version: "2.0",
            creation_date: created,
            epcis_body: EpcisBody { event_list: list },
        }
    }
}

/// What came into a package and what went, where no other event tells it.
fn repacked(own: &str, event: &EventBody) -> impl Iterator<Item = EpcisEvent> {
    let went = event.unpacked.as_ref().filter(|_| event.act != "dissolve");
    let went = went.map(|went| contents_event(own, event, "empty", ("DELETE", "unpacking"), went));
    let came = event.packed.as_ref();
    went.into_iter().chain(came.map(|came| contents_event(own, event, "fill", ("ADD", "packing"), came)))
}

fn contents_event(
    own: &str,
    event: &EventBody,
    name: &str,
    (action, step): (&'static str, &'static str),
    children: &ChildrenBody,
) -> EpcisEvent {
    let mut made = blank(event, name, own);
    (made.kind, made.action, made.step) = ("AggregationEvent", Some(action), step);
    made.parent = Some(own.to_owned());
    made.hold(children);
    made
}

/// An event of a document that says nothing yet, named by what it is of.
fn blank(event: &EventBody, name: &str, named: &str) -> EpcisEvent {
    let path = named.strip_prefix(LINKS).unwrap_or_default();
    EpcisEvent {
        id: format!("urn:tanba:event:{}:{name}{}", event.document, path.replace('/', ":")),
        kind: "ObjectEvent",
        time: event.at,
        offset: OFFSET,
        epcs: Vec::new(),
        parent: None,
        children: Vec::new(),
        quantities: Vec::new(),
        inputs: Vec::new(),
        outputs: Vec::new(),
        transformation: None,
        action: None,
        step: "packing",
        disposition: "in_progress",
        transactions: [Transaction { kind: transaction(event.kind), id: document_of(event) }],
        error: None,
    }
}

fn document_of(event: &EventBody) -> String {
    format!("urn:tanba:document:{}", event.document)
}

impl EpcisEvent {
    /// Names what an aggregation is about.
    fn hold(&mut self, children: &ChildrenBody) {
        self.children.extend(children.units.iter().filter_map(unit_link));
        self.children.extend(children.packages.iter().filter_map(|sscc| package_link(sscc)));
        let class = |product: &ProductCount| {
            Some(Quantity { class: link(&format!("01{}", product.gtin))?, quantity: product.count })
        };
        self.quantities.extend(children.products.iter().filter_map(class));
    }
}

fn epcis_event(own: &str, event: &EventBody, said: &Said) -> EpcisEvent {
    let through = event.through.as_deref().and_then(package_link);
    let subject = through.unwrap_or_else(|| own.to_owned());
    let package = event.package.as_deref().and_then(package_link);
    let other = event.other.as_ref().and_then(unit_link);
    let document = document_of(event);
    // Both sides of a replaced label tell of one event.
    let (name, named) = match said {
        Said::ReplacedBy => ("remark", subject.as_str()),
        Said::Replaces => ("remark", other.as_deref().unwrap_or(&subject)),
        _ => (event.act.as_str(), subject.as_str()),
    };
    let mut made = blank(event, name, named);
    match said {
        Said::Object(action, step, disposition) => {
            (made.action, made.step, made.disposition) = (Some(*action), step, disposition);
            made.epcs.push(subject);
        }
        Said::Packed => {
            (made.kind, made.action, made.parent) = ("AggregationEvent", Some("ADD"), package);
            made.children.push(subject);
        }
        Said::Unpacked => {
            (made.kind, made.action, made.parent) = ("AggregationEvent", Some("DELETE"), package);
            made.step = "unpacking";
            made.children.push(subject);
        }
        Said::Emptied => {
            (made.kind, made.action, made.parent) = ("AggregationEvent", Some("DELETE"), Some(subject));
            made.step = "unpacking";
            made.hold(event.unpacked.as_ref().unwrap_or(&ChildrenBody::default()));
        }
        Said::UsedUp => {
            (made.kind, made.step, made.disposition) = ("TransformationEvent", "assembling", "inactive");
            (made.inputs, made.transformation) = (vec![subject], Some(document));
        }
        Said::Made => {
            (made.kind, made.step) = ("TransformationEvent", "assembling");
            made.disposition = "sellable_not_accessible";
            (made.outputs, made.transformation) = (vec![subject], Some(document));
        }
        Said::ReplacedBy => {
            (made.kind, made.step, made.disposition) = ("TransformationEvent", "replacing", "active");
            (made.inputs, made.outputs) = (vec![subject], other.into_iter().collect());
            made.transformation = Some(document);
        }
        Said::Replaces => {
            (made.kind, made.step, made.disposition) = ("TransformationEvent", "replacing", "active");
            (made.inputs, made.outputs) = (other.into_iter().collect(), vec![subject]);
            made.transformation = Some(document);
        }
    }
    made
}

/// An event in the words of the standard; nothing for one that says nothing to others.
fn said(event: &EventBody) -> Option<Said> {
    let transforms = event.kind == DocumentKind::Transform;
    Some(match event.act.as_str() {
        ISSUE | "register" => Said::Object("OBSERVE", "reserving", "reserved"),
        "recognise" => Said::Object("OBSERVE", "accepting", "sellable_not_accessible"),
        "apply" | "form" => Said::Object("ADD", "commissioning", "active"),
        "introduce" if transforms => Said::Made,
        "introduce" => Said::Object("OBSERVE", "stocking", "sellable_not_accessible"),
        "withdraw" if transforms => Said::UsedUp,
        "withdraw" => withdrawn(event.reason?),
        "write_off" => Said::Object("DELETE", "decommissioning", gone(event.reason?)),
        "return" => Said::Object("OBSERVE", "receiving", "returned"),
        "annul" => Said::Object("DELETE", "decommissioning", "inactive"),
        "block" => Said::Object("OBSERVE", "holding", "non_sellable_other"),
        "recall" => Said::Object("OBSERVE", "holding", "recalled"),
        "unblock" | "lift_recall" => Said::Object("OBSERVE", "inspecting", "sellable_not_accessible"),
        "ship" => Said::Object("OBSERVE", "shipping", "in_transit"),
        "accept" => Said::Object("OBSERVE", "accepting", "in_progress"),
        "end_transfer" => Said::Object("OBSERVE", "void_shipping", "in_progress"),
        "await_customs" => Said::Object("OBSERVE", "holding", "unavailable"),
        "clear_customs" => Said::Object("OBSERVE", "inspecting", "conformant"),
        "sell_inner" => Said::Object("OBSERVE", "retail_selling", "partially_dispensed"),
        "repack" => Said::Object("OBSERVE", "repackaging", "in_progress"),
        "pack" => Said::Packed,
        "unpack" => Said::Unpacked,
        "dissolve" => Said::Emptied,
        "replaced_by" => Said::ReplacedBy,
        "replaces" => Said::Replaces,
        _ => return None,
    })
}

fn withdrawn(reason: WithdrawalReason) -> Said {
    use WithdrawalReason as R;
    let (action, step, disposition) = match reason {
        R::RetailSale | R::DistanceSale | R::Vending | R::SoldOut => ("OBSERVE", "retail_selling", "retail_sold"),
        R::Export | R::ExportUnion | R::StateContract | R::Donation => ("OBSERVE", "departing", "unavailable"),
        R::Loss => ("OBSERVE", "other", "unknown"),
        R::Confiscation => ("OBSERVE", "holding", "non_sellable_other"),
        R::Recall => ("OBSERVE", "holding", "recalled"),
        R::Samples => ("OBSERVE", "sampling", "non_sellable_other"),
        R::Destruction => ("DELETE", "destroying", "destroyed"),
        R::Damage | R::Expiry | R::OwnUse | R::ProductionUse | R::Transformation | R::Remarking | R::Liquidation => {
            ("DELETE", "decommissioning", gone(reason))
        }
    };
    Said::Object(action, step, disposition)
}

/// The disposition of what is gone.
fn gone(reason: WithdrawalReason) -> &'static str {
    match reason {
        WithdrawalReason::Damage => "damaged",
        WithdrawalReason::Destruction => "destroyed",
        WithdrawalReason::Expiry => "expired",
        _ => "inactive",
    }
}

/// Type of a document among those that CBV names.
fn transaction(kind: DocumentKind) -> Option<&'static str> {
    match kind {
        DocumentKind::Ship => Some("desadv"),
        DocumentKind::Accept => Some("recadv"),
        _ => None,
    }
}

fn unit_link(unit: &UnitName) -> Option<String> {
    link(&format!("01{}21{}", unit.gtin, unit.serial))
}

fn package_link(sscc: &str) -> Option<String> {
    link(&format!("00{sscc}"))
}

fn link(text: &str) -> Option<String> {
    digital_link::print(&ElementString::parse(text).ok()?, LINKS).ok()
}

#[cfg(test)]
mod tests;
