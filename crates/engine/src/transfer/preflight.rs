//! The look before a drop: the verdict on every file, without copying.

use super::plan::{Plan, Planned, Source, plan};
use crate::db::table;
use crate::ops::object::Checks;
use crate::{Caller, Engine, Error, Result, rules};
use std::collections::HashSet;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Refusals and choices that are listed one by one; the rest is counted.
const LISTED: usize = 1000;
/// Up to so many files, the heads are read to tell the types; beyond, only where types are limited.
const READ_HEADS: usize = 200;

/// What would become of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerdictKind {
    /// A new object.
    Ready,
    /// A new version of an object that is there.
    Replaces,
    /// Its name meets that of an earlier file of the same drop.
    Meets,
    /// Refused.
    Refused,
}

/// The verdict on one file.
#[derive(Debug)]
pub struct Verdict {
    /// Where it lies.
    pub path: PathBuf,
    /// Below the drop's folder, as the person's folders are called.
    pub into: String,
    /// What it is called.
    pub original_name: String,
    /// Key it would get.
    pub key: String,
    /// Bytes.
    pub size: u64,
    /// Media type.
    pub media_type: String,
    /// What would become of it.
    pub kind: VerdictKind,
    /// Version its content would be.
    pub version: Option<u64>,
    /// The original name of the file that it meets, or that it replaces if that is called otherwise.
    pub meets: Option<String>,
    /// Why it would be refused.
    pub refused: Option<Error>,
}

/// One of the paths that were given.
#[derive(Debug)]
pub struct Entry {
    /// As it was given.
    pub path: PathBuf,
    /// What it is called.
    pub name: String,
    /// For a file.
    pub verdict: Option<Verdict>,
    /// Normalised path in the bucket.
    pub key: String,
    /// Files in it.
    pub files: u64,
    /// Folders in it, itself included.
    pub folders: u64,
    /// Bytes in it.
    pub bytes: u64,
    /// Files that would come in.
    pub ready: u64,
    /// Files to be chosen about.
    pub choose: u64,
    /// Files that would be refused.
    pub refused: u64,
}

/// What a drop would do.
#[derive(Debug, Default)]
pub struct Preflight {
    /// The paths that were given, in their order.
    pub entries: Vec<Entry>,
    /// Files to be chosen about.
    pub choose: Vec<Verdict>,
    /// Files that would be refused.
    pub refused: Vec<Verdict>,
    /// Files that would come in.
    pub ready_files: u64,
    /// Their bytes.
    pub ready_bytes: u64,
    /// All to be chosen about, beyond those listed too.
    pub choose_files: u64,
    /// All that would be refused, beyond those listed too.
    pub refused_files: u64,
}

/// What is known of the bucket, and what the files looked at so far would add.
struct Look<'a> {
    engine: &'a Engine,
    bucket: crate::model::Bucket,
    checks: Checks,
    read_heads: bool,
    free: Option<u64>,
    new_files: u64,
    new_bytes: u64,
}

impl Engine {
    /// Looks at paths, and into folders, without copying.
    ///
    /// # Errors
    /// `forbidden` for all but the person at this machine; `bucket_not_found`, `in_trash`, `bucket_disabled`,
    /// `invalid_name` for the folder. What concerns one file is in its verdict.
    pub fn preflight(
        &self,
        caller: &Caller,
        bucket: &str,
        folder: &str,
        paths: &[PathBuf],
    ) -> Result<Preflight> {
        caller.need_person()?;
        rules::name::folder(folder)?;
        let (bucket, checks) = self.checks(caller, bucket)?;
        let sources: Vec<Source> = paths
            .iter()
            .map(|path| Source { path: path.clone(), into: String::new(), decision: None })
            .collect();
        let plan = plan(folder, &sources, &HashSet::new());
        let typed = !checks.limits.allowed_mime_types.is_empty() || !checks.accept.trim().is_empty();
        let mut look = Look {
            engine: self,
            read_heads: typed || plan.files.len() <= READ_HEADS,
            free: self.free_bytes(),
            new_files: 0,
            new_bytes: 0,
            bucket,
            checks,
        };
        look.judge_all(folder, &sources, plan)
    }
}

