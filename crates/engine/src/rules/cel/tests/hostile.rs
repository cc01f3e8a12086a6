//! Rules made to be long, deep, slow or odd: they are refused or evaluated, and nothing else happens.

use super::super::scan::scan;
use super::super::{MAX_BYTES, MAX_DEPTH, MAX_NODES, check, compile, evaluate};
use super::{BLOB, METADATA, NOBODY, groups, sam};
use crate::model::Act;
use crate::rules::policy::Subject;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn on_a_stack<T: Send>(bytes: usize, work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(bytes).spawn_scoped(scope, work);
        thread.unwrap().join().unwrap()
    })
}

#[test]
fn what_is_as_deep_and_long_as_may_be_overflows_no_stack() {
    let wrap = |before: &str, inner: &str, after: &str, count: usize| {
        format!("{}{inner}{}", before.repeat(count), after.repeat(count))
    };
    let deep: Vec<String> = [("(", ")"), ("[", "]"), ("{'a': ", "}"), ("1 == 2 + 3 * -(", ")"), ("f(", ")")]
        .into_iter()
        .chain([("a.b.c{d: ", "}"), ("true && !(", ")"), ("'a'.contains(", ")"), ("[1].map(x, ", ")")])
        .chain([("a[", "]"), ("1 < ", ""), ("true ? false : ", "")])
        .map(|(before, after)| wrap(before, "true", after, MAX_DEPTH))
        .collect();
    let long: Vec<String> = [".b", "[0]", "==a", "+a", "&&a", "||a", ".f()", "<a", "*a"]
        .into_iter()
        .map(|link| format!("a{}", link.repeat(2 * MAX_NODES / link.len() - 1)))
        .chain([
            format!("{}true", "!".repeat(2 * MAX_NODES - 1)),
            format!("{}1 == 1", "-".repeat(1000)),
            format!("[{}1] == []", "1,".repeat(400)),
            format!("{}true", "true && ".repeat(300)),
        ])
        .collect();
    for rule in deep.iter().chain(&long) {
        on_a_stack(256 << 10, || {
            let _ = check(rule);
            let _ = evaluate(rule, Act::Read, &sam(&groups()), &BLOB);
        });
    }
    for deeper in [("(", ")"), ("true ? true : ", ""), ("[", "]"), ("true && !(", ")")] {
        for count in [MAX_DEPTH + 1, 200] {
            let error = check(&wrap(deeper.0, "true", deeper.1, count)).unwrap_err();
            assert!(error.message().contains("nested more than 32 deep"), "{error}");
        }
    }
}

#[test]
fn the_limits_are_where_they_are_said_to_be() {
    let ands = |count: usize| format!("true{}", "&&true".repeat(count - 1));
    // A chain of n is n values and n - 1 operators.
    check(&ands(MAX_NODES / 2)).unwrap();
    let error = check(&ands(MAX_NODES / 2 + 1)).unwrap_err();
    assert!(error.message().contains("more than 500 names"), "{error}");
    let adds = |count: usize| format!("1{} > 0", "+1".repeat(count));
    check(&adds(62)).unwrap();
    assert!(check(&adds(63)).unwrap_err().message().contains("depend on each other"));
    let padded = |length: usize| format!("true{}", " ".repeat(length - 4));
    check(&padded(MAX_BYTES)).unwrap();
    let error = check(&padded(MAX_BYTES + 1)).unwrap_err();
    assert!(error.message().contains("4096 is the limit"), "{error}");
    assert!(evaluate(&padded(MAX_BYTES + 1), Act::Read, &NOBODY, &BLOB).is_err());
    assert!(check(&"(".repeat(10_000_000)).is_err());
}

