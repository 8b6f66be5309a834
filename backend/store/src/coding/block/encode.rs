//! Closes a block: gathers the tree of acts from the histories and writes its nodes, parents before children.

use super::super::column::{Runs, put};
use super::super::{seal, varint};
use super::open::{Node, ROOT};
use super::{ALL_GO_ON, BRANCHES, Block, BlockKey, DIFFERENCES, FORM, HEAD_BITS, WITH_ARGS};

/// A node of the tree of acts. Parents stand before their children.
struct Shape {
    parent: usize,
    code: u8,
    depth: usize,
    /// In order of their acts.
    children: Vec<usize>,
    /// Place among the children of its parent, from 1.
    place: u64,
    /// Events and how many units came through, in the order of units.
    passes: Vec<(u32, u32)>,
    /// Where units went on, by the place of the child, or 0; of a shape with children.
    went: Runs,
}

impl Shape {
    fn new(parent: usize, code: u8, depth: usize) -> Self {
        Self { parent, code, depth, children: Vec::new(), place: 0, passes: Vec::new(), went: Runs::new() }
    }
}

/// The bytes of an open block.
pub(super) fn encode(block: &Block, key: BlockKey) -> Vec<u8> {
    let (mut shapes, shape_of) = shapes(block.nodes());
    gather(block, &mut shapes, &shape_of);
    let mut bytes = Vec::with_capacity(64);
    bytes.push(FORM);
    varint::put(&mut bytes, block.as_of().0);
    write(block, &shapes, &mut bytes);
    seal(&key.prefix(), &mut bytes);
    bytes
}

/// The tree, and the place in it of each event.
fn shapes(nodes: &[Node]) -> (Vec<Shape>, Vec<u32>) {
    let mut shapes = vec![Shape::new(0, 0, 0)];
    let mut shape_of: Vec<u32> = Vec::with_capacity(nodes.len());
    shape_of.push(0);
    // Neighbours mostly have the same.
    let mut last = (ROOT, 0_u8, 0);
    for Node { parent, code, .. } in nodes.iter().skip(1) {
        if (last.0, last.1) != (*parent, *code) {
            // Parents stand before their children among events too.
            let above = shape_of[*parent as usize] as usize;
            let found = shapes[above].children.iter().copied().find(|child| shapes[*child].code == *code);
            let shape = found.unwrap_or_else(|| {
                let shape = Shape::new(above, *code, shapes[above].depth + 1);
                shapes.push(shape);
                let place = shapes.len() - 1;
                shapes[above].children.push(place);
                place
            });
            last = (*parent, *code, shape as u32);
        }
        shape_of.push(last.2);
    }
    for at in 0..shapes.len() {
        let mut children = std::mem::take(&mut shapes[at].children);
        children.sort_by_key(|child| shapes[*child].code);
        for (child, place) in children.iter().zip(1..) {
            shapes[*child].place = place;
        }
        shapes[at].children = children;
    }
    (shapes, shape_of)
}

/// Notes in each shape what comes through. From the deepest events up, units are moved to the event before, where
/// neighbours meet again, so that what they share is gone through once.
fn gather(block: &Block, shapes: &mut [Shape], shape_of: &[u32]) {
    let nodes = block.nodes();
    let same = block.units().chunk_by(|one, other| one == other);
    // At most the length of a block.
    let mut units: Vec<(u32, u32)> = same.map(|units| (units[0], units.len() as u32)).collect();
    let deepest = shapes.iter().map(|shape| shape.depth).max().unwrap_or(0);
    for depth in (1..=deepest).rev() {
        let (mut kept, mut at) = (0, 0);
        while at < units.len() {
            let (first, (mut event, mut count)) = (at, units[at]);
            at += 1;
            let own = shape_of[event as usize];
            let shape = &mut shapes[own as usize];
            if shape.depth == depth {
                // Neighbours that did the same after the same, mostly.
                let above = nodes[event as usize].parent;
                while let Some((next, more)) = units.get(at).copied()
                    && nodes[next as usize].parent == above
                    && shape_of[next as usize] == own
                {
                    count += more;
                    at += 1;
                }
                shape.passes.extend_from_slice(&units[first..at]);
                let (parent, place) = (shape.parent, shape.place);
                shapes[parent].went.push(place, count);
                event = above;
            } else if shape.depth + 1 == depth {
                shape.went.push(0, count);
            }
            if kept > 0 && units[kept - 1].0 == event {
                units[kept - 1].1 += count;
            } else {
                units[kept] = (event, count);
                kept += 1;
            }
        }
        units.truncate(kept);
    }
}

