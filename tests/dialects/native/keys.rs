//! Keys that ask too often, or lack a privilege. That every route needs one is shown for all APIs at once.

use super::{Api, key};
use engine::{Caller, NewKey};

#[test]
fn a_key_that_asks_too_often_or_lacks_a_privilege_is_refused() {
    let api = Api::new();
    api.bucket("kit", "authenticated");
    let reader = key(&api.engine, Some("nils.member"), &[]);
    let path = "/api/buckets/v1/buckets";
    assert_eq!(api.send(&reader, "GET", path, &[], b"").status, 200);
    assert_eq!(super::code(&api.send(&reader, "POST", path, &[], br#"{"key": "x"}"#), 403), "forbidden");
    let data = format!("{path}/kit/data");
    assert_eq!(super::code(&api.send(&reader, "PUT", &data, &[], b"1"), 403), "forbidden");
    let new = NewKey { name: "slow".to_owned(), rate: Some(1), ..NewKey::default() };
    let (_, slow) = api.engine.key_create(&Caller::cli(), new).unwrap();
    let statuses: Vec<u16> = (0..30).map(|_| api.send(&slow, "GET", path, &[], b"").status).collect();
    assert!(statuses.contains(&200) && statuses.contains(&429), "{statuses:?}");
    let bearer = format!("Authorization: Bearer {}", api.mara);
    assert_eq!(api.send("", "GET", path, &[&bearer], b"").status, 200);
}
