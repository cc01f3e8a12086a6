//! Listing: pages over the whole bucket or one folder, sorted and filtered by the database, resumed by cursor.

use crate::db::table;
use crate::db::table::object::{COLUMNS, FROM, LASTING, read};
use crate::model::{Bucket, Folder, Object, ObjectSort, Tier};
use crate::ops::object::cursor::{self, Kind, Place};
use crate::ops::object::signed;
use crate::ops::{access, open_bucket};
use crate::rules::glob::Glob;
use crate::{Caller, Code, Engine, Error, Result, rules};
use rusqlite::functions::FunctionFlags;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// The most objects of a page.
const MOST: u32 = 1000;

/// Which objects, in which order, from where on.
#[derive(Debug, Clone, Default)]
pub struct ListRequest {
    /// Only what lies directly in this folder; `None`: the whole bucket.
    pub folder: Option<String>,
    /// Only keys that match.
    pub glob: Option<String>,
    /// Only keys and original names that contain this, in any case.
    pub text: Option<String>,
    /// The order.
    pub sort: ObjectSort,
    /// The other way round.
    pub descending: bool,
    /// Cursor of the page before.
    pub after: Option<String>,
    /// Objects to skip.
    pub offset: u64,
    /// At most so many, 1 to 1,000.
    pub limit: u32,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Subfolders; on the first page of a folder that is listed without a filter.
    pub folders: Vec<Folder>,
    /// Objects.
    pub objects: Vec<Object>,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// All that match.
    pub total: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// The parts of a query: conditions with their values.
#[derive(Default)]
struct Filter {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Filter {
    fn add(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        self.conditions.push(condition.replace('?', &format!("?{}", self.values.len())));
    }

