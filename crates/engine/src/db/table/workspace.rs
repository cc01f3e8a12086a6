//! The workspace's one row, and its owner.

use crate::{
    Result,
    model::{Theme, UploadSettings, Workspace},
};
use rusqlite::{Connection, OptionalExtension, params};

/// The workspace, if it was founded.
pub fn get(connection: &Connection) -> Result<Option<Workspace>> {
    Ok(connection
        .prepare_cached(
            "SELECT w.id, w.slug, w.title, coalesce(u.name, ''), w.max_files_per_bucket, w.max_file_size,
               w.accepted_file_types, w.theme, w.server, w.api_deletion,
               w.webhook_hosts
             FROM workspace w LEFT JOIN user u ON u.seq = 1",
        )?
        .query_row([], |row| {
            Ok(Workspace {
                id: row.get(0)?,
                slug: row.get(1)?,
                title: row.get(2)?,
                owner: row.get(3)?,
                limits: UploadSettings {
                    max_files_per_bucket: row.get(4)?,
                    max_file_size: row.get(5)?,
                    accepted_file_types: row.get(6)?,
                },
                theme: Theme::named(&row.get::<_, String>(7)?).unwrap_or_default(),
                server: row.get(8)?,
                api_deletion: row.get(9)?,
                webhook_hosts: serde_json::from_str(&row.get::<_, String>(10)?).unwrap_or_default(),
            })
        })
        .optional()?)
}

/// Founds the workspace and makes its owner the first user.
pub fn found(connection: &Connection, workspace: &Workspace, owner_id: &str, now: i64) -> Result<()> {
    connection.execute(
        "INSERT INTO workspace (seq, id, slug, title, created) VALUES (1, ?1, ?2, ?3, ?4)",
        params![workspace.id, workspace.slug, workspace.title, now],
    )?;
    connection.execute(
        "INSERT INTO user (seq, id, name, role, created) VALUES (1, ?1, ?2, 'admin', ?3)",
        params![owner_id, workspace.owner, now],
    )?;
    Ok(())
}

/// Writes the settings.
pub fn update(connection: &Connection, workspace: &Workspace) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE workspace SET title = ?1, max_files_per_bucket = ?2, max_file_size = ?3, accepted_file_types = ?4,
               theme = ?5, slug = ?6, api_deletion = ?7, webhook_hosts = ?8",
        )?
        .execute(params![
            workspace.title,
            workspace.limits.max_files_per_bucket,
            workspace.limits.max_file_size,
            workspace.limits.accepted_file_types,
            workspace.theme.as_str(),
            workspace.slug,
            workspace.api_deletion,
            serde_json::Value::from(workspace.webhook_hosts.clone()).to_string()
        ])?;
    Ok(())
}

/// Notes where links are served.
pub fn set_server(connection: &Connection, url: Option<&str>) -> Result<()> {
    connection.prepare_cached("UPDATE workspace SET server = ?1")?.execute([url])?;
    Ok(())
}

/// Forgets the address, if it is still this one.
pub fn clear_server(connection: &Connection, url: &str) -> Result<()> {
    connection.prepare_cached("UPDATE workspace SET server = NULL WHERE server = ?1")?.execute([url])?;
    Ok(())
}

/// Notes the time of a sweep.
pub fn note_sweep(connection: &Connection, now: i64) -> Result<()> {
    connection.prepare_cached("UPDATE workspace SET swept = ?1")?.execute([now])?;
    Ok(())
}

/// When all content was last compared with its hashes, to the end.
pub fn scrubbed(connection: &Connection) -> Result<Option<i64>> {
    Ok(connection.prepare_cached("SELECT scrubbed FROM workspace")?.query_row([], |row| row.get(0))?)
}

/// Notes the end of a scrub.
pub fn note_scrub(connection: &Connection, now: i64) -> Result<()> {
    connection.prepare_cached("UPDATE workspace SET scrubbed = ?1")?.execute([now])?;
    Ok(())
}
