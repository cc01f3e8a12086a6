//! A rule may take so many steps and no more, for one object and for all that are asked about at once. Steps are counted and
//! no time, so the answers are the same on every machine.
#![allow(clippy::unwrap_used, reason = "this is test code, though not inside a test function")]

mod common;

use common::{Home, key};
use engine::model::{Policy, Privilege, Role, Rules};
use engine::{Access, BucketChanges, Caller, Code, Engine, Incoming, ListRequest, NewKey, Staged};

/// More than all of them may take together, while each may.
const FILES: usize = 250;

/// A bucket with many files in `many` and a few in `few`, whose rule is as costly as one object lets it be.
struct Costly {
    home: Home,
    ada: Caller,
}

impl Costly {
    fn new() -> Self {
        let home = Home::new();
        let bucket = home.bucket("Kit");
        let mut staged = staged(&home, "many", FILES);
        staged.extend(self::staged(&home, "few", 3));
        home.engine.object_commit(&home.me, staged).unwrap();
        let rule = Some("!blob.metadata.items.exists(item, blob.metadata.text.contains('y'))".to_owned());
        let rules = Rules { read: rule.clone(), write: rule.clone(), delete: rule };
        let access = Access { policy: Some(Policy::Rules), rules: Some(rules), ..Access::default() };
        let changes = BucketChanges { access, ..BucketChanges::default() };
        home.engine.bucket_update(&home.me, &bucket.id, changes).unwrap();
        let ada = member(&home.engine);
        Self { home, ada }
    }

    fn list(&self, caller: &Caller, folder: Option<&str>) -> engine::Result<u64> {
        let request = ListRequest { folder: folder.map(str::to_owned), limit: 5, ..ListRequest::default() };
        self.home.engine.object_list(caller, "kit", &request).map(|page| page.total)
    }
}

/// Files on their way into a folder, about each of which the rule may just be asked.
fn staged(home: &Home, folder: &str, files: usize) -> Vec<Staged> {
    // 500 items, each of which looks through 4 KB: 64,000 steps.
    let items = vec!["1"; 500].join(",");
    let metadata = format!(r#"{{"items":[{items}],"text":"{}"}}"#, "x".repeat(4000));
    let stage = |number| {
        let key = format!("{folder}/{number:03}.txt");
        let incoming = Incoming { key, metadata: Some(metadata.clone()), ..Incoming::default() };
        home.engine.object_stage(&home.me, "kit", incoming, &mut &b"x"[..], None).unwrap()
    };
    (0..files).map(stage).collect()
}

fn member(engine: &Engine) -> Caller {
    engine.user_create(&Caller::cli(), "ada", Role::Member, Vec::new()).unwrap();
    let new = NewKey {
        name: "ada".into(),
        user: Some("ada".into()),
        privileges: vec![Privilege::EditBuckets],
        ..NewKey::default()
    };
    let (_, secret) = engine.key_create(&Caller::cli(), new).unwrap();
    engine.authenticate(&secret).unwrap()
}

#[test]
fn a_list_whose_rule_takes_too_much_for_all_files_together_is_refused_and_says_why() {
    let it = Costly::new();
    for _ in 0..2 {
        let refused = it.list(&it.ada, None).unwrap_err();
        assert_eq!(refused.code(), Code::Forbidden);
        assert!(refused.message().contains("too many steps for so many files at once"), "{refused}");
    }
    assert_eq!(it.list(&it.ada, Some("few")).unwrap(), 3, "a few files are not too many");
    assert!(it.home.engine.object_show(&it.ada, "kit", &key("many/007.txt")).is_ok());
    assert_eq!(it.list(&it.home.me, None).unwrap(), FILES as u64 + 3, "admins need no rule");
}

#[test]
fn an_act_on_too_many_files_for_its_rule_changes_none() {
    let it = Costly::new();
    let engine = &it.home.engine;
    let all: Vec<_> = (0..FILES).map(|number| key(&format!("many/{number:03}.txt"))).collect();
    let refusals = [
        engine.object_delete(&it.ada, "kit", &all, &[]).unwrap_err(),
        engine.object_delete(&it.ada, "kit", &[], &["many".to_owned()]).unwrap_err(),
        engine.object_move(&it.ada, "kit", &all, "elsewhere").unwrap_err(),
        engine.bucket_empty(&it.ada, "kit", true, false).unwrap_err(),
        engine.object_commit(&it.ada, staged(&it.home, "more", FILES)).unwrap_err(),
    ];
    for refused in refusals {
        assert_eq!(refused.code(), Code::Forbidden);
        assert!(refused.message().contains("too many steps for so many files at once"), "{refused}");
    }
    assert_eq!(it.list(&it.home.me, None).unwrap(), FILES as u64 + 3);
    engine.object_delete(&it.ada, "kit", &all[..3], &[]).unwrap();
    assert_eq!(it.list(&it.home.me, None).unwrap(), FILES as u64);
}

#[test]
fn a_plain_rule_goes_with_any_number_of_files() {
    let it = Costly::new();
    let read = Some("hasRole('admin') || isMemberOf('team', 'print') || size(user.userId) > 0".to_owned());
    let rules = Rules { read, ..Rules::default() };
    let access = Access { rules: Some(rules), ..Access::default() };
    it.home
        .engine
        .bucket_update(&it.home.me, "kit", BucketChanges { access, ..BucketChanges::default() })
        .unwrap();
    assert_eq!(it.list(&it.ada, None).unwrap(), FILES as u64 + 3);
}

#[test]
fn events_of_many_files_with_a_costly_rule_come_in_pieces_and_all_of_them() {
    let it = Costly::new();
    let (mut after, mut heard, mut pieces) = (0, 0, 0);
    loop {
        let told = it.home.engine.events_for(&it.ada, after).unwrap();
        heard += told.events.iter().filter(|event| event.object.is_some()).count();
        pieces += 1;
        assert!(told.last > after, "each piece goes on");
        after = told.last;
        if !told.more {
            break;
        }
    }
    assert_eq!(heard, FILES + 3);
    assert!(pieces > 1, "{pieces}");
}
