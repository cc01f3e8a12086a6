//! The native API (C), links that are signed, the command list, events, the page and the description.

mod bad_input;
mod blobs;
mod buckets;
mod commands;
mod data;
mod described;
mod events;
mod keys;
mod printed;
mod signed;
mod uploads;

use acceptance::{Answer, Home, Server};
use engine::model::{EventKind, Privilege, Role};
use engine::{Caller, Engine, NewKey};
use serde_json::Value;

/// Where the API begins.
const ROOT: &str = "/api/buckets/v1";

/// A home with a server on it, an admin's key, and keys of two members who may make and edit.
struct Api {
    _home: Home,
    engine: Engine,
    server: Server,
    admin: String,
    mara: String,
    nils: String,
}

impl Api {
    fn new() -> Self {
        Self::with(&[])
    }

    /// With further arguments to `pail serve`.
    fn with(arguments: &[&str]) -> Self {
        let home = Home::new();
        let engine = Engine::open(home.path()).unwrap();
        let admin = key(&engine, None, &[Privilege::Admin]);
        for name in ["mara", "nils"] {
            engine.user_create(&Caller::cli(), &format!("{name}.member"), Role::Member, Vec::new()).unwrap();
        }
        let edit = [Privilege::CreateBuckets, Privilege::EditBuckets, Privilege::DeleteBuckets];
        let mara = key(&engine, Some("mara.member"), &edit);
        let nils = key(&engine, Some("nils.member"), &edit);
        let server = Server::with(&home, arguments);
        Self { _home: home, engine, server, admin, mara, nils }
    }

    /// Sends a request: a key, or none where it is empty, further header lines, a body.
    fn send(&self, key: &str, method: &str, path: &str, headers: &[&str], body: &[u8]) -> Answer {
        let host = format!("Host: {}", self.server.address());
        let key = format!("X-API-Key: {key}");
        let mut lines = vec![host.as_str()];
        lines.extend(Some(key.as_str()).filter(|key| !key.ends_with(": ")));
        lines.extend(headers);
        acceptance::send(self.server.address(), method, path, &lines, body)
    }

    /// Asks as the admin, with a JSON body, which may be empty.
    fn ask(&self, method: &str, path: &str, body: &str) -> Answer {
        self.send(&self.admin, method, &format!("{ROOT}{path}"), &[], body.as_bytes())
    }

    /// Makes a bucket as the admin.
    fn bucket(&self, key: &str, policy: &str) {
        let body = format!(r#"{{"key": "{key}", "accessPolicy": "{policy}"}}"#);
        let made = self.ask("POST", "/buckets", &body);
        assert_eq!(made.status, 201, "{}", made.text());
    }

    /// Brings a blob in as the admin; what is answered.
    fn upload(&self, bucket: &str, name: &str, content: &str) -> Value {
        json(&self.ask("POST", &format!("/buckets/{bucket}/blobs?filename={name}"), content), 201)
    }

    /// What happened during `act`.
    fn events(&self, act: impl FnOnce()) -> Vec<EventKind> {
        let before = self.engine.newest_event().unwrap();
        act();
        self.engine.events(before, None, 1000).unwrap().into_iter().map(|event| event.kind).collect()
    }
}

fn key(engine: &Engine, user: Option<&str>, privileges: &[Privilege]) -> String {
    let new = NewKey {
        name: user.unwrap_or("all").to_owned(),
        user: user.map(str::to_owned),
        privileges: privileges.to_vec(),
        ..NewKey::default()
    };
    engine.key_create(&Caller::cli(), new).unwrap().1
}

/// The JSON of an answer that has to have that status.
fn json(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/json");
    serde_json::from_slice(&answer.body).unwrap()
}

/// The code of an error, whose shape is checked.
fn code(answer: &Answer, status: u16) -> String {
    let error = json(answer, status);
    assert_eq!(error.as_object().unwrap().len(), 3, "{error}");
    assert!(error["details"].is_object() && !error["message"].as_str().unwrap().is_empty(), "{error}");
    error["code"].as_str().unwrap().to_owned()
}
