//! Closes a block: gathers the tree of acts from the histories and writes its nodes, parents before children.

use super::super::column::{Runs, put};
use super::super::{seal, varint};
use super::open::{Node, ROOT};
use super::{ALL_GO_ON, BRANCHES, Block, BlockKey, DIFFERENCES, FORM, HEAD_BITS, UNITS, WITH_ARGS};

/// A node of the tree of acts.
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
    /// Where units went on, by the place of the child, or 0.
    went: Runs,
}

impl Shape {
    const fn new(parent: usize, code: u8, depth: usize) -> Self {
        Self { parent, code, depth, children: Vec::new(), place: 0, passes: Vec::new(), went: Runs::new() }
    }
}

/// The bytes of an open block.
pub(super) fn encode(block: &Block, key: BlockKey) -> Vec<u8> {
    let mut tree = Tree::of(block);
    tree.gather(block);
    let mut bytes = Vec::with_capacity(1024);
    bytes.push(FORM);
    varint::put(&mut bytes, block.as_of().0);
    tree.write(block, &mut bytes);
    seal(&key.place(), &mut bytes);
    bytes
}

struct Tree {
    shapes: Vec<Shape>,
    /// The shape of each event.
    shape_of: Vec<usize>,
}

impl Tree {
    fn of(block: &Block) -> Self {
        let mut shapes = vec![Shape::new(0, 0, 0)];
        let mut shape_of = Vec::with_capacity(block.nodes().len());
        shape_of.push(0);
        let mut last = (usize::MAX, 0_u8, 0);
        for Node { parent, code, .. } in block.nodes().iter().skip(1) {
            // Parents stand before their children.
            let parent = shape_of.get(*parent as usize).copied().unwrap_or(0);
            if (last.0, last.1) != (parent, *code) {
                let siblings = shapes.get(parent).map_or(&[][..], |shape| &shape.children);
                let found = siblings.iter().find(|child| shapes.get(**child).is_some_and(|shape| shape.code == *code));
                let shape = found.copied().unwrap_or(shapes.len());
                if shape == shapes.len() {
                    let depth = shapes.get(parent).map_or(0, |parent| parent.depth) + 1;
                    shapes.push(Shape::new(parent, *code, depth));
                    if let Some(parent) = shapes.get_mut(parent) {
                        parent.children.push(shape);
                    }
                }
                last = (parent, *code, shape);
            }
            shape_of.push(last.2);
        }
        for at in 0..shapes.len() {
            let mut children = shapes.get_mut(at).map(|shape| std::mem::take(&mut shape.children)).unwrap_or_default();
            children.sort_by_key(|child| shapes.get(*child).map(|shape| shape.code));
            for (child, place) in children.iter().zip(1..) {
                if let Some(child) = shapes.get_mut(*child) {
                    child.place = place;
                }
            }
            if let Some(shape) = shapes.get_mut(at) {
                shape.children = children;
            }
        }
        Self { shapes, shape_of }
    }

    /// Walks the units in order and notes in each shape what comes through. The events of one unit are a path from
    /// the root; what it shares with the path before is left open and only counted.
    fn gather(&mut self, block: &Block) {
        let mut path: Vec<(u32, u32)> = Vec::with_capacity(16);
        path.push((ROOT, 0));
        let mut ahead = Vec::with_capacity(16);
        for units in block.units().chunk_by(|one, other| one == other) {
            let last = units.first().copied().unwrap_or(ROOT);
            // At most the length of a block.
            let len = units.len() as u32;
            let mut at = last;
            let mut depth = self.depth(at);
            while path.get(depth).is_none_or(|open| open.0 != at) {
                ahead.push(at);
                at = block.node(at).parent;
                depth = self.depth(at);
            }
            while path.len() > depth + 1 {
                self.close(&mut path);
            }
            path.extend(ahead.drain(..).rev().map(|event| (event, 0)));
            if let Some(open) = path.last_mut() {
                open.1 += len;
            }
            let shape = self.shape(last);
            if let Some(shape) = self.shapes.get_mut(shape) {
                shape.went.push(0, len);
            }
        }
        while !path.is_empty() {
            self.close(&mut path);
        }
    }

