//! Who hears of what is gone for good.
#![allow(clippy::unwrap_used, reason = "this is test code, though not inside a test function")]

mod common;

use common::Home;
use engine::model::{Bucket, ObjectRef, Policy, Privilege, Role, Rules, Visibility};
use engine::{Access, Caller, Incoming, NewBucket, NewKey};

fn member(home: &Home) -> Caller {
    home.engine.user_create(&home.me, "ada", Role::Member, Vec::new()).unwrap();
    let privileges = vec![Privilege::EditBuckets];
    let new = NewKey { name: "ada".into(), user: Some("ada".into()), privileges, ..NewKey::default() };
    let (_, secret) = home.engine.key_create(&home.me, new).unwrap();
    home.engine.authenticate(&secret).unwrap()
}

fn bucket(home: &Home, title: &str, id: Option<&str>, policy: Policy) -> Bucket {
    let read = (policy == Policy::Rules).then(|| "true".to_owned());
    let rules = Some(Rules { read, ..Rules::default() });
    let access = Access { policy: Some(policy), rules, ..Access::default() };
    let new = NewBucket { title: title.into(), id: id.map(str::to_owned), access, ..NewBucket::default() };
    home.engine.bucket_create(&home.me, new).unwrap()
}

fn put(home: &Home, by: &Caller, bucket: &Bucket, visibility: Option<Visibility>) -> String {
    let name = format!("{}.txt", by.name());
    let incoming = Incoming { key: name, visibility: Some(visibility), ..Incoming::default() };
    let staged = home.engine.object_stage(by, &bucket.id, incoming, &mut &b"x"[..], None).unwrap();
    home.engine.object_commit(by, vec![staged]).unwrap().remove(0).object.id
}

#[test]
fn nothing_is_heard_of_a_private_bucket_by_another_that_has_its_id_as_id_or_slug() {
    for again in [None, Some("kit")] {
        let home = Home::new();
        let ada = member(&home);
        let secret = bucket(&home, "Secret", Some("kit"), Policy::Private);
        put(&home, &home.me, &secret, None);
        home.engine.bucket_delete(&home.me, "kit").unwrap();
        home.engine.bucket_purge(&home.me, "kit").unwrap();
        let open = bucket(&home, "Kit", again, Policy::Public);
        assert_eq!(open.slug, "kit");
        let object = put(&home, &home.me, &open, None);
        let told = home.engine.events_for(&ada, 0).unwrap().events;
        let told: Vec<_> = told.into_iter().map(|event| (event.kind.as_str(), event.object)).collect();
        assert_eq!(told, [("bucket_created", None), ("object_created", Some(object))], "{again:?}");
    }
}

#[test]
fn a_member_hears_of_the_end_of_the_files_that_they_could_read_and_of_no_others() {
    let home = Home::new();
    let ada = member(&home);
    let mut theirs = Vec::new();
    for (policy, by_ada, visibility, heard) in [
        (Policy::Authenticated, false, None, true),
        (Policy::Authenticated, false, Some(Visibility::Private), false),
        (Policy::Authenticated, true, Some(Visibility::Private), true),
        (Policy::Public, false, None, true),
        (Policy::Public, false, Some(Visibility::Private), false),
        (Policy::Owner, false, None, false),
        (Policy::Owner, true, None, true),
        (Policy::Owner, false, Some(Visibility::Public), true),
        (Policy::Rules, false, None, false),
        (Policy::Private, false, None, false),
    ] {
        let bucket = bucket(&home, "Kit", None, policy);
        let by = if by_ada { &ada } else { &home.me };
        let object = put(&home, by, &bucket, visibility);
        let file = [ObjectRef::Id(object.clone())];
        home.engine.object_delete(&home.me, &bucket.id, &file, &[]).unwrap();
        home.engine.object_purge(&home.me, &bucket.id, &file).unwrap();
        if heard {
            theirs.extend([("object_deleted", object.clone()), ("object_purged", object)]);
        }
    }
    let told = home.engine.events_for(&ada, 0).unwrap().events;
    let told: Vec<_> =
        told.into_iter().filter_map(|event| Some((event.kind.as_str(), event.object?))).collect();
    assert_eq!(told, theirs);
}
