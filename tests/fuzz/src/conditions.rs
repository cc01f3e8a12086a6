//! Validators and conditional requests (RFC 9110, section 13). Input: when the content came, its hash, then headers.

use crate::Target;
use crate::input::Input;
use engine::model::Object;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use http_face::fuzzing::Validators;

pub const TARGET: Target = Target {
    name: "conditions",
    holds,
    words: &[
        "if-none-match: ",
        "if-modified-since: ",
        "if-range: ",
        "\n",
        "\"",
        "W/",
        "*",
        ",",
        " ",
        "\t",
        "\"abc\"",
        "abc",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "GMT",
        "9999",
        "1970",
        "784111777000",
        "\"a,*,b\"",
        "é",
    ],
    tries: 50_000,
};

fn holds(input: &[u8]) {
    let mut input = Input::new(input);
    let modified: i64 = input.line().trim().parse().unwrap_or(0);
    let hash: String = input.line().chars().filter(char::is_ascii_hexdigit).collect();
    let mut asked = HeaderMap::new();
    for line in input.rest().split(|byte| *byte == b'\n') {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { continue };
        let (name, value) = (line[..colon].trim_ascii(), line[colon + 1..].trim_ascii());
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name), HeaderValue::from_bytes(value)) {
            asked.append(name, value);
        }
    }
    let validators = Validators::of(&object(modified, &hash));
    what_is_sent_is_known_again(&validators);
    let seconds = u64::try_from(modified.div_euclid(1000)).unwrap_or(0).min(LAST_SECOND);
    let not_modified = validators.not_modified(&asked);
    if asked.contains_key(header::IF_NONE_MATCH) {
        match slow_names(&all(&asked, header::IF_NONE_MATCH), &hash) {
            Some(named) => assert_eq!(not_modified, named, "If-None-Match is read otherwise"),
            // What is no list of tags names nothing unless it holds the tag, or the star, somewhere.
            None => assert!(!not_modified || mentions(&asked, &hash)),
        }
    } else if let Some(since) = one(&asked, header::IF_MODIFIED_SINCE).and_then(slow_date) {
        assert_eq!(not_modified, seconds <= since, "If-Modified-Since is read otherwise");
    } else if !asked.contains_key(header::IF_MODIFIED_SINCE) {
        assert!(!not_modified, "nothing was asked");
    }
    if let Some(condition) = one(&asked, header::IF_RANGE) {
        let tag = condition == format!("\"{hash}\"").as_bytes();
        match slow_date(condition) {
            Some(date) => assert_eq!(validators.range_holds(&asked), date == seconds),
            None if condition.first() == Some(&b'"') || condition.starts_with(b"W/") => {
                assert_eq!(validators.range_holds(&asked), tag, "If-Range is read otherwise");
            }
            None => {}
        }
    } else if !asked.contains_key(header::IF_RANGE) {
        assert!(validators.range_holds(&asked));
    }
}

/// 9999-12-31 23:59:59, the last that an HTTP date can say.
const LAST_SECOND: u64 = 253_402_300_799;

fn what_is_sent_is_known_again(validators: &Validators) {
    let mut sent = HeaderMap::new();
    validators.write(&mut sent);
    let (tag, date) = (sent[header::ETAG].clone(), sent[header::LAST_MODIFIED].clone());
    for (name, value) in [(header::IF_NONE_MATCH, &tag), (header::IF_MODIFIED_SINCE, &date)] {
        assert!(
            validators.not_modified(&HeaderMap::from_iter([(name, value.clone())])),
            "{value:?} is not known"
        );
    }
    for value in [tag, date] {
        assert!(validators.range_holds(&HeaderMap::from_iter([(header::IF_RANGE, value)])));
    }
}

fn all(asked: &HeaderMap, name: HeaderName) -> Vec<u8> {
    asked.get_all(name).iter().map(HeaderValue::as_bytes).collect::<Vec<_>>().join(&b","[..])
}

fn one(asked: &HeaderMap, name: HeaderName) -> Option<&[u8]> {
    let mut values = asked.get_all(name).iter();
    let first = values.next()?;
    if values.next().is_some() { None } else { Some(first.as_bytes()) }
}

fn mentions(asked: &HeaderMap, hash: &str) -> bool {
    let list = all(asked, header::IF_NONE_MATCH);
    let tag = format!("\"{hash}\"");
    list.contains(&b'*') || list.windows(tag.len()).any(|part| part == tag.as_bytes())
}

/// Whether a list of tags names this one, by weak comparison; `None` for what the grammar does not know.
fn slow_names(list: &[u8], hash: &str) -> Option<bool> {
    let mut rest = list.trim_ascii();
    if rest == b"*" {
        return Some(true);
    }
    let mut named = false;
    loop {
        while let [b' ' | b'\t' | b',', after @ ..] = rest {
            rest = after;
        }
        if rest.is_empty() {
            return Some(named);
        }
        let opened = rest.strip_prefix(b"W/").unwrap_or(rest).strip_prefix(b"\"")?;
        let end = opened.iter().position(|byte| *byte == b'"')?;
        let tag = &opened[..end];
        if tag.iter().any(|byte| matches!(byte, 0..=0x20 | 0x7f)) {
            return None;
        }
        named |= tag == hash.as_bytes();
        rest = opened[end + 1..].trim_ascii_start();
        if !rest.is_empty() && rest[0] != b',' {
            return None;
        }
    }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` in seconds since 1970, and no other form of a date.
fn slow_date(text: &[u8]) -> Option<u64> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    let text = std::str::from_utf8(text).ok().filter(|text| text.len() == 29 && text.is_ascii())?;
    let number = |from: usize, to: usize| -> Option<u64> {
        let digits = &text[from..to];
        digits.bytes().all(|c| c.is_ascii_digit()).then(|| digits.parse().unwrap())
    };
    let (day, year) = (number(5, 7)?, number(12, 16)?);
    let month = MONTHS.iter().position(|month| *month == &text[8..11])?;
    let (hour, minute, second) = (number(17, 19)?, number(20, 22)?, number(23, 25)?);
    let marks = [(3, ", "), (7, " "), (11, " "), (16, " "), (19, ":"), (22, ":"), (25, " GMT")];
    let marked = marks.iter().all(|(at, mark)| text[*at..].starts_with(mark));
    if !marked || year < 1970 || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let length = |month: usize| match month {
        1 => 28 + u64::from(leap(year)),
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    };
    if day < 1 || day > length(month) {
        return None;
    }
    let years: u64 = (1970..year).map(|year| 365 + u64::from(leap(year))).sum();
    let days = years + (0..month).map(length).sum::<u64>() + day - 1;
    if DAYS[usize::try_from(days % 7).unwrap()] != &text[..3] {
        return None;
    }
    Some(((days * 24 + hour) * 60 + minute) * 60 + second)
}

fn object(modified: i64, hash: &str) -> Object {
    Object { modified, hash: hash.to_owned(), ..crate::common::object() }
}
