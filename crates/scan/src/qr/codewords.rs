//! From modules to corrected data codewords (ISO/IEC 18004, 7.5 to 7.10 and 12).

use rxing::common::BitMatrix;
use rxing::common::reedsolomon::{PredefinedGenericGF, ReedSolomonDecoder};
use rxing::qrcode::decoder::{BitMatrixParser, DataBlock};

/// The corrected data of a symbol and its version, which says how long its counts are.
pub(super) struct Data {
    pub(super) codewords: Vec<u8>,
    pub(super) version: u32,
}

/// The data codewords, errors corrected, seen from the front or from behind; `None` if there are more errors than the
/// symbol can bear.
pub(super) fn data(modules: &BitMatrix) -> Option<Data> {
    if modules.width() != modules.height() || !(21..=177).contains(&modules.width()) {
        return None;
    }
    from_front(modules.clone()).or_else(|| from_front(transposed(modules)?))
}

fn transposed(modules: &BitMatrix) -> Option<BitMatrix> {
    let side = modules.width();
    let mut matrix = BitMatrix::new(side, side).ok()?;
    for y in 0..side {
        for x in 0..side {
            matrix.set_bool(y, x, modules.get(x, y));
        }
    }
    Some(matrix)
}

fn from_front(modules: BitMatrix) -> Option<Data> {
    let mut parser = BitMatrixParser::new(modules).ok()?;
    let version = parser.readVersion().ok()?;
    let level = parser.readFormatInformation().ok()?.getErrorCorrectionLevel();
    let interleaved = parser.readCodewords().ok()?;
    let blocks = DataBlock::getDataBlocks(&interleaved, version, level).ok()?;
    let corrector = ReedSolomonDecoder::new(PredefinedGenericGF::QrCodeField256.into());
    let mut data = Vec::with_capacity(interleaved.len());
    for block in &blocks {
        let kept = block.getNumDataCodewords() as usize;
        let mut codewords: Vec<i32> = block.getCodewords().iter().map(|&byte| i32::from(byte)).collect();
        let redundant = i32::try_from(codewords.len().checked_sub(kept)?).ok()?;
        corrector.decode(&mut codewords, redundant).ok()?;
        for &codeword in &codewords[..kept] {
            data.push(u8::try_from(codeword).ok()?);
        }
    }
    Some(Data { codewords: data, version: version.getVersionNumber() })
}
