//! One label: the symbol on the left, the name and the human-readable text on the right.

use pdf_writer::{Content, Str};
use shared::gs1::ElementString;
use shared::gs1::symbol::{QUIET, Symbol, SymbolError};

use super::document::FONT;
use super::font::Font;
use super::{MODULE_MM, grid, pt};

/// Between the edge of the label and what is drawn, in millimetres: office printers leave 4 mm of the page white.
const MARGIN: f32 = 5.0;
/// Between the symbol's quiet zone and the text, in millimetres.
const GAP: f32 = 2.0;
/// Size of the name, in points.
const NAME_SIZE: f32 = 8.5;
/// Size of the human-readable text, in points: more than 2 mm high, readable without glasses.
const HRI_SIZE: f32 = 8.0;
/// Distance of lines, in sizes.
const LEADING: f32 = 1.3;
/// Lines that the name may take.
const NAME_LINES: usize = 4;

/// A label ready to be drawn.
pub(super) struct Drawing {
    symbol: Symbol,
    name: Vec<String>,
    /// The GTIN and the serial. The tail is for machines: 83 characters that nobody types.
    hri: Vec<String>,
}

impl Drawing {
    pub(super) fn new(code: &ElementString, name: &str, font: &Font) -> Result<Self, SymbolError> {
        let symbol = Symbol::encode(code)?;
        let room = pt(grid::LABEL.0 - text_left(&symbol) - MARGIN);
        let hri = code
            .elements()
            .iter()
            .filter(|element| matches!(element.ai.as_str(), "00" | "01" | "21"))
            .flat_map(|element| break_anywhere(&format!("({}){}", element.ai, element.value), font, room / HRI_SIZE))
            .collect();
        Ok(Self { symbol, name: wrap(name, font, room / NAME_SIZE), hri })
    }

    /// Draws the label with its top left corner at `corner`, in millimetres from that of the page.
    pub(super) fn draw(&self, content: &mut Content, font: &Font, corner: (f32, f32)) {
        // From here on in points, upwards from the bottom of the page.
        let left = pt(corner.0);
        let middle = pt(grid::PAGE.1 - corner.1 - grid::LABEL.1 / 2.0);
        let side = self.symbol.size() as f32 * pt(MODULE_MM);

        content.save_state();
        content.transform([pt(MODULE_MM), 0.0, 0.0, pt(MODULE_MM), left + pt(symbol_left()), middle - side / 2.0]);
        for y in 0..self.symbol.size() {
            self.row(content, y);
        }
        // One path for all: a renderer that smooths edges then leaves no hair lines between neighbours.
        content.fill_nonzero();
        content.restore_state();

        let height = LEADING * (self.name.len() as f32 * NAME_SIZE + self.hri.len() as f32 * HRI_SIZE) + HRI_SIZE / 2.0;
        let mut baseline = middle + height / 2.0 - NAME_SIZE;
        let x = left + pt(text_left(&self.symbol));
        for line in &self.name {
            show(content, font, line, NAME_SIZE, (x, baseline));
            baseline -= NAME_SIZE * LEADING;
        }
        baseline -= HRI_SIZE / 2.0;
        for line in &self.hri {
            show(content, font, line, HRI_SIZE, (x, baseline));
            baseline -= HRI_SIZE * LEADING;
        }
    }

    /// Rectangles of the dark modules of a row, in modules, upwards.
    fn row(&self, content: &mut Content, y: usize) {
        let size = self.symbol.size();
        let mut x = 0;
        while x < size {
            let run = (x..size).take_while(|&x| self.symbol.dark(x, y)).count();
            if run > 0 {
                content.rect(x as f32, (size - 1 - y) as f32, run as f32, 1.0);
            }
            x += run + 1;
        }
    }
}

/// Left edge of the symbol in the label, in millimetres; the quiet zone lies outside of it.
fn symbol_left() -> f32 {
    MARGIN + QUIET as f32 * MODULE_MM
}

/// Left edge of the text in the label, in millimetres.
fn text_left(symbol: &Symbol) -> f32 {
    symbol_left() + (symbol.size() + QUIET) as f32 * MODULE_MM + GAP
}

fn show(content: &mut Content, font: &Font, text: &str, size: f32, at: (f32, f32)) {
    content.begin_text().set_font(FONT, size).next_line(at.0, at.1);
    content.show(Str(&font.encode(text))).end_text();
}

/// Cuts a text without spaces into lines of at most `room` ems.
fn break_anywhere(text: &str, font: &Font, room: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut width = 0.0;
    for c in text.chars() {
        let advance = font.advance(c);
        if width + advance > room && width > 0.0 {
            lines.push(String::new());
            width = 0.0;
        }
        width += advance;
        if let Some(line) = lines.last_mut() {
            line.push(c);
        }
    }
    lines
}

/// Sets a text in lines of at most `room` ems, broken between words where that is possible; what does not fit in
/// [`NAME_LINES`] ends in an ellipsis.
fn wrap(text: &str, font: &Font, room: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        if let Some(line) = lines.last_mut() {
            let longer = format!("{line} {word}");
            if font.width(&longer) <= room {
                *line = longer;
                continue;
            }
        }
        lines.extend(break_anywhere(word, font, room));
    }
    if lines.len() > NAME_LINES {
        lines.truncate(NAME_LINES);
        if let Some(line) = lines.last_mut() {
            while font.width(line) + font.advance('…') > room && line.pop().is_some() {}
            line.push('…');
        }
    }
    lines
}
