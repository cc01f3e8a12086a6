//! Small pictures of pictures, made when they are first asked for and kept in the home until their content goes.

use crate::blob::Content;
use crate::db::table;
use crate::model::{Object, ObjectRef, id};
use crate::ops::link::signed_path;
use crate::{Caller, Code, Engine, Error, Result};
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};
use std::fs;
use std::io::{self, Cursor};
use std::path::Path;

/// Larger files are shown by an icon: they would have to be read whole.
const MOST_BYTES: u64 = 64 << 20;
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

/// A small picture, encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// `image/jpeg`, or `image/png` where something shines through.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Engine {
    /// A small picture of the current content behind a permalink, if `version` is the current one.
    ///
    /// # Errors
    /// As [`Engine::link_open`]; `version_not_found` for another version; `type_not_allowed` for what is no picture
    /// that can be read.
    pub fn thumbnail(&self, bucket: &str, token: &str, version: u64, side: Side) -> Result<Picture> {
        self.thumbnail_by(&Caller::link(), bucket, token, version, side)
    }

    /// The same for a caller, as [`Engine::link_open_by`] lets them in.
    ///
    /// # Errors
    /// As [`Engine::thumbnail`].
    pub fn thumbnail_by(
        &self,
        caller: &Caller,
        bucket: &str,
        token: &str,
        version: u64,
        side: Side,
    ) -> Result<Picture> {
        let (object, content) = self.link_open_by(caller, bucket, token)?;
        self.thumbnail_of(&object, content.as_ref(), version, side)
    }

    /// The same for whoever holds a signed link to the object of that id: `query` is the link's, good for the object's
    /// present name.
    ///
    /// # Errors
    /// As [`Engine::link_open_signed`] and [`Engine::thumbnail`].
    pub fn thumbnail_signed(
        &self,
        bucket: &str,
        object: &str,
        query: &str,
        version: u64,
        side: Side,
    ) -> Result<Picture> {
        let reference = ObjectRef::Id(object.to_owned());
        let path = self.read(|connection| {
            let bucket = table::bucket::find(connection, bucket)?;
            let object = match &bucket {
                Some(bucket) => table::object::find(connection, bucket.seq, &reference, false)?,
                None => None,
            };
            // A wrong id is told from a wrong signature by nobody: neither opens anything.
            Ok(object.map(|object| signed_path(&object)).unwrap_or_default())
        })?;
        let (object, _, content) = self.link_open_signed(bucket, object, &path, query)?;
        self.thumbnail_of(&object, content.as_ref(), version, side)
    }

    fn thumbnail_of(
        &self,
        object: &Object,
        content: &dyn Content,
        version: u64,
        side: Side,
    ) -> Result<Picture> {
        if object.version != version {
            return Err(Error::new(
                Code::VersionNotFound,
                "The file has new content. Ask for its new picture.",
            ));
        }
        let row = self.read(|connection| table::version::get(connection, object.seq, version))?;
        let name = row.map(|row| row.content).unwrap_or_default();
        let path = self.inner.home.thumbs().join(format!("{name}-{}", side as u32));
        if let Ok(bytes) = fs::read(&path) {
            return Ok(Picture { media_type: kind(&bytes), bytes });
        }
        let bytes = make(object, content, side)?;
        // Without a place to keep it, it is made again the next time.
        let _ = keep(&path, &bytes);
        Ok(Picture { media_type: kind(&bytes), bytes })
    }

    /// Throws the small pictures of a content away.
    pub(crate) fn forget_thumbnails(&self, content: &str) {
        for side in [Side::Row, Side::Cell, Side::Preview] {
            // Most were never made.
            let _ = fs::remove_file(self.inner.home.thumbs().join(format!("{content}-{}", side as u32)));
        }
    }
}

fn kind(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" }
}

fn make(object: &Object, content: &dyn Content, side: Side) -> Result<Vec<u8>> {
    let none = |why: &str| {
        Error::new(
            Code::TypeNotAllowed,
            format!("There is no small picture of “{}”: {why}.", object.original_name),
        )
    };
    let format = format_of(&object.media_type).ok_or_else(|| none("it is not a picture that can be read"))?;
    if content.size() > MOST_BYTES {
        return Err(none("it is too large"));
    }
    let bytes = read_whole(content).map_err(|error| Error::storage(error, "read the file"))?;
    let picture = decode(bytes, format).map_err(|error| none(&error.to_string()))?;
    encode(&picture.thumbnail(side as u32, side as u32)).map_err(|error| none(&error.to_string()))
}

fn format_of(media_type: &str) -> Option<ImageFormat> {
    match media_type {
        "image/jpeg" => Some(ImageFormat::Jpeg),
        "image/png" => Some(ImageFormat::Png),
        "image/gif" => Some(ImageFormat::Gif),
        "image/webp" => Some(ImageFormat::WebP),
        "image/bmp" => Some(ImageFormat::Bmp),
        _ => None,
    }
}

fn read_whole(content: &dyn Content) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(content.size()).unwrap_or(0)];
    let mut filled = 0;
    while filled < bytes.len() {
        match content.read_at(&mut bytes[filled..], filled as u64)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            count => filled += count,
        }
    }
    Ok(bytes)
}

/// Decodes within limits, the right way up.
fn decode(bytes: Vec<u8>, format: ImageFormat) -> image::ImageResult<DynamicImage> {
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

fn encode(picture: &DynamicImage) -> image::ImageResult<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    if picture.color().has_alpha() {
        picture.to_rgba8().write_to(&mut bytes, ImageFormat::Png)?;
    } else {
        picture.to_rgb8().write_to(&mut bytes, ImageFormat::Jpeg)?;
    }
    Ok(bytes.into_inner())
}

fn keep(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory)?;
    }
    let temporary = path.with_extension(id::token());
    fs::write(&temporary, bytes)?;
    fs::rename(temporary, path)
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
            let picture = decode(encoded(format, 400, 200), format).unwrap();
            let small = image::load_from_memory(&encode(&picture.thumbnail(64, 64)).unwrap()).unwrap();
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
