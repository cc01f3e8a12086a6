//! Webhooks in the engine: who may have them, what becomes of what happens, and how what fails is tried again.
#![allow(clippy::unwrap_used, reason = "this is test code, though not inside a test function")]

mod common;

use common::Home;
use engine::model::{EventKind, Policy, Privilege, Role, WebhookEvent};
use engine::{Access, BucketChanges, Caller, Code, NewKey, WebhookChanges};

const URL: &str = "https://example.com/hook?token=geheim";

/// A user with a key, as a program has it.
fn program(home: &Home, name: &str, privileges: &[Privilege]) -> Caller {
    home.engine.user_create(&home.me, name, Role::Member, Vec::new()).unwrap();
    let new = NewKey {
        name: name.into(),
        user: Some(name.into()),
        privileges: privileges.to_vec(),
        ..NewKey::default()
    };
    let (_, secret) = home.engine.key_create(&home.me, new).unwrap();
    home.engine.authenticate(&secret).unwrap()
}

#[test]
fn the_secret_of_a_webhook_is_shown_once_and_events_tell_no_more_than_its_host() {
    let home = Home::new();
    let bucket = home.bucket("Kit");
    let before = home.newest_event();
    let (made, secret) = home.engine.webhook_create(&home.me, &bucket.slug, URL, Vec::new()).unwrap();
    let (_, other) = home.engine.webhook_create(&home.me, &bucket.slug, URL, Vec::new()).unwrap();
    assert!(secret.starts_with("whsec_") && secret.len() == 6 + 44 && secret != other, "{secret}");
    let listed = home.engine.webhook_list(&home.me, &bucket.id).unwrap();
    assert_eq!(listed[0], made);
    let told = (EventKind::WebhookChanged, "example.com".to_owned());
    assert_eq!(home.events(before), [told.clone(), told]);
}

#[test]
fn a_webhook_is_changed_piece_by_piece_and_taken_away() {
    let home = Home::new();
    let bucket = home.bucket("Kit");
    let events = vec![WebhookEvent::DataChanged, WebhookEvent::ObjectCreated, WebhookEvent::DataChanged];
    let (made, _) = home.engine.webhook_create(&home.me, &bucket.id, URL, events).unwrap();
    assert_eq!(made.events, [WebhookEvent::ObjectCreated, WebhookEvent::DataChanged]);
    let change = |changes| home.engine.webhook_update(&home.me, &made.id, changes).unwrap();
    let off = change(WebhookChanges { enabled: Some(false), ..WebhookChanges::default() });
    assert!(!off.enabled && off.url == URL && off.events == made.events);
    let moved = change(WebhookChanges {
        url: Some("https://example.org".into()),
        events: Some(Vec::new()),
        ..WebhookChanges::default()
    });
    assert_eq!((moved.url.as_str(), moved.events.len(), moved.enabled), ("https://example.org/", 0, false));
    home.engine.webhook_delete(&home.me, &made.id).unwrap();
    assert_eq!(home.engine.webhook_list(&home.me, &bucket.id).unwrap(), []);
    assert_eq!(home.engine.webhook_delete(&home.me, &made.id).unwrap_err().code(), Code::WebhookNotFound);
}

#[test]
fn who_may_not_change_a_bucket_neither_makes_nor_sees_its_webhooks() {
    let home = Home::new();
    let bucket = home.bucket("Kit");
    let (made, _) = home.engine.webhook_create(&home.me, &bucket.id, URL, Vec::new()).unwrap();
    let access = Access { policy: Some(Policy::Private), ..Access::default() };
    let changes = BucketChanges { access, ..BucketChanges::default() };
    home.engine.bucket_update(&home.me, &bucket.id, changes).unwrap();
    let stranger = program(&home, "anna", &[Privilege::EditBuckets]);
    let reader = program(&home, "otto", &[]);
    let open = home.bucket("Open");
    for (caller, bucket, code) in [
        (&stranger, &bucket, Code::Forbidden),
        (&reader, &open, Code::Forbidden),
        (&Caller::nobody(), &open, Code::SignInNeeded),
    ] {
        let engine = &home.engine;
        assert_eq!(engine.webhook_create(caller, &bucket.id, URL, Vec::new()).unwrap_err().code(), code);
        assert_eq!(engine.webhook_list(caller, &bucket.id).unwrap_err().code(), code);
    }
    for (caller, code) in [(&stranger, Code::Forbidden), (&Caller::nobody(), Code::SignInNeeded)] {
        let refused = home.engine.webhook_update(caller, &made.id, WebhookChanges::default()).unwrap_err();
        assert_eq!(refused.code(), code);
        assert_eq!(home.engine.webhook_delete(caller, &made.id).unwrap_err().code(), code);
        assert_eq!(home.engine.delivery_list(caller, &made.id, None, 10).unwrap_err().code(), code);
    }
    home.engine.webhook_create(&stranger, &open.id, URL, Vec::new()).unwrap();
    assert_eq!(home.engine.webhook_list(&stranger, &open.id).unwrap().len(), 1);
}

#[test]
fn an_address_in_this_network_needs_the_word_of_an_admin() {
    let home = Home::new();
    let bucket = home.bucket("Kit");
    let make = |url: &str| home.engine.webhook_create(&home.me, &bucket.id, url, Vec::new());
    for url in
        ["http://127.0.0.1:1/", "http://[::ffff:10.0.0.1]/", "http://169.254.169.254/latest", "mailto:a@b.c"]
    {
        assert_eq!(make(url).unwrap_err().code(), Code::InvalidAddress, "{url}");
    }
    let hosts = Some(vec!["127.0.0.1".to_owned()]);
    let changes = engine::WorkspaceChanges { webhook_hosts: hosts, ..engine::WorkspaceChanges::default() };
    home.engine.workspace_update(&home.me, changes).unwrap();
    let (made, _) = make("http://127.0.0.1:1/").unwrap();
    assert!(make("http://127.0.0.2:1/").is_err());
    let elsewhere = WebhookChanges { url: Some("http://10.0.0.1/".into()), ..WebhookChanges::default() };
    let refused = home.engine.webhook_update(&home.me, &made.id, elsewhere).unwrap_err();
    assert_eq!(refused.code(), Code::InvalidAddress);
    assert_eq!(home.engine.webhook_list(&home.me, &bucket.id).unwrap(), [made]);
}

#[test]
fn a_bucket_has_no_more_than_twenty_webhooks() {
    let home = Home::new();
    let bucket = home.bucket("Kit");
    let make = || home.engine.webhook_create(&home.me, &bucket.id, URL, Vec::new());
    for _ in 0..20 {
        make().unwrap();
    }
    assert_eq!(make().unwrap_err().code(), Code::InvalidLimit);
}
