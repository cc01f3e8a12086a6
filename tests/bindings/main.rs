//! The committed TypeScript is what the Rust types say. `UPDATE=1` rewrites it.

use std::{fs, path::Path};
use ts_rs::{Config, TS};

#[test]
fn committed_bindings_are_current() {
    let kept = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/bindings"));
    let fresh = tempfile::tempdir().unwrap();
    let config = Config::new().with_out_dir(fresh.path()).with_large_int("number");
    api::Commands::export_all(&config).unwrap();
    api::ApiError::export_all(&config).unwrap();
    api::wire::IngestRequest::export_all(&config).unwrap();
    api::wire::Ingested::export_all(&config).unwrap();
    api::wire::ExportRequest::export_all(&config).unwrap();
    api::wire::Exported::export_all(&config).unwrap();
    api::wire::ImportRequest::export_all(&config).unwrap();
    api::wire::Imported::export_all(&config).unwrap();
    api::wire::ArchiveProgress::export_all(&config).unwrap();
    let update = std::env::var_os("UPDATE").is_some();
    for entry in fs::read_dir(fresh.path()).unwrap() {
        let path = entry.unwrap().path();
        let target = kept.join(path.file_name().unwrap());
        let now = fs::read_to_string(&path).unwrap();
        if update {
            fs::write(&target, &now).unwrap();
        }
        let committed = fs::read_to_string(&target).unwrap_or_default();
        assert!(committed == now, "{} is stale; run `make bindings`", target.display());
    }
}
