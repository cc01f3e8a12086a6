//! Access, between the engine's words and the wire's.

use super::same_words;
use crate::wire as w;
use engine::model as m;

same_words! {
    m::Role => w::Role { Admin, Member }
    w::Role => m::Role { Admin, Member }
    m::Privilege => w::Privilege { CreateBuckets, EditBuckets, DeleteBuckets, Admin }
    w::Privilege => m::Privilege { CreateBuckets, EditBuckets, DeleteBuckets, Admin }
    m::Policy => w::Policy { Private, Owner, Authenticated, Public, Rules }
    w::Policy => m::Policy { Private, Owner, Authenticated, Public, Rules }
    m::Visibility => w::Visibility { Private, Public }
    m::Permalink => w::Permalink { Open, Signed, Off }
    w::Permalink => m::Permalink { Open, Signed, Off }
    m::Tier => w::Tier { OneHour, OneDay, ThirtyDays, Persistent }
    w::Tier => m::Tier { OneHour, OneDay, ThirtyDays, Persistent }
    m::Category => w::Category { Assets, Attachments }
    w::Category => m::Category { Assets, Attachments }
    m::Act => w::Act { Read, Write, Delete }
}

impl From<w::VisibilityChoice> for Option<m::Visibility> {
    fn from(choice: w::VisibilityChoice) -> Self {
        match choice {
            w::VisibilityChoice::Inherited => None,
            w::VisibilityChoice::Private => Some(m::Visibility::Private),
            w::VisibilityChoice::Public => Some(m::Visibility::Public),
        }
    }
}

impl From<m::Rules> for w::Rules {
    fn from(rules: m::Rules) -> Self {
        Self { read: rules.read, write: rules.write, delete: rules.delete }
    }
}

impl From<w::Rules> for m::Rules {
    fn from(rules: w::Rules) -> Self {
        Self { read: rules.read, write: rules.write, delete: rules.delete }
    }
}

/// A group as `kind:id`; what has no colon is refused by the engine, as a group without an id.
pub(crate) fn group_in(text: &str) -> m::Group {
    let (kind, id) = text.split_once(':').unwrap_or((text, ""));
    m::Group { kind: kind.to_owned(), id: id.to_owned() }
}

impl From<m::User> for w::User {
    fn from(user: m::User) -> Self {
        Self {
            owner: user.is_owner(),
            id: user.id,
            name: user.name,
            role: user.role.into(),
            groups: user.groups.iter().map(|group| format!("{}:{}", group.kind, group.id)).collect(),
            created: user.created,
        }
    }
}

impl From<m::Key> for w::Key {
    fn from(key: m::Key) -> Self {
        Self {
            id: key.id,
            name: key.name,
            prefix: key.prefix,
            user: key.user,
            privileges: key.privileges.into_iter().map(Into::into).collect(),
            expires: key.expires,
            rate: key.rate,
            created: key.created,
            created_by: key.created_by,
            used: key.used,
            revoked: key.revoked,
        }
    }
}

impl From<w::Who> for engine::Who {
    fn from(who: w::Who) -> Self {
        match who {
            w::Who::Anonymous => Self::Anonymous,
            w::Who::User(reference) => Self::User(reference),
            w::Who::Key(reference) => Self::Key(reference),
        }
    }
}

impl From<engine::Explained> for w::Explained {
    fn from(explained: engine::Explained) -> Self {
        Self { act: explained.act.into(), allowed: explained.allowed, why: explained.why }
    }
}

impl From<engine::SignedLink> for w::SignedLink {
    fn from(link: engine::SignedLink) -> Self {
        Self {
            id: link.id,
            url: link.url,
            path: link.path,
            expires: link.expires,
            created: link.created,
            by: link.by,
            download: link.download,
            revoked: link.revoked,
        }
    }
}
