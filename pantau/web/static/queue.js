/* Antrean by keyboard: j and k move, d registers, g merges with the first suggestion, x dismisses. Buttons do the same. */
"use strict";

const DECISIONS = { d: "daftarkan", g: "gabung", x: "abaikan" };
const PLACE = "antrean"; // where the reader was when a decision loaded the page anew

function candidates() {
  return [...document.querySelectorAll("[data-candidate]")];
}

function move(items, step) {
  const at = items.indexOf(document.activeElement.closest("[data-candidate]"));
  const next = items[Math.min(Math.max(at + step, 0), items.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, textarea, select")) return;
  const items = candidates();
  if (items.length === 0) return;
  if (event.key === "j" || event.key === "k") {
    move(items, event.key === "j" ? 1 : -1);
  } else if (event.key in DECISIONS) {
    const item = document.activeElement.closest("[data-candidate]");
    const button = item?.querySelector(`button[value="${DECISIONS[event.key]}"]`);
    if (button) sessionStorage.setItem(PLACE, items.indexOf(item));
    button?.click();
  } else {
    return;
  }
  event.preventDefault();
});

const place = sessionStorage.getItem(PLACE);
sessionStorage.removeItem(PLACE);
if (place !== null) candidates().slice(0, Number(place) + 1).at(-1)?.focus();
