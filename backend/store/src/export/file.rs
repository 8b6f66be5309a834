//! The file: a header, sections of records, a checksum.

use super::MoveError;
use crate::db::{Kind, Value};
use sha2::{Digest as _, Sha256};
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};

/// The first bytes, with the version.
pub(super) const HEADER: &[u8] = b"tanba ledger 2\n";

const CHECKSUM: u64 = 32;

const BUFFER: usize = 1 << 20;

/// A record has at most so many bytes: far more than the largest document, and no more than memory bears.
const RECORD: u64 = 1 << 31;

/// Writes a file.
pub(super) struct Out<'a> {
    to: BufWriter<&'a mut dyn Write>,
    hash: Sha256,
    bytes: u64,
}

impl<'a> Out<'a> {
    pub(super) fn new(to: &'a mut dyn Write) -> Result<Self, MoveError> {
        let mut out = Self { to: BufWriter::with_capacity(BUFFER, to), hash: Sha256::new(), bytes: 0 };
        out.put(HEADER)?;
        Ok(out)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), MoveError> {
        self.to.write_all(bytes)?;
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    /// Begins a section.
    pub(super) fn section(&mut self, tag: u8) -> Result<(), MoveError> {
        self.put(&[tag])
    }

    /// Writes a record; none is empty.
    pub(super) fn record(&mut self, record: &[u8]) -> Result<(), MoveError> {
        let mut len = Vec::with_capacity(5);
        put_number(&mut len, record.len() as u64);
        self.put(&len)?;
        self.put(record)
    }

    /// Ends a section.
    pub(super) fn end(&mut self) -> Result<(), MoveError> {
        self.put(&[0])
    }

    /// Ends the file, and gives its length and checksum.
    pub(super) fn finish(mut self) -> Result<(u64, [u8; 32]), MoveError> {
        let checksum: [u8; 32] = self.hash.finalize().into();
        self.to.write_all(&checksum)?;
        self.to.flush()?;
        Ok((self.bytes + CHECKSUM, checksum))
    }
}

/// Reads a whole file and looks at its checksum. Leaves it where the first section begins.
pub(super) fn verify<F: Read + Seek>(file: &mut F) -> Result<(), MoveError> {
    let len = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    let mut header = [0; HEADER.len()];
    let content = len.checked_sub(CHECKSUM + HEADER.len() as u64).ok_or(MoveError::NotAnExport)?;
    file.read_exact(&mut header)?;
    if header != HEADER {
        return Err(MoveError::NotAnExport);
    }
    let mut hash = Sha256::new();
    hash.update(header);
    let mut buffer = vec![0; BUFFER];
    let mut left = content;
    while left > 0 {
        let most = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let read = file.read(buffer.get_mut(..most).unwrap_or_default())?;
        if read == 0 {
            return Err(MoveError::Altered);
        }
        hash.update(buffer.get(..read).unwrap_or_default());
        left -= read as u64;
    }
    let mut checksum = [0; CHECKSUM as usize];
    file.read_exact(&mut checksum)?;
    if <[u8; 32]>::from(hash.finalize()) != checksum {
        return Err(MoveError::Altered);
    }
    file.seek(SeekFrom::Start(HEADER.len() as u64))?;
    Ok(())
}

/// Reads a file that was verified. Hashed a second time: it may have changed since.
pub(super) struct In<'a, F> {
    from: BufReader<&'a mut F>,
    hash: Sha256,
    bytes: u64,
    record: Vec<u8>,
}

impl<'a, F: Read> In<'a, F> {
    /// From where the first section begins.
    pub(super) fn new(from: &'a mut F) -> Self {
        let mut hash = Sha256::new();
        hash.update(HEADER);
        Self { from: BufReader::with_capacity(BUFFER, from), hash, bytes: HEADER.len() as u64, record: Vec::new() }
    }

    fn byte(&mut self) -> Result<u8, MoveError> {
        let mut byte = [0];
        self.from.read_exact(&mut byte)?;
        self.hash.update(byte);
        self.bytes += 1;
        let [byte] = byte;
        Ok(byte)
    }

