//! GS1 DataMatrix symbols: ISO/IEC 16022 ECC 200, square, with FNC1 first and as separator (GenSpecs 5.6, 7.8.3).
//!
//! Data is encoded in ASCII encodation only, so the size of a symbol follows from the lengths of its values and a scanner
//! has nothing to guess. Error correction and module placement come from the `datamatrix` crate, whose own encoder cannot
//! put FNC1 behind the first position.

mod ascii;
mod png;
mod svg;

use datamatrix::placement::MatrixMap;
use datamatrix::{DataMatrixBuilder, SymbolList, SymbolSize, errorcode};

use crate::ElementString;

/// Light modules around the symbol. ISO/IEC 16022 asks for one; the second forgives careless cutting.
pub const QUIET: usize = 2;

/// Why there is no symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SymbolError {
    /// More data than the largest symbol holds.
    #[error("too much data for a symbol")]
    TooLong,
}

/// The modules of a square symbol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    size: usize,
    modules: Vec<bool>,
    gs1: bool,
}

/// The square symbols with the data codewords each one holds (ISO/IEC 16022 table 7).
const SIZES: [(SymbolSize, usize); 24] = [
    (SymbolSize::Square10, 3),
    (SymbolSize::Square12, 5),
    (SymbolSize::Square14, 8),
    (SymbolSize::Square16, 12),
    (SymbolSize::Square18, 18),
    (SymbolSize::Square20, 22),
    (SymbolSize::Square22, 30),
    (SymbolSize::Square24, 36),
    (SymbolSize::Square26, 44),
    (SymbolSize::Square32, 62),
    (SymbolSize::Square36, 86),
    (SymbolSize::Square40, 114),
    (SymbolSize::Square44, 144),
    (SymbolSize::Square48, 174),
    (SymbolSize::Square52, 204),
    (SymbolSize::Square64, 280),
    (SymbolSize::Square72, 368),
    (SymbolSize::Square80, 456),
    (SymbolSize::Square88, 576),
    (SymbolSize::Square96, 696),
    (SymbolSize::Square104, 816),
    (SymbolSize::Square120, 1050),
    (SymbolSize::Square132, 1304),
    (SymbolSize::Square144, 1558),
];

impl Symbol {
    /// The GS1 DataMatrix of an element string, in the smallest square that holds it.
    pub fn encode(code: &ElementString) -> Result<Self, SymbolError> {
        let mut codewords = data_codewords(code);
        let fits = SIZES.iter().find(|size| size.1 >= codewords.len());
        let &(size, capacity) = fits.ok_or(SymbolError::TooLong)?;
        ascii::pad(&mut codewords, capacity);
        let correction = errorcode::encode_error(&codewords, size);
        codewords.extend(correction);
        Ok(Self::place(&codewords, size, true))
    }

    /// The Data Matrix of any text, without FNC1: what is not a GS1 code.
    pub fn encode_plain(text: &str) -> Result<Self, SymbolError> {
        let squares = SymbolList::default().enforce_square();
        let matrix =
            DataMatrixBuilder::new().with_symbol_list(squares).encode_str(text).map_err(|_| SymbolError::TooLong)?;
        Ok(Self::place(matrix.codewords(), matrix.size, false))
    }

    fn place(codewords: &[u8], size: SymbolSize, gs1: bool) -> Self {
        let bitmap = MatrixMap::new_with_codewords(codewords, size).bitmap();
        Self { size: bitmap.width(), modules: bitmap.bits().to_vec(), gs1 }
    }

    /// Modules on a side, finder pattern included, quiet zone not.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Whether a module is dark; those outside the symbol are light. Counted from the left and from the top.
    pub fn dark(&self, x: usize, y: usize) -> bool {
        x < self.size && y < self.size && self.modules[y * self.size + x]
    }

    /// An SVG image with its quiet zone, one user unit a module: scale it by its width.
    pub fn svg(&self) -> String {
        svg::draw(self)
    }

    /// A one-bit grey PNG image with its quiet zone, each module a whole number of pixels wide (1 to 64).
    pub fn png(&self, module_px: u32) -> Vec<u8> {
        png::draw(self, module_px.clamp(1, 64) as usize)
    }

    /// The first module, the length and the row of each run of dark modules, row by row.
    fn runs(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        self.modules.chunks(self.size).enumerate().flat_map(|(y, row)| {
            let mut x = 0;
            row.chunk_by(|a, b| a == b).filter_map(move |run| {
                let start = x;
                x += run.len();
                run[0].then_some((start, run.len(), y))
            })
        })
    }
}

/// The data codewords of a code before padding: FNC1, then the elements with FNC1 as separator. Two digits take one
/// codeword, another character takes one.
pub fn data_codewords(code: &ElementString) -> Vec<u8> {
    ascii::encode(&code.to_string())
}
