//! `pail webhook …`, and what it shows and does not show.

use crate::receiver::Receiver;
use acceptance::{Home, Server, wait_until};

#[test]
fn a_webhook_is_made_listed_changed_and_deleted() {
    let home = Home::new();
    home.bucket("Kit");
    let url = "https://example.com/hook";
    let ran =
        home.run(["webhook", "create", "kit", url, "--event", "data.changed", "--event", "object.created"]);
    let (secret, aside) = (ran.out(), ran.err.clone());
    assert!(secret.trim_end().starts_with("whsec_") && secret.lines().count() == 1, "{secret}");
    assert!(aside.contains("shown this once"), "{aside}");
    let listed = home.json(["webhook", "list", "kit"]);
    let id = listed[0]["id"].as_str().unwrap();
    assert!(aside.contains(id));
    assert_eq!(listed[0]["events"], serde_json::json!(["object.created", "data.changed"]));
    assert!(!listed.to_string().contains("secret") && !listed.to_string().contains("whsec_"));
    let shown = home.run(["webhook", "list", "kit"]).done();
    assert!(shown.contains(url) && shown.contains("object.created, data.changed"), "{shown}");
    let changed =
        home.json(["webhook", "update", id, "--all-events", "--disable", "--url", "https://example.org"]);
    assert_eq!(
        (&changed["events"], &changed["enabled"], &changed["url"]),
        (&serde_json::json!([]), &false.into(), &"https://example.org/".into())
    );
    assert!(home.run(["webhook", "update", id, "--enable"]).done().contains("on"));
    assert_eq!(home.run(["webhook", "update", id]).code, Some(2), "nothing to change");
    home.run(["webhook", "delete", id]).done();
    assert_eq!(home.json(["webhook", "list", "kit"]), serde_json::json!([]));
    assert_eq!(home.error(["webhook", "log", id])["code"], "webhook_not_found");
}

#[test]
fn what_cannot_be_called_is_refused_in_words() {
    let home = Home::new();
    home.bucket("Kit");
    for url in
        ["http://127.0.0.1/", "http://192.168.0.10/x", "ftp://example.com/", "https://me:geheim@example.com/"]
    {
        let told = home.error(["webhook", "create", "kit", url]);
        assert_eq!(told["code"], "invalid_address", "{url}");
        assert!(!told.to_string().contains("geheim"), "a password is not repeated");
    }
    assert_eq!(home.run(["webhook", "create", "kit", "https://example.com", "--event", "all"]).code, Some(2));
    assert_eq!(home.error(["webhook", "create", "none", "https://example.com"])["code"], "bucket_not_found");
    assert_eq!(home.error(["webhook", "resend", "m0"])["code"], "webhook_not_found");
}

#[test]
fn the_log_tells_what_was_answered_and_a_message_is_sent_again() {
    let receiver = Receiver::new();
    let home = Home::new();
    home.bucket("Kit");
    home.run(["workspace", "update", "--webhook-host", "127.0.0.1"]).done();
    let made = home.json(["webhook", "create", "kit", &receiver.url()]);
    let (hook, secret) = (made["webhook"]["id"].as_str().unwrap(), made["secret"].as_str().unwrap());
    let _server = Server::on(&home);
    home.feed(["data", "merge", "kit", "-"], br#"{"a": 1}"#).done();
    let message = receiver.next();
    assert!(message.is_signed_with(secret));
    assert_eq!(message.json()["type"], "data.changed");
    let log = || home.json(["webhook", "log", hook]);
    wait_until("it is in the log", || log()[0]["state"] == "delivered");
    let shown = home.run(["webhook", "log", hook]).done();
    assert!(
        shown.contains("data.changed") && shown.contains("delivered") && shown.contains("204"),
        "{shown}"
    );
    assert!(!log().to_string().contains("whsec_"));
    home.run(["webhook", "resend", message.id()]).done();
    assert_eq!(receiver.next().id(), message.id());
}
