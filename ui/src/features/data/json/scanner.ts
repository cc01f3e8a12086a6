/**
 * Cuts a document into its smallest parts and reports what is wrong within one of them. It never gives up: what it
 * cannot name it reports and passes over. What is wrong between the parts is the reader's business.
 */
import { escapeControl, requote } from "./literals";
import { replace, type Problems } from "./problems";

/** `name` is a bare word that JSON does not know, such as a key without quotes. */
export type TokenKind = "{" | "}" | "[" | "]" | ":" | "," | "string" | "number" | "word" | "name" | "end";

const QUOTE = 34;
const BACKSLASH = 92;

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const NUMBER_LIKE = /[-+.0-9][-+.0-9\p{L}_]*/uy;
const NAME = /[\p{L}_$][\p{L}\p{N}_$.@/+-]*(?: +[\p{L}\p{N}_$.@/+-]+)*/uy;
const COMMENT = /\/\/[^\n]*|#[^\n]*|\/\*[^]*?(?:\*\/|$)/y;
const STRAY = /[^\s"'`“”„‘’{}[\]:,\p{L}\p{N}_$#/+.;=-]+|\//uy;
/** What may follow a text on its line although the text was not closed. */
const AFTER_TEXT = /[\s,\]}]*$/;

const OTHER_QUOTES: Record<string, string> = {
  "'": "'’",
  "`": "`",
  "“": '”“"',
  "”": '”"',
  "„": '“”"',
  "‘": "’'",
  "’": "’'",
};
const OTHER_WORDS: Record<string, string> = {
  none: "null",
  nil: "null",
  undefined: "null",
  null: "null",
  true: "true",
  false: "false",
};
const WORDS = new Set(["true", "false", "null"]);
const ESCAPES = new Set([...'"\\/bfnrtu'].map((char) => char.charCodeAt(0)));

export class Scanner {
  kind: TokenKind = "end";
  from = 0;
  to = 0;

  constructor(
    readonly text: string,
    readonly problems: Problems,
  ) {}

  /** Moves to the next part. */
  next(): void {
    let at = this.to;
    for (;;) {
      at = this.skipSpace(at);
      if (at >= this.text.length) return this.take("end", at, at);
      const char = this.text.charAt(at);
      if ("{}[]:,".includes(char)) return this.take(char as TokenKind, at, at + 1);
      if (char === '"') return this.string(at);
      if (/[-+.0-9]/.test(char)) return this.number(at);
      if (char in OTHER_QUOTES) return this.otherString(at, OTHER_QUOTES[char] ?? char);
      if (char === ";" || char === "=") return this.wrongMark(at, char === ";" ? "," : ":");
      const name = this.match(NAME, at);
      if (name !== "") return this.name(at, name);
      at = this.stray(at);
    }
  }

  /** Whether a colon follows the part at hand: then it is a key, wherever it stands. */
  colonFollows(): boolean {
    let at = this.to;
    while (at < this.text.length && isSpace(this.text.charCodeAt(at))) at++;
    return this.text.charAt(at) === ":";
  }

  private take(kind: TokenKind, from: number, to: number): void {
    this.kind = kind;
    this.from = from;
    this.to = to;
  }

  private match(pattern: RegExp, at: number): string {
    pattern.lastIndex = at;
    return pattern.exec(this.text)?.[0] ?? "";
  }

  private skipSpace(from: number): number {
    let at = from;
    for (;;) {
      const code = this.text.charCodeAt(at);
      if (isSpace(code)) at++;
      else if (code > 127 && /[\s\uFEFF]/.test(this.text.charAt(at))) {
        const insert = code === 0xfeff ? "" : " ";
        this.problems.error("stray_space", at, at + 1, replace("remove", at, at + 1, insert));
        at++;
      } else return at;
    }
  }

