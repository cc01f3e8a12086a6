//! Objects by their paths: brought, listed, read whole and in part, changed, deleted.

use super::{ROOT, ask, ask_as, bucket, detail, house, json_of, put, read, send};
use engine::Caller;
use serde_json::{Value, json};

#[test]
fn an_object_lives_from_put_to_delete_and_tells_of_it() {
    let (house, _) = house();
    bucket(&house, &house.key, "Product Images", "public");
    let (_, begin) = house.events(0);
    let path = "released/product-1.jpg";
    let made = json_of(&put(&house, &house.key, "product-images", path, b"\xff\xd8\xff\xe0 a picture"), 201);
    let url = format!("http://{}{ROOT}product-images/objects/{path}", house.server.address());
    for (name, value) in [
        ("name", json!("product-1.jpg")),
        ("path", json!(path)),
        ("original_name", json!("product-1.jpg")),
        ("size", json!(14)),
        ("content_type", json!("image/jpeg")),
        ("visibility", Value::Null),
        ("effective_visibility", json!("public")),
        ("metadata", json!({})),
        ("url", json!(url)),
        ("created_by", json!(1)),
    ] {
        assert_eq!(made[name], value, "{name}");
    }
    let again = json_of(&put(&house, &house.key, "product-images", path, b"\xff\xd8\xff\xe0 another"), 200);
    assert_eq!((&again["id"], &again["created_at"]), (&made["id"], &made["created_at"]));
    let answer = read(&house, "", "product-images", path);
    assert_eq!((answer.status, answer.header("content-type")), (200, "image/jpeg"));
    assert_eq!(
        (answer.body.as_slice(), answer.header("x-content-type-options")),
        (&b"\xff\xd8\xff\xe0 another"[..], "nosniff")
    );
    let object = format!("{ROOT}product-images/objects/{path}");
    let answer = ask(&house, "DELETE", &object, &Value::Null);
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    assert_eq!(detail(&read(&house, "", "product-images", path), 404), "Not found.");
    assert_eq!(detail(&ask(&house, "DELETE", &object, &Value::Null), 404), "Not found.");
    assert_eq!(
        house.events(begin).0,
        ["object_created", "object_replaced", "object_deleted", "object_purged"]
    );
    assert!(house.engine.trash_list(&Caller::cli(), 0, 10).unwrap().objects.is_empty());
}

#[test]
fn content_is_read_in_parts_and_only_when_it_is_new() {
    let (house, _) = house();
    bucket(&house, &house.key, "Kit", "private");
    put(&house, &house.key, "kit", "a.txt", b"0123456789");
    let path = format!("{ROOT}kit/objects/a.txt");
    let (host, bearer) =
        (format!("Host: {}", house.server.address()), format!("Authorization: Bearer {}", house.key));
    let with = |method: &str, line: &str| house.raw(method, &path, &[host.as_str(), &bearer, line], b"");
    let part = with("GET", "Range: bytes=2-5");
    assert_eq!(
        (part.status, part.text().as_str(), part.header("content-range")),
        (206, "2345", "bytes 2-5/10")
    );
    assert_eq!(with("GET", "Range: bytes=10-").status, 416);
    let head = with("HEAD", "Accept: */*");
    assert_eq!((head.status, head.body.len(), head.header("content-length")), (200, 0, "10"));
    let tag = format!("If-None-Match: {}", head.header("etag"));
    assert_eq!(with("GET", &tag).status, 304);
    let saved = house.raw("GET", &format!("{path}?download=b.txt"), &[host.as_str(), &bearer], b"");
    assert_eq!(saved.header("content-disposition"), "attachment; filename=\"b.txt\"");
    assert_eq!(house.raw("HEAD", &path, &[host.as_str()], b"").status, 401);
}

#[test]
fn paths_are_decoded_once_and_normalised_as_names_are() {
    let (house, _) = house();
    bucket(&house, &house.key, "Kit", "private");
    let (_, begin) = house.events(0);
    for (sent, path) in [
        ("My%20File%20(1).PDF", "my_file_1_.pdf"),
        ("a%2Fb.txt", "a/b.txt"),
        ("x//y/./z.txt", "x/y/z.txt"),
        ("100%2525.txt", "100_25.txt"),
        ("R%C3%A9sum%C3%A9.txt", "r_sum_.txt"),
    ] {
        let made = json_of(&put(&house, &house.key, "kit", sent, sent.as_bytes()), 201);
        assert_eq!(made["path"], path, "{sent}");
        assert_eq!(read(&house, &house.key, "kit", sent).text(), sent);
        assert_eq!(read(&house, &house.key, "kit", path).text(), sent);
        let (_, url) = made["url"].as_str().unwrap().split_once("/objects/").unwrap();
        assert_eq!(read(&house, &house.key, "kit", url).text(), sent);
    }
    assert_eq!(house.events(begin).0, ["object_created"; 5]);
    for bad in [
        "..",
        "%2e%2e/a.txt",
        "a/../../b.txt",
        "a/%2E%2E",
        "a/",
        ".",
        "a/.",
        "%2E%2E%2F%2E%2E%2Fetc%2Fpasswd",
    ] {
        let refused = json_of(&put(&house, &house.key, "kit", bad, b"x"), 400);
        assert!(refused["path"][0].is_string(), "{bad}: {refused}");
        assert_eq!(detail(&read(&house, &house.key, "kit", bad), 404), "Not found.", "{bad}");
    }
    assert_eq!(detail(&put(&house, &house.key, "kit", "%ff.txt", b"x"), 404), "Not found.");
    assert_eq!(house.events(begin).0.len(), 5);
}

