//! Small pictures of pictures, made when they are first asked for and kept in the home until their content goes.

use crate::blob::Content;
use crate::db::table;
use crate::model::{Object, ObjectRef, id};
use crate::ops::link::signed_path;
use crate::ops::object::picture::{self, Side};
use crate::{Caller, Code, Engine, Error, Result};
use std::fs;
use std::io;
use std::path::Path;

/// Larger files are shown by an icon: they would have to be read whole.
const MOST_BYTES: u64 = 64 << 20;

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
            return Ok(Picture { media_type: picture::kind(&bytes), bytes });
        }
        let bytes = make(object, content, side)?;
        // Without a place to keep it, it is made again the next time.
        let _ = keep(&path, &bytes);
        Ok(Picture { media_type: picture::kind(&bytes), bytes })
    }

    /// Throws the small pictures of a content away.
    pub(crate) fn forget_thumbnails(&self, content: &str) {
        for side in [Side::Row, Side::Cell, Side::Preview] {
            // Most were never made.
            let _ = fs::remove_file(self.inner.home.thumbs().join(format!("{content}-{}", side as u32)));
        }
    }
}

fn make(object: &Object, content: &dyn Content, side: Side) -> Result<Vec<u8>> {
    let none = |why: &str| {
        Error::new(
            Code::TypeNotAllowed,
            format!("There is no small picture of “{}”: {why}.", object.original_name),
        )
    };
    let format =
        picture::format_of(&object.media_type).ok_or_else(|| none("it is not a picture that can be read"))?;
    if content.size() > MOST_BYTES {
        return Err(none("it is too large"));
    }
    let bytes = read_whole(content).map_err(|error| Error::storage(error, "read the file"))?;
    picture::small(bytes, format, side).map_err(|error| none(&error.to_string()))
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

fn keep(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory)?;
    }
    let temporary = path.with_extension(id::token());
    fs::write(&temporary, bytes)?;
    fs::rename(temporary, path)
}
