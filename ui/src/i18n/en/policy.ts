/** Words of a bucket's Access tab: who may, what links need, how long files live, what it is for. */
import type { Act, Category, Permalink, Policy, Tier } from "../../bindings/wire";
import { count, plural } from "../../format";

const files = (n: number) => plural(n, { one: "1 file", other: "# files" });

const signedIn = "Anyone signed in";
const owner = "Bucket owner";

/** What an owner is called whose name the system does not tell. */
const YOU = "You";

export const policy = {
  who: "Who may do what",
  whoText: (name: string) =>
    `${name === YOU ? "You own" : `${name} owns`} this bucket. Admins may always do everything, and so may you in this window. Whoever changes or deletes something also needs a key that may edit.`,
  policies: {
    private: "Private",
    owner: "Each their own",
    authenticated: "Anyone signed in",
    public: "Public to read",
    rules: "By rules",
  } satisfies Record<Policy, string>,
  policyHints: {
    private: "The bucket owner works here. Who brought a file still reads and deletes it.",
    owner: "Everybody brings files and sees only their own.",
    authenticated: "Everybody who has a key works here together.",
    public: "Anybody reads, without a key. Only the bucket owner changes it.",
    rules: "Conditions that you write decide.",
  } satisfies Record<Policy, string>,
  acts: { read: "Read", write: "Write", delete: "Delete" } satisfies Record<Act, string>,
  mayHint: {
    read: "See, list, download",
    write: "Add, replace, rename, move; save data",
    delete: "Delete files",
  } satisfies Record<Act, string>,
  may: {
    private: { read: "Bucket owner, who brought it", write: owner, delete: "Bucket owner, who brought it" },
    owner: { read: "Who brought it", write: "Anyone signed in, their own", delete: "Who brought it" },
    authenticated: { read: signedIn, write: signedIn, delete: signedIn },
    public: { read: "Anyone", write: owner, delete: owner },
    rules: { read: "As its rule says", write: "As its rule says", delete: "As its rule says" },
  } satisfies Record<Policy, Record<Act, string>>,

  rules: "Rules",
  rulesText:
    "Each is a condition in CEL. It knows user.userId, user.role, blob.uploaderId, blob.metadata, hasRole('admin') and isMemberOf('team', 'eng'). Without a condition only admins may.",
  ruleOf: { read: "Read if", write: "Write if", delete: "Delete if" } satisfies Record<Act, string>,
  ruleExample: {
    read: "isMemberOf('team', blob.metadata.team)",
    write: "hasRole('member')",
    delete: "user.userId == blob.uploaderId",
  } satisfies Record<Act, string>,

  links: "Links",
  permalinks: { open: "Open", signed: "Signed", off: "Off" } satisfies Record<Permalink, string>,
  permalinkHints: {
    open: "Whoever has a file's link opens it, for as long as the file is there.",
    signed: "A file's own link is refused. Share makes signed links, which end and can be revoked.",
    off: "A file's own link is refused without a key. Signed links that somebody makes still work.",
  } satisfies Record<Permalink, string>,

  files: "Files",
  life: "Kept",
  tiers: {
    "1-hour": "1 hour",
    "1-day": "1 day",
    "30-days": "30 days",
    persistent: "For good",
  } satisfies Record<Tier, string>,
  tierHints: {
    "1-hour": "An hour after its content came a file goes for good. It does not wait in the trash.",
    "1-day": "A day after its content came a file goes for good. It does not wait in the trash.",
    "30-days": "30 days after its content came a file goes for good. It does not wait in the trash.",
    persistent: "Files stay until somebody deletes them.",
  } satisfies Record<Tier, string>,
  stay: (n: number) => (n === 0 ? "" : `The ${files(n)} in this bucket ${n === 1 ? "stays" : "stay"} too.`),
  oldNone: (of: number) => (of === 0 ? "" : `None of the ${files(of)} in this bucket is that old yet.`),
  old: (n: number, of: number) =>
    `${n === of ? `All ${files(of)}` : `${count(n)} of the ${files(of)}`} in this bucket ${n === 1 ? "is" : "are"} that old and would go at once.`,
  askTier: (n: number) => `Delete ${files(n)} for good?`,
  askTierText: (n: number, title: string) =>
    `${files(n)} in ${title} ${n === 1 ? "is" : "are"} older than that and ${n === 1 ? "goes" : "go"} at once, past the trash. This cannot be undone.`,
  tierAct: (n: number) => `Delete ${files(n)} for good`,
  keepTier: "Keep them",

  category: "Purpose",
  categories: { attachments: "Attachments", assets: "Assets" } satisfies Record<Category, string>,
  categoryHints: {
    attachments: "What people and programs bring. It stays here when the workspace is exported.",
    assets: "Material of the workspace itself. It goes along when the workspace is exported.",
  } satisfies Record<Category, string>,

  whoCan: "Who can?",
  whoCanText: "Choose somebody, and a file if you like, to see what they may do and why.",
  asSaved: "This tells of the settings as they are saved, without your changes above.",
  somebody: "Somebody",
  nobody: "Anybody without a key",
  keyNamed: (name: string) => `Key ${name}`,
  file: "File",
  anyFile: "The data, and files in general",
  clearFile: "Ask about the bucket instead",
  noFile: (text: string) => `No file matches “${text}”`,
  yes: "Yes",
  no: "No",
  answer: "What they may do",

  factPolicy: {
    private: "Private",
    owner: "Each their own",
    authenticated: "Anyone signed in",
    public: "Anyone reads",
    rules: "By rules",
  } satisfies Record<Policy, string>,
  factTier: {
    "1-hour": "Kept 1 hour",
    "1-day": "Kept 1 day",
    "30-days": "Kept 30 days",
    persistent: "Kept for good",
  } satisfies Record<Tier, string>,
};
