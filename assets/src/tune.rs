//! Sounds, as notes for the phone to play: smaller than any recording, and there without a network.

/// One note.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Note {
    /// Frequency in hertz.
    pub hertz: f32,
    /// Length in milliseconds.
    pub millis: u32,
}

/// What a verdict sounds and feels like: three are enough to tell apart with the eyes on the goods. Before it, that there is
/// a code at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tune {
    /// A code was read, its verdict is being found: one clear note.
    Read,
    /// All is well: two notes up.
    Good,
    /// Look at the screen: one note twice.
    Look,
    /// Something is wrong: a low note, long.
    Stop,
}

impl Tune {
    /// Its notes.
    pub const fn notes(self) -> &'static [Note] {
        match self {
            Self::Read => &[Note { hertz: 1318.5, millis: 70 }],
            Self::Good => &[Note { hertz: 659.3, millis: 90 }, Note { hertz: 987.8, millis: 160 }],
            Self::Look => &[Note { hertz: 587.3, millis: 110 }, Note { hertz: 587.3, millis: 110 }],
            Self::Stop => &[Note { hertz: 220.0, millis: 180 }, Note { hertz: 174.6, millis: 320 }],
        }
    }

    /// Its vibration: milliseconds on, off, on…
    pub const fn vibration(self) -> &'static [u32] {
        match self {
            Self::Read => &[30],
            Self::Good => &[60],
            Self::Look => &[60, 80, 60],
            Self::Stop => &[220, 100, 220],
        }
    }
}
