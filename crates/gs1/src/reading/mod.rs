//! Forgiving reading: what a scanner, a keyboard or a clipboard hands over is seldom the exact form of a code.
//!
//! [`candidates`] lists the readings of a text in a fixed order. The first is the exact one: only the transmission's own
//! framing is taken off. Each further one says which repairs led to it. The list proves nothing: a caller takes the first
//! candidate that something else confirms, a signature at best.
//!
//! The order of the texts that are looked at: as it came; with Caps Lock undone; then, each also with Caps Lock undone,
//! without the headers of an ECI or a sequence; with escapes undone; unpacked from base64 or hexadecimal; with plain
//! characters for typographic ones; with Latin letters for Cyrillic lookalikes; with each doubled key once; cut out of
//! the words around it. Within each: as typed, typed under the Russian layout, under the Kazakh one; within each, first
//! separators, then structure. After all of these, the same texts cut after the first of two readings and after the
//! tail's length, then with separators put for what stands in their place, last with lost separators put back.

mod brackets;
mod escapes;
mod frame;
mod keyboard;
mod separators;
mod shapes;
mod split;

use crate::digital_link;
pub use frame::{Append, Frame, SymbologyId, frame};
use keyboard::Layout;

/// The most readings of one text.
pub const MAX_CANDIDATES: usize = 64;

/// The longest text that is repaired, in bytes. A symbol of the largest size holds 2335 characters of text, a code of
/// several elements some 200; what is longer has only its exact reading.
pub const MAX_LENGTH: usize = 2400;

/// Lengths of serials tried where a separator was lost: those in use in the marking of goods.
pub const SERIAL_LENGTHS: [usize; 4] = [13, 7, 6, 20];

/// What was changed to arrive at a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Repair {
    /// The text was a Digital Link URI.
    DigitalLink,
    /// Upper and lower case were exchanged.
    CapsLock,
    /// The keys were pressed under the Russian layout.
    RussianLayout,
    /// The keys were pressed under the Kazakh layout.
    KazakhLayout,
    /// Separators were written out: `<GS>`, `\u001d`, `è` and the like.
    SeparatorForm,
    /// Spaces stood for separators.
    SpacesAsSeparators,
    /// Spaces were taken out.
    SpacesRemoved,
    /// Identifiers stood in brackets.
    Brackets,
    /// Separators stood where none belong.
    ExtraSeparators,
    /// Separators were missing and were put back by the usual lengths.
    LostSeparators,
    /// Headers of an extended channel interpretation were taken off.
    Eci,
    /// The header of a sequence of symbols was taken off.
    StructuredAppend,
    /// Percent-encoding, HTML references or backslash escapes were undone.
    Escapes,
    /// The text was base64 or hexadecimal.
    Packed,
    /// Wide or typographic characters stood for plain ones.
    Typography,
    /// Cyrillic letters stood for Latin ones that look alike.
    Lookalikes,
    /// Every character stood twice.
    DoubledKeys,
    /// Other words stood around the code.
    Surroundings,
    /// One sign that no code has stood for separators.
    SignAsSeparator,
    /// Spaces stood for plus signs.
    SpacesAsPlus,
    /// The code was there twice.
    DoubledCode,
    /// Something followed the tail.
    Excess,
    /// Something unknown stood where separators belong by the usual lengths.
    UnknownSeparators,
}

impl Repair {
    /// A name that does not change.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DigitalLink => "digital_link",
            Self::CapsLock => "caps_lock",
            Self::RussianLayout => "russian_layout",
            Self::KazakhLayout => "kazakh_layout",
            Self::SeparatorForm => "separator_form",
            Self::SpacesAsSeparators => "spaces_as_separators",
            Self::SpacesRemoved => "spaces_removed",
            Self::Brackets => "brackets",
            Self::ExtraSeparators => "extra_separators",
            Self::LostSeparators => "lost_separators",
            Self::Eci => "eci",
            Self::StructuredAppend => "structured_append",
            Self::Escapes => "escapes",
            Self::Packed => "packed",
            Self::Typography => "typography",
            Self::Lookalikes => "lookalikes",
            Self::DoubledKeys => "doubled_keys",
            Self::Surroundings => "surroundings",
            Self::SignAsSeparator => "sign_as_separator",
            Self::SpacesAsPlus => "spaces_as_plus",
            Self::DoubledCode => "doubled_code",
            Self::Excess => "excess",
            Self::UnknownSeparators => "unknown_separators",
        }
    }
}

/// One reading of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The text as it would be in the exact form, if the repairs are right.
    pub text: String,
    /// The repairs, in the order they were made; none for the exact reading.
    pub repairs: Vec<Repair>,
}

/// The readings of a text, each once, at most [`MAX_CANDIDATES`]; never none.
///
/// ```
/// use gs1::reading::{Repair, candidates};
/// let found = candidates("]d20104870001234560215K<GS>91K001\r\n");
/// assert_eq!(found[0].text, "0104870001234560215K<GS>91K001");
/// assert_eq!(found[1].text, "0104870001234560215K\u{1d}91K001");
/// assert_eq!(found[1].repairs, [Repair::SeparatorForm]);
/// ```
pub fn candidates(raw: &str) -> Vec<Candidate> {
    candidates_with(raw, &SERIAL_LENGTHS)
}

