//! Queries of signed links (C6). Input: when one ends, its path, its name for download, where it is changed; then a query.

use crate::Target;
use crate::input::Input;
use engine::Code;
use engine::rules::sign::{Claim, LONGEST, Presented, id_of, parse, query};

pub const TARGET: Target = Target {
    name: "signed",
    holds,
    words: &[
        "expires=",
        "key=",
        "nonce=",
        "nonce=n1&",
        "signature=",
        "download=",
        "&",
        "=",
        "%",
        "%2",
        "%26",
        "%3D",
        "%ff",
        "+",
        "1800000000",
        "k3",
        "JuqtQbH5ou0MAKGKXKPmEhupBm2Qd7hwwIRHCxfCQw8",
        "é",
        "\n",
        "&download=a.pdf",
        "signature",
        "0",
        "-",
    ],
    tries: 20_000,
};

const SECRET: [u8; 32] = [7; 32];
const KEY: &str = "k3";
/// Unix milliseconds.
const NOW: i64 = 1_800_000_000_000;

fn holds(input: &[u8]) {
    let mut input = Input::new(input);
    let left = i64::try_from(input.number() % 700_000).unwrap();
    let (path, download, place) = (input.line(), input.line(), input.number());
    let hostile = input.text();
    what_is_read_was_said_once(&hostile);
    let expires = NOW / 1000 + left;
    // Links of before have no nonce.
    let nonce = (place % 2 == 1).then(|| format!("n{place}"));
    let claim = Claim { path: &path, expires, download: Some(&download), key: KEY, nonce: nonce.as_deref() };
    let honest = query(&SECRET, &claim);
    assert!(honest.bytes().all(|c| c.is_ascii_graphic()), "{honest:?}");
    let read = parse(&honest).unwrap().expect("a signed link is one");
    assert_eq!((read.expires, read.key.as_str(), &read.nonce), (expires, KEY, &nonce));
    assert_eq!(read.download.as_deref().unwrap_or_default(), download);
    let good = left > 0 && left <= LONGEST;
    assert_eq!(read.verify(&SECRET, &path, NOW).is_ok(), good);
    assert!(read.verify(&SECRET, &format!("{path}x"), NOW).is_err(), "another path");
    assert!(read.verify(&[8; 32], &path, NOW).is_err(), "another secret");
    changed_is_refused(&honest, &read, &path, place, &hostile);
}

/// Whatever is put into an honest query: what it then says is the same, or it opens nothing.
fn changed_is_refused(honest: &str, read: &Presented, path: &str, place: u64, put: &str) {
    let at = usize::try_from(place % honest.len() as u64).unwrap();
    let put = put.chars().take(3).collect::<String>();
    for end in [at, at + 1] {
        let changed = format!("{}{put}{}", &honest[..at], &honest[end..]);
        if let Ok(Some(other)) = parse(&changed)
            && other != *read
        {
            let error = other.verify(&SECRET, path, NOW).expect_err("a changed link opens something");
            assert_eq!(error.code(), Code::InvalidSignature, "{changed:?}");
        }
    }
}

/// Each parameter once, none but ours, none empty; and each in the one way that we write it.
fn what_is_read_was_said_once(hostile: &str) {
    let pairs: Vec<(&str, &str)> =
        hostile.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect();
    let values = |name: &str| -> Vec<&str> {
        pairs.iter().filter(|(own, _)| *own == name).map(|(_, value)| *value).collect()
    };
    let read = match parse(hostile) {
        Ok(Some(read)) => read,
        Ok(None) => {
            assert!(values("signature").is_empty(), "a signature is overlooked");
            assert_eq!(id_of(hostile), None);
            return;
        }
        Err(error) => {
            assert_eq!(error.code(), Code::InvalidSignature);
            assert_eq!(id_of(hostile), None);
            return;
        }
    };
    assert!(read.verify(&SECRET, "files/bucket/b1/o1/a", NOW).is_err(), "a signature was guessed");
    assert_eq!(id_of(hostile), Some(read.id()));
    assert_eq!(values("expires"), [read.expires.to_string()]);
    assert_eq!(values("key"), [read.key.as_str()]);
    assert!(values("signature").len() == 1 && values("signature")[0].len() == 43);
    assert_eq!(values("nonce"), Vec::from_iter(read.nonce.as_deref()));
    assert_eq!(values("download").len(), usize::from(read.download.is_some()));
    let known = ["expires", "key", "nonce", "signature", "download"];
    assert!(pairs.iter().all(|(name, value)| known.contains(name) && !value.is_empty()), "{hostile:?}");
    assert!(read.expires >= 0 && read.download.as_deref() != Some(""));
}
