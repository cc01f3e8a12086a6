import { expect, test } from "vitest";
import { joined, storedFolder, storedName } from "./names";

test.each([
  ["Résumé (Final) 2025.PDF", "r_sum_final_2025.pdf"],
  ["plain-name_1.txt", "plain-name_1.txt"],
  ["  spaces  ", "_spaces_"],
])("“%s” is stored as “%s”", (name, stored) => {
  expect(storedName(name)).toBe(stored);
  expect(storedName(stored)).toBe(stored);
});

test("each folder of a path is called like a file", () => {
  expect(storedFolder("/Social Crops//Größe 1/")).toBe("social_crops/gr_e_1");
  expect(joined("", "a", "", "b.txt")).toBe("a/b.txt");
});
