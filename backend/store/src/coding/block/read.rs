//! Opens a block.

use super::super::column::{Column, Runs};
use super::super::{unseal, varint};
use super::open::{Node, ROOT};
use super::{ALL_GO_ON, BRANCHES, Block, BlockKey, DIFFERENCES, Damaged, FORM, GOES_ON, HEAD_BITS, UNITS, WITH_ARGS};
use shared::act::Act;
use shared::state::DocumentNo;

/// Events of a block, those that neighbours share once, beyond which bytes are not those of a block: 4096 of its own for
/// each unit. Few bytes can stand for many events; a reader's memory must end somewhere.
const EVENTS: usize = 1 << 24;

/// So many units from an offset on, with the event that they have in common.
#[derive(Clone, Copy)]
struct Span {
    first: u32,
    len: u32,
    event: u32,
}

/// A node that is to be read, with the units that come through it.
struct Ahead {
    spans: Vec<Span>,
    reference: u64,
    /// Bytes left when it begins, if its brother said so.
    left: Option<usize>,
}

struct Reader<'a> {
    bytes: &'a [u8],
    nodes: Vec<Node>,
    units: Vec<u32>,
}

/// Opens what was written for this block.
pub(super) fn decode(key: BlockKey, bytes: &[u8]) -> Result<Block, Damaged> {
    let mut bytes = unseal(&key.prefix(), FORM, bytes)?;
    let as_of = varint::take(&mut bytes)?;
    let root = Node { document: 0, arg: 0, parent: ROOT, code: 0 };
    let mut reader = Reader { bytes, nodes: vec![root], units: vec![ROOT; UNITS] };
    let all = Span { first: 0, len: UNITS as u32, event: ROOT };
    let mut next = Vec::new();
    let head = varint::take(&mut reader.bytes)?;
    if head & !GOES_ON != 0 {
        return Err(Damaged::Value);
    }
    reader.go_on(head, vec![all], as_of, &mut next)?;
    while let Some(Ahead { spans, reference, left }) = next.pop() {
        if left.is_some_and(|left| left != reader.bytes.len()) {
            return Err(Damaged::Length);
        }
        let head = varint::take(&mut reader.bytes)?;
        let (spans, base) = reader.event(head, &spans, reference)?;
        reader.go_on(head, spans, base, &mut next)?;
    }
    if !reader.bytes.is_empty() {
        return Err(Damaged::Length);
    }
    Ok(Block::from_parts(DocumentNo(as_of), reader.nodes, reader.units))
}

