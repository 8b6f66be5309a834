//! Every event of a unit or package, in order, with its document: its own, and those of the packages that it was in.

use super::Store;
use crate::engine::{Contents, View, changes_contents, effects, heads};
use crate::{History, HistoryEntry, StoreError, tables};
use shared::act::{Act, Event};
use shared::document::Items;
use shared::series::{PACKAGE_DEPTH, PackageId, SeriesId, SeriesKind};
use shared::state::DocumentNo;

/// While a unit was in a package: from the document that packed it up to the one that took it out, inclusive.
struct Stay {
    package: PackageId,
    from: DocumentNo,
    until: DocumentNo,
}

impl Store {
    /// The history of a unit from the moment of issue; nothing if it does not exist.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn history(&self, id: SeriesId, number: u64) -> Result<Option<History>, StoreError> {
        self.read(|view| {
            let Some(series) = view.series(id)? else { return Ok(None) };
            let events = view.events(id, number)?;
            if number >= series.issued && events.is_empty() {
                return Ok(None);
            }
            let order = match series.kind {
                SeriesKind::Issued => tables::orders::of_number(view.session, id, number)?,
                SeriesKind::Own | SeriesKind::Foreign | SeriesKind::Packages => None,
            };
            Ok(Some(History { order, entries: entries(view, &events)? }))
        })
    }

    /// The history of a package; nothing if it was never formed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn package_history(&self, id: PackageId) -> Result<Option<History>, StoreError> {
        self.read(|view| {
            let events = view.package_events(id)?;
            if events.is_empty() {
                return Ok(None);
            }
            let mut entries = entries(view, &events)?;
            tell_contents(view, id, &mut entries)?;
            Ok(Some(History { order: None, entries }))
        })
    }
}

/// Tells what came into a package and what went, at the event that says that its contents changed.
fn tell_contents(view: &mut View<'_>, id: PackageId, entries: &mut [HistoryEntry]) -> Result<(), StoreError> {
    let changes = |entry: &HistoryEntry| entry.through.is_none() && changes_contents(entry.event.act);
    let mut documents: Vec<DocumentNo> =
        entries.iter().filter(|entry| changes(entry)).map(|entry| entry.event.document).collect();
    documents.dedup();
    let mut contents = Contents::default();
    for head in heads(view.session, view.engine.parts, &documents)? {
        let of_document = |entry: &&mut HistoryEntry| entry.event.document == head.document && changes(entry);
        let Some(entry) = entries.iter_mut().find(of_document) else { continue };
        let change = contents.add(id, &effects(view.session, &head)?);
        entry.packed = view.items(&change.packed)?;
        entry.unpacked = view.items(&change.unpacked)?;
    }
    Ok(())
}

/// Own events and those of the packages around, by document; within one document as they were done.
fn entries(view: &mut View<'_>, own: &[Event]) -> Result<Vec<HistoryEntry>, StoreError> {
    let mut all: Vec<(Event, Option<PackageId>)> = own.iter().map(|event| (*event, None)).collect();
    let mut stays = stays(own, DocumentNo(0), DocumentNo(u64::MAX));
    for _ in 0..PACKAGE_DEPTH {
        let mut outer = Vec::new();
        for Stay { package, from, until } in stays.drain(..) {
            let events = view.package_events(package)?;
            // What is done to contents is told by their own events.
            let moved = events.iter().filter(|event| from < event.document && event.document <= until);
            all.extend(moved.filter(|event| moves(event.act)).map(|event| (*event, Some(package))));
            outer.extend(self::stays(&events, from, until));
        }
        stays = outer;
    }
    all.sort_by_key(|(event, _)| event.document);
    let mut documents: Vec<DocumentNo> = all.iter().map(|(event, _)| event.document).collect();
    documents.dedup();
    let heads = heads(view.session, view.engine.parts, &documents)?;
    let each = all.into_iter().filter_map(|(event, through)| {
        let at = documents.binary_search(&event.document).ok()?;
        let head = heads.get(at)?;
        Some(HistoryEntry {
            event,
            through,
            packed: Items::default(),
            unpacked: Items::default(),
            kind: head.kind,
            party: head.party,
            at: head.at,
            region: head.region,
        })
    });
    Ok(each.collect())
}

/// Acts on a package that are acts on what is in it.
fn moves(act: Act) -> bool {
    matches!(
        act,
        Act::Ship
            | Act::Accept(_)
            | Act::EndTransfer
            | Act::AwaitCustoms
            | Act::ClearCustoms
            | Act::Pack(_)
            | Act::Unpack(_)
    )
}

/// When a unit with these events was in which package, within a time.
fn stays(events: &[Event], from: DocumentNo, until: DocumentNo) -> Vec<Stay> {
    let mut stays: Vec<Stay> = Vec::new();
    for event in events {
        match event.act {
            Act::Pack(package) => stays.push(Stay { package, from: event.document, until: DocumentNo(u64::MAX) }),
            Act::Unpack(_) => {
                if let Some(stay) = stays.last_mut() {
                    stay.until = stay.until.min(event.document);
                }
            }
            _ => {}
        }
    }
    for stay in &mut stays {
        (stay.from, stay.until) = (stay.from.max(from), stay.until.min(until));
    }
    stays.retain(|stay| stay.from <= stay.until);
    stays
}
