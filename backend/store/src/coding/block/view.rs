//! Reads histories of single units where they stand.

use super::super::column::Column;
use super::super::{unseal, varint};
use super::{ALL_GO_ON, BRANCHES, BlockKey, DIFFERENCES, Damaged, FORM, GOES_ON, HEAD_BITS, UNITS, WITH_ARGS};
use shared::act::{Act, Event};
use shared::state::DocumentNo;

/// The bytes of a block, found whole.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    as_of: u64,
    /// The tree.
    bytes: &'a [u8],
}

impl<'a> View<'a> {
    /// Looks at the checksum.
    ///
    /// # Errors
    /// [`Damaged`].
    pub fn new(key: BlockKey, bytes: &'a [u8]) -> Result<Self, Damaged> {
        let mut bytes = unseal(&key.prefix(), FORM, bytes)?;
        let as_of = varint::take(&mut bytes)?;
        Ok(Self { as_of, bytes })
    }

    /// The last document folded in.
    pub const fn as_of(&self) -> DocumentNo {
        DocumentNo(self.as_of)
    }

    /// The history of one unit.
    ///
    /// # Errors
    /// [`Damaged`].
    pub fn events(&self, offset: u32) -> Result<Vec<Event>, Damaged> {
        let mut events = Vec::new();
        self.read(offset, &mut events)?;
        Ok(events)
    }

    /// Puts the history of one unit in place of what is there.
    ///
    /// # Errors
    /// [`Damaged`].
    pub fn read(&self, offset: u32, events: &mut Vec<Event>) -> Result<(), Damaged> {
        events.clear();
        let mut bytes = self.bytes;
        let (mut units, mut place) = (UNITS, offset as usize);
        if place >= units {
            return Ok(());
        }
        let (mut reference, mut before) = (self.as_of, 0);
        let mut head = varint::take(&mut bytes)?;
        while go_on(head, &mut bytes, &mut units, &mut place)? {
            head = varint::take(&mut bytes)?;
            let code = u8::try_from(head >> HEAD_BITS).map_err(|_| Damaged::Value)?;
            let differences = head & DIFFERENCES != 0;
            let documents = Column::take(&mut bytes, units, if differences { 0 } else { reference })?;
            let number = documents.get(place);
            before = if differences { number.wrapping_add(before) } else { number };
            reference = if differences { reference } else { documents.base() };
            let arg = if head & WITH_ARGS == 0 { 0 } else { Column::take(&mut bytes, units, 0)?.get(place) };
            let act = Act::from_code(code, arg).ok_or(Damaged::Value)?;
            events.push(Event { document: DocumentNo(before), act });
        }
        Ok(())
    }
}

/// Goes to the node that the unit at `place` of `units` goes on to, where its place is among fewer; or says that it
/// ends here.
fn go_on(head: u64, bytes: &mut &[u8], units: &mut usize, place: &mut usize) -> Result<bool, Damaged> {
    match head & GOES_ON {
        0 => Ok(false),
        ALL_GO_ON => Ok(true),
        BRANCHES => {
            let count = varint::take(bytes)?;
            let went = Column::take(bytes, *units, 0)?;
            let child = went.get(*place);
            if child == 0 {
                return Ok(false);
            }
            if child > count {
                return Err(Damaged::Value);
            }
            let mut skip = 0_usize;
            for other in 1..count {
                let len = usize::try_from(varint::take(bytes)?).map_err(|_| Damaged::Value)?;
                skip = if other < child { skip.checked_add(len).ok_or(Damaged::Length)? } else { skip };
            }
            *bytes = bytes.get(skip..).ok_or(Damaged::Length)?;
            *place = went.count(*place, child);
            *units = went.count(*units, child);
            Ok(true)
        }
        _ => Err(Damaged::Value),
    }
}
