//! Still pictures in a file format.

use std::io::Cursor;

use image::{ImageReader, Limits};

use crate::effort::Effort;
use crate::found::Found;
use crate::frame::Frame;
use crate::read::read;

/// Longest side of a picture that is opened.
const MAX_SIDE: u32 = 16_384;
/// Memory that opening a picture may take: 64 megapixels at four bytes.
const MAX_BYTES: u64 = 256 << 20;

/// Why a picture could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImageError {
    /// Not JPEG, PNG or WebP.
    #[error("the picture is in no known format")]
    UnknownFormat,
    /// Sides beyond 16 384 pixels, or more than 64 megapixels.
    #[error("the picture is too large")]
    TooLarge,
    /// The file is cut short or damaged.
    #[error("the picture is damaged")]
    Damaged(#[source] image::ImageError),
}

/// Reads the symbols of a JPEG, PNG or WebP picture with [`Effort::Picture`]; an empty list if there are none.
///
/// # Errors
/// If the bytes are no picture that can be opened.
pub fn read_image(bytes: &[u8]) -> Result<Vec<Found>, ImageError> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| ImageError::Damaged(error.into()))?;
    if reader.format().is_none() {
        return Err(ImageError::UnknownFormat);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_BYTES);
    reader.limits(limits);
    let image = reader.decode().map_err(|error| match error {
        image::ImageError::Limits(_) => ImageError::TooLarge,
        image::ImageError::Unsupported(_) => ImageError::UnknownFormat,
        error => ImageError::Damaged(error),
    })?;
    let frame = if image.color().has_alpha() {
        let image = image.into_rgba8();
        Frame::from_rgba(image.width(), image.height(), image.as_raw())
    } else {
        let image = image.into_luma8();
        Frame::from_luma(image.width(), image.height(), image.as_raw())
    };
    Ok(frame.map_or_else(Vec::new, |frame| read(&frame, Effort::Picture)))
}
