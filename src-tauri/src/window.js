// A browser's own menu (Back, Reload) has no place in this window. It stays where it helps: in fields and on selected text.
window.addEventListener("contextmenu", (event) => {
  const field = event.target.closest?.("input, textarea, [contenteditable=true]");
  if (!field && String(getSelection()) === "") event.preventDefault();
});
