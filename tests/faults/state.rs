//! What a home holds, in words that do not depend on chance; and whether it holds together.

use engine::model::{Bucket, Object, ObjectRef};
use engine::{Caller, Engine, ListRequest};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Everything a person could miss: files with their versions, the trash, the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    buckets: BTreeMap<String, Vec<String>>,
    trash: BTreeSet<String>,
}

impl State {
    /// Whether this is `before` with some of the files that are new in `after`, each of them whole.
    pub fn is_between(&self, before: &Self, after: &Self) -> bool {
        let lines =
            |state: &Self| -> BTreeSet<String> { state.buckets.values().flatten().cloned().collect() };
        let (found, old, new) = (lines(self), lines(before), lines(after));
        self.trash == before.trash
            && old.is_subset(&found)
            && found.is_subset(&old.union(&new).cloned().collect())
    }

    /// Opens a home, checks that it holds together, and says what it holds.
    ///
    /// Panics if a row has no whole content of its hash, if a counter is wrong, if a link shows another file, or if an
    /// orphan stays after a sweep.
    pub fn of(home: &Path) -> Self {
        let engine = Engine::open(home).expect("the home opens");
        let me = Caller::window();
        engine.sweep().expect("the sweep runs");
        assert_eq!(engine.sweep().expect("the sweep runs").orphans, 0, "orphans stay");
        let mut contents = 0;
        let mut state = Self { buckets: BTreeMap::new(), trash: BTreeSet::new() };
        for bucket in
            engine.bucket_list(&engine::Caller::cli(), "", Default::default(), false).expect("a list")
        {
            let (lines, counted) = bucket_lines(&engine, &me, &bucket);
            contents += counted;
            state.buckets.insert(bucket.title.clone(), lines);
        }
        let trash = engine.trash_list(&engine::Caller::cli(), 0, 1000).expect("the trash");
        for (object, _) in &trash.objects {
            contents += object.versions;
            state.trash.insert(format!("file {} v{} {}", object.key(), object.version, object.hash));
        }
        for bucket in &trash.buckets {
            engine.bucket_restore(&me, &bucket.id).expect("it comes back");
            let (mut lines, counted) = bucket_lines(&engine, &me, bucket);
            contents += counted;
            let within = engine.trash_list(&engine::Caller::cli(), 0, 1000).expect("the trash").objects;
            for (object, _) in within.iter().filter(|(object, _)| object.bucket == bucket.id) {
                contents += object.versions;
                lines.push(format!("deleted {} v{} {}", object.key(), object.version, object.hash));
            }
            state.trash.insert(format!("bucket {}: {}", bucket.title, lines.join(", ")));
            engine.bucket_delete(&me, &bucket.id).expect("it goes again");
        }
        assert_eq!(on_disk(home), contents, "content on the disk");
        state
    }
}

fn bucket_lines(engine: &Engine, me: &Caller, bucket: &Bucket) -> (Vec<String>, u64) {
    let list = |folder| ListRequest { folder, limit: 1000, ..ListRequest::default() };
    let page = engine.object_list(me, &bucket.id, &list(None)).expect("a page");
    let bytes: u64 = page.objects.iter().map(|object| object.size).sum();
    assert_eq!((bucket.file_count, bucket.byte_count), (page.objects.len() as u64, bytes), "counters");
    let top = engine.object_list(me, &bucket.id, &list(Some(String::new()))).expect("a page");
    let below: u64 = top.folders.iter().map(|folder| folder.file_count).sum();
    assert_eq!(top.total + below, bucket.file_count, "counters of folders");
    let data = engine.data_show(me, &bucket.id).expect("the data");
    let mut lines = vec![format!("data {} {}", data.revision, data.text)];
    let mut contents = 0;
    for object in page.objects {
        contents += object.versions;
        lines.push(object_line(engine, me, bucket, &object));
    }
    (lines, contents)
}

fn object_line(engine: &Engine, me: &Caller, bucket: &Bucket, object: &Object) -> String {
    let (linked, content) = engine.link_open(&bucket.id, &object.token).expect("the link");
    assert_eq!(linked.id, object.id, "a link shows its own file");
    let mut bytes = vec![0; content.size() as usize];
    assert_eq!(content.read_at(&mut bytes, 0).expect("bytes"), bytes.len());
    let hash = engine::blob::hash(&bytes);
    assert_eq!((object.size, &object.hash), (bytes.len() as u64, &hash), "whole content");
    let which = ObjectRef::Id(object.id.clone());
    let versions = engine.object_versions(me, &bucket.id, &which).expect("versions");
    let versions: Vec<String> = versions.iter().map(|v| format!("{}:{}", v.number, v.hash)).collect();
    format!("{} v{} [{}]", object.key(), object.version, versions.join(" "))
}

fn on_disk(home: &Path) -> u64 {
    let names = |path: &Path| -> Vec<std::path::PathBuf> {
        std::fs::read_dir(path)
            .map(|all| all.flatten().map(|entry| entry.path()).collect())
            .unwrap_or_default()
    };
    let buckets = names(&home.join("files")).into_iter().filter(|path| {
        path.is_dir() && !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
    });
    buckets.map(|bucket| names(&bucket).len() as u64).sum()
}
