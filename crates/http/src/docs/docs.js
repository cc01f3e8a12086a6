// Shows /openapi.json to people. Everything is put in as text, never as markup.

const METHODS = ["get", "head", "post", "put", "patch", "delete"];

/** An element with attributes and children; a string becomes text. */
function el(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** `#/components/schemas/Blob` is called Blob. */
const nameOf = (reference) => reference.split("/").pop();

/** A schema in a few words: its name, or its type. */
function words(schema) {
  if (!schema || schema === true) return "any";
  if (schema.$ref) return nameOf(schema.$ref);
  const choices = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (choices) return choices.map(words).join(" or ");
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" or ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.type === "array") return `array of ${words(schema.items)}`;
  const type = Array.isArray(schema.type) ? schema.type.join(" or ") : (schema.type ?? "any");
  return schema.format ? `${type} (${schema.format})` : type;
}

/** Names of schemas link to where they are shown. */
function typed(schema, known) {
  const text = words(schema);
  const parts = text.split(/( or | of )/);
  return el("code", {}, ...parts.map((part) => (known.has(part) ? el("a", { href: `#schema-${part}` }, part) : part)));
}

function table(head, rows) {
  const header = el("tr", {}, ...head.map((text) => el("th", { scope: "col" }, text)));
  const body = rows.map((cells) => el("tr", {}, ...cells.map((cell) => el("td", {}, cell))));
  return el("div", { class: "scroll" }, el("table", {}, el("thead", {}, header), el("tbody", {}, ...body)));
}

/** A text in which `this` is code. */
function prose(text) {
  const parts = text.replace(/\s+/g, " ").trim().split("`");
  return el("span", {}, ...parts.map((part, at) => (at % 2 ? el("code", {}, part) : part)));
}

function paragraphs(text) {
  const parts = (text ?? "").split(/\n\s*\n/).filter((part) => part.trim());
  return parts.map((part) => el("p", {}, prose(part)));
}

/** Media types with their schemas. */
function contents(content, known) {
  const rows = Object.entries(content ?? {});
  return el("span", {}, ...rows.flatMap(([type, { schema }], at) => [at ? ", " : "", `${type}: `, typed(schema, known)]));
}

function operation(path, method, what, known) {
  const parts = [...paragraphs(what.description)];
  if (what.parameters?.length) {
    const rows = what.parameters.map((parameter) => [
      el("code", {}, parameter.name),
      parameter.required ? parameter.in : `${parameter.in}, optional`,
      typed(parameter.schema, known),
      prose(parameter.description ?? ""),
    ]);
    parts.push(el("h4", {}, "Parameters"), table(["Name", "Where", "Type", "What it says"], rows));
  }
  if (what.requestBody) parts.push(el("h4", {}, "Body"), contents(what.requestBody.content, known));
  const answers = Object.entries(what.responses ?? {}).map(([status, answer]) => [
    el("code", {}, status),
    prose(answer.description ?? ""),
    contents(answer.content, known),
  ]);
  parts.push(el("h4", {}, "Answers"), table(["Status", "When", "Body"], answers));
  const needsKey = (what.security ?? []).length > 0 && !what.security.some((way) => Object.keys(way).length === 0);
  return el(
    "article",
    { id: what.operationId },
    el(
      "header",
      {},
      el("h3", {}, prose(what.summary ?? what.operationId)),
      el("span", { class: `method ${method}` }, method.toUpperCase()),
      el("code", { class: "path" }, path),
      el("span", { class: "open" }, needsKey ? "with a key" : ""),
    ),
    el("div", {}, ...parts),
  );
}

function schema(name, what, known) {
  const parts = [...paragraphs(what.description)];
  const required = new Set(what.required ?? []);
  const rows = Object.entries(what.properties ?? {}).map(([key, property]) => [
    el("code", {}, required.has(key) ? key : `${key}?`),
    typed(property, known),
    prose(property.description ?? ""),
  ]);
  parts.push(rows.length ? table(["Member", "Type", "What it says"], rows) : el("pre", {}, words(what)));
  return el("article", { id: `schema-${name}` }, el("header", {}, el("h3", {}, name)), el("div", {}, ...parts));
}

/** Operations by the part of the API that they belong to. */
function byTag(paths) {
  const tags = new Map();
  for (const [path, methods] of Object.entries(paths)) {
    for (const method of METHODS) {
      const what = methods[method];
      if (!what) continue;
      const tag = what.tags?.[0] ?? "other";
      tags.set(tag, [...(tags.get(tag) ?? []), { path, method, what }]);
    }
  }
  return tags;
}

function show(description) {
  const schemas = Object.entries(description.components?.schemas ?? {});
  const known = new Set(schemas.map(([name]) => name));
  const main = document.querySelector("main");
  const nav = document.querySelector("nav");
  main.replaceChildren(el("h1", {}, `${description.info.title} API`), ...paragraphs(description.info.description));
  main.append(el("p", {}, "The same for programs: ", el("a", { href: "/openapi.json" }, "/openapi.json"), "."));
  const told = new Map((description.tags ?? []).map(({ name, description }) => [name, description]));
  for (const [tag, operations] of byTag(description.paths)) {
    const links = operations.map(({ what }) => el("li", {}, el("a", { href: `#${what.operationId}` }, prose(what.summary ?? what.operationId))));
    nav.append(el("h2", {}, tag), el("ul", {}, ...links));
    main.append(el("h2", {}, tag), ...paragraphs(told.get(tag)), ...operations.map(({ path, method, what }) => operation(path, method, what, known)));
  }
  main.append(el("h2", {}, "Schemas"), ...schemas.map(([name, what]) => schema(name, what, known)));
  // What the address names is there only now.
  if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

try {
  const answer = await fetch("/openapi.json");
  if (!answer.ok) throw new Error(`/openapi.json answered ${answer.status}`);
  show(await answer.json());
} catch (error) {
  document.querySelector("main").replaceChildren(el("p", { role: "alert" }, `The description cannot be shown: ${error.message}. Load the page again.`));
}
