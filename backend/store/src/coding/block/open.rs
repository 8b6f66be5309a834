//! The open form of a block, in which events are added.

use super::{BlockKey, Damaged, UNITS, encode, read};
use shared::act::{Act, Event};
use shared::block::BLOCK_LEN;
use shared::state::DocumentNo;

/// One event, of all units whose histories go through it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// The document.
    pub(super) document: u64,
    /// Argument of the act.
    pub(super) arg: u64,
    /// The event before, in the same histories; its place is always below this one's.
    pub(super) parent: u32,
    /// Number of the act.
    pub(super) code: u8,
}

/// The node that stands for no event.
pub(super) const ROOT: u32 = 0;

/// An open block. Every unit has a history; that of one to which nothing happened is empty.
#[derive(Clone, Debug)]
pub struct Block {
    as_of: DocumentNo,
    nodes: Vec<Node>,
    /// Last event of each unit.
    units: Vec<u32>,
}

impl Default for Block {
    fn default() -> Self {
        Self::new()
    }
}

impl Block {
    /// A block to which nothing happened.
    pub fn new() -> Self {
        let root = Node { document: 0, arg: 0, parent: ROOT, code: 0 };
        Self { as_of: DocumentNo(0), nodes: vec![root], units: vec![ROOT; UNITS] }
    }

    /// The last document folded in: what readers have to add is what came later.
    pub const fn as_of(&self) -> DocumentNo {
        self.as_of
    }

    /// States that all documents up to this one are folded in.
    pub const fn set_as_of(&mut self, document: DocumentNo) {
        self.as_of = document;
    }

    /// Opens what [`Self::encode`] wrote for the same block.
    ///
    /// # Errors
    /// [`Damaged`]; the checksum is looked at first.
    pub fn decode(key: BlockKey, bytes: &[u8]) -> Result<Self, Damaged> {
        read::decode(key, bytes)
    }

    /// Closes it. The bytes follow from the histories and [`Self::as_of`] alone, however they came about.
    pub fn encode(&self, key: BlockKey) -> Vec<u8> {
        encode::encode(self, key)
    }

    /// Appends an event to the history of `len` units from `first` on; those beyond the block are left out.
    pub fn push(&mut self, first: u32, len: u32, event: Event) {
        let (code, arg) = event.act.code();
        let document = event.document.0;
        let (from, to) = ((first as usize).min(UNITS), (first as usize).saturating_add(len as usize).min(UNITS));
        // The neighbour may have just got the same event after the same history: then they share it.
        let before = from.checked_sub(1).and_then(|at| self.units.get(at)).copied().unwrap_or(ROOT);
        let mut last = match self.nodes.get(before as usize) {
            Some(node) if before != ROOT && (node.document, node.code, node.arg) == (document, code, arg) => {
                Some((node.parent, before))
            }
            _ => None,
        };
        for unit in self.units.get_mut(from..to).unwrap_or_default() {
            *unit = match last {
                Some((parent, node)) if parent == *unit => node,
                _ => {
                    // A block has far fewer events than a u32 counts: memory would end before.
                    let node = self.nodes.len() as u32;
                    self.nodes.push(Node { document, arg, parent: *unit, code });
                    last = Some((*unit, node));
                    node
                }
            };
        }
    }

    /// The history of a unit.
    pub fn events(&self, offset: u32) -> Vec<Event> {
        self.history(offset).events()
    }

    /// The history of a unit, to be read when needed.
    pub fn history(&self, offset: u32) -> History<'_> {
        History { block: self, last: self.units.get(offset as usize).copied().unwrap_or(ROOT) }
    }

    /// First unit, number of units, and their history: equal neighbours once, over the whole block.
    pub fn runs(&self) -> impl Iterator<Item = (u32, u32, Vec<Event>)> + '_ {
        self.histories(0, BLOCK_LEN as u32).map(|(first, len, history)| (first, len, history.events()))
    }

    /// The same for `len` units from `first` on, with histories to be read when needed. What lies beyond the block is
    /// left out.
    pub fn histories(&self, first: u32, len: u32) -> impl Iterator<Item = (u32, u32, History<'_>)> + '_ {
        let end = (first as usize).saturating_add(len as usize);
        let units = self.units.get(..end).unwrap_or(&self.units);
        let mut at = first as usize;
        std::iter::from_fn(move || {
            let last = *units.get(at)?;
            let rest = units.get(at..).unwrap_or_default();
            let len = rest.iter().take_while(|unit| **unit == last || self.equal(**unit, last)).count();
            let first = at;
            at += len;
            // Both are at most the length of a block.
            Some((first as u32, len as u32, History { block: self, last }))
        })
    }

    /// An open block with these nodes, of which the first is the root, and the last event of each unit.
    pub(super) const fn from_parts(as_of: DocumentNo, nodes: Vec<Node>, units: Vec<u32>) -> Self {
        Self { as_of, nodes, units }
    }

    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    pub(super) fn units(&self) -> &[u32] {
        &self.units
    }

    pub(super) fn node(&self, index: u32) -> Node {
        self.nodes.get(index as usize).copied().unwrap_or(Node { document: 0, arg: 0, parent: ROOT, code: 0 })
    }

    fn equal(&self, mut one: u32, mut other: u32) -> bool {
        while one != other {
            let (a, b) = (self.node(one), self.node(other));
            if (a.document, a.code, a.arg) != (b.document, b.code, b.arg) {
                return false;
            }
            (one, other) = (a.parent, b.parent);
        }
        true
    }
}

/// Equal if the histories and [`Block::as_of`] are.
impl PartialEq for Block {
    fn eq(&self, other: &Self) -> bool {
        self.as_of == other.as_of && self.runs().eq(other.runs())
    }
}

impl Eq for Block {}

/// The history of a unit of an open block.
#[derive(Clone, Copy, Debug)]
pub struct History<'a> {
    block: &'a Block,
    last: u32,
}

impl History<'_> {
    /// Whether nothing happened to it.
    pub const fn is_empty(&self) -> bool {
        self.last == ROOT
    }

    /// The events, in order.
    pub fn events(&self) -> Vec<Event> {
        let mut events = Vec::new();
        self.read(&mut events);
        events
    }

    /// Puts the events, in order, in place of what is there.
    pub fn read(&self, events: &mut Vec<Event>) {
        events.clear();
        let mut at = self.last;
        while at != ROOT {
            let node = self.block.node(at);
            // Numbers of acts come from acts or were looked at when the block was read.
            if let Some(act) = Act::from_code(node.code, node.arg) {
                events.push(Event { document: DocumentNo(node.document), act });
            }
            at = node.parent;
        }
        events.reverse();
    }
}
