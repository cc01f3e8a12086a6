//! Buckets.

use crate::{
    Result,
    model::{Bucket, BucketOrder, Category, Limits, Permalink, Policy, Rules, Tier},
};
use rusqlite::{Connection, OptionalExtension, Row, params};

const COLUMNS: &str = "b.seq, b.id, b.uuid, b.slug, b.title, b.icon, b.notes, b.enabled, b.file_size_limit, b.max_files, \
     b.quota, b.allowed_mime_types, b.file_count, b.byte_count, b.revision, d.revision, b.created, b.modified, \
     b.created_by, b.deleted, b.category, b.policy, b.rules, b.permalink, b.tier, b.modified_by";
const FROM: &str = "FROM bucket b JOIN data d ON d.bucket = b.seq";

fn read(row: &Row<'_>) -> rusqlite::Result<Bucket> {
    Ok(Bucket {
        seq: row.get(0)?,
        id: row.get(1)?,
        uuid: row.get(2)?,
        slug: row.get(3)?,
        title: row.get(4)?,
        icon: row.get(5)?,
        notes: row.get(6)?,
        enabled: row.get(7)?,
        limits: Limits {
            file_size_limit: row.get(8)?,
            max_files: row.get(9)?,
            quota: row.get(10)?,
            allowed_mime_types: patterns(&row.get::<_, String>(11)?),
        },
        file_count: row.get(12)?,
        byte_count: row.get(13)?,
        revision: row.get(14)?,
        data_revision: row.get(15)?,
        created: row.get(16)?,
        modified: row.get(17)?,
        created_by: row.get(18)?,
        deleted: row.get(19)?,
        // Words that a newer Pail wrote are read as the strictest of ours.
        category: Category::named(&row.get::<_, String>(20)?).unwrap_or(Category::Attachments),
        policy: Policy::named(&row.get::<_, String>(21)?).unwrap_or(Policy::Private),
        rules: rules(row.get::<_, Option<String>>(22)?.as_deref()),
        permalink: Permalink::named(&row.get::<_, String>(23)?).unwrap_or(Permalink::Off),
        tier: Tier::named(&row.get::<_, String>(24)?).unwrap_or(Tier::Persistent),
        modified_by: row.get(25)?,
    })
}

/// The three rules, as an object by act.
fn rules(json: Option<&str>) -> Rules {
    let mut all: std::collections::BTreeMap<String, String> =
        json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    Rules { read: all.remove("read"), write: all.remove("write"), delete: all.remove("delete") }
}

fn rules_json(rules: &Rules) -> Option<String> {
    let all: serde_json::Map<String, serde_json::Value> =
        [("read", &rules.read), ("write", &rules.write), ("delete", &rules.delete)]
            .into_iter()
            .filter_map(|(act, rule)| rule.clone().map(|rule| (act.to_owned(), rule.into())))
            .collect();
    (!all.is_empty()).then(|| serde_json::Value::Object(all).to_string())
}

/// The list column; it was checked when it was set, so an unreadable one is an empty one.
fn patterns(json: &str) -> Vec<String> {
    serde_json::from_str(json).unwrap_or_default()
}

fn json(patterns: &[String]) -> String {
    serde_json::Value::from(patterns.to_vec()).to_string()
}

/// The bucket of that id, else of that slug, in the trash or not.
pub fn find(connection: &Connection, reference: &str) -> Result<Option<Bucket>> {
    let sql =
        format!("SELECT {COLUMNS} {FROM} WHERE b.id = ?1 OR b.slug = ?1 ORDER BY b.id = ?1 DESC LIMIT 1");
    Ok(connection.prepare_cached(&sql)?.query_row([reference], read).optional()?)
}

/// The bucket of that slug, in the trash or not.
pub fn by_slug(connection: &Connection, slug: &str) -> Result<Option<Bucket>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE b.slug = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([slug], read).optional()?)
}

/// The bucket of that row number.
pub fn by_seq(connection: &Connection, seq: i64) -> Result<Option<Bucket>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE b.seq = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([seq], read).optional()?)
}

/// Live buckets whose title, slug or id contains `search`, in order.
pub fn list(
    connection: &Connection,
    search: &str,
    order: BucketOrder,
    descending: bool,
) -> Result<Vec<Bucket>> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE b.deleted IS NULL");
    let needle = search.trim().to_lowercase();
    let mut all: Vec<Bucket> =
        connection.prepare_cached(&sql)?.query_map([], read)?.collect::<rusqlite::Result<_>>()?;
    all.retain(|bucket| {
        bucket.title.to_lowercase().contains(&needle)
            || bucket.slug.contains(&needle)
            || bucket.id.contains(&needle)
    });
    // Titles are ordered as people read them, which SQLite's collations cannot.
    match order {
        BucketOrder::Title => all.sort_by_cached_key(|bucket| (bucket.title.to_lowercase(), bucket.seq)),
        BucketOrder::Created => all.sort_by_key(|bucket| (bucket.created, bucket.seq)),
        BucketOrder::Modified => all.sort_by_key(|bucket| (bucket.modified, bucket.seq)),
        BucketOrder::Size => all.sort_by_key(|bucket| (bucket.byte_count, bucket.seq)),
    }
    if descending {
        all.reverse();
    }
    Ok(all)
}

/// Buckets in the trash, newest first.
pub fn trashed(connection: &Connection) -> Result<Vec<Bucket>> {
    let sql =
        format!("SELECT {COLUMNS} {FROM} WHERE b.deleted IS NOT NULL ORDER BY b.deleted DESC, b.seq DESC");
    Ok(connection.prepare_cached(&sql)?.query_map([], read)?.collect::<rusqlite::Result<_>>()?)
}

