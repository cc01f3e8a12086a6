//! Webhooks in the engine: who may have them, what becomes of what happens, and how what fails is tried again.
#![allow(clippy::unwrap_used, reason = "this is test code, though not inside a test function")]

mod common;

use common::{Home, id, key};
use engine::clock::Clock as _;
use engine::model::{EventKind, Policy, Privilege, Role, WebhookEvent};
use engine::{Access, Answer, BucketChanges, Caller, Code, Engine, NewKey, WebhookChanges};

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

/// A bucket with a webhook that wants everything, and the right to deliver.
struct Told {
    home: Home,
    bucket: engine::model::Bucket,
    hook: String,
    duty: engine::Duty,
}

impl Told {
    fn new() -> Self {
        let home = Home::new();
        let bucket = home.bucket("Kit");
        let (hook, _) = home.engine.webhook_create(&home.me, &bucket.id, URL, Vec::new()).unwrap();
        let duty = home.engine.webhook_duty().unwrap().unwrap();
        Self { home, bucket, hook: hook.id, duty }
    }

    /// What is due now, spread first: type and subject of the first message.
    fn turn(&self) -> Option<(String, String)> {
        while self.duty.spread().unwrap() {}
        let turns = self.duty.turns().unwrap();
        assert!(turns.len() <= 1, "one message at a time");
        turns.into_iter().next().map(|attempt| (attempt.id, attempt.body))
    }

    fn answer(&self, status: u16) -> String {
        let (id, body) = self.turn().unwrap();
        self.duty.note(&id, Answer::Status(status, String::new())).unwrap();
        body
    }

    /// Delivers all that is due; the messages.
    fn deliver(&self) -> Vec<serde_json::Value> {
        let mut bodies = Vec::new();
        while self.turn().is_some() {
            bodies.push(serde_json::from_str(&self.answer(200)).unwrap());
        }
        bodies
    }

    fn hook(&self) -> engine::model::Webhook {
        let all = self.home.engine.webhook_list(&self.home.me, &self.bucket.id).unwrap();
        all.into_iter().find(|hook| hook.id == self.hook).unwrap()
    }

    fn log(&self) -> Vec<engine::model::Delivery> {
        self.home.engine.delivery_list(&self.home.me, &self.hook, None, 1000).unwrap()
    }
}

/// Type and key of each message.
fn told(bodies: &[serde_json::Value]) -> Vec<(&str, &str)> {
    bodies
        .iter()
        .map(|body| {
            (body["type"].as_str().unwrap(), body["data"]["object"]["key"].as_str().unwrap_or_default())
        })
        .collect()
}

