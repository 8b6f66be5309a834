//! Pixels in, codes out: finds and reads DataMatrix (ISO/IEC 16022) and QR (ISO/IEC 18004) symbols.
//!
//! The same code runs natively and, as a module of its own, in a web worker (see `web/worker.js`). It reads no
//! clock, draws no random numbers and does no I/O: what a call costs is bounded by a count of attempts, named by
//! [`Effort`].
//!
//! ```
//! // A frame without a symbol gives an empty list; so does one whose buffer has the wrong length.
//! assert!(scan::read_luma(64, 64, &[255; 64 * 64]).is_empty());
//! assert!(scan::read_luma(64, 64, &[255; 7]).is_empty());
//! ```

mod charset;
mod corners;
mod datamatrix;
mod effort;
mod found;
mod frame;
mod grid;
mod homography;
mod identifier;
mod linear;
#[cfg(test)]
mod numbers;
mod picture;
mod qr;
mod read;
mod reed_solomon;
mod scanner;
mod sighting;
#[cfg(target_arch = "wasm32")]
pub mod web;

pub use effort::Effort;
pub use found::{Found, Look, Seen, Symbology};
pub use picture::{ImageError, read_image};
pub use read::{read_luma, read_luma_with, read_rgba, read_rgba_with};
pub use scanner::Scanner;
