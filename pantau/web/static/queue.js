/* Antrean by keyboard: j and k move, d registers, g merges with the first suggestion, x dismisses. Buttons do the same. */
"use strict";

const DECISIONS = { d: "daftarkan", g: "gabung", x: "abaikan" };

function move(items, step) {
  const at = items.indexOf(document.activeElement.closest("[data-candidate]"));
  const next = items[Math.min(Math.max(at + step, 0), items.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, textarea, select")) return;
  const items = [...document.querySelectorAll("[data-candidate]")];
  if (items.length === 0) return;
  if (event.key === "j" || event.key === "k") {
    move(items, event.key === "j" ? 1 : -1);
  } else if (event.key in DECISIONS) {
    const item = document.activeElement.closest("[data-candidate]");
    item?.querySelector(`button[value="${DECISIONS[event.key]}"]`)?.click();
  } else {
    return;
  }
  event.preventDefault();
});
