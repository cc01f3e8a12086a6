//! What stands behind a link is remembered between askings, and is never older than the last commit of anybody.
#![allow(clippy::unwrap_used, reason = "this is test code, though not inside a test function")]

mod common;

use common::{Home, id, key};
use engine::model::{Bucket, Object, Permalink, Tier};
use engine::rules::sign::{self, Claim};
use engine::{Access, BucketChanges, Caller, Code, Engine, NewBucket, SignRequest};

/// A file whose link was followed, and a second engine on the same home, as another process has it.
struct Followed {
    home: Home,
    other: Engine,
    bucket: Bucket,
    object: Object,
}

impl Followed {
    fn new() -> Self {
        let home = Home::new();
        let other = Engine::open_with(home.engine.home(), home.clock.clone()).unwrap();
        let access = Access { tier: Some(Tier::OneHour), ..Access::default() };
        let new = NewBucket { title: "Kit".into(), access, ..NewBucket::default() };
        let bucket = home.engine.bucket_create(&home.me, new).unwrap();
        let object = home.put(&bucket, "a.txt", b"one");
        let followed = Self { home, other, bucket, object };
        assert_eq!(followed.at_hand(), None, "nobody asked yet");
        assert_eq!(followed.open(), Ok(b"one".to_vec()));
        assert_eq!(followed.at_hand().as_deref(), Some(&b"one"[..]));
        followed
    }

    fn at_hand(&self) -> Option<Vec<u8>> {
        let (_, content) = self.home.engine.link_at_hand(&self.bucket.id, &self.object.token)?;
        Some(bytes(content.as_ref()))
    }

    fn open(&self) -> Result<Vec<u8>, Code> {
        match self.home.engine.link_open(&self.bucket.id, &self.object.token) {
            Ok((_, content)) => Ok(bytes(content.as_ref())),
            Err(error) => Err(error.code()),
        }
    }

    /// Asserts what is shown now: of what is refused nothing is at hand, also when it was refused before.
    fn assert_shows(&self, expected: Result<&[u8], Code>) {
        for _ in 0..2 {
            assert!(self.at_hand().is_none_or(|shown| Ok(shown.as_slice()) == expected));
            assert_eq!(self.open(), expected.map(<[u8]>::to_vec));
        }
    }
}

fn bytes(content: &dyn engine::blob::Content) -> Vec<u8> {
    let mut bytes = vec![0; content.size() as usize];
    assert_eq!(content.read_at(&mut bytes, 0).unwrap(), bytes.len());
    bytes
}

#[test]
fn what_another_process_does_to_a_file_shows_at_once() {
    let it = Followed::new();
    let (me, bucket, a) = (&it.home.me, it.bucket.id.as_str(), [key("a.txt")]);
    it.other.object_put(me, bucket, "a.txt", &mut &b"second"[..], None).unwrap();
    it.assert_shows(Ok(b"second"));
    it.other.object_revert(me, bucket, &a[0], 1).unwrap();
    it.assert_shows(Ok(b"one"));
    it.other.object_delete(me, bucket, &a, &[]).unwrap();
    it.assert_shows(Err(Code::ObjectNotFound));
    it.other.object_restore(me, bucket, &[id(&it.object)]).unwrap();
    it.assert_shows(Ok(b"one"));
    it.other.object_delete(me, bucket, &a, &[]).unwrap();
    it.other.trash_empty(me).unwrap();
    it.assert_shows(Err(Code::ObjectNotFound));
}

#[test]
fn what_happens_to_its_bucket_shows_at_once() {
    let it = Followed::new();
    let me = &it.home.me;
    let switch = |on| {
        let changes = BucketChanges { enabled: Some(on), ..BucketChanges::default() };
        it.other.bucket_update(me, "kit", changes).unwrap();
    };
    switch(false);
    it.assert_shows(Err(Code::BucketDisabled));
    switch(true);
    it.assert_shows(Ok(b"one"));
    it.other.bucket_delete(me, "kit").unwrap();
    it.assert_shows(Err(Code::ObjectNotFound));
    it.other.bucket_restore(me, "kit").unwrap();
    it.assert_shows(Ok(b"one"));
}

#[test]
fn what_its_bucket_wants_of_links_counts_at_once() {
    let it = Followed::new();
    let (me, bucket, token) = (&it.home.me, it.bucket.id.as_str(), it.object.token.as_str());
    for permalink in [Permalink::Signed, Permalink::Off] {
        let wants = |permalink| {
            let access = Access { permalink: Some(permalink), ..Access::default() };
            it.other.bucket_update(me, "kit", BucketChanges { access, ..Default::default() }).unwrap();
        };
        wants(permalink);
        it.assert_shows(Err(Code::Forbidden));
        let by =
            |caller| it.home.engine.link_open_by(caller, bucket, token).map(|_| ()).map_err(|e| e.code());
        assert_eq!(by(me), Ok(()), "who may read is let in");
        assert_eq!(by(&Caller::nobody()), Err(Code::Forbidden));
        wants(Permalink::Open);
        it.assert_shows(Ok(b"one"));
    }
}