    fn sql(&self) -> String {
        self.conditions.join(" AND ")
    }
}

impl Engine {
    /// A page of live objects, of those that the caller may read.
    ///
    /// # Errors
    /// `invalid_glob`, `invalid_cursor`, `invalid_name` for a folder that cannot be; `bucket_not_found`, `in_trash`,
    /// `bucket_disabled`, `sign_in_needed`, `forbidden`.
    pub fn object_list(&self, caller: &Caller, bucket: &str, request: &ListRequest) -> Result<Page> {
        let glob = request.glob.as_deref().map(Glob::read).transpose()?;
        let folder = request.folder.as_deref().map(rules::name::folder).transpose()?;
        self.read(|connection| {
            let bucket = open_bucket(connection, caller, bucket)?;
            access::need_sight(caller, &bucket)?;
            let readable = access::readable(connection, caller, &bucket)?;
            let filtered = glob.is_some() || request.text.as_deref().is_some_and(|text| !text.is_empty());
            if let Some(glob) = glob {
                register(connection, glob)?;
            }
            let mut filter = filter(&bucket, folder.as_deref(), request);
            filter.conditions.extend(readable.map(str::to_owned));
            // Counters know neither who asks nor what has ended and was not swept yet.
            let counted = !filtered && readable.is_none() && bucket.tier == Tier::Persistent;
            page(connection, &bucket, filter, folder, Narrowed { filtered, counted }, request)
        })
    }
}

/// What a list leaves out.
#[derive(Clone, Copy)]
struct Narrowed {
    /// The person asked for some only.
    filtered: bool,
    /// The counters count just what the list shows.
    counted: bool,
}

fn page(
    connection: &Connection,
    bucket: &Bucket,
    filter: Filter,
    folder: Option<String>,
    narrowed: Narrowed,
    request: &ListRequest,
) -> Result<Page> {
    let (total, bytes) = totals(connection, bucket, folder.as_deref(), narrowed, &filter)?;
    let first = request.after.is_none() && request.offset == 0;
    let folders = match &folder {
        Some(folder) if first && !narrowed.filtered => {
            table::folder::children(connection, bucket.seq, folder)?
        }
        _ => Vec::new(),
    };
    // An index serves the order within one folder; a bucket without folders is one folder.
    let flat = folder.is_none()
        && request.sort != ObjectSort::Name
        && table::folder::is_flat(connection, bucket.seq)?;
    let mut filter = filter;
    if flat {
        filter.add("o.folder = ?", String::new());
    }
    let columns = order(request.sort, folder.is_some());
    if let Some(after) = &request.after {
        resume(&mut filter, request, columns, after)?;
    }
    let limit = request.limit.clamp(1, MOST);
    let direction = if request.descending { " DESC" } else { "" };
    let by: Vec<String> = columns.iter().map(|column| format!("{column}{direction}")).collect();
    let conditions = filter.sql();
    filter.values.push(Value::Integer(i64::from(limit) + 1));
    filter.values.push(Value::Integer(i64::try_from(request.offset).unwrap_or(i64::MAX)));
    let (most, skip) = (filter.values.len() - 1, filter.values.len());
    let sql = format!(
        "SELECT {COLUMNS} {FROM} WHERE {conditions} ORDER BY {} LIMIT ?{most} OFFSET ?{skip}",
        by.join(", ")
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&filter.values), read)?;
    let mut objects = rows.collect::<rusqlite::Result<Vec<Object>>>()?;
    let more = objects.len() > limit as usize;
    objects.truncate(limit as usize);
    let next =
        objects.last().filter(|_| more).map(|last| cursor::write(&signature(request), place(columns, last)));
    Ok(Page { folders, objects, next, total, bytes })
}

fn filter(bucket: &Bucket, folder: Option<&str>, request: &ListRequest) -> Filter {
    let mut filter = Filter::default();
    filter.add("o.bucket = ?", bucket.seq);
    filter.conditions.push("o.deleted IS NULL".to_owned());
    if bucket.tier != Tier::Persistent {
        filter.conditions.push(LASTING.to_owned());
    }
    if let Some(folder) = folder {
        filter.add("o.folder = ?", folder.to_owned());
    }
    if request.glob.is_some() {
        filter.conditions.push("matches_glob(o.folder, o.name)".to_owned());
    }
    if let Some(text) = request.text.as_deref().filter(|text| !text.is_empty()) {
        filter.add("instr(o.search, ?) > 0", text.to_lowercase());
    }
    filter
}

/// Counters answer what they can; only a filter counts rows.
fn totals(
    connection: &Connection,
    bucket: &Bucket,
    folder: Option<&str>,
    narrowed: Narrowed,
    filter: &Filter,
) -> Result<(u64, u64)> {
    if narrowed.counted {
        return match folder {
            Some(folder) => table::folder::own(connection, bucket.seq, folder),
            None => Ok((bucket.file_count, bucket.byte_count)),
        };
    }
    let sql = format!("SELECT count(*), coalesce(sum(o.size), 0) FROM object o WHERE {}", filter.sql());
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_row(params_from_iter(&filter.values), |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// The columns of an order; the last ones make it one order whatever is equal.
fn order(sort: ObjectSort, in_folder: bool) -> &'static [&'static str] {
    match (sort, in_folder) {
        (ObjectSort::Name, true) => &["o.name"],
        (ObjectSort::Name, false) => &["o.folder", "o.name"],
        (ObjectSort::Size, _) => &["o.size", "o.seq"],
        (ObjectSort::Type, _) => &["o.media_type", "o.seq"],
        (ObjectSort::Date, _) => &["o.modified", "o.seq"],
    }
}

fn place(columns: &[&str], object: &Object) -> Vec<Place> {
    let of = |column: &&str| match *column {
        "o.folder" => Place::Text(object.folder.clone()),
        "o.name" => Place::Text(object.name.clone()),
        "o.size" => Place::Number(signed(object.size)),
        "o.media_type" => Place::Text(object.media_type.clone()),
        "o.modified" => Place::Number(object.modified),
        _ => Place::Number(object.seq),
    };
    columns.iter().map(of).collect()
}

fn kind(column: &&str) -> Kind {
    match *column {
        "o.folder" | "o.name" | "o.media_type" => Kind::Text,
        _ => Kind::Number,
    }
}

/// What a cursor belongs to; with another order it means nothing.
fn signature(request: &ListRequest) -> String {
    format!("{:?} {} {}", request.sort, request.descending, request.folder.is_some())
}

fn resume(filter: &mut Filter, request: &ListRequest, columns: &[&str], after: &str) -> Result<()> {
    let kinds: Vec<Kind> = columns.iter().map(kind).collect();
    let Some(place) = cursor::read(after, &signature(request), &kinds) else {
        return Err(Error::new(
            Code::InvalidCursor,
            "This cursor is not from this list. Start again from the first page.",
        ));
    };
    let mut marks = Vec::new();
    for value in place {
        filter.values.push(match value {
            Place::Text(text) => Value::Text(text),
            Place::Number(number) => Value::Integer(number),
        });
        marks.push(format!("?{}", filter.values.len()));
    }
    let sign = if request.descending { '<' } else { '>' };
    filter.conditions.push(format!("({}) {sign} ({})", columns.join(", "), marks.join(", ")));
    Ok(())
}

fn register(connection: &Connection, glob: Glob) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    Ok(connection.create_scalar_function("matches_glob", 2, flags, move |context| {
        let (folder, name) = (context.get_raw(0).as_str()?, context.get_raw(1).as_str()?);
        Ok(glob.matches(folder, name))
    })?)
}
