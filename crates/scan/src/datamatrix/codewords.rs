//! From modules to corrected data codewords (ISO/IEC 16022, 5.5 to 5.8 and annexes E and F).

use rxing::common::reedsolomon::{PredefinedGenericGF, ReedSolomonDecoder};
use rxing::datamatrix::decoder::{BitMatrixParser, DataBlock};

use super::modules::Modules;

/// The data codewords, errors corrected; `None` if there are more errors than the symbol can bear.
pub(crate) fn data(modules: &Modules) -> Option<Vec<u8>> {
    let matrix = modules.to_matrix()?;
    let mut parser = BitMatrixParser::new(&matrix).ok()?;
    let codewords = parser.readCodewords().ok()?;
    // Encoders disagree on how 144×144 interleaves its last blocks; both ways are in use.
    [false, true].into_iter().find_map(|shifted| {
        let blocks = DataBlock::getDataBlocks(&codewords, parser.getVersion(), shifted).ok()?;
        deinterleave(&blocks)
    })
}

fn deinterleave(blocks: &[DataBlock]) -> Option<Vec<u8>> {
    let corrector = ReedSolomonDecoder::new(PredefinedGenericGF::DataMatrixField256.into());
    let total: usize = blocks.iter().map(|block| block.getNumDataCodewords() as usize).sum();
    let mut data = vec![0; total];
    for (offset, block) in blocks.iter().enumerate() {
        let kept = block.getNumDataCodewords() as usize;
        let mut codewords: Vec<i32> = block.getCodewords().iter().map(|&byte| i32::from(byte)).collect();
        let redundant = i32::try_from(codewords.len() - kept).ok()?;
        corrector.decode(&mut codewords, redundant).ok()?;
        for (index, &codeword) in codewords[..kept].iter().enumerate() {
            *data.get_mut(index * blocks.len() + offset)? = u8::try_from(codeword).ok()?;
        }
    }
    Some(data)
}
