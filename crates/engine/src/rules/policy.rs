//! Who may read, write and delete: a bucket's policy and an object's visibility, decided in this one place for every
//! face (DESIGN section 3, C2, E8). What a key may do at all, and whether a bucket is switched on, is decided elsewhere.

use super::cel::{self, Budget};
use crate::model::{Act, Group, Policy, Rules, Visibility};

/// Who asks, as a policy sees them.
#[derive(Debug, Clone, Copy)]
pub struct Asker<'a> {
    /// Their name; `None` if nobody signed in.
    pub user: Option<&'a str>,
    /// Their id; empty if nobody signed in.
    pub user_id: &'a str,
    /// Whether they are the workspace's admin, who may do everything.
    pub admin: bool,
    /// `admin`, `member`, or empty.
    pub role: &'a str,
    /// The groups they belong to.
    pub groups: &'a [Group],
}

/// What is asked about: an object, there or to come, or the bucket as a whole.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The name of the bucket's owner.
    pub owner: &'a str,
    /// The name of who brought the object; of one to come, the asker's. `None` for the bucket as a whole, which then
    /// counts as brought by its owner.
    pub uploader: Option<&'a str>,
    /// The uploader's id; empty if there is none.
    pub uploader_id: &'a str,
    /// The object's own visibility, if it has one.
    pub visibility: Option<Visibility>,
    /// The object's metadata: the text of a JSON object; empty for none.
    pub metadata: &'a str,
}

/// What was decided, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether they may.
    pub allowed: bool,
    /// One plain sentence.
    pub why: String,
}

impl Verdict {
    fn new(allowed: bool, why: impl Into<String>) -> Self {
        Self { allowed, why: why.into() }
    }
}

/// Whether the asker may do this to the subject.
///
/// Admins always may. A visibility counts for reading only: `public` lets anyone read; `private` leaves, of those whom the
/// policy lets read, the uploader and the bucket's owner. Writing an object of somebody else in an `owner` bucket is
/// refused. A rule that is missing or cannot be evaluated denies.
pub fn decide(policy: Policy, rules: &Rules, act: Act, asker: &Asker<'_>, subject: &Subject<'_>) -> Verdict {
    decide_within(policy, rules, act, asker, subject, &Budget::default())
}

/// The same as one of many decisions whose rules take from one budget. What a spent budget denies, nobody decided.
pub fn decide_within(
    policy: Policy,
    rules: &Rules,
    act: Act,
    asker: &Asker<'_>,
    subject: &Subject<'_>,
    budget: &Budget,
) -> Verdict {
    if asker.admin {
        return Verdict::new(true, "Admins may do everything.");
    }
    match (act, subject.visibility) {
        (Act::Read, Some(Visibility::Public)) => {
            return Verdict::new(true, "Anyone may read this file: it is public.");
        }
        (Act::Read, Some(Visibility::Private)) if !brought(asker, subject) && !owns(asker, subject) => {
            let why = "This file is private: only who brought it, the bucket's owner and admins may read it.";
            return Verdict::new(false, why);
        }
        _ => {}
    }
    match policy {
        Policy::Private => private(act, asker, subject),
        Policy::Owner => each_their_own(act, asker, subject),
        Policy::Authenticated => signed_in(act, asker),
        Policy::Public if act == Act::Read => Verdict::new(true, "Anyone may read in a public bucket."),
        Policy::Public => owners_only(act, "a public", asker, subject),
        Policy::Rules => ruled(rules, act, asker, subject, budget),
    }
}

/// The asker's name is the bucket's owner's.
fn owns(asker: &Asker<'_>, subject: &Subject<'_>) -> bool {
    is(asker, subject.owner)
}

/// The asker's name is the uploader's.
fn brought(asker: &Asker<'_>, subject: &Subject<'_>) -> bool {
    is(asker, subject.uploader.unwrap_or(subject.owner))
}

/// An empty name is nobody's, so that two nobodies are not one person.
fn is(asker: &Asker<'_>, name: &str) -> bool {
    !name.is_empty() && asker.user == Some(name)
}

