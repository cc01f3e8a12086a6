//! What rules mean, and what is refused and where. Beside: hostile sources, and the library's evaluator to compare with.

mod hostile;
mod library;

use super::{check, evaluate};
use crate::Code;
use crate::model::{Act, Group};
use crate::rules::policy::{Asker, Subject};

const NOBODY: Asker<'_> = Asker { user: None, user_id: "", admin: false, role: "", groups: &[] };

const METADATA: &str = r#"{
    "teamId": "eng", "n": 3, "big": 9223372036854775807, "half": 1.5, "flag": true, "nothing": null,
    "tags": ["a", "b"], "grades": [3, 1.5, "x"], "owner": {"name": "Ute", "teams": ["eng", "ops"]}, "é": "ü"
}"#;

const BLOB: Subject<'_> =
    Subject { owner: "oda", uploader: Some("ute"), uploader_id: "u2", visibility: None, metadata: METADATA };

fn groups() -> Vec<Group> {
    [("team", "eng"), ("project", "x")].map(|(kind, id)| Group { kind: kind.into(), id: id.into() }).into()
}

fn sam(groups: &[Group]) -> Asker<'_> {
    Asker { user: Some("sam"), user_id: "u7", admin: false, role: "member", groups }
}

/// What Sam, of the team eng, may do with Ute's object.
fn holds(source: &str) -> Result<bool, String> {
    evaluate(source, Act::Read, &sam(&groups()), &BLOB)
}

