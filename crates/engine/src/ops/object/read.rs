//! Reading objects: their facts, their versions, their content, and copies for other programs.

use super::readable_object;
use crate::blob::{Address, Content};
use crate::db::table;
use crate::model::{Object, ObjectRef, Version};
use crate::{Caller, Code, Engine, Error, Result};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Bytes read at once.
const PIECE: usize = 512 * 1024;

impl Engine {
    /// A live object.
    ///
    /// # Errors
    /// `bucket_not_found`, `object_not_found`, `in_trash`, `bucket_disabled`, `sign_in_needed`, `forbidden`.
    pub fn object_show(&self, caller: &Caller, bucket: &str, object: &ObjectRef) -> Result<Object> {
        self.read(|connection| Ok(readable_object(connection, caller, bucket, object)?.1))
    }

    /// The versions of a live object, newest first.
    ///
    /// # Errors
    /// As [`Engine::object_show`].
    pub fn object_versions(&self, caller: &Caller, bucket: &str, object: &ObjectRef) -> Result<Vec<Version>> {
        self.read(|connection| {
            let (_, object) = readable_object(connection, caller, bucket, object)?;
            table::version::list(connection, object.seq)
        })
    }

    /// The current content of a live object.
    ///
    /// # Errors
    /// As [`Engine::object_show`], and `content_missing` if its file is gone from the disk.
    pub fn object_open(
        &self,
        caller: &Caller,
        bucket: &str,
        object: &ObjectRef,
    ) -> Result<(Object, Box<dyn Content>)> {
        self.open_current(|| self.object_show(caller, bucket, object))
    }

    /// What `look` finds, with its current content.
    pub(crate) fn open_current(
        &self,
        look: impl Fn() -> Result<Object>,
    ) -> Result<(Object, Box<dyn Content>)> {
        let mut found = look()?;
        loop {
            let missing = match self.open_content(&found, found.version) {
                Err(error) if matches!(error.code(), Code::ContentMissing | Code::VersionNotFound) => error,
                opened => return Ok((found, opened?)),
            };
            // It may have been deleted for good since the look: then that is what is wrong, not the disk.
            let now = look()?;
            if (now.seq, now.version) == (found.seq, found.version) {
                return Err(missing);
            }
            found = now;
        }
    }

    pub(crate) fn open_content(&self, object: &Object, number: u64) -> Result<Box<dyn Content>> {
        let (version, address) = self.address(object, number)?;
        self.open_version(object, &version, &address)
    }

    /// The content of a version that lies there, unless it was found damaged.
    pub(crate) fn open_version(
        &self,
        object: &Object,
        version: &Version,
        address: &Address,
    ) -> Result<Box<dyn Content>> {
        if version.damaged {
            return Err(damaged(object));
        }
        let content = self.inner.blobs.open(address).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Error::new(
                Code::ContentMissing,
                format!(
                    "The content of “{}” is gone from the disk. Restore an earlier version or a backup.",
                    object.original_name
                ),
            )
            .with("object", &object.id),
            _ => Error::storage(error, "open the file"),
        })?;
        // Shorter or longer than it came: part of something else is given out no more than what is known to be damaged.
        if content.size() == version.size { Ok(content) } else { Err(damaged(object)) }
    }

    fn address(&self, object: &Object, number: u64) -> Result<(Version, Address)> {
        let version = self
            .read(|connection| table::version::get(connection, object.seq, number))?
            .ok_or_else(|| {
                Error::new(
                    Code::VersionNotFound,
                    format!("“{}” has no version {number}.", object.original_name),
                )
            })?;
        let address = Address {
            bucket: object.bucket.clone(),
            content: version.content.clone(),
            name: version.name.clone(),
        };
        Ok((version, address))
    }

    /// Copies the current content to a file, through a temporary one beside it: `to` is there whole or not at all.
    ///
    /// # Errors
    /// As [`Engine::object_open`], and `io`, `no_space`, `read_only` for the place named.
    pub fn object_save(
        &self,
        caller: &Caller,
        bucket: &str,
        object: &ObjectRef,
        to: &Path,
    ) -> Result<Object> {
        let (object, content) = self.object_open(caller, bucket, object)?;
        export(content.as_ref(), to, false).map_err(|error| unsaved(error, to))?;
        Ok(object)
    }

    /// A read-only copy under the original name for another program to open. The stored file itself is never handed
    /// out. The copy of a content is made once and cleared by a later sweep.
    ///
    /// # Errors
    /// As [`Engine::object_save`].
    pub fn object_view(&self, caller: &Caller, bucket: &str, object: &ObjectRef) -> Result<PathBuf> {
        let (object, content) = self.object_open(caller, bucket, object)?;
        let (version, _) = self.address(&object, object.version)?;
        let directory = self.inner.home.opened().join(&version.content);
        let path = directory.join(file_name(&object));
        if !path.exists() {
            fs::create_dir_all(&directory)
                .and_then(|()| export(content.as_ref(), &path, true))
                .map_err(|error| unsaved(error, &path))?;
        }
        Ok(path)
    }
}

fn damaged(object: &Object) -> Error {
    Error::new(
        Code::ContentDamaged,
        format!(
            "The content of “{}” was found damaged, so it is not given out. Restore an earlier version, or run \
             pail doctor to see what can heal it.",
            object.original_name
        ),
    )
    .with("object", &object.id)
}

/// A name for the person's file system: the original one, without what would lead elsewhere.
pub(crate) fn file_name(object: &Object) -> String {
    let name = crate::rules::name::original(&object.original_name);
    let usable = !name.is_empty() && name != "." && name != ".." && name.len() <= 255;
    if usable { name } else { object.name.clone() }
}

/// Writes content to a temporary file beside `to` and renames it there.
pub(crate) fn export(content: &dyn Content, to: &Path, read_only: bool) -> io::Result<()> {
    let directory = to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let temporary = directory.join(format!(".pail-{}", crate::model::id::token()));
    let written = write_to(content, &temporary, read_only).and_then(|()| fs::rename(&temporary, to));
    if written.is_err() {
        // Nothing half-written stays; if even that is refused, the error of the writing says more.
        let _ = fs::remove_file(&temporary);
    }
    written
}

fn write_to(content: &dyn Content, path: &Path, read_only: bool) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    let mut buffer = vec![0; PIECE];
    let mut at = 0;
    loop {
        let count = content.read_at(&mut buffer, at)?;
        if count == 0 {
            break;
        }
        file.write_all(&buffer[..count])?;
        at += count as u64;
    }
    file.sync_all()?;
    if read_only {
        let mut permissions = file.metadata()?.permissions();
        permissions.set_readonly(true);
        file.set_permissions(permissions)?;
    }
    Ok(())
}

fn unsaved(error: io::Error, to: &Path) -> Error {
    let code = match error.kind() {
        io::ErrorKind::StorageFull => Code::NoSpace,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Code::ReadOnly,
        _ => Code::Io,
    };
    Error::new(code, format!("{} could not be written: {error}. Choose another place.", to.display()))
        .because(error)
}
