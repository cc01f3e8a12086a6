//! `pail export` and `pail import`: buckets with all they hold, in one file.

use super::{buckets, files};
use crate::bar::Bar;
use crate::failure::Failure;
use crate::interrupt;
use crate::output::{self, Table};
use crate::session::Session;
use api::wire;
use clap::{Args, ValueEnum};
use engine::rules::words;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// Exit code of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

#[derive(Args)]
pub struct Export {
    /// The archive to write; one that is there is replaced
    file: PathBuf,
    /// A bucket to export, by id or slug, repeatable
    #[arg(long = "bucket", value_name = "BUCKET", conflicts_with = "category")]
    buckets: Vec<String>,
    /// Which buckets, if none is named
    #[arg(long, value_enum, default_value = "assets")]
    category: Category,
}

#[derive(Args)]
pub struct Import {
    /// The archive to take in
    file: PathBuf,
    /// Keep ids and slugs; refused if one is taken, in the trash or not
    #[arg(long)]
    keep_ids: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Category {
    Assets,
    Attachments,
    All,
}

/// Writes an archive.
pub fn export(session: &Session, export: Export) -> Result<(), Failure> {
    let category = match export.category {
        Category::Assets => wire::ExportCategory::Assets,
        Category::Attachments => wire::ExportCategory::Attachments,
        Category::All => wire::ExportCategory::All,
    };
    let named = (!export.buckets.is_empty()).then_some(export.buckets);
    let request = wire::ExportRequest { buckets: named, category: Some(category) };
    let exported =
        watched(|report| Ok(api::export(&session.engine, &session.caller, &export.file, request, report)?))?;
    session.show(&exported, |exported| {
        let held = format!("{}, {}", files(exported.files), words::size(exported.bytes));
        let (all, size) = (buckets(exported.buckets), words::size(exported.size));
        output::line(&format!("{} holds {all} with {held}, in {size}.", exported.path))
    })
}

/// Takes an archive in.
pub fn import(session: &Session, import: &Import) -> Result<(), Failure> {
    let request = wire::ImportRequest { keep_ids: import.keep_ids };
    let imported =
        watched(|report| Ok(api::import(&session.engine, &session.caller, &import.file, &request, report)?))?;
    session.show(&imported, told)
}

/// Does it under a bar. The first Ctrl-C stops it and lets it clean up; the second ends the program at once.
fn watched<T>(
    work: impl FnOnce(&mut dyn FnMut(wire::ArchiveProgress) -> bool) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let asked = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&asked);
    interrupt::listen(move || {
        if heard.swap(true, Relaxed) {
            std::process::exit(INTERRUPTED);
        }
    })?;
    let bar = Bar::new();
    let ended = work(&mut |at| {
        let sizes = format!("{} of {}", words::size(at.bytes), words::size(at.bytes_total));
        let words = format!("{} of {}, {sizes}", words::count(at.files), files(at.files_total));
        bar.show(at.bytes, at.bytes_total, words);
        !asked.load(Relaxed)
    });
    bar.clear();
    ended
}

fn told(imported: &wire::Imported) -> io::Result<()> {
    if !imported.buckets.is_empty() {
        let mut table = Table::new(&["Slug", "Id", "Files", "Size", "Title"], &[2, 3]);
        for bucket in &imported.buckets {
            table.row([
                bucket.slug.clone(),
                bucket.id.clone(),
                words::count(bucket.file_count),
                words::size(bucket.byte_count),
                bucket.title.clone(),
            ]);
        }
        table.print()?;
    }
    let held = format!("{}, {}", files(imported.files), words::size(imported.bytes));
    output::line(&format!("Made {} with {held}.", buckets(imported.buckets.len() as u64)))
}