    fn shape(&self, event: u32) -> usize {
        self.shape_of.get(event as usize).copied().unwrap_or(0)
    }

    fn depth(&self, event: u32) -> usize {
        self.shapes.get(self.shape(event)).map_or(0, |shape| shape.depth)
    }

    fn close(&mut self, path: &mut Vec<(u32, u32)>) {
        let Some((event, count)) = path.pop() else { return };
        let at = self.shape(event);
        let Some(shape) = self.shapes.get_mut(at) else { return };
        shape.passes.push((event, count));
        let (parent, place) = (shape.parent, shape.place);
        if let Some(before) = path.last_mut() {
            before.1 += count;
            if let Some(parent) = self.shapes.get_mut(parent) {
                parent.went.push(place, count);
            }
        }
    }

    fn write(&self, block: &Block, bytes: &mut Vec<u8>) {
        // First each node alone, then all in the order of a reader, who goes down before going on.
        let mut alone = Vec::with_capacity(1024);
        let mut ends = Vec::with_capacity(self.shapes.len());
        let mut bases: Vec<u64> = Vec::with_capacity(self.shapes.len());
        let mut columns = Columns::default();
        for shape in &self.shapes {
            let reference = bases.get(shape.parent).copied().unwrap_or(block.as_of().0);
            bases.push(columns.write(block, shape, reference, &mut alone));
            ends.push(alone.len());
        }
        let own = |at: usize| {
            let from = at.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
            alone.get(from..ends.get(at).copied().unwrap_or(0)).unwrap_or_default()
        };
        // With all below it. Children stand after their parents.
        let mut lens: Vec<usize> = (0..self.shapes.len()).map(|at| own(at).len()).collect();
        let mut length = Vec::new();
        for (at, shape) in self.shapes.iter().enumerate().rev() {
            let below: usize = shape.children.iter().filter_map(|child| lens.get(*child)).sum();
            length.clear();
            for child in skipped(&shape.children) {
                varint::put(&mut length, lens.get(*child).copied().unwrap_or(0) as u64);
            }
            if let Some(len) = lens.get_mut(at) {
                *len += below + length.len();
            }
        }
        let mut next = vec![0];
        while let Some(at) = next.pop() {
            bytes.extend_from_slice(own(at));
            let children = self.shapes.get(at).map_or(&[][..], |shape| &shape.children);
            for child in skipped(children) {
                varint::put(bytes, lens.get(*child).copied().unwrap_or(0) as u64);
            }
            next.extend(children.iter().rev());
        }
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
        self.documents.clear();
        self.args.clear();
        let mut same = 0;
        for (event, count) in &shape.passes {
            let node = block.node(*event);
            self.documents.push(node.document, *count);
            self.args.push(node.arg, *count);
            same += if node.document == block.node(node.parent).document { *count as usize } else { 0 };
        }
        // One document often does two things to a unit; then its number stands once.
        let differences = shape.depth > 1 && same * 2 > self.documents.len();
        let args = self.args.as_slice() != [(0, self.args.len() as u32)];
        let flags = if differences { DIFFERENCES } else { 0 } | if args { WITH_ARGS } else { 0 };
        varint::put(bytes, u64::from(shape.code) << HEAD_BITS | flags | goes_on);
        let base = if differences {
            self.documents.clear();
            for (event, count) in &shape.passes {
                let node = block.node(*event);
                self.documents.push(node.document.wrapping_sub(block.node(node.parent).document), *count);
            }
            put(bytes, &self.documents, 0);
            reference
        } else {
            put(bytes, &self.documents, reference)
        };
        if args {
            put(bytes, &self.args, 0);
        }
        base
    }
}

const _: () = assert!(UNITS <= u32::MAX as usize);
