//! The description of the APIs, the page that shows it, and the window's page for browsers.

use super::{Api, json};
use std::collections::BTreeMap;

#[test]
fn the_description_is_openapi_3_1_and_names_every_answer() {
    let api = Api::new();
    let described = json(&api.send("", "GET", "/openapi.json", &[], b""), 200);
    assert_eq!(described["openapi"], "3.1.0");
    assert_eq!(described["components"]["securitySchemes"]["key"]["name"], "X-API-Key");
    let mut ids = BTreeMap::new();
    for (path, methods) in described["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let answers = operation["responses"].as_object().unwrap();
            assert!(answers.keys().any(|status| status.starts_with('2')), "{method} {path}");
            let id = operation["operationId"].as_str().unwrap();
            assert_eq!(ids.insert(id.to_owned(), path), None, "{id} is there twice");
        }
    }
    let text = described.to_string();
    for (at, _) in text.match_indices("#/components/schemas/") {
        let name = text[at + 21..].split('"').next().unwrap();
        assert!(described["components"]["schemas"][name].is_object(), "{name} is not described");
    }
}

#[test]
fn calls_by_query_keys_in_other_places_and_links_are_described() {
    let api = Api::new();
    let described = json(&api.send("", "GET", "/openapi.json", &[], b""), 200);
    for (path, methods) in [
        ("/api/app/get_buckets/v1", &["get", "post"][..]),
        ("/api/app/get_bucket/v1", &["get", "post"]),
        ("/files/bucket/{bucket}/{token}/{name}", &["get", "head"]),
        ("/thumbs/{bucket}/{token}/{version}", &["get"]),
    ] {
        for method in methods {
            assert!(described["paths"][path][method].is_object(), "{method} {path}");
        }
    }
    for (path, methods) in described["paths"].as_object().unwrap() {
        if !path.starts_with("/api/app/") {
            continue;
        }
        for (method, operation) in methods.as_object().unwrap() {
            let ways = serde_json::json!([{ "key": [] }, { "bearer": [] }, { "api_key": [] }]);
            assert_eq!(operation["security"], ways, "{method} {path}");
        }
    }
    let schemes = &described["components"]["securitySchemes"];
    assert_eq!(
        (&schemes["api_key"]["in"], &schemes["api_key"]["name"]),
        (&"query".into(), &"api_key".into())
    );
    let told = described["tags"].as_array().unwrap();
    assert!(told.iter().any(|tag| tag["name"] == "xyOps buckets"), "{told:?}");
}

#[test]
fn the_page_of_the_description_loads_only_files_that_are_there() {
    let api = Api::new();
    let page = api.send("", "GET", "/docs", &[], b"");
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
    let text = page.text();
    for link in text.split(['"', '\'']).filter(|part| part.starts_with('/') && part.contains('.')) {
        assert_eq!(api.send("", "GET", link, &[], b"").status, 200, "{link}");
    }
    assert!(!text.contains("http://") && !text.contains("https://"));
}

#[test]
fn the_windows_page_is_served_only_where_it_was_asked_for() {
    let without = Api::new();
    assert_eq!(without.send("", "GET", "/", &[], b"").status, 404);
    let api = Api::with(&["--ui"]);
    let page = api.send("", "GET", "/", &[], b"");
    // Where the page was not built, it says so.
    assert!([200, 503].contains(&page.status), "{}", page.status);
    for nothing in ["/api/none", "/assets/none.js", "/files/none"] {
        assert_eq!(api.send("", "GET", nothing, &[], b"").status, 404, "{nothing}");
    }
    if page.status == 503 {
        assert!(page.text().contains("built without the page"), "{}", page.text());
        return;
    }
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(page.header("content-security-policy").contains("script-src 'self';"));
    assert_eq!(page.header("cache-control"), "no-cache");
    let text = page.text();
    let assets: Vec<_> = text.split('"').filter(|part| part.starts_with("/assets/")).collect();
    assert!(!assets.is_empty());
    for asset in assets {
        let file = api.send("", "GET", asset, &[], b"");
        assert_eq!(
            (file.status, file.header("cache-control")),
            (200, "public, max-age=31536000, immutable"),
            "{asset}"
        );
    }
    assert_eq!(api.send("", "GET", "/buckets/b1/files", &[], b"").text(), text);
}
