//! Label sheets: A4 pages of GS1 DataMatrix symbols with their human-readable text, as PDF.
//!
//! The grid is 3 × 8 labels of 70 × 37 mm, the common A4 sheet of self-adhesive labels, so a printer needs no settings
//! but "actual size". Symbols are drawn as vectors: each module is exactly [`MODULE_MM`] wide at any resolution. Text is
//! set in an embedded subset of Noto Sans, with a map back to Unicode, so that it can be searched and copied.

mod document;
mod font;
mod label;
#[cfg(test)]
mod tests;

use shared::gs1::symbol::SymbolError;
use shared::gs1::{ElementString, ParseError};

/// Width of a module in millimetres. GS1 General Specifications, table 5.12.3.1-1: general retail symbols have
/// 0.375 to 0.990 mm; at 0.5 mm a `signed` symbol is 20 mm wide and a phone reads it from 20 cm.
pub const MODULE_MM: f32 = 0.5;

/// Labels on a page.
pub const LABELS_PER_PAGE: usize = grid::COLUMNS * grid::ROWS;

/// Lengths of the sheet in millimetres.
mod grid {
    pub(super) const COLUMNS: usize = 3;
    pub(super) const ROWS: usize = 8;
    pub(super) const PAGE: (f32, f32) = (210.0, 297.0);
    pub(super) const LABEL: (f32, f32) = (70.0, 37.0);
    /// What 8 rows leave of the page, above and below.
    pub(super) const TOP: f32 = (PAGE.1 - ROWS as f32 * LABEL.1) / 2.0;
}

/// One label.
#[derive(Clone, Copy, Debug)]
pub struct Label<'a> {
    /// The code, as it stands in the symbol without the leading FNC1.
    pub element_string: &'a str,
    /// Name of the product, in the language of the sheet.
    pub name: &'a str,
}

/// Why there is no sheet.
#[derive(Debug, thiserror::Error)]
pub enum LabelError {
    /// A text is no element string.
    #[error("label {index} has no well-formed code")]
    Code {
        /// Which label, from 0.
        index: usize,
        /// Where the text is wrong.
        #[source]
        source: ParseError,
    },
    /// An element string does not fit in a symbol.
    #[error("the code of label {index} does not fit in a symbol")]
    Symbol {
        /// Which label, from 0.
        index: usize,
        /// Why not.
        #[source]
        source: SymbolError,
    },
    /// The font that is built in cannot be read.
    #[error("the font of the labels cannot be read")]
    Font(#[source] ttf_parser::FaceParsingError),
}

/// Draws the labels in the given order, row by row, on as many pages as they need; a sheet without labels is one empty
/// page. Equal labels give equal bytes: the document holds no date and no id.
///
/// # Errors
/// [`LabelError::Code`] or [`LabelError::Symbol`] for the first label that cannot be drawn.
pub fn sheet(labels: &[Label<'_>]) -> Result<Vec<u8>, LabelError> {
    let font = font::Font::new().map_err(LabelError::Font)?;
    let mut document = document::Document::new();
    if labels.is_empty() {
        document.page(pdf_writer::Content::new());
    }
    for (page, labels) in labels.chunks(LABELS_PER_PAGE).enumerate() {
        let mut content = pdf_writer::Content::new();
        for (cell, label) in labels.iter().enumerate() {
            let index = page * LABELS_PER_PAGE + cell;
            let code =
                ElementString::parse(label.element_string).map_err(|source| LabelError::Code { index, source })?;
            let drawing =
                label::Drawing::new(&code, label.name, &font).map_err(|source| LabelError::Symbol { index, source })?;
            drawing.draw(&mut content, &font, corner(cell));
        }
        document.page(content);
    }
    Ok(document.finish(&font))
}

/// Top left corner of a cell, in millimetres from the top left corner of the page.
fn corner(cell: usize) -> (f32, f32) {
    let (column, row) = (cell % grid::COLUMNS, cell / grid::COLUMNS);
    (column as f32 * grid::LABEL.0, grid::TOP + row as f32 * grid::LABEL.1)
}

/// Millimetres in PDF units (ISO 32000-1, 8.3.2.3: 1/72 inch).
fn pt(mm: f32) -> f32 {
    mm * 72.0 / 25.4
}
