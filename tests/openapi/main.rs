//! schemathesis over `/openapi.json` with keys of each kind: no fault of the server, no answer that the description does
//! not name, none that breaks its schema. `scripts/setup test` installs it; where it is missing this is left out, and says so.
#![allow(clippy::unwrap_used)] // Here it fails a test, and nothing else.

use acceptance::{Home, Server};
use engine::model::{ObjectRef, Policy, Privilege};
use engine::{Access, Caller, Engine, Incoming, NewBucket, NewKey};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Answers are held to the description in these ways.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
    response_headers_conformance,response_schema_conformance";
/// Requests are the same at every run, unless another seed is named.
const SEED: &str = "20261121";
/// The API that answers its own refusals with 500, as its document says; the description names that.
const REFUSES_WITH_500: &str = r#"
[[operations]]
include-path-regex = "^/api/app/"
[operations.checks.not_a_server_error]
expected-statuses = ["2xx", "3xx", "4xx", "500"]
"#;
/// Requests made at random for each operation.
const EXAMPLES: &str = "8";
/// Operations that answer for as long as they are listened to.
const ENDLESS: &str = "/events";

/// schemathesis, where set-up puts it.
fn schemathesis() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/tools/schemathesis/bin/schemathesis");
    path.exists().then_some(path)
}

/// A home with something in it to ask for.
struct Asked {
    home: Home,
    engine: Engine,
    blob: String,
}

impl Asked {
    fn new() -> Self {
        let home = Home::new();
        let engine = Engine::open(home.path()).unwrap();
        let me = Caller::cli();
        for (slug, policy) in [("kit", Policy::Authenticated), ("site", Policy::Public)] {
            let access = Access { policy: Some(policy), ..Access::default() };
            let new = NewBucket {
                title: slug.to_owned(),
                id: Some(slug.to_owned()),
                slug: Some(slug.to_owned()),
                access,
                ..NewBucket::default()
            };
            engine.bucket_create(&me, new).unwrap();
        }
        let incoming = Incoming { key: "a.txt".to_owned(), ..Incoming::default() };
        let staged = engine.object_stage(&me, "kit", incoming, &mut &b"words"[..], None).unwrap();
        let blob = engine.object_commit(&me, vec![staged]).unwrap().remove(0).object.id;
        assert!(engine.object_show(&me, "kit", &ObjectRef::Id(blob.clone())).is_ok());
        Self { home, engine, blob }
    }

    fn key(&self, privileges: &[Privilege]) -> String {
        let new = NewKey { name: "asks".to_owned(), privileges: privileges.to_vec(), ..NewKey::default() };
        self.engine.key_create(&Caller::cli(), new).unwrap().1
    }
}

/// Every corner of the description, then requests made at random.
const ALL_PHASES: &str = "examples,coverage,fuzzing";
/// Requests made at random alone.
const RANDOM: &str = "fuzzing";

/// Asks with a key, or with none: names of buckets and blobs that are there, or any.
fn ask(key: Option<&[Privilege]>, named: bool, phases: &str) {
    let Some(program) = schemathesis() else {
        eprintln!("left out: schemathesis is not installed; scripts/setup test does it");
        return;
    };
    let asked = Asked::new();
    let server = Server::on(&asked.home);
    let folder = tempfile::tempdir().unwrap();
    let names = format!(
        "[parameters]\n\"path.key\" = \"kit\"\n\"path.blobId\" = \"{}\"\n\
         \"path.app\" = \"pail\"\n\"path.slug\" = \"site\"\n\"path.bucket_id\" = \"kit\"\n\"path.path\" = \"a.txt\"\n",
        asked.blob
    );
    let settings = if named { names } else { String::new() } + REFUSES_WITH_500;
    fs::write(folder.path().join("schemathesis.toml"), settings).unwrap();
    let seed = std::env::var("PAIL_OPENAPI_SEED").unwrap_or_else(|_| SEED.to_owned());
    let mut command = Command::new(program);
    command.current_dir(folder.path()).env("NO_COLOR", "1");
    command.args(["run", &format!("http://{}/openapi.json", server.address())]);
    command.args(["--checks", CHECKS, "--exclude-path", ENDLESS, "--phases", phases]);
    command.args(["--seed", &seed, "--max-examples", EXAMPLES, "--no-shrink", "--continue-on-failure"]);
    command.args(["--request-timeout", "30", "--warnings", "off"]);
    if let Some(privileges) = key {
        command.args(["--header", &format!("X-API-Key: {}", asked.key(privileges))]);
    }
    eprintln!("seed {seed}");
    let output = command.output().unwrap();
    eprintln!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "answers differ from the description");
    assert_eq!(server.get("/health").text(), "ok\n", "the server goes on");
}

#[test]
fn an_admins_key_gets_what_the_description_says() {
    ask(Some(&[Privilege::Admin]), true, ALL_PHASES);
}

#[test]
fn a_key_that_may_only_edit_gets_what_the_description_says() {
    ask(Some(&[Privilege::EditBuckets]), false, RANDOM);
}

#[test]
fn nobody_gets_what_the_description_says() {
    ask(None, true, RANDOM);
}
