//! The first look at a rule: its tokens by CEL's grammar, to count and to weigh them before a parser recurses.
//!
//! What the grammar does not know is refused here, and so are texts that do not end and brackets that do not match.
//! Otherwise a hostile rule could make this count differ from the parser's, which goes on after an error.

use super::{MAX_BYTES, MAX_DEPTH, MAX_NODES, Refused};

/// The most tokens: the parser of chains such as `a.b.c` recurses once for each two.
const MAX_TOKENS: usize = 2 * MAX_NODES;

const TWO: [&str; 6] = ["==", "!=", "<=", ">=", "&&", "||"];
const ONE: &str = "<>.,-!?:+*/%";

/// Checks length, number of tokens, nesting, and that the source is made of tokens.
pub(super) fn scan(source: &str) -> Result<(), Refused> {
    if source.len() > MAX_BYTES {
        let reason = format!("the rule is {} bytes long, and {MAX_BYTES} is the limit", source.len());
        return Err(Refused::new(MAX_BYTES, reason, "Make it shorter."));
    }
    let mut open: Vec<Bracket> = vec![Bracket::default()];
    let (mut at, mut tokens) = (0, 0);
    while at < source.len() {
        let rest = &source[at..];
        if let Some(length) = space(rest) {
            at += length;
            continue;
        }
        tokens += 1;
        if tokens > MAX_TOKENS {
            let reason = format!("the rule has more than {MAX_TOKENS} words and signs");
            return Err(Refused::new(at, reason, "Make it shorter."));
        }
        nest(&mut open, rest, at)?;
        at += token(rest).map_err(|(reason, advice)| Refused::new(at, reason, advice))?;
    }
    if tokens == 0 {
        return Err(Refused::new(0, "the rule is empty", "Write an expression that is true or false."));
    }
    match open.pop() {
        Some(Bracket { closer: Some(closer), at, .. }) => {
            let reason = "this bracket is never closed";
            Err(Refused::new(at, reason, format!("Add “{closer}” where it ends.")))
        }
        _ => Ok(()),
    }
}

/// An open bracket, or the whole: what closes it, where it stands, and how many choices are open in it.
#[derive(Default)]
struct Bracket {
    closer: Option<char>,
    at: usize,
    choices: usize,
}

/// Follows brackets and choices. `a ? b : c ? d : e` nests to the right, until the bracket closes or a comma comes.
fn nest(open: &mut Vec<Bracket>, rest: &str, at: usize) -> Result<(), Refused> {
    let Some(top) = open.last_mut() else { return Ok(()) };
    let closer = match rest.chars().next() {
        Some('(') => ')',
        Some('[') => ']',
        Some('{') => '}',
        Some(',') => {
            top.choices = 0;
            return Ok(());
        }
        Some('?') => {
            top.choices += 1;
            return deep(open, at);
        }
        Some(closer @ (')' | ']' | '}')) => {
            if top.closer != Some(closer) {
                let reason = format!("“{closer}” closes nothing here");
                return Err(Refused::new(at, reason, "Look for the bracket it belongs to."));
            }
            open.pop();
            return Ok(());
        }
        _ => return Ok(()),
    };
    open.push(Bracket { closer: Some(closer), at, choices: 0 });
    deep(open, at)
}

fn deep(open: &[Bracket], at: usize) -> Result<(), Refused> {
    let depth = open.len() - 1 + open.iter().map(|bracket| bracket.choices).sum::<usize>();
    if depth <= MAX_DEPTH {
        return Ok(());
    }
    let reason = format!("the rule is nested more than {MAX_DEPTH} deep");
    Err(Refused::new(at, reason, "Make it flatter."))
}

/// White space and comments.
fn space(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    let length = rest.len() - rest.trim_start_matches(['\t', ' ', '\r', '\n', '\u{c}']).len();
    (length > 0).then_some(length)
}

/// The length of the token at the start.
fn token(rest: &str) -> Result<usize, (&'static str, &'static str)> {
    let bytes = rest.as_bytes();
    let quoted = |place: usize| matches!(bytes.get(place), Some(b'"' | b'\''));
    match bytes[0] {
        b'r' | b'R' if quoted(1) => text(&rest[1..], true).map(|length| length + 1),
        b'b' | b'B' if quoted(1) || (matches!(bytes.get(1), Some(b'r' | b'R')) && quoted(2)) => {
            Err(("rules have no bytes", "Write a text, without the b before its quotes."))
        }
        b'"' | b'\'' => text(rest, false),
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => Ok(run(rest, |c| c.is_ascii_alphanumeric() || c == b'_')),
        b'0'..=b'9' => Ok(number(rest)),
        b'.' if bytes.get(1).is_some_and(u8::is_ascii_digit) => Ok(1 + fraction(&rest[1..])),
        b'(' | b')' | b'[' | b']' | b'{' | b'}' => Ok(1),
        _ if TWO.iter().any(|sign| rest.starts_with(sign)) => Ok(2),
        first if ONE.as_bytes().contains(&first) => Ok(1),
        _ => Err(("this character has no meaning in a rule", "Put it into quotes, or take it out.")),
    }
}

fn run(rest: &str, of: impl Fn(u8) -> bool) -> usize {
    rest.bytes().take_while(|c| of(*c)).count()
}

