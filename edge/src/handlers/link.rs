//! GS1 Digital Links, `/01/{gtin}/21/{serial}`.

pub mod get;
