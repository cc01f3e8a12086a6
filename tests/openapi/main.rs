//! schemathesis over `/openapi.json` with keys of each kind: no fault of the server, no answer that the description does
//! not name, none that breaks its schema. `scripts/setup test` installs it; where it is missing this is left out, and says so.
#![allow(clippy::unwrap_used)] // Here it fails a test, and nothing else.

use acceptance::{Home, Server};
use engine::model::{ObjectRef, Policy, Privilege, Role};
use engine::{Access, Caller, Engine, Incoming, NewBucket, NewKey};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Answers are held to the description in these ways.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
    response_headers_conformance,response_schema_conformance";
/// Requests are the same at every run, unless another seed is named.
const SEED: u64 = 20_261_121;
/// The API that answers its own refusals with 500, as its document says; the description names that.
const REFUSES_WITH_500: &str = r#"
[[operations]]
include-path-regex = "^/api/app/"
[operations.checks.not_a_server_error]
expected-statuses = ["2xx", "3xx", "4xx", "500"]
"#;
/// Requests made at random for each operation as an admin, and as each of the others: they ask differently, so that
/// together they ask as much.
const EXAMPLES: &str = "6";
/// See [`EXAMPLES`].
const FEW_EXAMPLES: &str = "3";
/// A picture's name, and one of one pixel.
const PICTURE: &str = "p.png";
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xcf\xc0\0\0\x03\x01\x01\0\xc9\xfe\x92\xef\0\0\0\0IEND\xaeB`\x82";
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
    /// A file's id, and the token of a picture's link.
    blob: String,
    token: String,
}

impl Asked {
    fn new() -> Self {
        let home = Home::new();
        let engine = Engine::open(home.path()).unwrap();
        let me = Caller::cli();
        // Nothing that is asked for deletes the third: its links stay good.
        for (slug, policy) in
            [("kit", Policy::Authenticated), ("site", Policy::Public), ("press", Policy::Authenticated)]
        {
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
        let put = |bucket: &str, key: &str, mut content: &[u8]| {
            let incoming = Incoming { key: key.to_owned(), ..Incoming::default() };
            let staged = engine.object_stage(&me, bucket, incoming, &mut content, None).unwrap();
            engine.object_commit(&me, vec![staged]).unwrap().remove(0).object
        };
        let blob = put("kit", "a.txt", b"words").id;
        put("site", PICTURE, PIXEL);
        let picture = put("press", PICTURE, PIXEL);
        let token = picture.path().split('/').nth(3).unwrap().to_owned();
        assert!(engine.object_show(&me, "kit", &ObjectRef::Id(blob.clone())).is_ok());
        engine.user_create(&me, MEMBER, Role::Member, Vec::new()).unwrap();
        Self { home, engine, blob, token }
    }

    /// Names of what is there, as parameters.
    fn names(&self) -> String {
        let Self { blob, token, .. } = self;
        format!(
            r#"
[parameters]
"path.key" = "kit"
"path.blobId" = "{blob}"
"path.app" = "pail"
"path.slug" = "site"
"path.bucket_id" = "kit"
"path.path" = "{PICTURE}"
"path.bucket" = "press"
"path.token" = "{token}"
"path.version" = 1

[[operations]]
include-operation-id = "link_read"
parameters = {{ "path.name" = "{PICTURE}" }}
"#
        )
    }

    fn key(&self, user: Option<&str>, privileges: &[Privilege]) -> String {
        let new = NewKey {
            name: "asks".to_owned(),
            user: user.map(str::to_owned),
            privileges: privileges.to_vec(),
            ..NewKey::default()
        };
        self.engine.key_create(&Caller::cli(), new).unwrap().1
    }
}

/// A user who is no admin.
const MEMBER: &str = "mara.member";

/// Who asks.
#[derive(Clone, Copy)]
enum Asker {
    Nobody,
    Owner(&'static [Privilege]),
    Member(&'static [Privilege]),
}

/// Every corner of the description, then requests made at random.
const ALL_PHASES: &str = "examples,coverage,fuzzing";
/// Requests made at random alone.
const RANDOM: &str = "fuzzing";

/// Asks as somebody: names of buckets and blobs that are there, or any. Each asks with a seed of their own.
fn ask(asker: Asker, nth: u64, named: bool) {
    let admin = matches!(asker, Asker::Owner([Privilege::Admin]));
    let (phases, examples) = if admin { (ALL_PHASES, EXAMPLES) } else { (RANDOM, FEW_EXAMPLES) };
    let Some(program) = schemathesis() else {
        eprintln!("left out: schemathesis is not installed; scripts/setup test does it");
        return;
    };
    let asked = Asked::new();
    let server = Server::on(&asked.home);
    let folder = tempfile::tempdir().unwrap();
    let settings = if named { asked.names() } else { String::new() } + REFUSES_WITH_500;
    fs::write(folder.path().join("schemathesis.toml"), settings).unwrap();
    let seed = std::env::var("PAIL_OPENAPI_SEED").map_or(SEED + nth, |seed| seed.parse().unwrap());
    let mut command = Command::new(program);
    command.current_dir(folder.path()).env("NO_COLOR", "1");
    command.args(["run", &format!("http://{}/openapi.json", server.address())]);
    command.args(["--checks", CHECKS, "--exclude-path", ENDLESS, "--phases", phases]);
    command.args([
        "--seed",
        &seed.to_string(),
        "--max-examples",
        examples,
        "--no-shrink",
        "--continue-on-failure",
    ]);
    command.args(["--request-timeout", "30", "--warnings", "off"]);
    let key = match asker {
        Asker::Nobody => None,
        Asker::Owner(privileges) => Some(asked.key(None, privileges)),
        Asker::Member(privileges) => Some(asked.key(Some(MEMBER), privileges)),
    };
    if let Asker::Member([_]) = asker {
        // A single privilege matters where something is done; what a member reads is asked for without any.
        command.args(["--exclude-method", "GET", "--exclude-method", "HEAD"]);
    }
    if let Some(key) = key {
        command.args(["--header", &format!("X-API-Key: {key}")]);
    }
    eprintln!("seed {seed}");
    let output = command.output().unwrap();
    eprintln!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "answers differ from the description");
    assert_eq!(server.get("/health").text(), "ok\n", "the server goes on");
}

#[test]
fn an_admins_key_gets_what_the_description_says() {
    ask(Asker::Owner(&[Privilege::Admin]), 0, true);
}

#[test]
fn a_key_that_may_only_edit_gets_what_the_description_says() {
    ask(Asker::Owner(&[Privilege::EditBuckets]), 1, false);
}

#[test]
fn nobody_gets_what_the_description_says() {
    ask(Asker::Nobody, 2, true);
}

#[test]
fn a_members_key_gets_what_the_description_says() {
    let all = &[Privilege::CreateBuckets, Privilege::EditBuckets, Privilege::DeleteBuckets];
    ask(Asker::Member(all), 3, true);
}

#[test]
fn a_key_that_may_only_create_gets_what_the_description_says() {
    ask(Asker::Member(&[Privilege::CreateBuckets]), 4, true);
}

#[test]
fn a_key_that_may_only_delete_gets_what_the_description_says() {
    ask(Asker::Member(&[Privilege::DeleteBuckets]), 5, true);
}

#[test]
fn a_key_without_privileges_gets_what_the_description_says() {
    ask(Asker::Member(&[]), 6, true);
}
