import { beforeEach, expect, test, vi } from "vitest";
import { fakeHost, type FakeHost } from "../host/fake";
import { holdWindow, mayClose } from "./closing";
import { setHost } from "./host";

let host: FakeHost;

beforeEach(() => setHost((host = fakeHost())));

test("the window is held until the last holder lets go", () => {
  const [first, second] = [holdWindow(), holdWindow()];
  expect(host.fake.unsaved).toBe(true);
  first();
  first();
  expect(host.fake.unsaved).toBe(true);
  second();
  expect(host.fake.unsaved).toBe(false);
});

test("one that says no is enough, and those after it are not asked", async () => {
  const asked = vi.fn(async () => true);
  const release = [holdWindow(), holdWindow(async () => false), holdWindow(asked)];
  expect(await mayClose()).toBe(false);
  expect(asked).not.toHaveBeenCalled();
  release[1]!();
  expect(await mayClose()).toBe(true);
  expect(asked).toHaveBeenCalledOnce();
  for (const letGo of release) letGo();
});

test("who let go while another was asked is not asked any more", async () => {
  const asked = vi.fn(async () => false);
  const first = holdWindow(async () => {
    second();
    return true;
  });
  const second = holdWindow(asked);
  expect(await mayClose()).toBe(true);
  expect(asked).not.toHaveBeenCalled();
  first();
});
