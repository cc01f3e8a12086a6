//! Files: many in one form, all or none.

use super::{bucket, done, refused, words};
use crate::form::Form;
use crate::house::House;
use acceptance::Answer;
use serde_json::{Value, json};

fn upload(house: &House, form: Form) -> Answer {
    let (body, kind) = form.close();
    house.ask("POST", "/api/app/upload_bucket_files/v1", &kind, &body)
}

fn names(envelope: &Value) -> Vec<&str> {
    envelope["files"].as_array().unwrap().iter().map(|file| file["filename"].as_str().unwrap()).collect()
}

#[test]
fn files_of_one_form_all_arrive_two_of_one_field_name_too() {
    let house = House::new();
    bucket(&house, "b1");
    let (_, begin) = house.events(0);
    let form = Form::default()
        .text("id", "b1")
        .file("file", "Résumé (Final).PDF", b"%PDF-1.4")
        .file("file", "b.txt", b"bee")
        .file("file2", "empty.txt", b"");
    let answer = upload(&house, form);
    assert_eq!(answer.status, 200, "{}", answer.text());
    let envelope = answer.json();
    assert_eq!(names(&envelope), ["b.txt", "empty.txt", "Résumé (Final).PDF"]);
    let file = &envelope["files"][0];
    assert_eq!(
        (file["size"].as_u64(), file["date"].as_i64().map(|date| date > 1_700_000_000)),
        (Some(3), Some(true))
    );
    let path = file["path"].as_str().unwrap();
    assert!(path.starts_with("files/bucket/b1/") && path.ends_with("/b.txt"));
    let got = house.server.get(&format!("/{path}"));
    assert_eq!((got.status, got.body.as_slice()), (200, b"bee".as_slice()));
    assert_eq!(house.events(begin).0, ["object_created"; 3]);
}

#[test]
fn a_file_of_the_same_normalised_name_replaces_and_keeps_id_and_path() {
    let house = House::new();
    bucket(&house, "b1");
    let first = upload(&house, Form::default().text("bucket", "b1").file("f", "My File.txt", b"one")).json();
    let second = upload(&house, Form::default().text("id", "b1").file("f", "my_file.TXT", b"two two")).json();
    assert_eq!(second["files"].as_array().unwrap().len(), 1);
    for same in ["id", "path"] {
        assert_eq!(first["files"][0][same], second["files"][0][same]);
    }
    assert_eq!(second["files"][0]["size"], 7);
}

#[test]
fn the_bucket_may_be_named_in_the_query_or_after_the_files() {
    let house = House::new();
    bucket(&house, "b1");
    let (body, kind) = Form::default().file("f", "a.txt", b"a").close();
    let answer = house.ask("POST", "/api/app/upload_bucket_files/v1?id=b1", &kind, &body);
    assert_eq!(answer.status, 200, "{}", answer.text());
    let answer = upload(&house, Form::default().file("f", "b.txt", b"b").text("id", "b1"));
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(names(&answer.json()), ["a.txt", "b.txt"]);
    let (status, code, text) = words(&upload(&house, Form::default().file("f", "c.txt", b"c")));
    assert_eq!((status, code.as_str(), text.as_str()), (400, "api", "Missing parameter: id"));
}

#[test]
fn a_batch_over_a_limit_leaves_nothing_behind() {
    let house = House::new();
    bucket(&house, "b1");
    house.home.run(["bucket", "update", "b1", "--max-files", "2", "--max-file-size", "10"]).done();
    let contents = house.home.contents().len();
    let (_, begin) = house.events(0);
    let three =
        Form::default().text("id", "b1").file("a", "a", b"1").file("b", "b", b"2").file("c", "c", b"3");
    assert_eq!(
        words(&upload(&house, three)),
        (
            500,
            "bucket".into(),
            "Failed to process uploaded files: Error: The bucket has reached its maximum number of allowed files."
                .into()
        )
    );
    let large = Form::default().text("id", "b1").file("a", "a", b"1").file("b", "b", b"12345678901");
    assert_eq!(
        words(&upload(&house, large)),
        (
            500,
            "bucket".into(),
            "One or more of the files exceed the maximum allowed bucket file size.".into()
        )
    );
    assert_eq!(done(&house, "get_bucket", &json!({ "id": "b1" }))["files"], json!([]));
    assert_eq!(house.home.contents().len(), contents);
    assert!(house.events(begin).0.is_empty());
}