fn private(act: Act, asker: &Asker<'_>, subject: &Subject<'_>) -> Verdict {
    if act != Act::Write && subject.uploader.is_some() && brought(asker, subject) {
        return Verdict::new(true, format!("Who brought a file may {} it.", act.as_str()));
    }
    owners_only(act, "a private", asker, subject)
}

fn each_their_own(act: Act, asker: &Asker<'_>, subject: &Subject<'_>) -> Verdict {
    let theirs = match subject.uploader {
        None if act == Act::Write => return signed_in(act, asker),
        None => "this bucket as a whole belongs to its owner",
        Some(_) => "this file is somebody else's",
    };
    if brought(asker, subject) {
        return Verdict::new(true, format!("Everybody may {} their own in this bucket.", act.as_str()));
    }
    if asker.user.is_none() {
        return signed_in(act, asker);
    }
    Verdict::new(
        false,
        format!("Everybody may {} only their own in this bucket, and {theirs}.", act.as_str()),
    )
}

fn signed_in(act: Act, asker: &Asker<'_>) -> Verdict {
    if asker.user.is_some() {
        return Verdict::new(true, format!("Any signed-in user may {} in this bucket.", act.as_str()));
    }
    Verdict::new(false, format!("Only signed-in users may {} in this bucket.", act.as_str()))
}

fn owners_only(act: Act, kind: &str, asker: &Asker<'_>, subject: &Subject<'_>) -> Verdict {
    let act = act.as_str();
    if owns(asker, subject) {
        return Verdict::new(true, format!("The owner of {kind} bucket may {act} in it."));
    }
    Verdict::new(false, format!("Only the owner and admins may {act} in {kind} bucket."))
}

