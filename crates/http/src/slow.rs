//! Bodies that stop coming, over real HTTP, with a clock that runs ahead whenever everybody waits. (It stands still while the
//! engine reads, so that uploads are no case for it: how long a file may pause is tested where files are read.)

use crate::connections::{self, Limits};
use crate::routes::{self, Settings};
use engine::model::Privilege;
use engine::{Caller, Engine, NewBucket, NewKey};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

#[tokio::test(start_paused = true)]
async fn a_body_that_stops_coming_is_refused_by_each_api_and_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let engine = Engine::open(&home.path().join("home")).unwrap();
    let cli = Caller::cli();
    let new = NewKey { name: "all".to_owned(), privileges: vec![Privilege::Admin], ..NewKey::default() };
    let (_, key) = engine.key_create(&cli, new).unwrap();
    let kit = Some("kit".to_owned());
    let new = NewBucket { title: "Kit".to_owned(), id: kit, ..NewBucket::default() };
    engine.bucket_create(&cli, new).unwrap();
    let before = engine.newest_event().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = routes::all(engine.clone(), address, Settings::default());
    tokio::spawn(connections::answer(listener, app, Limits::of_process()));
    for (method, path, status, words) in [
        ("POST", "/api/app/write_bucket_data/v1?id=kit", 400, "400 Bad Request"),
        ("PATCH", "/v1/buckets/kit", 400, "\"bad_request\""),
        ("PATCH", "/api/buckets/v1/buckets/kit/data", 400, "\"bad_request\""),
        ("POST", "/api/commands/bucket_create", 400, "\"bad_request\""),
        ("POST", "/api/apps/pail/storage/buckets/", 400, "\"detail\""),
    ] {
        let mut connection = TcpStream::connect(address).await.unwrap();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nX-API-Key: {key}\r\nConnection: close\r\n\
             Content-Length: 100\r\n\r\n{{\"half\":"
        );
        connection.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{path}: {answer}");
        assert!(answer.contains(words), "{path}: {answer}");
    }
    assert_eq!(engine.newest_event().unwrap(), before);
}
