//! Blocks (section 3).

use super::column::column;
use super::{Wrong, content, varint};
use crate::histories::Histories;

/// A node to be read: the units that come through it, the reference of its documents, and where its bytes must begin.
struct Node {
    units: Vec<u16>,
    reference: u64,
    left: Option<usize>,
}

/// Reads a block into `histories`, and gives the document as of which it is.
pub(crate) fn block(series: u32, block: u32, bytes: &[u8], histories: &mut Histories) -> Result<u64, Wrong> {
    let mut place = [0; 8];
    let (front, back) = place.split_at_mut(4);
    front.copy_from_slice(&series.to_be_bytes());
    back.copy_from_slice(&block.to_be_bytes());
    let mut bytes = content(&place, 2, bytes)?;
    let as_of = varint(&mut bytes)?;
    let mut nodes = vec![Node { units: (0..4096).collect(), reference: as_of, left: None }];
    let mut is_root = true;
    let (mut documents, mut args, mut ways) = (Vec::new(), Vec::new(), Vec::new());
    while let Some(Node { units, reference, left }) = nodes.pop() {
        if left.is_some_and(|left| left != bytes.len()) {
            return Err(Wrong("a node does not begin where the one before it ends"));
        }
        let head = varint(&mut bytes)?;
        let mut below = reference;
        if !is_root {
            let (act, differs, has_args) = (head >> 4, head >> 3 & 1 == 1, head & 1 == 1);
            let act = u8::try_from(act).map_err(|_| Wrong("an act has a number that there is not"))?;
            let base = column(&mut bytes, units.len(), if differs { 0 } else { reference }, &mut documents)?;
            if !differs {
                below = base;
            }
            if has_args {
                column(&mut bytes, units.len(), 0, &mut args)?;
            } else {
                args.clear();
                args.resize(units.len(), 0);
            }
            for ((unit, document), arg) in units.iter().zip(&documents).zip(&args) {
                histories.push(*unit, *document, differs, act, *arg);
            }
        } else if head & 1 == 1 || head > 7 {
            return Err(Wrong("the root has an act"));
        }
        is_root = false;
        match head >> 1 & 3 {
            0 => {}
            1 => nodes.push(Node { units, reference: below, left: None }),
            2 => branch(&mut bytes, &units, below, &mut ways, &mut nodes)?,
            _ => return Err(Wrong("a node leads nowhere")),
        }
    }
    if bytes.is_empty() { Ok(as_of) } else { Err(Wrong("a block is longer than its tree")) }
}

/// Reads where units go, and lays the nodes below ready, the first on top.
fn branch(
    bytes: &mut &[u8],
    units: &[u16],
    reference: u64,
    ways: &mut Vec<u64>,
    nodes: &mut Vec<Node>,
) -> Result<(), Wrong> {
    let count = usize::try_from(varint(bytes)?).unwrap_or(usize::MAX);
    if count == 0 || count > units.len() {
        return Err(Wrong("a node has more ways than units"));
    }
    column(bytes, units.len(), 0, ways)?;
    let mut below: Vec<Vec<u16>> = vec![Vec::new(); count];
    for (unit, way) in units.iter().zip(ways) {
        if let Some(way) = way.checked_sub(1) {
            let way = usize::try_from(way).ok().and_then(|way| below.get_mut(way));
            way.ok_or(Wrong("a unit goes where there is no node"))?.push(*unit);
        }
    }
    let mut taken = vec![0_usize];
    for _ in 1..count {
        let len = usize::try_from(varint(bytes)?).unwrap_or(usize::MAX);
        taken.push(taken.last().copied().unwrap_or_default().saturating_add(len));
    }
    for (units, taken) in below.into_iter().zip(taken).rev() {
        if units.is_empty() {
            return Err(Wrong("nobody goes to a node"));
        }
        let left = bytes.len().checked_sub(taken).ok_or(Wrong("the bytes end too early"))?;
        nodes.push(Node { units, reference, left: Some(left) });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prints::Weights;

    #[test]
    fn the_example_of_the_description() {
        let bytes = [
            0x02, 0x0c, 0x04, 0x01, 0x80, 0x00, 0x02, 0x00, 0x00, 0x00, 0x04, 0x14, 0x00, 0x0d, 0x01, 0x01, 0x00, 0x02,
            0x20, 0x00, 0x08, 0x25, 0x77, 0x00, 0x3d,
        ];
        let mut histories = Histories::new(Weights::new());
        histories.clear(crate::life::Kind::Issued);
        assert_eq!(block(7, 3, &bytes, &mut histories), Ok(12));
        assert_eq!(histories.of(0), [(5, 1, 0)]);
        assert_eq!(histories.of(1), [(5, 1, 0), (9, 2, 0)]);
        assert!(histories.of(2).is_empty() && histories.of(4095).is_empty());
        assert!(block(7, 4, &bytes, &mut histories).is_err());
        assert!(block(8, 3, &bytes, &mut histories).is_err());
        for at in 0..bytes.len() {
            let mut other = bytes;
            other[at] ^= 4;
            assert!(block(7, 3, &other, &mut histories).is_err(), "byte {at}");
        }
    }
}