#[test]
fn a_remembered_file_ends_when_its_time_has_come_though_nobody_commits() {
    let it = Followed::new();
    let life = it.object.expires.unwrap() - common::NOW;
    it.home.clock.advance(life - 1);
    assert_eq!(it.at_hand().as_deref(), Some(&b"one"[..]));
    it.home.clock.advance(1);
    assert_eq!(it.at_hand(), None);
    it.assert_shows(Err(Code::ObjectNotFound));
}

#[test]
fn a_remembered_token_is_none_in_another_bucket() {
    let it = Followed::new();
    let elsewhere = it.home.bucket("Elsewhere");
    assert!(it.open().is_ok());
    assert!(it.home.engine.link_at_hand(&elsewhere.id, &it.object.token).is_none());
    let refused = it.home.engine.link_open(&elsewhere.id, &it.object.token).err().unwrap();
    assert_eq!(refused.code(), Code::ObjectNotFound);
}

#[test]
fn content_that_is_gone_or_cut_off_is_refused_though_the_link_is_remembered() {
    let it = Followed::new();
    let file = &it.home.content_files()[0];
    std::fs::remove_file(file).unwrap();
    it.assert_shows(Err(Code::ContentMissing));
    std::fs::write(file, b"on").unwrap();
    it.assert_shows(Err(Code::ContentDamaged));
}

/// What a signed link shows.
fn signed(it: &Followed, path: &str) -> Result<Vec<u8>, Code> {
    let (path, query) = path.split_once('?').unwrap();
    match it.home.engine.link_open_signed(&it.bucket.id, &it.object.id, path, query) {
        Ok((_, _, content)) => Ok(bytes(content.as_ref())),
        Err(error) => Err(error.code()),
    }
}

#[test]
fn a_link_signed_in_the_same_millisecond_is_another_link() {
    let it = Followed::new();
    let (engine, me) = (&it.home.engine, &it.home.me);
    let sign = || {
        let request = SignRequest { seconds: 60, download: None };
        engine.link_sign(me, "kit", &key("a.txt"), request).unwrap()
    };
    let (one, other) = (sign(), sign());
    assert_ne!((&one.id, &one.path), (&other.id, &other.path));
    engine.link_revoke(me, &one.id).unwrap();
    assert_eq!(signed(&it, &one.path), Err(Code::LinkRevoked));
    assert_eq!(signed(&it, &other.path), Ok(b"one".to_vec()));
    assert_eq!(signed(&it, &sign().path), Ok(b"one".to_vec()));
    let listed = engine.link_list(me, "kit", &key("a.txt")).unwrap();
    assert_eq!(listed.len(), 3);
    assert!(listed.iter().any(|link| link.path == other.path), "its address is made anew");
}

#[test]
fn a_link_made_before_links_had_a_nonce_goes_on_working_and_is_listed_and_revoked() {
    let it = Followed::new();
    let (engine, me) = (&it.home.engine, &it.home.me);
    let request = SignRequest { seconds: 60, download: None };
    let newer = engine.link_sign(me, "kit", &key("a.txt"), request).unwrap();
    let rows = rusqlite::Connection::open(engine.home().join("pail.db")).unwrap();
    rows.busy_timeout(std::time::Duration::from_secs(60)).unwrap();
    let (signer, secret): (String, [u8; 32]) = rows
        .query_row("SELECT id, secret FROM signing_key", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    let path = newer.path.split('?').next().unwrap();
    let claim = Claim { path, expires: newer.expires / 1000, download: None, key: &signer, nonce: None };
    let query = sign::query(&secret, &claim);
    let id = sign::id_of(&query).unwrap();
    // As it stands in a home that an earlier Pail wrote.
    rows.execute("UPDATE signed_link SET id = ?1, nonce = NULL", [&id]).unwrap();
    let path = format!("{path}?{query}");
    assert_eq!(signed(&it, &path), Ok(b"one".to_vec()));
    let listed = engine.link_list(me, "kit", &key("a.txt")).unwrap();
    assert_eq!((&listed[0].id, &listed[0].path), (&id, &path));
    engine.link_revoke(me, &id).unwrap();
    assert_eq!(signed(&it, &path), Err(Code::LinkRevoked));
}
