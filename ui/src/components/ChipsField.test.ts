/** Words become chips, and chips words again. */
import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { withDraft } from "./chips";
import ChipsField from "./ChipsField.svelte";

const chips = () => screen.queryAllByRole("button").map((button) => button.getAttribute("aria-label"));

function show(values: string[]) {
  render(ChipsField, { values, label: "Groups", removeLabel: (value: string) => `Remove ${value}` });
  return screen.getByRole("textbox", { name: "Groups" });
}

test.each([
  ["Enter", "{Enter}"],
  ["a comma", ","],
  ["a space", " "],
])("%s makes a chip of what is written", async (_, key) => {
  const field = show([]);
  await userEvent.type(field, `team:eng${key}`);
  expect(chips()).toEqual(["Remove team:eng"]);
  expect(field).toHaveValue("");
});

test("leaving the field makes a chip too, so that nothing written is lost", async () => {
  await userEvent.type(show([]), "team:eng");
  await userEvent.tab();
  expect(chips()).toEqual(["Remove team:eng"]);
});

test("Backspace in the empty field takes the last chip back to be changed", async () => {
  const field = show(["team:eng", "team:ops"]);
  await userEvent.type(field, "{Backspace}");
  expect(chips()).toEqual(["Remove team:eng"]);
  expect(field).toHaveValue("team:ops");
});

test("a chip is taken out by its button, and the focus stays", async () => {
  const field = show(["team:eng", "team:ops"]);
  await userEvent.click(screen.getByRole("button", { name: "Remove team:eng" }));
  expect(chips()).toEqual(["Remove team:ops"]);
  expect(field).toHaveFocus();
});

test("many words at once are many chips, and none is there twice", () => {
  expect(withDraft(["a:b"], " c:d, a:b\ne:f ")).toEqual(["a:b", "c:d", "e:f"]);
});