/// As [`candidates`], with the lengths of serials to try, in this order, where separators were lost.
pub fn candidates_with(raw: &str, serial_lengths: &[usize]) -> Vec<Candidate> {
    let exact = frame::strip(raw);
    let mut list = List::default();
    list.add(exact, &[]);
    if raw.len() > MAX_LENGTH {
        return list.found;
    }
    if let Ok(code) = digital_link::parse(exact.trim()) {
        list.add(&code.to_string(), &[Repair::DigitalLink]);
    }
    list.cased(raw, &[]);
    let framed = frame(raw);
    let headers: Vec<Repair> = [
        framed.append.map(|_| Repair::StructuredAppend),
        framed
            .eci
            .map(|_| Repair::Eci)
            .or_else(|| (framed.text != exact && framed.append.is_none()).then_some(Repair::Eci)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !headers.is_empty() {
        list.cased(&framed.text, &headers);
    }
    let unescaped = escapes::undo(raw);
    let others = [
        (unescaped.clone(), Repair::Escapes),
        (escapes::unpack(exact), Repair::Packed),
        (shapes::plain(raw), Repair::Typography),
        (shapes::latin(raw), Repair::Lookalikes),
        (shapes::without_bounce(exact), Repair::DoubledKeys),
        (frame::core(raw).map(str::to_owned), Repair::Surroundings),
    ];
    for (text, repair) in others {
        if let Some(text) = text {
            list.cased(&text, &[repair]);
        }
    }
    if let Some(text) = unescaped.as_deref().and_then(frame::core) {
        list.cased(text, &[Repair::Escapes, Repair::Surroundings]);
    }
    list.cut();
    list.split(serial_lengths);
    list.found
}

#[derive(Default)]
struct List {
    found: Vec<Candidate>,
}

impl List {
    fn add(&mut self, text: &str, repairs: &[Repair]) {
        let known = self.found.iter().any(|candidate| candidate.text == text);
        if !known && self.found.len() < MAX_CANDIDATES {
            self.found.push(Candidate { text: text.to_owned(), repairs: repairs.to_vec() });
        }
    }

    /// A text as it is and with Caps Lock undone.
    fn cased(&mut self, text: &str, repairs: &[Repair]) {
        self.typed(text, repairs);
        if let Some(flipped) = keyboard::flip_case(text) {
            self.typed(&flipped, &with(repairs, Repair::CapsLock));
        }
    }

    /// A text as the keyboard gave it, under each layout it may have been typed with.
    fn typed(&mut self, text: &str, repairs: &[Repair]) {
        self.separated(frame::strip(text), repairs);
        let layouts = [(Layout::Russian, Repair::RussianLayout), (Layout::Kazakh, Repair::KazakhLayout)];
        for (layout, repair) in layouts {
            if let Some(latin) = layout.to_latin(text) {
                self.separated(frame::strip(&latin), &with(repairs, repair));
            }
        }
    }

    /// A text in Latin letters, under each meaning of what may be a separator.
    fn separated(&mut self, text: &str, repairs: &[Repair]) {
        self.structured(text, repairs);
        let mut text = text.to_owned();
        let mut repairs = repairs.to_vec();
        if let Some(plain) = separators::plain(&text) {
            frame::strip(&plain).clone_into(&mut text);
            repairs.push(Repair::SeparatorForm);
            self.structured(&text, &repairs);
        }
        if separators::has_spaces(&text) {
            let dense = separators::spaces_to(&text, None);
            self.structured(&dense, &with(&repairs, Repair::SpacesRemoved));
            let spaced = separators::spaces_to(&text, Some(crate::GS));
            self.structured(&spaced, &with(&repairs, Repair::SpacesAsSeparators));
        }
        if let Some(signed) = separators::spaces_to_plus(&text) {
            self.structured(&signed, &with(&repairs, Repair::SpacesAsPlus));
        }
        if let Some(plain) = separators::sign_to_separator(&text) {
            self.structured(&plain, &with(&repairs, Repair::SignAsSeparator));
        }
    }

    /// A text with its separators, as it is and with its structure mended.
    fn structured(&mut self, text: &str, repairs: &[Repair]) {
        self.add(text, repairs);
        let mut text = text.to_owned();
        let mut repairs = repairs.to_vec();
        if let Some(open) = brackets::open(&text) {
            text = open;
            repairs.push(Repair::Brackets);
            self.add(&text, &repairs);
        }
        if let Some(tidy) = separators::without_extra(&text) {
            text = tidy;
            repairs.push(Repair::ExtraSeparators);
            self.add(&text, &repairs);
        }
    }

    /// What follows a code goes.
    fn cut(&mut self) {
        for Candidate { text, repairs } in self.found.clone() {
            if let Some(first) = shapes::first_of_two(&text) {
                self.structured(first, &with(&repairs, Repair::DoubledCode));
            }
            if let Some(short) = split::without_excess(&text) {
                self.add(&short, &with(&repairs, Repair::Excess));
            }
        }
    }

    /// Lost separators come last: a guess by lengths is the weakest reading.
    fn split(&mut self, serial_lengths: &[usize]) {
        for Candidate { text, repairs } in self.found.clone() {
            for &length in serial_lengths {
                if let Some(whole) = split::replace_unknown(&text, length) {
                    self.add(&whole, &with(&repairs, Repair::UnknownSeparators));
                }
            }
        }
        for Candidate { text, repairs } in self.found.clone() {
            for &length in serial_lengths {
                if let Some(whole) = split::restore(&text, length) {
                    self.add(&whole, &with(&repairs, Repair::LostSeparators));
                }
            }
        }
    }
}

fn with(repairs: &[Repair], more: Repair) -> Vec<Repair> {
    let mut repairs = repairs.to_vec();
    repairs.push(more);
    repairs
}
