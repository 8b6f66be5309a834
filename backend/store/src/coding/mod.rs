//! Bytes of the columns that hold more than one value. They live for ever: golden files under `tests/golden/store` hold
//! them fast, a new form has a new first byte.

pub mod ranges;
pub mod runs;
mod varint;

/// The bytes are not what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Damaged {
    /// Shorter or longer than their own content says.
    #[error("the bytes end too early or too late")]
    Length,
    /// The checksum does not fit.
    #[error("the checksum does not fit")]
    Checksum,
    /// The first byte names no form that this program knows.
    #[error("form {0} is not known")]
    Form(u8),
    /// A value that is never written.
    #[error("the bytes hold a value that is never written")]
    Value,
}