/// `12`, `0x1f`, `1.5`, `1e9`, with a `u` or without; a dot with no digit after it is a sign of its own.
fn number(rest: &str) -> usize {
    let hex = rest.strip_prefix("0x").map(|digits| run(digits, |c| c.is_ascii_hexdigit()));
    let length = match hex {
        Some(digits) if digits > 0 => 2 + digits,
        _ => {
            let whole = run(rest, |c| c.is_ascii_digit());
            let tail = &rest[whole..];
            let dotted = tail.starts_with('.') && tail.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
            let part = if dotted { 1 + fraction(&tail[1..]) } else { exponent(tail) };
            if part > 0 {
                return whole + part;
            }
            whole
        }
    };
    length + usize::from(rest[length..].starts_with(['u', 'U']))
}

fn fraction(digits: &str) -> usize {
    let length = run(digits, |c| c.is_ascii_digit());
    length + exponent(&digits[length..])
}

fn exponent(rest: &str) -> usize {
    let Some(tail) = rest.strip_prefix(['e', 'E']) else { return 0 };
    let sign = usize::from(tail.starts_with(['+', '-']));
    match run(&tail[sign..], |c| c.is_ascii_digit()) {
        0 => 0,
        digits => 1 + sign + digits,
    }
}

/// The length of a text with its quotes, one or three.
fn text(rest: &str, raw: bool) -> Result<usize, (&'static str, &'static str)> {
    let triple = rest.starts_with("'''") || rest.starts_with("\"\"\"");
    let quote = &rest[..if triple { 3 } else { 1 }];
    let mut at = quote.len();
    while at < rest.len() {
        let tail = &rest[at..];
        if tail.starts_with(quote) {
            return Ok(at + quote.len());
        }
        at += match tail.as_bytes()[0] {
            b'\\' if !raw => escape(&tail[1..]).ok_or((
                "this text holds an escape that CEL does not know",
                "Write \\\\ for a backslash, or put r before the quotes.",
            ))?,
            b'\n' | b'\r' if !triple => break,
            _ => tail.chars().next().map_or(1, char::len_utf8),
        };
    }
    Err(("this text does not end", "Add the closing quote."))
}

/// The length of an escape with its backslash, by what stands behind that.
fn escape(tail: &str) -> Option<usize> {
    let digits = |count: usize| {
        let all = tail.as_bytes().get(1..=count).is_some_and(|all| all.iter().all(u8::is_ascii_hexdigit));
        all.then_some(count + 2)
    };
    match tail.as_bytes().first()? {
        b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' | b'"' | b'\'' | b'\\' | b'?' | b'`' => Some(2),
        b'x' | b'X' => digits(2),
        b'u' => digits(4),
        b'U' => digits(8),
        b'0'..=b'3' => tail.as_bytes().get(1..3)?.iter().all(|c| (b'0'..=b'7').contains(c)).then_some(4),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_as_long_as_the_grammar_says() {
        for (source, length) in [
            ("user.role", 4),
            ("_a1 b", 3),
            ("12.a", 2),
            ("12.5e-3u", 7),
            ("1e9", 3),
            ("1e+", 1),
            ("0x1Fu)", 5),
            ("0xg", 1),
            ("12u", 3),
            (".5e1.", 4),
            (".a", 1),
            ("<=", 2),
            ("<a", 1),
            ("'a\\'b' c", 6),
            ("''a", 2),
            ("'''a'b\n''' ", 10),
            ("\"\\u00e9\\x41\\101\"", 16),
            ("r'\\' x", 4),
            ("rb'x'", 2),
            ("R\"\"\"a\"\"\"", 8),
            ("'é'", 4),
        ] {
            assert_eq!(token(source), Ok(length), "{source}");
        }
    }

    #[test]
    fn what_no_token_begins_with_is_refused() {
        for source in [
            "@", "#", "`a`", "=", "&", "|", "'a", "'a\nb'", "'\\q'", "'\\x4'", "b'x'", "Br'x'", "\\", "é",
            "\u{a0}", "'''a''",
        ] {
            assert!(token(source).is_err(), "{source}");
            assert_eq!(scan(&format!("user.role == {source}")).unwrap_err().at, 13, "{source}");
        }
    }

    #[test]
    fn brackets_and_choices_nest_so_far_and_no_further() {
        let brackets = |count: usize| format!("{}a{}", "(".repeat(count), ")".repeat(count));
        let choices = |count: usize| format!("{}c", "a ? b : ".repeat(count));
        for nested in [brackets, choices] {
            scan(&nested(MAX_DEPTH)).unwrap();
            assert!(scan(&nested(MAX_DEPTH + 1)).unwrap_err().reason.contains("nested"));
        }
        scan(&format!("[{}a]", "a ? b : c, ".repeat(50))).unwrap();
        scan(&format!("{}a", "(a ? b : c) && ".repeat(50))).unwrap();
        scan("'((((((((((((((((((((((((((((((((((((((((' // ((((((((((((((((((((((((((((((((((((((").unwrap();
    }

    #[test]
    fn brackets_must_match() {
        for (source, at) in [("(a", 0), ("a)", 1), ("(a]", 2), ("a[(0]", 4), ("f({'a': 1)", 9), ("((a)", 0)] {
            assert_eq!(scan(source).unwrap_err().at, at, "{source}");
        }
    }

    #[test]
    fn long_rules_are_refused() {
        assert!(scan(&" ".repeat(MAX_BYTES + 1)).is_err());
        scan(&format!("{}a", " ".repeat(MAX_BYTES - 1))).unwrap();
        let chain = |count: usize| format!("a{}", ".b".repeat(count));
        scan(&chain(MAX_NODES - 1)).unwrap();
        assert!(scan(&chain(MAX_NODES)).unwrap_err().reason.contains("words"));
    }
}