impl Reader<'_> {
    /// Reads how the units go on, and notes the nodes that follow, the first one last.
    fn go_on(&mut self, head: u64, spans: Vec<Span>, reference: u64, next: &mut Vec<Ahead>) -> Result<(), Damaged> {
        match head & GOES_ON {
            0 => self.end(&spans),
            ALL_GO_ON => next.push(Ahead { spans, reference, left: None }),
            BRANCHES => {
                let count = varint::take(&mut self.bytes)?;
                let units = units(&spans);
                if count == 0 || count > units as u64 {
                    return Err(Damaged::Value);
                }
                // Every unit ends here until it turns out to go on.
                self.end(&spans);
                let went = Column::take(&mut self.bytes, units, 0)?.runs()?;
                let mut children = split(&spans, &went, count as usize)?.into_iter();
                let mut lens = Vec::new();
                for _ in 1..count {
                    lens.push(usize::try_from(varint::take(&mut self.bytes)?).map_err(|_| Damaged::Value)?);
                }
                let mut left = self.bytes.len();
                let first = next.len();
                for spans in children.by_ref() {
                    if spans.is_empty() {
                        return Err(Damaged::Value);
                    }
                    let own = lens.get(next.len() - first).copied();
                    next.push(Ahead { spans, reference, left: Some(left) });
                    left = left.checked_sub(own.unwrap_or(0)).ok_or(Damaged::Length)?;
                }
                if let Some(ahead) = next.get_mut(first..) {
                    ahead.reverse();
                }
            }
            _ => return Err(Damaged::Value),
        }
        Ok(())
    }

    fn end(&mut self, spans: &[Span]) {
        for Span { first, len, event } in spans {
            let range = *first as usize..(*first + *len) as usize;
            self.units.get_mut(range).unwrap_or_default().fill(*event);
        }
    }

    /// Reads the columns of a node: makes its events and gives the units that came through, and the base.
    fn event(&mut self, head: u64, spans: &[Span], reference: u64) -> Result<(Vec<Span>, u64), Damaged> {
        let code = u8::try_from(head >> HEAD_BITS).map_err(|_| Damaged::Value)?;
        let units = units(spans);
        let differences = head & DIFFERENCES != 0;
        let documents = Column::take(&mut self.bytes, units, if differences { 0 } else { reference })?;
        let base = if differences { reference } else { documents.base() };
        let args = if head & WITH_ARGS == 0 {
            Runs::of(0, units as u32)
        } else {
            Column::take(&mut self.bytes, units, 0)?.runs()?
        };
        for (arg, _) in args.as_slice() {
            Act::from_code(code, *arg).ok_or(Damaged::Value)?;
        }
        let room = spans.len().max(documents.runs_at_most());
        if self.nodes.len() + room > EVENTS {
            return Err(Damaged::Value);
        }
        let mut made: Vec<Span> = Vec::with_capacity(room);
        // With some more, for what is added before it is closed again.
        self.nodes.reserve(room + 512);
        let documents = documents.runs()?;
        let (mut documents, mut args) = (Pieces::new(&documents), Pieces::new(&args));
        // Neighbours share an event that they have in common.
        let mut last = Node { document: 0, arg: 0, parent: u32::MAX, code };
        for Span { mut first, mut len, event: parent } in spans.iter().copied() {
            let before = if differences { self.nodes[parent as usize].document } else { 0 };
            while len > 0 {
                let taken = len.min(documents.left()).min(args.left());
                if taken == 0 {
                    return Err(Damaged::Value);
                }
                let (document, arg) = (documents.take(taken).wrapping_add(before), args.take(taken));
                if (last.parent, last.document, last.arg) != (parent, document, arg) {
                    last = Node { document, arg, parent, code };
                    self.nodes.push(last);
                }
                // Not much more than EVENTS.
                let event = (self.nodes.len() - 1) as u32;
                match made.last_mut() {
                    Some(last) if last.event == event && last.first + last.len == first => last.len += taken,
                    _ => made.push(Span { first, len: taken, event }),
                }
                first += taken;
                len -= taken;
            }
        }
        Ok((made, base))
    }
}

fn units(spans: &[Span]) -> usize {
    spans.iter().map(|span| span.len as usize).sum()
}

/// The units of each child, from 1 on.
fn split(spans: &[Span], went: &Runs, children: usize) -> Result<Vec<Vec<Span>>, Damaged> {
    let mut split = vec![Vec::new(); children];
    let mut went = Pieces::new(went);
    for Span { mut first, mut len, event } in spans.iter().copied() {
        while len > 0 {
            let taken = len.min(went.left());
            if taken == 0 {
                return Err(Damaged::Value);
            }
            let child = usize::try_from(went.take(taken)).map_err(|_| Damaged::Value)?;
            if let Some(child) = child.checked_sub(1) {
                split.get_mut(child).ok_or(Damaged::Value)?.push(Span { first, len: taken, event });
            }
            first += taken;
            len -= taken;
        }
    }
    Ok(split)
}

/// Values of a column, taken in pieces.
struct Pieces<'a> {
    runs: &'a [(u64, u32)],
    used: u32,
}

impl<'a> Pieces<'a> {
    const fn new(runs: &'a Runs) -> Self {
        Self { runs: runs.as_slice(), used: 0 }
    }

    /// How many values there are that equal the next.
    #[inline]
    fn left(&self) -> u32 {
        self.runs.first().map_or(0, |run| run.1 - self.used)
    }

    /// Takes that many, at most [`Self::left`].
    #[inline]
    fn take(&mut self, count: u32) -> u64 {
        let Some((run, rest)) = self.runs.split_first() else { return 0 };
        self.used += count;
        if self.used == run.1 {
            (self.runs, self.used) = (rest, 0);
        }
        run.0
    }
}
