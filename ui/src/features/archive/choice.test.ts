/** What an export takes. */
import { expect, test } from "vitest";
import type { Bucket } from "../../bindings/wire";
import { Store } from "../../host/fake/store";
import { makeBucket } from "../../host/fake/buckets";
import { amountOf, requestOf } from "./choice";

function bucket(title: string, category: Bucket["category"], fileCount: number): Bucket {
  return {
    ...makeBucket(new Store("Pail", "Mara"), { title }),
    id: title,
    category,
    fileCount,
    byteCount: fileCount * 10,
  };
}

const site = bucket("Site", "assets", 3);
const logs = bucket("Logs", "attachments", 5);

test.each([
  ["assets", { buckets: 1, files: 3, bytes: 30 }, { category: "assets" }],
  ["attachments", { buckets: 1, files: 5, bytes: 50 }, { category: "attachments" }],
  ["all", { buckets: 2, files: 8, bytes: 80 }, { category: "all" }],
  ["open", { buckets: 1, files: 5, bytes: 50 }, { buckets: ["Logs"] }],
] as const)("“%s” says how much it is, and asks for just that", (choice, amount, request) => {
  expect(amountOf(choice, [site, logs], logs)).toEqual(amount);
  expect(requestOf(choice, logs)).toEqual(request);
});
