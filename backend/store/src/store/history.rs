//! Every event of a unit or package, in order, with its document: its own, and those of the packages that it was in.

use super::Store;
use crate::coding::log::Head;
use crate::engine::{Change, Contents, View, changes_contents, effects, heads};
use crate::{History, HistoryEntry, StoreError, tables};
use shared::act::{Act, Event};
use shared::document::Items;
use shared::series::{PACKAGE_DEPTH, PackageId, SeriesId, SeriesKind};
use shared::state::DocumentNo;
use std::collections::BTreeMap;

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

/// Tells what came into a package and what went, at the event that says that its contents changed or are as they were.
fn tell_contents(view: &mut View<'_>, id: PackageId, entries: &mut [HistoryEntry]) -> Result<(), StoreError> {
    let changes = |entry: &HistoryEntry| entry.through.is_none() && changes_contents(entry.event.act);
    let mut documents: Vec<DocumentNo> =
        entries.iter().filter(|entry| changes(entry)).map(|entry| entry.event.document).collect();
    documents.dedup();
    let mut heads = heads(view.session, view.engine.parts, &documents)?.into_iter().peekable();
    let mut contents = Contents::default();
    let mut standing: Vec<Change> = Vec::new();
    for entry in entries.iter_mut().filter(|entry| entry.through.is_none()) {
        let mut change = Change::default();
        if entry.event.act == Act::Undo {
            let undone = standing.pop().unwrap_or_default();
            contents.take_back(&undone);
            change = Change { packed: undone.unpacked, unpacked: undone.packed };
        } else {
            let of_document = |head: &Head| head.document == entry.event.document;
            if let Some(head) = heads.next_if(|head| changes(entry) && of_document(head)) {
                change = contents.add(id, &effects(view.session, &head)?);
            }
            standing.push(change.clone());
        }
        entry.packed = view.items(&change.packed)?;
        entry.unpacked = view.items(&change.unpacked)?;
    }
    Ok(())
}

/// Own events and those of the packages around, by document; within one document as they were done.
fn entries(view: &mut View<'_>, own: &[Event]) -> Result<Vec<HistoryEntry>, StoreError> {
    let own = steps(own);
    let mut all: Vec<(Step, Option<PackageId>)> = own.iter().map(|step| (*step, None)).collect();
    let mut stays = stays(&own, DocumentNo(0), DocumentNo(u64::MAX));
    for _ in 0..PACKAGE_DEPTH {
        let mut packages: BTreeMap<PackageId, Vec<Stay>> = BTreeMap::new();
        for stay in stays.drain(..) {
            packages.entry(stay.package).or_default().push(stay);
        }
        for (package, within) in packages {
            let steps = steps(&view.package_events(package)?);
            // What is done to contents is told by their own events.
            all.extend(moving(&steps, &within).into_iter().map(|step| (step, Some(package))));
            stays.extend(within.iter().flat_map(|stay| self::stays(&steps, stay.from, stay.until)));
        }
    }
    all.sort_by_key(|(step, _)| step.event.document);
    let mut documents: Vec<DocumentNo> = all.iter().map(|(step, _)| step.event.document).collect();
    documents.dedup();
    let heads = heads(view.session, view.engine.parts, &documents)?;
    let each = all.into_iter().filter_map(|(step, through)| {
        let at = documents.binary_search(&step.event.document).ok()?;
        let head = heads.get(at)?;
        Some(HistoryEntry {
            event: step.event,
            through,
            package: step.package(),
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

/// An event with the package around before and after it, and, of a correction, the place of what it takes back.
#[derive(Clone, Copy)]
struct Step {
    event: Event,
    before: Option<PackageId>,
    after: Option<PackageId>,
    undone: Option<usize>,
}

impl Step {
    /// The package that it put into or took out of.
    fn package(&self) -> Option<PackageId> {
        match self.event.act {
            Act::Pack(_) => self.after,
            Act::Unpack(_) => self.before,
            _ => None,
        }
    }
}

fn steps(events: &[Event]) -> Vec<Step> {
    // Places of the events that stand, with the package after each.
    let mut standing: Vec<(usize, Option<PackageId>)> = Vec::new();
    let mut steps = Vec::with_capacity(events.len());
    for (at, event) in events.iter().enumerate() {
        let around = |standing: &[(usize, Option<PackageId>)]| standing.last().and_then(|(_, package)| *package);
        let before = around(&standing);
        let mut undone = None;
        match event.act {
            Act::Undo => undone = standing.pop().map(|(at, _)| at),
            Act::Pack(package) => standing.push((at, Some(package))),
            Act::Unpack(_) | Act::Form(..) => standing.push((at, None)),
            _ => standing.push((at, before)),
        }
        steps.push(Step { event: *event, before, after: around(&standing), undone });
    }
    steps
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

/// The events of a package that moved what was in it meanwhile, and the corrections of those.
fn moving(steps: &[Step], within: &[Stay]) -> Vec<Step> {
    let is_within = |step: &Step| {
        let document = step.event.document;
        within.iter().any(|stay| stay.from < document && document <= stay.until)
    };
    let is_told = |step: &Step| is_within(step) && moves(step.event.act);
    let takes_back = |step: &Step| is_within(step) && step.undone.and_then(|at| steps.get(at)).is_some_and(is_told);
    steps.iter().copied().filter(|step| is_told(step) || takes_back(step)).collect()
}

/// When what has these events was in which package, within a time.
fn stays(steps: &[Step], from: DocumentNo, until: DocumentNo) -> Vec<Stay> {
    let mut stays: Vec<Stay> = Vec::new();
    for step in steps.iter().filter(|step| step.before != step.after) {
        if let Some(stay) = stays.last_mut().filter(|_| step.before.is_some()) {
            stay.until = step.event.document;
        }
        let begins = |package| Stay { package, from: step.event.document, until: DocumentNo(u64::MAX) };
        stays.extend(step.after.map(begins));
    }
    for stay in &mut stays {
        (stay.from, stay.until) = (stay.from.max(from), stay.until.min(until));
    }
    stays.retain(|stay| stay.from <= stay.until);
    stays
}
