/** Who may read, write and delete in the stand-in, in the engine's own sentences as far as the page's tests need them. */
import type { Act, Bucket, ObjectInfo, Rules } from "../../bindings/wire";
import { refuse } from "./rules";

/** Who asks; a `name` of null is somebody who did not sign in. */
export interface Asker {
  name: string | null;
  admin: boolean;
}

export interface Verdict {
  allowed: boolean;
  why: string;
}

function yes(why: string): Verdict {
  return { allowed: true, why };
}

function no(why: string): Verdict {
  return { allowed: false, why };
}

function owners(act: Act, kind: string, owns: boolean): Verdict {
  if (owns) return yes(`The owner of ${kind} bucket may ${act} in it.`);
  return no(`Only the owner and admins may ${act} in ${kind} bucket.`);
}

function signedIn(act: Act, { name }: Asker): Verdict {
  if (name !== null) return yes(`Any signed-in user may ${act} in this bucket.`);
  return no(`Only signed-in users may ${act} in this bucket.`);
}

function their(act: Act, asker: Asker, object: ObjectInfo | null): Verdict {
  if (asker.name === null || (object === null && act === "write")) return signedIn(act, asker);
  if (object?.uploader === asker.name) return yes(`Everybody may ${act} their own in this bucket.`);
  const whose = object ? "this file is somebody else's" : "this bucket as a whole belongs to its owner";
  return no(`Everybody may ${act} only their own in this bucket, and ${whose}.`);
}

/** Whether the asker may do this to the object, or to the bucket as a whole. */
export function decide(bucket: Bucket, act: Act, asker: Asker, object: ObjectInfo | null): Verdict {
  if (!bucket.enabled) return no("The bucket is switched off: it answers in the window only.");
  if (asker.admin) return yes("Admins may do everything.");
  const owns = asker.name === bucket.createdBy;
  const brought = object !== null && asker.name === object.uploader;
  if (act === "read" && object?.visibility === "public") return yes("Anyone may read this file: it is public.");
  if (act === "read" && object?.visibility === "private" && !owns && !brought)
    return no("This file is private: only who brought it, the bucket's owner and admins may read it.");
  switch (bucket.policy) {
    case "private":
      if (brought && act !== "write") return yes(`Who brought a file may ${act} it.`);
      return owners(act, "a private", owns);
    case "owner":
      return their(act, asker, object);
    case "authenticated":
      return signedIn(act, asker);
    case "public":
      return act === "read" ? yes("Anyone may read in a public bucket.") : owners(act, "a public", owns);
    case "rules":
      if (bucket.rules[act] === null) return no(`The bucket has no rule for ${act}, so only admins may.`);
      return bucket.rules[act] === "true"
        ? yes(`The bucket's rule for ${act} allows it.`)
        : no(`The bucket's rule for ${act} does not allow it.`);
  }
}

/** Refuses a rule with a bracket that is not closed, which is all that the stand-in knows of rules. */
export function checkRules(rules: Rules): void {
  for (const [act, source] of Object.entries(rules) as [Act, string | null][]) {
    const at = source?.lastIndexOf("(") ?? -1;
    if (source === null || at < 0 || source.indexOf(")", at) >= 0) continue;
    const before = source.slice(0, at).split("\n");
    const [line, column] = [before.length, before.at(-1)!.length + 1];
    const reason = `Line ${line}, column ${column}: this bracket is not closed`;
    const advice = "Write ) after what belongs to it.";
    const details = { line: String(line), column: String(column), reason, advice, rule: act };
    refuse("invalid_rule", `${reason}. ${advice}`, details);
  }
}
