//! Every operation of the description refuses whoever shows no key, a wrong one, a revoked one.

use super::{Api, json, key};
use engine::model::Privilege;
use engine::{Caller, NewKey};

/// What may answer somebody without a key: the engine decides by policy, visibility and rules.
const OPEN: &[&str] = &["native_blob_show", "native_blob_content", "native_blob_upload"];

#[test]
fn every_route_refuses_without_a_secret_and_with_a_wrong_one() {
    let api = Api::new();
    api.bucket("kit", "authenticated");
    let blob = api.upload("kit", "a.txt", "x");
    let revoked = key(&api.engine, Some("mara.member"), &[Privilege::EditBuckets]);
    let newest = api.engine.key_list(&Caller::cli()).unwrap().into_iter().next().unwrap();
    api.engine.key_revoke(&Caller::cli(), &newest.id).unwrap();
    let description = json(&api.send("", "GET", "/openapi.json", &[], b""), 200);
    let (mut asked, mut foreign) = (0, 0);
    let events = api.events(|| {
        for (path, methods) in description["paths"].as_object().unwrap() {
            let path = path.replace("{key}", "kit").replace("{blobId}", blob["blobId"].as_str().unwrap());
            let path = path.replace("{name}", "bucket_list").replace("{id}", "x");
            let path = path.replace("/blobs", "/blobs?filename=b.txt").replace("?filename=b.txt/", "/");
            if !path.starts_with("/api/buckets/") && !path.starts_with("/api/commands/") && path != "/events"
            {
                foreign += refuse(&api, &path, methods);
                continue;
            }
            for (method, operation) in methods.as_object().unwrap() {
                for secret in ["", "pail_wrong", &revoked] {
                    let answer = api.send(secret, &method.to_uppercase(), &path, &[], b"{}");
                    assert_eq!(answer.status, 401, "{method} {path} {secret}: {}", answer.text());
                    let open = OPEN.contains(&operation["operationId"].as_str().unwrap());
                    let optional = operation["security"].as_array().unwrap().contains(&serde_json::json!({}));
                    assert_eq!(open, optional, "{method} {path}");
                    asked += 1;
                }
            }
        }
    });
    assert_eq!(events, []);
    assert!(asked >= 45 && foreign >= 10, "{asked} and {foreign}");
}

/// What other APIs answer is theirs to word; without a key they do nothing.
fn refuse(api: &Api, path: &str, methods: &serde_json::Value) -> usize {
    let mut path = path.to_owned();
    while let (Some(start), Some(end)) = (path.find('{'), path.find('}')) {
        path.replace_range(start..=end, "kit");
    }
    for method in methods.as_object().unwrap().keys() {
        for secret in ["", "pail_wrong"] {
            let answer = api.send(secret, &method.to_uppercase(), &path, &[], b"{\"id\": \"kit\"}");
            assert!(
                (400..500).contains(&answer.status),
                "{method} {path}: {} {}",
                answer.status,
                answer.text()
            );
        }
    }
    methods.as_object().unwrap().len()
}

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