/// Appends the tree.
fn write(block: &Block, shapes: &[Shape], bytes: &mut Vec<u8>) {
    // First each node alone, then all in the order of a reader, who goes down before going on.
    let mut alone = Vec::with_capacity(1024);
    let mut ends = vec![0];
    let mut bases: Vec<u64> = Vec::with_capacity(shapes.len());
    let mut columns = Columns::default();
    for (at, shape) in shapes.iter().enumerate() {
        let reference = if at == 0 { block.as_of().0 } else { bases[shape.parent] };
        bases.push(columns.write(block, shape, reference, &mut alone));
        ends.push(alone.len());
    }
    // With all below it.
    let mut lens: Vec<usize> = ends.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let mut length = Vec::new();
    for (at, shape) in shapes.iter().enumerate().rev() {
        length.clear();
        skipped(&shape.children).iter().for_each(|child| varint::put(&mut length, lens[*child] as u64));
        let below: usize = shape.children.iter().map(|child| lens[*child]).sum();
        lens[at] += length.len() + below;
    }
    bytes.reserve(lens[0] + 4);
    let mut next = vec![0];
    while let Some(at) = next.pop() {
        bytes.extend_from_slice(&alone[ends[at]..ends[at + 1]]);
        let children = &shapes[at].children;
        skipped(children).iter().for_each(|child| varint::put(bytes, lens[*child] as u64));
        next.extend(children.iter().rev());
    }
}

/// Children whose length is written: a reader skips all but the last.
fn skipped(children: &[usize]) -> &[usize] {
    children.split_last().map_or(&[], |(_, rest)| rest)
}

/// Room for columns, kept from node to node.
#[derive(Default)]
struct Columns {
    documents: Runs,
    args: Runs,
}

impl Columns {
    /// Appends head and columns of one node; gives the base of its documents, the reference of those below it.
    fn write(&mut self, block: &Block, shape: &Shape, reference: u64, bytes: &mut Vec<u8>) -> u64 {
        let goes_on = match (&shape.children[..], shape.went.as_slice()) {
            ([], _) => 0,
            ([_], [(1, _)]) => ALL_GO_ON,
            _ => BRANCHES,
        };
        let mut base = reference;
        if shape.depth == 0 {
            varint::put(bytes, goes_on);
        } else {
            base = self.write_event(block, shape, goes_on, reference, bytes);
        }
        if goes_on == BRANCHES {
            varint::put(bytes, shape.children.len() as u64);
            put(bytes, &shape.went, 0);
        }
        base
    }

    fn write_event(&mut self, block: &Block, shape: &Shape, goes_on: u64, reference: u64, bytes: &mut Vec<u8>) -> u64 {
        let nodes = block.nodes();
        let before = |node: &Node| nodes[node.parent as usize].document;
        let passes = || shape.passes.iter().map(|(event, count)| (&nodes[*event as usize], *count));
        let (mut same, mut some) = (0, 0);
        let numbers = passes().map(|(node, count)| {
            same += if node.document == before(node) { count } else { 0 };
            some |= node.arg;
            (node.document, count)
        });
        self.documents.refill(shape.passes.len(), numbers);
        let args = some != 0;
        // One document often does two things to a unit; then its number stands once.
        let differences = shape.depth > 1 && same as usize * 2 > self.documents.len();
        let flags = if differences { DIFFERENCES } else { 0 } | if args { WITH_ARGS } else { 0 };
        varint::put(bytes, u64::from(shape.code) << HEAD_BITS | flags | goes_on);
        let base = if differences {
            let numbers = passes().map(|(node, count)| (node.document.wrapping_sub(before(node)), count));
            self.documents.refill(0, numbers);
            put(bytes, &self.documents, 0);
            reference
        } else {
            put(bytes, &self.documents, reference)
        };
        if args {
            self.args.refill(0, passes().map(|(node, count)| (node.arg, count)));
            put(bytes, &self.args, 0);
        }
        base
    }
}
