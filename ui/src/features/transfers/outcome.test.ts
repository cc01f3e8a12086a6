import { describe, expect, it } from "vitest";
import { merge, outcomeOf, retryable, retryRequest, reversal } from "./outcome";
import { sampleArrival, sampleFailure, sampleIngested, sampleTransfer } from "./sample";

const request = { bucket: "b1", folder: "prints", sources: [{ path: "/home/mara/x" }] };

describe("an outcome", () => {
  it("counts what came in of what was asked, decisions to skip aside", () => {
    const outcome = outcomeOf(
      request,
      sampleIngested({ added: 10, replaced: 2, skipped: 1, failures: [sampleFailure("a", "too_large")] }),
    );
    expect(outcome).toMatchObject({ arrived: 12, asked: 13, skipped: 1, folder: "prints", cancelled: false });
  });
  it("does not call a cancelled file a failure", () => {
    const ingested = sampleIngested({
      transfer: sampleTransfer({ state: "cancelled" }),
      added: 1,
      failures: [sampleFailure("a", "cancelled")],
    });
    expect(outcomeOf(request, ingested)).toMatchObject({ failures: [], cancelled: true });
  });
  it("offers to try again what may go well the next time", () => {
    const failures = [
      sampleFailure("a", "source_changed"),
      sampleFailure("b", "type_not_allowed"),
      sampleFailure("c", "too_large"),
      sampleFailure("d", "source_not_a_file"),
    ];
    expect(retryable(failures).map(({ name }) => name)).toEqual(["a", "c"]);
  });
  it("asks again for just those, in their folders", () => {
    const outcome = outcomeOf(request, sampleIngested());
    expect(retryRequest(outcome, [sampleFailure("a", "io"), sampleFailure("b", "io", "Large")])).toEqual({
      bucket: "b1",
      folder: "prints",
      sources: [{ path: "/home/mara/a" }, { path: "/home/mara/b", into: "Large" }],
    });
  });
  it("takes up what a second try brought", () => {
    const failures = [sampleFailure("a", "io"), sampleFailure("b", "io"), sampleFailure("c", "invalid_name")];
    const before = outcomeOf(request, sampleIngested({ added: 7, failures }));
    const again = outcomeOf(request, sampleIngested({ added: 1, failures: [sampleFailure("b", "no_space")] }));
    const after = merge(before, failures.slice(0, 2), again);
    expect([after.arrived, after.asked]).toEqual([8, 10]);
    expect(after.failures.map(({ name, code }) => `${name} ${code}`)).toEqual(["c invalid_name", "b no_space"]);
  });
});

describe("undoing an ingest", () => {
  it("deletes what is new and reverts what was replaced", () => {
    const ingested = sampleIngested({
      added: 1,
      replaced: 1,
      objects: [sampleArrival("new", 1, 50), sampleArrival("old", 3, 50)],
    });
    const undo = reversal(ingested, 40);
    expect(undo?.remove.map(({ id }) => id)).toEqual(["new"]);
    expect(undo?.revert.map(({ id }) => id)).toEqual(["old"]);
  });
  it("leaves alone what had the same content before", () => {
    expect(reversal(sampleIngested({ replaced: 1, objects: [sampleArrival("same", 3, 10)] }), 40)).toEqual({
      remove: [],
      revert: [],
    });
  });
  it("is not offered when not every object is known", () => {
    expect(reversal(sampleIngested({ added: 2, objects: [sampleArrival("a", 1, 50)] }), 40)).toBeNull();
  });
});
