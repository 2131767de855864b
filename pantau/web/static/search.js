/* Copies a text where a button asks for it, prints where one asks for that; without this file both are done by hand. */
"use strict";

async function copyFrom(field) {
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    field.focus();
    field.select();
    document.execCommand("copy"); // pages without https have no clipboard
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-print]");
  if (!button) return;
  event.preventDefault();
  if (button.hasAttribute("data-print")) {
    window.print();
    return;
  }
  await copyFrom(document.getElementById(button.dataset.copy));
  document.querySelector(`[data-copied="${button.dataset.copy}"]`).hidden = false;
});
