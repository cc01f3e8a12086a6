//! JSON (RFC 8259) once more, as its grammar stands, on bytes: nothing is converted, so nothing can be lost.

/// A member of an object as it stands in the text.
pub struct Member<'a> {
    /// The key's code units, escapes resolved; halves of pairs stay what they are.
    pub key: Vec<u16>,
    /// What stands between the member before, or the brace, and the key.
    pub before: &'a str,
    /// The key and all up to the value.
    pub written: &'a str,
    /// The value.
    pub value: &'a str,
    /// Where the value ends.
    pub end: usize,
}

/// How deep a text nests, if it is one JSON value and nothing else.
pub fn document(text: &str) -> Option<usize> {
    let mut reader = Reader::new(text);
    reader.space();
    reader.value()?;
    reader.space();
    (reader.at == text.len()).then_some(reader.deepest)
}

/// The members of a text that is one JSON object.
pub fn members(text: &str) -> Option<Vec<Member<'_>>> {
    document(text)?;
    let mut reader = Reader::new(text);
    reader.space();
    reader.expect(b'{')?;
    let mut all = Vec::new();
    let mut start = reader.at;
    reader.space();
    while reader.peek() != Some(b'}') {
        let key_start = reader.at;
        let key = reader.string()?;
        reader.space();
        reader.expect(b':')?;
        reader.space();
        let value_start = reader.at;
        reader.value()?;
        let end = reader.at;
        all.push(Member {
            key,
            before: &text[start..key_start],
            written: &text[key_start..value_start],
            value: &text[value_start..end],
            end,
        });
        start = end;
        reader.space();
        if reader.peek() == Some(b',') {
            reader.at += 1;
            reader.space();
        }
    }
    Some(all)
}

struct Reader<'a> {
    bytes: &'a [u8],
    text: &'a str,
    at: usize,
    depth: usize,
    deepest: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), text, at: 0, depth: 0, deepest: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.peek() == Some(byte)).then(|| self.at += 1)
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn value(&mut self) -> Option<()> {
        match self.peek()? {
            b'{' => self.nested(b'}', |reader| {
                reader.string()?;
                reader.space();
                reader.expect(b':')?;
                reader.space();
                reader.value()
            }),
            b'[' => self.nested(b']', Self::value),
            b'"' => self.string().map(drop),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => self.number(),
        }
    }

    fn nested(&mut self, close: u8, item: impl Fn(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        // Deeper than this is refused anyway, and this reader calls itself.
        if self.depth > 2000 {
            return None;
        }
        self.space();
        let mut first = true;
        while self.peek() != Some(close) {
            if !first {
                self.expect(b',')?;
                self.space();
            }
            first = false;
            item(self)?;
            self.space();
        }
        self.at += 1;
        self.depth -= 1;
        Some(())
    }

    fn word(&mut self, word: &str) -> Option<()> {
        self.text[self.at..].starts_with(word).then(|| self.at += word.len())
    }

    fn digits(&mut self) -> Option<usize> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then_some(self.at - start)
    }

    fn number(&mut self) -> Option<()> {
        let _ = self.expect(b'-');
        let zero = self.peek() == Some(b'0');
        if self.digits()? > 1 && zero {
            return None;
        }
        if self.expect(b'.').is_some() {
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Some(())
    }

    fn string(&mut self) -> Option<Vec<u16>> {
        self.expect(b'"')?;
        let mut units = Vec::new();
        loop {
            let character = self.text[self.at..].chars().next()?;
            self.at += character.len_utf8();
            match character {
                '"' => return Some(units),
                '\\' => units.push(self.escape()?),
                '\0'..='\u{1f}' => return None,
                plain => units.extend_from_slice(plain.encode_utf16(&mut [0; 2])),
            }
        }
    }

    fn escape(&mut self) -> Option<u16> {
        let letter = self.peek()?;
        self.at += 1;
        Some(match letter {
            b'"' | b'\\' | b'/' => u16::from(letter),
            b'b' => 8,
            b'f' => 12,
            b'n' => 10,
            b'r' => 13,
            b't' => 9,
            b'u' => {
                let digits = self.bytes.get(self.at..self.at + 4)?;
                self.at += 4;
                let all_hex = digits.iter().all(u8::is_ascii_hexdigit);
                u16::from_str_radix(std::str::from_utf8(digits).ok().filter(|_| all_hex)?, 16).ok()?
            }
            _ => return None,
        })
    }
}
