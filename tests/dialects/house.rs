//! A home with a server on it, and keys to ask with.

use acceptance::{Answer, Home, Server, send};
use engine::model::{Privilege, Role};
use engine::{Caller, Engine, NewKey};

pub const ALL: &[Privilege] =
    &[Privilege::CreateBuckets, Privilege::EditBuckets, Privilege::DeleteBuckets, Privilege::Admin];

pub struct House {
    pub engine: Engine,
    pub server: Server,
    /// A key of the owner's with every privilege.
    pub key: String,
    pub home: Home,
}

impl House {
    pub fn new() -> Self {
        Self::with(&[])
    }

    /// With further arguments to `pail serve`.
    pub fn with(arguments: &[&str]) -> Self {
        let home = Home::new();
        let engine = Engine::open(home.path()).unwrap();
        let server = Server::with(&home, arguments);
        let (_, key) = engine
            .key_create(
                &Caller::cli(),
                NewKey { name: "all".into(), privileges: ALL.to_vec(), ..NewKey::default() },
            )
            .unwrap();
        Self { engine, server, key, home }
    }

    /// A key of a member's, who is made if there is none of that name.
    pub fn member(&self, user: &str, privileges: &[Privilege]) -> String {
        // There already, if it is asked for twice.
        let _ = self.engine.user_create(&Caller::cli(), user, Role::Member, Vec::new());
        let new = NewKey {
            name: format!("of {user}"),
            user: Some(user.into()),
            privileges: privileges.to_vec(),
            ..NewKey::default()
        };
        self.engine.key_create(&Caller::cli(), new).unwrap().1
    }

    /// Asks with the key of all privileges.
    pub fn ask(&self, method: &str, path: &str, kind: &str, body: &[u8]) -> Answer {
        self.ask_as(&self.key, method, path, kind, body)
    }

    /// Asks with a key; an empty one is none.
    pub fn ask_as(&self, key: &str, method: &str, path: &str, kind: &str, body: &[u8]) -> Answer {
        let host = format!("Host: {}", self.server.address());
        let (key, kind) = (format!("X-API-Key: {key}"), format!("Content-Type: {kind}"));
        let mut headers = vec![host.as_str()];
        if key != "X-API-Key: " {
            headers.push(&key);
        }
        if kind != "Content-Type: " {
            headers.push(&kind);
        }
        self.raw(method, path, &headers, body)
    }

    /// Asks with just these header lines.
    pub fn raw(&self, method: &str, path: &str, headers: &[&str], body: &[u8]) -> Answer {
        send(self.server.address(), method, path, headers, body)
    }

    /// The kinds of the events after `after`, oldest first, and the last id.
    pub fn events(&self, after: u64) -> (Vec<&'static str>, u64) {
        let events = self.engine.events(after, None, 1000).unwrap();
        let last = events.last().map_or(after, |event| event.id);
        (events.iter().map(|event| event.kind.as_str()).collect(), last)
    }
}
