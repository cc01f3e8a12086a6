//! Pictures made small: decoded within limits of memory and size, whatever the bytes are.

use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, ImageResult, Limits};
use std::io::Cursor;

/// A picture that would need more memory is refused before it is decoded.
const MOST_MEMORY: u64 = 512 << 20;
/// The most pixels of a side.
const MOST_PIXELS: u32 = 20_000;

/// How large: the longer side has at most so many pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// A row of a list.
    Row = 64,
    /// A cell of a grid.
    Cell = 256,
    /// The inspector.
    Preview = 640,
}

impl Side {
    /// The side of so many pixels, if there is one.
    pub fn of(pixels: u32) -> Option<Self> {
        [Self::Row, Self::Cell, Self::Preview].into_iter().find(|side| *side as u32 == pixels)
    }
}

/// The format of a media type, if it is one that can be read.
pub fn format_of(media_type: &str) -> Option<ImageFormat> {
    match media_type {
        "image/jpeg" => Some(ImageFormat::Jpeg),
        "image/png" => Some(ImageFormat::Png),
        "image/gif" => Some(ImageFormat::Gif),
        "image/webp" => Some(ImageFormat::WebP),
        "image/bmp" => Some(ImageFormat::Bmp),
        _ => None,
    }
}

/// The picture with its longer side at most so long, as a JPEG, or as a PNG where something may shine through.
///
/// # Errors
/// For bytes that are no picture of that format, and for one over the limits; then it says which.
pub fn small(bytes: Vec<u8>, format: ImageFormat, side: Side) -> ImageResult<Vec<u8>> {
    encode(&decode(bytes, format)?.thumbnail(side as u32, side as u32))
}

/// The media type of what [`small`] made.
pub fn kind(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" }
}

/// Decodes within limits, the right way up.
fn decode(bytes: Vec<u8>, format: ImageFormat) -> ImageResult<DynamicImage> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    limits.max_image_width = Some(MOST_PIXELS);
    limits.max_image_height = Some(MOST_PIXELS);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn encode(picture: &DynamicImage) -> ImageResult<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    if picture.color().has_alpha() {
        picture.to_rgba8().write_to(&mut bytes, ImageFormat::Png)?;
    } else {
        picture.to_rgb8().write_to(&mut bytes, ImageFormat::Jpeg)?;
    }
    Ok(bytes.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn pictures_of_every_format_become_small_ones() {
        for format in
            [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP, ImageFormat::Bmp]
        {
            let small = small(encoded(format, 400, 200), format, Side::Row).unwrap();
            let small = image::load_from_memory(&small).unwrap();
            assert_eq!((small.width(), small.height()), (64, 32), "{format:?}");
        }
    }

    #[test]
    fn hostile_pictures_are_refused_and_never_panic() {
        let good = encoded(ImageFormat::Png, 40, 40);
        for cut in [0, 8, 20, good.len() / 2] {
            assert!(decode(good[..cut].to_vec(), ImageFormat::Png).is_err());
        }
        let mut huge = good.clone();
        huge[16..24].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]);
        assert!(decode(huge, ImageFormat::Png).is_err());
        assert!(decode(good, ImageFormat::Jpeg).is_err());
    }
}
