//! Listing: pages over the whole bucket or one folder, sorted and filtered by the database, resumed by cursor.

use crate::db::table;
use crate::db::table::object::{COLUMNS, FROM, LASTING, read};
use crate::model::{Bucket, Folder, Object, ObjectSort, Tier};
use crate::ops::object::order::Order;
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
    /// `bucket_disabled`, `sign_in_needed`, `forbidden`, the last also if the bucket's rule takes too much for so many
    /// objects.
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
            filter.conditions.extend(readable.as_ref().map(|readable| readable.sql.to_owned()));
            // Counters know neither who asks nor what has ended and was not swept yet.
            let counted = !filtered && readable.is_none() && bucket.tier == Tier::Persistent;
            let page = page(connection, &bucket, filter, folder, Narrowed { filtered, counted }, request);
            if let Some(readable) = readable {
                readable.check(caller, &bucket)?;
            }
            page
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
    let order = Order::of(request);
    let mut filter = filter;
    let pieces = match &request.after {
        Some(after) => {
            order.after(after, request.offset == 0, &mut filter.values).ok_or_else(not_a_cursor)?
        }
        None => vec!["TRUE".to_owned()],
    };
    let limit = request.limit.clamp(1, MOST) as usize;
    let mut objects = Vec::new();
    for piece in pieces {
        // One more, to see whether there is a next page.
        let most = limit + 1 - objects.len();
        objects.extend(rows(connection, &filter, &piece, &order, most, request.offset)?);
    }
    let more = objects.len() > limit;
    objects.truncate(limit);
    let next = objects.last().filter(|_| more).map(|last| order.cursor(last));
    Ok(Page { folders, objects, next, total, bytes })
}

/// The next objects that match and lie in a piece of the order.
fn rows(
    connection: &Connection,
    filter: &Filter,
    piece: &str,
    order: &Order,
    most: usize,
    skip: u64,
) -> Result<Vec<Object>> {
    let sql = query(&filter.sql(), piece, order, filter.values.len());
    let mut values = filter.values.clone();
    values.push(Value::Integer(i64::try_from(most).unwrap_or(i64::MAX)));
    values.push(Value::Integer(i64::try_from(skip).unwrap_or(i64::MAX)));
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_map(params_from_iter(&values), read)?.collect::<rusqlite::Result<_>>()?)
}

/// With two more values than those of the conditions: how many, and how many to skip.
fn query(conditions: &str, piece: &str, order: &Order, values: usize) -> String {
    let (most, skip, by) = (values + 1, values + 2, order.by());
    format!(
        "SELECT {COLUMNS} {FROM} WHERE {conditions} AND {piece} ORDER BY {by} LIMIT ?{most} OFFSET ?{skip}"
    )
}

fn not_a_cursor() -> Error {
    Error::new(Code::InvalidCursor, "This cursor is not from this list. Start again from the first page.")
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

fn register(connection: &Connection, glob: Glob) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    Ok(connection.create_scalar_function("matches_glob", 2, flags, move |context| {
        let (folder, name) = (context.get_raw(0).as_str()?, context.get_raw(1).as_str()?);
        Ok(glob.matches(folder, name))
    })?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How SQLite would go about it.
    fn plan(connection: &Connection, request: &ListRequest, piece: &str, values: usize) -> String {
        let in_folder = if request.folder.is_some() { " AND o.folder = ?2" } else { "" };
        let conditions = format!("o.bucket = ?1 AND o.deleted IS NULL{in_folder}");
        let sql = query(&conditions, piece, &Order::of(request), values);
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let steps = statement.query_map(params_from_iter(vec![1; values + 2]), |row| row.get(3)).unwrap();
        steps.collect::<rusqlite::Result<Vec<String>>>().unwrap().join("; ")
    }

    #[test]
    fn every_page_of_every_order_is_found_by_an_index_and_not_sorted() {
        let dir = tempfile::tempdir().unwrap();
        let (engine, me) = (Engine::open(&dir.path().join("home")).unwrap(), Caller::cli());
        let new = crate::NewBucket { title: "B".to_owned(), ..Default::default() };
        let bucket = engine.bucket_create(&me, new).unwrap().id;
        let last = engine.object_put(&me, &bucket, "a/x.txt", &mut "x".as_bytes(), None).unwrap().object;
        let sorts = [ObjectSort::Name, ObjectSort::Size, ObjectSort::Type, ObjectSort::Date];
        for (sort, descending) in sorts.into_iter().flat_map(|sort| [(sort, false), (sort, true)]) {
            for folder in [None, Some("a".to_owned())] {
                let request = ListRequest { folder, sort, descending, ..ListRequest::default() };
                let order = Order::of(&request);
                let mut values = vec![Value::Null; 2];
                let pieces = order.after(&order.cursor(&last), true, &mut values).unwrap();
                let count = pieces.len();
                for (at, piece) in pieces.into_iter().chain(["TRUE".to_owned()]).enumerate() {
                    let plan = engine.read(|connection| Ok(plan(connection, &request, &piece, values.len())));
                    let plan = plan.unwrap();
                    assert!(plan.contains("SEARCH o USING INDEX object_"), "{request:?}: {plan}");
                    assert!(!plan.contains("TEMP B-TREE"), "{request:?}: {plan}");
                    let found_by: &[&str] = match (piece.contains("o.seq"), piece.contains("o.name")) {
                        (true, _) => &["seq", "rowid"],
                        (_, true) => &["name", "name)"],
                        _ => &["size", "media_type", "modified"],
                    };
                    let sign = if descending { '<' } else { '>' };
                    let begins = found_by.iter().any(|column| plan.contains(&format!("{column}{sign}")));
                    assert!(begins || at == count, "{request:?} {piece}: {plan}");
                }
            }
        }
    }
}
