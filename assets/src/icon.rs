//! Icons: 24 × 24, drawn with the colour of the text around them.

macro_rules! icons {
    ($($(#[$meta:meta])* $name:ident = $file:literal,)+) => {
        /// An icon. It never stands alone: a word or an accessible name is beside it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Icon { $($(#[$meta])* $name,)+ }

        impl Icon {
            /// Every icon.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// Its drawing: one `svg` element.
            pub const fn svg(self) -> &'static str {
                match self { $(Self::$name => include_str!(concat!("../icons/", $file, ".svg")),)+ }
            }
        }
    };
}

icons! {
    /// Back.
    Back = "back",
    /// Verdict: blocked.
    Blocked = "blocked",
    /// Take a photo.
    Camera = "camera",
    /// No camera.
    CameraOff = "camera-off",
    /// Another camera.
    CameraSwitch = "camera-switch",
    /// Done.
    Check = "check",
    /// Close.
    Close = "close",
    /// Copy.
    Copy = "copy",
    /// A document that proves a fact.
    Document = "document",
    /// Open what is folded.
    Down = "down",
    /// Verdict: foreign.
    Foreign = "foreign",
    /// Leads further.
    Forward = "forward",
    /// Verdict: genuine.
    Genuine = "genuine",
    /// Verdict: genuine by its tail, state unknown.
    GenuineOffline = "genuine-offline",
    /// Earlier checks.
    History = "history",
    /// Verdict: incomplete.
    Incomplete = "incomplete",
    /// A remark.
    Info = "info",
    /// Type by hand.
    Keyboard = "keyboard",
    /// Sealed.
    Lock = "lock",
    /// The mark of the product: the solid corner of a DataMatrix, its dotted edges, and a ring, the oldest of tamgas.
    Mark = "mark",
    /// Outcome: needs the network.
    NeedsNetwork = "needs-network",
    /// Verdict: not a mark.
    NotAMark = "not-a-mark",
    /// Verdict: not in circulation yet.
    NotIntroduced = "not-introduced",
    /// Verdict: not issued.
    NotIssued = "not-issued",
    /// No network.
    Offline = "offline",
    /// A picture from a file.
    Picture = "picture",
    /// Where.
    Place = "place",
    /// Again.
    Refresh = "refresh",
    /// Report a violation.
    Report = "report",
    /// Scan.
    Scan = "scan",
    /// Send.
    Send = "send",
    /// Settings.
    Settings = "settings",
    /// Verdict: sold.
    Sold = "sold",
    /// Sound.
    Sound = "sound",
    /// Light and dark.
    Theme = "theme",
    /// Light on.
    Torch = "torch",
    /// Light off.
    TorchOff = "torch-off",
    /// Delete.
    Trash = "trash",
    /// Verdict: withdrawn.
    Withdrawn = "withdrawn",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_is_one_drawing_on_the_same_grid() {
        for icon in Icon::ALL {
            let svg = icon.svg().trim();
            assert!(svg.starts_with("<svg viewBox=\"0 0 24 24\""), "{icon:?}");
            assert!(svg.ends_with("</svg>") && svg.matches("<svg").count() == 1, "{icon:?}");
            assert!(svg.contains("currentColor"), "{icon:?} takes the colour of the text");
        }
    }
}
