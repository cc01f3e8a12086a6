/** Words of the data editor. */
import { count, plural } from "../../format";
import type { FixLabel, ProblemCode } from "../../features/data/json/problems";

const lines = (n: number): string => plural(n, { one: "1 line", other: "# lines" });

const problems: Record<ProblemCode, string> = {
  empty: "The document is empty. Write a value, such as {}",
  comma_missing_value: "A comma is missing before this value",
  comma_missing_key: "A comma is missing before this key",
  comma_extra: "This comma is not needed",
  colon_missing: "A colon is missing after this key",
  colon_extra: "This colon is not needed",
  key_missing: "A key is missing here",
  key_missing_quotes: "A key stands in double quotes",
  value_missing: "This key has no value",
  text_not_closed: "The closing quote of this text is missing",
  text_not_opened: "The opening quote of this text is missing",
  wrong_quotes: "Text stands in straight double quotes",
  text_missing_quotes: "Text stands in double quotes",
  wrong_word: "JSON writes this word otherwise",
  bad_escape: "JSON does not know this escape. Write \\\\ for a backslash",
  bad_unicode_escape: "Four hexadecimal digits belong after \\u",
  control_character: "A tab or other control character in a text is written as an escape",
  bad_number: "JSON does not write numbers this way",
  wrong_mark: "This mark does not belong here",
  comment: "JSON has no comments",
  stray_space: "This is not an ordinary space",
  stray: "This does not belong here",
  object_not_closed: "This brace is not closed",
  array_not_closed: "This bracket is not closed",
  closes_nothing: "This closes nothing",
  text_after_end: "The document ended before this",
  too_deep: "Values are nested deeper than 128 levels from here",
  key_repeated: "This key stands here twice. Programs read the last one",
};

const fixes: Record<Exclude<FixLabel, "write">, string> = {
  add_comma: "Add the comma",
  remove_comma: "Remove the comma",
  add_colon: "Add the colon",
  add_quotes: "Put it in double quotes",
  close_text: "Add the quote",
  close: "Close it",
  remove: "Remove it",
  escape: "Write it as an escape",
  start_object: "Start with {}",
};

export const data = {
  region: "Data",
  editor: (title: string): string => `Data of ${title}`,
  save: "Save",
  nothingToSave: "Nothing is changed",
  fixFirst: (line: number): string => `Fix the error in line ${count(line)} first. Pressing goes there`,
  review: "Review changes",
  linesChanged: (n: number): string => `${lines(n)} changed`,
  search: "Search in data",
  undo: "Undo edit",
  redo: "Redo edit",
  format: "Format",
  formatNeedsValid: "Fix the errors first",
  tree: "Tree",
  treeNote: "As of the last valid text",
  treeEmpty: "The tree shows once the text is valid",
  keys: (n: number): string => plural(n, { one: "1 key", other: "# keys" }),
  items: (n: number): string => plural(n, { one: "1 item", other: "# items" }),
  trouble: "The data could not be read",
  tryAgain: "Try again",

  problems,
  problem: (code: ProblemCode, first: number | null): string =>
    code === "key_repeated" && first !== null
      ? `This key stands in line ${count(first)} already. Programs read the last one`
      : problems[code],
  andMore: (n: number): string => `and ${count(n)} more`,
  fix: (label: FixLabel, text = ""): string => (label === "write" ? `Write ${text}` : fixes[label]),
  noErrors: "No errors",
  checking: "Checking",
  errors: (n: number, line: number): string =>
    n === 1
      ? `1 error, line ${count(line)}. Fix it to save.`
      : `${count(n)} errors, first in line ${count(line)}. Fix them to save.`,
  warnings: (n: number, line: number): string =>
    n === 1 ? `A key stands twice, line ${count(line)}` : `${count(n)} keys stand twice, first in line ${count(line)}`,
  goToLine: (line: number): string => `Go to line ${count(line)}`,
  revision: (n: number): string => `Revision ${count(n)}`,
  savedBy: (who: string, when: string): string => `saved by ${who} ${when}`,

  savedAs: (n: number): string => `Saved as revision ${count(n)}`,
  notSaved: "The data was not saved",
  meanwhile: (n: number, who: string): string => `Revision ${count(n)} was saved by ${who} meanwhile`,
  meanwhileUnknown: (n: number): string => `Revision ${count(n)} was saved meanwhile`,
  show: "Show",

  leave: {
    title: "Save the data?",
    text: (title: string, n: number): string => `${lines(n)} of the data of ${title} changed and not saved.`,
    save: "Save",
    discard: "Discard changes",
    stay: "Keep editing",
  },

  find: {
    next: "Next match",
    previous: "Previous match",
    matchCase: "Match case",
    close: "Close search",
    none: "No match",
    of: (at: number, n: number): string =>
      at === 0 ? plural(n, { one: "1 match", other: "# matches" }) : `${count(at)} of ${count(n)}`,
    many: (n: number): string => `More than ${count(n)}`,
  },

  compare: {
    title: "Changes not saved yet",
    text: (n: number, revision: number): string => `${lines(n)} changed since revision ${count(revision)}`,
    saved: "Saved",
    yours: "Yours",
    notSavedYet: "Not saved yet",
    discard: "Discard changes",
    keep: "Keep editing",
    unchanged: "$ unchanged lines",
  },

  conflict: {
    title: "The data changed while you were editing",
    text: (who: string, n: number, when: string, base: number): string =>
      `${who} saved revision ${count(n)} ${when}; you started from revision ${count(base)}. Nothing is overwritten until you save.`,
    showAs: "Show as",
    asKeys: "Keys",
    asText: "Text",
    key: "Key",
    differ: (n: number): string => plural(n, { one: "1 differs", other: "# differ" }),
    yours: "Yours",
    notSavedYet: "Not saved yet",
    base: "When you opened it",
    theirs: "Saved meanwhile",
    revisionAt: (n: number, when: string): string => `Revision ${count(n)}, ${when}`,
    both: "Both changed: choose one",
    onlyYours: "Only you changed: taken",
    onlyTheirs: (who: string): string => `Only ${who} changed: taken`,
    choose: (path: string): string => `Value of ${path}`,
    takeYours: (value: string): string => `Yours: ${value}`,
    takeTheirs: (value: string): string => `Saved meanwhile: ${value}`,
    notThere: "not there",
    whole: "The whole document",
    left: (left: number, all: number, first: string): string =>
      `${count(left)} of ${count(all)} still to choose: ${first}`,
    allChosen: "All chosen",
    nothingToChoose: "Nothing to choose: the changes do not meet",
    noDifference: "Both texts say the same",
    onlyText: "Your text has an error, so it is compared as text",
    keepEditing: "Keep editing",
    takeAll: (n: number): string => `Take all of revision ${count(n)}`,
    saveAs: (n: number): string => `Save as revision ${count(n)}`,
    chooseFirst: (n: number): string => plural(n, { one: "Choose 1 value first", other: "Choose # values first" }),
    fixFirst: (line: number): string => `Fix the error in line ${count(line)} first`,
    result: "What will be saved",
    resultHint: "You can write here",
    takeChange: (n: number): string => `Take this from revision ${count(n)}`,
  },
};
