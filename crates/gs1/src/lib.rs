//! GS1: element strings, application identifiers, check digits, character sets, human-readable text, Digital Link URIs,
//! the many shapes in which a scanner hands over a code, and (feature `symbol`) GS1 DataMatrix symbols.
//!
//! Nothing here knows about marking systems: the crate follows the *GS1 General Specifications* (cited below as GenSpecs),
//! the *GS1 Barcode Syntax Dictionary* and the *GS1 Digital Link URI Syntax*. It is pure: no clock, no randomness, no I/O.
//!
//! ```
//! use gs1::{ElementString, GS};
//!
//! let raw = format!("0104870001234560213A7K9M2P4Q6R8T{GS}91K001");
//! let code = ElementString::parse(&raw)?;
//! assert_eq!(code.get("21"), Some("3A7K9M2P4Q6R8T"));
//! assert_eq!(code.hri(), "(01)04870001234560(21)3A7K9M2P4Q6R8T(91)K001");
//! assert_eq!(code.to_string(), raw);
//! # Ok::<(), gs1::ParseError>(())
//! ```

mod ai;
mod charset;
pub mod digital_link;
mod element;
mod error;
mod key;
pub mod lint;
pub mod reading;
#[cfg(feature = "symbol")]
pub mod symbol;

pub use ai::{Ai, Component, Spec, UnknownAi};
pub use charset::Charset;
pub use element::{Element, ElementString};
pub use error::{ParseError, ParseErrorKind};
pub use key::{Gtin, KeyError, Sscc};
pub use lint::{check_digit, has_check_digit, is_date};

/// The separator between element strings as a scanner reports it: ASCII group separator, the decoded form of FNC1 in any
/// position but the first (GenSpecs 7.8.3).
pub const GS: char = '\u{1d}';
