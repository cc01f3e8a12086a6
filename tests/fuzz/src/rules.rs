//! Rules of access in CEL (C3). Input: a rule.

use crate::Target;
use crate::input::Input;
use cel::{Context, Env, Program, Value};
use engine::Code;
use engine::model::{Act, Group};
use engine::rules::cel::{MAX_BYTES, check, evaluate};
use engine::rules::policy::{Asker, Subject};
use std::collections::HashMap;
use std::sync::Arc;

pub const TARGET: Target = Target {
    name: "rules",
    holds,
    words: &[
        "user.userId",
        "user.role",
        "blob.uploaderId",
        "blob.metadata",
        ".teamId",
        "hasRole('admin')",
        "isMemberOf('team', 'eng')",
        " == ",
        " && ",
        " || ",
        "!",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "? ",
        " : ",
        ",",
        "'",
        "\"",
        "size(",
        ".all(x, ",
        ".exists(x, ",
        ".map(x, ",
        ".filter(x, ",
        "has(",
        "in ",
        "1",
        "0",
        "-",
        "9223372036854775807",
        "1.5",
        "0x7fffffffffffffff",
        "true",
        "null",
        "\\u00e9",
        "\\U0010ffff",
        "r'",
        "'''",
        "//",
        "+ ",
        "% ",
        "blob.metadata.tags",
        "startsWith('",
        ".contains(",
        "[0]",
        "x",
        "\n",
    ],
    tries: 2_000,
};

const METADATA: &str =
    r#"{"teamId":"eng","n":3,"half":1.5,"flag":true,"nothing":null,"tags":["a","b"],"owner":{"name":"Ute"}}"#;

fn holds(input: &[u8]) {
    let source = Input::new(input).text();
    let group = |kind: &str, id: &str| Group { kind: kind.into(), id: id.into() };
    let groups = [group("team", "eng"), group("project", "x")];
    let asker = Asker { user: Some("sam"), user_id: "u7", admin: false, role: "member", groups: &groups };
    let nobody = Asker { user: None, user_id: "", admin: false, role: "", groups: &[] };
    let subject = Subject {
        owner: "oda",
        uploader: Some("ute"),
        uploader_id: "u2",
        visibility: None,
        metadata: METADATA,
    };
    let answers = [&asker, &nobody].map(|asker| evaluate(&source, Act::Read, asker, &subject));
    if let Err(error) = check(&source) {
        assert_eq!(error.code(), Code::InvalidRule);
        let place = |name| error.detail(name).unwrap().parse::<usize>().unwrap();
        let lines: Vec<&str> = source.split('\n').collect();
        let line = lines.get(place("line") - 1).expect("the line is one of the rule's");
        assert!(place("column") >= 1 && place("column") <= line.chars().count() + 1, "{error}");
        assert!(answers.iter().all(Result::is_err), "a rule that cannot be kept allows something");
        return;
    }
    assert!(source.len() <= MAX_BYTES);
    for (asker, answer) in [&asker, &nobody].into_iter().zip(&answers) {
        assert_eq!(*answer, evaluate(&source, Act::Read, asker, &subject), "asked again it says otherwise");
        let limited = answer
            .as_ref()
            .is_err_and(|why| why.contains("too many steps") || why.contains("too long a text"));
        if !limited {
            assert_eq!(answer.as_ref().ok().copied(), by_the_library(&source, asker), "{answer:?}");
        }
    }
}

/// What the library's own evaluator says, on a stack that it cannot use up; `None` for errors, and for what is neither true
/// nor false.
fn by_the_library(source: &str, asker: &Asker<'_>) -> Option<bool> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(512 << 20);
        thread.spawn_scoped(scope, || executed(source, asker)).unwrap().join().unwrap()
    })
}

fn executed(source: &str, asker: &Asker<'_>) -> Option<bool> {
    let mut context = Context::with_env(Arc::new(Env::stdlib()));
    let user = HashMap::from([("userId", asker.user_id), ("role", asker.role)]);
    context.add_variable_from_value("user", user);
    let metadata = value(&serde_json::from_str(METADATA).unwrap());
    let blob = HashMap::from([("uploaderId", Value::from("u2")), ("metadata", metadata)]);
    context.add_variable_from_value("blob", blob);
    let role = asker.role.to_owned();
    context
        .add_function("hasRole", move |wanted: Arc<String>| !wanted.is_empty() && *wanted == role)
        .unwrap();
    let groups = asker.groups.to_vec();
    let member = move |kind: Arc<String>, id: Arc<String>| {
        groups.iter().any(|group| group.kind == *kind && group.id == *id)
    };
    context.add_function("isMemberOf", member).unwrap();
    match Program::compile(source).unwrap().execute(&context) {
        Ok(Value::Bool(truth)) => Some(truth),
        _ => None,
    }
}

fn value(json: &serde_json::Value) -> Value {
    use serde_json::Value as Json;
    match json {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::Bool(*truth),
        Json::Number(number) => {
            number.as_i64().map_or_else(|| Value::Float(number.as_f64().unwrap()), Value::Int)
        }
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(items) => Value::List(Arc::new(items.iter().map(value).collect())),
        Json::Object(fields) => {
            let fields: HashMap<String, Value> =
                fields.iter().map(|(key, field)| (key.clone(), value(field))).collect();
            Value::from(fields)
        }
    }
}
