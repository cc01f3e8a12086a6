//! “Who can?” answers as the doors do: what it says somebody may is let in, and what it denies is refused.
#![allow(clippy::unwrap_used, reason = "this is test code, though not inside a test function")]

mod common;

use common::{Home, NOW, key};
use engine::model::{Privilege, Role};
use engine::{Access, BucketChanges, Caller, Code, NewKey, Who};

/// A home with a bucket, a file and a member.
fn home() -> Home {
    let home = Home::new();
    let bucket = home.bucket("Kit");
    home.put(&bucket, "a.txt", b"a");
    home.engine.user_create(&home.me, "ada", Role::Member, Vec::new()).unwrap();
    home
}

/// A key of the member's: its id and its secret.
fn member(home: &Home, name: &str, expires: Option<i64>, privileges: &[Privilege]) -> (String, String) {
    let new = NewKey {
        name: name.into(),
        user: Some("ada".into()),
        privileges: privileges.to_vec(),
        expires,
        ..NewKey::default()
    };
    let (key, secret) = home.engine.key_create(&home.me, new).unwrap();
    (key.id, secret)
}

/// Read, write, delete; and the sentence, which is to be the same for all three.
fn asked(home: &Home, id: &str) -> (Vec<bool>, Vec<String>) {
    let all = home.engine.access_explain(&home.me, "kit", Some(&key("a.txt")), &Who::Key(id.into())).unwrap();
    all.into_iter().map(|one| (one.allowed, one.why)).unzip()
}

#[test]
fn a_key_that_has_ended_may_nothing_from_that_millisecond_on() {
    let home = home();
    let (id, secret) = member(&home, "short", Some(NOW + 1000), &[Privilege::EditBuckets]);
    home.clock.advance(999);
    assert_eq!(asked(&home, &id).0, [true; 3]);
    assert!(home.engine.authenticate(&secret).is_ok());
    home.clock.advance(1);
    let (allowed, why) = asked(&home, &id);
    assert_eq!(allowed, [false; 3]);
    assert_eq!(why, ["This API key has ended."; 3]);
    assert_eq!(home.engine.authenticate(&secret).unwrap_err().code(), Code::KeyRefused);
}

#[test]
fn a_revoked_key_may_nothing_not_even_in_a_public_bucket() {
    let home = home();
    let access = Access { policy: Some(engine::model::Policy::Public), ..Access::default() };
    home.engine.bucket_update(&home.me, "kit", BucketChanges { access, ..Default::default() }).unwrap();
    let (one, _) = member(&home, "one", None, &[Privilege::EditBuckets]);
    let (other, _) = member(&home, "other", None, &[]);
    home.engine.key_revoke(&home.me, &one).unwrap();
    assert_eq!(asked(&home, &one), (vec![false; 3], vec!["This API key was revoked.".to_owned(); 3]));
    assert_eq!(asked(&home, &other).0, [true, false, false]);
    home.engine.user_remove(&home.me, "ada").unwrap();
    assert_eq!(asked(&home, &other).1, ["This API key was revoked."; 3], "it went with its user");
}

#[test]
fn who_may_not_change_the_settings_is_not_told_who_can() {
    let home = home();
    let access = Access { policy: Some(engine::model::Policy::Owner), ..Access::default() };
    home.engine.bucket_update(&home.me, "kit", BucketChanges { access, ..Default::default() }).unwrap();
    let (_, editor) = member(&home, "editor", None, &[Privilege::EditBuckets]);
    let (_, reader) = member(&home, "reader", None, &[]);
    for secret in [&editor, &reader] {
        let ada = home.engine.authenticate(secret).unwrap();
        let refused = home.engine.access_explain(&ada, "kit", None, &Who::Anonymous).unwrap_err();
        assert_eq!(refused.code(), Code::Forbidden);
    }
    let nobody = home.engine.access_explain(&Caller::nobody(), "kit", None, &Who::Anonymous).unwrap_err();
    assert_eq!(nobody.code(), Code::SignInNeeded);
}
