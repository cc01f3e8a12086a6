//! What a bucket wants of its links besides their token: nothing, a signature, or a caller who may read.

use crate::signed::Signed;
use engine::model::{Permalink, Privilege, Role};
use engine::{Access, BucketChanges, Caller, NewKey};

/// A picture of one pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\x03\x01\x01\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82";

impl Signed {
    fn wants(&self, permalink: Permalink) {
        let access = Access { permalink: Some(permalink), ..Access::default() };
        let changes = BucketChanges { access, ..BucketChanges::default() };
        self.engine.bucket_update(&Caller::cli(), "kit", changes).unwrap();
    }

    fn key(&self, user: Option<&str>, privileges: &[Privilege]) -> String {
        let new = NewKey {
            name: "key".to_owned(),
            user: user.map(str::to_owned),
            privileges: privileges.to_vec(),
            ..NewKey::default()
        };
        format!("X-API-Key: {}", self.engine.key_create(&Caller::cli(), new).unwrap().1)
    }
}

#[test]
fn the_token_alone_opens_only_where_the_bucket_says_so() {
    let it = Signed::new("a.txt", b"words");
    let key = it.key(None, &[Privilege::Admin]);
    let signed = format!("/{}", it.sign(3600, None).path);
    for (permalink, token, word) in [
        (Permalink::Open, 200, "words"),
        (Permalink::Signed, 403, "signed"),
        (Permalink::Off, 403, "switched off"),
    ] {
        it.wants(permalink);
        for _ in 0..2 {
            let answer = it.links.get(&it.path);
            assert_eq!(answer.status, token, "{permalink:?}");
            assert!(answer.text().contains(word), "{permalink:?}: {}", answer.text());
        }
        assert_eq!(it.links.get_with(&it.path, &[&key]).status, 200, "{permalink:?}: who may read");
        assert_eq!(it.links.get(&signed).status, 200, "{permalink:?}: a signature");
    }
    assert_eq!(it.links.get_with(&it.path, &["X-API-Key: pail_wrong"]).status, 401);
}

#[test]
fn a_key_that_may_not_read_opens_nothing() {
    let it = Signed::new("a.txt", b"words");
    it.wants(Permalink::Off);
    let access = Access { policy: Some(engine::model::Policy::Private), ..Access::default() };
    let changes = BucketChanges { access, ..BucketChanges::default() };
    it.engine.bucket_update(&Caller::cli(), "kit", changes).unwrap();
    it.engine.user_create(&Caller::cli(), "nils", Role::Member, Vec::new()).unwrap();
    let key = it.key(Some("nils"), &[Privilege::EditBuckets]);
    let refused = it.links.get_with(&it.path, &[&key]);
    assert_eq!((refused.status, refused.text().contains("words")), (403, false));
}

#[test]
fn small_pictures_need_what_the_file_needs() {
    let it = Signed::new("a.png", PIXEL);
    let parts: Vec<&str> = it.path.split('/').collect();
    let by_token = format!("/thumbs/{}/{}/1?side=64", parts[3], parts[4]);
    let link = it.sign(3600, None).path;
    let (path, query) = link.split_once('?').unwrap();
    let by_signature = format!("/thumbs/{}/{}/1?side=64&{query}", parts[3], path.split('/').nth(3).unwrap());
    let key = it.key(None, &[Privilege::Admin]);
    assert_eq!(it.links.get(&by_token).status, 200);
    for permalink in [Permalink::Signed, Permalink::Off] {
        it.wants(permalink);
        assert_eq!(it.links.get(&by_token).status, 403, "{permalink:?}");
        assert_eq!(it.links.get_with(&by_token, &[&key]).status, 200, "{permalink:?}");
        assert_eq!(it.links.get(&by_signature).status, 200, "{permalink:?}");
        assert_eq!(
            it.links.get(&by_signature.replace("expires=1", "expires=2")).status,
            403,
            "{permalink:?}"
        );
    }
}
