//! Forms (RFC 7578). Input: the boundary, how long the pieces are that it comes in, then the body; and a form that is made
//! of the same bytes.

use crate::Target;
use crate::input::Input;
use http::HeaderValue;
use http_face::fuzzing::{Field, form};
use std::sync::LazyLock;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

pub const TARGET: Target = Target {
    name: "forms",
    holds,
    words: &[
        "--x",
        "--x--",
        "\r\n",
        "\r\n\r\n",
        "\r\n--x",
        "Content-Disposition: form-data; name=\"a\"",
        "; filename=\"b.txt\"",
        "Content-Type: text/plain",
        "\\\"",
        "\"",
        ";",
        " ",
        "--",
        "-",
        "\r",
        "\n",
        ":",
        "name=",
        "filename*=UTF-8''%41",
        "x",
    ],
    tries: 5_000,
};

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_current_thread().enable_time().build().unwrap());

fn holds(input: &[u8]) {
    let mut input = Input::new(input);
    let (boundary, length) = (input.line().into_owned(), input.number());
    let body = input.rest();
    let length = usize::try_from(length % 100).unwrap() + 1;
    let Ok(kind) = HeaderValue::from_str(&format!("multipart/form-data; boundary={boundary}")) else {
        return;
    };
    let whole = read(&kind, vec![body.to_vec()]);
    let in_pieces = read(&kind, body.chunks(length).map(<[u8]>::to_vec).collect());
    assert_eq!(whole, in_pieces, "how a form comes changes what it says");
    let Some((fields, _)) = whole else { return };
    let plain = boundary.bytes().all(|c| c.is_ascii_alphanumeric());
    for field in &fields {
        let delimiter = format!("\r\n--{boundary}");
        assert!(!plain || !contains(&field.content, delimiter.as_bytes()), "a part goes on into the next");
        assert!(contains(body, &field.content), "a part holds what was not sent");
    }
    what_is_sent_is_read(body, length);
}

/// A form with two parts, a text and a file, that hold what was given.
fn what_is_sent_is_read(content: &[u8], length: usize) {
    const BOUNDARY: &str = "a-boundary-that-stands-in-no-content";
    if contains(content, BOUNDARY.as_bytes()) {
        return;
    }
    let cut = content.len() / 2;
    let sent = [("text", None, &content[..cut]), ("file", Some("b c.txt"), &content[cut..])];
    let mut body = Vec::new();
    for (name, filename, content) in &sent {
        let filename = filename.map_or_else(String::new, |name| format!("; filename=\"{name}\""));
        body.extend(
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{filename}\r\n\r\n")
                .bytes(),
        );
        body.extend_from_slice(content);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    let kind = HeaderValue::from_str(&format!("multipart/form-data; boundary={BOUNDARY}")).unwrap();
    let (fields, whole) = read(&kind, body.chunks(length).map(<[u8]>::to_vec).collect()).unwrap();
    let expected = sent.map(|(name, filename, content)| Field {
        name: name.to_owned(),
        filename: filename.map(str::to_owned),
        content: content.to_vec(),
    });
    assert!(whole, "a form that is whole is not read to its end");
    assert_eq!(fields, expected);
}

/// The parts, and whether that was all; `None` for what is no form.
fn read(kind: &HeaderValue, pieces: Vec<Vec<u8>>) -> Option<(Vec<Field>, bool)> {
    let read = async { tokio::time::timeout(Duration::from_secs(20), form(kind.clone(), pieces)).await };
    RUNTIME.block_on(read).expect("a form that has come is read").ok()
}

fn contains(whole: &[u8], part: &[u8]) -> bool {
    part.is_empty() || whole.windows(part.len()).any(|window| window == part)
}
