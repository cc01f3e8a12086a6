//! Users and the workspace's settings.

use acceptance::Home;
use serde_json::json;

#[test]
fn the_person_who_made_the_home_owns_it() {
    let home = Home::new();
    let users = home.json(["user", "list"]);
    assert_eq!((&users[0]["name"], &users[0]["role"]), (&json!("mara"), &json!("admin")));
    assert_eq!(users[0]["owner"], true);
    let table = home.run(["user", "list"]).done();
    assert!(table.lines().nth(1).unwrap().contains("  owner "), "{table}");
}

#[test]
fn a_user_has_a_role_and_groups() {
    let home = Home::new();
    let user = home.json(["user", "create", "Ada L", "--group", "team:eng", "--group", "team:art"]);
    assert_eq!((&user["role"], &user["groups"]), (&json!("member"), &json!(["team:art", "team:eng"])));
    let user = home.json(["user", "update", "Ada L", "--role", "admin"]);
    assert_eq!((&user["role"], &user["groups"]), (&json!("admin"), &json!(["team:art", "team:eng"])));
    let user = home.json(["user", "update", "Ada L", "--group", "shift:night"]);
    assert_eq!((&user["role"], &user["groups"]), (&json!("admin"), &json!(["shift:night"])));
    let told = home.run(["user", "update", "Ada L", "--no-groups"]).done();
    assert!(told.starts_with("“Ada L” is changed: admin (u"), "{told}");
}

#[test]
fn removing_a_user_ends_their_keys_and_never_frees_their_name() {
    let home = Home::new();
    home.run(["user", "create", "ada"]).done();
    home.run(["key", "create", "ci", "--user", "ada"]).done();
    assert_eq!(home.run(["user", "remove", "ada"]).done(), "“ada” is removed\n");
    assert!(home.json(["key", "list"])[0]["revoked"].is_i64());
    assert_eq!(home.json(["user", "list"]).as_array().unwrap().len(), 1);
    assert_eq!(home.error(["user", "create", "ada"])["code"], "name_taken");
}

#[test]
fn users_that_cannot_be_are_refused_in_words() {
    let home = Home::new();
    for (arguments, code) in [
        (&["user", "create", "a/b"][..], "invalid_name"),
        (&["user", "create", "x", "--group", "eng"], "invalid_name"),
        (&["user", "create", "mara"], "name_taken"),
        (&["user", "update", "mara", "--role", "member"], "forbidden"),
        (&["user", "remove", "mara"], "forbidden"),
        (&["user", "remove", "nobody"], "user_not_found"),
    ] {
        assert_eq!(home.error(arguments)["code"], code, "{arguments:?}");
    }
    for arguments in [
        &["user", "create", "x", "--role", "king"][..],
        &["user", "update", "mara"],
        &["user", "update", "mara", "--no-groups", "--group", "team:eng"],
    ] {
        assert_eq!(home.run(arguments).code, Some(2), "{arguments:?}");
    }
    assert_eq!(home.json(["user", "list"]).as_array().unwrap().len(), 1);
}

#[test]
fn the_workspace_is_shown_and_changed() {
    let home = Home::new();
    let before = home.json(["workspace", "show"]);
    assert_eq!((&before["slug"], &before["apiDeletion"]), (&json!("pail"), &json!(true)));
    let changed = home.json([
        "workspace",
        "update",
        "--slug",
        "my-app",
        "--title",
        "My app",
        "--api-deletion",
        "false",
        "--webhook-host",
        "build.lan",
        "--webhook-host",
        "10.0.0.7",
    ]);
    assert_eq!((&changed["slug"], &changed["title"]), (&json!("my-app"), &json!("My app")));
    assert_eq!(changed["apiDeletion"], false);
    assert_eq!(changed["webhookHosts"], json!(["build.lan", "10.0.0.7"]));
    assert_eq!((&changed["id"], &changed["limits"]), (&before["id"], &before["limits"]));
    let told = home.run(["workspace", "update", "--no-webhook-hosts"]).done();
    assert!(told.starts_with("My app\n") && told.contains("not allowed") && !told.contains("lan"), "{told}");
    assert_eq!(home.json(["workspace", "show"])["webhookHosts"], json!([]));
}

#[test]
fn settings_that_cannot_be_leave_the_workspace_as_it_was() {
    let home = Home::new();
    let before = home.json(["workspace", "show"])["slug"].clone();
    assert_eq!(home.error(["workspace", "update", "--slug", "My App"])["code"], "invalid_slug");
    assert_eq!(home.error(["workspace", "update", "--title", "", "--slug", "x"])["code"], "invalid_title");
    assert_eq!(home.run(["workspace", "update"]).code, Some(2));
    assert_eq!(home.run(["workspace", "update", "--api-deletion", "maybe"]).code, Some(2));
    assert_eq!(home.json(["workspace", "show"])["slug"], before);
}
