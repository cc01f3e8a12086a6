/** The New bucket dialog: a title is enough, what is wrong is said beside it, the new bucket opens. */
import { render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { setHost } from "../../app/host";
import { session } from "../../app/session.svelte";
import { fakeHost, type FakeHost } from "../../host/fake";
import NewBucketHarness from "./NewBucketHarness.test.svelte";

let host: FakeHost;
const user = userEvent.setup();

beforeEach(async () => {
  host = fakeHost();
  setHost(host);
  await session.refresh();
  render(NewBucketHarness);
});

const title = () => screen.getByRole("textbox", { name: "Title" });
const create = () => user.click(screen.getByRole("button", { name: "Create bucket" }));
const buckets = () => [...host.fake.store.buckets.values()];

test("the title shows the address, and Enter makes the bucket and opens it", async () => {
  await user.type(title(), "Spring campaign 2027");
  expect(screen.getByText("spring-campaign-2027")).toBeVisible();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(session.bucket?.title).toBe("Spring campaign 2027"));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("without a title nothing is made, and the field says why", async () => {
  await create();
  expect(screen.getByRole("alert")).toHaveTextContent("Give the bucket a title");
  expect(title()).toBeInvalid();
  expect(buckets()).toEqual([]);
});

test("limits and types arrive as they were chosen", async () => {
  await user.type(title(), "Limited");
  await user.click(screen.getByRole("button", { name: "Options" }));
  await user.type(screen.getByRole("textbox", { name: "Largest file" }), "5");
  await user.type(screen.getByRole("textbox", { name: "Most files" }), "100");
  await user.click(screen.getByRole("button", { name: "Images" }));
  await user.type(screen.getByRole("textbox", { name: "Other types" }), "text/x-rust");
  await create();
  await waitFor(() => expect(buckets()).toHaveLength(1));
  expect(buckets()[0]!.limits).toEqual({
    fileSizeLimit: 5_000_000,
    maxFiles: 100,
    quota: null,
    allowedMimeTypes: ["image/*", "text/x-rust"],
  });
});

test("what is no media type is said beside the field", async () => {
  await user.type(title(), "Types");
  await user.click(screen.getByRole("button", { name: "Options" }));
  await user.type(screen.getByRole("textbox", { name: "Other types" }), "image/pngg*");
  await create();
  expect(screen.getByRole("alert")).toHaveTextContent("Not a media type. Write image/png or image/*");
  expect(screen.getByRole("textbox", { name: "Other types" })).toBeInvalid();
  expect(buckets()).toEqual([]);
});

test("a refusal of the engine is shown, and what was written stays", async () => {
  host.fake.failNext = { name: "bucket_create", code: "read_only", message: "The home cannot be written to." };
  await user.type(title(), "Refused");
  await create();
  expect(await screen.findByRole("alert")).toHaveTextContent("The home cannot be written to.");
  expect(title()).toHaveValue("Refused");
});