impl Look<'_> {
    fn judge_all(&mut self, folder: &str, sources: &[Source], plan: Plan) -> Result<Preflight> {
        let mut flight = Preflight { entries: entries(folder, sources, &plan), ..Preflight::default() };
        for planned in plan.files {
            let source = planned.source;
            let entry = &mut flight.entries[source];
            let verdict = self.judge(planned)?;
            entry.files += 1;
            entry.bytes += verdict.size;
            match verdict.kind {
                VerdictKind::Ready | VerdictKind::Replaces => {
                    entry.ready += 1;
                    flight.ready_files += 1;
                    flight.ready_bytes += verdict.size;
                }
                VerdictKind::Meets => {
                    entry.choose += 1;
                    flight.choose_files += 1;
                }
                VerdictKind::Refused => {
                    entry.refused += 1;
                    flight.refused_files += 1;
                }
            }
            let single = plan.folders[source] == 0;
            if single {
                entry.key.clone_from(&verdict.key);
                entry.verdict = Some(copy(&verdict));
            }
            match verdict.kind {
                VerdictKind::Meets if flight.choose.len() < LISTED => flight.choose.push(verdict),
                VerdictKind::Refused if flight.refused.len() < LISTED => flight.refused.push(verdict),
                _ => {}
            }
        }
        Ok(flight)
    }

    fn judge(&mut self, mut planned: Planned) -> Result<Verdict> {
        let refused = planned.refused.take();
        let mut verdict = Verdict {
            key: planned.key(),
            path: planned.path,
            into: planned.into,
            original_name: planned.original_name,
            size: planned.size,
            media_type: rules::media_type::decide(&planned.name, &[]),
            kind: VerdictKind::Ready,
            version: None,
            meets: planned.meets,
            refused: None,
        };
        let outcome = match refused {
            Some(error) => Err(error),
            None => self.look_at(&planned.folder, &planned.name, &mut verdict),
        };
        if let Err(error) = outcome {
            verdict.kind = VerdictKind::Refused;
            verdict.refused = Some(error);
        }
        Ok(verdict)
    }

    fn look_at(&mut self, folder: &str, name: &str, verdict: &mut Verdict) -> Result<()> {
        let limits = &self.checks.limits;
        rules::limits::check_size(limits, verdict.size)?;
        if self.read_heads {
            verdict.media_type = rules::media_type::decide(&verdict.original_name, &head(&verdict.path)?);
        } else {
            File::open(&verdict.path).map_err(crate::ops::object::unreadable)?;
        }
        rules::limits::check_type(limits, &self.checks.accept, &verdict.original_name, &verdict.media_type)?;
        if verdict.meets.is_some() {
            verdict.kind = VerdictKind::Meets;
            return Ok(());
        }
        let seq = self.bucket.seq;
        let present = self.engine.read(|connection| {
            let Some(present) = table::object::by_name(connection, seq, folder, name)? else {
                return Ok(None);
            };
            let next = table::version::highest(connection, present.seq)? + 1;
            Ok(Some((present, next)))
        })?;
        let held = self.bucket.byte_count + self.new_bytes;
        match present {
            Some((present, next)) => {
                rules::limits::check_quota(limits, held.saturating_sub(present.size), verdict.size)?;
                verdict.kind = VerdictKind::Replaces;
                verdict.version = Some(next);
                verdict.meets = Some(present.original_name).filter(|name| *name != verdict.original_name);
            }
            None => {
                rules::limits::check_count(limits, self.bucket.file_count + self.new_files)?;
                rules::limits::check_quota(limits, held, verdict.size)?;
                self.new_files += 1;
            }
        }
        if self.free.is_some_and(|free| self.new_bytes.saturating_add(verdict.size) > free) {
            self.engine.check_space(self.new_bytes.saturating_add(verdict.size))?;
        }
        self.new_bytes += verdict.size;
        Ok(())
    }
}

fn entries(folder: &str, sources: &[Source], plan: &Plan) -> Vec<Entry> {
    let entry = |(source, folders): (&Source, &u64)| {
        let name = source.path.file_name().unwrap_or(source.path.as_os_str()).to_string_lossy().into_owned();
        let key = rules::name::folder(&format!("{folder}/{name}")).unwrap_or_default();
        Entry {
            path: source.path.clone(),
            name,
            verdict: None,
            key,
            files: 0,
            folders: *folders,
            bytes: 0,
            ready: 0,
            choose: 0,
            refused: 0,
        }
    };
    sources.iter().zip(&plan.folders).map(entry).collect()
}

/// The verdict once more, for the list that it also belongs to.
fn copy(verdict: &Verdict) -> Verdict {
    let refused = verdict.refused.as_ref().map(|error| {
        let fresh = Error::new(error.code(), error.message().to_owned());
        error.context().iter().fold(fresh, |copy, (key, value)| copy.with(key, value))
    });
    Verdict {
        path: verdict.path.clone(),
        into: verdict.into.clone(),
        original_name: verdict.original_name.clone(),
        key: verdict.key.clone(),
        media_type: verdict.media_type.clone(),
        meets: verdict.meets.clone(),
        refused,
        ..*verdict
    }
}

fn head(path: &Path) -> Result<Vec<u8>> {
    let mut head = Vec::new();
    let file = File::open(path).map_err(crate::ops::object::unreadable)?;
    file.take(rules::media_type::HEAD as u64)
        .read_to_end(&mut head)
        .map_err(crate::ops::object::unreadable)?;
    Ok(head)
}
