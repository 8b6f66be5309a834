//! PNG: grey of one bit, light is one.

use png::{BitDepth, ColorType, Encoder, EncodingError};

use super::{QUIET, Symbol};

pub(super) fn draw(symbol: &Symbol, scale: usize) -> Vec<u8> {
    // The image is written into memory, where writing does not fail.
    write(symbol, scale).unwrap_or_default()
}

fn write(symbol: &Symbol, scale: usize) -> Result<Vec<u8>, EncodingError> {
    let side = (symbol.size + 2 * QUIET) * scale;
    let mut pixels = Vec::with_capacity(side * side.div_ceil(8));
    for y in 0..side {
        let mut line = vec![0xff_u8; side.div_ceil(8)];
        for x in 0..side {
            // Left and above of the symbol the subtraction wraps, which is outside as well.
            let (mx, my) = ((x / scale).wrapping_sub(QUIET), (y / scale).wrapping_sub(QUIET));
            if symbol.dark(mx, my) {
                line[x / 8] &= !(0x80 >> (x % 8));
            }
        }
        pixels.extend(line);
    }
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, side as u32, side as u32);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::One);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(file)
}
