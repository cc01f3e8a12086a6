import { beforeEach, describe, expect, it } from "vitest";
import { setHost } from "../../app/host";
import { notices, takeBack, doAgain } from "../../app/notices.svelte";
import { undoStack } from "../../app/undo";
import { fakeHost, type FakeHost } from "../../host/fake";
import { copyLinks, moveTo, remove, rename } from "./acts";
import { fileRow, folderRow, type Row } from "./rows";

let host: FakeHost;
let bucket: string;

beforeEach(() => {
  host = fakeHost({ sample: true });
  setHost(host);
  undoStack.clear();
  notices.shown = [];
  bucket = [...host.fake.store.buckets.values()].find(({ title }) => title === "Client deliverables")!.id;
});

async function rowsOf(folder: string, ...names: string[]): Promise<Row[]> {
  const page = await host.call("object_list", { bucket, folder, limit: 1000 });
  const all: Row[] = [...page.folders.map(folderRow), ...page.objects.map(fileRow)];
  return names.map((name) => {
    const found = all.find((row) => (row.kind === "file" ? row.object : row.folder).originalName === name);
    if (!found) throw new Error(`no ${name} in ${folder}`);
    return found;
  });
}

async function keys(): Promise<string[]> {
  return (await host.call("object_list", { bucket, limit: 1000 })).objects.map((object) => object.key).sort();
}

function told(): string | undefined {
  return notices.shown.at(-1)?.text;
}

describe("deleting", () => {
  it("takes folders with all that is in them, and Undo brings everything back", async () => {
    const before = await keys();
    await remove(bucket, await rowsOf("", "Print masters", "Colour values.json"));
    expect((await keys()).length).toBe(before.length - 7);
    expect(told()).toBe("7 files deleted");
    await takeBack();
    expect(await keys()).toEqual(before);
    await doAgain();
    expect((await keys()).length).toBe(before.length - 7);
  });

  it("names the only file that went", async () => {
    await remove(bucket, await rowsOf("", "Read me first.md"));
    expect(told()).toBe("Read me first.md deleted");
  });

  it("tells a refusal in the engine's words and deletes nothing", async () => {
    const before = await keys();
    host.fake.failNext = { name: "object_delete", code: "read_only", message: "The home is read-only." };
    expect(await remove(bucket, await rowsOf("", "Read me first.md"))).toBe(false);
    expect(notices.shown.at(-1)).toMatchObject({ tone: "error", text: "The home is read-only." });
    expect(await keys()).toEqual(before);
  });
});

describe("moving", () => {
  it("takes a folder along with what is in it, and Undo puts each file where it was", async () => {
    const before = await keys();
    await moveTo(bucket, await rowsOf("", "Print masters", "Read me first.md"), "Archive", "Archive");
    const after = await keys();
    expect(after).toContain("archive/print_masters/a2_poster.pdf");
    expect(after).toContain("archive/read_me_first.md");
    expect(told()).toBe("7 files moved to Archive");
    await takeBack();
    expect(await keys()).toEqual(before);
  });

  it("out of a folder goes to the top", async () => {
    await moveTo(bucket, await rowsOf("print_masters", "Box lid.pdf"), "", "Client deliverables");
    expect(await keys()).toContain("box_lid.pdf");
    expect(told()).toBe("Box lid.pdf moved to Client deliverables");
  });
});

it("renaming can be taken back and done again", async () => {
  const [row] = await rowsOf("", "Read me first.md");
  await rename((row as ReturnType<typeof fileRow>).object, "Start.md");
  expect(await keys()).toContain("start.md");
  await takeBack();
  expect(await keys()).toContain("read_me_first.md");
  await doAgain();
  expect(await keys()).toContain("start.md");
});

it("links of several files come one on each line, all on the server that answers", async () => {
  const rows = await rowsOf("", "Read me first.md", "Colour values.json");
  await copyLinks(rows.map((row) => (row as ReturnType<typeof fileRow>).object));
  const lines = host.fake.copied[0]!.split("\n");
  expect(lines.map((line) => line.replace(/\/[^/]+\/[^/]+$/, "/…"))).toEqual([
    `http://127.0.0.1:7245/files/bucket/${bucket}/…`,
    `http://127.0.0.1:7245/files/bucket/${bucket}/…`,
  ]);
  expect(lines[1]).toMatch(/colour_values\.json$/);
  expect(told()).toBe("2 links copied. They work on this computer while Pail is open");
});
