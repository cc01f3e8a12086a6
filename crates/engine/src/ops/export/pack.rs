//! Export: buckets into one file, which is there whole or not at all.

use super::manifest::{self, FORMAT, Manifest, Origin, Packed, VERSION};
use super::outlet::{Outlet, Temporary, check_place, unwritten};
use super::{MANIFEST, MAX_MANIFEST, Meter, PIECE, Progress, data_entry, file_entry};
use crate::blob::Address;
use crate::db::table;
use crate::model::{Bucket, BucketOrder, Category};
use crate::ops::{live_bucket, workspace};
use crate::rules::words;
use crate::{Caller, Code, Engine, Error, Result};
use rusqlite::Connection;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// An entry that may come near 4 GiB gets room for longer sizes; compressed it may be a little longer than it was.
const LARGE: u64 = 0xF000_0000;

/// Which buckets go along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// Those of a category.
    Category(Category),
    /// All that are not in the trash.
    All,
    /// These, by id or slug.
    Buckets(Vec<String>),
}

/// What went along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// Buckets in the archive.
    pub buckets: u64,
    /// Files in it.
    pub files: u64,
    /// Bytes of those files.
    pub bytes: u64,
    /// Bytes of the archive itself.
    pub size: u64,
}

impl Engine {
    /// Writes buckets with their settings, data and files, as they are at one moment, into the zip file `to`. It is written
    /// beside that place and renamed there when it is durable; a former file is replaced. Every content is compared with its
    /// hash on the way.
    ///
    /// Memory does not grow with the size of files. What is deleted for good meanwhile leaves the disk a little later.
    ///
    /// # Errors
    /// `forbidden` for all but admins; `bucket_not_found`, `in_trash` for a bucket that was named; `content_missing`,
    /// `content_damaged`; `too_many_files` for more than one archive lists; `cancelled`; `database` while a backup or another
    /// export runs; `io`, `no_space`, `read_only` for the place. Then nothing is there, or what was there before.
    pub fn export(
        &self,
        caller: &Caller,
        to: &Path,
        selection: &Selection,
        progress: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<Exported> {
        caller.need_admin()?;
        let to = std::path::absolute(to).map_err(|error| unwritten(to, error))?;
        check_place(&to)?;
        let busy = || {
            let message = "A backup or an export of this home is running. Wait until it is done.";
            Error::new(Code::Database, message)
        };
        let _hold = self.inner.blobs.hold_removals()?.ok_or_else(busy)?;
        let (manifest, contents) = self.read(|connection| gather(connection, selection, self.now()))?;
        let (temporary, file) = Temporary::beside(&to).map_err(|error| unwritten(&to, error))?;
        let exported = self.pack(file, &to, &manifest, &contents, progress)?;
        temporary.rename(&to).map_err(|error| unwritten(&to, error))?;
        Ok(exported)
    }

    /// Writes the archive and makes its bytes durable.
    fn pack(
        &self,
        file: File,
        to: &Path,
        manifest: &Manifest,
        contents: &[Gathered],
        progress: &mut dyn FnMut(Progress) -> bool,
    ) -> Result<Exported> {
        let unwritten = |error: io::Error| unwritten(to, error);
        let objects = || manifest.buckets.iter().flat_map(|bucket| &bucket.objects);
        let (files, bytes) = (objects().count() as u64, objects().map(|object| object.size).sum());
        let mut meter = Meter::new(files, bytes, progress)?;
        let mut zip = ZipWriter::new(Outlet::new(file));
        begin(&mut zip, MANIFEST, MAX_MANIFEST, "application/json").map_err(unwritten)?;
        write_manifest(&mut zip, manifest, to)?;
        for (bucket, gathered) in manifest.buckets.iter().zip(contents) {
            begin(&mut zip, &data_entry(&bucket.slug), bucket.data.size, "application/json")
                .map_err(unwritten)?;
            zip.write_all(gathered.data.as_bytes()).map_err(unwritten)?;
            for (object, place) in bucket.objects.iter().zip(&gathered.places) {
                begin(&mut zip, &file_entry(&bucket.slug, &object.key), object.size, &object.media_type)
                    .map_err(unwritten)?;
                self.pack_content(&mut zip, to, object, place, &mut meter)?;
                meter.file()?;
            }
        }
        let file = zip.finish().map_err(io::Error::from).and_then(Outlet::into_file).map_err(unwritten)?;
        file.sync_all().map_err(unwritten)?;
        let size = file.metadata().map_err(unwritten)?.len();
        Ok(Exported { buckets: manifest.buckets.len() as u64, files, bytes, size })
    }

    /// Writes one content, and makes sure that it is what its row says.
    fn pack_content(
        &self,
        zip: &mut dyn Write,
        to: &Path,
        object: &Packed,
        place: &Address,
        meter: &mut Meter<'_>,
    ) -> Result<()> {
        let gone = |error| {
            let message = format!(
                "The content of “{}” is gone from the disk. Restore an earlier version or a backup, and export again.",
                object.original_name
            );
            Error::new(Code::ContentMissing, message).with("object", &object.id).because(error)
        };
        let content = self.inner.blobs.open(place).map_err(gone)?;
        let mut hasher = blake3::Hasher::new();
        let mut buffer = vec![0; PIECE];
        let mut at = 0;
        loop {
            let count = content
                .read_at(&mut buffer, at)
                .map_err(|error| Error::storage(error, "read a file of the export"))?;
            if count == 0 {
                break;
            }
            hasher.update(&buffer[..count]);
            zip.write_all(&buffer[..count]).map_err(|error| unwritten(to, error))?;
            at += count as u64;
            meter.bytes(count as u64)?;
        }
        if at == object.size && hasher.finalize().to_hex().as_str() == object.blake3 {
            Ok(())
        } else {
            Err(damaged(object))
        }
    }
}

/// The document of a bucket, and where the contents of its objects lie.
struct Gathered {
    data: String,
    places: Vec<Address>,
}

/// All that goes along, as it is now.
fn gather(connection: &Connection, selection: &Selection, now: i64) -> Result<(Manifest, Vec<Gathered>)> {
    let workspace = workspace::get(connection)?;
    let (mut buckets, mut contents) = (Vec::new(), Vec::new());
    for bucket in selected(connection, selection)? {
        let data = table::data::get(connection, bucket.seq)?.text;
        let folders = table::folder::originals(connection, bucket.seq)?;
        let mut packed = manifest::Bucket::of(&bucket, &data, folders);
        let mut places = Vec::new();
        for (object, place, is_damaged) in table::object::with_content(connection, bucket.seq)? {
            let object = Packed::of(object);
            if is_damaged {
                return Err(damaged(&object));
            }
            packed.objects.push(object);
            places.push(place);
        }
        buckets.push(packed);
        contents.push(Gathered { data, places });
    }
    let workspace = Origin { id: workspace.id, slug: workspace.slug, title: workspace.title };
    Ok((Manifest { format: FORMAT.to_owned(), version: VERSION, created: now, workspace, buckets }, contents))
}

/// The buckets that were asked for, each once.
fn selected(connection: &Connection, selection: &Selection) -> Result<Vec<Bucket>> {
    let all = || table::bucket::list(connection, "", BucketOrder::Title, false);
    match selection {
        Selection::All => all(),
        Selection::Category(category) => {
            Ok(all()?.into_iter().filter(|bucket| bucket.category == *category).collect())
        }
        Selection::Buckets(references) => {
            let mut buckets: Vec<Bucket> = Vec::new();
            for reference in references {
                let bucket = live_bucket(connection, reference)?;
                if buckets.iter().all(|other| other.seq != bucket.seq) {
                    buckets.push(bucket);
                }
            }
            Ok(buckets)
        }
    }
}

/// Begins an entry. What is compressed already is stored as it is.
fn begin<W: Write + io::Seek>(
    zip: &mut ZipWriter<W>,
    name: &str,
    size: u64,
    media_type: &str,
) -> io::Result<()> {
    let text = media_type.starts_with("text/")
        || ["json", "xml", "javascript"].iter().any(|kind| media_type.contains(kind));
    let method = if text { CompressionMethod::Deflated } else { CompressionMethod::Stored };
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .large_file(size >= LARGE)
        .unix_permissions(0o644);
    Ok(zip.start_file(name, options)?)
}

fn write_manifest(zip: &mut dyn Write, manifest: &Manifest, to: &Path) -> Result<()> {
    let mut counted = Counted { inner: BufWriter::with_capacity(PIECE, zip), count: 0 };
    serde_json::to_writer_pretty(&mut counted, manifest)
        .map_err(io::Error::from)
        .and_then(|()| counted.flush())
        .map_err(|error| unwritten(to, error))?;
    if counted.count <= MAX_MANIFEST {
        return Ok(());
    }
    Err(Error::refusal(
        Code::TooManyFiles,
        format!("The list of these files is over {}", words::limit(MAX_MANIFEST)),
        "Export fewer buckets at once.",
    ))
}

/// Counts what is written.
struct Counted<W> {
    inner: W,
    count: u64,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(bytes)?;
        self.count += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

fn damaged(object: &Packed) -> Error {
    let message = format!(
        "The content of “{}” is damaged, so it is not given out. Run pail doctor to see what can heal it, and export again.",
        object.original_name
    );
    Error::new(Code::ContentDamaged, message).with("object", &object.id)
}
