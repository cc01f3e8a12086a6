import { describe, expect, it } from "vitest";
import { choose, chooseAll, common, lastOf, sourcesOf, undecided } from "./choices";
import { sampleVerdict } from "./sample";

const verdicts = [
  sampleVerdict("a", "meets"),
  sampleVerdict("b", "meets", { into: "Prints/Large" }),
  sampleVerdict("c", "meets"),
];

describe("choices", () => {
  it("count what still waits", () => {
    expect(undecided(verdicts, new Map())).toBe(3);
    expect(undecided(verdicts, choose(new Map(), verdicts[1]!.path, "skip"))).toBe(2);
  });
  it("can be the same for all, and then differ for one", () => {
    const all = chooseAll(verdicts, "keep_both");
    expect(common(verdicts, all)).toBe("keep_both");
    expect(common(verdicts, choose(all, verdicts[0]!.path, "replace"))).toBeNull();
    expect(common(verdicts, new Map())).toBeNull();
  });
  it("become sources that keep their folder, decision and all", () => {
    const some = choose(choose(new Map(), verdicts[0]!.path, "replace"), verdicts[1]!.path, "skip");
    expect(sourcesOf(verdicts, some)).toEqual([
      { path: "/home/mara/a", decision: "replace" },
      { path: "/home/mara/b", decision: "skip", into: "Prints/Large" },
    ]);
  });
});

it.each([
  ["prints/large/list.pdf", "list.pdf"],
  ["list.pdf", "list.pdf"],
  ["", ""],
])("the last of %s is %s", (key, name) => expect(lastOf(key)).toBe(name));
