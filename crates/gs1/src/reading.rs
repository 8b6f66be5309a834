//! Forgiving reading.

/// What was changed to arrive at a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// Caps Lock was on.
    CapsLock,
}

/// One reading of what came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The text read.
    pub text: String,
    /// The repairs made.
    pub repairs: Vec<Repair>,
}

/// The readings of a text, the exact one first.
pub fn candidates(raw: &str) -> Vec<Candidate> {
    let text = raw
        .strip_prefix("]d2")
        .unwrap_or(raw)
        .trim_matches(['\u{1d}', '\r', '\n']);
    vec![Candidate {
        text: text.to_owned(),
        repairs: Vec::new(),
    }]
}