#[test]
fn everything_of_the_six_kinds_is_told_in_order_and_nothing_else() {
    let told_of = Told::new();
    let (home, bucket) = (&told_of.home, &told_of.bucket);
    let other = home.bucket("Other");
    home.put(&other, "elsewhere.txt", b"x");
    let object = home.put(bucket, "a.txt", b"one");
    home.put(bucket, "a.txt", b"three");
    home.engine.object_rename(&home.me, &bucket.id, &key("a.txt"), "b.txt").unwrap();
    home.engine.data_merge(&home.me, &bucket.id, r#"{"a": 1}"#).unwrap();
    home.engine.object_delete(&home.me, &bucket.id, &[key("b.txt")], &[]).unwrap();
    home.engine.object_restore(&home.me, &bucket.id, &[id(&object)]).unwrap();
    home.engine.bucket_delete(&home.me, &bucket.id).unwrap();
    let bodies = told_of.deliver();
    assert_eq!(
        told(&bodies),
        [
            ("object.created", "a.txt"),
            ("object.replaced", "a.txt"),
            ("data.changed", ""),
            ("object.deleted", "b.txt"),
            ("object.created", "b.txt"),
            ("bucket.deleted", "")
        ]
    );
    let first = &bodies[0];
    assert_eq!(first["timestamp"], "2026-09-21T14:13:20Z");
    assert_eq!(first["data"]["bucket"], serde_json::json!({"id": bucket.id, "slug": "kit"}));
    assert_eq!(first["data"]["by"], "Mara");
    assert_eq!(
        (&first["data"]["object"]["id"], &first["data"]["object"]["size"]),
        (&object.id.into(), &3.into())
    );
    assert_eq!(bodies[1]["data"]["object"]["version"], 2);
    assert_eq!(bodies[1]["data"]["object"]["size"], 5);
    assert_eq!(bodies[2]["data"]["revision"], 1);
}

#[test]
fn what_ends_by_itself_is_told_and_so_is_the_end_of_the_bucket() {
    let told_of = Told::new();
    let (home, bucket) = (&told_of.home, &told_of.bucket);
    let access = Access { tier: Some(engine::model::Tier::OneHour), ..Access::default() };
    let changes = BucketChanges { access, ..BucketChanges::default() };
    home.engine.bucket_update(&home.me, &bucket.id, changes).unwrap();
    home.put(bucket, "a.txt", b"one");
    told_of.deliver();
    home.clock.advance(3_600_001);
    let (tell, ended) = std::sync::mpsc::channel();
    let listening = home.engine.subscribe(move |events| {
        if events.iter().any(|event| event.kind == EventKind::ObjectExpired) {
            tell.send(()).unwrap();
        }
    });
    let house = home.engine.keep_house().unwrap();
    ended.recv_timeout(std::time::Duration::from_secs(30)).unwrap();
    drop((house, listening));
    home.engine.bucket_erase(&home.me, &bucket.id).unwrap();
    assert_eq!(told(&told_of.deliver()), [("object.expired", "a.txt"), ("bucket.deleted", "")]);
    assert!(home.engine.has_webhooks().unwrap());
    home.engine.sweep().unwrap();
    assert!(!home.engine.has_webhooks().unwrap(), "it has told of its bucket's end");
}

#[test]
fn a_webhook_hears_of_what_it_asked_for_since_it_was_made() {
    let home = Home::new();
    let bucket = home.bucket("Kit");
    home.put(&bucket, "before.txt", b"x");
    let events = vec![WebhookEvent::ObjectDeleted];
    let (hook, _) = home.engine.webhook_create(&home.me, &bucket.id, URL, events).unwrap();
    let told_of = Told { duty: home.engine.webhook_duty().unwrap().unwrap(), hook: hook.id, bucket, home };
    let (home, bucket) = (&told_of.home, &told_of.bucket);
    home.put(bucket, "after.txt", b"x");
    home.engine.object_delete(&home.me, &bucket.id, &[key("before.txt")], &[]).unwrap();
    assert_eq!(told(&told_of.deliver()), [("object.deleted", "before.txt")]);
}

#[test]
fn more_than_fits_into_one_go_is_told_completely() {
    let told_of = Told::new();
    for number in 0..450 {
        told_of
            .home
            .engine
            .data_merge(&told_of.home.me, &told_of.bucket.id, &format!(r#"{{"n": {number}}}"#))
            .unwrap();
    }
    let revisions: Vec<u64> =
        told_of.deliver().iter().map(|body| body["data"]["revision"].as_u64().unwrap()).collect();
    assert_eq!(revisions, (1..451).collect::<Vec<_>>());
}

#[test]
fn what_fails_is_tried_again_later_and_what_follows_waits_for_it() {
    let told_of = Told::new();
    let home = &told_of.home;
    for name in ["a.txt", "b.txt"] {
        home.put(&told_of.bucket, name, b"x");
    }
    let first = told_of.answer(500);
    assert_eq!(told_of.turn(), None, "it rests");
    assert_eq!(told_of.hook().failing, Some(common::NOW));
    let log = told_of.log();
    assert_eq!((log[1].attempts, log[1].status, log[1].tried), (1, Some(500), Some(common::NOW)));
    home.clock.advance(4_999);
    assert_eq!(told_of.turn(), None);
    home.clock.advance(502);
    assert_eq!(told_of.turn().unwrap().1, first, "in order");
    assert_eq!(told_of.answer(503), first);
    // The first waits for five minutes at least. Then the second has its turn no sooner than that.
    home.clock.advance(299_999);
    assert_eq!(told_of.turn(), None);
    home.clock.advance(30_002);
    assert_eq!(told(&told_of.deliver()), [("object.created", "a.txt"), ("object.created", "b.txt")]);
    let hook = told_of.hook();
    assert_eq!((hook.failing, hook.waiting, hook.enabled), (None, 0, true));
    assert_eq!(told_of.log()[1].attempts, 3);
}

#[test]
fn a_webhook_that_fails_for_three_days_is_switched_off_and_says_why() {
    let told_of = Told::new();
    let home = &told_of.home;
    home.put(&told_of.bucket, "a.txt", b"x");
    let mut attempts = 0;
    let begun = home.clock.now();
    while told_of.hook().enabled {
        if let Some((id, _)) = told_of.turn() {
            told_of.duty.note(&id, Answer::Nothing("The host does not answer.".into())).unwrap();
            attempts += 1;
        }
        home.clock.advance(3_600_000);
        assert!(home.clock.now() - begun < 5 * 24 * 3_600_000, "it goes on for ever");
    }
    assert!((9..=10).contains(&attempts), "{attempts}");
    let hook = told_of.hook();
    let off = hook.off.unwrap();
    assert!(off.contains("3 days") && off.contains("does not answer"), "{off}");
    assert!(home.events(0).iter().any(|(kind, _)| *kind == EventKind::WebhookChanged));
    home.put(&told_of.bucket, "meanwhile.txt", b"x");
    assert_eq!(told_of.turn(), None);
    let on = WebhookChanges { enabled: Some(true), ..WebhookChanges::default() };
    let hook = home.engine.webhook_update(&home.me, &told_of.hook, on).unwrap();
    assert_eq!((hook.off, hook.failing), (None, None));
    home.put(&told_of.bucket, "later.txt", b"x");
    let heard = told_of.deliver();
    assert_eq!(told(&heard).last(), Some(&("object.created", "later.txt")));
    assert!(!told(&heard).contains(&("object.created", "meanwhile.txt")));
}

#[test]
fn a_receiver_that_is_gone_is_asked_no_more() {
    let told_of = Told::new();
    told_of.home.put(&told_of.bucket, "a.txt", b"x");
    told_of.answer(410);
    let hook = told_of.hook();
    assert!(!hook.enabled && hook.off.unwrap().contains("410"));
    assert_eq!(told_of.log()[0].due, None);
}

#[test]
fn a_message_is_sent_again_under_its_id_when_somebody_asks() {
    let told_of = Told::new();
    told_of.home.put(&told_of.bucket, "a.txt", b"x");
    let (sent, body) = told_of.turn().unwrap();
    told_of.answer(204);
    assert_eq!(told_of.turn(), None);
    let log = told_of.log();
    assert_eq!((log[0].delivered, log[0].due), (Some(common::NOW), None));
    let again = told_of.home.engine.delivery_resend(&told_of.home.me, &log[0].id).unwrap();
    assert_eq!((again.due, again.delivered), (Some(common::NOW), None));
    assert_eq!(told_of.turn(), Some((sent, body)));
    told_of.answer(500);
    told_of.home.engine.delivery_resend(&told_of.home.me, &log[0].id).unwrap();
    assert!(told_of.turn().is_some(), "who asks does not wait for the rest");
    let nobody = told_of.home.engine.delivery_resend(&Caller::nobody(), &log[0].id).unwrap_err();
    assert_eq!(nobody.code(), Code::SignInNeeded);
    let none = told_of.home.engine.delivery_resend(&told_of.home.me, "m0").unwrap_err();
    assert_eq!(none.code(), Code::WebhookNotFound);
}

#[test]
fn one_process_of_a_home_delivers_and_another_takes_over() {
    let told_of = Told::new();
    let other = Engine::open_with(told_of.home.engine.home(), told_of.home.clock.clone()).unwrap();
    assert!(other.webhook_duty().unwrap().is_none());
    drop(told_of.duty);
    assert!(other.webhook_duty().unwrap().is_some());
}

#[test]
fn the_log_is_read_page_by_page_and_old_messages_are_forgotten() {
    let told_of = Told::new();
    let (home, hook) = (&told_of.home, &told_of.hook);
    for name in ["a", "b", "c"] {
        home.put(&told_of.bucket, name, b"x");
    }
    told_of.deliver();
    let page = |before: Option<&str>| home.engine.delivery_list(&home.me, hook, before, 2).unwrap();
    let first = page(None);
    let second = page(Some(&first[1].id));
    let keys: Vec<bool> = [&first[0], &first[1], &second[0]]
        .iter()
        .zip(["c", "b", "a"])
        .map(|(d, k)| d.body.contains(&format!(r#""key":"{k}""#)))
        .collect();
    assert_eq!((keys, second.len()), (vec![true; 3], 1));
    home.clock.advance(31 * 24 * 3_600_000);
    home.put(&told_of.bucket, "d", b"x");
    told_of.deliver();
    home.engine.sweep().unwrap();
    assert_eq!(told_of.log().len(), 1);
}
