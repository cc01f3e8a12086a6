//! The files of a bucket, all pages as one.

use crate::failure::Failure;
use crate::output::Table;
use crate::session::Session;
use crate::when;
use api::wire;
use clap::{Args, ValueEnum};
use engine::rules::words;
use std::io;

/// Objects asked for at once.
const PAGE: u32 = 1000;

#[derive(Args)]
pub struct List {
    /// Id or slug
    bucket: String,
    /// Only keys that match, such as *.csv or photos/**
    #[arg(long)]
    glob: Option<String>,
    /// Only keys and names that contain this
    #[arg(long)]
    text: Option<String>,
    /// Only what lies directly in this folder; / is the top
    #[arg(long)]
    folder: Option<String>,
    /// What to order by
    #[arg(long, value_enum, default_value_t = Sort::Name)]
    sort: Sort,
    /// The other way round
    #[arg(long)]
    descending: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Sort {
    Name,
    Size,
    Type,
    Date,
}

pub fn run(session: &Session, list: List) -> Result<(), Failure> {
    let sort = match list.sort {
        Sort::Name => wire::ObjectSort::Name,
        Sort::Size => wire::ObjectSort::Size,
        Sort::Type => wire::ObjectSort::Type,
        Sort::Date => wire::ObjectSort::Date,
    };
    let mut request = wire::ObjectListRequest {
        bucket: list.bucket,
        folder: list.folder,
        glob: list.glob,
        text: list.text,
        sort: Some(sort),
        descending: list.descending,
        after: None,
        offset: None,
        limit: Some(PAGE),
    };
    let mut all: wire::ObjectPage = session.call("object_list", &request)?;
    while let Some(next) = all.next.take() {
        request.after = Some(next);
        let page: wire::ObjectPage = session.call("object_list", &request)?;
        all.objects.extend(page.objects);
        all.next = page.next;
    }
    session.show(&all, table)
}

fn table(page: &wire::ObjectPage) -> io::Result<()> {
    let mut table = Table::new(&["Size", "Added", "Type", "Key"], &[0]);
    for folder in &page.folders {
        let size = words::size(folder.byte_count);
        table.row([size, when::minute(folder.modified), "folder".to_owned(), format!("{}/", folder.path)]);
    }
    for object in &page.objects {
        let size = words::size(object.size);
        table.row([size, when::minute(object.modified), object.media_type.clone(), object.key.clone()]);
    }
    table.print()
}