fn ruled(rules: &Rules, act: Act, asker: &Asker<'_>, subject: &Subject<'_>, budget: &Budget) -> Verdict {
    let name = act.as_str();
    let Some(source) = rules.of(act) else {
        return Verdict::new(false, format!("The bucket has no rule for {name}, so only admins may."));
    };
    match cel::evaluate_within(source, act, asker, subject, budget) {
        Ok(true) => Verdict::new(true, format!("The bucket's rule for {name} allows it.")),
        Ok(false) => Verdict::new(false, format!("The bucket's rule for {name} does not allow it.")),
        Err(sentence) => Verdict::new(false, sentence),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOBODY: Asker<'_> = Asker { user: None, user_id: "", admin: false, role: "", groups: &[] };

    fn member<'a>(name: &'a str, id: &'a str) -> Asker<'a> {
        Asker { user: Some(name), user_id: id, role: "member", ..NOBODY }
    }

    fn admin() -> Asker<'static> {
        Asker { user: Some("ada"), user_id: "ua", admin: true, role: "admin", groups: &[] }
    }

    /// One letter for each who may, a dash for each who may not: Nobody, a Stranger who signed in, the Uploader, the
    /// bucket's Owner, an Admin.
    fn who_may(policy: Policy, rules: &Rules, act: Act, subject: &Subject<'_>) -> String {
        let askers = [
            ('N', NOBODY),
            ('S', member("sam", "us")),
            ('U', member("ute", "uu")),
            ('O', member("oda", "uo")),
            ('A', admin()),
        ];
        let may = |asker| decide(policy, rules, act, &asker, subject).allowed;
        askers.into_iter().map(|(letter, asker)| if may(asker) { letter } else { '-' }).collect()
    }

    const OBJECT: Subject<'_> =
        Subject { owner: "oda", uploader: Some("ute"), uploader_id: "uu", visibility: None, metadata: "{}" };
    const WHOLE: Subject<'_> = Subject { uploader: None, uploader_id: "", ..OBJECT };

    #[test]
    fn the_matrix_is_as_designed() {
        use {Act::*, Policy::*};
        // The object inherits, is private, is public; the bucket as a whole.
        for (policy, act, inherits, private, public, whole) in [
            (Private, Read, "--UOA", "--UOA", "NSUOA", "---OA"),
            (Private, Write, "---OA", "---OA", "---OA", "---OA"),
            (Private, Delete, "--UOA", "--UOA", "--UOA", "---OA"),
            (Owner, Read, "--U-A", "--U-A", "NSUOA", "---OA"),
            (Owner, Write, "--U-A", "--U-A", "--U-A", "-SUOA"),
            (Owner, Delete, "--U-A", "--U-A", "--U-A", "---OA"),
            (Authenticated, Read, "-SUOA", "--UOA", "NSUOA", "-SUOA"),
            (Authenticated, Write, "-SUOA", "-SUOA", "-SUOA", "-SUOA"),
            (Authenticated, Delete, "-SUOA", "-SUOA", "-SUOA", "-SUOA"),
            (Public, Read, "NSUOA", "--UOA", "NSUOA", "NSUOA"),
            (Public, Write, "---OA", "---OA", "---OA", "---OA"),
            (Public, Delete, "---OA", "---OA", "---OA", "---OA"),
            // Without a rule.
            (Rules, Read, "----A", "----A", "NSUOA", "----A"),
            (Rules, Write, "----A", "----A", "----A", "----A"),
            (Rules, Delete, "----A", "----A", "----A", "----A"),
        ] {
            let none = crate::model::Rules::default();
            let given = |visibility| who_may(policy, &none, act, &Subject { visibility, ..OBJECT });
            assert_eq!(given(None), inherits, "{policy:?} {act:?}");
            assert_eq!(given(Some(Visibility::Private)), private, "{policy:?} {act:?} private");
            assert_eq!(given(Some(Visibility::Public)), public, "{policy:?} {act:?} public");
            assert_eq!(who_may(policy, &none, act, &WHOLE), whole, "{policy:?} {act:?} whole");
        }
    }

    #[test]
    fn a_new_file_of_their_own_may_be_brought_by_any_user_to_an_owner_bucket() {
        for name in ["sam", "ute", "oda"] {
            let own = Subject { uploader: Some(name), ..OBJECT };
            let verdict = decide(Policy::Owner, &Rules::default(), Act::Write, &member(name, "u1"), &own);
            assert!(verdict.allowed, "{name}");
        }
        for uploader in [None, Some("")] {
            let coming = Subject { uploader, ..OBJECT };
            assert!(!decide(Policy::Owner, &Rules::default(), Act::Write, &NOBODY, &coming).allowed);
        }
    }

    #[test]
    fn the_reason_is_a_plain_sentence() {
        let why = |policy, act, asker: &Asker<'_>, subject: &Subject<'_>| {
            decide(policy, &Rules::default(), act, asker, subject).why
        };
        let sam = member("sam", "us");
        for (given, expected) in [
            (why(Policy::Private, Act::Read, &admin(), &OBJECT), "Admins may do everything."),
            (why(Policy::Public, Act::Read, &NOBODY, &OBJECT), "Anyone may read in a public bucket."),
            (
                why(Policy::Public, Act::Write, &sam, &OBJECT),
                "Only the owner and admins may write in a public bucket.",
            ),
            (
                why(Policy::Authenticated, Act::Delete, &NOBODY, &OBJECT),
                "Only signed-in users may delete in this bucket.",
            ),
            (
                why(Policy::Owner, Act::Write, &sam, &OBJECT),
                "Everybody may write only their own in this bucket, and this file is somebody else's.",
            ),
            (
                why(Policy::Rules, Act::Delete, &sam, &OBJECT),
                "The bucket has no rule for delete, so only admins may.",
            ),
        ] {
            assert_eq!(given, expected);
        }
    }

    #[test]
    fn a_bucket_with_rules_asks_them() {
        let rules = |read: &str, write: &str, delete: &str| Rules {
            read: Some(read.to_owned()),
            write: Some(write.to_owned()),
            delete: Some(delete.to_owned()),
        };
        let own = rules("user.userId != ''", "user.userId == blob.uploaderId", "blob.metadata.missing == 1");
        let sams = rules("user.userId == 'us'", "true", "hasRole('member') && user.userId == 'uo'");
        let private = Subject { visibility: Some(Visibility::Private), ..OBJECT };
        let public = Subject { visibility: Some(Visibility::Public), ..OBJECT };
        for (rules, act, subject, expected) in [
            (&own, Act::Read, OBJECT, "-SUOA"),
            (&own, Act::Read, private, "--UOA"),
            (&own, Act::Read, public, "NSUOA"),
            (&own, Act::Write, OBJECT, "--U-A"),
            (&own, Act::Delete, OBJECT, "----A"),
            (&sams, Act::Read, OBJECT, "-S--A"),
            (&sams, Act::Read, private, "----A"),
            (&sams, Act::Write, OBJECT, "NSUOA"),
            (&sams, Act::Write, WHOLE, "NSUOA"),
            (&sams, Act::Delete, OBJECT, "---OA"),
        ] {
            assert_eq!(who_may(Policy::Rules, rules, act, &subject), expected, "{rules:?} {act:?}");
        }
        let why = |act| decide(Policy::Rules, &own, act, &member("sam", "us"), &OBJECT).why;
        assert_eq!(why(Act::Read), "The bucket's rule for read allows it.");
        assert_eq!(why(Act::Write), "The bucket's rule for write does not allow it.");
        let sentence =
            "The bucket's rule for delete cannot be evaluated: line 1, column 15: there is no “missing”.";
        assert_eq!(why(Act::Delete), sentence);
    }

    fn any_name() -> impl Strategy<Value = &'static str> {
        prop_oneof![Just("sam"), Just("ute"), Just("oda"), Just("")]
    }

    prop_compose! {
        fn any_case()(
            policy in proptest::sample::select(Policy::ALL),
            act in proptest::sample::select(Act::ALL),
            user in proptest::option::of(any_name()),
            owner in any_name(),
            uploader in proptest::option::of(any_name()),
            visibility in proptest::option::of(proptest::sample::select(Visibility::ALL)),
        ) -> (Policy, Act, Asker<'static>, Subject<'static>) {
            let asker = Asker { user, role: if user.is_some() { "member" } else { "" }, ..NOBODY };
            (policy, act, asker, Subject { owner, uploader, visibility, ..OBJECT })
        }
    }

    proptest! {
        #[test]
        fn an_admin_always_may((policy, act, asker, subject) in any_case()) {
            let asker = Asker { admin: true, ..asker };
            prop_assert!(decide(policy, &Rules::default(), act, &asker, &subject).allowed);
        }

        #[test]
        fn nobody_writes_or_deletes_without_signing_in_except_by_rules(
            (policy, act, _, subject) in any_case(),
        ) {
            prop_assume!(act != Act::Read);
            prop_assert!(!decide(policy, &Rules::default(), act, &NOBODY, &subject).allowed);
        }

        #[test]
        fn making_a_file_private_never_lets_more_read((policy, act, asker, subject) in any_case()) {
            let may = |visibility| {
                let subject = Subject { visibility, ..subject };
                decide(policy, &Rules::default(), act, &asker, &subject).allowed
            };
            prop_assert!(may(None) || !may(Some(Visibility::Private)));
            prop_assert!(may(Some(Visibility::Public)) || !may(None));
        }

        #[test]
        fn a_visibility_changes_nothing_but_reading((policy, act, asker, subject) in any_case()) {
            prop_assume!(act != Act::Read);
            let with = decide(policy, &Rules::default(), act, &asker, &subject);
            let without = Subject { visibility: None, ..subject };
            prop_assert_eq!(with, decide(policy, &Rules::default(), act, &asker, &without));
        }

        #[test]
        fn a_reason_is_one_sentence((policy, act, asker, subject) in any_case()) {
            let why = decide(policy, &Rules::default(), act, &asker, &subject).why;
            prop_assert!(why.ends_with('.') && why.starts_with(char::is_uppercase), "{}", why);
        }
    }
}