/// Whether a slug is taken, trash included.
pub fn slug_taken(connection: &Connection, slug: &str) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM bucket WHERE slug = ?1")?.exists([slug])?)
}

/// Whether a uuid is taken, trash included.
pub fn uuid_taken(connection: &Connection, uuid: &str) -> Result<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM bucket WHERE uuid = ?1")?.exists([uuid])?)
}

/// A new row; answers its number.
pub fn insert(connection: &Connection, bucket: &Bucket) -> Result<i64> {
    connection
        .prepare_cached(
            "INSERT INTO bucket (id, uuid, slug, title, icon, notes, enabled, file_size_limit, max_files, quota,
               allowed_mime_types, created, modified, created_by, category, policy, rules, permalink, tier)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        )?
        .execute(params![
            bucket.id,
            bucket.uuid,
            bucket.slug,
            bucket.title,
            bucket.icon,
            bucket.notes,
            bucket.enabled,
            bucket.limits.file_size_limit,
            bucket.limits.max_files,
            bucket.limits.quota,
            json(&bucket.limits.allowed_mime_types),
            bucket.created,
            bucket.modified,
            bucket.created_by,
            bucket.category.as_str(),
            bucket.policy.as_str(),
            rules_json(&bucket.rules),
            bucket.permalink.as_str(),
            bucket.tier.as_str(),
        ])?;
    Ok(connection.last_insert_rowid())
}

/// Writes the settings.
pub fn update(connection: &Connection, bucket: &Bucket, by: &str) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE bucket SET title = ?2, icon = ?3, notes = ?4, enabled = ?5, file_size_limit = ?6, max_files = ?7,
               quota = ?8, allowed_mime_types = ?9, revision = ?10, modified = ?11, modified_by = ?12, category = ?13, policy = ?14,
               rules = ?15, permalink = ?16, tier = ?17 WHERE seq = ?1",
        )?
        .execute(params![
            bucket.seq,
            bucket.title,
            bucket.icon,
            bucket.notes,
            bucket.enabled,
            bucket.limits.file_size_limit,
            bucket.limits.max_files,
            bucket.limits.quota,
            json(&bucket.limits.allowed_mime_types),
            bucket.revision,
            bucket.modified,
            by,
            bucket.category.as_str(),
            bucket.policy.as_str(),
            rules_json(&bucket.rules),
            bucket.permalink.as_str(),
            bucket.tier.as_str(),
        ])?;
    Ok(())
}

/// Adds to the counters and notes the time of the change.
pub fn count(connection: &Connection, seq: i64, files: i64, bytes: i64, now: i64) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE bucket SET file_count = file_count + ?2, byte_count = byte_count + ?3, modified = ?4 WHERE seq = ?1",
        )?
        .execute(params![seq, files, bytes, now])?;
    Ok(())
}

/// Into the trash, or out of it.
pub fn set_deleted(connection: &Connection, seq: i64, deleted: Option<i64>) -> Result<()> {
    connection
        .prepare_cached("UPDATE bucket SET deleted = ?2 WHERE seq = ?1")?
        .execute(params![seq, deleted])?;
    Ok(())
}

/// Where a bucket stands in the list by birth: when it was made, and its row number. Of one that is gone for good, where it
/// stood.
pub fn place(connection: &Connection, id: &str) -> Result<Option<(i64, i64)>> {
    let sql = "SELECT created, seq FROM bucket WHERE id = ?1 UNION ALL SELECT * FROM
               (SELECT created, seq FROM gone_bucket WHERE id = ?1 ORDER BY purged DESC LIMIT 1) LIMIT 1";
    Ok(connection.prepare_cached(sql)?.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// Whose a bucket was that is gone for good, and who could read in it.
pub struct Gone {
    /// The last event that was of it; what comes after is of another bucket with its id.
    pub last: u64,
    /// The name of its owner.
    pub owner: String,
    pub policy: Policy,
    pub rules: Rules,
}

/// The buckets of that id that are gone for good, oldest first.
pub fn gone(connection: &Connection, id: &str) -> Result<Vec<Gone>> {
    let sql = "SELECT purged, created_by, policy, rules FROM gone_bucket WHERE id = ?1 ORDER BY purged";
    let read = |row: &Row<'_>| {
        Ok(Gone {
            last: row.get(0)?,
            owner: row.get(1)?,
            policy: Policy::named(&row.get::<_, String>(2)?).unwrap_or(Policy::Private),
            rules: rules(row.get::<_, Option<String>>(3)?.as_deref()),
        })
    };
    Ok(connection.prepare_cached(sql)?.query_map([id], read)?.collect::<rusqlite::Result<_>>()?)
}

/// Deletes the row and all that belongs to it, but for what `gone_bucket` keeps. All events of it are written by now.
pub fn purge(connection: &Connection, seq: i64) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO gone_bucket (id, purged, seq, created, created_by, policy, rules)
             SELECT id, (SELECT coalesce(max(id), 0) FROM event), seq, created, created_by, policy, rules
             FROM bucket WHERE seq = ?1",
        )?
        .execute([seq])?;
    connection.prepare_cached("DELETE FROM object WHERE bucket = ?1")?.execute([seq])?;
    connection.prepare_cached("DELETE FROM bucket WHERE seq = ?1")?.execute([seq])?;
    Ok(())
}