#[test]
fn objects_are_listed_by_pages() {
    let (house, _) = house();
    bucket(&house, &house.key, "Kit", "private");
    for (path, size) in [("b.txt", 1), ("a/c.txt", 3), ("d.txt", 2)] {
        put(&house, &house.key, "kit", path, &vec![b'x'; size]);
    }
    let list =
        |query: &str| json_of(&ask(&house, "GET", &format!("{ROOT}kit/objects/{query}"), &Value::Null), 200);
    let paths = |page: &Value| -> Vec<String> {
        page["results"]
            .as_array()
            .unwrap()
            .iter()
            .map(|object| object["path"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = list("");
    assert_eq!((&all["count"], &all["next"], &all["previous"]), (&json!(3), &Value::Null, &Value::Null));
    assert_eq!(paths(&list("?ordering=-size")), ["a/c.txt", "d.txt", "b.txt"]);
    assert_eq!(paths(&list("?search=c.t")), ["a/c.txt"]);
    let first = list("?ordering=size&page_size=2");
    assert_eq!(paths(&first), ["b.txt", "d.txt"]);
    let next = first["next"].as_str().unwrap();
    assert_eq!(
        next,
        format!("http://{}{ROOT}kit/objects/?ordering=size&page_size=2&page=2", house.server.address())
    );
    assert_eq!(paths(&list("?ordering=size&page_size=2&page=last")), ["a/c.txt"]);
    for page in ["3", "0", "9999999999999999999", "18446744073709551615", "x"] {
        let answer = ask(&house, "GET", &format!("{ROOT}kit/objects/?page_size=2&page={page}"), &Value::Null);
        assert_eq!(detail(&answer, 404), "Invalid page.", "{page}");
    }
    let without = ask(&house, "GET", &format!("{ROOT}kit/objects"), &Value::Null);
    assert_eq!(json_of(&without, 200), all);
}

#[test]
fn metadata_is_kept_to_the_letter_and_wrong_metadata_is_refused() {
    let (house, _) = house();
    bucket(&house, &house.key, "Kit", "private");
    put(&house, &house.key, "kit", "a.txt", b"x");
    let (_, begin) = house.events(0);
    let path = format!("{ROOT}kit/objects/a.txt");
    let body = br#"{"metadata": {"n": 1836486125467611137, "e": 1e400, "d": 1.0}}"#;
    let answer = ask_as(&house, &house.key, "PATCH", &path, body, "application/json");
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(answer.text().contains(r#""metadata":{"n": 1836486125467611137, "e": 1e400, "d": 1.0}"#));
    for wrong in [json!([1]), json!("x"), Value::Null, json!({ "x": "x".repeat(9000) })] {
        let refused = json_of(&ask(&house, "PATCH", &path, &json!({ "metadata": wrong })), 400);
        assert!(refused["metadata"][0].is_string(), "{refused}");
    }
    let refused = json_of(&ask(&house, "PATCH", &path, &json!({ "visibility": "x", "metadata": {} })), 400);
    assert_eq!(refused, json!({ "visibility": ["\"x\" is not a valid choice."] }));
    assert_eq!(house.events(begin).0, ["object_updated"]);
}

#[test]
fn methods_that_objects_do_not_have_are_refused() {
    let (house, _) = house();
    bucket(&house, &house.key, "Kit", "private");
    let answer = send(&house, &house.key, "OPTIONS", &format!("{ROOT}kit/objects/a.txt"), &Value::Null);
    assert_eq!(detail(&answer, 405), "Method \"OPTIONS\" not allowed.");
    assert_eq!(answer.header("allow"), "GET, HEAD, PUT, POST, PATCH, DELETE");
    let answer = ask(&house, "POST", &format!("{ROOT}kit/objects/"), &json!({}));
    assert_eq!(
        (detail(&answer, 405).as_str(), answer.header("allow")),
        ("Method \"POST\" not allowed.", "GET, HEAD")
    );
}
