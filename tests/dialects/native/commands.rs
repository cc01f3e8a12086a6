//! The command list over HTTP.

use super::{Api, code, json};
use acceptance::Answer;

impl Api {
    fn command(&self, key: &str, name: &str, request: &str) -> Answer {
        self.send(key, "POST", &format!("/api/commands/{name}"), &[], request.as_bytes())
    }
}

#[test]
fn a_command_answers_as_in_the_window() {
    let api = Api::new();
    let bucket = json(&api.command(&api.mara, "bucket_create", r#"{"title": "Kit"}"#), 200);
    assert_eq!((&bucket["slug"], &bucket["createdBy"]), (&"kit".into(), &"mara.member".into()));
    let text = r#"{"bucket": "kit", "text": "{\"n\": 1836486125467611137}"}"#;
    json(&api.command(&api.mara, "data_set", text), 200);
    let data = json(&api.command(&api.nils, "data_show", r#"{"bucket": "kit"}"#), 200);
    assert_eq!(data["text"], r#"{"n": 1836486125467611137}"#);
}

#[test]
fn a_command_is_refused_with_its_own_error() {
    let api = Api::new();
    api.bucket("hidden", "owner");
    for (key, name, request, status, error) in [
        ("", "bucket_list", "{}", 401, "sign_in_needed"),
        ("pail_none", "bucket_list", "{}", 401, "key_refused"),
        (api.admin.as_str(), "bucket_burn", "{}", 404, "unknown_command"),
        (&api.admin, "bucket_show", "{}", 400, "bad_request"),
        (&api.admin, "bucket_show", "{", 400, "bad_request"),
        (&api.admin, "bucket_show", r#"{"bucket": "none"}"#, 404, "bucket_not_found"),
        (&api.mara, "user_list", "{}", 403, "forbidden"),
        (&api.mara, "trash_empty", "{}", 403, "forbidden"),
        (&api.mara, "access_explain", r#"{"bucket": "hidden", "who": "anonymous"}"#, 403, "forbidden"),
    ] {
        assert_eq!(code(&api.command(key, name, request), status), error, "{name} {request}");
    }
}

#[test]
fn what_works_on_files_of_this_machine_is_refused_even_to_an_admins_key() {
    let api = Api::new();
    api.bucket("kit", "authenticated");
    api.upload("kit", "a.txt", "x");
    for (name, request) in [
        ("preflight", r#"{"bucket": "kit", "paths": ["/etc"]}"#),
        ("checkout_start", r#"{"bucket": "kit", "object": {"key": "a.txt"}}"#),
        ("checkout_finish", r#"{"bucket": "kit", "object": {"key": "a.txt"}}"#),
        ("transfer_cancel", r#"{"transfer": "t1"}"#),
    ] {
        assert_eq!(code(&api.command(&api.admin, name, request), 403), "forbidden", "{name}");
    }
    for name in ["checkout_list", "transfer_list"] {
        assert_eq!(json(&api.command(&api.admin, name, "{}"), 200), serde_json::json!([]), "{name}");
    }
    assert_eq!(json(&api.command(&api.admin, "workspace_show", "{}"), 200)["home"], "");
}

#[test]
fn every_command_needs_a_key() {
    let api = Api::new();
    for (name, _) in api::COMMANDS {
        assert_eq!(code(&api.command("", name, "{}"), 401), "sign_in_needed", "{name}");
    }
}
