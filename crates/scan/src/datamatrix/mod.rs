//! DataMatrix ECC 200 (ISO/IEC 16022): find, sample, correct, read.

mod codewords;
mod laid;
mod lines;
mod outline;
mod placement;
mod pyramid;
mod reader;
mod search;
mod size;
mod stream;
mod texture;
mod timing;

use size::Size;

use crate::effort::{Effort, Turn};
use crate::found::Message;
use crate::frame::Frame;
use crate::sighting::Sighting;

/// Longer side up to which a frame in which nothing is read may be a symbol cut out at its edge, by how much it is then made
/// larger, and the margin around it.
const SMALL: usize = 300;
const LARGER: usize = 4;
const MARGIN: usize = 32;

/// The symbols of a frame, with what they say where that can be made out. What is not clear takes ten times as long and is
/// looked at last, and only beside the corners of what `others` find.
pub(crate) fn sight(
    frame: &Frame,
    effort: Effort,
    turn: &Turn,
    others: impl FnOnce() -> Vec<[(f32, f32); 4]>,
) -> Vec<Sighting> {
    let sightings = reader::sight(frame, effort, turn, others);
    let is_read = sightings.iter().any(|sighting| sighting.message.is_some());
    if is_read || effort == Effort::Picture || frame.longer_side() > SMALL {
        return sightings;
    }
    let larger = reader::sight(&frame.framed(LARGER, MARGIN), effort, turn, Vec::new);
    if larger.is_empty() {
        return sightings;
    }
    let (scale, shift) = (1.0 / LARGER as f32, -((MARGIN / LARGER) as f32));
    larger.into_iter().map(|sighting| sighting.placed(scale, shift, shift)).collect()
}

/// The corners of what is most like a symbol, where none was made out.
pub(crate) fn place(frame: &Frame) -> Option<[(f32, f32); 4]> {
    texture::place(frame)
}

/// What sampled modules say, seen from the front or, through glass, from behind.
pub(crate) fn decode(columns: usize, rows: usize, soft: &[f32]) -> Option<Message> {
    let size = Size::of(columns, rows)?;
    if soft.len() != columns * rows {
        return None;
    }
    let front = codewords::data(size, soft).and_then(|data| message(&data));
    front.or_else(|| {
        if columns != rows {
            return None;
        }
        let mirrored: Vec<f32> = (0..soft.len())
            .map(|index| soft[(rows - 1 - index % columns) * columns + (columns - 1 - index / columns)])
            .collect();
        codewords::data(size, &mirrored).and_then(|data| message(&data))
    })
}

/// What corrected codewords say, unless they claim to be GS1 data and are not: an element string begins with the digits of
/// an application identifier and has no characters but printable ones and separators (GS1 General Specifications 7.8 and
/// 7.11).
fn message(data: &[u8]) -> Option<Message> {
    let message = stream::read(data)?;
    let is_element_string = || {
        let mut characters = message.text.bytes();
        let digits = characters.by_ref().take(2).filter(u8::is_ascii_digit).count();
        digits == 2 && characters.all(|byte| byte == 0x1d || (b' '..=b'~').contains(&byte))
    };
    (!message.gs1 || is_element_string()).then_some(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gs1_data_have_the_form_of_gs1_data() {
        for (codewords, is_message) in [
            (&[232, 131, b'B', 232, b'C'][..], true),
            (&[232, b'B', b'C', b'D'], false),
            (&[232, 131, 8], false),
            (&[b'B', b'C', 8], true),
        ] {
            assert_eq!(message(codewords).is_some(), is_message, "{codewords:?}");
        }
    }

    #[test]
    fn a_symbol_cut_out_at_its_edge_is_read_where_it_lies() {
        let symbol = datamatrix::DataMatrix::encode_str("cut out", datamatrix::SymbolList::default()).expect("fits");
        let bitmap = symbol.bitmap();
        let (width, height) = (bitmap.width(), bitmap.height());
        let mut pixels = vec![255; width * height];
        bitmap.pixels().for_each(|(x, y)| pixels[y * width + x] = 0);
        let frame = Frame::from_luma(width as u32, height as u32, &pixels).expect("sizes agree");
        let sightings = sight(&frame, Effort::Frame, &Turn::Alone, Vec::new);
        let read = sightings.iter().find_map(|sighting| Some((sighting.message.as_ref()?, sighting.corners)));
        let (message, corners) = read.expect("is read");
        assert_eq!(message.text, "cut out");
        let (right, bottom) = (width as f32, height as f32);
        for ((x, y), (left, top)) in corners.into_iter().zip([(0.0, 0.0), (right, 0.0), (right, bottom), (0.0, bottom)])
        {
            assert!((x - left).abs() < 1.0 && (y - top).abs() < 1.0, "{corners:?}");
        }
    }
}
