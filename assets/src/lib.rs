//! What the app looks and sounds like: design tokens, styles, icons, tunes.
//!
//! Everything is a constant inside the program rather than a file beside it, so that cargo with wasm-bindgen and `dx`
//! build the same app, and a page with a strict Content-Security-Policy needs no style or picture of its own.

mod icon;
mod tune;

pub use icon::Icon;
pub use tune::{Note, Tune};

/// Design tokens: colour roles of both themes, spaces, radii, sizes of type.
pub const TOKENS: &str = include_str!("../styles/tokens.css");

/// Every style sheet, in the order in which they are to be read.
pub const STYLES: [&str; 8] = [
    TOKENS,
    include_str!("../styles/base.css"),
    include_str!("../styles/parts.css"),
    include_str!("../styles/fields.css"),
    include_str!("../styles/verdict.css"),
    include_str!("../styles/scan.css"),
    include_str!("../styles/screens.css"),
    include_str!("../styles/tones.css"),
];
