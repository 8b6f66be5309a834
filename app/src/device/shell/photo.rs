//! Photos drawn anew: what comes out has the pixels and nothing else of the file, no place, time or name of the phone.

use super::PhotoError;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, Rgb, RgbImage};
use std::io::Cursor;

/// Longest sides in pixels and qualities to try, from the best.
const TRIES: [(u32, u8); 5] = [(1920, 85), (1600, 80), (1280, 75), (1024, 65), (800, 50)];

/// Longest side of a file that is opened.
const LARGEST: u32 = 16_384;

/// A JPEG of at most `limit` bytes with the pixels of a picture file.
pub(crate) async fn to_jpeg(file: &[u8], limit: usize) -> Result<Vec<u8>, PhotoError> {
    let file = file.to_vec();
    let drawn = tokio::task::spawn_blocking(move || draw(&file, limit));
    drawn.await.map_err(|_| PhotoError::Unreadable)?
}

fn draw(file: &[u8], limit: usize) -> Result<Vec<u8>, PhotoError> {
    let picture = opaque(&open(file).ok_or(PhotoError::Unreadable)?);
    for (side, quality) in TRIES {
        let mut jpeg = Vec::new();
        let encoder = JpegEncoder::new_with_quality(&mut jpeg, quality);
        smaller(&picture, side).write_with_encoder(encoder).map_err(|_| PhotoError::Unreadable)?;
        if jpeg.len() <= limit {
            return Ok(jpeg);
        }
    }
    Err(PhotoError::TooLarge)
}

/// The picture as it is to be seen: phones turn it by a word in the file.
fn open(file: &[u8]) -> Option<DynamicImage> {
    let mut reader = ImageReader::new(Cursor::new(file)).with_guessed_format().ok()?;
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LARGEST), Some(LARGEST));
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let turned = decoder.orientation().ok()?;
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(turned);
    Some(picture)
}

/// JPEG has no transparency; what is transparent is to be white, as paper.
fn opaque(picture: &DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8().into();
    }
    let pixels = picture.to_rgba8();
    let mut drawn = RgbImage::new(pixels.width(), pixels.height());
    for (to, from) in drawn.pixels_mut().zip(pixels.pixels()) {
        let [red, green, blue, alpha] = from.0.map(u32::from);
        let over = |level: u32| ((level * alpha + 255 * (255 - alpha)) / 255) as u8;
        *to = Rgb([over(red), over(green), over(blue)]);
    }
    drawn.into()
}

fn smaller(picture: &DynamicImage, side: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= side {
        return picture.clone();
    }
    picture.thumbnail(side, side)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageFormat, Rgba, RgbaImage};

    fn png(picture: &RgbaImage) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        picture.write_to(&mut file, ImageFormat::Png).unwrap();
        file.into_inner()
    }

    #[test]
    fn what_is_transparent_turns_white_and_what_is_large_small() {
        let mut picture = RgbaImage::from_pixel(2400, 1200, Rgba([0, 0, 0, 0]));
        (0..600).for_each(|x| (0..1200).for_each(|y| picture.put_pixel(x, y, Rgba([200, 0, 0, 255]))));
        let drawn = image::load_from_memory(&draw(&png(&picture), 300_000).unwrap()).unwrap().to_rgb8();
        assert_eq!(drawn.dimensions(), (1920, 960));
        assert!(drawn.get_pixel(1500, 500).0.iter().all(|&level| level > 250));
        let Rgb([red, green, _]) = *drawn.get_pixel(100, 500);
        assert!(red > 190 && green < 20, "{red} {green}");
    }

    #[test]
    fn it_is_drawn_smaller_until_it_fits_or_refused() {
        // Noise does not get small.
        let mut state = 1_u32;
        let picture = RgbaImage::from_fn(1920, 1080, |_, _| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let [red, green, blue, _] = state.to_be_bytes();
            Rgba([red, green, blue, 255])
        });
        let file = png(&picture);
        let whole = draw(&file, usize::MAX).unwrap();
        let fitting = draw(&file, whole.len() / 4).unwrap();
        assert!(fitting.len() <= whole.len() / 4);
        assert_eq!(draw(&file, 1000), Err(PhotoError::TooLarge));
        assert_eq!(draw(&file[..500], usize::MAX), Err(PhotoError::Unreadable));
        assert_eq!(draw(b"text", usize::MAX), Err(PhotoError::Unreadable));
    }
}