#[test]
fn the_rules_of_the_document_mean_what_it_says() {
    let groups = groups();
    let other = Subject { metadata: r#"{"teamId":"ops"}"#, ..BLOB };
    let admin = Asker { role: "admin", ..sam(&[]) };
    let read = "isMemberOf('team', blob.metadata.teamId)";
    let write = "hasRole('admin') || isMemberOf('team', blob.metadata.teamId)";
    let delete = "hasRole('admin')";
    for (rule, asker, subject, may) in [
        (read, sam(&groups), BLOB, true),
        (read, sam(&groups), other, false),
        (read, sam(&[]), BLOB, false),
        (read, NOBODY, BLOB, false),
        (write, sam(&groups), BLOB, true),
        (write, sam(&groups), other, false),
        (write, admin, other, true),
        (delete, sam(&groups), BLOB, false),
        (delete, admin, BLOB, true),
        (delete, NOBODY, BLOB, false),
        ("true", NOBODY, BLOB, true),
        ("user.userId != ''", NOBODY, BLOB, false),
        ("user.userId == blob.uploaderId", sam(&groups), BLOB, false),
        ("user.userId == blob.uploaderId", Asker { user_id: "u2", ..sam(&[]) }, BLOB, true),
        ("hasRole('')", NOBODY, BLOB, false),
    ] {
        check(rule).unwrap();
        assert_eq!(evaluate(rule, Act::Read, &asker, &subject), Ok(may), "{rule} {asker:?}");
    }
}

#[test]
fn expressions_have_the_values_of_cel() {
    for rule in [
        "user.userId == 'u7' && user.role == \"member\" && blob.uploaderId == 'u2'",
        "blob.metadata.n == 3 && blob.metadata.n == 3.0 && blob.metadata['n'] < 3.5",
        "blob.metadata.half * 2.0 == 3.0 && -blob.metadata.n == -3 && 7 / 2 == 3 && -7 % 2 == -1",
        "blob.metadata.flag",
        "blob.metadata.nothing == null && blob.metadata.n != null",
        "has(blob.metadata.teamId) && !has(blob.metadata.missing) && has(blob.metadata.owner.name)",
        "'teamId' in blob.metadata && 'a' in blob.metadata.tags && !('c' in ['a', 'b'])",
        "blob.metadata.tags[1] == 'b' && blob.metadata.owner['teams'][0] == 'eng'",
        "blob.metadata.tags + ['c'] == ['a', 'b', 'c'] && 'a' + 'b' == 'ab'",
        "size(blob.metadata.tags) == 2 && 'äö'.size() == 2 && size({'a': 1}) == 1 && size('') == 0",
        "'report.pdf'.endsWith('.pdf') && 'report'.startsWith('re') && 'report'.contains('po')",
        "blob.metadata.tags.all(t, t != 'c') && blob.metadata.tags.exists(t, t == 'b')",
        "blob.metadata.tags.exists_one(t, t > 'a') && !blob.metadata.tags.exists_one(t, true)",
        "![].exists_one(x, true) && [].all(x, false) && ![].exists(x, true)",
        "blob.metadata.tags.map(t, t + '!') == ['a!', 'b!'] && [1, 2, 3].filter(n, n > 1) == [2, 3]",
        "[1, 2, 3].map(n, n > 1, n * n) == [4, 9] && blob.metadata.owner.exists(k, k == 'name')",
        "blob.metadata.owner.teams.exists(t, isMemberOf('team', t))",
        "(blob.metadata.n > 2 ? 'a' : 'b') == 'a' && {'a': {'b': true}}.a.b",
        "!!true && !false && 1.0 / 0.0 > 1e300 && 0.0 / 0.0 != 0.0 / 0.0",
        "'\\u00e9' == 'é' && r'\\n' == '\\\\n' && '''a\n''' == \"a\\n\" && blob.metadata['é'] == 'ü'",
        "0x1F == 31 && 1e3 == 1000.0 && .5 == 0.5 // a comment",
        "true || blob.metadata.missing",
        "blob.metadata.missing || true",
        "!(blob.metadata.missing && false)",
        "['a', 'b'].exists(t, t == 'a' || blob.metadata.missing) && ![1, 0].all(n, 1 / n > 1)",
        "[0, 1].exists(n, 1 / n == 1)",
    ] {
        check(rule).unwrap_or_else(|error| panic!("{rule}: {error}"));
        assert_eq!(holds(rule), Ok(true), "{rule}");
    }
}

#[test]
fn an_error_denies_and_says_where() {
    for (rule, column, what) in [
        ("blob.metadata.missing", 15, "there is no “missing”"),
        ("isMemberOf('team', blob.metadata.missing)", 34, "there is no “missing”"),
        ("isMemberOf('team', blob.metadata.n)", 1, "a text and a whole number"),
        ("blob.metadata.n", 15, "a whole number, and true or false is needed"),
        ("blob.metadata.n.deep == 1", 17, "a whole number has no “deep”"),
        ("has(blob.metadata.missing.deep)", 19, "there is no “missing”"),
        ("blob.metadata.tags[2] == 'c'", 19, "the list has 2 items, none at 2"),
        ("blob.metadata.tags[-1] == 'c'", 19, "none at -1"),
        ("blob.metadata.big + 1 > 0", 19, "too large"),
        ("-(blob.metadata.big * -1 - 1) > 0", 1, "too large"),
        ("1 / (blob.metadata.n - 3) == 0", 3, "zero"),
        ("1 % (blob.metadata.n - 3) == 0", 3, "zero"),
        (
            "blob.metadata.n + blob.metadata.half > 1.0",
            17,
            "“+” cannot take a whole number and a number with",
        ),
        ("blob.metadata.n < blob.metadata.teamId", 17, "“<” cannot take"),
        ("blob.metadata.n.exists(x, x == 1)", 15, "cannot be gone through"),
        ("{blob.metadata.teamId: 1, 'eng': 2}.eng == 1", 27, "twice"),
        ("{blob.metadata.n: 1} != {}", 16, "must be a text"),
        ("blob.metadata.missing || false", 15, "there is no “missing”"),
        ("[1, 0].exists(n, 1 / n > 1)", 20, "zero"),
        ("[1, 0].filter(n, 1 / n > 1) == []", 20, "zero"),
    ] {
        check(rule).unwrap_or_else(|error| panic!("{rule}: {error}"));
        let sentence = holds(rule).unwrap_err();
        assert!(
            sentence.contains(&format!("for read cannot be evaluated: line 1, column {column}: ")),
            "{sentence}"
        );
        assert!(sentence.contains(what) && sentence.ends_with('.'), "{rule}: {sentence}");
    }
    let odd = |metadata| evaluate("has(blob.metadata.a)", Act::Write, &NOBODY, &Subject { metadata, ..BLOB });
    assert_eq!(odd(""), Ok(false));
    for metadata in ["[]", "{", "{\"a\": 1e999}", "null", "\"a\""] {
        assert!(odd(metadata).unwrap_err().contains("metadata is not a JSON object"), "{metadata}");
    }
    assert_eq!(evaluate("true", Act::Read, &NOBODY, &Subject { metadata: "{", ..BLOB }), Ok(true));
}

#[test]
fn what_cannot_be_a_rule_is_refused_with_its_place() {
    for (rule, line, column, what) in [
        ("", 1, 1, "the rule is empty"),
        ("  // nothing", 1, 1, "the rule is empty"),
        ("user.role ==", 1, 13, "ends too early"),
        ("user.role == 'a' &&\n  == 'b'", 2, 3, "“==” does not belong here"),
        ("user.role = 'a'", 1, 11, "no meaning"),
        ("'é' == user.role user", 1, 18, "“user” does not belong"),
        ("true &&\n\nuser.name == 'é'", 3, 6, "no “name”"),
        ("blob.size > 3", 1, 6, "no “size”"),
        ("user", 1, 1, "“user” does not stand alone"),
        ("blob == blob", 1, 1, "“blob” does not stand alone"),
        ("bucket.title == 'a'", 1, 1, "there is no “bucket”"),
        (".user.role == 'a'", 1, 2, "there is no “.user”"),
        ("isAdmin()", 1, 1, "no function “isAdmin”"),
        ("true || user . role . matches ('a+')", 1, 23, "no function “matches”"),
        ("int('1') == 1", 1, 1, "no function “int”"),
        ("hasRole()", 1, 1, "called in another way"),
        ("hasRole('a', 'b')", 1, 1, "called in another way"),
        ("'a'.hasRole()", 1, 5, "called in another way"),
        ("startsWith('a', 'b')", 1, 1, "called in another way"),
        ("hasRole(1)", 1, 9, "takes a text here, and this is a whole number"),
        ("isMemberOf('team', ['a'])", 1, 20, "this is a list"),
        ("user.role.contains(1.5)", 1, 20, "this is a number with a decimal point"),
        ("user.role", 1, 6, "this is a text"),
        ("size(user.role)", 1, 1, "this is a whole number"),
        ("true && user.role", 1, 14, "this is a text"),
        ("1 || true", 1, 1, "this is a whole number"),
        ("!user.role", 1, 7, "this is a text"),
        ("user.role ? true : false", 1, 6, "this is a text"),
        ("true ? 1 : 2", 1, 6, "this is a whole number"),
        ("user.role == 3", 1, 11, "“==” cannot take a text and a whole number"),
        ("user.role < 3", 1, 11, "“<” cannot take"),
        ("true < false", 1, 6, "“<” cannot take"),
        ("1 + 1.5 > 2.0", 1, 3, "“+” cannot take a whole number and a number with"),
        ("1.5 % 1.0 == 0.5", 1, 5, "“%” cannot take"),
        ("-user.role == 'a'", 1, 1, "“-” cannot take a text"),
        ("'a' in user.role", 1, 5, "“in” cannot take"),
        ("3 in ['a']", 1, 3, "“in” cannot take"),
        ("['a']['b'] == 'c'", 1, 6, "a list has nothing at a text"),
        ("user.role[0] == 'm'", 1, 10, "a text has nothing at"),
        ("user.role.first == 'm'", 1, 11, "a text has no “first”"),
        ("{1: true}[1]", 1, 2, "the key of a map is a text"),
        ("has(user.role)", 1, 10, "always there"),
        ("has(blob.metadata)", 1, 10, "always there"),
        ("has(blob.size)", 1, 10, "no “size”"),
        ("has('a')", 1, 5, "asks for a field"),
        ("has(blob.metadata.a, 1)", 1, 1, "one field"),
        ("size() == 1", 1, 1, "one value"),
        ("size(true) == 1", 1, 1, "cannot take true or false"),
        ("['a'].exists(x)", 1, 7, "another way"),
        ("['a'].exists()", 1, 7, "missing"),
        ("['a'].all(x, y, true)", 1, 7, "another way"),
        ("['a'].exists('x', true)", 1, 14, "a name for the items"),
        ("['a'].exists(user, true)", 1, 7, "“user” cannot be the name"),
        ("['a'].exists(x, x)", 1, 17, "this is a text"),
        ("['a'].exists(x, ['b'].exists(y, x == y))", 1, 23, "within another list"),
        ("['a'].exists(x, true) && x == 'a'", 1, 26, "there is no “x”"),
        ("user.role.exists(x, true)", 1, 6, "cannot be gone through"),
        ("exists(['a'], x, true)", 1, 1, "no function “exists”"),
        ("b'a' == 'a'", 1, 1, "no bytes"),
        ("1u == 1", 1, 1, "no unsigned"),
        ("a.b{c: 1} == 1", 1, 4, "no messages"),
        ("99999999999999999999 > 1", 1, 1, "cannot be represented"),
        ("'\\ud800' == 'a'", 1, 1, "cannot be represented"),
        ("'\\q' == 'a'", 1, 1, "escape"),
        ("user.role == 'a", 1, 14, "does not end"),
        ("true && (true", 1, 9, "never closed"),
        ("true)", 1, 5, "closes nothing"),
        ("while", 1, 1, "reserved"),
        ("blob.metadata.?a", 1, 14, "does not belong"),
    ] {
        let error = check(rule).expect_err(rule);
        assert_eq!(error.code(), Code::InvalidRule);
        let place = [error.detail("line").unwrap(), error.detail("column").unwrap()];
        assert_eq!(place, [line.to_string(), column.to_string()], "{rule}: {error}");
        assert!(error.detail("reason").unwrap().contains(what), "{rule}: {error}");
        assert!(error.detail("advice").unwrap().ends_with('.'), "{rule}: {error}");
        assert!(holds(rule).is_err(), "{rule}");
    }
}
