// Finds what a screen reader would find: by role and accessible name, among what is visible.

const IMPLIED = {
  button: "button, summary",
  link: "a[href]",
  textbox: "input:not([type]), input[type=text], input[type=search], input[type=number], textarea",
  checkbox: "input[type=checkbox]",
  radio: "input[type=radio]",
  list: "ul, ol",
  listitem: "li",
  dialog: "dialog",
  heading: "h1, h2, h3, h4",
  navigation: "nav",
  status: "output",
};

function squeezed(text) {
  return (text ?? "").replace(/\s+/g, " ").trim();
}

/** The text of an element as it is read out: without what is hidden from that. */
function read(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches("[aria-hidden=true], [hidden]")) return "";
  const text = [...node.childNodes].map(read).join("");
  return getComputedStyle(node).display === "inline" ? text : ` ${text} `;
}

function named(element) {
  const by = element.getAttribute("aria-labelledby");
  if (by) return squeezed(by.split(/\s+/).map((id) => document.getElementById(id)?.textContent).join(" "));
  const label = squeezed(element.getAttribute("aria-label"));
  if (label) return label;
  if (element.labels?.length) return squeezed(element.labels[0].textContent);
  return squeezed(read(element)) || squeezed(element.getAttribute("title")) || squeezed(element.getAttribute("placeholder"));
}

function visible(element) {
  return element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden" && !element.closest("[aria-hidden=true], [inert]");
}

function find(role, name, within) {
  const implied = IMPLIED[role] ? `, :is(${IMPLIED[role]}):not([role])` : "";
  return [...(within ?? document).querySelectorAll(`[role~=${role}]${implied}`)].filter(
    (element) => visible(element) && (name == null || named(element) === name),
  );
}