    /// Begins the next section, which must be this one.
    pub(super) fn section(&mut self, tag: u8) -> Result<(), MoveError> {
        if self.byte()? == tag { Ok(()) } else { Err(MoveError::Content("another section was expected")) }
    }

    /// The next record of the section; nothing at its end.
    pub(super) fn record(&mut self) -> Result<Option<&[u8]>, MoveError> {
        let (mut len, mut shift) = (0_u64, 0);
        loop {
            let byte = self.byte()?;
            len |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                break;
            }
            if shift > 28 {
                return Err(MoveError::Content("a record is too long"));
            }
        }
        if len == 0 {
            return Ok(None);
        }
        if len > RECORD {
            return Err(MoveError::Content("a record is too long"));
        }
        self.record.clear();
        // Grows with what is there, whatever the length says.
        self.from.by_ref().take(len).read_to_end(&mut self.record)?;
        if self.record.len() as u64 != len {
            return Err(MoveError::Altered);
        }
        self.hash.update(&self.record);
        self.bytes += len;
        Ok(Some(&self.record))
    }

    /// Ends the file: the checksum follows, and then nothing.
    pub(super) fn finish(mut self) -> Result<(u64, [u8; 32]), MoveError> {
        let mut checksum = [0; CHECKSUM as usize];
        self.from.read_exact(&mut checksum)?;
        if <[u8; 32]>::from(self.hash.finalize()) != checksum || self.from.read(&mut [0])? != 0 {
            return Err(MoveError::Altered);
        }
        Ok((self.bytes + CHECKSUM, checksum))
    }
}

/// Writes a number: seven bits a byte, the least significant first.
pub(super) fn put_number(bytes: &mut Vec<u8>, value: u64) {
    let mut rest = value;
    while rest >= 0x80 {
        // The low seven bits.
        bytes.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    bytes.push(rest as u8);
}

/// Takes a number.
pub(super) fn take_number(bytes: &mut &[u8]) -> Result<u64, MoveError> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first().ok_or(SHORT)?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(MoveError::Content("a number is too long"))
}

const SHORT: MoveError = MoveError::Content("a record is too short");

/// Writes a value of a column: 0 for nothing; 1 and a signed number, zigzag; 1, a length, and bytes.
pub(super) fn put_value(bytes: &mut Vec<u8>, value: Value<'_>) {
    if value == Value::Null {
        return bytes.push(0);
    }
    bytes.push(1);
    match value {
        Value::Null => {}
        Value::Int(value) => put_number(bytes, (value << 1 ^ value >> 63).cast_unsigned()),
        Value::Text(text) => put_bytes(bytes, text.as_bytes()),
        Value::Bytes(value) => put_bytes(bytes, value),
    }
}

fn put_bytes(bytes: &mut Vec<u8>, value: &[u8]) {
    put_number(bytes, value.len() as u64);
    bytes.extend_from_slice(value);
}

/// Takes a value of a column of this kind.
pub(super) fn take_value<'a>(bytes: &mut &'a [u8], kind: Kind) -> Result<Value<'a>, MoveError> {
    let (&there, rest) = bytes.split_first().ok_or(SHORT)?;
    *bytes = rest;
    match (there, kind) {
        (0, _) => Ok(Value::Null),
        (1, Kind::Int) => {
            let value = take_number(bytes)?;
            Ok(Value::Int((value >> 1).cast_signed() ^ -(value & 1).cast_signed()))
        }
        (1, Kind::Text) => {
            let text = std::str::from_utf8(take_bytes(bytes)?);
            text.map(Value::Text).map_err(|_| MoveError::Content("a text is none"))
        }
        (1, Kind::Bytes) => Ok(Value::Bytes(take_bytes(bytes)?)),
        _ => Err(MoveError::Content("a value is neither there nor not")),
    }
}

fn take_bytes<'a>(bytes: &mut &'a [u8]) -> Result<&'a [u8], MoveError> {
    let len = usize::try_from(take_number(bytes)?).map_err(|_| SHORT)?;
    let (value, rest) = bytes.split_at_checked(len).ok_or(SHORT)?;
    *bytes = rest;
    Ok(value)
}