/// Metadata as long as objects may have, made of many small items or of one large.
fn heavy() -> [String; 3] {
    let numbers: Vec<String> = (0..1600).map(|number| number.to_string()).collect();
    let nested = format!("{}{}", "[".repeat(100), "]".repeat(100));
    [
        format!(r#"{{"list":[{}]}}"#, numbers.join(",")),
        format!(r#"{{"list":["{0}","{0}b"],"text":"{0}"}}"#, "a".repeat(2700)),
        format!(r#"{{"list":[{}]}}"#, [nested.as_str(); 40].join(",")),
    ]
}

#[test]
fn a_slow_rule_is_stopped_and_nothing_passes_over_that() {
    let list = "blob.metadata.list";
    let bodies = "x in LIST || ".repeat(20);
    for (metadata, rule) in [
        (0, format!("LIST.all(x, {bodies} false) || true")),
        (0, "!(LIST.exists(x, !(x in LIST)) && false)".to_owned()),
        (0, format!("{} || true", ["LIST == LIST"; 80].join(" && "))),
        (0, format!("LIST.map(x, {}) == [] || true", ["LIST"; 40].join(" + "))),
        (2, format!("{} || true", ["LIST == LIST"; 40].join(" && "))),
    ] {
        let rule = rule.replace("LIST", list);
        check(&rule).unwrap_or_else(|error| panic!("{error}"));
        let subject = Subject { metadata: &heavy()[metadata], ..BLOB };
        let sentence = evaluate(&rule, Act::Read, &NOBODY, &subject).expect_err(&rule);
        assert!(sentence.contains("too many steps"), "{rule}: {sentence}");
    }
    let text = ["blob.metadata.text"; 30].join(" + ");
    let subject = Subject { metadata: &heavy()[1], ..BLOB };
    let sentence = evaluate(&format!("true || size({text}) > 1"), Act::Read, &NOBODY, &subject);
    assert_eq!(sentence, Ok(true), "what is not looked at costs nothing");
    let sentence = evaluate(&format!("size({text}) > 1 || true"), Act::Read, &NOBODY, &subject).unwrap_err();
    assert!(sentence.contains("too long a text"), "{sentence}");
    let long = format!(r#"{{"a":"{}"}}"#, "a".repeat(70_000));
    let subject = Subject { metadata: &long, ..BLOB };
    let sentence = evaluate("blob.metadata.a == '' || true", Act::Read, &NOBODY, &subject).unwrap_err();
    assert!(sentence.contains("metadata is too long"), "{sentence}");
}

#[test]
fn a_reasonable_rule_over_full_metadata_is_not_stopped() {
    let subject = Subject { metadata: &heavy()[0], ..BLOB };
    let rule = "blob.metadata.list.exists(x, x == 1599 && x > 3) && 1599 in blob.metadata.list";
    assert_eq!(evaluate(rule, Act::Read, &NOBODY, &subject), Ok(true));
}

#[test]
fn many_threads_ask_at_once() {
    std::thread::scope(|scope| {
        for thread in 0..8 {
            scope.spawn(move || {
                for number in 0..40 {
                    let rule = format!("user.userId == 'u7' && {} < {}", number % 10, thread);
                    let expected = number % 10 < thread;
                    assert_eq!(evaluate(&rule, Act::Read, &sam(&[]), &BLOB), Ok(expected), "{rule}");
                }
            });
        }
    });
}

/// Pieces of rules in any order.
fn soup() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "user",
        "blob",
        ".",
        "role",
        "metadata",
        "tags",
        "x",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "?",
        "&&",
        "||",
        "!",
        "-",
        "+",
        "*",
        "/",
        "%",
        "==",
        "!=",
        "<",
        ">=",
        " in ",
        "true",
        "false",
        "null",
        "1",
        "0x1f",
        "1.5",
        "2u",
        "'a'",
        "\"b\"",
        "'''c'''",
        "r'\\'",
        "'\\n'",
        "'\\u00e9'",
        "'",
        "\"",
        "\\",
        "\n",
        " ",
        "// c\n",
        "b'a'",
        "`e`",
        "é",
        "has(",
        "size(",
        ".exists(x,",
        ".all(x,",
        ".map(x,",
        "isMemberOf(",
        "hasRole(",
        "1e5",
        "1e",
        ".5",
        "r",
        "b",
        "0x",
        "\u{0}",
        "\r",
        "while",
        "as",
        "\u{feff}",
        "\u{2028}",
    ];
    proptest::collection::vec(proptest::sample::select(PIECES), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_source_is_refused_or_evaluated(source in soup(), metadata in prop_oneof![Just(METADATA), Just("{")]) {
        let checked = check(&source);
        let subject = Subject { metadata, ..BLOB };
        let answer = evaluate(&source, Act::Delete, &sam(&groups()), &subject);
        prop_assert!(checked.is_ok() || answer.is_err(), "{}", source);
    }

    #[test]
    fn any_text_is_refused_or_evaluated(source in any::<String>()) {
        let checked = check(&source);
        let answer = evaluate(&source, Act::Delete, &NOBODY, &BLOB);
        prop_assert!(checked.is_ok() || answer.is_err(), "{}", source);
    }

    #[test]
    fn compiling_twice_gives_the_same(source in soup()) {
        let compiled = || compile(&source).map(|rule| format!("{rule:?}"));
        prop_assert_eq!(compiled(), compiled());
    }
}

/// The same sources at every run: what another program knows is no matter of chance.
const SEED: u64 = 20_261_122;

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, rng_seed: RngSeed::Fixed(SEED), ..ProptestConfig::default() })]

    /// Counting tokens is worth something only if the parser sees the same.
    #[test]
    fn what_the_scan_lets_through_the_lexer_knows(source in soup()) {
        if scan(&source).is_ok() {
            let unknown = on_a_stack(64 << 20, || match cel::Env::default().parser().parse(&source) {
                Ok(_) => None,
                Err(errors) => errors.errors.into_iter().find(|error| error.msg.contains("token recognition")),
            }.map(|error| error.msg));
            prop_assert_eq!(unknown, None, "{}", source);
        }
    }
}