#[test]
fn types_are_held_to() {
    let house = House::new();
    bucket(&house, "b1");
    house.home.run(["bucket", "update", "b1", "--types", "image/*"]).done();
    let page = Form::default().text("id", "b1").file("f", "picture.png", b"<html><script>1</script></html>");
    let (status, code, _) = words(&upload(&house, page));
    assert_eq!((status, code.as_str()), (500, "bucket"));
    assert_eq!(done(&house, "get_bucket", &json!({ "id": "b1" }))["files"], json!([]));
}

#[test]
fn a_callers_own_list_of_files_is_ignored() {
    let house = House::new();
    bucket(&house, "b1");
    bucket(&house, "b2");
    upload(&house, Form::default().text("id", "b2").file("f", "keep.txt", b"keep"));
    let theirs = done(&house, "get_bucket", &json!({ "id": "b2" }))["files"].clone();
    done(&house, "update_bucket", &json!({ "id": "b1", "files": theirs }));
    assert_eq!(done(&house, "get_bucket", &json!({ "id": "b1" }))["files"], json!([]));
    let (status, ..) = refused(&house, "delete_bucket_file", &json!({ "id": "b1", "filename": "keep.txt" }));
    assert_eq!(status, 500);
    assert_eq!(done(&house, "get_bucket", &json!({ "id": "b2" }))["files"], theirs);
}

#[test]
fn a_file_is_deleted_by_criteria_that_all_hold_and_its_link_with_it() {
    let house = House::new();
    bucket(&house, "b1");
    let files =
        upload(&house, Form::default().text("id", "b1").file("f", "a.txt", b"a").file("g", "b.txt", b"bb"));
    let path = files.json()["files"][0]["path"].as_str().unwrap().to_owned();
    assert_eq!(
        refused(&house, "delete_bucket_file", &json!({ "id": "b1" })),
        (500, "bucket".into(), "No criteria specified to locate file.".into())
    );
    assert_eq!(
        refused(&house, "delete_bucket_file", &json!({ "id": "b1", "filename": "a.txt", "size": 2 })),
        (
            500,
            "bucket".into(),
            r#"Failed to delete bucket file: Bucket file not found: {"filename":"a.txt","size":2}"#.into()
        )
    );
    done(&house, "delete_bucket_file", &json!({ "id": "b1", "filename": "a.txt", "size": 1 }));
    assert_eq!(names(&done(&house, "get_bucket", &json!({ "id": "b1" }))), ["b.txt"]);
    assert_eq!(house.server.get(&format!("/{path}")).status, 404);
    let again = upload(&house, Form::default().text("id", "b1").file("f", "a.txt", b"a"));
    assert_ne!(again.json()["files"][0]["path"], path.as_str());
}

#[test]
fn a_bucket_is_emptied_of_files_of_data_or_of_both() {
    let house = House::new();
    bucket(&house, "b1");
    upload(&house, Form::default().text("id", "b1").file("f", "a.txt", b"a"));
    done(&house, "write_bucket_data", &json!({ "id": "b1", "data": { "a": 1 } }));
    assert_eq!(
        refused(&house, "empty_bucket", &json!({ "id": "b1" })),
        (500, "bucket".into(), "Please specify files and/or data to empty from bucket.".into())
    );
    done(&house, "empty_bucket", &json!({ "id": "b1", "files": true }));
    let whole = done(&house, "get_bucket", &json!({ "id": "b1" }));
    assert_eq!((&whole["files"], &whole["data"]), (&json!([]), &json!({ "a": 1 })));
    done(&house, "empty_bucket", &json!({ "id": "b1", "data": true }));
    assert_eq!(done(&house, "get_bucket", &json!({ "id": "b1" }))["data"], json!({}));
}
