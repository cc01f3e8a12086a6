/** Users, keys and signed links in the stand-in. */
import type { Key, SignedLink, User } from "../../bindings/wire";
import type { Handlers } from "./buckets";
import { decide, type Asker } from "./policy";
import { refuse } from "./rules";
import { nextId, type Store } from "./store";

const ACTS = ["read", "write", "delete"] as const;

function userOf(store: Store, reference: string): User {
  const found = store.users.find(({ id, name }) => id === reference || name === reference);
  return found ?? refuse("user_not_found", `There is no user “${reference}”. List the users to see their names.`);
}

function keyOf(store: Store, reference: string): Key {
  const found = store.keys.find(({ id, name }) => id === reference || name === reference);
  return found ?? refuse("key_not_found", `There is no key “${reference}”. List the keys to see their ids.`);
}

function checkGroups(groups: string[]): string[] {
  for (const group of groups)
    if (!/^[\p{L}\p{N}._@+-]+:[\p{L}\p{N}._@+-]+$/u.test(group))
      refuse("invalid_name", `“${group}” is no group. Write it as kind:name, such as team:eng.`, { name: group });
  return [...new Set(groups)].sort();
}

function put(store: Store, user: User): User {
  store.users = store.users.map((other) => (other.id === user.id ? user : other));
  store.event("user_changed", null, null, user.name);
  return user;
}

/** The first one is the owner. */
export function addUser(store: Store, { name, role, groups }: Pick<User, "name" | "role" | "groups">): User {
  const owner = store.users.length === 0;
  const user = { id: nextId("u", 12), name, role, groups: checkGroups(groups), created: store.now(), owner };
  store.users = [...store.users, user];
  return user;
}

/** What a file is shared by, at an address that nobody else has. */
function sign(store: Store, bucket: string, object: string, seconds: number, download?: string): SignedLink {
  const { info } = store.object(bucket, { id: object });
  const path = `files/bucket/${bucket}/${info.id}/${info.name}?expires=${seconds}&key=s1&nonce=${nextId("", 22)}&signature=${nextId("", 43)}`;
  const created = store.now();
  return {
    id: nextId("", 22),
    path,
    url: `http://127.0.0.1:7245/${path}`,
    created,
    expires: created + seconds * 1000,
    by: store.me,
    download: download ?? null,
    revoked: null,
  };
}

export const accessHandlers: Handlers = {
  user_list: (store) => store.users,
  user_create(store, { name, role, groups = [] }) {
    const clean = name.trim();
    if (clean === "")
      refuse("invalid_name", `“” is no name for a user. Use 1 to 64 letters, digits, spaces and . _ - @ +.`);
    if (store.users.some((user) => user.name === clean))
      refuse("name_taken", `There is or was a user “${clean}”. Choose another name.`);
    const user = addUser(store, { name: clean, role, groups });
    store.event("user_changed", null, null, clean);
    return user;
  },
  user_update(store, { user: reference, role, groups }) {
    const user = userOf(store, reference);
    if (user.owner && role === "member")
      refuse("forbidden", "The owner of this home stays its admin. Make another user for what you plan.");
    return put(store, { ...user, role: role ?? user.role, groups: groups ? checkGroups(groups) : user.groups });
  },
  user_remove(store, { user: reference }) {
    const user = userOf(store, reference);
    if (user.owner) refuse("forbidden", "The owner of this home stays its admin. Make another user for what you plan.");
    store.users = store.users.filter((other) => other !== user);
    store.keys = store.keys.map((key) => (key.user === user.name ? { ...key, revoked: store.now() } : key));
    store.event("user_changed", null, null, user.name);
    return user;
  },

  key_list: (store) => [...store.keys].sort((a, b) => b.created - a.created),
  key_create(store, { name, user, privileges = [], expires = null, rate = null }) {
    const whose = user === undefined ? store.users[0]! : userOf(store, user);
    if (name.trim() === "") refuse("invalid_name", "A key needs a name. Write one line of at most 100 characters.");
    if (whose.role !== "admin" && privileges.includes("admin"))
      refuse("forbidden", `${whose.name} is a member, whose keys cannot be admin. Make them an admin first.`);
    const secret = `pail_${nextId("", 43)}`;
    const key: Key = {
      ...{ id: nextId("k", 12), name: name.trim(), prefix: secret.slice(0, 10), user: whose.name, privileges },
      ...{ expires, rate, created: store.now(), createdBy: store.me, used: null, revoked: null },
    };
    store.keys = [...store.keys, key];
    store.event("key_created", null, null, key.name);
    return { key, secret };
  },
  key_revoke(store, { key: reference }) {
    const key = { ...keyOf(store, reference), revoked: store.now() };
    store.keys = store.keys.map((other) => (other.id === key.id ? key : other));
    store.event("key_revoked", null, null, key.name);
    return key;
  },

  access_explain(store, { bucket: id, object, who }) {
    const bucket = store.liveBucket(id);
    const info = object ? store.object(bucket.id, object).info : null;
    const key = typeof who === "object" && "key" in who ? keyOf(store, who.key) : null;
    const over =
      key && (key.revoked !== null ? "was revoked" : (key.expires ?? Infinity) <= store.now() && "has ended");
    if (over) return ACTS.map((act) => ({ act, allowed: false, why: `This API key ${over}.` }));
    const name = key?.user ?? (typeof who === "object" && "user" in who ? who.user : null);
    const user = name === null ? null : userOf(store, name);
    const admin = key ? key.privileges.includes("admin") : user?.role === "admin";
    const asker: Asker = { name: user?.name ?? null, admin };
    return ACTS.map((act) => {
      if (key && act !== "read" && !admin && !key.privileges.includes("edit_buckets"))
        return { act, allowed: false, why: `The key “${key.name}” has no privilege edit_buckets.` };
      return { act, ...decide(bucket, act, asker, info) };
    });
  },

  link_sign(store, { bucket: id, object, seconds, download }) {
    const bucket = store.liveBucket(id);
    const { info } = store.object(bucket.id, object);
    if (seconds < 1 || seconds > 604_800)
      refuse("invalid_limit", "A signed link lives from 1 second to 7 days. Choose 1 to 604800 seconds.");
    const link = sign(store, bucket.id, info.id, seconds, download);
    store.signed = [{ object: info.id, link }, ...store.signed];
    store.event("link_signed", bucket.id, info.id, info.key);
    return link;
  },
  link_list(store, { bucket, object }) {
    const { info } = store.object(store.bucket(bucket).id, object);
    return store.signed
      .filter((one) => one.object === info.id && one.link.expires > store.now())
      .map(({ link }) => link);
  },
  link_revoke(store, { link: id }) {
    const found = store.signed.find(({ link }) => link.id === id);
    if (!found) return refuse("link_not_found", "There is no such signed link. List the links of its file.");
    found.link = { ...found.link, revoked: store.now() };
    const { info } = store.objects.get(found.object)!;
    store.event("link_revoked", info.bucket, info.id, info.key);
    return {};
  },
  link_rotate(store, { revoke = false }) {
    if (!revoke) return {};
    for (const one of store.signed) one.link = { ...one.link, revoked: one.link.revoked ?? store.now() };
    store.event("link_revoked", null, null, "");
    return {};
  },
};
