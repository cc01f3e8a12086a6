//! Who asks, and through which face.

use crate::model::{Bucket, Group, Key, Privilege, Role, User};
use crate::rules::policy::Asker;
use crate::{Code, Error, Result};
use std::sync::Arc;

/// A way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// The person at the window, who is the workspace's admin.
    Window,
    /// The person at a terminal.
    Cli,
    /// A program that speaks HTTP.
    Http,
    /// The holder of a link.
    Link,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    face: Face,
    name: String,
    who: Who,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Who {
    /// Whoever sits at the machine: the home's files are theirs, so nothing is kept from them.
    Person,
    /// A user by API key.
    User(Arc<Identity>),
    /// Somebody who has shown no key.
    Nobody,
}

/// A user with the key that they have shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Whose key it is.
    pub user: User,
    /// The key.
    pub key: Key,
}

impl Caller {
    /// The person at the window.
    pub fn window() -> Self {
        Self { face: Face::Window, name: person(), who: Who::Person }
    }

    /// The person at a terminal.
    pub fn cli() -> Self {
        Self { face: Face::Cli, name: person(), who: Who::Person }
    }

    /// Whoever holds a link.
    pub fn link() -> Self {
        Self { face: Face::Link, name: String::new(), who: Who::Nobody }
    }

    /// Somebody who has shown no key.
    pub fn nobody() -> Self {
        Self { face: Face::Http, name: "anonymous".to_owned(), who: Who::Nobody }
    }

    /// The user whose key was shown; [`Engine::authenticate`](crate::Engine::authenticate) finds out who that is.
    pub(crate) fn user(identity: Identity) -> Self {
        let name = identity.user.name.clone();
        Self { face: Face::Http, name, who: Who::User(Arc::new(identity)) }
    }

    /// The same face under another name; for tests and scripts that act for somebody.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The way the caller came in.
    pub fn face(&self) -> Face {
        self.face
    }

    /// The caller's name as it is recorded with what they do.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The user with their key, if one was shown.
    pub fn identity(&self) -> Option<&Identity> {
        match &self.who {
            Who::User(identity) => Some(identity),
            Who::Person | Who::Nobody => None,
        }
    }

    /// Whether the caller is known.
    pub fn is_signed_in(&self) -> bool {
        self.who != Who::Nobody
    }

    /// Whether policies do not bind the caller: the person at the machine, and an admin with a key that says so.
    pub fn is_admin(&self) -> bool {
        match &self.who {
            Who::Person => true,
            Who::User(identity) => {
                identity.user.role == Role::Admin && identity.key.privileges.contains(&Privilege::Admin)
            }
            Who::Nobody => false,
        }
    }

    /// Refuses a caller whose key lacks a privilege (A8). Who has shown none is refused as well.
    ///
    /// # Errors
    /// `sign_in_needed`, `forbidden`.
    pub fn need(&self, privilege: Privilege) -> Result<()> {
        let Who::User(identity) = &self.who else {
            return self.need_sign_in();
        };
        if self.is_admin() || identity.key.privileges.contains(&privilege) {
            return Ok(());
        }
        let message = format!(
            "The key “{}” may not do this: it lacks the privilege {}. Use a key that has it.",
            identity.key.name,
            privilege.as_str()
        );
        Err(Error::new(Code::Forbidden, message).with("privilege", privilege.as_str()))
    }

    /// Refuses a key that may not change what is in buckets.
    pub(crate) fn need_to_edit(&self) -> Result<()> {
        self.need(Privilege::EditBuckets)
    }

    /// Refuses everybody who does not sit at this machine: for what names paths on it.
    ///
    /// # Errors
    /// `forbidden`.
    pub fn need_person(&self) -> Result<()> {
        if self.who == Who::Person {
            return Ok(());
        }
        Err(Error::new(
            Code::Forbidden,
            "This works on files of this machine, at its window or terminal only.",
        ))
    }

    /// Refuses everybody but admins.
    ///
    /// # Errors
    /// `sign_in_needed`, `forbidden`.
    pub fn need_admin(&self) -> Result<()> {
        self.need_sign_in()?;
        if self.is_admin() {
            return Ok(());
        }
        Err(Error::new(Code::Forbidden, "Only an admin may do this. Use a key with the privilege admin.")
            .with("privilege", Privilege::Admin.as_str()))
    }

    /// Refuses whoever has shown no key.
    ///
    /// # Errors
    /// `sign_in_needed`.
    pub fn need_sign_in(&self) -> Result<()> {
        if self.is_signed_in() { Ok(()) } else { Err(sign_in()) }
    }

    /// The caller as a policy sees them.
    pub(crate) fn asker(&self) -> Asker<'_> {
        match &self.who {
            Who::Person => {
                Asker { user: Some(&self.name), user_id: "", admin: true, role: "admin", groups: &[] }
            }
            Who::User(identity) => Asker {
                user: Some(&self.name),
                user_id: &identity.user.id,
                admin: self.is_admin(),
                role: identity.user.role.as_str(),
                groups: &identity.user.groups,
            },
            Who::Nobody => Asker { user: None, user_id: "", admin: false, role: "", groups: NOWHERE },
        }
    }

    /// Refuses a bucket that is switched off: it refuses every face but the window (DESIGN section 3).
    pub(crate) fn may_enter(&self, bucket: &Bucket) -> Result<()> {
        if bucket.enabled || self.face == Face::Window {
            return Ok(());
        }
        let message =
            format!("“{}” is switched off. Switch it on in its Settings to use it from here.", bucket.title);
        Err(Error::new(Code::BucketDisabled, message).with("bucket", &bucket.id))
    }
}

const NOWHERE: &[Group] = &[];

/// The refusal of whoever has shown no key.
pub(crate) fn sign_in() -> Error {
    Error::new(Code::SignInNeeded, "This needs an API key. Send one in the header X-API-Key.")
}

/// The name of the system's user.
fn person() -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .iter()
        .find_map(|key| std::env::var(key).ok().filter(|name| !name.trim().is_empty()))
        .unwrap_or_else(|| "You".to_owned())
}
