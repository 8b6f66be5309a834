//! From a number in a GTIN's series to its serial and back.

use super::{SerialFormat, ff1::Ff1};
use crate::hmac_sha256;
use aes::{Aes256, cipher::KeyInit};
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// What separates these keys from anything else that a master could ever make.
const LABEL: &[u8] = b"tanba serial v1\0";

/// The secret from which every GTIN's permutation is derived. Overwritten when
/// dropped.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct SerialMaster([u8; 32]);

impl SerialMaster {
    /// Takes the 32 bytes of the secret.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(*bytes)
    }

    /// The permutation of a GTIN's series in one format.
    ///
    /// Its key is HMAC-SHA-256 of a label and the GTIN's 14 digits under the
    /// master. A shorter GTIN is the same as the one with leading zeros: so
    /// GS1 defines it.
    pub fn series(&self, gtin: &str, format: &SerialFormat) -> Permutation {
        let message = format!("{gtin:0>14}");
        let key = Zeroizing::new(hmac_sha256(&self.0, &[LABEL, message.as_bytes()].concat()));
        Permutation {
            ff1: Ff1::new(Aes256::new((&*key).into()), format.radix(), format.digits(), &[]),
            format: *format,
        }
    }
}

impl fmt::Debug for SerialMaster {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("SerialMaster(..)")
    }
}

/// The serials of one series: each number below the capacity has one, no two
/// the same, and without the master they look like chance.
pub struct Permutation {
    ff1: Ff1<Aes256>,
    format: SerialFormat,
}

impl Permutation {
    /// The serial of a number; `None` from the format's capacity on.
    pub fn serial(&self, number: u64) -> Option<String> {
        (number < self.format.capacity()).then(|| self.format.print(self.ff1.encrypt(number.into())))
    }

    /// The number of a serial; `None` if it is not of the format, or is none of
    /// the serials in use: its number would be the capacity or more.
    pub fn number(&self, serial: &str) -> Option<u64> {
        let number = self.ff1.decrypt(self.format.parse(serial)?);
        u64::try_from(number).ok().filter(|&number| number < self.format.capacity())
    }

    /// The form of these serials.
    pub fn format(&self) -> &SerialFormat {
        &self.format
    }
}

impl fmt::Debug for Permutation {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "Permutation({} characters, ..)", self.format.len())
    }
}
