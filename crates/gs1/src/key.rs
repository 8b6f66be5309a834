//! Identification keys with a check digit: GTIN and SSCC (GenSpecs 3.3.2, 3.3.1).

use std::fmt;
use std::str::FromStr;

use crate::has_check_digit;

/// Why a text is not a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The number of characters is wrong.
    #[error("wrong number of digits")]
    Length,
    /// A character is not a digit.
    #[error("not a digit")]
    Digit,
    /// The last digit is not the check digit of the others.
    #[error("wrong check digit")]
    CheckDigit,
}

fn padded<const N: usize>(text: &str, lengths: &[usize]) -> Result<[u8; N], KeyError> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(KeyError::Digit);
    }
    if !lengths.contains(&text.len()) {
        return Err(KeyError::Length);
    }
    if !has_check_digit(text) {
        return Err(KeyError::CheckDigit);
    }
    let mut digits = [b'0'; N];
    digits[N - text.len()..].copy_from_slice(text.as_bytes());
    Ok(digits)
}

macro_rules! key {
    ($(#[$doc:meta])* $name:ident, $length:literal, $accepted:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $length]);

        impl $name {
            /// All the digits, leading zeros included.
            pub fn as_str(&self) -> &str {
                // Only digits come in, so the bytes are always text.
                std::str::from_utf8(&self.0).unwrap_or_default()
            }
        }

        impl FromStr for $name {
            type Err = KeyError;

            fn from_str(text: &str) -> Result<Self, KeyError> {
                padded(text, $accepted).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.as_str())
            }
        }
    };
}

key! {
    /// A Global Trade Item Number, kept as its 14 digits. GTIN-8, GTIN-12 and GTIN-13 are read too and padded with zeros
    /// (GenSpecs 3.3.2), which leaves the check digit as it is.
    ///
    /// ```
    /// let gtin: gs1::Gtin = "4870001234560".parse()?;
    /// assert_eq!(gtin.to_string(), "04870001234560");
    /// # Ok::<(), gs1::KeyError>(())
    /// ```
    Gtin, 14, &[8, 12, 13, 14]
}

key! {
    /// A Serial Shipping Container Code: 18 digits (GenSpecs 3.3.1).
    Sscc, 18, &[18]
}