  private string(from: number): void {
    const { text } = this;
    let at = from + 1;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) return this.take("string", from, at + 1);
      if (code === 10 || Number.isNaN(code)) return this.unclosed(from, at);
      if (code === BACKSLASH) at = this.escape(at);
      else {
        if (code < 32)
          this.problems.error("control_character", at, at + 1, replace("escape", at, at + 1, escapeControl(code)));
        at++;
      }
    }
  }

  /** Reads an escape and returns where it ends. */
  private escape(at: number): number {
    const { text } = this;
    const code = text.charCodeAt(at + 1);
    if (code === 10 || Number.isNaN(code)) return at + 1;
    if (!ESCAPES.has(code)) {
      this.problems.error("bad_escape", at, at + 2, replace("escape", at, at + 1, "\\\\"));
      return at + 2;
    }
    if (code !== 117) return at + 2;
    const digits = this.match(/[0-9a-fA-F]{0,4}/y, at + 2).length;
    if (digits < 4)
      this.problems.error("bad_unicode_escape", at, at + 2 + digits, replace("escape", at, at + 1, "\\\\"));
    return at + 2 + digits;
  }

  /** A text whose line ends before it does: it is taken to end before the commas and brackets at the end of the line. */
  private unclosed(from: number, lineEnd: number): void {
    const rest = AFTER_TEXT.exec(this.text.slice(from + 1, lineEnd));
    const to = lineEnd - (rest ? rest[0].length : 0);
    this.problems.error("text_not_closed", from, to, replace("close_text", to, to, '"'));
    this.take("string", from, to);
  }

  private otherString(from: number, closers: string): void {
    const { text } = this;
    let at = from + 1;
    while (at < text.length && text.charAt(at) !== "\n" && !closers.includes(text.charAt(at))) {
      at += text.charAt(at) === "\\" ? 2 : 1;
    }
    if (at >= text.length || text.charAt(at) === "\n") return this.unclosed(from, Math.min(at, text.length));
    this.problems.error(
      "wrong_quotes",
      from,
      at + 1,
      replace("add_quotes", from, at + 1, requote(text.slice(from + 1, at))),
    );
    this.take("string", from, at + 1);
  }

  private number(from: number): void {
    const whole = this.match(NUMBER_LIKE, from);
    const to = from + whole.length;
    if (this.match(NUMBER, from) !== whole) {
      const better = betterNumber(whole);
      this.problems.error("bad_number", from, to, better === null ? undefined : replace("write", from, to, better));
    }
    this.take("number", from, to);
  }

  private name(from: number, words: string): void {
    const first = words.split(" ", 1)[0] ?? words;
    const name = WORDS.has(first) ? first : words;
    const to = from + name.length;
    if (this.text.charCodeAt(to) === QUOTE) {
      this.problems.error("text_not_opened", from, to + 1, replace("close_text", from, from, '"'));
      return this.take("string", from, to + 1);
    }
    this.take(WORDS.has(name) ? "word" : "name", from, to);
  }

  private wrongMark(at: number, right: "," | ":"): void {
    this.problems.error("wrong_mark", at, at + 1, replace("write", at, at + 1, right));
    this.take(right, at, at + 1);
  }

  /** Reports what is no part of a document and returns where it ends. */
  private stray(at: number): number {
    const comment = this.match(COMMENT, at);
    const to = at + Math.max(1, (comment === "" ? this.match(STRAY, at) : comment).length);
    this.problems.error(comment === "" ? "stray" : "comment", at, to, replace("remove", at, to, ""));
    return to;
  }
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

/** The number that was most likely meant, or null. */
function betterNumber(written: string): string | null {
  const better = written
    .replaceAll("_", "")
    .replace(/^\+/, "")
    .replace(/^(-?)0+(?=[0-9])/, "$1")
    .replace(/^(-?)\./, "$10.")
    .replace(/\.(?![0-9])/, ".0");
  NUMBER.lastIndex = 0;
  return NUMBER.exec(better)?.[0] === better ? better : null;
}

/** The word of JSON that another language spells differently, or null. */
export function wordMeant(name: string): string | null {
  return OTHER_WORDS[name.toLowerCase()] ?? null;
}
